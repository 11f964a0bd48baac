package load

import (
	"context"
	"errors"
	"math/rand/v2"
	"path/filepath"
	"strings"
	"testing"

	"github.com/cayleygraph/quad"
	"github.com/sila-graph/sila/extract/doc"
	"github.com/sila-graph/sila/graph/resolve/decide"
)

// decisions takes n decisions on members and facts of some documents, now and
// then undoing one.
func decisions(t testing.TB, rnd *rand.Rand, docs []*doc.Document, n int) *decide.File {
	f := &decide.File{}
	member := func() decide.Member {
		d := docs[rnd.IntN(len(docs))]
		return decide.MemberOf(d, &d.Entities[rnd.IntN(len(d.Entities))])
	}
	like := func(m decide.Member) []decide.Member { // others of its name
		out := []decide.Member{m}
		for _, d := range docs {
			for i := range d.Entities {
				if x := decide.MemberOf(d, &d.Entities[i]); x.Name == m.Name && x.Article != m.Article && rnd.IntN(2) == 0 {
					out = append(out, x)
				}
			}
		}
		return out
	}
	for range n {
		var d decide.Decision
		switch rnd.IntN(8) {
		case 0, 1:
			d = decide.Decision{Kind: decide.Same, Members: []decide.Member{member(), member()}}
		case 2:
			d = decide.Decision{Kind: decide.Different, Members: []decide.Member{member()}, Others: []decide.Member{member()}}
		case 3: // of one name
			if ms := like(member()); len(ms) > 1 {
				k := 1 + rnd.IntN(len(ms)-1)
				d = decide.Decision{Kind: decide.Different, Members: ms[:k], Others: ms[k:]}
			}
		case 4:
			d = decide.Decision{Kind: decide.Alias, Members: []decide.Member{member()}, Name: []string{"البيطار", "الهيئة", "أبو نادر"}[rnd.IntN(3)]}
		case 5, 6:
			x := docs[rnd.IntN(len(docs))]
			status := doc.Negated
			d = decide.Decision{Kind: []decide.Kind{decide.Wrong, decide.Right, decide.Change}[rnd.IntN(3)], Reports: []decide.Report{decide.ReportOf(x, rnd.IntN(len(x.Facts)))}}
			if d.Kind == decide.Change {
				d.To = &decide.Revision{Status: &status, Patient: &[]string{decide.Role(&x.Entities[rnd.IntN(len(x.Entities))])}}
				if rnd.IntN(2) == 0 {
					d.To.Type = "Accuse"
				}
			}
		case 7:
			if ds := f.Decisions(); len(ds) > 0 {
				d = decide.Decision{Kind: decide.Undo, Of: ds[rnd.IntN(len(ds))].ID}
			}
		}
		if d.Kind != "" {
			_, _ = f.Add(d) // some make no sense: the two members are one
		}
	}
	return f
}

func settle(t testing.TB, l *Loader, set *decide.Set) {
	t.Helper()
	if err := l.Decide(context.Background(), set); err != nil {
		t.Fatal(err)
	}
}

// TestDecisionsOrder: decisions before, between or after documents in any order
// and way give one graph.
func TestDecisionsOrder(t *testing.T) {
	ctx := context.Background()
	for seed := range uint64(4) {
		rnd := rand.New(rand.NewPCG(seed, 5))
		docs := tangled(60+seed, 20)
		set := decisions(t, rnd, docs, 12).Set()
		first := openStore(t, "memory")
		loadAll(t, first, Options{Decisions: set}, docs...)
		want := dump(t, first)
		for name, opt := range modes {
			for order := range uint64(2) {
				mixed := shuffled(docs, order)
				s := openStore(t, "memory")
				l := newLoader(t, s, opt)
				k := rnd.IntN(len(mixed) + 1)
				if _, err := l.Load(ctx, each(mixed[:k]), nil); err != nil {
					t.Fatal(err)
				}
				if order == 0 { // other decisions for a while
					settle(t, l, decisions(t, rnd, docs, 6).Set())
				}
				settle(t, l, set)
				if _, err := l.Load(ctx, each(mixed[k:]), nil); err != nil {
					t.Fatal(err)
				}
				if have := dump(t, s); have != want {
					t.Fatalf("seed %d, %s, order %d, decided after %d: another graph\n%s", seed, name, order, k, diff(want, have))
				}
			}
		}
	}
}

// TestDecisionsChanges takes and undoes decisions while articles come and go: the
// graph is always as if loaded fresh.
func TestDecisionsChanges(t *testing.T) {
	ctx := context.Background()
	for seed := range uint64(3) {
		docs, changed := tangled(80+seed, 18), tangled(90+seed, 18)
		for name, opt := range modes {
			rnd := rand.New(rand.NewPCG(seed, 6))
			s, l, now := loaded(t, opt, docs)
			set := decide.NewSet(nil)
			for step := range 6 {
				d := [][]*doc.Document{changed, docs}[rnd.IntN(2)][rnd.IntN(18)]
				switch {
				case rnd.IntN(3) > 0:
					set = decisions(t, rnd, docs, 8).Set()
					settle(t, l, set)
				case now[d.ID] != nil && rnd.IntN(2) == 0:
					delete(now, d.ID)
					if _, err := l.Remove(ctx, d.ID); err != nil {
						t.Fatal(err)
					}
				default:
					now[d.ID] = d
					if _, err := l.Load(ctx, each([]*doc.Document{d}), nil); err != nil {
						t.Fatal(err)
					}
				}
				if step == 3 {
					l = newLoader(t, s, opt) // it knows the decisions from the graph
				}
				if gap := fromFresh(t, s, Options{Decisions: set}, now); gap != "" {
					t.Fatalf("seed %d, %s, step %d: not as if loaded fresh: %s", seed, name, step, gap)
				}
			}
		}
	}
}

