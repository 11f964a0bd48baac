package query

import (
	"context"
	"slices"

	"github.com/cayleygraph/cayley/graph/path"
	"github.com/cayleygraph/quad"

	"github.com/sila-graph/sila/graph/vocab"
)

// TextOf says which text an article is a copy of, by the articles in the
// graph: those with one text are one source. An article that is like no other
// stands for itself, so that the answer always tells sources apart.
func (e *Engine) TextOf(ctx context.Context, article quad.IRI) (quad.IRI, error) {
	text := article
	err := e.each(ctx, path.StartPath(e.qs, article).Out(vocab.CopyOf), func(v quad.Value) {
		if iri, ok := v.(quad.IRI); ok {
			text = iri
		}
	})
	return text, err
}

// Copies lists the articles that are copies of the same text as an article,
// itself among them, in order; an article that is like no other is alone.
func (e *Engine) Copies(ctx context.Context, article quad.IRI) ([]quad.IRI, error) {
	var out []quad.IRI
	err := e.each(ctx, path.StartPath(e.qs, article).Out(vocab.CopyOf).In(vocab.CopyOf).Unique(), func(v quad.Value) {
		if iri, ok := v.(quad.IRI); ok {
			out = append(out, iri)
		}
	})
	if len(out) == 0 {
		out = []quad.IRI{article}
	}
	slices.Sort(out)
	return out, err
}
