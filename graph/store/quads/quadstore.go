package quads

import (
	"context"
	"fmt"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/cayley/graph/iterator"
	"github.com/cayleygraph/quad"
)

// node is the reference of a value: its id.
type node uint64

// Key implements graph.Ref.
func (n node) Key() interface{} { return n }

// quadRef is the reference of a quad: its four ids.
type quadRef ids

// Key implements graph.Ref.
func (q quadRef) Key() interface{} { return q }

// view is the reading half of graph.QuadStore, shared by Store and Snapshot.
type view struct{ *reader }

// ValueOf implements graph.Namer: nil when no quad has the value.
func (v view) ValueOf(val quad.Value) graph.Ref {
	if val == nil {
		return nil
	}
	id, err := v.idOf(val)
	v.note(err)
	if id == 0 {
		return nil
	}
	return node(id)
}

// NameOf implements graph.Namer.
func (v view) NameOf(ref graph.Ref) quad.Value {
	switch ref := ref.(type) {
	case node:
		val, err := v.valueOf(uint64(ref))
		v.note(err)
		return val
	case graph.PreFetchedValue:
		return ref.NameOf()
	}
	return nil
}

// ValuesOf implements graph.BatchQuadStore.
func (v view) ValuesOf(ctx context.Context, refs []graph.Ref) ([]quad.Value, error) {
	out := make([]quad.Value, len(refs))
	for i, ref := range refs {
		switch ref := ref.(type) {
		case node:
			val, err := v.valueOf(uint64(ref))
			if err != nil {
				return nil, err
			}
			out[i] = val
		case graph.PreFetchedValue:
			out[i] = ref.NameOf()
		}
	}
	return out, ctx.Err()
}

// RefsOf implements graph.BatchQuadStore; a value that no quad has is an error.
func (v view) RefsOf(ctx context.Context, values []quad.Value) ([]graph.Ref, error) {
	out := make([]graph.Ref, len(values))
	for i, val := range values {
		id, err := v.idOf(val)
		if err != nil {
			return nil, err
		}
		if id == 0 {
			return nil, fmt.Errorf("quads: no quad has %v", val)
		}
		out[i] = node(id)
	}
	return out, ctx.Err()
}

// Quad implements graph.QuadIndexer; the zero quad for what is no quad's reference.
func (v view) Quad(ref graph.Ref) (q quad.Quad) {
	r, ok := ref.(quadRef)
	if !ok {
		return q
	}
	for _, d := range quad.Directions {
		if id := r[posOf(d)]; id != 0 {
			val, err := v.valueOf(id)
			if err != nil || val == nil {
				v.note(err)
				return quad.Quad{}
			}
			q.Set(d, val)
		}
	}
	return q
}

// QuadDirection implements graph.QuadIndexer: the reference carries the four ids, so nothing is read.
func (v view) QuadDirection(ref graph.Ref, d quad.Direction) graph.Ref {
	if r, ok := ref.(quadRef); ok {
		if id := r[posOf(d)]; id != 0 {
			return node(id)
		}
	}
	return nil
}

// QuadIterator implements graph.QuadIndexer.
func (v view) QuadIterator(d quad.Direction, ref graph.Ref) graph.Iterator {
	n, ok := ref.(node)
	if !ok {
		return iterator.NewNull()
	}
	s := &quadShape{r: v.reader, m: 1 << posOf(d)}
	s.q[posOf(d)] = uint64(n)
	return legacy(s)
}

// PatternIterator goes over the quads that have all the given parts: one range of one index. Cayley's own way to ask
// for several parts is an intersection of the quads that have each.
func (v view) PatternIterator(have map[quad.Direction]graph.Ref) graph.Iterator {
	s := &quadShape{r: v.reader}
	for d, ref := range have {
		n, ok := ref.(node)
		if !ok {
			return iterator.NewNull()
		}
		s.m |= 1 << posOf(d)
		s.q[posOf(d)] = uint64(n)
	}
	return legacy(s)
}

// QuadIteratorSize implements graph.QuadIndexer.
func (v view) QuadIteratorSize(ctx context.Context, d quad.Direction, ref graph.Ref) (graph.Size, error) {
	n, ok := ref.(node)
	if !ok {
		return graph.Size{Exact: true}, nil
	}
	var q ids
	q[posOf(d)] = uint64(n)
	size, exact, err := v.countQuads(1<<posOf(d), &q, smallCount)
	return graph.Size{Size: size, Exact: exact}, err
}

// QuadsAllIterator implements graph.QuadStore.
func (v view) QuadsAllIterator() graph.Iterator { return legacy(&quadShape{r: v.reader}) }

// NodesAllIterator implements graph.QuadStore. Its size is exact.
func (v view) NodesAllIterator() graph.Iterator { return legacy(&nodesShape{r: v.reader}) }

// Stats implements graph.QuadStore; both numbers are exact and cost one look-up.
func (v view) Stats(ctx context.Context, exact bool) (graph.Stats, error) {
	c, err := v.counts()
	return graph.Stats{
		Nodes: graph.Size{Size: int64(c.nodes), Exact: true},
		Quads: graph.Size{Size: int64(c.quads), Exact: true},
	}, err
}

// SizeOf is the number of quads with this node as subject, predicate, object or label, each position counted.
func (v view) SizeOf(ref graph.Ref) int64 {
	n, ok := ref.(node)
	if !ok {
		return 0
	}
	total := int64(0)
	for pos := posS; pos <= posL; pos++ {
		var q ids
		q[pos] = uint64(n)
		c := v.scan(1<<pos, &q)
		total += c.count(-1)
		v.note(c.err)
		c.release()
	}
	return total
}
