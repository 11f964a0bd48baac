package load

import (
	"context"
	"fmt"
	"iter"
	"math/rand/v2"
	"os"
	"runtime"
	"strconv"
	"strings"
	"testing"

	"github.com/sila-graph/sila/extract/doc"
	"github.com/sila-graph/sila/graph/store"
)

// archive makes n articles of the usual size: 250 words, 15 entities, 20 facts,
// over two years, with actors as unevenly spread as in the news.
func archive(n int) iter.Seq2[*doc.Document, error] {
	return func(yield func(*doc.Document, error) bool) {
		writeArchive(n, func(d *doc.Document) bool { return yield(d, nil) })
	}
}

func writeArchive(n int, yield func(*doc.Document) bool) {
	rnd := rand.New(rand.NewPCG(5, 5))
	zipf := rand.NewZipf(rnd, 1.2, 8, 20_000)
	letters := []rune("ابتثجحخدذرزسشصضطظعغفقكلمنهوي")
	word := func() string {
		w := make([]rune, 3+rnd.IntN(5))
		for i := range w {
			w[i] = letters[rnd.IntN(len(letters))]
		}
		return string(w)
	}
	vocabulary := make([]string, 8000)
	for i := range vocabulary {
		vocabulary[i] = word()
	}
	wz := rand.NewZipf(rnd, 1.1, 4, uint64(len(vocabulary)-1))
	text := func(n int) string {
		ws := make([]string, n)
		for i := range ws {
			ws[i] = vocabulary[wz.Uint64()]
		}
		return strings.Join(ws, " ")
	}
	var events, lastings []string
	for _, t := range doc.Types().List {
		if lasting(&t) {
			lastings = append(lastings, t.Name)
		} else {
			events = append(events, t.Name)
		}
	}
	for i := range n {
		date := dayText(17000 + rnd.IntN(730))
		d := &doc.Document{V: 1, ID: "bench:" + strconv.Itoa(i), Date: date, Title: text(8), Text: text(242), Source: "وكالة", Hash: strconv.Itoa(i)}
		seen := map[uint64]bool{}
		for len(d.Entities) < 15 {
			x := zipf.Uint64()
			if seen[x] {
				continue
			}
			seen[x] = true
			name := vocabulary[x%7919] + " " + vocabulary[x*31%7907]
			e := doc.Entity{ID: fmt.Sprintf("e%d", len(d.Entities)), Type: doc.EntityTypes[x%3], Names: []string{name, vocabulary[x%7919]}}
			if x%4 == 0 {
				e.Ref = "test:" + strconv.FormatUint(x, 10)
			}
			for m := range 2 {
				e.Mentions = append(e.Mentions, doc.Mention{Start: 90*m + 7, End: 90*m + 19, Text: name})
			}
			d.Entities = append(d.Entities, e)
		}
		one := func() []string { return []string{"e" + strconv.Itoa(rnd.IntN(15))} }
		for j := range 20 {
			f := doc.Fact{Type: events[rnd.IntN(len(events))], Agent: one(), Patient: one(), Evidence: text(9), Confidence: 0.7, Sentence: j / 2,
				Start: 40 * j, End: 40*j + 50, Trigger: vocabulary[j], Rule: "verb-subject-object", Wording: vocabulary[j]}
			if j%3 == 0 {
				f.Type, f.Title = lastings[rnd.IntN(len(lastings))], ""
			} else if j%3 == 1 {
				f.Time = date
			}
			if j%4 == 0 {
				f.Place = one()
			}
			if j%2 == 0 {
				f.Source, f.SourceKind = one()[0], "named"
			}
			d.Facts = append(d.Facts, f)
		}
		if !yield(d) {
			return
		}
	}
}

// BenchmarkLoad loads an archive into a new store; SILA_BENCH_ARTICLES sets its size.
func BenchmarkLoad(b *testing.B) {
	n, _ := strconv.Atoi(os.Getenv("SILA_BENCH_ARTICLES"))
	if n == 0 {
		n = 300
	}
	for _, backend := range []string{"memory", "sila", "kv"} {
		for name, opt := range map[string]Options{"remembering": {}, "reading": {Remember: -1}} {
			b.Run(backend+"/"+name, func(b *testing.B) {
				for range b.N {
					path := "memory"
					if backend != path {
						path = map[string]string{"kv": "kv:"}[backend] + b.TempDir() + "/db"
					}
					s, err := store.Open(context.Background(), path, store.Options{Create: true})
					if err != nil {
						b.Fatal(err)
					}
					st, err := newLoader(b, s, opt).Load(context.Background(), archive(n), nil)
					if err != nil {
						b.Fatal(err)
					}
					b.ReportMetric(float64(st.Added-st.Deleted)/float64(n), "quads/article")
					b.ReportMetric(float64(st.Deleted)/float64(n), "rewritten/article")
					var m runtime.MemStats
					runtime.ReadMemStats(&m)
					b.ReportMetric(float64(m.HeapInuse)/1e6, "heap-MB")
					s.Close()
				}
				b.ReportMetric(float64(n*b.N)/b.Elapsed().Seconds(), "articles/s")
			})
		}
	}
}

// BenchmarkAdd adds and removes single articles in an archive that is there already.
func BenchmarkAdd(b *testing.B) {
	ctx := context.Background()
	n, _ := strconv.Atoi(os.Getenv("SILA_BENCH_ARTICLES"))
	if n == 0 {
		n = 300
	}
	s := openStore(b, b.TempDir()+"/db")
	if _, err := newLoader(b, s, Options{}).Load(ctx, archive(n), nil); err != nil {
		b.Fatal(err)
	}
	var some []*doc.Document
	for d := range archive(50) {
		some = append(some, d)
	}
	l := newLoader(b, s, Options{})
	b.ResetTimer()
	for i := range b.N {
		d := some[i%len(some)]
		if _, err := l.Remove(ctx, d.ID); err != nil {
			b.Fatal(err)
		}
		if _, err := l.Load(ctx, each([]*doc.Document{d}), nil); err != nil {
			b.Fatal(err)
		}
	}
}
