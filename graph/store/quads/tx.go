package quads

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/quad"
)

// ErrInvalidQuad is wrapped by the error for a quad without subject, predicate or object.
var ErrInvalidQuad = errors.New("quads: a quad needs a subject, a predicate and an object")

// Apply deletes dels and adds adds in one atomic step; a quad in both is there afterwards. Quads that are there already
// and quads that are missing are passed over. Readers see all of it or nothing; after an error nothing of it happened
// (but see ErrFailed). The cost depends on the two lists only: some look-ups per distinct value and per quad.
// Apply waits for other writers, at most as long as ctx allows.
func (s *Store) Apply(ctx context.Context, adds, dels []quad.Quad) error {
	if err := s.lockWriter(ctx); err != nil {
		return err
	}
	defer s.unlockWriter()
	t := newTx(s, len(adds)+len(dels))
	for i := range dels {
		if _, err := t.del(&dels[i]); err != nil {
			return err
		}
	}
	for i := range adds {
		if _, err := t.add(&adds[i]); err != nil {
			return err
		}
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	return t.commit()
}

// ApplyDeltas implements graph.QuadStore. The deltas take effect in their order, all or none. Without IgnoreDup, adding
// a quad that is there at that point is an error, without IgnoreMissing, deleting one that is not.
func (s *Store) ApplyDeltas(in []graph.Delta, o graph.IgnoreOpts) error {
	if err := s.lockWriter(context.Background()); err != nil {
		return err
	}
	defer s.unlockWriter()
	t := newTx(s, len(in))
	for i := range in {
		d := &in[i]
		var changed bool
		var err error
		switch d.Action {
		case graph.Add:
			if changed, err = t.add(&d.Quad); err == nil && !changed && !o.IgnoreDup {
				err = graph.ErrQuadExists
			}
		case graph.Delete:
			if changed, err = t.del(&d.Quad); err == nil && !changed && !o.IgnoreMissing {
				err = graph.ErrQuadNotExist
			}
		default:
			err = graph.ErrInvalidAction
		}
		if err != nil {
			return &graph.DeltaError{Delta: *d, Err: err}
		}
	}
	return t.commit()
}

// tx works out what a transaction changes, in memory, and then writes exactly that.
type tx struct {
	s      *Store
	nodes  []txNode
	byKey  map[string]int32 // dictionary key → index in nodes
	quads  []txQuad
	byRefs map[[4]int32]int32
	enc    []byte
	key    []byte
}

type txNode struct {
	id   uint64 // 0 for a value that the store doesn't have
	key  string // dictionary key
	enc  string // encoded value, of new nodes only when it isn't in the key
	used bool   // a quad that is added has it
}

type txQuad struct {
	refs        [4]int32 // indices in nodes, -1 for no label
	before, now bool
}

func newTx(s *Store, n int) *tx {
	return &tx{
		s:      s,
		byKey:  make(map[string]int32, n),
		byRefs: make(map[[4]int32]int32, n),
		quads:  make([]txQuad, 0, n),
		nodes:  make([]txNode, 0, n),
	}
}

// resolve finds a value's index in t.nodes, -1 for nil.
func (t *tx) resolve(v quad.Value) (int32, error) {
	if v == nil {
		return -1, nil
	}
	var err error
	if t.enc, err = appendValue(t.enc[:0], v); err != nil {
		return 0, err
	}
	t.key = appendDictKey(t.key[:0], t.enc)
	if i, ok := t.byKey[string(t.key)]; ok {
		return i, nil
	}
	n := txNode{}
	if n.id, n.key, err = t.s.lookupKey(t.key); err != nil {
		return 0, err
	}
	if n.id == 0 && len(t.enc) > maxInline {
		n.enc = string(t.enc)
	}
	i := int32(len(t.nodes))
	t.nodes = append(t.nodes, n)
	t.byKey[n.key] = i
	return i, nil
}

// quad finds the state of a quad in this transaction.
func (t *tx) quad(q *quad.Quad) (*txQuad, error) {
	if q.Subject == nil || q.Predicate == nil || q.Object == nil {
		return nil, fmt.Errorf("%w: %v", ErrInvalidQuad, *q)
	}
	var refs [4]int32
	for pos, v := range [4]quad.Value{q.Subject, q.Predicate, q.Object, q.Label} {
		var err error
		if refs[pos], err = t.resolve(v); err != nil {
			return nil, err
		}
	}
	if i, ok := t.byRefs[refs]; ok {
		return &t.quads[i], nil
	}
	tq := txQuad{refs: refs}
	id, known := t.ids(refs)
	if known {
		t.key = perms[0].appendKey(t.key[:0], &id)
		var err error
		if tq.before, err = get(t.s.db, t.key, nil); err != nil {
			return nil, err
		}
	}
	tq.now = tq.before
	t.byRefs[refs] = int32(len(t.quads))
	t.quads = append(t.quads, tq)
	return &t.quads[len(t.quads)-1], nil
}

// ids are the ids of a quad; known is false if one of its values has none yet.
func (t *tx) ids(refs [4]int32) (q ids, known bool) {
	for pos, r := range refs {
		if r >= 0 {
			if q[pos] = t.nodes[r].id; q[pos] == 0 {
				return q, false
			}
		}
	}
	return q, true
}

func (t *tx) add(q *quad.Quad) (changed bool, err error) {
	tq, err := t.quad(q)
	if err != nil {
		return false, err
	}
	changed, tq.now = !tq.now, true
	return changed, nil
}

func (t *tx) del(q *quad.Quad) (changed bool, err error) {
	tq, err := t.quad(q)
	if err != nil {
		return false, err
	}
	changed, tq.now = tq.now, false
	return changed, nil
}

// commit writes the difference between before and now: six keys per quad, the dictionary's records of values that
// are new or no longer used, and the counts.
func (t *tx) commit() error {
	s := t.s
	now := s.now
	b := s.db.NewBatch()
	handed := false
	defer func() {
		if !handed {
			_ = b.Close()
		}
	}()
	preds := make(map[uint64]int64)
	gone := make(map[ids]struct{})
	var key, rec []byte

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
			if now.next >= maxID {
				return errors.New("quads: no ids left")
			}
			n.id = now.next
			now.next++
			now.nodes++
			rec = appendID(rec[:0], n.id)
			_ = b.Set([]byte(n.key), rec, nil)
			enc := n.enc
			if enc == "" {
				enc = n.key[1:]
			}
			var apart bool
			rec, apart = appendIDRecord(rec[:0], []byte(enc))
			key = idKey(key[:0], partID, n.id)
			_ = b.Set(key, rec, nil)
			if apart {
				key = idKey(key[:0], partLong, n.id)
				_ = b.Set(key, []byte(enc), nil)
			}
		}
		q, _ := t.ids(tq.refs)
		for p := range perms {
			key = perms[p].appendKey(key[:0], &q)
			_ = b.Set(key, nil, nil)
		}
		now.quads++
		if q[posL] != 0 {
			now.labelled++
		}
		preds[q[posP]]++
	}
	for i := range t.quads {
		tq := &t.quads[i]
		if !tq.before || tq.now {
			continue
		}
		q, _ := t.ids(tq.refs)
		gone[q] = struct{}{}
		for p := range perms {
			key = perms[p].appendKey(key[:0], &q)
			_ = b.Delete(key, nil)
		}
		now.quads--
		if q[posL] != 0 {
			now.labelled--
		}
		preds[q[posP]]--
	}
	if b.Empty() {
		return nil
	}
	dead, err := t.dead(gone)
	if err != nil {
		return err
	}
	for _, n := range dead {
		now.nodes--
		_ = b.Delete([]byte(n.key), nil)
		key = idKey(key[:0], partID, n.id)
		_ = b.Delete(key, nil)
		if n.key[0] == partHash {
			key = idKey(key[:0], partLong, n.id)
			_ = b.Delete(key, nil)
		}
	}
	after := make(map[uint64]uint64, len(preds))
	for id, change := range preds {
		n, err := s.predicate(id)
		if err != nil {
			return err
		}
		n += uint64(change)
		after[id] = n
		key = idKey(key[:0], partPredicate, id)
		if n == 0 {
			_ = b.Delete(key, nil)
		} else {
			_ = b.Set(key, binary.BigEndian.AppendUint64(rec[:0], n), nil)
		}
	}
	_ = b.Set(metaCounts, now.append(rec[:0]), nil)
	handed = true
	if err := s.commit(b, s.sync); err != nil {
		return err
	}
	s.now = now
	for id, n := range after {
		s.byPred[id] = n
	}
	for _, n := range dead {
		delete(s.byValue, n.key)
	}
	return nil
}
