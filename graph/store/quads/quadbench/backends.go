package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/cayleygraph/cayley/graph"
	_ "github.com/cayleygraph/cayley/graph/kv/leveldb"
	"github.com/cayleygraph/cayley/graph/memstore"
	"github.com/cayleygraph/quad"
	"github.com/cayleygraph/quad/nquads"
	"github.com/sila-graph/sila/graph/store"
	"github.com/sila-graph/sila/graph/store/quads"
)

// backend is one thing to measure. bulk takes batches of whole articles and a last nil; apply is one transaction.
type backend struct {
	bulk  func(batch []quad.Quad) error
	apply func(add, del []quad.Quad) error // nil if there is nothing of the kind
	query func() (graph.QuadStore, func()) // a store to ask one query
	close func() error

	reopen func() (io.Closer, error) // nil if there is nothing on the disk
}

var names = []string{"parse", "sila", "sila-steps", "adapter", "leveldb", "memstore"}

func open(name, dir string, n int) (*backend, error) {
	switch name {
	case "parse":
		return openParse(dir)
	case "sila":
		return openSila(dir)
	case "sila-steps":
		b, err := openSila(dir)
		if err != nil {
			return nil, err
		}
		var gathered []quad.Quad
		b.bulk = func(batch []quad.Quad) error {
			gathered = append(gathered, batch...)
			if batch != nil && len(gathered) < 200_000 {
				return nil
			}
			err := b.apply(gathered, nil)
			gathered = gathered[:0]
			return err
		}
		return b, nil
	case "adapter":
		s, err := store.Open(context.Background(), dir, store.Options{Backend: "kv", Create: true})
		if err != nil {
			return nil, err
		}
		b, err := writer(s.QuadStore())
		if err != nil {
			return nil, err
		}
		b.apply = func(add, del []quad.Quad) error { return s.Apply(context.Background(), add, del) }
		b.close = s.Close
		b.reopen = func() (io.Closer, error) { return store.Open(context.Background(), dir, store.Options{}) }
		return b, nil
	case "leveldb":
		if err := graph.InitQuadStore("leveldb", dir, nil); err != nil {
			return nil, err
		}
		qs, err := graph.NewQuadStore("leveldb", dir, graph.Options{"nobloom": true})
		if err != nil {
			return nil, err
		}
		b, err := writer(qs)
		if err != nil {
			return nil, err
		}
		b.apply = deltas(qs)
		b.reopen = func() (io.Closer, error) { return graph.NewQuadStore("leveldb", dir, nil) }
		return b, nil
	case "memstore":
		m := memstore.New()
		return &backend{
			bulk: func(batch []quad.Quad) error {
				for _, q := range batch {
					m.AddQuad(q)
				}
				return nil
			},
			apply: deltas(m),
			query: func() (graph.QuadStore, func()) { return m, func() {} },
			close: m.Close,
		}, nil
	}
	return nil, fmt.Errorf("no backend %q", name)
}

// openSila loads in one bulk.
func openSila(dir string) (*backend, error) {
	s, err := quads.Open(dir, quads.Options{})
	if err != nil {
		return nil, err
	}
	var b *quads.Bulk
	return &backend{
		bulk: func(batch []quad.Quad) error {
			if b == nil && batch != nil {
				if b, err = s.Bulk(context.Background()); err != nil {
					return err
				}
			}
			if err := b.Add(batch...); err != nil {
				return err
			}
			if batch != nil {
				return nil
			}
			return b.Commit()
		},
		apply: func(add, del []quad.Quad) error { return s.Apply(context.Background(), add, del) },
		query: func() (graph.QuadStore, func()) {
			snap, err := s.Snapshot()
			if err != nil {
				panic(err)
			}
			return snap, func() { _ = snap.Close() }
		},
		close:  s.Close,
		reopen: func() (io.Closer, error) { return quads.Open(dir, quads.Options{MustExist: true}) },
	}, nil
}

// writer loads with the store's own quad writer.
func writer(qs graph.QuadStore) (*backend, error) {
	w, err := qs.NewQuadWriter()
	if err != nil {
		return nil, err
	}
	return &backend{
		bulk: func(batch []quad.Quad) error {
			if batch == nil {
				return w.Close()
			}
			_, err := w.WriteQuads(batch)
			return err
		},
		query: func() (graph.QuadStore, func()) { return qs, func() {} },
		close: qs.Close,
	}, nil
}

func deltas(qs graph.QuadStore) func(add, del []quad.Quad) error {
	return func(add, del []quad.Quad) error {
		var d []graph.Delta
		for _, q := range del {
			d = append(d, graph.Delta{Quad: q, Action: graph.Delete})
		}
		for _, q := range add {
			d = append(d, graph.Delta{Quad: q, Action: graph.Add})
		}
		return qs.ApplyDeltas(d, graph.IgnoreOpts{IgnoreDup: true, IgnoreMissing: true})
	}
}

// openParse writes N-Quads and, at the end, reads them: only the reading is timed, see load.
func openParse(dir string) (*backend, error) {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, err
	}
	path := filepath.Join(dir, "quads.nq")
	f, err := os.Create(path)
	if err != nil {
		return nil, err
	}
	buf := bufio.NewWriterSize(f, 1<<20)
	w := nquads.NewWriter(buf)
	return &backend{
		bulk: func(batch []quad.Quad) error {
			if batch != nil {
				_, err := w.WriteQuads(batch)
				return err
			}
			if err := errors.Join(w.Close(), buf.Flush(), f.Close()); err != nil {
				return err
			}
			parsing()
			f, err := os.Open(path)
			if err != nil {
				return err
			}
			defer f.Close()
			r := nquads.NewReader(f, false)
			for {
				if _, err := r.ReadQuad(); err == io.EOF {
					return nil
				} else if err != nil {
					return err
				}
			}
		},
		close: func() error { return nil },
	}, nil
}
