package quads

import (
	"fmt"
	"math"

	"github.com/cayleygraph/quad"
)

// links yields, for each quad that meets the conditions, the node in one direction: Cayley's HasA over LinksTo, in
// one step. A direction is open, fixed to one id, or has a sub-plan that its node must be a result of.
type links struct {
	res   int // the direction that is the result
	fixed mask
	q     ids
	subs  [4]op
	subm  mask // which of subs are set
	save  [4][]string
	saves bool
	label bool // the quad must have a label

	collect [4][]op // while compiling
}

func newLinks(d quad.Direction) *links { return &links{res: posOf(d), label: d == quad.Label} }

// constrain adds a condition on a direction; a nil one asks for any node.
func (l *links) constrain(d quad.Direction, o op) {
	pos := posOf(d)
	if pos == posL {
		l.label = true
	}
	if o != nil {
		if _, all := o.(*allOp); !all {
			l.collect[pos] = append(l.collect[pos], o)
		}
	}
}

// saveTags tags the node in a direction; like any condition it asks for a node there.
func (l *links) saveTags(d quad.Direction, tags []string) {
	pos := posOf(d)
	l.save[pos] = append(l.save[pos], tags...)
	l.saves = l.saves || len(tags) > 0
	if pos == posL {
		l.label = true
	}
}

// finish settles the conditions once all are known.
func (l *links) finish() op {
	for pos, list := range l.collect {
		switch {
		case len(list) == 0:
			continue
		case len(list) == 1:
			if f, ok := list[0].(*fixedOp); ok {
				switch {
				case len(f.vals) == 0:
					return fixedOp{}.sorted()
				case len(f.vals) == 1:
					if f.vals[0].id == 0 {
						return fixedOp{}.sorted() // a value that isn't a node of this store
					}
					l.fixed |= 1 << pos
					l.q[pos] = f.vals[0].id
					continue
				}
			}
			l.subs[pos] = list[0]
		default:
			l.subs[pos] = intersect(list, nil)
		}
		l.subm |= 1 << pos
	}
	l.collect = [4][]op{}
	return l
}

func (l *links) String() string {
	return fmt.Sprintf("Links(res %d, fixed %04b %v, subs %v)", l.res, l.fixed, l.q, l.subs)
}

// pure says whether each quad of one prefix is one row without further look.
func (l *links) pure() bool { return l.subm == 0 && (!l.label || l.fixed.has(posL)) }

func (l *links) multi() bool { return l.subm != 0 }

// perm is the permutation to scan with the directions in m bound: the one that yields the result in order, if any.
func (l *links) perm(m mask) *perm {
	if !m.has(l.res) {
		if p := permForNext(m, l.res); p != nil {
			return p
		}
	}
	return permFor(m)
}

// ascending says whether scan yields its results in ascending order.
func (l *links) ascending() bool {
	return l.subm == 0 && !l.fixed.has(l.res) && permForNext(l.fixed, l.res) != nil
}

// emit yields the rows of quad k: one, unless the sub-plans in m have several ways to its nodes.
func (l *links) emit(x *exec, k *ids, m mask, path bool, yield func(val, bool) bool) bool {
	if l.label && k[posL] == 0 {
		return true
	}
	if m == 0 {
		return l.tagged(x, k, path, yield)
	}
	q := *k
	return l.check(x, &q, m, &path, yield)
}

func (l *links) check(x *exec, k *ids, m mask, path *bool, yield func(val, bool) bool) bool {
	if m == 0 {
		p := *path
		*path = true // whatever else this quad gives is another way to the same result
		return l.tagged(x, k, p, yield)
	}
	best, least := -1, math.Inf(1)
	for pos := range l.subs {
		if m.has(pos) {
			if c := x.cost(l.subs[pos]).find; c < least {
				best, least = pos, c
			}
		}
	}
	return x.findIn(l.subs[best], val{id: k[best]}, func(bool) bool { return l.check(x, k, m&^(1<<best), path, yield) })
}

func (l *links) tagged(x *exec, k *ids, path bool, yield func(val, bool) bool) bool {
	v := val{id: k[l.res]}
	if !l.saves {
		return yield(v, path)
	}
	n := len(x.tags)
	for pos, tags := range l.save {
		for _, tag := range tags {
			x.tags = append(x.tags, bind{tag, val{id: k[pos]}})
		}
	}
	ok := yield(v, path)
	x.tags = x.tags[:n]
	return ok
}

// over yields the rows of all quads with the directions in m equal to those of q, checking the sub-plans in subs.
func (l *links) over(x *exec, c *cursor, m mask, q *ids, subs mask, path bool, yield func(val, bool) bool) bool {
	c.reset(l.perm(m), q, m.count())
	x.work += costSeek
	for k := c.next(); k != nil; k = c.next() {
		x.work += costNext
		if !x.alive() || !l.emit(x, k, subs, path, yield) {
			return false
		}
	}
	return c.err == nil || x.fail(c.err)
}

func (l *links) scan(x *exec, yield func(val, bool) bool) bool {
	d, _ := l.driver(x)
	c := x.r.cursor()
	defer c.release()
	if d < 0 {
		return l.over(x, c, l.fixed, &l.q, l.subm, false, yield)
	}
	return l.drive(x, c, d, l.fixed, l.q, yield)
}

