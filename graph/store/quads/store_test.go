package quads

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"sort"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/quad"
	"github.com/cockroachdb/pebble/v2"
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
		s, err := Open(dir, Options{NoSync: true, SortBytes: 1}) // chunks of a thousand quads
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

func TestValues(t *testing.T) {
	now := time.Now()
	values := []quad.Value{
		quad.IRI("place/الموصل"), quad.String("place/الموصل"), quad.BNode("place/الموصل"), quad.IRI(""), quad.String(""),
		quad.LangString{Value: "كيري", Lang: "ar"}, quad.LangString{Value: "كيري", Lang: "en"}, quad.LangString{Value: "rكيري", Lang: "a"},
		quad.TypedString{Value: "2016-07", Type: "xsd:gYearMonth"}, quad.TypedString{Value: "2016-07"},
		quad.Int(0), quad.Int(-1), quad.Int(math.MaxInt64), quad.Int(math.MinInt64), quad.Float(0), quad.Float(1), quad.Float(math.Inf(-1)),
		quad.Bool(true), quad.Bool(false), quad.Time(now.UTC()), quad.Time(now.Add(1).UTC()), quad.Time(time.Date(-50, 1, 1, 0, 0, 0, 0, time.UTC)),
		longText(7), longText(1000), quad.String(strings.Repeat("a", maxInline-1)), quad.String(strings.Repeat("a", maxInline)),
	}
	s := testStore(t, Options{})
	var quads []quad.Quad
	for i, v := range values {
		quads = append(quads, quad.Quad{Subject: quad.IRI("s" + strconv.Itoa(i)), Predicate: quad.IRI("p"), Object: v})
	}
	if err := s.Apply(t.Context(), quads, nil); err != nil {
		t.Fatal(err)
	}
	seen := make(map[graph.Ref]quad.Value)
	for _, v := range values {
		ref := s.ValueOf(v)
		if ref == nil {
			t.Fatalf("%v is not found", v)
		}
		if other := seen[ref]; other != nil {
			t.Errorf("%#v and %#v are the same", v, other)
		}
		seen[ref] = v
		if got := s.NameOf(ref); got != v {
			if eq, ok := v.(quad.Equaler); !ok || !eq.Equal(got) {
				t.Errorf("%#v came back as %#v", v, got)
			}
		}
	}
	mustCheck(t, s)
	if err := s.Apply(t.Context(), []quad.Quad{{Subject: quad.IRI("s"), Predicate: quad.IRI("p")}}, nil); !errors.Is(err, ErrInvalidQuad) {
		t.Errorf("a quad without object: %v", err)
	}
}

func FuzzValue(f *testing.F) {
	for _, v := range []quad.Value{quad.IRI("x"), quad.LangString{Value: "خبر", Lang: "ar"}, quad.TypedString{Value: "1", Type: "t"}, quad.Int(5), quad.Bool(true)} {
		enc, _ := appendValue(nil, v)
		f.Add(enc)
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		v, err := parseValue(b)
		if err != nil {
			return
		}
		enc, err := appendValue(nil, v)
		if err != nil {
			t.Fatal(err)
		}
		again, err := parseValue(enc)
		if f, ok := v.(quad.Float); ok && math.IsNaN(float64(f)) {
			return
		}
		if err != nil || again != v {
			t.Fatalf("%#v became %#v (%v)", v, again, err)
		}
	})
}

func TestIDsKeepTheirOrder(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	list := []uint64{0, 1, 127, 128, 1<<14 - 1, 1 << 14, 1<<21 - 1, 1 << 21, 1<<28 - 1, 1 << 28, 1<<35 - 1, 1 << 35, 1<<56 - 1, 1 << 56, maxID}
	for range 2000 {
		list = append(list, r.Uint64()>>(1+r.IntN(63)))
	}
	slices.Sort(list)
	var last []byte
	for i, id := range list {
		b := appendID(nil, id)
		if i > 0 && list[i-1] != id && bytes.Compare(last, b) >= 0 {
			t.Fatalf("%d (%x) comes before %d (%x)", list[i-1], last, id, b)
		}
		got, rest, ok := cutID(append(slices.Clone(b), 7))
		if !ok || got != id || len(rest) != 1 {
			t.Fatalf("%d came back as %d (%v)", id, got, ok)
		}
		last = b
	}
	for m := range permByMask {
		if permByMask[m] < 0 {
			t.Errorf("no permutation begins with %04b", m)
		}
	}
}

