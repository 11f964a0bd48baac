package load

import (
	"cmp"
	"slices"
	"strings"

	"github.com/sila-graph/sila/extract/doc"
)

// nearDays is how long before its article's date an event may lie that is told
// without a time.
const nearDays = 3

// events joins reports of events into facts. It is a pure function of the
// reports that its blocks hold, and looks at no more of them than it must:
//
//  1. Each report gets a slot. One with a day has that day. One without a time
//     takes the last day, at most [nearDays] before its article, on which some
//     report with a day tells the same (type equal, roles equal or contained,
//     places compatible), else the article's own. One with a month takes the
//     first such day of that month, else stays with the month.
//  2. Within one type and slot, reports join from the fullest to the barest, each
//     the first fact whose roles contain its own, with compatible places.
//
// Slots hang on reports with a day alone, so that a new report moves others only
// within its own few days, and no chain of reports glues a war into one fact.
type events struct {
	block func(key string) ([]*report, error)
	slots map[*report]string
	joins map[slotKey][]*fact
}

type slotKey struct {
	typ  *doc.Type
	slot string
}

func newEvents(block func(string) ([]*report, error)) *events {
	return &events{block: block, slots: map[*report]string{}, joins: map[slotKey][]*fact{}}
}

// fact is one event with the reports of it.
type fact struct {
	typ      *doc.Type
	slot     string
	agents   []string
	patients []string
	places   []string
	title    string
	subtype  string
	ended    bool
	reports  []*report // in the order of their keys
}

// slot returns the slot of a report of an event.
func (ev *events) slot(r *report) (string, error) {
	switch r.when.kind {
	case byDay, byYear:
		return r.when.text, nil
	case plan, unknown:
		return strings.TrimPrefix(r.block, r.typ.Name+"|"), nil
	}
	if s, ok := ev.slots[r]; ok {
		return s, nil
	}
	s := r.when.text
	if r.when.kind == near {
		s = dayText(r.when.day)
	}
	days := r.days()
	for _, day := range days {
		anchors, err := ev.block(blockOf(r.typ, day))
		if err != nil {
			return "", err
		}
		if slices.ContainsFunc(anchors, r.comparable) {
			s = day
			break
		}
	}
	ev.slots[r] = s
	return s, nil
}

// days lists the days that a report without one may have meant, the likeliest first.
func (r *report) days() []string {
	var out []string
	switch r.when.kind {
	case near:
		for d := r.when.day; d >= r.when.day-nearDays; d-- {
			out = append(out, dayText(d))
		}
	case byMonth:
		first, ok := parseDay(r.when.text + "-01")
		for d := first; ok && strings.HasPrefix(dayText(d), r.when.text); d++ {
			out = append(out, dayText(d))
		}
	}
	return out
}

// comparable says whether two reports may tell one event, their times aside.
func (r *report) comparable(q *report) bool {
	if r.typ != q.typ || r.ended != q.ended || !agree(r.title, q.title) || !agree(r.subtype, q.subtype) || !placesAgree(r.places, q.places) {
		return false
	}
	if r.bare() || q.bare() {
		return r.bare() && q.bare() && slices.Equal(r.places, q.places)
	}
	return subset(r.agents, q.agents) && subset(r.patients, q.patients) ||
		subset(q.agents, r.agents) && subset(q.patients, r.patients)
}

func (r *report) bare() bool { return len(r.agents)+len(r.patients) == 0 }

// said reports whether it says enough to be a fact: somebody or some place.
func (r *report) said() bool { return !r.bare() || len(r.places) > 0 }

func agree(a, b string) bool { return a == "" || b == "" || a == b }

func placesAgree(a, b []string) bool {
	return len(a) == 0 || len(b) == 0 || slices.ContainsFunc(a, func(x string) bool { return slices.Contains(b, x) })
}

// subset compares sorted lists.
func subset(a, b []string) bool {
	if len(a) > len(b) {
		return false
	}
	j := 0
	for _, x := range a {
		for j < len(b) && b[j] < x {
			j++
		}
		if j == len(b) || b[j] != x {
			return false
		}
		j++
	}
	return true
}

