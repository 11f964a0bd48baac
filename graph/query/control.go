package query

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/quad"

	"github.com/sila-graph/sila/extract/doc"
	"github.com/sila-graph/sila/graph/vocab"
	"github.com/sila-graph/sila/queries"
)

// Control is who held a place when, as far as it is told.
type Control struct {
	Place   Value    `json:"place"`
	Periods []Period `json:"periods"` // the earliest first
}

// Period is a time during which one side held the place.
type Period struct {
	Holder  Cell   `json:"holder,omitempty"` // who is told to, most reports first; empty: it isn't told who
	From    string `json:"from"`             // first told
	Seen    string `json:"seen"`             // last told
	To      string `json:"to,omitempty"`     // told to have ended, or another came; "" where it isn't told
	Began   *Fact  `json:"began"`            // what tells it first
	Ended   *Fact  `json:"ended,omitempty"`
	Claimed bool   `json:"claimed,omitempty"` // only the holder's own side tells it
	Reports int    `json:"reports"`
	Others  Cell   `json:"others,omitempty"` // told to hold it at the same time, by fewer
}

// controlKinds say what a type of fact tells of who holds its patient.
var controlKinds = map[string]int{"Capture": took, "Liberate": took, "Control": holds, "Withdraw": left}

const (
	took = iota + 1
	holds
	left
)

// told is one day's word on who holds a place.
type told struct {
	when    string
	kind    int
	fact    *Fact
	reports int
}

// Control works out who held a place over time, from captures, liberations,
// withdrawals and statements of who controls it. What was only planned, is
// possible or denied doesn't count. Holders that are named together are one
// side; each day the side that most reports name holds the place. The one that
// held it before stays where as many name it, or where nothing tells of the
// change but a remark in one or two reports.
func (e *Engine) Control(ctx context.Context, place string) (*Control, error) {
	me, of, err := e.resolveNode(ctx, queries.Place, place)
	if err != nil {
		return nil, err
	}
	all, err := e.told(ctx, me)
	if err != nil {
		return nil, err
	}
	sides := sidesOf(all)
	res := &Control{Place: of}
	names := []map[quad.IRI]int{} // of the holders of each period
	others := []map[quad.IRI]int{}
	counted := map[quad.IRI]bool{}
	current := -1 // the side that holds it; -1: none is told
	for n := 0; n < len(all); {
		day := all[n:]
		for i := range day {
			if day[i].when != day[0].when {
				day = day[:i]
				break
			}
		}
		n += len(day)
		votes := map[int]int{}
		first := map[int]*Fact{}
		sure := map[int]bool{} // enough to say that another holds it now
		var gone *Fact
		for _, t := range day {
			side := sides(t.fact)
			switch {
			case t.kind == left:
				if side == current && current >= 0 {
					gone = t.fact
				}
			case side >= 0 || t.kind == took: // nobody knows who
				votes[side] += t.reports * (3 - t.kind)
				if first[side] == nil {
					first[side] = t.fact
				}
				sure[side] = sure[side] || t.kind == took || t.reports >= 3
			}
		}
		lead, most := -2, 0
		for side, v := range votes {
			if v > most || v == most && (side == current || lead != current && side < lead) {
				lead, most = side, v
			}
		}
		last := len(res.Periods) - 1
		if lead != -2 && lead != current && last >= 0 && res.Periods[last].Ended == nil && !sure[lead] {
			lead = current // by the way somebody says that another holds it
		}
		if lead == -2 {
			if gone != nil {
				res.Periods[last].To, res.Periods[last].Ended = day[0].when, gone
				current = -1
			}
			continue
		}
		if lead != current || last < 0 || res.Periods[last].Ended != nil {
			if last >= 0 && res.Periods[last].Ended == nil {
				res.Periods[last].To, res.Periods[last].Ended = day[0].when, first[lead]
			}
			res.Periods = append(res.Periods, Period{From: day[0].when, Began: first[lead], Claimed: true})
			names, others = append(names, map[quad.IRI]int{}), append(others, map[quad.IRI]int{})
			last++
			current = lead
		}
		p := &res.Periods[last]
		p.Seen = day[0].when
		for _, t := range day {
			if t.kind == left {
				continue
			}
			to := others[last]
			if sides(t.fact) == lead {
				to = names[last]
				p.Claimed = p.Claimed && t.fact.OneSided
				if !counted[t.fact.IRI] {
					counted[t.fact.IRI] = true
					p.Reports += t.fact.Reports
				}
			}
			for _, v := range t.fact.Agents {
				to[v.IRI] += t.reports
			}
		}
	}
	for i := range res.Periods {
		if res.Periods[i].Holder, err = e.counted(ctx, names[i]); err != nil {
			return nil, err
		}
		if res.Periods[i].Others, err = e.counted(ctx, others[i]); err != nil {
			return nil, err
		}
	}
	return res, nil
}