// drive scans the sub-plan of direction d and for each of its nodes the quads that have it.
func (l *links) drive(x *exec, c *cursor, d int, m mask, q ids, yield func(val, bool) bool) bool {
	m |= 1 << d
	rest := l.subm &^ (1 << d)
	one := func(v val) bool {
		if v.id == 0 {
			return true
		}
		q[d] = v.id
		return l.over(x, c, m, &q, rest, false, yield)
	}
	sub := l.subs[d]
	if !sub.multi() {
		return sub.scan(x, func(v val, _ bool) bool { return one(v) })
	}
	// A node that the sub-plan reaches in several ways: each of its quads is one result, reached in as many ways.
	g := group{base: len(x.tags)}
	ok := sub.scan(x, func(v val, path bool) bool {
		if path {
			g.add(x)
			return true
		}
		cur := append(g.cur[:0], x.tags[g.base:]...)
		ok := l.flush(x, c, &g, m, &q, d, rest, yield)
		x.tags = append(x.tags[:g.base], cur...)
		g.cur = cur
		g.begin(x, v)
		return ok
	})
	return ok && l.flush(x, c, &g, m, &q, d, rest, yield)
}

// group is the rows that end in one node.
type group struct {
	base int
	v    val
	n    int // ways
	tags [][]bind
	cur  []bind
}

func (g *group) begin(x *exec, v val) {
	g.v, g.n = v, 0
	g.add(x)
}

func (g *group) add(x *exec) {
	if g.n == len(g.tags) {
		g.tags = append(g.tags, nil)
	}
	g.tags[g.n] = append(g.tags[g.n][:0], x.tags[g.base:]...)
	g.n++
}

func (l *links) flush(x *exec, c *cursor, g *group, m mask, q *ids, d int, rest mask, yield func(val, bool) bool) bool {
	if g.n == 0 || g.v.id == 0 {
		g.n = 0
		return true
	}
	q[d] = g.v.id
	c.reset(l.perm(m), q, m.count())
	x.work += costSeek
	for k := c.next(); k != nil; k = c.next() {
		x.work += costNext
		kk := *k
		first := true
		for i := range g.n {
			x.tags = append(x.tags[:g.base], g.tags[i]...)
			ok := x.alive() && l.emit(x, &kk, rest, false, func(v val, path bool) bool {
				p := !first
				first = false
				return yield(v, p)
			})
			if !ok {
				return false
			}
		}
	}
	x.tags = x.tags[:g.base]
	g.n = 0
	return c.err == nil || x.fail(c.err)
}

// driver chooses what a scan runs over: the sub-plan of a direction, or -1 for the quads of the fixed directions.
func (l *links) driver(x *exec) (int, cost) {
	n, _, err := x.r.countQuads(l.fixed, &l.q, smallCount)
	if err != nil {
		x.fail(err)
	}
	best := cost{rows: float64(n), scan: costSeek + float64(n)*costNext}
	for pos := range l.subs {
		if l.subm.has(pos) {
			best.scan += float64(n) * x.cost(l.subs[pos]).find
		}
	}
	if l.subm != 0 {
		best.rows = best.rows/2 + 1
	}
	d := -1
	for pos, sub := range l.subs {
		if !l.subm.has(pos) {
			continue
		}
		c := x.cost(sub)
		quads := min(c.rows*fanOut, float64(n))
		this := cost{rows: quads, scan: c.scan + c.rows*costSeek + quads*costNext}
		for other := range l.subs {
			if other != pos && l.subm.has(other) {
				this.scan += quads * x.cost(l.subs[other]).find
			}
		}
		if this.scan < best.scan {
			d, best = pos, this
		}
	}
	return d, best
}

func (l *links) cost(x *exec) cost {
	_, c := l.driver(x)
	c.find = costSeek
	if (l.fixed | 1<<l.res).count() < 3 {
		c.find += fanOut * costNext
	}
	for pos := range l.subs {
		if l.subm.has(pos) {
			c.find += fanOut / 2 * x.cost(l.subs[pos]).find
		}
	}
	return c
}

func (l *links) find(x *exec, v val, yield func(bool) bool) bool {
	if v.id == 0 || l.fixed.has(l.res) && l.q[l.res] != v.id {
		return true
	}
	m, q := l.fixed|1<<l.res, l.q
	q[l.res] = v.id
	n := 0
	each := func(val, bool) bool {
		n++
		return yield(n > 1)
	}
	c := x.r.cursor()
	defer c.release()
	if d := l.findDriver(x, m, &q); d >= 0 {
		return l.drive(x, c, d, m, q, each)
	}
	return l.over(x, c, m, &q, l.subm, false, each)
}

// findDriver chooses a sub-plan with few rows when the node has many quads, -1 for scanning those quads.
func (l *links) findDriver(x *exec, m mask, q *ids) int {
	const few, many = 200, 32
	d, least := -1, float64(few)
	for pos, sub := range l.subs {
		if l.subm.has(pos) && pos != l.res {
			if c := x.cost(sub); c.rows < least && c.scan < few*costSeek {
				d, least = pos, c.rows
			}
		}
	}
	if d < 0 {
		return -1
	}
	n, exact, err := x.r.countQuads(m, q, many)
	if err != nil {
		x.fail(err)
	}
	if exact && n <= many || float64(n)*costNext < least*costSeek {
		return -1
	}
	return d
}
