package store

import (
	"bytes"
	"io"

	"github.com/cayleygraph/quad"
	"github.com/cayleygraph/quad/pquads"
)

// encodeQuads and decodeQuads write quads down for a journal.
func encodeQuads(quads []quad.Quad) ([]byte, error) {
	var b bytes.Buffer
	w := pquads.NewWriter(&b, &pquads.Options{Full: true})
	for _, q := range quads {
		if err := w.WriteQuad(q); err != nil {
			return nil, err
		}
	}
	err := w.Close()
	return b.Bytes(), err
}

func decodeQuads(b []byte) ([]quad.Quad, error) {
	r := pquads.NewReader(bytes.NewReader(b), pquads.DefaultMaxSize)
	defer r.Close()
	var out []quad.Quad
	for {
		q, err := r.ReadQuad()
		if err == io.EOF {
			return out, nil
		} else if err != nil {
			return nil, err
		}
		out = append(out, q)
	}
}