func TestSortsEveryPermutation(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	for range 20 {
		quads := make([]ids, r.IntN(500))
		most := uint64(1) << r.IntN(40)
		for i := range quads {
			for pos := range quads[i] {
				quads[i][pos] = r.Uint64() % (most + 1)
			}
		}
		want := slices.Clone(quads)
		var b sortBuffer
		done := 0
		if err := b.eachPerm(quads, func(p int, got []ids) error {
			done |= 1 << p
			slices.SortFunc(want, func(a, b ids) int {
				return bytes.Compare(perms[p].appendKey(nil, &a), perms[p].appendKey(nil, &b))
			})
			if !slices.Equal(got, want) {
				return fmt.Errorf("%s isn't sorted", perms[p].name)
			}
			return nil
		}); err != nil {
			t.Fatal(err)
		}
		if done != 1<<len(perms)-1 {
			t.Fatalf("permutations %06b", done)
		}
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

func TestOpening(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "sila.db")
	if _, err := Open(dir, Options{MustExist: true}); !errors.Is(err, graph.ErrNotInitialized) {
		t.Errorf("opening what isn't there: %v", err)
	}
	if err := graph.InitQuadStore(Type, dir, nil); err != nil {
		t.Fatal(err)
	}
	if err := graph.InitQuadStore(Type, dir, nil); !errors.Is(err, graph.ErrDatabaseExists) {
		t.Errorf("creating what is there: %v", err)
	}
	qs, err := graph.NewQuadStore(Type, dir, nil)
	if err != nil {
		t.Fatal(err)
	}
	s := qs.(*Store)
	if err := s.db.Set(metaFormat, []byte("99"), pebble.Sync); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Errorf("closing twice: %v", err)
	}
	if err := s.Apply(t.Context(), nil, nil); !errors.Is(err, errClosed) {
		t.Errorf("writing to a closed store: %v", err)
	}
	var ve *VersionError
	if _, err := Open(dir, Options{}); !errors.As(err, &ve) || ve.Found != "99" {
		t.Errorf("another format: %v", err)
	}

	other := filepath.Join(t.TempDir(), "other")
	db, err := pebble.Open(other, &pebble.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(db.Set([]byte("x"), nil, pebble.Sync), db.Close()); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(other, Options{}); !errors.As(err, &ve) || ve.Found != "" {
		t.Errorf("a database of someone else's: %v", err)
	}
}

func TestBackupAndRestore(t *testing.T) {
	s := testStore(t, Options{})
	r := rand.New(rand.NewPCG(9, 10))
	for range 5 {
		var quads []quad.Quad
		for range 50 {
			quads = append(quads, newsQuad(r))
		}
		if err := s.Apply(t.Context(), quads, nil); err != nil {
			t.Fatal(err)
		}
	}
	want := dump(t, s)
	dir := t.TempDir()
	backup, restored := filepath.Join(dir, "backup"), filepath.Join(dir, "restored")
	if err := s.Checkpoint(backup); err != nil {
		t.Fatal(err)
	}
	if err := s.Apply(t.Context(), []quad.Quad{newsQuad(r), quad.MakeIRI("a", "b", "c", "")}, nil); err != nil {
		t.Fatal(err)
	}
	if err := Restore(backup, restored); err != nil {
		t.Fatal(err)
	}
	if err := Restore(backup, restored); err == nil {
		t.Error("restored over a store that is there")
	}
	got, err := Open(restored, Options{MustExist: true})
	if err != nil {
		t.Fatal(err)
	}
	defer got.Close()
	if !slices.Equal(dump(t, got), want) {
		t.Error("the restored store differs")
	}
	mustCheck(t, got)
}

// TestCheckFindsDamage plants damage of each kind.
func TestCheckFindsDamage(t *testing.T) {
	q := ids{1, 2, 3, 4}
	for name, c := range map[string]struct {
		damage func(b *pebble.Batch)
		want   string
	}{
		"quad missing in a permutation": {func(b *pebble.Batch) { _ = b.Delete(perms[4].appendKey(nil, &q), nil) }, "is in SPOL but not in PLOS"},
		"quad missing in the first":     {func(b *pebble.Batch) { _ = b.Delete(perms[0].appendKey(nil, &q), nil) }, "is in POSL but not in SPOL"},
		"strange key":                   {func(b *pebble.Batch) { _ = b.Set([]byte{partPerm, 0xff}, nil, nil) }, "damaged record"},
		"unknown part":                  {func(b *pebble.Batch) { _ = b.Set([]byte{0x70, 1}, nil, nil) }, "unknown key"},
		"value lost":                    {func(b *pebble.Batch) { _ = b.Delete(idKey(nil, partID, 3), nil) }, "id 3 is in a quad but not in the dictionary"},
		"long value lost":               {func(b *pebble.Batch) { _ = b.Delete(idKey(nil, partLong, 3), nil) }, "the value of id 3 is missing"},
		"id of no quad":                 {func(b *pebble.Batch) { _ = b.Set(idKey(nil, partID, 4000), []byte("ix"), nil) }, "the next to be given out"},
		"value leads elsewhere":         {func(b *pebble.Batch) { _ = b.Set([]byte("\x02is"), appendID(nil, 2), nil) }, "leads to id"},
		"value twice":                   {func(b *pebble.Batch) { _ = b.Set([]byte("\x02izz"), appendID(nil, 2), nil) }, "values lead to an id"},
		"counts":                        {func(b *pebble.Batch) { _ = b.Set(metaCounts, (&counts{5, 9, 9, 9}).append(nil), nil) }, "the count of quads is 9"},
		"count of a predicate":          {func(b *pebble.Batch) { _ = b.Set(idKey(nil, partPredicate, 2), make([]byte, 8), nil) }, "the count of predicate 2"},
		"predicate without count":       {func(b *pebble.Batch) { _ = b.Delete(idKey(nil, partPredicate, 2), nil) }, "has no count"},
	} {
		t.Run(name, func(t *testing.T) {
			s := testStore(t, Options{})
			if err := s.Apply(t.Context(), []quad.Quad{{Subject: quad.IRI("s"), Predicate: quad.IRI("p"), Object: longText(20), Label: quad.IRI("l")}}, nil); err != nil {
				t.Fatal(err)
			}
			mustCheck(t, s)
			b := s.db.NewBatch()
			c.damage(b)
			if err := b.Commit(pebble.Sync); err != nil {
				t.Fatal(err)
			}
			rep, err := s.Check(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			if !strings.Contains(strings.Join(rep.Problems, "\n"), c.want) {
				t.Errorf("found %q, not %q", rep.Problems, c.want)
			}
		})
	}
}

func TestSummary(t *testing.T) {
	s := testStore(t, Options{})
	if err := s.Apply(t.Context(), []quad.Quad{
		quad.MakeIRI("a", "in", "b", "x"), quad.MakeIRI("a", "in", "c", ""), quad.MakeIRI("a", "of", "c", ""),
	}, nil); err != nil {
		t.Fatal(err)
	}
	sum, err := s.Summary(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if sum.Quads != 3 || sum.Nodes != 6 || sum.Labelled != 1 || len(sum.Predicates) != 2 || sum.Predicates[0] != (PredicateCount{quad.IRI("in"), 2}) {
		t.Errorf("%+v", sum)
	}
}

func TestWaitingForTheWriter(t *testing.T) {
	s := testStore(t, Options{})
	b, err := s.Bulk(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Millisecond)
	defer cancel()
	if err := s.Apply(ctx, []quad.Quad{quad.MakeIRI("a", "b", "c", "")}, nil); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("waiting for a bulk load: %v", err)
	}
	b.Abort()
	if err := s.Apply(t.Context(), []quad.Quad{quad.MakeIRI("a", "b", "c", "")}, nil); err != nil {
		t.Error(err)
	}
}
