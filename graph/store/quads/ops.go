package quads

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/cayley/graph/shape"
	"github.com/cayleygraph/quad"
)

func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }

// fixedOp is a list of nodes; one that is named twice counts twice.
type fixedOp struct {
	vals  []val // in the order given
	order []val // nodes in ascending order, then the rest
}

func (f fixedOp) sorted() *fixedOp {
	f.order = slices.Clone(f.vals)
	slices.SortStableFunc(f.order, func(a, b val) int { return cmp.Compare(a.id, b.id) })
	return &f
}

func (f *fixedOp) String() string  { return fmt.Sprintf("Fixed%v", f.vals) }
func (f *fixedOp) multi() bool     { return false }
func (f *fixedOp) cost(*exec) cost { n := float64(len(f.vals)); return cost{n, n * 0.01, 0.05} }

func (f *fixedOp) scan(x *exec, yield func(val, bool) bool) bool {
	for _, v := range f.vals {
		if !yield(v, false) {
			return false
		}
	}
	return true
}

func (f *fixedOp) find(x *exec, v val, yield func(bool) bool) bool {
	i, _ := slices.BinarySearchFunc(f.order, v.id, func(a val, id uint64) int { return cmp.Compare(a.id, id) })
	path := false
	for ; i < len(f.order) && f.order[i].id == v.id; i++ {
		if v.id == 0 && f.order[i].key() != v.key() {
			continue
		}
		if !yield(path) {
			return false
		}
		path = true
	}
	return true
}

// allOp is every node.
type allOp struct{}

func (*allOp) String() string { return "All" }
func (*allOp) multi() bool    { return false }
func (*allOp) cost(x *exec) cost {
	c, err := x.r.counts()
	if err != nil {
		x.fail(err)
	}
	return cost{float64(c.nodes), float64(c.nodes) * costNext, 0.05}
}

func (*allOp) scan(x *exec, yield func(val, bool) bool) bool {
	ok := true
	err := x.r.eachID(x.ctx, func(id uint64) bool {
		ok = x.alive() && yield(val{id: id}, false)
		return ok
	})
	if err != nil {
		return x.fail(err)
	}
	return ok
}

// find trusts that an id comes from this store's quads; only foreign values are no nodes.
func (*allOp) find(x *exec, v val, yield func(bool) bool) bool { return v.id == 0 || yield(false) }

// saveOp tags the results of sub.
type saveOp struct {
	sub   op
	tags  []string
	fixed []bind
}

func (s *saveOp) String() string    { return fmt.Sprintf("Save(%v %v, %v)", s.tags, s.fixed, s.sub) }
func (s *saveOp) multi() bool       { return s.sub.multi() }
func (s *saveOp) cost(x *exec) cost { return x.cost(s.sub) }
func (s *saveOp) with(x *exec, v val) {
	for _, tag := range s.tags {
		x.tags = append(x.tags, bind{tag, v})
	}
	x.tags = append(x.tags, s.fixed...)
}

func (s *saveOp) scan(x *exec, yield func(val, bool) bool) bool {
	return s.sub.scan(x, func(v val, path bool) bool {
		n := len(x.tags)
		s.with(x, v)
		ok := yield(v, path)
		x.tags = x.tags[:n]
		return ok
	})
}

func (s *saveOp) find(x *exec, v val, yield func(bool) bool) bool {
	return s.sub.find(x, v, func(path bool) bool {
		n := len(x.tags)
		s.with(x, v)
		ok := yield(path)
		x.tags = x.tags[:n]
		return ok
	})
}

// unionOp yields the rows of all its parts.
type unionOp struct{ subs []op }

func (u *unionOp) String() string { return fmt.Sprintf("Union%v", u.subs) }
func (u *unionOp) multi() bool    { return slices.ContainsFunc(u.subs, op.multi) }
func (u *unionOp) cost(x *exec) (c cost) {
	for _, s := range u.subs {
		k := x.cost(s)
		c.rows, c.scan, c.find = c.rows+k.rows, c.scan+k.scan, c.find+k.find
	}
	return c
}

func (u *unionOp) scan(x *exec, yield func(val, bool) bool) bool {
	for _, s := range u.subs {
		if !s.scan(x, yield) {
			return false
		}
	}
	return true
}

func (u *unionOp) find(x *exec, v val, yield func(bool) bool) bool {
	path := false
	for _, s := range u.subs {
		if !s.find(x, v, func(bool) bool {
			p := path
			path = true
			return yield(p)
		}) {
			return false
		}
	}
	return true
}

// exceptOp yields the rows of from whose result isn't one of not.
type exceptOp struct{ from, not op }

