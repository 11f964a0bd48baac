package quads

import (
	"cmp"
	"context"
	"slices"

	"github.com/cayleygraph/quad"
	"github.com/cockroachdb/pebble/v2"
)

// Summary is the store in numbers, all exact but the size.
type Summary struct {
	Format     int
	Nodes      int64
	Quads      int64
	Labelled   int64 // quads with a label
	Predicates []PredicateCount
	DiskBytes  int64 // what the store's files take at this moment, whatever snapshot was asked
}

// PredicateCount is a predicate and the number of quads that have it.
type PredicateCount struct {
	Predicate quad.Value
	Quads     int64
}

// Summary reads the kept counts: milliseconds at any size. Predicates come with the most frequent first.
func (s *Store) Summary(ctx context.Context) (*Summary, error) {
	snap, err := s.Snapshot()
	if err != nil {
		return nil, err
	}
	defer snap.Close()
	return snap.Summary(ctx)
}

// Summary is Store.Summary on a snapshot.
func (s *Snapshot) Summary(ctx context.Context) (*Summary, error) {
	n, err := s.counts()
	if err != nil {
		return nil, err
	}
	sum := &Summary{Format: Format, Nodes: int64(n.nodes), Quads: int64(n.quads), Labelled: int64(n.labelled)}
	c := &checker{ctx: ctx, r: s.reader, src: s.snap}
	if err := c.part(partPredicate, func(key, rec []byte) error {
		id, _, _ := cutID(key[1:])
		quads, err := parseCount(rec)
		if err != nil {
			return err
		}
		v, err := s.valueOf(id)
		sum.Predicates = append(sum.Predicates, PredicateCount{v, int64(quads)})
		return err
	}); err != nil {
		return nil, err
	}
	slices.SortFunc(sum.Predicates, func(a, b PredicateCount) int {
		return cmp.Or(cmp.Compare(b.Quads, a.Quads), cmp.Compare(quad.StringOf(a.Predicate), quad.StringOf(b.Predicate)))
	})
	s.reader.mu.RLock()
	defer s.reader.mu.RUnlock()
	if s.reader.closed {
		return nil, errClosed
	}
	sum.DiskBytes = diskBytes(s.db)
	return sum, nil
}

func diskBytes(db *pebble.DB) int64 { return int64(db.Metrics().DiskSpaceUsage()) }
