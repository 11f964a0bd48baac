// Package eval scores extracted documents against gold annotations. In go two
// sets of documents, by id; out comes a [Report]: precision, recall and F1 of
// entities, facts, events, families, statuses and sources, and how often time
// and place agree. Everything is counted at the level of the whole document
// and summed over documents before ratios are taken.
//
// The rules are those of the gold standard's own scorer, figure for figure:
//
//   - Entities are aligned one to one by the forms that they share, best first.
//   - A fact is compared as (type, agent, patient) triples over aligned
//     entities; a symmetric fact gives one triple a pair of agents, from four
//     agents on one an agent.
//   - Optional gold is neither rewarded nor punished. An optional reading that
//     fills a role stands for the required one that leaves it empty.
//   - Neutral are: a LocatedIn that follows from gold's by transitivity, pairs
//     of the [World], Control of what gold says was taken, readings that leave
//     a role empty which gold fills, facts with a place alone, foreign types.
//
// [Score] is the function that callers need; [ReadFile] and [ReadWorld] read its input.
package eval

import (
	"slices"
	"strconv"

	"github.com/sila-graph/sila/extract/doc"
)

// large is the number of parties from which a symmetric fact counts once a party, not once a pair.
const large = 4

// Count counts what is right, wrong and missed.
type Count struct {
	TP int `json:"tp"`
	FP int `json:"fp"`
	FN int `json:"fn"`
}

func (c *Count) add(d Count) {
	c.TP += d.TP
	c.FP += d.FP
	c.FN += d.FN
}

// PRF are the figures of a count, each rounded to four decimals.
type PRF struct {
	Precision float64 `json:"precision"`
	Recall    float64 `json:"recall"`
	F1        float64 `json:"f1"`
	Count
}

// PRF computes the figures.
func (c Count) PRF() PRF {
	p, r, f := 0.0, 0.0, 0.0
	if c.TP+c.FP > 0 {
		p = float64(c.TP) / float64(c.TP+c.FP)
	}
	if c.TP+c.FN > 0 {
		r = float64(c.TP) / float64(c.TP+c.FN)
	}
	if p+r > 0 {
		f = 2 * p * r / (p + r)
	}
	return PRF{round(p), round(r), round(f), c}
}

// round rounds to four decimals, as the nearest decimal to the exact value.
func round(x float64) float64 {
	f, err := strconv.ParseFloat(strconv.FormatFloat(x, 'f', 4, 64), 64)
	if err != nil {
		return x // FormatFloat writes nothing that ParseFloat can't read
	}
	return f
}

// Agree says how often a qualifier of the matched facts is right.
type Agree struct {
	Accuracy float64 `json:"accuracy"`
	Of       int     `json:"of"` // matched facts for which gold has one
}

// Report holds all figures.
type Report struct {
	Articles int              `json:"articles"`
	Entities PRF              `json:"entities"` // type must agree
	Facts    PRF              `json:"facts"`    // type and both roles must agree
	Events   PRF              `json:"events"`   // facts without states and Say
	Families PRF              `json:"facts_by_family"`
	Status   PRF              `json:"status_not_actual"` // of matched facts
	Source   PRF              `json:"source"`            // of matched facts
	Agree    map[string]Agree `json:"agree"`             // time_day, time_month, place
	Types    map[string]PRF   `json:"types"`
	Errors   []Error          `json:"-"`
}

// Error is one entity or fact that was missed or is wrong.
type Error struct {
	Article  string
	Fact     bool // else an entity
	Missed   bool // else wrong
	Type     string
	Names    [2]string // of the entity; of agent and patient, "" where empty
	Evidence string    // of a fact
	TypedAs  string    // of a missed entity that was found with another type
}

// Score compares predicted with gold documents. Documents are matched by id;
// what gold doesn't have is left out, what is not predicted counts as empty.
func Score(gold, predicted []*doc.Document, world World) *Report {
	by := make(map[string]*doc.Document, len(predicted))
	for _, d := range predicted {
		by[d.ID] = d
	}
	t := totals{types: map[string]*Count{}, agree: map[string]*[2]int{}}
	n := 0
	last := map[string]int{}
	for i, g := range gold {
		last[g.ID] = i
	}
	for i, g := range gold {
		if last[g.ID] != i { // of two documents with one id the last counts
			continue
		}
		n++
		p := by[g.ID]
		if p == nil {
			p = &doc.Document{ID: g.ID}
		}
		t.article(g, p, world)
	}
	r := &Report{Articles: n, Entities: t.entity.PRF(), Facts: t.fact.PRF(), Events: t.event.PRF(), Families: t.family.PRF(),
		Status: t.status.PRF(), Source: t.source.PRF(), Agree: map[string]Agree{}, Types: map[string]PRF{}, Errors: t.errors}
	for k, a := range t.agree {
		r.Agree[k] = Agree{round(float64(a[0]) / float64(a[1])), a[1]}
	}
	for k, c := range t.types {
		r.Types[k] = c.PRF()
	}
	return r
}

// totals sums over articles.
type totals struct {
	entity, fact, event, family, status, source Count
	types                                       map[string]*Count
	agree                                       map[string]*[2]int // right, of
	errors                                      []Error
}

