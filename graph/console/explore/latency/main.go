// Command latency asks the explorer over a graph what readers ask and prints how
// long answers take, over HTTP on this machine: entity pages, search and
// completion, filtered events, facts, articles, paths, and the first paint in
// Chromium where there is one.
//
//	go run ./graph/console/explore/latency -db sila.db
package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"os/exec"
	"runtime"
	"slices"
	"time"

	"github.com/cayleygraph/cayley/graph"
	"github.com/chromedp/chromedp"

	"github.com/sila-graph/sila/extract/doc"
	"github.com/sila-graph/sila/graph/console/explore"
	"github.com/sila-graph/sila/graph/console/explore/index"
	"github.com/sila-graph/sila/graph/store"
)

func main() {
	db := flag.String("db", "sila.db", "the graph")
	n := flag.Int("n", 400, "requests of each kind")
	flag.Parse()
	if err := run(context.Background(), *db, *n); err != nil {
		fmt.Fprintln(os.Stderr, "latency:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, db string, n int) error {
	st, err := store.Open(ctx, db, store.Options{Holder: "latency"})
	if err != nil {
		return err
	}
	defer st.Close()
	var x *index.Index
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	start := time.Now()
	if err := st.View(ctx, func(qs graph.QuadStore) error {
		x, err = index.Build(ctx, qs)
		return err
	}); err != nil {
		return err
	}
	took := time.Since(start)
	runtime.GC()
	runtime.ReadMemStats(&after)
	fmt.Printf("%d articles, %d entities, %d facts; indexed in %v, %d MB\n\n", len(x.Articles), len(x.Entities), len(x.Facts), took.Round(time.Millisecond), (after.HeapAlloc-before.HeapAlloc)>>20)
	if len(x.Actors) < 2 || len(x.Places) == 0 {
		return fmt.Errorf("%s holds too little to measure", db)
	}
	s, err := explore.New(st, explore.Options{Snapshots: st.Snapshots()})
	if err != nil {
		return err
	}
	defer s.Close()
	srv := httptest.NewServer(s)
	defer srv.Close()
	if _, err := ask(srv.URL + "/"); err != nil { // until the index is there
		return err
	}

	r := rand.New(rand.NewPCG(1, 2)) // the same questions each time
	// Half of them are of those whom everybody asks for, half of anyone.
	entity := func() *index.Entity {
		if list := append(slices.Clone(x.Actors), x.Places...); r.IntN(2) == 0 {
			return &x.Entities[list[r.IntN(len(list))]]
		}
		return &x.Entities[r.IntN(len(x.Entities))]
	}
	esc := url.QueryEscape
	prefix := func() string {
		name := []rune(entity().Ar)
		return string(name[:1+r.IntN(len(name))])
	}
	types := doc.Types().List
	statuses := index.Statuses()
	kinds := []struct {
		name string
		want string
		url  func() string
	}{
		{"entity page", "50 ms", func() string { return "/entity?iri=" + esc(string(entity().IRI)) }},
		{"search page", "50 ms", func() string { return "/search?q=" + esc(prefix()) }},
		{"completion", "50 ms", func() string { return "/api/sila/v1/search?limit=8&q=" + esc(prefix()) }},
		{"search, misspelt", "50 ms", func() string { return "/search?q=" + esc(entity().Ar+"ظ") }},
		{"events filter", "150 ms", func() string {
			q := url.Values{}
			for _, set := range []func(){
				func() { q.Set("type", types[r.IntN(len(types))].Name) },
				func() { q.Set("actor", string(x.Entities[x.Actors[r.IntN(len(x.Actors))]].IRI)) },
				func() { q.Set("place", string(x.Entities[x.Places[r.IntN(len(x.Places))]].IRI)) },
				func() { q.Set("status", statuses[r.IntN(len(statuses))]) },
				func() { d := x.Facts[r.IntN(len(x.Facts))].Date().String(); q.Set("from", d); q.Set("to", d) },
				func() { q.Set("confidence", "0.5"); q.Set("states", "1") },
			} {
				if r.IntN(3) == 0 {
					set()
				}
			}
			return "/events?" + q.Encode()
		}},
		{"fact page", "", func() string { return "/fact?iri=" + esc(string(x.Facts[r.IntN(len(x.Facts))].IRI)) }},
		{"article page", "", func() string { return "/article?iri=" + esc(string(x.Articles[r.IntN(len(x.Articles))].IRI)) }},
		{"path", "", func() string {
			a, b := x.Actors[r.IntN(min(50, len(x.Actors)))], x.Actors[r.IntN(min(50, len(x.Actors)))]
			return "/path?" + url.Values{"a": {string(x.Entities[a].IRI)}, "b": {string(x.Entities[b].IRI)}}.Encode()
		}},
		{"network, 30 around one", "", func() string { return "/api/sila/v1/network?of=" + esc(string(entity().IRI)) }},
		{"start page", "", func() string { return "/" }},
	}
	fmt.Printf("%-24s %9s %9s %9s  %s\n", "", "p50 ms", "p95 ms", "max ms", "wanted p95")
	for _, k := range kinds {
		var times []time.Duration
		count := n
		if k.name == "path" {
			count = n / 4
		}
		for range count {
			d, err := ask(srv.URL + k.url())
			if err != nil {
				return err
			}
			times = append(times, d)
		}
		row(k.name, times, k.want)
	}
	return paint(ctx, srv.URL, func() string { return "/entity?iri=" + esc(string(entity().IRI)) })
}

func row(name string, times []time.Duration, want string) {
	slices.Sort(times)
	ms := func(p int) float64 {
		return float64(times[min(len(times)-1, len(times)*p/100)].Microseconds()) / 1000
	}
	fmt.Printf("%-24s %9.2f %9.2f %9.2f  %s\n", name, ms(50), ms(95), ms(100), want)
}

// ask fetches a page whole.
func ask(u string) (time.Duration, error) {
	start := time.Now()
	resp, err := http.Get(u)
	if err != nil {
		return 0, err
	}
	defer resp.Body.Close()
	b, err := io.ReadAll(resp.Body)
	if err == nil && resp.StatusCode != http.StatusOK {
		err = fmt.Errorf("%s: %s %.200s", u, resp.Status, b)
	}
	return time.Since(start), err
}

// paint opens pages in Chromium and prints when each shows its first content.
func paint(ctx context.Context, home string, page func() string) error {
	chrome, err := exec.LookPath("chromium")
	if err != nil {
		fmt.Println("first paint: no chromium")
		return nil
	}
	alloc, cancel := chromedp.NewExecAllocator(ctx, append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(chrome), chromedp.NoSandbox)...)
	defer cancel()
	tab, cancel := chromedp.NewContext(alloc)
	defer cancel()
	tab, cancel = context.WithTimeout(tab, 3*time.Minute)
	defer cancel()
	var times []time.Duration
	for i := range 43 {
		if err := chromedp.Do(tab, chromedp.Navigate(home+page())); err != nil {
			return err
		}
		ms := 0.0
		for range 40 {
			if ms, err = chromedp.Run(tab, chromedp.Evaluate[float64](`(performance.getEntriesByName("first-contentful-paint")[0] || {startTime: 0}).startTime`)); err != nil {
				return err
			}
			if ms > 0 {
				break
			}
			time.Sleep(25 * time.Millisecond)
		}
		if ms > 0 && i >= 3 { // the browser itself starts meanwhile
			times = append(times, time.Duration(ms*float64(time.Millisecond)))
		}
	}
	if len(times) == 0 {
		return fmt.Errorf("the browser painted nothing")
	}
	row("first paint, entity page", times, "300 ms")
	return nil
}
