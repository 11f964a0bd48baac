// Package load writes documents into a graph and takes them out again. In go
// documents, out come quads in two layers: evidence, which is labelled with its
// article and belongs to it alone, and knowledge, which is a pure function of
// the set of documents. Loading again changes nothing; the order of loads never
// shows; a removed article is as if it had never been there.
//
// A change works on what its articles touch and no more: it derives the
// knowledge of that part as it was and as it will be by the same functions, and
// applies the difference in one step (change.go, with actors' IRIs in
// change_names.go and facts in change_facts.go). The pieces: documents in terms
// of the graph's actors (record.go), what an article alone says (evidence.go),
// actors and their IRIs (entity.go), reports joined into events (event.go),
// facts and direct edges (fact.go). What a change must know of the
// rest comes from an index, which reads the graph (reread.go) or, when loading
// began with an empty one, remembers (remember.go).
package load

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"sync"

	"github.com/cayleygraph/quad"
	"github.com/sila-graph/sila/extract/doc"
	"github.com/sila-graph/sila/graph/resolve/decide"
	"github.com/sila-graph/sila/graph/vocab"
)

// Options tune a [Loader]. The zero value is fine.
type Options struct {
	// Batch is how many facts are gathered before they are written, 8,000 if 0:
	// some 170,000 quads, enough for the store to take them in as sorted
	// tables that are seldom merged.
	Batch int
	// Remember is how many articles an empty graph may take before the loader
	// reads the graph instead of remembering it all: some 40 kB each; 20,000 if 0,
	// none if negative.
	Remember int
	// Decisions are those of people that the graph shall reflect; where it
	// reflects others, New brings it up to date. nil: it stays with those that it reflects.
	Decisions *decide.Set
	// Rejected is called with each document that can't be loaded; the others go on.
	Rejected func(id string, err error)
}

// Stats counts what a loader did.
type Stats struct {
	New, Replaced, Unchanged, Removed, Rejected int // articles
	Facts                                       int // reports written
	Added, Deleted                              int // quads
}

// Articles is how many documents have been dealt with.
func (s Stats) Articles() int { return s.New + s.Replaced + s.Unchanged + s.Rejected }

// Loader changes one graph. Only one may be at work on a graph, in one goroutine.
type Loader struct {
	g     Graph
	idx   index
	opt   Options
	stats Stats
	left  int // articles that may still be remembered

	decided *decided // people's decisions that the graph reflects
}

// New makes a loader for a graph, and brings the vocabulary in it up to date.
func New(ctx context.Context, g Graph, opt Options) (*Loader, error) {
	if opt.Batch == 0 {
		opt.Batch = 8_000
	}
	if opt.Remember == 0 {
		opt.Remember = 20_000
	}
	l := &Loader{g: g, opt: opt, left: opt.Remember}
	there, err := holdsArticles(ctx, g)
	if err != nil {
		return nil, err
	}
	if there || opt.Remember < 0 {
		l.idx = newReading(g)
	} else {
		l.idx = newMemory(g)
	}
	if err := l.vocabulary(ctx); err != nil {
		return nil, err
	}
	if err := l.reflected(ctx); err != nil {
		return nil, err
	}
	if opt.Decisions != nil {
		return l, l.Decide(ctx, opt.Decisions)
	}
	return l, nil
}

func holdsArticles(ctx context.Context, g Graph) (bool, error) {
	err := g.Match(ctx, quad.Quad{Predicate: vocab.Type, Object: vocab.Article}, func(quad.Quad) error { return errFound })
	if errors.Is(err, errFound) {
		return true, nil
	}
	return false, err
}

