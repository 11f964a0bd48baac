package quads

import (
	"fmt"
	"math"
	"slices"
)

// intersectOp yields what all of subs have in common, and adds the tags of opts where they have the result too.
type intersectOp struct {
	subs []op
	opts []op
}

// intersect puts parts together; nested intersections become one, and parts that can be merged become one.
func intersect(subs, opts []op) op {
	var flat []op
	for _, s := range subs {
		switch s := s.(type) {
		case *intersectOp:
			flat = append(flat, s.subs...)
			opts = append(opts, s.opts...)
		case *allOp:
		default:
			flat = append(flat, s)
		}
	}
	var merge mergeOp
	var rest []op
	for _, s := range flat {
		if l, ok := s.(*links); ok && l.ascending() && l.fixed != 0 {
			merge.parts = append(merge.parts, l)
		} else {
			rest = append(rest, s)
		}
	}
	if len(merge.parts) > 1 {
		flat = append(rest, &merge)
	}
	switch {
	case len(flat) == 0:
		flat = []op{&allOp{}}
	}
	if len(flat) == 1 && len(opts) == 0 {
		return flat[0]
	}
	return &intersectOp{flat, opts}
}

func (i *intersectOp) String() string {
	return fmt.Sprintf("Intersect(%v, optional %v)", i.subs, i.opts)
}
func (i *intersectOp) multi() bool { return true }

func (i *intersectOp) cost(x *exec) cost {
	d, scan := i.driver(x)
	c := cost{rows: x.cost(i.subs[d]).rows, scan: scan}
	for _, s := range i.subs {
		k := x.cost(s)
		c.rows = min(c.rows, k.rows)
		c.find += k.find
	}
	for _, s := range i.opts {
		c.find += x.cost(s).find
	}
	return c
}

// driver chooses the part to scan; the others are looked up.
func (i *intersectOp) driver(x *exec) (int, float64) {
	best, least := 0, math.Inf(1)
	for d, s := range i.subs {
		k := x.cost(s)
		total := k.scan
		for e, o := range i.subs {
			if e != d {
				c := x.cost(o)
				total += min(k.rows*c.find, c.scan+c.rows*costKeep+k.rows*costKeep) // see findIn
			}
		}
		if total < least {
			best, least = d, total
		}
	}
	return best, least
}

// others are the parts to look up when d is scanned (-1: none is), cheapest first.
func (i *intersectOp) others(x *exec, d int) []op {
	var out []op
	for e, s := range i.subs {
		if e != d {
			out = append(out, s)
		}
	}
	slices.SortStableFunc(out, func(a, b op) int {
		switch ca, cb := x.cost(a).find, x.cost(b).find; {
		case ca < cb:
			return -1
		case ca > cb:
			return 1
		}
		return 0
	})
	return out
}

func (i *intersectOp) scan(x *exec, yield func(val, bool) bool) bool {
	d, _ := i.driver(x)
	others := i.others(x, d)
	// A way to a result that the other parts have not doesn't count, so the next one may be the first.
	yielded := false
	return i.subs[d].scan(x, func(v val, path bool) bool {
		if !path {
			yielded = false
		}
		return x.alive() && i.join(x, v, others, &yielded, yield)
	})
}

func (i *intersectOp) join(x *exec, v val, others []op, yielded *bool, yield func(val, bool) bool) bool {
	if len(others) == 0 {
		return i.optional(x, v, 0, yielded, yield)
	}
	return x.findIn(others[0], v, func(bool) bool { return i.join(x, v, others[1:], yielded, yield) })
}

// optional joins the rows of the optional parts, where they have any.
func (i *intersectOp) optional(x *exec, v val, k int, yielded *bool, yield func(val, bool) bool) bool {
	if k == len(i.opts) {
		p := *yielded
		*yielded = true
		return yield(v, p)
	}
	some := false
	ok := x.findIn(i.opts[k], v, func(bool) bool {
		some = true
		return i.optional(x, v, k+1, yielded, yield)
	})
	if !ok || some {
		return ok
	}
	return i.optional(x, v, k+1, yielded, yield)
}

func (i *intersectOp) find(x *exec, v val, yield func(bool) bool) bool {
	yielded := false
	return i.join(x, v, i.others(x, -1), &yielded, func(_ val, path bool) bool { return yield(path) })
}

// mergeOp intersects scans that each yield their results in ascending order: all advance together, leaping over what
// the others lack.
type mergeOp struct{ parts []*links }

func (m *mergeOp) String() string { return fmt.Sprintf("Merge%v", m.parts) }
func (m *mergeOp) multi() bool    { return true }

func (m *mergeOp) cost(x *exec) cost {
	c := cost{rows: math.Inf(1)}
	for _, l := range m.parts {
		k := x.cost(l)
		c.rows = min(c.rows, k.rows)
		c.find += k.find
	}
	c.scan = float64(len(m.parts)) * (costSeek + c.rows*costSeek/2)
	return c
}

func (m *mergeOp) scan(x *exec, yield func(val, bool) bool) bool {
	type side struct {
		l    *links
		c    *cursor
		at   *ids
		same []ids // the quads of the common result
	}
	sides := make([]side, len(m.parts))
	defer func() {
		for i := range sides {
			if sides[i].c != nil {
				sides[i].c.release()
			}
		}
	}()
	step := func(s *side) bool {
		s.at = s.c.next()
		for s.at != nil && s.l.label && s.at[posL] == 0 {
			s.at = s.c.next()
		}
		return s.at != nil
	}
	end := func() bool {
		for i := range sides {
			if c := sides[i].c; c != nil && c.err != nil {
				return x.fail(c.err)
			}
		}
		return true
	}
	for i, l := range m.parts {
		s := &sides[i]
		s.l, s.c = l, x.r.cursor()
		s.c.reset(l.perm(l.fixed), &l.q, l.fixed.count())
		if !step(s) {
			return end()
		}
	}
	for {
		if !x.alive() {
			return false
		}
		// The largest of the current results is the next that all could have.
		var top uint64
		for i := range sides {
			top = max(top, sides[i].at[sides[i].l.res])
		}
		agree := true
		for i := range sides {
			s := &sides[i]
			if s.at[s.l.res] == top {
				continue
			}
			q := s.l.q
			q[s.l.res] = top
			if s.at = s.c.seek(&q); s.at != nil && s.l.label && s.at[posL] == 0 {
				step(s)
			}
			if s.at == nil {
				return end()
			}
			agree = agree && s.at[s.l.res] == top
		}
		if !agree {
			continue
		}
		done := false
		for i := range sides {
			s := &sides[i]
			s.same = s.same[:0]
			for s.at != nil && s.at[s.l.res] == top {
				s.same = append(s.same, *s.at)
				step(s)
			}
			done = done || s.at == nil
		}
		path := false
		var product func(i int) bool
		product = func(i int) bool {
			if i == len(sides) {
				p := path
				path = true
				return yield(val{id: top}, p)
			}
			for k := range sides[i].same {
				if !sides[i].l.tagged(x, &sides[i].same[k], false, func(val, bool) bool { return product(i + 1) }) {
					return false
				}
			}
			return true
		}
		if !product(0) {
			return false
		}
		if done {
			return end()
		}
	}
}

func (m *mergeOp) find(x *exec, v val, yield func(bool) bool) bool {
	path := false
	var join func(i int) bool
	join = func(i int) bool {
		if i == len(m.parts) {
			p := path
			path = true
			return yield(p)
		}
		return m.parts[i].find(x, v, func(bool) bool { return join(i + 1) })
	}
	return join(0)
}
