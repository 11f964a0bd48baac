package load

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/cayleygraph/quad"
	"github.com/sila-graph/sila/extract/doc"
	"github.com/sila-graph/sila/graph/vocab"
)

// naming gives the IRI of a cluster.
type naming func(key string) (quad.IRI, error)

func (name naming) all(keys []string) ([]quad.IRI, error) {
	out := make([]quad.IRI, len(keys))
	for i, k := range keys {
		var err error
		if out[i], err = name(k); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// edge is a direct edge, which several facts may give.
type edge struct{ s, p, o quad.IRI }

func (e edge) quad() quad.Quad { return quad.Quad{Subject: e.s, Predicate: e.p, Object: e.o} }

// iri is the hash of its smallest report key.
func (f *fact) iri() quad.IRI { return vocab.FactIRI(f.reports[0].key()) }

// telling lists the reports that tell the whole of the event: that ten people
// died doesn't say yet that the named army killed them.
func (f *fact) telling() []*report {
	var out []*report
	for _, r := range f.reports {
		if (len(r.agents) > 0) == (len(f.agents) > 0) && (len(r.patients) > 0) == (len(f.patients) > 0) {
			out = append(out, r)
		}
	}
	return out
}

// summary sums up what reports say of whether it happened.
func summary(said func(doc.Status) bool) quad.IRI {
	switch {
	case said(doc.Negated) && (said(doc.Actual) || said(doc.Possible)):
		return vocab.Disputed
	case said(doc.Actual):
		return vocab.StatusIRI(doc.Actual)
	case said(doc.Negated):
		return vocab.StatusIRI(doc.Negated)
	case said(doc.Possible):
		return vocab.StatusIRI(doc.Possible)
	}
	return vocab.StatusIRI(doc.Intended)
}

func (f *fact) status() quad.IRI {
	rs := f.telling()
	return summary(func(s doc.Status) bool {
		return slices.ContainsFunc(rs, func(r *report) bool { return r.status == s })
	})
}

// quads gives the knowledge of an event: its quads, and the direct edges that it gives.
func (f *fact) quads(name naming) ([]quad.Quad, []edge, error) {
	me := f.iri()
	var out []quad.Quad
	add := func(p quad.IRI, o quad.Value) {
		out = append(out, quad.Quad{Subject: me, Predicate: p, Object: o})
	}
	add(vocab.Type, vocab.FactClass(f.typ.Name))
	for _, role := range []struct {
		p    quad.IRI
		keys []string
	}{{vocab.Agent, f.agents}, {vocab.Patient, f.patients}, {vocab.Place, f.places}} {
		iris, err := name.all(role.keys)
		if err != nil {
			return nil, nil, err
		}
		for _, x := range iris {
			add(role.p, x)
		}
	}
	if t := f.time(); t != "" {
		add(vocab.Time, quad.String(t))
	}
	reported, incident := "", ""
	for _, r := range f.reports {
		add(vocab.ReportOf, vocab.ReportIRI(r.art.id, r.n))
		if d := r.art.date; d != "" && (reported == "" || d < reported) {
			reported = d
		}
		if incident == "" {
			incident = r.incident
		}
	}
	if reported != "" {
		add(vocab.Reported, quad.String(reported))
	}
	if incident != "" {
		add(vocab.InCase, vocab.IncidentIRI(incident))
	}
	if f.title != "" {
		add(vocab.Title, arabic(f.title))
	}
	if f.subtype != "" {
		add(vocab.Subtype, quad.String(f.subtype))
	}
	if f.ended {
		add(vocab.Ended, quad.Bool(true))
	}
	status := f.status()
	add(vocab.Status, status)
	if status != vocab.StatusIRI(doc.Actual) {
		return out, nil, nil
	}
	if f.oneSided() {
		add(vocab.KnownFrom, vocab.OwnSide)
	}
	if f.ended {
		return out, nil, nil
	}
	edges, err := f.edges(me, name)
	return out, edges, err
}

// time is the time that is told: the day, where a report has one.
func (f *fact) time() string {
	for _, r := range f.reports {
		if r.when.text == f.slot {
			return f.slot
		}
	}
	return ""
}

// oneSided says whether only the doer's own side tells the deed.
func (f *fact) oneSided() bool {
	if !vocab.Claimable(f.typ) || len(f.agents) == 0 {
		return false
	}
	for _, r := range f.telling() {
		if r.status == doc.Actual && len(r.own) == 0 {
			return false
		}
	}
	return true
}

func (f *fact) edges(me quad.IRI, name naming) ([]edge, error) {
	if f.typ.Symmetric {
		return f.ties(me, name)
	}
	type pair struct{ a, p string }
	independent := map[pair]bool{} // → whether somebody else tells it too
	var pairs []pair
	for _, r := range f.reports {
		if r.status != doc.Actual {
			continue
		}
		for _, a := range r.agents {
			for _, p := range r.patients {
				if a == p {
					continue
				}
				k := pair{a, p}
				if _, ok := independent[k]; !ok {
					pairs = append(pairs, k)
				}
				independent[k] = independent[k] || !slices.Contains(r.own, a)
			}
		}
	}
	var out []edge
	for _, k := range pairs {
		a, err := name(k.a)
		if err != nil {
			return nil, err
		}
		p, err := name(k.p)
		if err != nil {
			return nil, err
		}
		out = append(out, directed(f.typ, a, p, !independent[k] && vocab.Claimable(f.typ))...)
	}
	return out, nil
}

// directed gives the edges of one pair.
func directed(t *doc.Type, a, p quad.IRI, claim bool) []edge {
	var out []edge
	for _, e := range []string{t.Edge, t.Also} {
		if e == "" {
			continue
		}
		pred := quad.IRI(e)
		if claim {
			pred = vocab.Claims(pred)
		}
		out = append(out, edge{a, pred, p})
	}
	return out
}

// ties gives the edges of a symmetric fact: one per pair from the smaller IRI,
// up to three parties; and who attended a meeting.
func (f *fact) ties(me quad.IRI, name naming) ([]edge, error) {
	var sure []string
	for _, r := range f.reports {
		if r.status == doc.Actual {
			sure = append(sure, r.agents...)
		}
	}
	iris, err := name.all(slices.Compact(sorted(sure)))
	if err != nil {
		return nil, err
	}
	var out []edge
	if f.typ.Name == "Meet" {
		for _, x := range iris {
			out = append(out, edge{x, vocab.Attended, me})
		}
	}
	if len(f.agents) > 3 {
		return out, nil
	}
	for i, x := range iris {
		for _, y := range iris[i+1:] {
			out = append(out, edge{min(x, y), quad.IRI(f.typ.Edge), max(x, y)})
		}
	}
	return out, nil
}

// state is a fact that lasts: one for each pair of agent and patient, whenever
// it is told. It goes by what it says, and counts its reports by their status.
type state struct {
	typ    *doc.Type
	a, p   string // cluster keys, "" where the role is empty
	title  string
	ended  bool
	counts map[string]int
}

func (s *state) key() string {
	end := ""
	if s.ended {
		end = "|ended"
	}
	return s.typ.Name + "|" + s.a + "|" + s.p + "|" + s.title + end
}

func (s *state) iri() quad.IRI { return vocab.FactIRI(s.key()) }

// datePrefix marks the months among a lasting fact's counts.
const datePrefix = "@"

// dated says whether it is told of facts of a type since when and until when they hold.
func dated(t *doc.Type) bool {
	return t.Name == "HoldsPosition" || t.Name == "MemberOf" || t.Name == "Control"
}

// month is the month for which a report says that its lasting fact holds, or,
// where it has ended, by which that was over: the time it tells, else the
// article's. "" where neither is known, or it isn't told as so.
func (r *report) month() string {
	const month = len("2006-01")
	if r.status != doc.Actual || !dated(r.typ) {
		return ""
	}
	if t := r.when.text; (r.when.kind == byDay || r.when.kind == byMonth) && len(t) >= month {
		return t[:month]
	}
	if len(r.art.date) >= month {
		return r.art.date[:month]
	}
	return ""
}

// held returns the first and the last month of a lasting fact, "" for unknown.
func (s *state) held() (from, to string) {
	for k, n := range s.counts {
		m, ok := strings.CutPrefix(k, datePrefix)
		if !ok || n == 0 {
			continue
		}
		if from == "" || m < from {
			from = m
		}
		to = max(to, m)
	}
	return from, to
}

// states lists the lasting facts that a report tells.
func (r *report) states() []*state {
	if !lasting(r.typ) || r.bare() {
		return nil
	}
	one := func(a, p string) *state {
		return &state{typ: r.typ, a: a, p: p, title: r.title, ended: r.ended}
	}
	var out []*state
	switch {
	case r.typ.Undirect:
		for i, x := range r.agents {
			for _, y := range r.agents[i+1:] {
				out = append(out, one(x, y))
			}
		}
	case len(r.agents) == 0:
		for _, p := range r.patients {
			out = append(out, one("", p))
		}
	case len(r.patients) == 0:
		for _, a := range r.agents {
			out = append(out, one(a, ""))
		}
	default:
		for _, a := range r.agents {
			for _, p := range r.patients {
				if a != p {
					out = append(out, one(a, p))
				}
			}
		}
	}
	return out
}

// quads gives the knowledge of a lasting fact, without the links to its reports.
func (s *state) quads(name naming) ([]quad.Quad, []edge, error) {
	me := s.iri()
	var out []quad.Quad
	add := func(p quad.IRI, o quad.Value) {
		out = append(out, quad.Quad{Subject: me, Predicate: p, Object: o})
	}
	add(vocab.Type, vocab.FactClass(s.typ.Name))
	var a, p quad.IRI
	var err error
	if s.a != "" {
		if a, err = name(s.a); err != nil {
			return nil, nil, err
		}
		add(vocab.Agent, a)
	}
	if s.p != "" {
		if p, err = name(s.p); err != nil {
			return nil, nil, err
		}
		if s.typ.Undirect { // two ends of one kind
			add(vocab.Agent, p)
		} else {
			add(vocab.Patient, p)
		}
	}
	if s.title != "" {
		add(vocab.Title, arabic(s.title))
	}
	from, to := s.held()
	switch {
	case s.ended && from != "":
		add(vocab.OverBy, quad.String(from))
	case from != "":
		add(vocab.HeldFrom, quad.String(from))
		add(vocab.HeldTo, quad.String(to))
	}
	if s.ended {
		add(vocab.Ended, quad.Bool(true))
	}
	status := summary(func(x doc.Status) bool { return s.counts[string(x)] > 0 })
	add(vocab.Status, status)
	b, err := json.Marshal(s.counts)
	if err != nil {
		return nil, nil, err
	}
	add(vocab.Tally, quad.String(b))
	if status != vocab.StatusIRI(doc.Actual) || s.ended || a == "" || p == "" {
		return out, nil, nil
	}
	if s.typ.Undirect {
		a, p = min(a, p), max(a, p)
	}
	return out, directed(s.typ, a, p, false), nil
}

func parseCounts(s string) (map[string]int, error) {
	var m map[string]int
	if err := json.NewDecoder(strings.NewReader(s)).Decode(&m); err != nil {
		return nil, fmt.Errorf("tally %.60q: %w", s, err)
	}
	return m, nil
}
