package quads

import (
	"fmt"
	"strings"
	"sync"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/cayley/graph/shape"
)

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