func (e *exceptOp) String() string { return fmt.Sprintf("Except(%v, %v)", e.from, e.not) }
func (e *exceptOp) multi() bool    { return e.from.multi() }
func (e *exceptOp) cost(x *exec) cost {
	c, n := x.cost(e.from), x.cost(e.not)
	each := min(n.find, n.scan/(c.rows+1))
	return cost{c.rows, c.scan + c.rows*each, c.find + n.find}
}

// excluded looks the value up, or in a set of all of them when one look-up costs too much.
func (e *exceptOp) excluded(x *exec, v val) bool {
	const dear = 20 // microseconds
	if c := x.cost(e.not); c.find > dear && c.find*x.cost(e.from).rows > c.scan {
		return len(x.memo(e.not)[v.key()]) > 0
	}
	return x.exists(e.not, v)
}

func (e *exceptOp) scan(x *exec, yield func(val, bool) bool) bool {
	return e.from.scan(x, func(v val, path bool) bool {
		if e.excluded(x, v) {
			return x.err == nil
		}
		return x.err == nil && yield(v, path)
	})
}

func (e *exceptOp) find(x *exec, v val, yield func(bool) bool) bool {
	if e.excluded(x, v) || x.err != nil {
		return x.err == nil
	}
	return e.from.find(x, v, yield)
}

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

func (anything) String() string                                             { return "Anything" }
func (anything) Iterate() graph.Scanner                                     { panic("quads: not a scan") }
func (anything) Lookup() graph.Index                                        { return &anyIndex{} }
func (anything) SubIterators() []graph.IteratorShape                        { return nil }
func (a anything) Optimize(ctx context.Context) (graph.IteratorShape, bool) { return a, false }
func (anything) Stats(ctx context.Context) (c graph.IteratorCosts, _ error) { return c, nil }

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

// uniqueOp yields each result once, with the tags of the first way to it.
type uniqueOp struct{ sub op }

func (u *uniqueOp) String() string { return fmt.Sprintf("Unique(%v)", u.sub) }
func (u *uniqueOp) multi() bool    { return false }
func (u *uniqueOp) cost(x *exec) cost {
	c := x.cost(u.sub)
	return cost{c.rows/2 + 1, c.scan + c.rows*costNext, c.find}
}

func (u *uniqueOp) scan(x *exec, yield func(val, bool) bool) bool {
	if l, ok := u.sub.(*links); ok && l.ascending() {
		var last val
		return l.scan(x, func(v val, _ bool) bool {
			if v == last {
				return true
			}
			last = v
			return yield(v, false)
		})
	}
	seen := make(map[uint64]struct{})
	var others map[any]struct{}
	return u.sub.scan(x, func(v val, _ bool) bool {
		if v.ref == nil {
			if _, ok := seen[v.id]; ok {
				return true
			}
			seen[v.id] = struct{}{}
			return yield(v, false)
		}
		if _, ok := others[v.key()]; ok {
			return true
		}
		if others == nil {
			others = make(map[any]struct{})
		}
		others[v.key()] = struct{}{}
		return yield(v, false)
	})
}

func (u *uniqueOp) find(x *exec, v val, yield func(bool) bool) bool {
	ok := true
	n := len(x.tags)
	u.sub.find(x, v, func(bool) bool {
		ok = yield(false)
		return false
	})
	x.tags = x.tags[:n]
	return ok && x.err == nil
}

// pageOp yields some of the rows.
type pageOp struct {
	sub         op
	skip, limit int64 // no limit when 0
}

func (p *pageOp) String() string { return fmt.Sprintf("Page(%d, %d, %v)", p.skip, p.limit, p.sub) }
func (p *pageOp) multi() bool    { return p.sub.multi() }
func (p *pageOp) cost(x *exec) cost {
	c := x.cost(p.sub)
	if most := float64(p.skip + p.limit); p.limit > 0 && most < c.rows {
		c.scan *= most / c.rows
		c.rows = most
	}
	c.find = c.scan
	return c
}

func (p *pageOp) scan(x *exec, yield func(val, bool) bool) bool {
	n, base := int64(0), len(x.tags)
	full := false
	ok := p.sub.scan(x, func(v val, path bool) bool {
		if n++; n <= p.skip {
			return true
		}
		// The row that the skipped ones were other ways to may be gone.
		ok := yield(v, path && n > p.skip+1)
		full = ok && p.limit > 0 && n >= p.skip+p.limit
		return ok && !full
	})
	x.tags = x.tags[:base]
	return ok || full && x.err == nil
}

func (p *pageOp) find(x *exec, v val, yield func(bool) bool) bool { return x.findInMemo(p, v, yield) }

// countOp yields one value, the number of rows.
type countOp struct{ sub op }

