package load_test

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"testing"

	"github.com/sila-graph/sila/extract"
	"github.com/sila-graph/sila/extract/article"
	"github.com/sila-graph/sila/extract/doc"
	"github.com/sila-graph/sila/graph/export"
	"github.com/sila-graph/sila/graph/load"
	"github.com/sila-graph/sila/graph/store"
)

// TestArchiveOrder loads real articles in three shuffled orders, in 1, 2 and 10
// runs, with removals and reloads in between, and compares the sorted dumps.
// SILA_LONG=1 runs it on 2,000 articles, another number on so many.
func TestArchiveOrder(t *testing.T) {
	n, _ := strconv.Atoi(os.Getenv("SILA_LONG"))
	if n == 1 {
		n = 2000
	}
	dir := os.Getenv("SILA_SHARED")
	if dir == "" {
		dir = "../../../shared"
	}
	path := filepath.Join(dir, "data/news/news-2015-07.jsonl.gz")
	if _, err := os.Stat(path); err != nil || n == 0 {
		t.Skip("needs the shared archive and SILA_LONG")
	}
	var docs []*doc.Document
	x := extract.New()
	enough := errors.New("enough")
	_, err := article.Read(context.Background(), []string{path}, nil, article.Options{}, func(a article.Article) error {
		if docs = append(docs, x.Extract(a)); len(docs) >= n {
			return enough
		}
		return nil
	}, func(*article.Problem) {})
	if err != nil && !errors.Is(err, enough) {
		t.Fatal(err)
	}
	want := ""
	for i, runs := range []int{1, 2, 10} {
		s, err := store.Open(context.Background(), filepath.Join(t.TempDir(), "db"), store.Options{Create: true})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { s.Close() })
		inRuns(t, s, docs, runs, uint64(i))
		h := sha256.New()
		if err := export.Sorted(context.Background(), h, s); err != nil {
			t.Fatal(err)
		}
		have := fmt.Sprintf("%x", h.Sum(nil))
		t.Logf("%d articles, %d runs: %s", len(docs), runs, have[:16])
		if want == "" {
			want = have
		}
		if have != want {
			t.Errorf("%d runs give another graph", runs)
		}
	}
}

// inRuns loads documents in a shuffled order and so many runs. After each run
// but the last some of what is there is taken out, to come again in the next.
func inRuns(t *testing.T, s *store.Store, docs []*doc.Document, runs int, seed uint64) {
	t.Helper()
	ctx := context.Background()
	rnd := rand.New(rand.NewPCG(seed, 6))
	order := append([]*doc.Document(nil), docs...)
	rnd.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
	var again []*doc.Document
	for r := range runs {
		l, err := load.New(ctx, s, load.Options{})
		if err != nil {
			t.Fatal(err)
		}
		part := append(again, order[r*len(order)/runs:(r+1)*len(order)/runs]...)
		if _, err := l.Load(ctx, sequence(part), nil); err != nil {
			t.Fatal(err)
		}
		again = nil
		if r == runs-1 {
			break
		}
		var ids []string
		for range 20 {
			d := order[rnd.IntN((r+1)*len(order)/runs)]
			ids = append(ids, d.ID)
			again = append(again, d)
		}
		if _, err := l.Remove(ctx, ids...); err != nil {
			t.Fatal(err)
		}
	}
}
