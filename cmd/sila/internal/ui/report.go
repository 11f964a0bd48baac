package ui

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/sila-graph/sila/extract/doc"
	"github.com/sila-graph/sila/graph/load"
)

// Report counts what a load or an extraction met. Its methods may be called
// from several goroutines.
type Report struct {
	mu       sync.Mutex
	start    time.Time
	Files    int
	Ignored  int // files of kinds that hold no article
	Articles int
	Entities int
	facts    map[string]int // by type
	aside    int
}

// maxWarnings is how many articles that were set aside are named one by one.
const maxWarnings = 20

// NewReport starts a report.
func NewReport() *Report { return &Report{facts: map[string]int{}, start: time.Now()} }

// Add counts a document.
func (r *Report) Add(d *doc.Document) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.Articles++
	r.Entities += len(d.Entities)
	for _, f := range d.Facts {
		r.facts[f.Type]++
	}
}

// Aside warns of something that couldn't be read and counts it.
func (r *Report) Aside(u *UI, err error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.aside++
	switch {
	case r.aside <= maxWarnings:
		u.Warnf("%v", err)
	case r.aside == maxWarnings+1:
		u.Warnf("more was set aside; the count stands at the end")
	}
}

// Rejected counts a document that the graph doesn't take.
func (r *Report) Rejected(u *UI, id string, err error) {
	r.Aside(u, fmt.Errorf("article %s: %w", id, err))
}

// Err is an error where nothing at all could be read.
func (r *Report) Err() error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.Articles == 0 && r.aside > 0 {
		return errors.New("no article could be read")
	}
	return nil
}

// Facts returns how many facts there are.
func (r *Report) Facts() (n int) {
	for _, c := range r.facts {
		n += c
	}
	return n
}

// Found writes what was found.
func (u *UI) Found(r *Report) {
	r.mu.Lock()
	defer r.mu.Unlock()
	line := fmt.Sprintf("%s, %s, %s", plural(r.Articles, "article"), plural(r.Entities, "entity"), plural(r.Facts(), "fact"))
	if r.aside > 0 {
		line += fmt.Sprintf("; %d set aside", r.aside)
	}
	if r.Ignored > 0 {
		line += fmt.Sprintf("; %s of other kinds", plural(r.Ignored, "file"))
	}
	u.Notef("%s (%s)", line, time.Since(r.start).Round(10*time.Millisecond))
	types := slices.SortedFunc(maps.Keys(r.facts), func(a, b string) int {
		if r.facts[a] != r.facts[b] {
			return r.facts[b] - r.facts[a]
		}
		return strings.Compare(a, b)
	})
	const perLine = 6
	for part := range slices.Chunk(types, perLine) {
		for i, t := range part {
			part[i] = fmt.Sprintf("%s %d", t, r.facts[t])
		}
		u.Notef("  %s", strings.Join(part, "  "))
	}
}

// Loaded writes what a load did and what to try next.
func (u *UI) Loaded(r *Report, s load.Stats, db string, unfinished bool) {
	u.Found(r)
	u.Notef("graph %s: %d new, %d replaced, %d unchanged; %s added, %s deleted", db, s.New, s.Replaced, s.Unchanged,
		plural(s.Added, "quad"), plural(s.Deleted, "quad"))
	if unfinished {
		u.Warnf("stopped before the end; what was read so far is in the graph")
		u.Hintf("run the same command again: it goes on where it stopped")
		return
	}
	flag := ""
	if db != "./sila.db" {
		flag = " --db " + db
	}
	if db == "memory" || r.Articles == 0 {
		return
	}
	u.Notef("next:")
	for _, c := range []string{"sila queries", "sila query events-by-month", "sila show 'القوات العراقية'", "sila serve"} {
		u.Notef("  %s", c+flag)
	}
}

func plural(n int, what string) string {
	switch {
	case n == 1:
	case strings.HasSuffix(what, "y"):
		what = strings.TrimSuffix(what, "y") + "ies"
	default:
		what += "s"
	}
	return fmt.Sprintf("%d %s", n, what)
}

// Missing is the error for articles that aren't in the graph.
func Missing(missing, of int) error {
	if of == 1 {
		return fmt.Errorf("the graph has no such article")
	}
	return fmt.Errorf("%d of %d articles weren't in the graph; the others are removed", missing, of)
}

// Removed writes what a removal did.
func (u *UI) Removed(n int, s load.Stats) {
	u.Notef("%s removed; %s deleted, %s added", plural(n, "article"), plural(s.Deleted, "quad"), plural(s.Added, "quad"))
}
