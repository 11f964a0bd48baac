package load

import (
	"bytes"
	"context"
	"fmt"
	"iter"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/sila-graph/sila/extract/doc"
	"github.com/sila-graph/sila/graph/export"
	"github.com/sila-graph/sila/graph/store"
)

func each(docs []*doc.Document) iter.Seq2[*doc.Document, error] {
	return func(yield func(*doc.Document, error) bool) {
		for _, d := range docs {
			if !yield(d, nil) {
				return
			}
		}
	}
}

func openStore(t testing.TB, path string) *store.Store {
	t.Helper()
	s, err := store.Open(context.Background(), path, store.Options{Create: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

func newLoader(t testing.TB, g Graph, opt Options) *Loader {
	t.Helper()
	if opt.Rejected == nil {
		opt.Rejected = func(id string, err error) { t.Errorf("rejected %s: %v", id, err) }
	}
	l, err := New(context.Background(), g, opt)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func loadAll(t testing.TB, g Graph, opt Options, docs ...*doc.Document) Stats {
	t.Helper()
	s, err := newLoader(t, g, opt).Load(context.Background(), each(docs), nil)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// loaded is a store in memory with documents loaded, the loader that did it, and the documents by id.
func loaded(t testing.TB, opt Options, docs []*doc.Document) (*store.Store, *Loader, map[string]*doc.Document) {
	t.Helper()
	s := openStore(t, "memory")
	l := newLoader(t, s, opt)
	if _, err := l.Load(context.Background(), each(docs), nil); err != nil {
		t.Fatal(err)
	}
	now := map[string]*doc.Document{}
	for _, d := range docs {
		now[d.ID] = d
	}
	return s, l, now
}

// fromFresh says how a graph differs from one that these documents are loaded into at once, "" for not at all.
func fromFresh(t testing.TB, g export.Source, opt Options, now map[string]*doc.Document) string {
	t.Helper()
	fresh := openStore(t, "memory")
	loadAll(t, fresh, opt, slices.Collect(maps.Values(now))...)
	if want, have := dump(t, fresh), dump(t, g); want != have {
		return "differs:\n" + diff(want, have)
	}
	return ""
}

func dump(t testing.TB, g export.Source) string {
	t.Helper()
	var b bytes.Buffer
	if err := export.Sorted(context.Background(), &b, g); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// diff shows the first lines that only one of two dumps has.
func diff(a, b string) string {
	only := func(a, b string) (out []string) {
		in := map[string]bool{}
		for _, l := range strings.Split(b, "\n") {
			in[l] = true
		}
		for _, l := range strings.Split(a, "\n") {
			if !in[l] && len(out) < 12 {
				out = append(out, fmt.Sprintf("%.200s", l))
			}
		}
		return out
	}
	return "only in want:\n  " + strings.Join(only(a, b), "\n  ") + "\nonly in have:\n  " + strings.Join(only(b, a), "\n  ")
}

// synthetic makes articles that share few actors, days and roles, so that they
// collide in every way: homonyms, spellings, containment, denials, replacement.
func synthetic(seed uint64, n int) []*doc.Document {
	rnd := rand.New(rand.NewPCG(seed, 1))
	pick := func(ss ...string) string { return ss[rnd.IntN(len(ss))] }
	names := [][]string{
		{"أحمد منصور", "احمد منصور"}, {"إبراهيم السعدي", "ابراهيم السعدى"}, {"قوات الفجر"}, {"حركة النهار", "حركة النهـار"}, {"تل السلطان", "تل سلطان"},
	}
	types := []string{"Attack", "Attack", "Liberate", "Meet", "MemberOf", "HoldsPosition", "Borders"}
	var docs []*doc.Document
	for i := range n {
		d := &doc.Document{V: 1, ID: fmt.Sprintf("a%03d", i), Title: fmt.Sprintf("خبر %d", i), Text: "نص", Source: pick("وكالة", "صحيفة")}
		if rnd.IntN(8) > 0 {
			d.Date = fmt.Sprintf("2020-05-%02d", 1+rnd.IntN(9))
		}
		for j := range 6 {
			nm := rnd.IntN(len(names))
			e := doc.Entity{ID: fmt.Sprintf("e%d", j), Type: doc.EntityTypes[nm%3], Names: []string{pick(names[nm]...)}}
			if rnd.IntN(10) == 0 {
				e.Type = doc.EntityTypes[rnd.IntN(3)]
			}
			switch rnd.IntN(6) {
			case 0: // one canonical name for several refs: homonyms
				e.Ref, e.Canonical = pick("test:1", "test:2", "test:3"), pick("منصور", "الفجر")
				e.Type = doc.Person
			case 1:
				e.Country = "e0"
			case 2:
				e.Kind = pick("city", "army")
			}
			d.Entities = append(d.Entities, e)
		}
		some := func(n int) (out []string) {
			for range n {
				out = append(out, fmt.Sprintf("e%d", rnd.IntN(6)))
			}
			return out
		}
		for range 10 {
			f := doc.Fact{Type: pick(types...), Agent: some(rnd.IntN(5) / 2), Patient: some(rnd.IntN(5) / 3), Place: some(rnd.IntN(6) / 5),
				Status: doc.Status(pick("", "", "", "actual", "negated", "possible", "intended")), Evidence: "شاهد", Confidence: 0.5}
			switch rnd.IntN(6) {
			case 0, 1:
				f.Time = fmt.Sprintf("2020-05-%02d", 2+rnd.IntN(3))
			case 3:
				f.Time = pick("2020-05", "2020")
			}
			if rnd.IntN(3) == 0 {
				f.Source = some(1)[0]
			}
			if rnd.IntN(4) == 0 {
				f.Incident = 1 + rnd.IntN(4)/3
			}
			if f.Type == "HoldsPosition" {
				f.Title = pick("وزير", "رئيس", "")
			}
			f.Ended = rnd.IntN(12) == 0
			d.Facts = append(d.Facts, f)
		}
		docs = append(docs, d)
	}
	return docs
}

func shuffled(docs []*doc.Document, seed uint64) []*doc.Document {
	out := slices.Clone(docs)
	rand.New(rand.NewPCG(seed, 2)).Shuffle(len(out), func(i, j int) { out[i], out[j] = out[j], out[i] })
	return out
}

// modes are the ways in which a change can learn of the rest of the graph.
var modes = map[string]Options{
	"at once":            {},
	"remembering, small": {Batch: 24},
	"reading, small":     {Batch: 24, Remember: -1},
	"reading, single":    {Batch: 1, Remember: -1},
	"both":               {Batch: 40, Remember: 10},
}

func TestOrder(t *testing.T) {
	for seed := range uint64(2) {
		docs := synthetic(seed, 24)
		first := openStore(t, "memory")
		loadAll(t, first, Options{}, docs...)
		want := dump(t, first)
		for name, opt := range modes {
			for order := range uint64(6) {
				s := openStore(t, "memory")
				loadAll(t, s, opt, shuffled(docs, order)...)
				if have := dump(t, s); have != want {
					t.Fatalf("seed %d, %s, order %d: another graph\n%s", seed, name, order, diff(want, have))
				}
				if st := loadAll(t, s, opt, docs...); st.Unchanged != len(docs) || st.Added+st.Deleted > 0 {
					t.Fatalf("loading again: %+v", st)
				}
			}
		}
	}
}

func TestRemoveAndReplace(t *testing.T) {
	ctx := context.Background()
	for seed := range uint64(2) {
		docs := synthetic(10+seed, 30)
		changed := synthetic(100+seed, 30) // same ids, other content
		for name, opt := range modes {
			rnd := rand.New(rand.NewPCG(seed, 3))
			s, l, now := loaded(t, opt, docs)
			for step := range 6 {
				var in []*doc.Document
				var out []string
				for range 1 + rnd.IntN(3) {
					d := []*doc.Document{changed[rnd.IntN(30)], docs[rnd.IntN(30)]}[rnd.IntN(2)]
					if rnd.IntN(2) == 0 {
						in, now[d.ID] = append(in, d), d
					} else if now[d.ID] != nil && !slices.ContainsFunc(in, func(x *doc.Document) bool { return x.ID == d.ID }) {
						out = append(out, d.ID)
						delete(now, d.ID)
					}
				}
				if step == 3 {
					l = newLoader(t, s, opt) // a later run, which finds a graph
				}
				if n, err := l.Remove(ctx, out...); err != nil || n != len(out) {
					t.Fatalf("removed %d of %d: %v", n, len(out), err)
				}
				if _, err := l.Load(ctx, each(in), nil); err != nil {
					t.Fatal(err)
				}
				if gap := fromFresh(t, s, Options{}, now); gap != "" {
					t.Fatalf("seed %d, %s, step %d: not as if loaded fresh: %s", seed, name, step, gap)
				}
			}
		}
	}
}

func TestStoresAgree(t *testing.T) {
	docs := synthetic(7, 30)
	mem, kv := openStore(t, "memory"), openStore(t, t.TempDir()+"/db")
	loadAll(t, mem, Options{}, docs...)
	loadAll(t, kv, Options{Batch: 30}, docs...)
	want := dump(t, mem)
	if have := dump(t, kv); have != want {
		t.Fatalf("kv and memory differ\n%s", diff(want, have))
	}
	l := newLoader(t, kv, Options{})
	if _, err := l.Remove(context.Background(), docs[3].ID, docs[8].ID); err != nil {
		t.Fatal(err)
	}
	if _, err := l.Load(context.Background(), each([]*doc.Document{docs[8], docs[3]}), nil); err != nil {
		t.Fatal(err)
	}
	if have := dump(t, kv); have != want {
		t.Fatalf("taken out and put back\n%s", diff(want, have))
	}
}
