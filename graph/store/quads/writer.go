package quads

import (
	"context"
	"errors"
	"io"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/quad"
)

// writerBatch is how many quads NewQuadWriter's writer commits at once.
const writerBatch = 100_000

// NewQuadWriter implements graph.QuadStore: a writer that adds quads, passing over those that are there, and commits
// now and then and on Close. It holds no lock between its commits.
func (s *Store) NewQuadWriter() (quad.WriteCloser, error) { return &batchWriter{s: s}, nil }

type batchWriter struct {
	s   *Store
	buf []quad.Quad
}

// WriteQuad implements quad.Writer.
func (w *batchWriter) WriteQuad(q quad.Quad) error {
	w.buf = append(w.buf, q)
	if len(w.buf) < writerBatch {
		return nil
	}
	return w.Flush()
}

// WriteQuads implements quad.Writer.
func (w *batchWriter) WriteQuads(quads []quad.Quad) (int, error) {
	for i := range quads {
		if err := w.WriteQuad(quads[i]); err != nil {
			return i, err
		}
	}
	return len(quads), nil
}

// Flush commits what was written so far.
func (w *batchWriter) Flush() error {
	buf := w.buf
	w.buf = w.buf[:0]
	if len(buf) == 0 {
		return nil
	}
	return w.s.Apply(context.Background(), buf, nil)
}

// Close commits the rest.
func (w *batchWriter) Close() error { return w.Flush() }

// BulkLoad implements graph.BulkLoader: all quads of the reader in one atomic step.
func (s *Store) BulkLoad(r quad.Reader) error {
	b, err := s.Bulk(context.Background())
	if err != nil {
		return err
	}
	defer b.Abort()
	for {
		q, err := r.ReadQuad()
		if errors.Is(err, io.EOF) {
			return b.Commit()
		}
		if err == nil {
			err = b.Add(q)
		}
		if err != nil {
			return err
		}
	}
}

var _ graph.BulkLoader = (*Store)(nil)