// counted lists nodes, those counted most first.
func (e *Engine) counted(ctx context.Context, n map[quad.IRI]int) (Cell, error) {
	var out Cell
	for iri := range n {
		out = append(out, Value{IRI: iri})
	}
	slices.SortFunc(out, func(a, b Value) int { return cmp.Or(n[b.IRI]-n[a.IRI], strings.Compare(string(a.IRI), string(b.IRI))) })
	return out, e.label(ctx, out)
}

// told reads what is told of who holds a place, in order of time; what has no date is left out.
func (e *Engine) told(ctx context.Context, place graph.Ref) ([]told, error) {
	refs, err := e.factsOf(ctx, place, vocab.Patient)
	if err != nil {
		return nil, err
	}
	types, err := e.factTypes([]string{"Capture", "Liberate", "Control", "Withdraw"})
	if err != nil {
		return nil, err
	}
	dated, err := e.dated(ctx, refs, types)
	if err != nil {
		return nil, err
	}
	var all []told
	for _, d := range dated {
		f, err := e.fact(ctx, d.ref)
		if err != nil {
			return nil, err
		}
		if f.Status.IRI != vocab.StatusIRI(doc.Actual) && f.Status.IRI != vocab.Disputed {
			continue
		}
		kind := controlKinds[d.typ.Name]
		if kind != holds {
			if w := d.when(); w != "" {
				all = append(all, told{w, kind, f, f.Reports})
			}
			continue
		}
		if f.Ended {
			kind = left
		}
		rs, err := e.reports(ctx, f)
		if err != nil {
			return nil, err
		}
		days := map[string]int{}
		for _, r := range rs { // a state is told anew each day
			if w := cmp.Or(r.Time, r.Date); w != "" && r.Status.IRI == vocab.StatusIRI(doc.Actual) {
				days[w]++
			}
		}
		for w, n := range days {
			all = append(all, told{w, kind, f, n})
		}
	}
	slices.SortFunc(all, func(a, b told) int {
		return cmp.Or(strings.Compare(a.when, b.when), cmp.Compare(a.kind, b.kind), strings.Compare(string(a.fact.IRI), string(b.fact.IRI)))
	})
	return all, nil
}

// sidesOf numbers the sides: holders that one fact names together are on one,
// and a fact is told of the side of its holders, -1 where it names none.
func sidesOf(all []told) func(*Fact) int {
	side := map[quad.IRI]int{}
	var parent []int
	find := func(n int) int {
		for parent[n] != n {
			n = parent[n]
		}
		return n
	}
	for _, t := range all {
		for i, v := range t.fact.Agents {
			if _, ok := side[v.IRI]; !ok {
				side[v.IRI] = len(parent)
				parent = append(parent, len(parent))
			}
			if x, y := find(side[t.fact.Agents[0].IRI]), find(side[v.IRI]); i > 0 && x != y {
				parent[max(x, y)] = min(x, y)
			}
		}
	}
	return func(f *Fact) int {
		if len(f.Agents) == 0 {
			return -1
		}
		return find(side[f.Agents[0].IRI])
	}
}
