package load

import (
	"context"
	"fmt"

	"github.com/cayleygraph/quad"
	"github.com/sila-graph/sila/extract/doc"
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

// prepare reads and packs a document, by itself and outside any change.
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

// count notes quads that come (n = 1) or go (n = -1).
func (c *change) count(quads []quad.Quad, n int) {
	for _, q := range quads {
		c.diff[q] += n
	}
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

// evidence takes the difference of what the articles say by themselves.
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

// entities takes the difference of what is known of the actors.
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
