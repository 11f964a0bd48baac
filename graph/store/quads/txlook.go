package quads

import (
	"context"
	"slices"
	"strings"
)

// look finds the ids of all values staged and which of the quads are there. It asks in the order of the keys, so that
// each block of a table is met once, however long the transaction and however small the cache.
func (t *tx) look(ctx context.Context) error {
	s := t.s
	order := make([]int32, 0, len(t.nodes))
	for i := range t.nodes {
		if id, ok := s.byValue[t.nodes[i].key]; ok {
			t.nodes[i].id = id
		} else {
			order = append(order, int32(i))
		}
	}
	slices.SortFunc(order, func(a, b int32) int { return strings.Compare(t.nodes[a].key, t.nodes[b].key) })
	for k, i := range order {
		if k%4096 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		n := &t.nodes[i]
		t.key = append(t.key[:0], n.key...)
		var err error
		if n.id, err = idOfEncoded(s.db, t.key); err != nil {
			return err
		}
		if n.id != 0 {
			s.remember(n.key, n.id)
		}
	}

	type known struct {
		ids ids
		at  int32
	}
	var all []known
	for i := range t.quads {
		if q, ok := t.ids(t.quads[i].refs); ok {
			all = append(all, known{q, int32(i)})
		}
	}
	slices.SortFunc(all, func(a, b known) int { return slices.Compare(a.ids[:], b.ids[:]) })
	for k := range all {
		if k%4096 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		t.key = perms[0].appendKey(t.key[:0], &all[k].ids)
		there, err := get(s.db, t.key, nil)
		if err != nil {
			return err
		}
		tq := &t.quads[all[k].at]
		tq.before, tq.now = there, there
	}
	return nil
}

// remember keeps the id of a value for later transactions.
func (s *Store) remember(key string, id uint64) {
	const most = 100_000
	if len(s.byValue) >= most {
		clear(s.byValue)
	}
	s.byValue[key] = id
}

// predicate is the count of a predicate. The writer calls it.
func (s *Store) predicate(id uint64) (uint64, error) {
	if n, ok := s.byPred[id]; ok {
		return n, nil
	}
	if id >= s.now.next {
		return 0, nil
	}
	n, err := s.predicateCount(id)
	if err == nil {
		if len(s.byPred) > 100_000 {
			clear(s.byPred)
		}
		s.byPred[id] = n
	}
	return n, err
}

// dead lists the nodes that no quad has once those in gone are deleted and the transaction's additions are made.
func (t *tx) dead(gone map[ids]struct{}) ([]int32, error) {
	if len(gone) == 0 {
		return nil, nil
	}
	var dead []int32
	seen := make(map[int32]struct{})
	c := t.s.cursor()
	defer c.release()
	for i := range t.quads {
		tq := &t.quads[i]
		if !tq.before || tq.now {
			continue
		}
		for _, r := range tq.refs {
			if r < 0 || t.nodes[r].used {
				continue
			}
			if _, ok := seen[r]; ok {
				continue
			}
			seen[r] = struct{}{}
			alive, err := lives(c, t.nodes[r].id, gone)
			if err != nil {
				return nil, err
			}
			if !alive {
				dead = append(dead, r)
			}
		}
	}
	return dead, nil
}

// lives says whether a quad that isn't in gone has the node.
func lives(c *cursor, id uint64, gone map[ids]struct{}) (bool, error) {
	for _, pos := range [4]int{posO, posS, posL, posP} {
		var q ids
		q[pos] = id
		c.reset(permFor(1<<pos), &q, 1)
		for k := c.next(); k != nil; k = c.next() {
			if _, ok := gone[*k]; !ok {
				return true, nil
			}
		}
		if c.err != nil {
			return false, c.err
		}
	}
	return false, nil
}
