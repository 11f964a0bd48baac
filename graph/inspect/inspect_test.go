package inspect

import (
	"context"
	"iter"
	"reflect"
	"strings"
	"testing"

	"github.com/cayleygraph/quad"

	"github.com/sila-graph/sila/extract/doc"
	"github.com/sila-graph/sila/extract/jsonl"
	"github.com/sila-graph/sila/graph/load"
	"github.com/sila-graph/sila/graph/store"
)

// loaded is a graph in memory of the articles in testdata.
func loaded(t testing.TB) *store.Store {
	t.Helper()
	ctx := context.Background()
	st, err := store.Open(ctx, "memory", store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = st.Close() })
	l, err := load.New(ctx, st, load.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := l.Load(ctx, gold(t), nil); err != nil {
		t.Fatal(err)
	}
	return st
}

func gold(t testing.TB) iter.Seq2[*doc.Document, error] {
	return func(yield func(*doc.Document, error) bool) {
		err := jsonl.ReadFile("../../testdata/gold/gold.jsonl", func(d *doc.Document) error {
			yield(d, nil)
			return nil
		})
		if err != nil {
			t.Error(err)
		}
	}
}

func TestCount(t *testing.T) {
	c, err := Count(context.Background(), loaded(t))
	if err != nil {
		t.Fatal(err)
	}
	articles, reports := 0, 0
	for d := range gold(t) {
		articles++
		reports += len(d.Facts)
	}
	if c.Articles != articles || c.Reports == 0 || c.Reports > reports || c.Facts == 0 || c.Facts > c.Reports || c.Evidence == 0 || c.Evidence >= c.Quads {
		t.Errorf("%d articles, at most %d reports: %+v", articles, reports, c)
	}
	sum := 0
	for _, n := range c.ByFact {
		sum += n.N
	}
	if sum != c.Facts || c.LastDate < c.FirstDate || len(c.ByStatus) == 0 {
		t.Errorf("%+v", c)
	}
}

func TestCheck(t *testing.T) {
	ctx := context.Background()
	st := loaded(t)
	r, err := Check(ctx, st)
	if err != nil || r.Total != 0 {
		t.Fatalf("a sound graph: %+v, %v", r, err)
	}
	var lost quad.Quad
	if err := st.Match(ctx, quad.Quad{Predicate: quad.IRI("sila:agent")}, func(q quad.Quad) error { lost = q; return nil }); err != nil {
		t.Fatal(err)
	}
	foreign := quad.Make(quad.IRI("org/x"), quad.IRI("attacked"), quad.IRI("org/y"), nil)
	if err := st.Apply(ctx, []quad.Quad{foreign}, []quad.Quad{lost}); err != nil {
		t.Fatal(err)
	}
	r, err = Check(ctx, st)
	if err != nil || r.Total != 2 {
		t.Fatalf("have %+v, %v", r, err)
	}
	all := strings.Join(r.Problems, "\n")
	if !strings.Contains(all, "too much: <org/x> <attacked> <org/y>") || !strings.Contains(all, "missing: <fact/") {
		t.Error(all)
	}
}

// TestCountKept compares what a store of our own keeps with what reading it gives.
func TestCountKept(t *testing.T) {
	ctx := t.Context()
	st, err := store.Open(ctx, t.TempDir()+"/db", store.Options{Create: true})
	if err != nil {
		t.Fatal(err)
	}
	defer st.Close()
	l, err := load.New(ctx, st, load.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := l.Load(ctx, gold(t), nil); err != nil {
		t.Fatal(err)
	}
	kept, err := Count(ctx, st)
	if err != nil {
		t.Fatal(err)
	}
	read, err := countAll(ctx, st)
	if err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(kept, read) || kept.Facts == 0 {
		t.Errorf("kept %+v\nread %+v", kept, read)
	}
}