// members returns the reports of a type that have a slot.
func (ev *events) members(k slotKey) ([]*report, error) {
	var out []*report
	take := func(key string, check bool) error {
		rs, err := ev.block(blockOf(k.typ, key))
		if err != nil {
			return err
		}
		for _, r := range rs {
			if check {
				// a report leaves its own day only for one that is comparable
				if s, err := ev.slot(r); err != nil {
					return err
				} else if s != k.slot {
					continue
				}
			}
			if r.said() {
				out = append(out, r)
			}
		}
		return nil
	}
	day, isDay := parseDay(k.slot)
	if err := take(k.slot, !isDay && len(k.slot) == len("2006-01")); err != nil {
		return nil, err
	}
	if !isDay {
		return out, nil
	}
	explicit := len(out)
	for d := day; d <= day+nearDays; d++ {
		if d > day && explicit == 0 {
			break // nothing to move here for
		}
		if err := take("~"+dayText(d), true); err != nil {
			return nil, err
		}
	}
	if explicit == 0 {
		return out, nil
	}
	months, err := ev.block(blockOf(k.typ, k.slot[:len("2006-01")]))
	if err != nil {
		return nil, err
	}
	for _, r := range months {
		if !slices.ContainsFunc(out[:explicit], r.comparable) {
			continue
		}
		if s, err := ev.slot(r); err != nil {
			return nil, err
		} else if s == k.slot {
			out = append(out, r)
		}
	}
	return out, nil
}

// facts joins the reports of a type and slot.
func (ev *events) facts(k slotKey) ([]*fact, error) {
	if fs, ok := ev.joins[k]; ok {
		return fs, nil
	}
	rs, err := ev.members(k)
	if err != nil {
		return nil, err
	}
	fs := join(k, rs)
	ev.joins[k] = fs
	return fs, nil
}

func join(k slotKey, rs []*report) []*fact {
	rs = slices.Clone(rs)
	slices.SortFunc(rs, func(a, b *report) int {
		return cmp.Or(
			cmp.Compare(len(b.agents)+len(b.patients), len(a.agents)+len(a.patients)),
			cmp.Compare(len(b.places), len(a.places)),
			cmp.Compare(len(b.title), len(a.title)),
			cmp.Compare(len(b.subtype), len(a.subtype)),
			compareReports(a, b))
	})
	var fs []*fact
	with := map[string][]*fact{} // by agent or patient, in the order of making
	for _, r := range rs {
		// the shortest of the lists that a fitting fact must be in
		candidates := with[""]
		for i, x := range append(r.agents[:len(r.agents):len(r.agents)], r.patients...) {
			if c := with[x]; i == 0 || len(c) < len(candidates) {
				candidates = c
			}
		}
		if i := slices.IndexFunc(candidates, r.fits); i >= 0 {
			candidates[i].take(r)
			continue
		}
		f := &fact{typ: k.typ, slot: k.slot, agents: r.agents, patients: r.patients, ended: r.ended}
		f.take(r)
		fs = append(fs, f)
		if r.bare() {
			with[""] = append(with[""], f)
		}
		for _, x := range r.agents {
			with[x] = append(with[x], f)
		}
		for _, x := range r.patients {
			if !slices.Contains(r.agents, x) {
				with[x] = append(with[x], f)
			}
		}
	}
	for _, f := range fs {
		slices.SortFunc(f.reports, compareReports)
		f.places = slices.Compact(sorted(f.places))
	}
	return fs
}

// fits says whether a report can join a fact that was begun by a fuller one.
func (r *report) fits(f *fact) bool {
	if r.ended != f.ended || !agree(r.title, f.title) || !agree(r.subtype, f.subtype) {
		return false
	}
	if r.bare() {
		if !slices.Equal(r.places, f.places) {
			return false
		}
	} else if !subset(r.agents, f.agents) || !subset(r.patients, f.patients) || !placesAgree(r.places, f.places) {
		return false
	}
	// one article tells two happenings apart by their numbers
	return !slices.ContainsFunc(f.reports, func(q *report) bool {
		return q.art == r.art && q.incident != r.incident && q.incident != "" && r.incident != ""
	})
}

func (f *fact) take(r *report) {
	f.reports = append(f.reports, r)
	for _, p := range r.places {
		if !slices.Contains(f.places, p) {
			f.places = append(f.places, p)
		}
	}
	if f.title == "" {
		f.title = r.title
	}
	if f.subtype == "" {
		f.subtype = r.subtype
	}
}
