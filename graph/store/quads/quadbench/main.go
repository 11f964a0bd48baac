// Quadbench measures Sila's store beside Cayley's own: how fast it loads, what it takes on disk and in memory, and how
// long queries take. Its table stands in the README of package quads. Each backend runs in a process of its own.
//
//	go run ./graph/store/quads/quadbench -quads 1000000,5000000
package main

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"io/fs"
	"log"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/cayley/query"
	"github.com/cayleygraph/cayley/query/gizmo"
	"github.com/cayleygraph/quad"
)

// result is what one process measures; times are p50 in milliseconds.
type result struct {
	Backend string
	Quads   int
	LoadPS  float64 // quads per second in bulk
	TxPS    float64 // quads per second as article transactions, afterwards
	SwapPS  float64 // the same where each replaces an article
	DiskMB  float64
	PeakMB  float64
	OpenMS  float64 // opening the store that was just closed
	P50     map[string]float64
	Rows    map[string]int
}

func main() {
	log.SetFlags(0)
	sizes := flag.String("quads", "1000000", "numbers of quads, separated by commas")
	backends := flag.String("backends", strings.Join(names, ","), "what to measure")
	runs := flag.Int("runs", 31, "times that each query is asked")
	dir := flag.String("dir", "", "where to put the stores; a temporary folder by default")
	child := flag.String("child", "", "internal: measure one backend and print JSON")
	flag.Parse()
	if *child != "" {
		n, err := strconv.Atoi(*sizes)
		if err != nil {
			log.Fatal(err)
		}
		r, err := measure(*child, *dir, n, *runs)
		if err != nil {
			log.Fatal(err)
		}
		if err := json.NewEncoder(os.Stdout).Encode(r); err != nil {
			log.Fatal(err)
		}
		return
	}
	base := *dir
	if base == "" {
		var err error
		if base, err = os.MkdirTemp("", "quadbench"); err != nil {
			log.Fatal(err)
		}
		defer os.RemoveAll(base)
	}
	for _, size := range strings.Split(*sizes, ",") {
		var all []result
		for _, name := range strings.Split(*backends, ",") {
			path := filepath.Join(base, name+"-"+size)
			cmd := exec.Command(os.Args[0], "-child", name, "-quads", size, "-dir", path, "-runs", strconv.Itoa(*runs))
			cmd.Stderr = os.Stderr
			out, err := cmd.Output()
			if err != nil {
				log.Printf("%s with %s quads: %v", name, size, err)
				continue
			}
			var r result
			if err := json.Unmarshal(out, &r); err != nil {
				log.Fatal(err)
			}
			all = append(all, r)
			_ = os.RemoveAll(path)
			log.Printf("%s with %s quads: done", name, size)
		}
		table(all)
	}
}

// parsing restarts the clock of a load whose preparation isn't to count.
var parsing = func() {}

func measure(name, dir string, n, runs int) (*result, error) {
	r := &result{Backend: name, Quads: n, P50: map[string]float64{}, Rows: map[string]int{}}
	b, err := open(name, dir, n)
	if err != nil {
		return nil, err
	}
	g := newGenerator(n)
	var took time.Duration
	start := time.Now()
	parsing = func() { took, start = 0, time.Now() }
	done := 0
	for done < n {
		var batch []quad.Quad
		for len(batch) < 9000 && done+len(batch) < n {
			batch = append(batch, g.article()...)
		}
		done += len(batch)
		start = time.Now()
		if err := b.bulk(batch); err != nil {
			return nil, err
		}
		took += time.Since(start)
	}
	start = time.Now()
	if err := b.bulk(nil); err != nil {
		return nil, err
	}
	took += time.Since(start)
	r.LoadPS = float64(done) / took.Seconds()
	r.PeakMB = peakMB()
	r.DiskMB = float64(diskBytes(dir)) / 1e6
	if b.query == nil {
		return r, b.close()
	}
	articles := g.n
	if err := ask(b, r, articles, runs); err != nil {
		return nil, err
	}
	const txs = 400
	var old []quad.Quad
	took, done = 0, 0
	for range txs {
		quads := g.article()
		start := time.Now()
		if err := b.apply(quads, nil); err != nil {
			return nil, err
		}
		took += time.Since(start)
		done += len(quads)
		old = quads
		if took > 20*time.Second {
			break
		}
	}
	r.TxPS = float64(done) / took.Seconds()
	took, done = 0, 0
	for range txs {
		quads := g.article()
		start := time.Now()
		if err := b.apply(quads, old); err != nil {
			return nil, err
		}
		took += time.Since(start)
		done += len(quads) + len(old)
		old = quads
		if took > 20*time.Second {
			break
		}
	}
	r.SwapPS = float64(done) / took.Seconds()
	if err := b.close(); err != nil {
		return nil, err
	}
	if b.reopen != nil {
		start := time.Now()
		again, err := b.reopen()
		if err != nil {
			return nil, err
		}
		r.OpenMS = float64(time.Since(start)) / 1e6
		return r, again.Close()
	}
	return r, nil
}

// question is one query: Gizmo text, or a function for what Gizmo can't say.
type question struct {
	name  string
	gizmo func(i int) string
	call  func(qs graph.QuadStore, i int) (int, error)
}

