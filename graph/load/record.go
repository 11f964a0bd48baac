package load

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
	"unique"

	"github.com/sila-graph/sila/extract/copies"
	"github.com/sila-graph/sila/extract/doc"
	"github.com/sila-graph/sila/graph/resolve"
	"github.com/sila-graph/sila/graph/resolve/decide"
)

// article is what knowledge needs of a document: its actors, its reports with
// the keys of clusters in place of the document's own ids.
type article struct {
	id, date, digest string
	actors           []resolve.Actor // by the keys that the article alone gives
	roots            []string        // the cluster of each
	reports          []*report
	sketch           *copies.Sketch // of its text
}

// raw is a document with its actors, before anything is known of the clusters
// that they belong to.
type raw struct {
	doc    *doc.Document
	digest string
	sketch *copies.Sketch
	actors []resolve.Actor
	keys   map[string]string // entity id → key

	verdicts []*decide.Verdict // of people on its facts; nil where there are none
	changed  bool              // people's decisions made actors or facts others than the article gives
}

// report is one fact as one article tells it.
type report struct {
	art      *article
	n        int // its index in the document
	typ      *doc.Type
	agents   []string // cluster keys, sorted, each once
	patients []string
	places   []string
	source   string   // cluster key, "" for none
	own      []string // the agents whose own side the report comes from
	title    string
	subtype  string
	status   doc.Status
	ended    bool
	incident string // "" or what the article's incident goes by
	when     when
	block    string // "Attack|2016-07-20", "" for lasting facts and what people called wrong

	verdict decide.Kind // of people; "" for none
	revised *doc.Fact   // as people changed it; nil where they didn't
}

func (r *report) key() string { return r.art.id + "/" + strconv.Itoa(r.n) }

func compareReports(a, b *report) int {
	if c := strings.Compare(a.art.id, b.art.id); c != 0 {
		return c
	}
	return cmp.Compare(a.n, b.n)
}

// when is the time of a report as told.
type when struct {
	kind whenKind
	day  int    // days since 1970: of the event for byDay, of the article for near and plan
	text string // the time as told
}

type whenKind byte

const (
	unknown whenKind = iota // neither the text nor the article has a date
	byDay
	byMonth
	byYear
	near // no time told: shortly before the article's date
	plan // no time told and not yet done
)

func parseDay(s string) (int, bool) {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		return 0, false
	}
	return int(t.Unix() / 86400), true
}

func dayText(day int) string {
	return time.Unix(int64(day)*86400, 0).UTC().Format(time.DateOnly)
}

func whenOf(f *doc.Fact, date string) when {
	if d, ok := parseDay(f.Time); ok {
		return when{kind: byDay, day: d, text: f.Time}
	}
	switch len(f.Time) {
	case 7:
		return when{kind: byMonth, text: f.Time}
	case 4:
		return when{kind: byYear, text: f.Time}
	}
	d, ok := parseDay(date)
	if !ok {
		return when{}
	}
	if f.Status == doc.Intended {
		return when{kind: plan, day: d}
	}
	return when{kind: near, day: d}
}

// lasting says whether facts of the type hold rather than happen. A statement
// happens, although the scorer of the guide counts it among the states.
func lasting(t *doc.Type) bool { return t.State && t.Name != "Say" }

// read reads a document, with what people decided on it. What the graph can't hold is an error.
func read(d *doc.Document, x *decided) (*raw, error) {
	if d.ID == "" {
		return nil, fmt.Errorf("document %q has no id", d.Title)
	}
	for i := range d.Entities {
		if d.Entities[i].ID == "" {
			return nil, fmt.Errorf("document %s: entity %d has no id", d.ID, i)
		}
	}
	for n := range d.Facts {
		f := &d.Facts[n]
		if _, ok := doc.Types().ByName(f.Type); !ok {
			return nil, fmt.Errorf("document %s: fact %d has the unknown type %q", d.ID, n, f.Type)
		}
		for _, ids := range [][]string{f.Agent, f.Patient, f.Place} {
			for _, id := range ids {
				if d.EntityByID(id) == nil {
					return nil, fmt.Errorf("document %s: fact %d names the entity %q, which isn't there", d.ID, n, id)
				}
			}
		}
	}
	w := &raw{doc: d, sketch: copies.Of(d.Text)}
	w.decide(x)
	return w, nil
}

