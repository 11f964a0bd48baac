package quads

import (
	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/cayley/graph/shape"
	"github.com/cayleygraph/quad"
)

// OptimizeShape implements shape.Optimizer. Cayley calls it from the leaves up, after its generic pass; each shape
// that the planner knows becomes a plan, and what it doesn't know (a recursion, say) stays Cayley's, below or above.
func (v view) OptimizeShape(s shape.Shape) (shape.Shape, bool) {
	switch s.(type) {
	case nil, shape.Null, shape.AllNodes, shape.Fixed, shape.Lookup, shape.Quads, shape.Sort, *planShape:
		return s, false // leaves, which their parents compile, and what gains nothing
	case shape.Union:
		if _, ok := nodesOfQuads(s); ok {
			return s, false // quads, not nodes: for NodesFrom above
		}
	}
	o := compile(s)
	if o == nil {
		return s, false
	}
	return &planShape{v.reader, o}, true
}

// nodesOfQuads says whether a union or intersection is one of quads.
func nodesOfQuads(s shape.Shape) ([]shape.Quads, bool) {
	var parts []shape.Shape
	switch s := s.(type) {
	case shape.Union:
		parts = s
	case shape.Intersect:
		parts = s
	default:
		return nil, false
	}
	var out []shape.Quads
	for _, p := range parts {
		if _, union := s.(shape.Union); union && shape.IsNull(p) {
			continue
		}
		q, ok := p.(shape.Quads)
		if !ok {
			return nil, false
		}
		out = append(out, q)
	}
	return out, len(out) > 0
}

// compile makes a shape a plan, nil if it isn't one that the planner knows.
func compile(s shape.Shape) op {
	switch s := s.(type) {
	case *planShape:
		return s.op
	case shape.Null:
		return fixedOp{}.sorted()
	case shape.AllNodes:
		return &allOp{}
	case shape.Fixed:
		f := fixedOp{}
		for _, ref := range s {
			f.vals = append(f.vals, toVal(ref))
		}
		return f.sorted()
	case shape.Save:
		return &saveOp{tags: s.Tags, sub: part(s.From)}
	case shape.FixedTags:
		o := &saveOp{sub: part(s.On)}
		for _, tag := range sortedKeys(s.Tags) {
			o.fixed = append(o.fixed, bind{tag, toVal(s.Tags[tag])})
		}
		return o
	case shape.QuadsAction:
		l := newLinks(s.Result)
		for d, ref := range s.Filter {
			l.constrain(d, compile(shape.Fixed{ref}))
		}
		for d, tags := range s.Save {
			l.saveTags(d, tags)
		}
		return l.finish()
	case shape.NodesFrom:
		return compileNodesFrom(s.Dir, s.Quads)
	case shape.Intersect:
		if _, ok := nodesOfQuads(s); ok {
			return nil
		}
		return intersect(parts(s), nil)
	case shape.IntersectOpt:
		return intersect(parts(s.Sub), parts(s.Opt))
	case shape.Union:
		return &unionOp{subs: parts(s)}
	case shape.Except:
		from := s.From
		if from == nil {
			from = shape.AllNodes{}
		}
		return &exceptOp{from: part(from), not: part(s.Exclude)}
	case shape.Filter:
		return &filterOp{from: part(s.From), filters: s.Filters}
	case shape.Unique:
		return &uniqueOp{sub: part(s.From)}
	case shape.Page:
		return &pageOp{sub: part(s.From), skip: s.Skip, limit: s.Limit}
	case shape.Count:
		return &countOp{sub: part(s.Values)}
	case shape.Materialize:
		return part(s.Values)
	}
	return nil
}

// part compiles a part of a plan; a shape that the planner doesn't know is run by Cayley.
func part(s shape.Shape) op {
	if shape.IsNull(s) {
		return fixedOp{}.sorted()
	}
	if o := compile(s); o != nil {
		return o
	}
	return &foreignOp{s: s}
}

func parts[T ~[]shape.Shape](list T) []op {
	var out []op
	for _, s := range list {
		out = append(out, part(s))
	}
	return out
}

func compileNodesFrom(d quad.Direction, s shape.Shape) op {
	switch q := s.(type) {
	case shape.Quads:
		return compileQuads(d, q)
	case nil, shape.Null:
		return fixedOp{}.sorted()
	case shape.Union:
		if list, ok := nodesOfQuads(q); ok {
			u := &unionOp{}
			for _, q := range list {
				u.subs = append(u.subs, compileQuads(d, q))
			}
			return u
		}
	case shape.Intersect:
		if list, ok := nodesOfQuads(q); ok {
			var all shape.Quads
			for _, q := range list {
				all = append(all, q...)
			}
			return compileQuads(d, all)
		}
	}
	return nil
}

func compileQuads(d quad.Direction, q shape.Quads) op {
	l := newLinks(d)
	for _, f := range q {
		switch v := f.Values.(type) {
		case shape.AllNodes:
			l.constrain(f.Dir, nil)
		case shape.Save:
			if _, ok := v.From.(shape.AllNodes); ok {
				l.saveTags(f.Dir, v.Tags)
				continue
			}
			l.constrain(f.Dir, part(v))
		case *planShape:
			if sv, ok := v.op.(*saveOp); ok && len(sv.fixed) == 0 {
				if _, ok := sv.sub.(*allOp); ok {
					l.saveTags(f.Dir, sv.tags)
					continue
				}
			}
			l.constrain(f.Dir, v.op)
		default:
			l.constrain(f.Dir, part(f.Values))
		}
	}
	return l.finish()
}

// Unoptimised hides the planner, for whoever wants to see Cayley's own iterators over the same data, as the console's
// picture of a query's shape does.
func Unoptimised(qs graph.QuadStore) graph.QuadStore { return struct{ graph.QuadStore }{qs} }