func questions(articles int) []question {
	one := func(s string) func(int) string { return func(int) string { return s } }
	p := func(i int) int { return i * 7919 % articles }
	return []question{
		{name: "one hop by IRI", gizmo: func(i int) string {
			return fmt.Sprintf(`g.V(%q).out("<sila:agent>").all()`, factIRI(p(i), i%7).String())
		}},
		{name: "exact label", gizmo: func(i int) string {
			return fmt.Sprintf(`g.V(lang("%s","ar")).in("<rdfs:label>").all()`, actorName(uint64(i%20)))
		}},
		{name: "hub agent and place", gizmo: one(fmt.Sprintf(`g.V().has("<sila:agent>",%q).has("<sila:place>",%q).all()`, hub.String(), hubPlace.String()))},
		{name: "actor, event, actor", gizmo: func(i int) string {
			return fmt.Sprintf(`g.V(%q).in("<sila:agent>").out("<sila:patient>").all()`, actor(uint64(100+i)).String())
		}},
		{name: "hub, in then out, count", gizmo: one(fmt.Sprintf(`g.V(%q).in("<sila:agent>").out("<sila:patient>").count()`, hub.String()))},
		{name: "count of a type", gizmo: one(`g.V("<sila:Event>").in("<rdf:type>").count()`)},
		{name: "V().count()", gizmo: one(`g.V().count()`)},
		{name: "quads of one article", call: func(qs graph.QuadStore, i int) (n int, err error) {
			it := qs.QuadIterator(quad.Label, qs.ValueOf(articleIRI(p(i))))
			defer it.Close()
			for it.Next(context.Background()) {
				if qs.Quad(it.Result()).IsValid() {
					n++
				}
			}
			return n, it.Err()
		}},
	}
}

func ask(b *backend, r *result, articles, runs int) error {
	for _, q := range questions(articles) {
		var times []float64
		began := time.Now()
		for i := range runs {
			qs, done := b.query()
			start := time.Now()
			rows, err := q.ask(qs, i)
			times = append(times, float64(time.Since(start))/1e6)
			done()
			if err != nil {
				return fmt.Errorf("%s: %w", q.name, err)
			}
			r.Rows[q.name] = rows
			if len(times) >= 3 && time.Since(began) > 15*time.Second {
				break // what takes seconds needs no more runs
			}
		}
		slices.Sort(times)
		r.P50[q.name] = times[len(times)/2]
	}
	return nil
}

func (q *question) ask(qs graph.QuadStore, i int) (rows int, err error) {
	if q.call != nil {
		return q.call(qs, i)
	}
	ctx := context.Background()
	it, err := gizmo.NewSession(qs).Execute(ctx, q.gizmo(i), query.Options{Collation: query.Raw})
	if err != nil {
		return 0, err
	}
	defer it.Close()
	for it.Next(ctx) {
		rows++
		if res, ok := it.Result().(*gizmo.Result); ok && res.Meta {
			if n, ok := res.Val.(int64); ok {
				rows = int(n)
			}
		}
	}
	return rows, it.Err()
}

func diskBytes(dir string) (n int64) {
	_ = filepath.WalkDir(dir, func(_ string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			if info, err := d.Info(); err == nil {
				n += info.Size()
			}
		}
		return nil
	})
	return n
}

// peakMB is the largest resident memory of this process so far; 0 where the system doesn't say.
func peakMB() float64 {
	b, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return 0
	}
	for _, line := range strings.Split(string(b), "\n") {
		if rest, ok := strings.CutPrefix(line, "VmHWM:"); ok {
			var kb float64
			if _, err := fmt.Sscanf(rest, "%f", &kb); err == nil {
				return kb / 1e3
			}
		}
	}
	return 0
}

func table(all []result) {
	if len(all) == 0 {
		return
	}
	fmt.Printf("\n| %d quads |", all[0].Quads)
	for _, r := range all {
		fmt.Printf(" %s |", r.Backend)
	}
	fmt.Printf("\n|---|%s\n", strings.Repeat("---|", len(all)))
	line := func(name, format string, f func(r *result) (float64, bool)) {
		fmt.Printf("| %s |", name)
		for i := range all {
			if v, ok := f(&all[i]); ok {
				fmt.Printf(" "+format+" |", v)
			} else {
				fmt.Print(" – |")
			}
		}
		fmt.Println()
	}
	positive := func(f func(r *result) float64) func(r *result) (float64, bool) {
		return func(r *result) (float64, bool) { v := f(r); return v, v > 0 }
	}
	line("load, quads/s", "%.0f", positive(func(r *result) float64 { return r.LoadPS }))
	line("article transactions, quads/s", "%.0f", positive(func(r *result) float64 { return r.TxPS }))
	line("replacing articles, quads/s", "%.0f", positive(func(r *result) float64 { return r.SwapPS }))
	line("disk, MB", "%.0f", positive(func(r *result) float64 { return r.DiskMB }))
	line("peak memory of the load, MB", "%.0f", positive(func(r *result) float64 { return r.PeakMB }))
	line("opening, ms", "%.0f", positive(func(r *result) float64 { return r.OpenMS }))
	for _, q := range questions(1000) {
		line(q.name+", p50 ms", "%.3f", func(r *result) (float64, bool) { v, ok := r.P50[q.name]; return v, ok })
	}
	for _, q := range questions(1000) {
		line(q.name+", rows", "%.0f", func(r *result) (float64, bool) { v, ok := r.Rows[q.name]; return float64(v), ok })
	}
}
