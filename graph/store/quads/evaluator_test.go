package quads

import (
	"fmt"
	"slices"
	"sort"
	"strings"

	"github.com/cayleygraph/cayley/graph/shape"
	"github.com/cayleygraph/quad"
)

// evalRow is a result of the brute-force evaluator.
type evalRow struct {
	v    quad.Value
	tags map[string]quad.Value
}

func (r evalRow) with(tags map[string]quad.Value) evalRow {
	m := make(map[string]quad.Value, len(r.tags)+len(tags))
	for k, v := range r.tags {
		m[k] = v
	}
	for k, v := range tags {
		m[k] = v
	}
	return evalRow{r.v, m}
}

// evaluator computes shapes by their meaning over a list of quads: results are bags, with no thought of speed.
type evaluator struct {
	quads []quad.Quad
	all   []quad.Value
}

func (e *evaluator) nodes() []quad.Value {
	if e.all != nil {
		return e.all
	}
	seen := make(map[quad.Value]bool)
	var out []quad.Value
	for _, q := range e.quads {
		for _, d := range quad.Directions {
			if v := q.Get(d); v != nil && !seen[v] {
				seen[v] = true
				out = append(out, v)
			}
		}
	}
	e.all = out
	return out
}

func (e *evaluator) eval(s shape.Shape) (out []evalRow) {
	switch s := s.(type) {
	case shape.AllNodes:
		for _, v := range e.nodes() {
			out = append(out, evalRow{v: v})
		}
	case shape.Lookup:
		for _, v := range s {
			if slices.Contains(e.nodes(), v) {
				out = append(out, evalRow{v: v})
			}
		}
	case shape.Save:
		for _, r := range e.eval(s.From) {
			tags := make(map[string]quad.Value)
			for _, t := range s.Tags {
				tags[t] = r.v
			}
			out = append(out, r.with(tags))
		}
	case shape.NodesFrom:
		memo := make(map[*shape.QuadFilter][]evalRow)
		for _, q := range e.quads {
			v := q.Get(s.Dir)
			if v == nil {
				continue
			}
			for _, r := range e.match(q, s.Quads, memo) {
				out = append(out, evalRow{v: v}.with(r.tags))
			}
		}
	case shape.Intersect:
		out = e.eval(s[0])
		for _, p := range s[1:] {
			out = join(out, e.eval(p), false)
		}
	case shape.IntersectOpt:
		out = e.eval(s.Sub)
		for _, p := range s.Opt {
			out = join(out, e.eval(p), true)
		}
	case shape.Union:
		for _, p := range s {
			out = append(out, e.eval(p)...)
		}
	case shape.Except:
		not := e.eval(s.Exclude)
		for _, r := range e.eval(s.From) {
			if !slices.ContainsFunc(not, func(n evalRow) bool { return n.v == r.v }) {
				out = append(out, r)
			}
		}
	case shape.Filter:
		for _, r := range e.eval(s.From) {
			if i, ok := r.v.(quad.IRI); ok && i < s.Filters[0].(shape.Comparison).Val.(quad.IRI) {
				out = append(out, r)
			}
		}
	case shape.Unique:
		seen := make(map[quad.Value]bool)
		for _, r := range e.eval(s.From) {
			if !seen[r.v] {
				seen[r.v] = true
				out = append(out, r)
			}
		}
	case shape.Count:
		out = []evalRow{{v: quad.Int(len(e.eval(s.Values)))}}
	default:
		panic(fmt.Sprintf("%T", s))
	}
	return out
}

// match is the ways in which a quad meets the filters.
func (e *evaluator) match(q quad.Quad, s shape.Shape, memo map[*shape.QuadFilter][]evalRow) []evalRow {
	if u, ok := s.(shape.Union); ok {
		var out []evalRow
		for _, p := range u {
			out = append(out, e.match(q, p, memo)...)
		}
		return out
	}
	rows := []evalRow{{}}
	for i, f := range s.(shape.Quads) {
		v := q.Get(f.Dir)
		var next []evalRow
		vals, ok := memo[&s.(shape.Quads)[i]]
		if !ok {
			vals = e.eval(f.Values)
			memo[&s.(shape.Quads)[i]] = vals
		}
		for _, r := range vals {
			if v != nil && r.v == v {
				for _, have := range rows {
					next = append(next, have.with(r.tags))
				}
			}
		}
		rows = next
	}
	return rows
}

func join(a, b []evalRow, optional bool) (out []evalRow) {
	for _, r := range a {
		n := len(out)
		for _, o := range b {
			if o.v == r.v {
				out = append(out, r.with(o.tags))
			}
		}
		if optional && len(out) == n {
			out = append(out, r)
		}
	}
	return out
}

func bag(rows []evalRow) []string {
	var out []string
	for _, r := range rows {
		var tags []string
		for t, v := range r.tags {
			tags = append(tags, t+"="+quad.StringOf(v))
		}
		sort.Strings(tags)
		out = append(out, quad.StringOf(r.v)+" "+strings.Join(tags, " "))
	}
	sort.Strings(out)
	return out
}
