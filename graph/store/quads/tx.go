package quads

import (
	"context"
	"errors"
	"fmt"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/quad"
)

// ErrInvalidQuad is wrapped by the error for a quad without subject, predicate or object.
var ErrInvalidQuad = errors.New("quads: a quad needs a subject, a predicate and an object")

// Apply deletes dels and adds adds in one atomic step; a quad in both is there afterwards. Quads that are there already
// and quads that are missing are passed over. Readers see all of it or nothing; after an error nothing of it happened
// (but see ErrFailed). The cost depends on the two lists only: some look-ups per distinct value and per quad. Long lists
// (Options.TableQuads) become sorted tables, which are taken in at once, short ones go through the log.
// Apply waits for other writers, at most as long as ctx allows.
func (s *Store) Apply(ctx context.Context, adds, dels []quad.Quad) error {
	if err := s.lockWriter(ctx); err != nil {
		return err
	}
	defer s.unlockWriter()
	t := newTx(s, len(adds)+len(dels))
	out, err := t.stageAll(dels)
	if err != nil {
		return err
	}
	in, err := t.stageAll(adds)
	if err != nil {
		return err
	}
	if err := t.look(ctx); err != nil {
		return err
	}
	for _, i := range out {
		t.quads[i].now = false
	}
	for _, i := range in {
		t.quads[i].now = true
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	return t.commit(ctx)
}

// ApplyDeltas implements graph.QuadStore. The deltas take effect in their order, all or none. Without IgnoreDup, adding
// a quad that is there at that point is an error, without IgnoreMissing, deleting one that is not.
func (s *Store) ApplyDeltas(in []graph.Delta, o graph.IgnoreOpts) error {
	ctx := context.Background()
	if err := s.lockWriter(ctx); err != nil {
		return err
	}
	defer s.unlockWriter()
	t := newTx(s, len(in))
	at := make([]int32, len(in))
	for i := range in {
		var err error
		if at[i], err = t.stage(&in[i].Quad); err != nil {
			return &graph.DeltaError{Delta: in[i], Err: err}
		}
	}
	if err := t.look(ctx); err != nil {
		return err
	}
	for i := range in {
		d, tq := &in[i], &t.quads[at[i]]
		var err error
		switch d.Action {
		case graph.Add:
			if tq.now && !o.IgnoreDup {
				err = graph.ErrQuadExists
			}
			tq.now = true
		case graph.Delete:
			if !tq.now && !o.IgnoreMissing {
				err = graph.ErrQuadNotExist
			}
			tq.now = false
		default:
			err = graph.ErrInvalidAction
		}
		if err != nil {
			return &graph.DeltaError{Delta: *d, Err: err}
		}
	}
	return t.commit(ctx)
}

// tx works out what a transaction changes, in memory, and then writes exactly that: quads are staged, looked up all
// together, marked, and committed.
type tx struct {
	s      *Store
	nodes  []txNode
	byKey  map[string]int32 // dictionary key → index in nodes
	quads  []txQuad
	byRefs map[[4]int32]int32
	last   [4]lastRef
	enc    []byte
	key    []byte
}

type txNode struct {
	id   uint64 // 0 for a value that the store doesn't have
	key  string // dictionary key
	enc  string // encoded value where it isn't in the key
	used bool   // a quad that is added has it
}

type txQuad struct {
	refs        [4]int32 // indices in nodes, -1 for no label
	before, now bool
}

type lastRef struct {
	v   quad.Value
	ref int32
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

// node finds a value's index in t.nodes, -1 for nil.
func (t *tx) node(v quad.Value) (int32, error) {
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
	n := txNode{key: string(t.key)}
	if len(t.enc) > maxInline {
		n.enc = string(t.enc)
	}
	i := int32(len(t.nodes))
	t.nodes = append(t.nodes, n)
	t.byKey[n.key] = i
	return i, nil
}

// stage takes a quad up and returns its index in t.quads.
func (t *tx) stage(q *quad.Quad) (int32, error) {
	if q.Subject == nil || q.Predicate == nil || q.Object == nil {
		return 0, fmt.Errorf("%w: %v", ErrInvalidQuad, *q)
	}
	var refs [4]int32
	for pos, v := range [4]quad.Value{q.Subject, q.Predicate, q.Object, q.Label} {
		l := &t.last[pos]
		if l.v == nil || l.v != v {
			ref, err := t.node(v)
			if err != nil {
				return 0, err
			}
			l.v, l.ref = v, ref
		}
		refs[pos] = l.ref
	}
	if i, ok := t.byRefs[refs]; ok {
		return i, nil
	}
	i := int32(len(t.quads))
	t.quads = append(t.quads, txQuad{refs: refs})
	t.byRefs[refs] = i
	return i, nil
}

func (t *tx) stageAll(quads []quad.Quad) ([]int32, error) {
	at := make([]int32, len(quads))
	for i := range quads {
		var err error
		if at[i], err = t.stage(&quads[i]); err != nil {
			return nil, err
		}
	}
	return at, nil
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
