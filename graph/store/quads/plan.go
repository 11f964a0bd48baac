package quads

import (
	"context"
	"fmt"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/cayley/graph/shape"
)

// op is one operation of a query plan. A plan is a tree of them, compiled from Cayley's shapes (see compile) and run
// by calling back with each row. Results are bags: a row's multiplicity is the product of what the parts contribute,
// whichever way the plan runs.
//
// Tags lie on a stack in exec: an operation pushes its own before it yields and takes them off afterwards, so that
// during a yield the stack holds exactly the tags of that row. All functions return false to stop, because the
// receiver had enough or because of x.err.
type op interface {
	// scan yields every row. path marks a row as one more way to the same result as the row before.
	scan(x *exec, yield func(v val, path bool) bool) bool
	// find yields every row whose result is v; all but the first have path set.
	find(x *exec, v val, yield func(path bool) bool) bool
	// cost estimates; exec.cost keeps it.
	cost(x *exec) cost
	// multi says whether scan may yield rows with path set.
	multi() bool
}

// cost is what a plan is chosen by: a number of rows, and microseconds for a whole scan and for one find.
type cost struct{ rows, scan, find float64 }

// Costs of the primitives, measured on warm data, in microseconds.
const (
	costSeek = 1.2  // one prefix scan's beginning
	costNext = 0.08 // one more quad of it
	costName = 1.0  // one value by its id
	costKeep = 0.3  // one row kept in memory, or looked up there
	fanOut   = 4    // quads per node and predicate, when nothing better is known
)

// exec is one run of a plan.
type exec struct {
	ctx   context.Context
	r     *reader
	qs    graph.QuadStore
	tags  []bind
	err   error
	ticks int

	work   float64 // what scans have cost so far, in microseconds by the costs above
	costs  map[op]cost
	spent  map[op]float64 // work of finds in an operation
	memos  map[op]map[any][]memoRow
	locals map[op]any // what an operation keeps for the run
}

func newExec(ctx context.Context, r *reader, qs graph.QuadStore) *exec {
	return &exec{ctx: ctx, r: r, qs: qs, costs: map[op]cost{}, spent: map[op]float64{}, memos: map[op]map[any][]memoRow{}, locals: map[op]any{}}
}

func (x *exec) fail(err error) bool {
	if x.err == nil {
		x.err = err
	}
	return false
}

// alive looks at the context now and then; operations call it in their loops.
func (x *exec) alive() bool {
	if x.ticks++; x.ticks%256 == 0 {
		if err := x.ctx.Err(); err != nil {
			return x.fail(err)
		}
	}
	return x.err == nil
}

func (x *exec) cost(o op) cost {
	c, ok := x.costs[o]
	if !ok {
		c = o.cost(x)
		x.costs[o] = c
	}
	return c
}

// exists says whether o has a row with result v.
func (x *exec) exists(o op, v val) bool {
	found := false
	n := len(x.tags)
	o.find(x, v, func(bool) bool {
		found = true
		return false
	})
	x.tags = x.tags[:n]
	return found && x.err == nil
}

// memoRow is a row kept in memory.
type memoRow struct {
	tags []bind
	val  val
}

// memo scans o once and keeps its rows by result, for operations that can't look one up.
func (x *exec) memo(o op) map[any][]memoRow {
	m, ok := x.memos[o]
	if ok {
		return m
	}
	m = make(map[any][]memoRow)
	base := len(x.tags)
	o.scan(x, func(v val, _ bool) bool {
		k := v.key()
		m[k] = append(m[k], memoRow{append([]bind(nil), x.tags[base:]...), v})
		return x.alive()
	})
	x.tags = x.tags[:base]
	x.memos[o] = m
	return m
}

// findIn is o.find until those have cost more than scanning all of o would; from then on it looks into o's rows, kept
// in memory. So a join never costs more than twice the better of the two ways, whatever the estimates of rows.
func (x *exec) findIn(o op, v val, yield func(path bool) bool) bool {
	const (
		dear     = 4       // microseconds
		mostKept = 200_000 // rows
	)
	if _, ok := x.memos[o]; ok || x.r.keepAtOnce {
		return x.findInMemo(o, v, yield)
	}
	c := x.cost(o)
	if c.find < dear || c.rows > mostKept {
		return o.find(x, v, yield)
	}
	if x.spent[o] > c.scan {
		return x.findInMemo(o, v, yield)
	}
	before, beyond := x.work, 0.0 // beyond is the work of whoever takes the rows
	ok := o.find(x, v, func(path bool) bool {
		w := x.work
		ok := yield(path)
		beyond += x.work - w
		return ok
	})
	x.spent[o] += x.work - before - beyond
	return ok
}