func (t *totals) article(gold, pred *doc.Document, world World) {
	toGold := Align(gold.Entities, pred.Entities)
	g := names(gold)
	p := names(pred)
	optional := map[string]bool{}
	for _, e := range gold.Entities {
		if e.Optional {
			optional[e.ID] = true
		}
	}
	t.entities(gold, pred, toGold, optional)

	groups := largeGroups(gold.Facts)
	gt := expand(gold.Facts, func(id string) string { return id }, groups, optional)
	kept := slices.DeleteFunc(slices.Clone(pred.Facts), func(f doc.Fact) bool { return f.Optional })
	pt := expand(kept, func(id string) string {
		if to, ok := toGold[id]; ok {
			return to
		}
		return "?" + id
	}, groups, nil)
	pt = pt.filter(func(x triple, _ *qualifiers) bool {
		return gt.has(x) || !optional[x.agent] && !optional[x.patient]
	})
	label := func(id string) string {
		switch {
		case id == "":
			return ""
		case g[id] != "":
			return g[id]
		case p[id[1:]] != "":
			return p[id[1:]]
		}
		return id
	}
	neutral := neutralTriples(gt, pt, gold, world)
	t.fact.add(compare(gt, pt, neutral, func(missed bool, x triple, q *qualifiers) {
		t.errors = append(t.errors, Error{Article: gold.ID, Fact: true, Missed: missed, Type: x.typ,
			Names: [2]string{label(x.agent), label(x.patient)}, Evidence: q.evidence})
	}))
	seen := map[string]bool{}
	for _, set := range []*triples{gt, pt} {
		for _, x := range set.order {
			if seen[x.typ] {
				continue
			}
			seen[x.typ] = true
			if t.types[x.typ] == nil {
				t.types[x.typ] = &Count{}
			}
			only := func(y triple, _ *qualifiers) bool { return y.typ == x.typ }
			t.types[x.typ].add(compare(gt.filter(only), pt.filter(only), neutral, nil))
		}
	}
	events := func(x triple, _ *qualifiers) bool { return !states[x.typ] }
	t.event.add(compare(gt.filter(events), pt.filter(events), neutral, nil))
	t.family.add(compareFamilies(gt, pt, neutral))
	t.qualifiers(gt, pt)
}

// entities counts and notes the errors of entities.
func (t *totals) entities(gold, pred *doc.Document, toGold map[string]string, optional map[string]bool) {
	found := map[string]string{} // gold id → predicted id
	for p, g := range toGold {
		found[g] = p
	}
	types := map[string]doc.EntityType{}
	for _, e := range pred.Entities {
		types[e.ID] = e.Type
	}
	for _, e := range gold.Entities {
		if optional[e.ID] {
			continue
		}
		p, ok := found[e.ID]
		if ok && types[p] == e.Type {
			t.entity.TP++
			continue
		}
		t.entity.FN++
		err := Error{Article: gold.ID, Missed: true, Type: string(e.Type), Names: [2]string{first(e.Names)}}
		if ok {
			err.TypedAs = string(types[p])
		}
		t.errors = append(t.errors, err)
	}
	goldTypes := map[string]doc.EntityType{}
	for _, e := range gold.Entities {
		goldTypes[e.ID] = e.Type
	}
	for _, e := range pred.Entities {
		g, ok := toGold[e.ID]
		if ok && optional[g] || !ok && e.Optional {
			continue
		}
		if !ok || goldTypes[g] != e.Type {
			t.entity.FP++
			t.errors = append(t.errors, Error{Article: gold.ID, Type: string(e.Type), Names: [2]string{first(e.Names)}})
		}
	}
}

// qualifiers counts what the matched facts say beside their roles.
func (t *totals) qualifiers(gt, pt *triples) {
	mark := func(key string, right bool) {
		a := t.agree[key]
		if a == nil {
			a = new([2]int)
			t.agree[key] = a
		}
		if right {
			a[0]++
		}
		a[1]++
	}
	for _, x := range gt.order {
		g, p := gt.by[x], pt.by[x]
		if p == nil || g.optional {
			continue
		}
		value(&t.status, notActual(g.status), notActual(p.status))
		value(&t.source, g.source, p.source)
		if len(g.time) == len("2006-01-02") {
			mark("time_day", g.time == p.time)
		}
		if len(g.time) >= len("2006-01") {
			mark("time_month", month(g.time) == month(p.time))
		}
		if len(g.place) > 0 {
			mark("place", slices.ContainsFunc(g.place, func(id string) bool { return slices.Contains(p.place, id) }))
		}
	}
}

// value counts one value that may be absent on either side.
func value(c *Count, gold, pred string) {
	switch {
	case gold != "" && gold == pred:
		c.TP++
		return
	case gold != "":
		c.FN++
	}
	if pred != "" {
		c.FP++
	}
}

func notActual(s doc.Status) string {
	if s == "" || s == doc.Actual {
		return ""
	}
	return string(s)
}

func month(s string) string { return s[:min(len(s), len("2006-01"))] }

// names maps each entity to its first name.
func names(d *doc.Document) map[string]string {
	out := make(map[string]string, len(d.Entities))
	for _, e := range d.Entities {
		out[e.ID] = first(e.Names)
	}
	return out
}

func first(names []string) string {
	if len(names) == 0 {
		return ""
	}
	return names[0]
}
