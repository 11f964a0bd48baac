// Package inspect looks over a graph as a whole. [Count] says what it holds;
// [Check] whether it is what it should be: each layer in its place, nothing
// that hangs in the air, and the knowledge exactly what the articles give.
package inspect

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/quad"

	"github.com/sila-graph/sila/extract/doc"
	"github.com/sila-graph/sila/graph/store"
	"github.com/sila-graph/sila/graph/store/quads"
	"github.com/sila-graph/sila/graph/vocab"
)

// Graph is what is needed of a store.
type Graph interface {
	// Match calls fn with each quad that has the parts that the pattern gives.
	Match(ctx context.Context, pattern quad.Quad, fn func(quad.Quad) error) error
}

// Counts is what a graph holds.
type Counts struct {
	Quads     int    `json:"quads"`
	Evidence  int    `json:"evidence"` // of them with an article as label
	Articles  int    `json:"articles"`
	Copies    int    `json:"copies"`       // articles that are copies of one text with others …
	Texts     int    `json:"copied_texts"` // … and how many such texts there are
	Reports   int    `json:"reports"`
	Facts     int    `json:"facts"`
	Entities  int    `json:"entities"`
	ByType    []N    `json:"entities_by_type"`
	ByFact    []N    `json:"facts_by_type"` // most first
	ByStatus  []N    `json:"facts_by_status"`
	OneSided  int    `json:"facts_from_one_side"`
	FirstDate string `json:"first_date,omitempty"` // of the articles
	LastDate  string `json:"last_date,omitempty"`
}

// N is a count under a name.
type N struct {
	Name string `json:"name"`
	N    int    `json:"n"`
}

// Count counts. In a store of our own it takes the counts that the store keeps and reads the keys of three predicates;
// elsewhere it reads the graph once.
func Count(ctx context.Context, g Graph) (*Counts, error) {
	if st, ok := g.(*store.Store); ok {
		var c *Counts
		err := st.View(ctx, func(qs graph.QuadStore) (err error) {
			if snap, ok := qs.(*quads.Snapshot); ok {
				c, err = countKept(ctx, snap)
			}
			return err
		})
		if err != nil {
			return nil, fmt.Errorf("counting: %w", err)
		}
		if c != nil {
			return c, nil
		}
	}
	return countAll(ctx, g)
}

func countAll(ctx context.Context, g Graph) (*Counts, error) {
	c := &Counts{}
	types, facts, status := map[string]int{}, map[string]int{}, map[string]int{}
	entity := map[quad.Value]bool{}
	for _, t := range doc.EntityTypes {
		entity[vocab.EntityClass(t)] = true
	}
	err := g.Match(ctx, quad.Quad{}, func(q quad.Quad) error {
		c.Quads++
		if q.Label != nil {
			c.Evidence++
		}
		switch q.Predicate {
		case vocab.Type:
			switch {
			case q.Object == vocab.Article:
				c.Articles++
			case q.Object == vocab.Text:
				c.Texts++
			case entity[q.Object]:
				c.Entities++
				types[short(q.Object)]++
			case strings.HasPrefix(iri(q.Subject), "fact/"):
				c.Facts++
				facts[short(q.Object)]++
			}
		case vocab.CopyOf:
			c.Copies++
		case vocab.InArticle:
			c.Reports++
		case vocab.Status:
			if q.Label == nil {
				status[short(q.Object)]++
			}
		case vocab.KnownFrom:
			c.OneSided++
		case vocab.Date:
			if d, ok := q.Object.(quad.String); ok {
				if c.FirstDate == "" || string(d) < c.FirstDate {
					c.FirstDate = string(d)
				}
				c.LastDate = max(c.LastDate, string(d))
			}
		}
		return ctx.Err()
	})
	if err != nil {
		return nil, fmt.Errorf("counting: %w", err)
	}
	c.ByType, c.ByFact, c.ByStatus = byNumber(types), byNumber(facts), byNumber(status)
	return c, nil
}

// byNumber lists counts, most first, equal ones by name.
func byNumber(m map[string]int) []N {
	out := make([]N, 0, len(m))
	for k, n := range m {
		out = append(out, N{k, n})
	}
	slices.SortFunc(out, func(a, b N) int {
		if a.N != b.N {
			return b.N - a.N
		}
		return strings.Compare(a.Name, b.Name)
	})
	return out
}

func iri(v quad.Value) string {
	s, _ := v.(quad.IRI)
	return string(s)
}

// short drops the prefix of one of our own names: sila:Liberate → Liberate.
func short(v quad.Value) string { return strings.TrimPrefix(iri(v), "sila:") }
