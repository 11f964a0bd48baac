package load

import (
	"context"
	"os"
	"testing"
	"time"

	"github.com/sila-graph/sila/graph/resolve/decide"
	"github.com/sila-graph/sila/graph/store"
)

// BenchmarkDecide takes the decisions of a file on a graph that has none, and
// takes them back:
//
//	SILA_GRAPH=news.db SILA_DECISIONS=merge.jsonl go test -run xx -bench Decide -benchtime 1x ./graph/load
func BenchmarkDecide(b *testing.B) {
	db, file := os.Getenv("SILA_GRAPH"), os.Getenv("SILA_DECISIONS")
	if db == "" || file == "" {
		b.Skip("SILA_GRAPH and SILA_DECISIONS name no graph and decisions")
	}
	ctx := context.Background()
	st, err := store.Open(ctx, db, store.Options{Holder: "a benchmark"})
	if err != nil {
		b.Fatal(err)
	}
	defer st.Close()
	l, err := New(ctx, st, Options{Remember: -1, Decisions: decide.NewSet(nil)})
	if err != nil {
		b.Fatal(err)
	}
	f, err := decide.Read(file)
	if err != nil {
		b.Fatal(err)
	}
	var took, undone time.Duration
	for b.Loop() {
		for _, step := range []struct {
			set *decide.Set
			sum *time.Duration
		}{{f.Set(), &took}, {decide.NewSet(nil), &undone}} {
			began := time.Now()
			if err := l.Decide(ctx, step.set); err != nil {
				b.Fatal(err)
			}
			*step.sum += time.Since(began)
		}
	}
	b.ReportMetric(took.Seconds()/float64(b.N), "s/taken")
	b.ReportMetric(undone.Seconds()/float64(b.N), "s/undone")
}