// record puts a document into the terms of clusters: root gives that of a key.
func (w *raw) record(root func(key string) (string, error)) (*article, error) {
	d := w.doc
	a := &article{id: d.ID, date: d.Date, digest: w.digest, sketch: w.sketch, actors: w.actors, roots: make([]string, len(w.actors))}
	of := make(map[string]string, len(w.actors))
	for i := range w.actors {
		k := w.actors[i].Key
		r, err := root(k)
		if err != nil {
			return nil, err
		}
		a.roots[i], of[k] = r, r
	}
	keys := make(map[string]string, len(w.keys))
	for id, k := range w.keys {
		keys[id] = of[k]
	}
	incidents := map[int]string{}
	for n := range d.Facts {
		f := &d.Facts[n]
		v := w.verdict(n)
		var revised *doc.Fact
		if v != nil && v.Kind == decide.Change {
			if g, err := v.To.Apply(d, *f); err == nil { // else it names an entity that the article has no longer: it waits
				f, revised = &g, &g
			}
		}
		t, _ := doc.Types().ByName(f.Type)
		r := &report{art: a, n: n, revised: revised, typ: t, status: f.Status, ended: f.Ended, subtype: f.Subtype,
			title: strings.Join(strings.Fields(f.Title), " ")}
		if r.status == "" {
			r.status = doc.Actual
		}
		if v != nil {
			r.verdict = v.Kind
		}
		if r.verdict == decide.Wrong { // the article doesn't say so: it stays as evidence, and nothing follows from it
			a.reports = append(a.reports, r)
			continue
		}
		r.source = keys[f.Source]
		r.agents, r.patients, r.places = roles(keys, f.Agent), roles(keys, f.Patient), roles(keys, f.Place)
		if t.Symmetric || t.Undirect {
			r.agents = slices.Compact(sorted(append(r.agents, r.patients...)))
			r.patients = nil
		}
		if f.Incident != 0 {
			if incidents[f.Incident] == "" {
				incidents[f.Incident] = r.key()
			}
			r.incident = incidents[f.Incident]
		}
		r.when = whenOf(f, d.Date)
		if !lasting(t) {
			r.block = unique.Make(r.blockKey()).Value()
		}
		a.reports = append(a.reports, r)
	}
	a.ownSides(d, of)
	return a, nil
}

// roles turns entity ids into cluster keys.
func roles(keys map[string]string, ids []string) []string {
	if len(ids) == 0 {
		return nil
	}
	out := make([]string, len(ids))
	for i, id := range ids {
		out[i] = keys[id]
	}
	return slices.Compact(sorted(out))
}

func sorted(s []string) []string {
	slices.Sort(s)
	return s
}

// blockKey names the block of an event: reports that may tell one event are
// found through their type and day.
func (r *report) blockKey() string {
	switch r.when.kind {
	case byDay, byMonth, byYear:
		return blockOf(r.typ, r.when.text)
	case near:
		return blockOf(r.typ, "~"+dayText(r.when.day))
	case plan:
		return blockOf(r.typ, "+"+dayText(r.when.day))
	}
	// without any date, only reports with the very same roles can be one
	return blockOf(r.typ, "?"+strings.Join(r.agents, "|")+"/"+strings.Join(r.patients, "|"))
}

func blockOf(t *doc.Type, time string) string { return t.Name + "|" + time }

// ownSides finds the reports that come from the doer's own side: the source is
// the doer, or both belong to one country or body, by what this article says of
// offices and affiliation. Shared membership of an alliance doesn't count.
func (a *article) ownSides(d *doc.Document, of map[string]string) {
	belongs := map[string][]string{}
	for i, x := range a.roots {
		if c := of[a.actors[i].Country]; c != "" && c != x {
			belongs[x] = append(belongs[x], c)
		}
	}
	for _, r := range a.reports {
		switch r.typ.Name {
		case "HoldsPosition", "AffiliatedWith":
			if r.status == doc.Actual && !r.ended {
				for _, x := range r.agents {
					belongs[x] = append(belongs[x], r.patients...)
				}
			}
		}
	}
	member := map[[2]string]bool{}
	for _, r := range a.reports {
		if r.typ.Name == "MemberOf" && r.status == doc.Actual {
			for _, x := range r.agents {
				for _, y := range r.patients {
					member[[2]string{x, y}] = true
				}
			}
		}
	}
	for i, r := range a.reports {
		s := r.source
		for _, x := range r.agents {
			if d.Facts[i].SourceKind == "party" && s == "" || s != "" && (s == x || member[[2]string{s, x}] || meets(s, x, belongs)) {
				r.own = append(r.own, x)
			}
		}
	}
}

// meets says whether two actors belong to each other or to one third, in two steps at most.
func meets(a, b string, belongs map[string][]string) bool {
	reach := func(x string) []string {
		out := append([]string{x}, belongs[x]...)
		for _, y := range belongs[x] {
			out = append(out, belongs[y]...)
		}
		return out
	}
	up := reach(b)
	for _, x := range reach(a) {
		if slices.Contains(up, x) {
			return true
		}
	}
	return false
}
