package quads

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"

	"github.com/cayleygraph/cayley/graph"
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

func (anything) String() string                                             { return "Anything" }
func (anything) Iterate() graph.Scanner                                     { panic("quads: not a scan") }
func (anything) Lookup() graph.Index                                        { return &anyIndex{} }
func (anything) SubIterators() []graph.IteratorShape                        { return nil }
func (a anything) Optimize(ctx context.Context) (graph.IteratorShape, bool) { return a, false }
func (anything) Stats(ctx context.Context) (c graph.IteratorCosts, _ error) { return c, nil }

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
