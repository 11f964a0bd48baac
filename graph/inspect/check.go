package inspect

import (
	"context"
	"fmt"
	"hash/maphash"
	"strings"

	"github.com/cayleygraph/quad"

	"github.com/sila-graph/sila/extract/doc"
	"github.com/sila-graph/sila/graph/load"
	"github.com/sila-graph/sila/graph/store"
	"github.com/sila-graph/sila/graph/vocab"
)

// maxProblems is how many problems of one check are described.
const maxProblems = 20

// Result is what a check found.
type Result struct {
	Articles int
	Quads    int
	Problems []string // the first of them
	Total    int      // how many there are
}

func (r *Result) problem(format string, args ...any) {
	r.Total++
	if len(r.Problems) < maxProblems {
		r.Problems = append(r.Problems, fmt.Sprintf(format, args...))
	}
}

// Check derives the graph anew from the documents that it holds, in memory,
// and compares quad for quad: what is missing, what is there too much, what is
// there twice. Memory: about 1 kB a quad.
func Check(ctx context.Context, g Graph) (*Result, error) {
	r := &Result{}
	anew, err := store.Open(ctx, "memory", store.Options{})
	if err != nil {
		return nil, err
	}
	defer anew.Close()
	set, err := load.Decisions(ctx, g)
	if err != nil {
		return nil, err
	}
	l, err := load.New(ctx, anew, load.Options{Decisions: set, Remember: 1 << 30, Rejected: func(id string, err error) {
		r.problem("article %s holds a document that can't be loaded: %v", id, err)
	}})
	if err != nil {
		return nil, err
	}
	_, err = l.Load(ctx, func(yield func(*doc.Document, error) bool) {
		err := g.Match(ctx, quad.Quad{Predicate: vocab.Document}, func(q quad.Quad) error {
			r.Articles++
			d, err := load.Unpack(q.Object)
			if err != nil {
				r.problem("%s: %v", q.Subject, err)
				return nil
			}
			if vocab.ArticleIRI(d.ID) != q.Subject {
				r.problem("%s holds the document of another article, %s", q.Subject, d.ID)
				return nil
			}
			if !yield(d, nil) {
				return errStop
			}
			return ctx.Err()
		})
		if err != nil && err != errStop {
			yield(nil, err)
		}
	}, nil)
	if err != nil {
		return nil, fmt.Errorf("deriving the graph anew: %w", err)
	}
	return r, r.compare(ctx, g, anew)
}

var errStop = fmt.Errorf("stop")

// compare reports the quads in which two graphs differ.
func (r *Result) compare(ctx context.Context, have, want Graph) error {
	seed := maphash.MakeSeed()
	// 128 bits stand for a quad; the quads themselves would take ten times the memory.
	key := func(q quad.Quad) [2]uint64 {
		s := q.NQuad()
		return [2]uint64{maphash.String(seed, s), maphash.String(seed, s+"\x00")}
	}
	seen := map[[2]uint64]bool{} // false until met in have
	if err := want.Match(ctx, quad.Quad{}, func(q quad.Quad) error {
		seen[key(q)] = false
		return ctx.Err()
	}); err != nil {
		return err
	}
	if err := have.Match(ctx, quad.Quad{}, func(q quad.Quad) error {
		r.Quads++
		k := key(q)
		met, ok := seen[k]
		switch {
		case !ok:
			r.problem("too much: %s", brief(q))
		case met:
			r.problem("twice: %s", brief(q))
		}
		if ok {
			seen[k] = true
		}
		return ctx.Err()
	}); err != nil {
		return err
	}
	return want.Match(ctx, quad.Quad{}, func(q quad.Quad) error {
		if !seen[key(q)] {
			r.problem("missing: %s", brief(q))
		}
		return ctx.Err()
	})
}

// brief writes a quad with long literals cut.
func brief(q quad.Quad) string {
	const most = 200
	s := []rune(strings.TrimSpace(q.NQuad()))
	if len(s) > most {
		return string(s[:most]) + "…"
	}
	return string(s)
}
