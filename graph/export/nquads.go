// Package export writes a graph out in other formats. This file: N-Quads,
// as they come or sorted, so that two graphs can be compared byte by byte.
package export

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"slices"

	"github.com/cayleygraph/quad"
)

// Source is what can be exported: a store, which gives all its quads.
type Source interface {
	Match(ctx context.Context, pattern quad.Quad, fn func(quad.Quad) error) error
}

// NQuads writes all quads, one a line, in the order of the store.
func NQuads(ctx context.Context, w io.Writer, src Source) error {
	b := bufio.NewWriter(w)
	err := src.Match(ctx, quad.Quad{}, func(q quad.Quad) error {
		if err := ctx.Err(); err != nil {
			return err
		}
		return line(b, q)
	})
	if err != nil {
		return fmt.Errorf("export: %w", err)
	}
	return b.Flush()
}

// Sorted writes all quads in the order of their lines. It holds them in memory.
func Sorted(ctx context.Context, w io.Writer, src Source) error {
	var lines []string
	err := src.Match(ctx, quad.Quad{}, func(q quad.Quad) error {
		lines = append(lines, Line(q))
		return ctx.Err()
	})
	if err != nil {
		return fmt.Errorf("export: %w", err)
	}
	slices.Sort(lines)
	b := bufio.NewWriter(w)
	for _, l := range lines {
		b.WriteString(l)
		b.WriteByte('\n')
	}
	return b.Flush()
}

// Line returns a quad as a line of N-Quads, without the newline.
func Line(q quad.Quad) string {
	s := q.Subject.String() + " " + q.Predicate.String() + " " + q.Object.String()
	if q.Label != nil {
		s += " " + q.Label.String()
	}
	return s + " ."
}

func line(w *bufio.Writer, q quad.Quad) error {
	w.WriteString(Line(q))
	return w.WriteByte('\n')
}
