package load

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"github.com/cayleygraph/quad"
	"github.com/sila-graph/sila/extract/doc"
	"github.com/sila-graph/sila/graph/vocab"
)

// change works out what the graph gains and loses when some articles come, go
// or are replaced. It holds both worlds, before and after, for all that these
// articles touch, derives the knowledge of that part in both by the same pure
// functions, and takes the difference.
type change struct {
	ctx context.Context
	idx index

	// the articles that are written anew, by id; absent where they aren't in that world
	before, after map[string]*article
	docs, packs   map[string]*stored // as before, as after
	raws          map[string]*raw    // those of after that have to be put into the terms of clusters
	links         *linking
	decided       *decided // after the change

	// the clusters that change, nil where they aren't in that world
	oldClusters, newClusters map[string]*cluster
	seen                     map[string]*cluster // others that were looked up
	roots                    map[string]string   // of atoms that were looked up

	newCounts map[quad.IRI]map[string]int // of lasting facts; empty where they end
	giving    map[edge]giving
	texts     map[string]quad.IRI // what articles have become copies of; "" for nothing any more

	diff     map[quad.Quad]int // +1 comes, −1 goes
	add, del []quad.Quad
}

func newChange(ctx context.Context, idx index, x *decided) *change {
	return &change{ctx: ctx, idx: idx, decided: x,
		before: map[string]*article{}, after: map[string]*article{}, docs: map[string]*stored{}, packs: map[string]*stored{}, raws: map[string]*raw{},
		oldClusters: map[string]*cluster{}, newClusters: map[string]*cluster{}, seen: map[string]*cluster{}, roots: map[string]string{},
		newCounts: map[quad.IRI]map[string]int{}, giving: map[edge]giving{}, diff: map[quad.Quad]int{}}
}

// put brings a document, in place of the one with its id if there is one. It
// says whether that one was there, and whether anything changes.
func (c *change) put(in *incoming) (replaces, changes bool, err error) {
	id := in.raw.doc.ID
	was, err := c.idx.digest(c.ctx, id)
	if err != nil || was == in.digest {
		return was != "", false, err
	}
	if was != "" {
		if err := c.drop(id); err != nil {
			return true, false, err
		}
	}
	in.raw.decide(c.decided)
	c.bring(in.raw, &in.stored)
	return was != "", true, nil
}

// bring has an article written anew. What it is in terms of clusters is known
// once they are linked.
func (c *change) bring(w *raw, s *stored) {
	id := w.doc.ID
	c.raws[id], c.packs[id] = w, s
	c.after[id] = &article{id: id, date: w.doc.Date, digest: w.digest, sketch: w.sketch, actors: w.actors}
}

// incoming is a document ready to be put.
type incoming struct {
	*raw
	stored
}

func prepare(d *doc.Document) (*incoming, error) {
	w, err := read(d, nil)
	if err != nil {
		return nil, err
	}
	packed, digest, err := pack(d)
	if err != nil {
		return nil, err
	}
	w.digest = digest
	return &incoming{w, stored{d, packed}}, nil
}

// drop takes an article out.
func (c *change) drop(id string) error {
	a, err := c.idx.article(c.ctx, id)
	if err != nil || a == nil {
		return err
	}
	s, err := c.idx.document(c.ctx, id)
	if err != nil {
		return err
	}
	if s == nil {
		return fmt.Errorf("article %s has no document", id)
	}
	c.before[id], c.docs[id] = a, s
	return nil
}

// work computes add and del.
func (c *change) work() error {
	for _, step := range []func() error{c.copies, c.link, c.clusters, c.evidence, c.entities, c.facts} {
		if err := step(); err != nil {
			return err
		}
		if err := c.ctx.Err(); err != nil {
			return err
		}
	}
	for q, n := range c.diff {
		switch {
		case n > 0:
			c.add = append(c.add, q)
		case n < 0:
			c.del = append(c.del, q)
		}
	}
	return nil
}

func (c *change) count(quads []quad.Quad, n int) {
	for _, q := range quads {
		c.diff[q] += n
	}
}

