package quads

import (
	"context"
	"fmt"

	"github.com/cayleygraph/cayley/graph"
)

// smallCount is the number of quads up to which a size is counted exactly when only a plan depends on it.
const smallCount = 128

// legacyIter gives an iterator shape the older interface, and gives the shape back when asked.
type legacyIter struct {
	graph.Iterator
	s graph.IteratorShape
}

func legacy(s graph.IteratorShape) graph.Iterator {
	it := &legacyIter{s: s}
	it.Iterator = graph.NewLegacy(s, it)
	return it
}

// AsShape implements graph.IteratorFuture.
func (it *legacyIter) AsShape() graph.IteratorShape {
	_ = it.Close()
	return it.s
}

// quadShape is the set of quads whose directions in m equal those of q, as Cayley's own iterators want it.
type quadShape struct {
	r *reader
	m mask
	q ids
}

func (s *quadShape) String() string                                           { return fmt.Sprintf("Quads(%04b)", s.m) }
func (s *quadShape) SubIterators() []graph.IteratorShape                      { return nil }
func (s *quadShape) Optimize(ctx context.Context) (graph.IteratorShape, bool) { return s, false }
func (s *quadShape) AsLegacy() graph.Iterator                                 { return legacy(s) }
func (s *quadShape) Iterate() graph.Scanner                                   { return &quadScanner{s: s} }
func (s *quadShape) Lookup() graph.Index                                      { return &quadIndex{s: s} }
func (s *quadShape) matches(q *quadRef) bool {
	for pos := range q {
		if s.m.has(pos) && q[pos] != s.q[pos] {
			return false
		}
	}
	return true
}

func (s *quadShape) Stats(ctx context.Context) (graph.IteratorCosts, error) {
	n, exact, err := s.r.countQuads(s.m, &s.q, smallCount)
	return graph.IteratorCosts{NextCost: 1, ContainsCost: 1, Size: graph.Size{Size: n, Exact: exact}}, err
}

type quadScanner struct {
	s    *quadShape
	c    *cursor
	cur  *ids
	done bool
	err  error
}

func (it *quadScanner) String() string                  { return it.s.String() }
func (it *quadScanner) TagResults(map[string]graph.Ref) {}
func (it *quadScanner) NextPath(context.Context) bool   { return false }
func (it *quadScanner) Err() error                      { return it.err }
func (it *quadScanner) Next(ctx context.Context) bool {
	if it.done {
		return false
	}
	if it.c == nil {
		it.c = it.s.r.scan(it.s.m, &it.s.q)
	}
	if it.cur = it.c.next(); it.cur != nil {
		return true
	}
	it.err = it.c.err
	_ = it.Close()
	return false
}

func (it *quadScanner) Result() graph.Ref {
	if it.cur == nil {
		return nil
	}
	return quadRef(*it.cur)
}

func (it *quadScanner) Close() error {
	it.done, it.cur = true, nil
	if it.c != nil {
		it.c.release()
		it.c = nil
	}
	return nil
}

type quadIndex struct {
	s   *quadShape
	cur graph.Ref
}

func (it *quadIndex) String() string                  { return it.s.String() }
func (it *quadIndex) TagResults(map[string]graph.Ref) {}
func (it *quadIndex) NextPath(context.Context) bool   { return false }
func (it *quadIndex) Err() error                      { return nil }
func (it *quadIndex) Close() error                    { return nil }
func (it *quadIndex) Result() graph.Ref               { return it.cur }
func (it *quadIndex) Contains(ctx context.Context, ref graph.Ref) bool {
	q, ok := ref.(quadRef)
	if !ok || !it.s.matches(&q) {
		return false
	}
	it.cur = ref
	return true
}

// nodesShape is the set of all nodes.
type nodesShape struct{ r *reader }

func (s *nodesShape) String() string                                           { return "Nodes" }
func (s *nodesShape) SubIterators() []graph.IteratorShape                      { return nil }
func (s *nodesShape) Optimize(ctx context.Context) (graph.IteratorShape, bool) { return s, false }
func (s *nodesShape) AsLegacy() graph.Iterator                                 { return legacy(s) }
func (s *nodesShape) Lookup() graph.Index                                      { return &nodesIndex{r: s.r} }
func (s *nodesShape) Iterate() graph.Scanner {
	return newPull(s.r, func(ctx context.Context, yield func(row) bool) error {
		return s.r.eachID(ctx, func(id uint64) bool { return yield(row{val: val{id: id}}) })
	})
}

func (s *nodesShape) Stats(ctx context.Context) (graph.IteratorCosts, error) {
	c, err := s.r.counts()
	return graph.IteratorCosts{NextCost: 2, ContainsCost: 1, Size: graph.Size{Size: int64(c.nodes), Exact: true}}, err
}

type nodesIndex struct {
	r   *reader
	cur graph.Ref
	err error
}

func (it *nodesIndex) String() string                  { return "Nodes" }
func (it *nodesIndex) TagResults(map[string]graph.Ref) {}
func (it *nodesIndex) NextPath(context.Context) bool   { return false }
func (it *nodesIndex) Err() error                      { return it.err }
func (it *nodesIndex) Close() error                    { return nil }
func (it *nodesIndex) Result() graph.Ref               { return it.cur }
func (it *nodesIndex) Contains(ctx context.Context, ref graph.Ref) bool {
	n, ok := ref.(node)
	if !ok {
		return false
	}
	var buf [16]byte
	if ok, it.err = it.r.get(idKey(buf[:0], partID, uint64(n)), nil); !ok {
		return false
	}
	it.cur = ref
	return true
}
