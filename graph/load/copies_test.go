package load

import (
	"context"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/cayleygraph/quad"

	"github.com/sila-graph/sila/extract/copies"
	"github.com/sila-graph/sila/extract/doc"
	"github.com/sila-graph/sila/graph/vocab"
)

// reprints makes articles of few texts, each changed by little or by much, so
// that copies form chains, and some that are nobody's copies.
func reprints(seed uint64, n int) []*doc.Document {
	rnd := rand.New(rand.NewPCG(seed, 5))
	var docs []*doc.Document
	for i := range n {
		story := rnd.IntN(4)
		words := make([]string, 60+10*story)
		for j := range words {
			words[j] = fmt.Sprintf("كلمة%d", 100*story+j)
		}
		switch rnd.IntN(5) {
		case 0: // word for word
		case 1: // nobody's
			for j := range words {
				words[j] = fmt.Sprintf("حرف%d", 1000*i+j)
			}
		case 2: // a brief, the same each day
			words = words[:12]
		default:
			at := rnd.IntN(len(words))
			for j := range rnd.IntN(14) {
				words[(at+j/2+j%2*7)%len(words)] = fmt.Sprintf("غير%d", rnd.IntN(3))
			}
		}
		docs = append(docs, &doc.Document{V: 1, ID: fmt.Sprintf("c%03d", i), Date: "2020-05-01", Title: "خبر", Text: strings.Join(words, " ")})
	}
	return docs
}

// copiesByHand compares all texts with all.
func copiesByHand(docs []*doc.Document) map[string]string {
	sketches := make([]*copies.Sketch, len(docs))
	group := make([]int, len(docs))
	for i, d := range docs {
		sketches[i], group[i] = copies.Of(d.Text), i
	}
	for i := range docs {
		for j := range i {
			if sketches[i].Like(sketches[j]) != copies.Different {
				from, to := group[i], group[j]
				for k := range group {
					if group[k] == from {
						group[k] = to
					}
				}
			}
		}
	}
	members := map[int][]string{}
	for i, d := range docs {
		members[group[i]] = append(members[group[i]], d.ID)
	}
	out := map[string]string{}
	for _, ids := range members {
		if len(ids) > 1 {
			for _, id := range ids {
				out[id] = slices.Min(ids)
			}
		}
	}
	return out
}

// copiesIn reads what the graph holds.
func copiesIn(t *testing.T, g Graph) map[string]string {
	t.Helper()
	out := map[string]string{}
	texts := map[quad.Value]bool{}
	if err := g.Match(context.Background(), quad.Quad{Predicate: vocab.CopyOf}, func(q quad.Quad) error {
		id, ok := vocab.ArticleID(q.Subject.(quad.IRI))
		least, ok2 := vocab.TextID(q.Object.(quad.IRI))
		if !ok || !ok2 || out[id] != "" || q.Label != nil {
			t.Errorf("%v", q)
		}
		out[id] = least
		texts[q.Object] = true
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	n := 0
	if err := g.Match(context.Background(), quad.Quad{Predicate: vocab.Type, Object: vocab.Text}, func(q quad.Quad) error {
		n++
		if !texts[q.Subject] {
			t.Errorf("a text without copies: %v", q)
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	if n != len(texts) {
		t.Errorf("%d texts have a type, %d have copies", n, len(texts))
	}
	return out
}

// TestCopies loads, replaces and removes in every mode, and compares with all
// texts compared with all; texts come out the same in every order.
func TestCopies(t *testing.T) {
	ctx := context.Background()
	for seed := range uint64(3) {
		docs, changed := reprints(seed, 60), reprints(50+seed, 60)
		if n := len(copiesByHand(docs)); n < 20 || n == len(docs) {
			t.Fatalf("%d of %d are copies", n, len(docs))
		}
		for name, opt := range modes {
			if opt.Batch > 1 {
				opt.Batch = 28 // articles without facts count four each
			}
			s := openStore(t, "memory")
			l := newLoader(t, s, opt)
			rnd := rand.New(rand.NewPCG(seed, 6))
			if _, err := l.Load(ctx, each(shuffled(docs, seed+9)), nil); err != nil {
				t.Fatal(err)
			}
			now := map[string]*doc.Document{}
			for _, d := range docs {
				now[d.ID] = d
			}
			for step := range 8 {
				left := slices.Collect(maps.Values(now))
				if want, have := copiesByHand(left), copiesIn(t, s); !maps.Equal(want, have) {
					t.Fatalf("seed %d, %s, step %d:\nwant %v\nhave %v", seed, name, step, want, have)
				}
				fresh := openStore(t, "memory")
				loadAll(t, fresh, Options{}, left...)
				if want, have := dump(t, fresh), dump(t, s); want != have {
					t.Fatalf("seed %d, %s, step %d: not as if loaded fresh\n%s", seed, name, step, diff(want, have))
				}
				if step == 4 {
					l = newLoader(t, s, opt)
				}
				var in []*doc.Document
				var out []string
				for range 1 + rnd.IntN(8) {
					d := []*doc.Document{changed[rnd.IntN(60)], docs[rnd.IntN(60)]}[rnd.IntN(2)]
					if rnd.IntN(3) == 0 {
						in, now[d.ID] = append(in, d), d
					} else if now[d.ID] != nil && !slices.ContainsFunc(in, func(x *doc.Document) bool { return x.ID == d.ID }) {
						out = append(out, d.ID)
						delete(now, d.ID)
					}
				}
				if _, err := l.Remove(ctx, out...); err != nil {
					t.Fatal(err)
				}
				if _, err := l.Load(ctx, each(in), nil); err != nil {
					t.Fatal(err)
				}
			}
		}
	}
}

// counting counts what a change reads.
type counting struct {
	Graph
	n int
}

func (c *counting) Match(ctx context.Context, pattern quad.Quad, fn func(quad.Quad) error) error {
	return c.Graph.Match(ctx, pattern, func(q quad.Quad) error {
		c.n++
		return fn(q)
	})
}

// TestCopiesCost adds one copy to graphs of few and of many articles: it reads
// as many quads of the one as of the other.
func TestCopiesCost(t *testing.T) {
	cost := func(n int) int {
		s := openStore(t, "memory")
		docs := reprints(4, 8)
		for i := range n {
			words := make([]string, 40)
			for j := range words {
				words[j] = fmt.Sprintf("كلمة%d", 1000*i+j+5000)
			}
			docs = append(docs, &doc.Document{V: 1, ID: fmt.Sprintf("x%d", i), Title: "خبر", Text: strings.Join(words, " ")})
		}
		loadAll(t, s, Options{}, docs...)
		g := &counting{Graph: s}
		l := newLoader(t, g, Options{Remember: -1})
		g.n = 0
		d := *docs[0]
		d.ID = "new"
		if _, err := l.Load(context.Background(), each([]*doc.Document{&d}), nil); err != nil {
			t.Fatal(err)
		}
		return g.n
	}
	if few, many := cost(10), cost(500); few != many {
		t.Errorf("%d quads read among few articles, %d among many", few, many)
	}
}

// BenchmarkTwins loads articles of one text, the worst that copies can do.
func BenchmarkTwins(b *testing.B) {
	text := reprints(0, 1)[0].Text
	var docs []*doc.Document
	for i := range 2000 {
		docs = append(docs, &doc.Document{V: 1, ID: fmt.Sprintf("c%d", i), Title: "خبر", Text: text})
	}
	for b.Loop() {
		loadAll(b, openStore(b, "memory"), Options{Remember: -1}, docs...)
	}
}
