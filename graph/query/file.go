package query

import (
	"bufio"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/cayley/graph/memstore"
	"github.com/cayleygraph/quad"
	"github.com/cayleygraph/quad/nquads"
)

// ReadFile reads an N-Quads file (.nq, .nq.gz), such as sila export writes,
// into memory. A wrong line is an error with file and line.
func ReadFile(ctx context.Context, name string) (graph.QuadStore, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	var r io.Reader = bufio.NewReader(f)
	if strings.HasSuffix(name, ".gz") {
		if r, err = gzip.NewReader(r); err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
	}
	var quads []quad.Quad
	lines := bufio.NewScanner(r)
	lines.Buffer(nil, 64<<20)
	for n := 1; lines.Scan(); n++ {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		line := strings.TrimSpace(lines.Text())
		if line == "" || line[0] == '#' {
			continue
		}
		q, err := nquads.Parse(line)
		if err == nil && !q.IsValid() {
			err = errors.New("no N-Quad")
		}
		if err != nil {
			return nil, fmt.Errorf("%s:%d: %w", name, n, err)
		}
		q.Object = native(q.Object)
		quads = append(quads, q)
	}
	if err := lines.Err(); err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return memstore.New(quads...), nil
}

// native turns a typed literal into the value that a store holds for it, so
// that a graph read from a file answers like the one that it was written from.
func native(v quad.Value) quad.Value {
	t, ok := v.(quad.TypedString)
	if !ok {
		return v
	}
	switch n := typed(string(t.Value), string(t.Type)).Plain.(type) {
	case int64:
		return quad.Int(n)
	case float64:
		return quad.Float(n)
	case bool:
		return quad.Bool(n)
	}
	return v
}
