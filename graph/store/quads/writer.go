package quads

import (
	"context"

	"github.com/cayleygraph/quad"
)

// writerBatch is the number of quads that NewQuadWriter's writer commits at once.
const writerBatch = 20_000

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
	if len(w.buf) == 0 {
		return nil
	}
	err := w.s.Apply(context.Background(), w.buf, nil)
	w.buf = w.buf[:0]
	return err
}

// Close commits the rest.
func (w *batchWriter) Close() error { return w.Flush() }
