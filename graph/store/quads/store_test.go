package quads

import (
	"errors"
	"math/rand/v2"
	"os"
	"slices"
	"sort"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/quad"
)

// dump is all quads as sorted text.
func dump(t testing.TB, qs graph.QuadStore) []string {
	t.Helper()
	var out []string
	it := qs.QuadsAllIterator()
	defer it.Close()
	for it.Next(t.Context()) {
		out = append(out, qs.Quad(it.Result()).NQuad())
	}
	if err := it.Err(); err != nil {
		t.Fatal(err)
	}
	sort.Strings(out)
	return out
}

func texts(quads map[quad.Quad]bool) []string {
	var out []string
	for q, there := range quads {
		if there {
			out = append(out, q.NQuad())
		}
	}
	sort.Strings(out)
	return out
}

// mustCheck fails when Check finds anything.
func mustCheck(t testing.TB, s *Store) {
	t.Helper()
	rep, err := s.Check(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if !rep.OK() {
		t.Fatalf("check: %s", strings.Join(rep.Problems, "\n"))
	}
}

func longText(n int) quad.Value {
	return quad.LangString{Value: quad.String(strings.Repeat("أعلنت القوات العراقية ", n)), Lang: "ar"}
}

// newsQuad is a random quad over a small vocabulary with long and short, typed and plain values.
func newsQuad(r *rand.Rand) quad.Quad {
	q := quad.Quad{Subject: quad.IRI("place/" + strconv.Itoa(r.IntN(8))), Predicate: quad.IRI("p" + strconv.Itoa(r.IntN(3)))}
	switch r.IntN(6) {
	case 0:
		q.Object = longText(10 + r.IntN(3))
	case 1:
		q.Object = quad.Int(r.IntN(3))
	case 2:
		q.Object = quad.Float(r.IntN(3))
	case 3:
		q.Object = quad.Time(time.Unix(1469059200, int64(r.IntN(2))).UTC())
	default:
		q.Object = quad.IRI("place/" + strconv.Itoa(r.IntN(8)))
	}
	if r.IntN(2) == 0 {
		q.Label = quad.IRI("article/" + strconv.Itoa(r.IntN(3)))
	}
	return q
}

// TestTransactionsAgainstModel applies random transactions of every kind and compares with a map after each.
func TestTransactionsAgainstModel(t *testing.T) {
	rounds := 150
	if os.Getenv("SILA_LONG") != "" {
		rounds = 5000
	}
	r := rand.New(rand.NewPCG(1, 2))
	dir := t.TempDir()
	open := func() *Store {
		s, err := Open(dir, Options{NoSync: true, SortBytes: 1, TableQuads: []int{1, 5, 1000}[r.IntN(3)]}) // chunks of a thousand quads
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	s := open()
	defer func() { _ = s.Close() }()
	model := make(map[quad.Quad]bool)
	refused, highest := 0, uint64(0)
	for n := range rounds {
		switch k := r.IntN(12); {
		case k < 5: // deltas, strict or not
			next := make(map[quad.Quad]bool)
			for q := range model {
				next[q] = model[q]
			}
			o := graph.IgnoreOpts{IgnoreDup: r.IntN(2) == 0, IgnoreMissing: r.IntN(2) == 0}
			var deltas []graph.Delta
			var want error
			for range 1 + r.IntN(8) {
				d := graph.Delta{Quad: newsQuad(r), Action: graph.Add}
				if r.IntN(3) == 0 {
					d.Action = graph.Delete
				}
				if len(deltas) > 0 && r.IntN(4) == 0 {
					d.Quad = deltas[len(deltas)-1].Quad
				}
				deltas = append(deltas, d)
				if want != nil {
					continue
				}
				there := next[d.Quad]
				switch {
				case d.Action == graph.Add && there && !o.IgnoreDup:
					want = graph.ErrQuadExists
				case d.Action == graph.Delete && !there && !o.IgnoreMissing:
					want = graph.ErrQuadNotExist
				default:
					next[d.Quad] = d.Action == graph.Add
				}
			}
			err := s.ApplyDeltas(deltas, o)
			var de *graph.DeltaError
			if want == nil && err != nil || want != nil && (!errors.As(err, &de) || de.Err != want) {
				t.Fatalf("round %d: %v instead of %v", n, err, want)
			}
			if want == nil {
				model = next
			} else {
				refused++
			}
		case k < 9: // a mixed transaction
			var adds, dels []quad.Quad
			for range r.IntN(20) {
				adds = append(adds, newsQuad(r))
			}
			for range r.IntN(40) {
				dels = append(dels, newsQuad(r))
			}
			if err := s.Apply(t.Context(), adds, dels); err != nil {
				t.Fatal(err)
			}
			for _, q := range dels {
				delete(model, q)
			}
			for _, q := range adds {
				model[q] = true
			}
		case k < 11: // a bulk load, also one that is sorted in several chunks or given up
			b, err := s.Bulk(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			size := r.IntN(50)
			if r.IntN(10) == 0 {
				size = 3500
			}
			keep := r.IntN(4) > 0
			for range size {
				q := newsQuad(r)
				if err := b.Add(q); err != nil {
					t.Fatal(err)
				}
				if keep {
					model[q] = true
				}
			}
			if keep {
				if err := b.Commit(); err != nil {
					t.Fatal(err)
				}
			}
			b.Abort()
		default: // everything goes, or the store is opened anew
			if r.IntN(3) == 0 {
				var all []quad.Quad
				for q := range model {
					all = append(all, q)
				}
				if err := s.Apply(t.Context(), nil, all); err != nil {
					t.Fatal(err)
				}
				clear(model)
				if st, _ := s.Stats(t.Context(), true); st.Nodes.Size != 0 || st.Quads.Size != 0 {
					t.Fatalf("an empty store has %+v", st)
				}
			}
			if err := s.Close(); err != nil {
				t.Fatal(err)
			}
			s = open()
		}
		if got, want := dump(t, s), texts(model); !slices.Equal(got, want) {
			t.Fatalf("round %d: %d quads instead of %d", n, len(got), len(want))
		}
		if s.now.next < highest {
			t.Fatalf("round %d: ids go back from %d to %d", n, highest, s.now.next)
		}
		highest = s.now.next
		mustCheck(t, s)
	}
	if refused == 0 {
		t.Error("no transaction was refused")
	}
}

func TestSnapshotStaysAsItWas(t *testing.T) {
	s := testStore(t, Options{NoSync: true})
	r := rand.New(rand.NewPCG(7, 8))
	some := func(n int) (out []quad.Quad) {
		for range n {
			out = append(out, newsQuad(r))
		}
		return out
	}
	first := some(100)
	if err := s.Apply(t.Context(), first, nil); err != nil {
		t.Fatal(err)
	}
	snap, err := s.Snapshot()
	if err != nil {
		t.Fatal(err)
	}
	before := dump(t, snap)
	if err := s.Apply(t.Context(), some(100), first); err != nil {
		t.Fatal(err)
	}
	b, err := s.Bulk(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if err := b.Add(some(100)...); err != nil {
		t.Fatal(err)
	}
	if err := b.Commit(); err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(dump(t, snap), before) {
		t.Error("the snapshot changed")
	}
	if rep, err := snap.Check(t.Context()); err != nil || !rep.OK() {
		t.Errorf("check of the snapshot: %v %v", err, rep)
	}
	if err := snap.ApplyDeltas(nil, graph.IgnoreOpts{}); !errors.Is(err, ErrReadOnly) {
		t.Errorf("writing to a snapshot: %v", err)
	}
	it := snap.QuadsAllIterator()
	it.Next(t.Context())
	if err := snap.Close(); err != nil {
		t.Fatal(err)
	}
	for it.Next(t.Context()) {
	}
	if err := it.Err(); !errors.Is(err, errClosed) {
		t.Errorf("reading from a closed snapshot: %v", err)
	}
	_ = it.Close()
}
