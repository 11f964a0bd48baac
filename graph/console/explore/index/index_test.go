package index

import (
	"context"
	"fmt"
	"os"
	"runtime"
	"testing"
	"time"

	"github.com/cayleygraph/cayley/graph"

	"github.com/sila-graph/sila/graph/store"
)

// TestScale prints what building takes on the graph that SILA_GRAPH names.
func TestScale(t *testing.T) {
	db := os.Getenv("SILA_GRAPH")
	if db == "" {
		t.Skip("SILA_GRAPH names no graph")
	}
	st, err := store.Open(context.Background(), db, store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer st.Close()
	err = st.View(context.Background(), func(qs graph.QuadStore) error {
		var before, after runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&before)
		start := time.Now()
		x, err := Build(context.Background(), qs)
		if err != nil {
			return err
		}
		took := time.Since(start)
		runtime.GC()
		runtime.ReadMemStats(&after)
		fmt.Println(took, (after.HeapAlloc-before.HeapAlloc)>>20, "MB", len(x.Entities), len(x.Facts), len(x.Articles), len(x.reports), len(x.words.list))
		for _, q := range []string{"كيري", "ا", "الع", "الجيش العرا", "kerr", "سعودي", "كييري", "بغداد"} {
			start := time.Now()
			hits := x.Search(q, "", 8)
			fmt.Print(q, " ", time.Since(start))
			for _, h := range hits {
				e := x.Entities[h.ID]
				fmt.Print(" | ", e.Ar, " ", h.Name, " ", e.NIn, " ", e.NFacts)
			}
			fmt.Println()
		}
		f := NewFilter()
		start = time.Now()
		n := 0
		err = x.Events(context.Background(), &f, func(int32) bool { n++; return true })
		fmt.Println("events", n, time.Since(start))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}
