package quads

import (
	"errors"
	"fmt"
	"sync"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/quad"
	"github.com/cockroachdb/pebble/v2"
)

// Snapshot is the store at one moment; see Store.Snapshot. Any number of goroutines may use it, and it may be closed
// while they do: their reads then end with an error.
type Snapshot struct {
	view
	snap  *pebble.Snapshot
	store *Store
	once  sync.Once
	err   error
}

var _ graph.QuadStore = (*Snapshot)(nil)
var _ graph.BatchQuadStore = (*Snapshot)(nil)

// ErrReadOnly is what writing to a Snapshot gives.
var ErrReadOnly = errors.New("quads: a snapshot is read-only")

// ApplyDeltas implements graph.QuadStore with ErrReadOnly.
func (s *Snapshot) ApplyDeltas([]graph.Delta, graph.IgnoreOpts) error { return ErrReadOnly }

// NewQuadWriter implements graph.QuadStore with ErrReadOnly.
func (s *Snapshot) NewQuadWriter() (quad.WriteCloser, error) { return nil, ErrReadOnly }

// Close gives up the snapshot, so that the disk space of what was deleted since can be freed.
func (s *Snapshot) Close() error {
	s.once.Do(func() {
		s.reader.close()
		s.store.snapMu.Lock()
		delete(s.store.snaps, s)
		s.store.snapMu.Unlock()
		if err := s.snap.Close(); err != nil {
			s.err = fmt.Errorf("quads: closing a snapshot: %w", err)
		}
	})
	return s.err
}
