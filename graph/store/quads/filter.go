package quads

import (
	"context"
	"fmt"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/cayley/graph/shape"
)

// filterOp yields the rows of from whose value passes Cayley's filters.
type filterOp struct {
	from    op
	filters []shape.ValueFilter
}

func (f *filterOp) String() string { return fmt.Sprintf("Filter(%v)", f.from) }
func (f *filterOp) multi() bool    { return f.from.multi() }
func (f *filterOp) cost(x *exec) cost {
	c := x.cost(f.from)
	return cost{c.rows/2 + 1, c.scan + c.rows*costName, c.find + costName}
}

// passes asks the filters, which are iterators over iterators, whether they would let a value of theirs through.
func (f *filterOp) passes(x *exec, v val) bool {
	idx, ok := x.locals[f].(graph.Index)
	if !ok {
		it := graph.AsLegacy(anything{})
		for _, vf := range f.filters {
			it = vf.BuildIterator(x.qs, it)
		}
		idx = graph.AsShape(it).Lookup()
		x.locals[f] = idx
	}
	pass := idx.Contains(x.ctx, v.asRef())
	if err := idx.Err(); err != nil {
		return x.fail(err)
	}
	return pass
}

func (f *filterOp) scan(x *exec, yield func(val, bool) bool) bool {
	passed := false // a path is another way to the result before
	return f.from.scan(x, func(v val, path bool) bool {
		if !path {
			passed = f.passes(x, v)
		}
		if !passed || x.err != nil {
			return x.err == nil
		}
		return yield(v, path)
	})
}

func (f *filterOp) find(x *exec, v val, yield func(bool) bool) bool {
	if !f.passes(x, v) {
		return x.err == nil
	}
	return f.from.find(x, v, yield)
}

// anything is an iterator that contains every value; filters are put upon it.
type anything struct{}

type anyIndex struct{ ref graph.Ref }

func (*anyIndex) String() string                  { return "Anything" }
func (*anyIndex) TagResults(map[string]graph.Ref) {}
func (a *anyIndex) Result() graph.Ref             { return a.ref }
func (*anyIndex) NextPath(context.Context) bool   { return false }
func (*anyIndex) Err() error                      { return nil }
func (*anyIndex) Close() error                    { return nil }
func (a *anyIndex) Contains(_ context.Context, ref graph.Ref) bool {
	a.ref = ref
	return true
}
