package query

import (
	"cmp"
	"context"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/quad"

	"github.com/sila-graph/sila/graph/store"
)

// BenchmarkPaths searches between any two of the 1,000 most connected nodes of
// the graph that SILA_GRAPH names and prints percentiles:
//
//	SILA_GRAPH=news.db go test -run xx -bench Paths -benchtime 500x ./graph/query
func BenchmarkPaths(b *testing.B) {
	db := os.Getenv("SILA_GRAPH")
	if db == "" {
		b.Skip("SILA_GRAPH names no graph")
	}
	ctx := context.Background()
	st, err := store.Open(ctx, db, store.Options{Holder: "a benchmark"})
	if err != nil {
		b.Fatal(err)
	}
	defer st.Close()
	for _, c := range []struct {
		name string
		opt  PathOptions
	}{{"all", PathOptions{}}, {"no-hubs", PathOptions{NoHubs: true}}} {
		b.Run(c.name, func(b *testing.B) {
			err := st.View(ctx, func(qs graph.QuadStore) error {
				nodes, err := mostConnected(ctx, New(qs), 1000)
				if err != nil {
					return err
				}
				r := rand.New(rand.NewPCG(1, 2))
				var took []time.Duration
				steps := map[int]int{}
				b.ResetTimer()
				for b.Loop() {
					x, y := nodes[r.IntN(len(nodes))], nodes[r.IntN(len(nodes))]
					if x == y {
						continue
					}
					e := New(qs) // as a command asks: nothing remembered
					began := time.Now()
					p, err := e.Paths(ctx, x.String(), y.String(), c.opt)
					if err != nil {
						return err
					}
					took = append(took, time.Since(began))
					n := 0
					if len(p.Paths) > 0 {
						n = len(p.Paths[0].Steps)
					}
					steps[n]++
				}
				b.StopTimer()
				slices.Sort(took)
				for _, p := range []struct {
					name string
					n    int
				}{{"p50-ms", 50}, {"p95-ms", 95}, {"max-ms", 100}} {
					b.ReportMetric(float64(took[min(len(took)-1, len(took)*p.n/100)].Microseconds())/1000, p.name)
				}
				b.Logf("%d nodes; pairs by length of their shortest path: %v (0: none within %d)", len(nodes), steps, 4)
				return nil
			})
			if err != nil {
				b.Fatal(err)
			}
		})
	}
}

// mostConnected lists the entities with most direct edges.
func mostConnected(ctx context.Context, e *Engine, n int) ([]quad.IRI, error) {
	count := map[key]int{}
	ref := map[key]graph.Ref{}
	for _, k := range e.predicates().list {
		err := e.scan(ctx, func(q graph.Ref) error {
			for _, d := range []quad.Direction{quad.Subject, quad.Object} {
				x := e.qs.QuadDirection(q, d)
				count[x.Key()]++
				ref[x.Key()] = x
			}
			return nil
		}, part{quad.Predicate, k.ref})
		if err != nil {
			return nil, err
		}
	}
	type node struct {
		iri quad.IRI
		n   int
	}
	var all []node
	for k, c := range count {
		all = append(all, node{e.iriOf(ref[k]), c})
	}
	slices.SortFunc(all, func(a, b node) int { return cmp.Or(b.n-a.n, strings.Compare(string(a.iri), string(b.iri))) })
	var out []quad.IRI
	for _, x := range all[:min(n, len(all))] {
		out = append(out, x.iri)
	}
	return out, nil
}
