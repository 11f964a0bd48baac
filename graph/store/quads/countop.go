package quads

import (
	"fmt"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/quad"
)

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