// findInMemo is a find for operations without one of their own.
func (x *exec) findInMemo(o op, v val, yield func(path bool) bool) bool {
	n := len(x.tags)
	for i, r := range x.memo(o)[v.key()] {
		x.tags = append(x.tags[:n], r.tags...)
		if !yield(i > 0) {
			return false
		}
	}
	x.tags = x.tags[:n]
	return x.err == nil
}

// planShape is a compiled plan as a shape of Cayley's.
type planShape struct {
	r  *reader
	op op
}

var _ shape.Shape = (*planShape)(nil)

// BuildIterator implements shape.Shape.
func (s *planShape) BuildIterator(qs graph.QuadStore) graph.Iterator {
	return legacy(&planIterator{r: s.r, qs: qs, op: s.op})
}

// Optimize implements shape.Shape.
func (s *planShape) Optimize(shape.Optimizer) (shape.Shape, bool) { return s, false }

// planIterator is a compiled plan as an iterator shape of Cayley's.
type planIterator struct {
	r  *reader
	qs graph.QuadStore
	op op
}

func (s *planIterator) String() string                                           { return fmt.Sprintf("Plan(%v)", s.op) }
func (s *planIterator) SubIterators() []graph.IteratorShape                      { return nil }
func (s *planIterator) Optimize(ctx context.Context) (graph.IteratorShape, bool) { return s, false }
func (s *planIterator) AsLegacy() graph.Iterator                                 { return legacy(s) }

// Stats implements graph.IteratorShape. The size is exact where it is true and costs no more than counting quads.
func (s *planIterator) Stats(ctx context.Context) (graph.IteratorCosts, error) {
	x := newExec(ctx, s.r, s.qs)
	if n, ok := countRows(x, s.op, false); ok && x.err == nil {
		return graph.IteratorCosts{NextCost: 2, ContainsCost: 2, Size: graph.Size{Size: n, Exact: true}}, nil
	}
	c := x.cost(s.op)
	return graph.IteratorCosts{
		NextCost:     1 + int64(c.scan/(c.rows+1)),
		ContainsCost: 1 + int64(c.find),
		Size:         graph.Size{Size: int64(c.rows)},
	}, x.err
}

// Iterate implements graph.IteratorShape.
func (s *planIterator) Iterate() graph.Scanner {
	return newPull(s.r, func(ctx context.Context, yield func(row) bool) error {
		x := newExec(ctx, s.r, s.qs)
		s.op.scan(x, func(v val, path bool) bool { return yield(row{val: v, tags: x.tags, path: path}) && x.alive() })
		return x.err
	})
}

// Lookup implements graph.IteratorShape.
func (s *planIterator) Lookup() graph.Index { return &planIndex{s: s} }

// planIndex serves Contains for iterators of Cayley's own that stand above a plan.
type planIndex struct {
	s    *planIterator
	x    *exec
	ref  graph.Ref
	rows [][]bind
	i    int
}

func (it *planIndex) String() string    { return it.s.String() }
func (it *planIndex) Close() error      { return nil }
func (it *planIndex) Result() graph.Ref { return it.ref }
func (it *planIndex) Err() error {
	if it.x == nil {
		return nil
	}
	return it.x.err
}

func (it *planIndex) TagResults(dst map[string]graph.Ref) {
	if it.i < len(it.rows) {
		for _, b := range it.rows[it.i] {
			dst[b.tag] = b.val.asRef()
		}
	}
}

func (it *planIndex) Contains(ctx context.Context, ref graph.Ref) bool {
	if ref == nil {
		return false
	}
	if it.x == nil {
		it.x = newExec(ctx, it.s.r, it.s.qs)
	}
	x := it.x
	var rows [][]bind
	it.s.op.find(x, toVal(ref), func(bool) bool {
		rows = append(rows, append([]bind(nil), x.tags...))
		return x.alive()
	})
	x.tags = x.tags[:0]
	if len(rows) == 0 || x.err != nil {
		return false
	}
	it.rows, it.i, it.ref = rows, 0, ref
	return true
}

func (it *planIndex) NextPath(ctx context.Context) bool {
	if it.i+1 >= len(it.rows) {
		return false
	}
	it.i++
	return true
}
