package quads

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"slices"
	"strings"
)

// writeTables writes a change as sorted tables, deletions among them, and takes these in at once. Where what is new
// has the higher ids, a permutation's table is cut between old and new: the part with the new ids meets nothing in the
// store, so that Pebble puts it at the bottom and never has to merge it.
func (t *tx) writeTables(ctx context.Context, c *changed) error {
	s := t.s
	if err := s.fs.MkdirAll(s.tempDir(), 0o755); err != nil {
		return fmt.Errorf("quads: beginning a large transaction: %w", err)
	}
	defer func() { _ = s.fs.RemoveAll(s.tempDir()) }()
	w := s.newTableSet()
	w.run("value", func(w *tableWriter) error { return t.dictTable(w, c) })
	w.run("id", func(w *tableWriter) error { return t.valueTable(w, c) })
	w.run("long", func(w *tableWriter) error { return t.longTable(w, c) })
	w.run("counts", func(w *tableWriter) error { return countTable(w, c) })
	var buf sortBuffer
	err := buf.eachPerm(c.quads, func(p int, sorted []ids) error {
		if err := ctx.Err(); err != nil {
			return err
		}
		sorted = slices.Clone(sorted) // sorting goes on while the table is written
		w.run(perms[p].name, func(w *tableWriter) error { return permTable(w, &perms[p], sorted, c.gone, s.now.next) })
		return nil
	})
	paths, werr := w.wait()
	if err := errors.Join(err, werr, ctx.Err()); err != nil {
		return err
	}
	// From here on the context no longer counts: Pebble would be left half way.
	if err := s.write(func() error { return s.db.Ingest(context.WithoutCancel(ctx), paths) }); err != nil {
		return fmt.Errorf("quads: taking in a large transaction: %w", err)
	}
	return nil
}

// permTable writes one permutation, in two tables where the first ids reach from below next to above.
func permTable(w *tableWriter, p *perm, sorted []ids, gone map[ids]struct{}, next uint64) error {
	var key []byte
	for i := range sorted {
		q := &sorted[i]
		if first := p.order[0]; i > 0 && q[first] >= next && sorted[i-1][first] < next {
			if err := w.close(); err != nil {
				return err
			}
		}
		key = p.appendKey(key[:0], q)
		put := w.set
		if _, goes := gone[*q]; goes {
			put = w.del
		}
		if err := put(key, nil); err != nil {
			return err
		}
	}
	return nil
}

// dictTable writes values to ids.
func (t *tx) dictTable(w *tableWriter, c *changed) error {
	order := slices.Concat(c.fresh, c.dead)
	slices.SortFunc(order, func(a, b int32) int { return strings.Compare(t.nodes[a].key, t.nodes[b].key) })
	var key, rec []byte
	for _, r := range order {
		n := &t.nodes[r]
		key = append(key[:0], n.key...)
		rec = appendID(rec[:0], n.id)
		put := w.set
		if n.id < t.s.now.next {
			put, rec = w.del, rec[:0]
		}
		if err := put(key, rec); err != nil {
			return err
		}
	}
	return nil
}

// valueTable writes ids to values, those that go first: their ids are lower.
func (t *tx) valueTable(w *tableWriter, c *changed) error {
	var key, rec []byte
	for _, r := range c.dead {
		key = idKey(key[:0], partID, t.nodes[r].id)
		if err := w.del(key, nil); err != nil {
			return err
		}
	}
	if err := w.close(); err != nil {
		return err
	}
	for _, r := range c.fresh {
		n := &t.nodes[r]
		key = idKey(key[:0], partID, n.id)
		rec, _ = appendIDRecord(rec[:0], n.encoded())
		if err := w.set(key, rec); err != nil {
			return err
		}
	}
	return nil
}

// longTable writes ids to the values that are kept apart.
func (t *tx) longTable(w *tableWriter, c *changed) error {
	var key []byte
	for _, r := range c.dead {
		if n := &t.nodes[r]; n.key[0] == partHash {
			key = idKey(key[:0], partLong, n.id)
			if err := w.del(key, nil); err != nil {
				return err
			}
		}
	}
	if err := w.close(); err != nil {
		return err
	}
	for _, r := range c.fresh {
		if n := &t.nodes[r]; n.key[0] == partHash {
			key = idKey(key[:0], partLong, n.id)
			if err := w.set(key, n.encoded()); err != nil {
				return err
			}
		}
	}
	return nil
}

func countTable(w *tableWriter, c *changed) error {
	var key, rec []byte
	if err := w.set(metaCounts, c.now.append(nil)); err != nil {
		return err
	}
	if err := w.close(); err != nil { // the dictionary's tables lie between the two
		return err
	}
	for _, p := range c.preds {
		key = idKey(key[:0], partPredicate, p.id)
		put := w.set
		if rec = binary.BigEndian.AppendUint64(rec[:0], p.n); p.n == 0 {
			put, rec = w.del, rec[:0]
		}
		if err := put(key, rec); err != nil {
			return err
		}
	}
	return nil
}
