package quads

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"

	"github.com/cockroachdb/pebble/v2"
)

// Report is what Check found.
type Report struct {
	Nodes, Quads int64
	Problems     []string // the first hundred, in words
	More         int64    // problems beyond those
}

// OK says whether nothing is wrong.
func (r *Report) OK() bool { return len(r.Problems) == 0 }

func (r *Report) add(format string, args ...any) {
	if len(r.Problems) >= 100 {
		r.More++
		return
	}
	r.Problems = append(r.Problems, fmt.Sprintf(format, args...))
}

// Check reads the whole store as it is at this moment and verifies that each permutation holds the same quads as every
// other, that the dictionary and the nodes of the quads are the same set, that each value leads to its id and back, and
// that the counts are right. Writers go on meanwhile. The error is one of reading; what is wrong is in the report.
// It takes a few seconds per million quads and one bit of memory per id ever given out.
func (s *Store) Check(ctx context.Context) (*Report, error) {
	snap, err := s.Snapshot()
	if err != nil {
		return nil, err
	}
	defer snap.Close()
	return snap.Check(ctx)
}

// Check is Store.Check on a snapshot.
func (s *Snapshot) Check(ctx context.Context) (*Report, error) {
	c := &checker{ctx: ctx, r: s.reader, src: s.snap, rep: &Report{}}
	for _, f := range []func() error{c.meta, c.permutations, c.predicates, c.nodes, c.dictionary} {
		if err := f(); err != nil {
			return c.rep, err
		}
	}
	return c.rep, nil
}

type checker struct {
	ctx    context.Context
	r      *reader
	src    pebble.Reader
	rep    *Report
	counts counts
	used   []uint64 // bit i is set if a quad has id i
	preds  map[uint64]uint64
}

// each calls f with all records whose key is at least lower and below upper.
func (c *checker) each(lower, upper []byte, f func(key, value []byte) error) (err error) {
	it, err := c.src.NewIter(&pebble.IterOptions{LowerBound: lower, UpperBound: upper})
	if err != nil {
		return fmt.Errorf("quads: checking: %w", err)
	}
	defer func() {
		if cerr := it.Close(); cerr != nil && err == nil {
			err = fmt.Errorf("quads: checking: %w", cerr)
		}
	}()
	n := 0
	for it.First(); it.Valid(); it.Next() {
		if n++; n%4096 == 0 && c.ctx.Err() != nil {
			return c.ctx.Err()
		}
		v, err := it.ValueAndErr()
		if err != nil {
			return fmt.Errorf("quads: checking: %w", err)
		}
		if err := f(it.Key(), v); err != nil {
			return err
		}
	}
	return nil
}

func (c *checker) part(part byte, f func(key, value []byte) error) error {
	return c.each([]byte{part}, []byte{part + 1}, f)
}

func (c *checker) meta() error {
	var err error
	if c.counts, err = c.r.counts(); err != nil {
		return err
	}
	c.used = make([]uint64, c.counts.next/64+1)
	c.preds = make(map[uint64]uint64)
	// Nothing may lie outside of the known parts.
	var stray [][2][]byte
	for _, gap := range [][2]byte{{0, partMeta}, {partPredicate + 1, partPerm}, {partPerm + byte(len(perms)), 0xff}} {
		stray = append(stray, [2][]byte{{gap[0]}, {gap[1]}})
	}
	stray = append(stray, [2][]byte{{0xff}, nil})
	for _, g := range stray {
		if err := c.each(g[0], g[1], func(key, _ []byte) error {
			c.rep.add("unknown key %x", key)
			return nil
		}); err != nil {
			return err
		}
	}
	format := false
	if err := c.part(partMeta, func(key, value []byte) error {
		if bytes.Equal(key, metaFormat) {
			format = string(value) == fmt.Sprint(Format)
		} else if !bytes.Equal(key, metaCounts) {
			c.rep.add("unknown key %x", key)
		}
		return nil
	}); err != nil {
		return err
	}
	if !format {
		c.rep.add("the record of the format doesn't say %d", Format)
	}
	return nil
}

// fingerprint of a set of quads: their number, and sums of two mixtures of the ids, which don't depend on the order.
type fingerprint struct{ n, a, b uint64 }

func (f *fingerprint) add(q *ids) {
	h := uint64(0x9e3779b97f4a7c15)
	for _, id := range q {
		h = mix(h ^ id)
	}
	f.n++
	f.a += h
	f.b += mix(h ^ 0xd6e8feb86659fd93)
}

func mix(x uint64) uint64 {
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}

func (c *checker) permutations() error {
	var prints [len(perms)]fingerprint
	labelled := uint64(0)
	for p := range perms {
		if err := c.part(perms[p].part, func(key, value []byte) error {
			var q ids
			if !perms[p].parse(key, &q) || len(value) != 0 {
				c.rep.add("damaged record %x in %s", key, perms[p].name)
				return nil
			}
			prints[p].add(&q)
			if p == 0 {
				c.quad(&q)
				if q[posL] != 0 {
					labelled++
				}
			}
			return nil
		}); err != nil {
			return err
		}
	}
	c.rep.Quads = int64(prints[0].n)
	if prints[0].n != c.counts.quads {
		c.rep.add("the count of quads is %d, there are %d", c.counts.quads, prints[0].n)
	}
	if labelled != c.counts.labelled {
		c.rep.add("the count of quads with a label is %d, there are %d", c.counts.labelled, labelled)
	}
	for p := 1; p < len(perms); p++ {
		if prints[p] != prints[0] {
			if err := c.differ(&perms[0], &perms[p]); err != nil {
				return err
			}
			if err := c.differ(&perms[p], &perms[0]); err != nil {
				return err
			}
		}
	}
	return nil
}

