package quads

import (
	"cmp"
	"context"
	"encoding/binary"
	"errors"
	"slices"
)

// changed is what a transaction writes: six keys per quad, the dictionary's records of values that are new or no longer
// used, and the counts.
type changed struct {
	quads []ids            // that come and that go
	gone  map[ids]struct{} // those of them that go
	fresh []int32          // new values, in the order of their ids
	dead  []int32          // values without a quad, in the order of their ids
	preds []predCount      // in the order of their ids
	now   counts
}

type predCount struct{ id, n uint64 }

// commit writes the difference between before and now.
func (t *tx) commit(ctx context.Context) error {
	c, err := t.changed()
	if err != nil || len(c.quads) == 0 {
		return err
	}
	if len(c.quads) >= t.s.opts.TableQuads {
		err = t.writeTables(ctx, c)
	} else {
		err = t.writeBatch(c)
	}
	if err != nil {
		return err
	}
	s := t.s
	s.now = c.now
	for _, p := range c.preds {
		s.byPred[p.id] = p.n
	}
	for _, r := range c.dead {
		delete(s.byValue, t.nodes[r].key)
	}
	return nil
}

func (t *tx) changed() (*changed, error) {
	s := t.s
	c := &changed{now: s.now, gone: make(map[ids]struct{})}
	preds := make(map[uint64]int64)
	count := func(q *ids, n int64) {
		c.quads = append(c.quads, *q)
		c.now.quads += uint64(n)
		if q[posL] != 0 {
			c.now.labelled += uint64(n)
		}
		preds[q[posP]] += n
	}
	// New values get their ids in the order in which the transaction names them.
	for i := range t.quads {
		tq := &t.quads[i]
		if tq.before || !tq.now {
			continue
		}
		for _, r := range tq.refs {
			if r < 0 {
				continue
			}
			n := &t.nodes[r]
			n.used = true
			if n.id != 0 {
				continue
			}
			if c.now.next >= maxID {
				return nil, errors.New("quads: no ids left")
			}
			n.id = c.now.next
			c.now.next++
			c.now.nodes++
			c.fresh = append(c.fresh, r)
		}
		q, _ := t.ids(tq.refs)
		count(&q, 1)
	}
	for i := range t.quads {
		if tq := &t.quads[i]; tq.before && !tq.now {
			q, _ := t.ids(tq.refs)
			c.gone[q] = struct{}{}
			count(&q, -1)
		}
	}
	var err error
	if c.dead, err = t.dead(c.gone); err != nil {
		return nil, err
	}
	c.now.nodes -= uint64(len(c.dead))
	slices.SortFunc(c.dead, func(a, b int32) int { return cmp.Compare(t.nodes[a].id, t.nodes[b].id) })
	for id, n := range preds {
		was, err := s.predicate(id)
		if err != nil {
			return nil, err
		}
		c.preds = append(c.preds, predCount{id, was + uint64(n)})
	}
	slices.SortFunc(c.preds, func(a, b predCount) int { return cmp.Compare(a.id, b.id) })
	return c, nil
}

// encoded is the encoded value of a node.
func (n *txNode) encoded() []byte {
	if n.enc != "" {
		return []byte(n.enc)
	}
	return []byte(n.key[1:])
}

// writeBatch writes a change through the log.
func (t *tx) writeBatch(c *changed) error {
	s := t.s
	b := s.db.NewBatch()
	var key, rec []byte
	for _, r := range c.fresh {
		n := &t.nodes[r]
		rec = appendID(rec[:0], n.id)
		_ = b.Set([]byte(n.key), rec, nil)
		enc := n.encoded()
		var apart bool
		rec, apart = appendIDRecord(rec[:0], enc)
		key = idKey(key[:0], partID, n.id)
		_ = b.Set(key, rec, nil)
		if apart {
			key = idKey(key[:0], partLong, n.id)
			_ = b.Set(key, enc, nil)
		}
	}
	for _, r := range c.dead {
		n := &t.nodes[r]
		_ = b.Delete([]byte(n.key), nil)
		key = idKey(key[:0], partID, n.id)
		_ = b.Delete(key, nil)
		if n.key[0] == partHash {
			key = idKey(key[:0], partLong, n.id)
			_ = b.Delete(key, nil)
		}
	}
	for i := range c.quads {
		q := &c.quads[i]
		_, goes := c.gone[*q]
		for p := range perms {
			key = perms[p].appendKey(key[:0], q)
			if goes {
				_ = b.Delete(key, nil)
			} else {
				_ = b.Set(key, nil, nil)
			}
		}
	}
	for _, p := range c.preds {
		key = idKey(key[:0], partPredicate, p.id)
		if p.n == 0 {
			_ = b.Delete(key, nil)
		} else {
			_ = b.Set(key, binary.BigEndian.AppendUint64(rec[:0], p.n), nil)
		}
	}
	_ = b.Set(metaCounts, c.now.append(rec[:0]), nil)
	return s.commit(b, s.sync)
}