// TestMergeUndone: after a merge is undone the graph is as it was, quad for quad.
func TestMergeUndone(t *testing.T) {
	ctx := context.Background()
	docs := tangled(7, 20)
	s := openStore(t, "memory")
	l := newLoader(t, s, Options{})
	if _, err := l.Load(ctx, each(docs), nil); err != nil {
		t.Fatal(err)
	}
	was := dump(t, s)
	f := &decide.File{}
	a, b := decide.MemberOf(docs[0], &docs[0].Entities[1]), decide.MemberOf(docs[1], &docs[1].Entities[4])
	added, err := f.Add(decide.Decision{Kind: decide.Same, Members: []decide.Member{a, b}})
	if err != nil {
		t.Fatal(err)
	}
	settle(t, l, f.Set())
	if dump(t, s) == was {
		t.Error("nothing changed")
	}
	if _, err := f.Add(decide.Decision{Kind: decide.Undo, Of: added[0].ID}); err != nil {
		t.Fatal(err)
	}
	settle(t, l, f.Set())
	if have := dump(t, s); have != was {
		t.Errorf("undone, but\n%s", diff(was, have))
	}
}

// unwritable is a graph whose writes fail, as where a process is killed before them.
type unwritable struct {
	Graph
	fails bool
}

var errKilled = errors.New("killed")

func (f *unwritable) Apply(ctx context.Context, add, del []quad.Quad) error {
	if f.fails {
		return errKilled
	}
	return f.Graph.Apply(ctx, add, del)
}

// TestDecisionsKilled: the file is written, then the graph isn't. It is as it
// was, and the next loader brings it up to date.
func TestDecisionsKilled(t *testing.T) {
	ctx := context.Background()
	docs := tangled(8, 20)
	s := openStore(t, filepath.Join(t.TempDir(), "g.db"))
	set := decisions(t, rand.New(rand.NewPCG(1, 1)), docs, 10).Set()
	g := &unwritable{Graph: s}
	l := newLoader(t, g, Options{})
	if _, err := l.Load(ctx, each(docs), nil); err != nil {
		t.Fatal(err)
	}
	was := dump(t, s)
	g.fails = true
	if err := l.Decide(ctx, set); !errors.Is(err, errKilled) {
		t.Fatalf("%v", err)
	}
	if have := dump(t, s); have != was {
		t.Errorf("a failed write left\n%s", diff(was, have))
	}
	newLoader(t, s, Options{Decisions: set})
	fresh := openStore(t, "memory")
	loadAll(t, fresh, Options{Decisions: set}, docs...)
	if want, have := dump(t, fresh), dump(t, s); want != have {
		t.Errorf("not brought up to date\n%s", diff(want, have))
	}
}

// TestJudged: what people call wrong supports nothing, what they change is as
// they say; both stay as evidence.
func TestJudged(t *testing.T) {
	agency, accuser, denier := story()
	docs := []*doc.Document{agency, accuser, denier}
	f := &decide.File{}
	actual := doc.Actual
	if _, err := f.Add(decide.Decision{Kind: decide.Wrong, Reports: []decide.Report{decide.ReportOf(denier, 0)}},
		decide.Decision{Kind: decide.Change, Reports: []decide.Report{decide.ReportOf(accuser, 0)}, To: &decide.Revision{Status: &actual}}); err != nil {
		t.Fatal(err)
	}
	s := openStore(t, "memory")
	loadAll(t, s, Options{Decisions: f.Set()}, docs...)
	d := dump(t, s)
	want(t, d, 0, "<sila:disputed> .", "<fact/")
	want(t, d, 0, "<fact/", "<sila:report> <report/brigade/2/0>")
	want(t, d, 1, `<report/brigade/2/0> <sila:verdict> "wrong"`)
	want(t, d, 1, "<report/brigade/2/0> <sila:evidence>")
	want(t, d, 1, `<report/gov/7/0> <sila:verdict> "change"`)
	want(t, d, 1, "<org/لواء_الصقر> <attacked> <place/الرويس>")
}

// TestAlias: an actor is found by a name that people gave, and who is called so is he.
func TestAlias(t *testing.T) {
	a := &doc.Document{V: 1, ID: "a1", Title: "خبر", Text: "نص", Entities: []doc.Entity{ent("o", doc.Organization, "حركة النهار")}}
	b := &doc.Document{V: 1, ID: "a2", Title: "خبر", Text: "نص", Entities: []doc.Entity{ent("o", doc.Organization, "أصحاب الرايات")}}
	f := &decide.File{}
	if _, err := f.Add(decide.Decision{Kind: decide.Alias, Members: []decide.Member{decide.MemberOf(a, &a.Entities[0])}, Name: "أصحاب الرايات"}); err != nil {
		t.Fatal(err)
	}
	s := openStore(t, "memory")
	l := newLoader(t, s, Options{})
	if _, err := l.Load(context.Background(), each([]*doc.Document{a, b}), nil); err != nil {
		t.Fatal(err)
	}
	settle(t, l, f.Set())
	d := dump(t, s)
	want(t, d, 1, "<rdf:type> <sila:Organization> .")
	node := strings.Fields(find(d, "<article/a1> <sila:mentions>")[0])[2]
	want(t, d, 2, "<sila:mentions> "+node)
	want(t, d, 1, node, `"أصحاب الرايات"@ar`)
	want(t, d, 1, node, `"حركة النهار"@ar`)
}