func (c *checker) quad(q *ids) {
	c.preds[q[posP]]++
	for pos, id := range q {
		switch {
		case id == 0 && pos == posL:
		case id == 0 || id >= c.counts.next:
			c.rep.add("quad %v has id %d, the next to be given out is %d", *q, id, c.counts.next)
		default:
			c.used[id/64] |= 1 << (id % 64)
		}
	}
}

// differ names the quads that one permutation has and another has not.
func (c *checker) differ(has, lacks *perm) error {
	var other []byte
	return c.part(has.part, func(key, _ []byte) error {
		var q ids
		if !has.parse(key, &q) {
			return nil
		}
		other = lacks.appendKey(other[:0], &q)
		there, err := get(c.src, other, nil)
		if err == nil && !there {
			c.rep.add("quad %v is in %s but not in %s", q, has.name, lacks.name)
		}
		return err
	})
}

func (c *checker) predicates() error {
	if err := c.part(partPredicate, func(key, value []byte) error {
		id, rest, ok := cutID(key[1:])
		n, err := parseCount(value)
		if !ok || len(rest) != 0 || err != nil {
			c.rep.add("damaged record %x", key)
			return nil
		}
		if c.preds[id] != n {
			c.rep.add("the count of predicate %d is %d, there are %d", id, n, c.preds[id])
		}
		if n == 0 {
			c.rep.add("the record of predicate %d counts no quads", id)
		}
		delete(c.preds, id)
		return nil
	}); err != nil {
		return err
	}
	for id, n := range c.preds {
		c.rep.add("predicate %d has no count, there are %d quads", id, n)
	}
	return nil
}

// nodes compares the ids in the dictionary with those of the quads, and each value with what leads to it.
func (c *checker) nodes() error {
	longs := int64(0)
	var kbuf, lbuf []byte
	if err := c.part(partID, func(key, rec []byte) error {
		id, rest, ok := cutID(key[1:])
		if !ok || len(rest) != 0 || len(rec) == 0 {
			c.rep.add("damaged record %x", key)
			return nil
		}
		c.rep.Nodes++
		if id == 0 || id >= c.counts.next {
			c.rep.add("the dictionary has id %d, the next to be given out is %d", id, c.counts.next)
		} else if c.used[id/64]&(1<<(id%64)) == 0 {
			c.rep.add("id %d is in the dictionary but in no quad", id)
		} else {
			c.used[id/64] &^= 1 << (id % 64)
		}
		value := func(enc []byte) error {
			if _, err := parseValue(enc); err != nil {
				c.rep.add("id %d: %v", id, err)
			}
			kbuf = appendDictKey(kbuf[:0], enc)
			back, err := idOfEncoded(c.src, kbuf)
			switch {
			case errors.Is(err, errDamaged):
				c.rep.add("the value of id %d: %v", id, err)
			case err != nil:
				return err
			case back != id:
				c.rep.add("the value of id %d leads to id %d", id, back)
			}
			return nil
		}
		if rec[0] != inlineMarker {
			return value(rec)
		}
		longs++
		size, k := binary.Uvarint(rec[1:])
		lbuf = idKey(lbuf[:0], partLong, id)
		there, err := get(c.src, lbuf, func(enc []byte) error {
			if k <= 0 || size != uint64(len(enc)) {
				c.rep.add("the value of id %d has %d bytes instead of %d", id, len(enc), size)
			}
			return value(enc)
		})
		if err == nil && !there {
			c.rep.add("the value of id %d is missing", id)
		}
		return err
	}); err != nil {
		return err
	}
	for i, word := range c.used {
		for bit := range 64 {
			if word&(1<<bit) != 0 {
				c.rep.add("id %d is in a quad but not in the dictionary", i*64+bit)
			}
		}
	}
	if err := c.part(partLong, func([]byte, []byte) error {
		longs--
		return nil
	}); err != nil {
		return err
	}
	if longs != 0 {
		c.rep.add("there are %d more records of long values than values", -longs)
	}
	return nil
}

func (c *checker) dictionary() error {
	n := int64(0)
	for _, part := range []byte{partValue, partHash} {
		if err := c.part(part, func(_, _ []byte) error {
			n++
			return nil
		}); err != nil {
			return err
		}
	}
	// Each id's value leads back to it, see nodes; with equal numbers nothing else leads anywhere.
	if n != c.rep.Nodes {
		c.rep.add("%d values lead to an id, there are %d ids", n, c.rep.Nodes)
	}
	if uint64(c.rep.Nodes) != c.counts.nodes {
		c.rep.add("the count of nodes is %d, there are %d", c.counts.nodes, c.rep.Nodes)
	}
	return nil
}