func (c *countOp) String() string { return fmt.Sprintf("Count(%v)", c.sub) }
func (c *countOp) multi() bool    { return false }
func (c *countOp) cost(x *exec) cost {
	k := x.cost(c.sub)
	return cost{1, k.scan, k.scan}
}

func (c *countOp) scan(x *exec, yield func(val, bool) bool) bool {
	n, ok := countRows(x, c.sub, true)
	return ok && yield(val{ref: graph.PreFetched(quad.Int(n))}, false)
}

func (c *countOp) find(x *exec, v val, yield func(bool) bool) bool {
	n, ok := x.locals[c].(int64)
	if !ok {
		if n, ok = countRows(x, c.sub, true); !ok {
			return false
		}
		x.locals[c] = n
	}
	if got, ok := x.qs.NameOf(v.asRef()).(quad.Int); ok && int64(got) == n {
		return yield(false)
	}
	return true
}

// countRows counts the rows of a plan; unless all is set, only where that takes no more than counting quads.
func countRows(x *exec, o op, all bool) (n int64, ok bool) {
	switch o := o.(type) {
	case *fixedOp:
		return int64(len(o.vals)), true
	case *allOp:
		c, err := x.r.counts()
		return int64(c.nodes), err == nil || x.fail(err)
	case *saveOp:
		return countRows(x, o.sub, all)
	case *links:
		if o.pure() {
			return countPure(x, o)
		}
	case *unionOp:
		for _, s := range o.subs {
			k, ok := countRows(x, s, all)
			if !ok {
				return 0, false
			}
			n += k
		}
		return n, true
	}
	if !all {
		return 0, false
	}
	ok = o.scan(x, func(val, bool) bool {
		n++
		return true
	})
	return n, ok
}

// countPure counts the quads of a prefix, looking at the context now and then.
func countPure(x *exec, l *links) (n int64, ok bool) {
	if l.fixed == 0 || l.fixed == 1<<posP {
		n, _, err := x.r.countQuads(l.fixed, &l.q, 0)
		return n, err == nil || x.fail(err)
	}
	c := x.r.scan(l.fixed, &l.q)
	defer c.release()
	for !c.done {
		n += c.count(10_000)
		if err := x.ctx.Err(); err != nil {
			return n, x.fail(err)
		}
	}
	return n, c.err == nil || x.fail(c.err)
}

// foreignOp is a shape that the planner doesn't know, run by Cayley.
type foreignOp struct {
	s    shape.Shape
	once sync.Once
	it   graph.IteratorShape
}

func (f *foreignOp) String() string { return fmt.Sprintf("Foreign(%T)", f.s) }
func (f *foreignOp) multi() bool    { return true }

// build makes the iterator once: some shapes can't do it twice.
func (f *foreignOp) build(x *exec) graph.IteratorShape {
	f.once.Do(func() {
		f.it = graph.AsShape(f.s.BuildIterator(x.qs))
		f.it, _ = f.it.Optimize(x.ctx)
	})
	return f.it
}

func (f *foreignOp) cost(x *exec) cost {
	const unknown = 1000
	c := cost{rows: unknown, scan: unknown * costSeek}
	// The start of a recursion's step; other sizes of Cayley's are guesses, and some are dear.
	if it := f.build(x); strings.HasPrefix(it.String(), "Save(") || strings.HasPrefix(it.String(), "Fixed(") {
		if st, err := it.Stats(x.ctx); err == nil && st.Size.Exact {
			c = cost{rows: float64(st.Size.Size), scan: float64(st.Size.Size) * 0.1}
		}
	}
	c.find = c.scan
	return c
}

func (f *foreignOp) scan(x *exec, yield func(val, bool) bool) bool {
	it := f.build(x).Iterate()
	defer it.Close()
	tags := make(map[string]graph.Ref)
	one := func(path bool) bool {
		clear(tags)
		it.TagResults(tags)
		n := len(x.tags)
		for _, tag := range sortedKeys(tags) {
			x.tags = append(x.tags, bind{tag, toVal(tags[tag])})
		}
		ok := yield(toVal(it.Result()), path)
		x.tags = x.tags[:n]
		return ok && x.alive()
	}
	for it.Next(x.ctx) {
		if !one(false) {
			return false
		}
		for it.NextPath(x.ctx) {
			if !one(true) {
				return false
			}
		}
	}
	if err := it.Err(); err != nil {
		return x.fail(err)
	}
	return x.err == nil
}

// find never asks Contains: some iterators of Cayley's answer it with the tags of an earlier value.
func (f *foreignOp) find(x *exec, v val, yield func(bool) bool) bool {
	return x.findInMemo(f, v, yield)
}