// clusters gives out IRIs anew where the change touches who wants which, and
// draws in the articles that mention an actor whose IRI changes.
func (c *change) clusters() error {
	touch := func(key string) (*cluster, error) {
		if is, ok := c.newClusters[key]; ok {
			return is, nil
		}
		was, err := c.was(key)
		if err != nil {
			return nil, err
		}
		is := &cluster{key: key, iri: was.iri, atoms: was.atoms}
		c.oldClusters[key], c.newClusters[key] = was, is
		return is, nil
	}

	// who wants an IRI that somebody touched wanted or wants
	renamed := map[string]bool{}
	wanting := map[quad.IRI]map[string]bool{}
	want := func(base quad.IRI) (map[string]bool, error) {
		if keys, ok := wanting[base]; ok {
			return keys, nil
		}
		keys := map[string]bool{}
		wanting[base] = keys
		all, err := c.idx.wanting(c.ctx, base)
		for _, k := range all {
			if _, ok := c.newClusters[k]; !ok {
				keys[k] = true
			}
		}
		return keys, err
	}
	for key, is := range c.newClusters {
		if was := c.oldClusters[key]; was != nil && !was.local() {
			if _, err := want(was.base()); err != nil {
				return err
			}
		}
		if is == nil {
			continue
		}
		if is.local() {
			if iri := is.localIRI(); is.iri != iri {
				if is.iri != "" {
					renamed[key] = true
				}
				is.iri = iri
			}
			continue
		}
		keys, err := want(is.base())
		if err != nil {
			return err
		}
		keys[key] = true
	}
	for base, keys := range wanting {
		for key, iri := range share(base, slices.Collect(maps.Keys(keys))) {
			if is, ok := c.newClusters[key]; ok && is.iri == iri {
				continue
			}
			is, err := touch(key)
			if err != nil {
				return err
			}
			if is.iri != "" && is.iri != iri {
				renamed[key] = true
			}
			is.iri = iri
		}
	}
	for key := range renamed {
		ids, err := c.idx.mentioning(c.ctx, c.oldClusters[key])
		if err != nil {
			return err
		}
		for _, id := range ids {
			if err := c.rewrite(id); err != nil {
				return err
			}
		}
	}
	// the country of an actor is known from articles that mention both
	changed := func(key string) bool {
		if m := c.links.atoms[key]; m != nil && m.from != m.to {
			return true
		}
		r, err := c.newRoot(key)
		return err == nil && renamed[r]
	}
	for id, a := range c.after {
		if c.before[id] == nil {
			continue
		}
		for i := range a.actors {
			if k := a.actors[i].Country; k != "" && (changed(k)) {
				if _, err := touch(a.roots[i]); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// was returns a cluster as it was, nil for none.
func (c *change) was(key string) (*cluster, error) {
	if x, ok := c.oldClusters[key]; ok {
		return x, nil
	}
	x, ok := c.seen[key]
	if !ok {
		var err error
		if x, err = c.idx.cluster(c.ctx, key); err != nil {
			return nil, err
		}
		c.seen[key] = x
	}
	return x, nil
}

// rekey draws in an article whose actors belong to other clusters now.
func (c *change) rekey(id string) error {
	if c.before[id] != nil || c.after[id] != nil {
		return nil
	}
	if err := c.drop(id); err != nil {
		return err
	}
	if c.before[id] == nil {
		return nil // a decision names it, but the graph doesn't have it
	}
	w, err := read(c.docs[id].doc, c.decided)
	if err != nil {
		return err
	}
	w.digest = c.before[id].digest
	c.bring(w, c.docs[id])
	return nil
}

// rewrite draws in an article that says what it said, with other IRIs.
func (c *change) rewrite(id string) error {
	if c.before[id] != nil || c.after[id] != nil {
		return nil
	}
	if err := c.drop(id); err != nil {
		return err
	}
	c.after[id], c.packs[id] = c.before[id], c.docs[id]
	return nil
}

// oldName and newName give the IRI, before and after, of the cluster that a key belongs to.
func (c *change) oldName(key string) (quad.IRI, error) {
	r, err := c.oldRoot(key)
	if err != nil {
		return "", err
	}
	x, err := c.was(r)
	return iriOf(key, x, err)
}

func (c *change) newName(key string) (quad.IRI, error) {
	r, err := c.newRoot(key)
	if err != nil {
		return "", err
	}
	x, ok := c.newClusters[r]
	if !ok {
		x, err = c.was(r)
	}
	return iriOf(key, x, err)
}

func iriOf(key string, x *cluster, err error) (quad.IRI, error) {
	if err != nil {
		return "", err
	}
	if x == nil {
		return "", fmt.Errorf("no actor has the id %q: the graph isn't whole: load it again", key)
	}
	return x.iri, nil
}

// oldRoot and newRoot give the cluster of a key before and after.
func (c *change) oldRoot(key string) (string, error) {
	if m := c.links.atoms[key]; m != nil {
		return m.from, nil
	}
	if r, ok := c.roots[key]; ok {
		return r, nil
	}
	r, err := c.idx.root(c.ctx, key)
	if err == nil {
		c.roots[key] = r
	}
	return r, err
}

func (c *change) newRoot(key string) (string, error) {
	if m := c.links.atoms[key]; m != nil {
		return m.to, nil
	}
	return c.oldRoot(key)
}

func (c *change) evidence() error {
	for id, a := range c.before {
		s := c.docs[id]
		qs, err := evidence(s.doc, a, s.packed, c.oldName)
		if err != nil {
			return err
		}
		c.count(qs, -1)
	}
	for id, a := range c.after {
		s := c.packs[id]
		qs, err := evidence(s.doc, a, s.packed, c.newName)
		if err != nil {
			return err
		}
		if c.before[id] == nil { // nothing of it is there
			c.add = append(c.add, qs...)
		} else {
			c.count(qs, 1)
		}
	}
	return nil
}

func (c *change) entities() error {
	for key, was := range c.oldClusters {
		if was != nil {
			qs, err := was.quads(c.oldName)
			if err != nil {
				return err
			}
			c.count(qs, -1)
		}
		if is := c.newClusters[key]; is != nil {
			qs, err := is.quads(c.newName)
			if err != nil {
				return err
			}
			c.count(qs, 1)
		}
	}
	return nil
}

// facts takes the difference of the facts that the articles tell.
func (c *change) facts() error {
	old := newEvents(func(key string) ([]*report, error) { return c.idx.block(c.ctx, key) })
	now := newEvents(c.overlay(old.block))
	slots, err := c.slots(old, now)
	if err != nil {
		return err
	}
	touched := map[quad.IRI]bool{}
	for k := range slots {
		for _, w := range []struct {
			ev   *events
			name naming
			n    int
		}{{old, c.oldName, -1}, {now, c.newName, 1}} {
			fs, err := w.ev.facts(k)
			if err != nil {
				return err
			}
			for _, f := range fs {
				qs, es, err := f.quads(w.name)
				if err != nil {
					return err
				}
				c.count(qs, w.n)
				c.edges(es, w.n)
				touched[f.iri()] = true
			}
		}
	}
	if err := c.states(touched); err != nil {
		return err
	}
	return c.settle(touched)
}

// overlay gives the blocks as they are after the change.
func (c *change) overlay(old func(string) ([]*report, error)) func(string) ([]*report, error) {
	fresh := map[string][]*report{}
	for id, a := range c.after {
		if a != c.before[id] {
			for _, r := range a.reports {
				if r.block != "" {
					fresh[r.block] = append(fresh[r.block], r)
				}
			}
		}
	}
	done := map[string][]*report{}
	return func(key string) ([]*report, error) {
		if rs, ok := done[key]; ok {
			return rs, nil
		}
		was, err := old(key)
		if err != nil {
			return nil, err
		}
		rs := make([]*report, 0, len(was)+len(fresh[key]))
		for _, r := range was {
			if a := c.before[r.art.id]; a == nil || a == c.after[r.art.id] {
				rs = append(rs, r)
			}
		}
		rs = append(rs, fresh[key]...)
		done[key] = rs
		return rs, nil
	}
}

// slots lists the slots in which a fact may change: those of the articles' own
// reports, and those of reports that a day of theirs may draw in or let go.
func (c *change) slots(old, now *events) (map[slotKey]bool, error) {
	out := map[slotKey]bool{}
	both := func(r *report, evs ...*events) error {
		for _, ev := range evs {
			s, err := ev.slot(r)
			if err != nil {
				return err
			}
			out[slotKey{r.typ, s}] = true
		}
		return nil
	}
	drawn := func(r *report) error {
		if r.when.kind != byDay {
			return nil
		}
		keys := []string{r.when.text[:len("2006-01")]}
		for d := r.when.day; d <= r.when.day+nearDays; d++ {
			keys = append(keys, "~"+dayText(d))
		}
		for _, key := range keys {
			for _, ev := range []*events{old, now} {
				qs, err := ev.block(blockOf(r.typ, key))
				if err != nil {
					return err
				}
				for _, q := range qs {
					if !q.comparable(r) {
						continue
					}
					if err := both(q, old, now); err != nil {
						return err
					}
				}
			}
		}
		return nil
	}
	for id, a := range c.before {
		for _, r := range a.reports {
			if r.block == "" {
				continue
			}
			evs := []*events{old}
			if a == c.after[id] {
				evs = append(evs, now)
			}
			if err := both(r, evs...); err != nil {
				return nil, err
			}
			if a != c.after[id] {
				if err := drawn(r); err != nil {
					return nil, err
				}
			}
		}
	}
	for id, a := range c.after {
		if a == c.before[id] {
			continue
		}
		for _, r := range a.reports {
			if r.block == "" {
				continue
			}
			if err := both(r, now); err != nil {
				return nil, err
			}
			if err := drawn(r); err != nil {
				return nil, err
			}
		}
	}
	return out, nil
}

// states takes the difference of the lasting facts.
func (c *change) states(touched map[quad.IRI]bool) error {
	states := map[quad.IRI]*state{}
	news := map[quad.IRI]map[string]int{} // status → how many more reports
	for n, world := range map[int]map[string]*article{-1: c.before, 1: c.after} {
		for _, a := range world {
			for _, r := range a.reports {
				for _, s := range r.states() {
					iri := s.iri()
					if states[iri] == nil {
						states[iri], news[iri] = s, map[string]int{}
					}
					news[iri][string(r.status)] += n
					if m := r.month(); m != "" {
						news[iri][datePrefix+m] += n
					}
					c.diff[quad.Quad{Subject: iri, Predicate: vocab.ReportOf, Object: vocab.ReportIRI(a.id, r.n)}] += n
				}
			}
		}
	}
	for iri, s := range states {
		touched[iri] = true
		counts, err := c.idx.counts(c.ctx, s)
		if err != nil {
			return err
		}
		if len(counts) > 0 {
			s.counts = counts
			if err := c.state(s, c.oldName, -1); err != nil {
				return err
			}
		}
		counts = maps.Clone(counts)
		if counts == nil {
			counts = map[string]int{}
		}
		for status, n := range news[iri] {
			if counts[status] += n; counts[status] == 0 {
				delete(counts, status)
			}
		}
		if len(counts) > 0 {
			s.counts = counts
			if err := c.state(s, c.newName, 1); err != nil {
				return err
			}
		}
		c.newCounts[iri] = counts
	}
	return nil
}

func (c *change) state(s *state, name naming, n int) error {
	qs, es, err := s.quads(name)
	if err != nil {
		return err
	}
	c.count(qs, n)
	c.edges(es, n)
	return nil
}

func (c *change) edges(es []edge, n int) {
	for _, e := range es {
		have := c.giving[e]
		if n < 0 {
			have.before++
		} else {
			have.after++
		}
		c.giving[e] = have
	}
}

// giving counts the facts in the change that give an edge.
type giving struct{ before, after int }

// settle decides which edges come and go: an edge is there while any fact
// gives it, also one outside the change.
func (c *change) settle(touched map[quad.IRI]bool) error {
	for e, n := range c.giving {
		switch {
		case n.before == 0 && n.after > 0:
			if there, err := c.idx.has(c.ctx, e); err != nil {
				return err
			} else if !there {
				c.diff[e.quad()]++
			}
		case n.before > 0 && n.after == 0:
			if others, err := c.idx.gives(c.ctx, e, n.before, touched); err != nil {
				return err
			} else if !others {
				c.diff[e.quad()]--
			}
		}
	}
	return nil
}