// vocabulary makes the graph's own description what this program's inventory says.
func (l *Loader) vocabulary(ctx context.Context) error {
	want := map[quad.Quad]bool{}
	subject := map[quad.IRI]bool{}
	all := vocab.Quads()
	for _, q := range all {
		want[q] = true
		subject[q.Subject.(quad.IRI)] = true
	}
	for _, class := range []quad.IRI{vocab.Class, vocab.Property} {
		old, err := subjects(ctx, l.g, vocab.Type, class)
		if err != nil {
			return err
		}
		for _, s := range old {
			subject[s] = true
		}
	}
	var del []quad.Quad
	have := map[quad.Quad]bool{}
	for s := range subject {
		err := l.g.Match(ctx, quad.Quad{Subject: s}, func(q quad.Quad) error {
			have[q] = true
			if !want[q] {
				del = append(del, q)
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	var add []quad.Quad
	for _, q := range all {
		if !have[q] {
			add = append(add, q)
		}
	}
	return l.g.Apply(ctx, add, del)
}

// Load writes documents. Those that the graph holds already, byte for byte, are
// passed over; one with a known id replaces the old one. It calls progress,
// where given, after each batch. What it has done when it returns an error or is
// cancelled is whole, and the same call again does the rest.
func (l *Loader) Load(ctx context.Context, docs iter.Seq2[*doc.Document, error], progress func(Stats)) (Stats, error) {
	var batch []*incoming
	ids := map[string]bool{}
	facts := 0
	flush := func() error {
		if len(batch) == 0 {
			return nil
		}
		if err := l.apply(ctx, batch, nil); err != nil {
			return err
		}
		clear(ids)
		batch, facts = batch[:0], 0
		if progress != nil {
			progress(l.stats)
		}
		return nil
	}
	for in, err := range l.prepared(docs) {
		if err != nil {
			return l.stats, errors.Join(err, flush())
		}
		if err := ctx.Err(); err != nil {
			return l.stats, err
		}
		if ids[in.raw.doc.ID] || facts >= l.opt.Batch || len(batch) >= l.opt.Batch/4 {
			if err := flush(); err != nil {
				return l.stats, err
			}
		}
		batch = append(batch, in)
		ids[in.raw.doc.ID] = true
		facts += len(in.raw.doc.Facts)
	}
	return l.stats, flush()
}

// prepared reads documents into the graph's terms, beside the writing of
// earlier ones, and sets aside what the graph can't hold.
func (l *Loader) prepared(docs iter.Seq2[*doc.Document, error]) iter.Seq2[*incoming, error] {
	type result struct {
		in  *incoming
		id  string
		bad error // of the document
		err error // of its source
	}
	return func(yield func(*incoming, error) bool) {
		results := make(chan result, 512) // so much goes on while a batch is written
		stop := make(chan struct{})
		var wg sync.WaitGroup
		wg.Go(func() {
			defer close(results)
			for d, err := range docs {
				r := result{err: err}
				if err == nil {
					r.id = d.ID
					r.in, r.bad = prepare(d)
				}
				select {
				case results <- r:
				case <-stop:
					return
				}
				if err != nil {
					return
				}
			}
		})
		defer wg.Wait()
		defer close(stop)
		for r := range results {
			switch {
			case r.err != nil:
				yield(nil, r.err)
				return
			case r.bad != nil:
				l.stats.Rejected++
				if l.opt.Rejected != nil {
					l.opt.Rejected(r.id, r.bad)
				}
			case !yield(r.in, nil):
				return
			}
		}
	}
}

// Remove takes articles out, and says how many of them were there.
func (l *Loader) Remove(ctx context.Context, ids ...string) (int, error) {
	was := l.stats.Removed
	err := l.apply(ctx, nil, ids)
	return l.stats.Removed - was, err
}

// Stats returns what the loader has done so far.
func (l *Loader) Stats() Stats { return l.stats }

func (l *Loader) apply(ctx context.Context, in []*incoming, remove []string) error {
	return l.applyWith(ctx, in, remove, l.decided.set)
}

// applyWith is apply with other decisions than those that the graph reflects.
func (l *Loader) applyWith(ctx context.Context, in []*incoming, remove []string, set *decide.Set) error {
	now, err := l.decide(ctx, in, remove, set)
	if err != nil {
		return err
	}
	c := newChange(ctx, l.idx, now)
	s := l.stats
	for _, x := range in {
		replaces, changes, err := c.put(x)
		if err != nil {
			return fmt.Errorf("article %s: %w", x.raw.doc.ID, err)
		}
		switch {
		case !changes:
			s.Unchanged++
			continue
		case replaces:
			s.Replaced++
		default:
			s.New++
		}
		s.Facts += len(x.raw.doc.Facts)
	}
	for _, id := range remove {
		if c.before[id] != nil {
			continue
		}
		if err := c.drop(id); err != nil {
			return fmt.Errorf("article %s: %w", id, err)
		}
		if c.before[id] != nil {
			s.Removed++
		}
	}
	if err := l.redecide(c, now); err != nil {
		return err
	}
	if len(c.before)+len(c.after)+len(c.diff) > 0 {
		if err := c.work(); err != nil {
			return err
		}
		if err := l.g.Apply(ctx, c.add, c.del); err != nil {
			return err
		}
		s.Added += len(c.add)
		s.Deleted += len(c.del)
		l.idx.commit(c)
		if _, ok := l.idx.(*memory); ok {
			if l.left -= len(c.after); l.left < 0 {
				x := newReading(l.g)
				x.decided = now
				l.idx = x
			}
		}
	}
	l.decided = now
	l.stats = s
	return nil
}
