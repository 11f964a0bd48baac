package quads

// lookupKey finds the id under a dictionary key, 0 for none, and returns the key as a string. The writer calls it.
func (s *Store) lookupKey(key []byte) (uint64, string, error) {
	if id, ok := s.byValue[string(key)]; ok {
		return id, string(key), nil
	}
	k := string(key)
	id, err := idOfEncoded(s.db, key)
	if err == nil && id != 0 {
		s.remember(k, id)
	}
	return id, k, err
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
func (t *tx) dead(gone map[ids]struct{}) ([]txNode, error) {
	if len(gone) == 0 {
		return nil, nil
	}
	var dead []txNode
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
				dead = append(dead, t.nodes[r])
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
