package load

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/sila-graph/sila/extract/doc"
)

// tangled makes articles whose actors are called by names that link to each
// other only through other articles: variants, surnames, offices, honours,
// public bodies of two countries, and bodies that only one article tells apart.
func tangled(seed uint64, n int) []*doc.Document {
	rnd := rand.New(rand.NewPCG(seed, 9))
	pick := func(ss ...string) string { return ss[rnd.IntN(len(ss))] }
	people := [][]string{
		{"كريستيان غروزنر", "كريستيان جروزنر", "غروزنر", "جروزنر"},
		{"خالد البيطار", "خالد محمد البيطار", "خالد بن محمد البيطار", "البيطار"},
		{"سعيد البيطار", "البيطار"},
		{"سلمان بن عبد العزيز", "خادم الحرمين الشريفين الملك سلمان", "خادم الحرمين الشريفين", "الملك سلمان"},
		{"محمد أحمد", "محمد احمد"},
		{"الوزير نادر شكيب", "نادر شكيب", "وزير الدفاع العراقي"},
	}
	bodies := []string{"وزارة الداخلية", "وزارة الداخلية المصرية", "الداخلية العراقية", "الهيئة", "الشرطة", "نادي لوفتاس", "نادي لوفتس", "حركة النهار"}
	titles := []string{"وزير الدفاع", "وزير الخارجية", "رئيس"}
	var docs []*doc.Document
	for i := range n {
		d := &doc.Document{V: 1, ID: fmt.Sprintf("t%03d", i), Date: fmt.Sprintf("2015-%02d-1%d", 1+rnd.IntN(12), rnd.IntN(9)), Title: fmt.Sprintf("خبر %d", i), Text: "نص"}
		c := doc.Entity{ID: "c", Type: doc.Place, Names: []string{"العراق"}, Ref: "geonames:99237", Kind: "country"}
		if rnd.IntN(3) == 0 {
			c.Names, c.Ref = []string{"مصر"}, "geonames:357994"
		}
		d.Entities = append(d.Entities, c)
		for j := range 3 {
			forms := people[rnd.IntN(len(people))]
			e := doc.Entity{ID: fmt.Sprintf("p%d", j), Type: doc.Person, Names: []string{pick(forms...)}}
			if k := rnd.IntN(len(forms)); rnd.IntN(2) == 0 && !slices.Contains(e.Names, forms[k]) {
				e.Names = append(e.Names, forms[k])
			}
			if rnd.IntN(3) == 0 {
				e.Country = "c"
			}
			if rnd.IntN(9) == 0 {
				e.Names, e.Nominals = nil, []string{pick("الوزير العراقي", "وزير الدفاع العراقي", "المتحدث")}
			}
			d.Entities = append(d.Entities, e)
			if rnd.IntN(2) == 0 {
				d.Facts = append(d.Facts, doc.Fact{Type: "HoldsPosition", Agent: []string{e.ID}, Patient: []string{"c"}, Title: pick(titles...), Ended: rnd.IntN(9) == 0})
			}
		}
		for j := range 2 {
			d.Entities = append(d.Entities, doc.Entity{ID: fmt.Sprintf("b%d", j), Type: doc.Organization, Names: []string{pick(bodies...)}})
		}
		some := func() []string { return []string{d.Entities[rnd.IntN(len(d.Entities))].ID} }
		for range 4 {
			d.Facts = append(d.Facts, doc.Fact{Type: pick("Attack", "Meet", "MemberOf", "Accuse"), Agent: some(), Patient: some(), Source: some()[0], Evidence: "شاهد"})
		}
		docs = append(docs, d)
	}
	return docs
}

// TestTangledOrder loads names that link through other articles in every order
// and way: the graph is the same.
func TestTangledOrder(t *testing.T) {
	joined := 0
	for seed := range uint64(3) {
		docs := tangled(seed, 30)
		first := openStore(t, "memory")
		loadAll(t, first, Options{}, docs...)
		want := dump(t, first)
		joined += len(find(want, "<sila:also>"))
		for name, opt := range modes {
			for order := range uint64(3) {
				s := openStore(t, "memory")
				loadAll(t, s, opt, shuffled(docs, order)...)
				if have := dump(t, s); have != want {
					t.Fatalf("seed %d, %s, order %d: another graph\n%s", seed, name, order, diff(want, have))
				}
			}
		}
	}
	if joined < 20 {
		t.Errorf("only %d keys were joined: the test tests little", joined)
	}
}

// TestTangledChanges takes such articles out, puts them back and replaces them:
// joins dissolve and come again as if nothing had been there before.
func TestTangledChanges(t *testing.T) {
	ctx := context.Background()
	for seed := range uint64(2) {
		docs, changed := tangled(20+seed, 24), tangled(40+seed, 24)
		for name, opt := range modes {
			rnd := rand.New(rand.NewPCG(seed, 4))
			s, l, now := loaded(t, opt, docs)
			for step := range 6 {
				for range 1 + rnd.IntN(3) {
					d := [][]*doc.Document{changed, docs}[rnd.IntN(2)][rnd.IntN(24)]
					if rnd.IntN(2) == 0 {
						now[d.ID] = d
						if _, err := l.Load(ctx, each([]*doc.Document{d}), nil); err != nil {
							t.Fatal(err)
						}
					} else if now[d.ID] != nil {
						delete(now, d.ID)
						if _, err := l.Remove(ctx, d.ID); err != nil {
							t.Fatal(err)
						}
					}
				}
				if step == 2 {
					l = newLoader(t, s, opt)
				}
				if gap := fromFresh(t, s, Options{}, now); gap != "" {
					t.Fatalf("seed %d, %s, step %d: not as if loaded fresh: %s", seed, name, step, gap)
				}
			}
		}
	}
}
