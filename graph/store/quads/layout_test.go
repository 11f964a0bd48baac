package quads

import (
	"bytes"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/quad"
)

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
