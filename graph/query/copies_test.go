package query

import (
	"context"
	"slices"
	"testing"

	"github.com/cayleygraph/quad"
)

func TestCopies(t *testing.T) {
	e := New(fixture(t))
	for _, c := range []struct {
		article, text quad.IRI
		copies        []quad.IRI
	}{
		{"article/a1", "text/a1", []quad.IRI{"article/a1", "article/a2"}},
		{"article/a2", "text/a1", []quad.IRI{"article/a1", "article/a2"}},
		{"article/a3", "article/a3", []quad.IRI{"article/a3"}},
	} {
		text, err := e.TextOf(context.Background(), c.article)
		if err != nil || text != c.text {
			t.Errorf("%v is a copy of %v, %v; want %v", c.article, text, err, c.text)
		}
		if have, err := e.Copies(context.Background(), c.article); err != nil || !slices.Equal(have, c.copies) {
			t.Errorf("%v: have %v, %v; want %v", c.article, have, err, c.copies)
		}
	}
}
