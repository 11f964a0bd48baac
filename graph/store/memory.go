package store

import (
	"context"
	"sync"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/cayley/graph/memstore"
	"github.com/cayleygraph/quad"
)

// openMemory opens an empty graph in memory. Cayley's memstore crashes when it
// is read while it is written and even two readers race, so one mutex serves both.
func openMemory(ctx context.Context, _ string, _ Options) (*Store, error) {
	qs := memstore.New()
	return &Store{
		qs:    qs,
		guard: new(sync.Mutex),
		apply: func(ctx context.Context, add, del []quad.Quad) error {
			return oneTransaction(qs, add, del)
		},
		close: qs.Close,
	}, nil
}

// oneTransaction applies a change at once: additions first, so that no node
// loses its last quad in between.
func oneTransaction(qs graph.QuadStore, add, del []quad.Quad) error {
	return qs.ApplyDeltas(append(deltas(add, graph.Add), deltas(del, graph.Delete)...), lenient)
}
