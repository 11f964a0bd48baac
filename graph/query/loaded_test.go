package query

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/cayleygraph/cayley/graph"

	"github.com/sila-graph/sila/extract/doc"
	"github.com/sila-graph/sila/extract/jsonl"
	"github.com/sila-graph/sila/graph/load"
	"github.com/sila-graph/sila/graph/store"
	"github.com/sila-graph/sila/queries"
)

// loaded opens a new store and loads documents into it.
func loaded(t testing.TB, backend string, docs ...*doc.Document) *store.Store {
	t.Helper()
	ctx := context.Background()
	path := "memory"
	if backend != "memory" {
		path = filepath.Join(t.TempDir(), "graph.db")
	}
	st, err := store.Open(ctx, path, store.Options{Create: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := st.Close(); err != nil {
			t.Error(err)
		}
	})
	l, err := load.New(ctx, st, load.Options{Rejected: func(id string, err error) { t.Errorf("%s: %v", id, err) }})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := l.Load(ctx, func(yield func(*doc.Document, error) bool) {
		for _, d := range docs {
			if !yield(d, nil) {
				return
			}
		}
	}, nil); err != nil {
		t.Fatal(err)
	}
	return st
}

// telling is an article that tells of the fall of هيت, a denied attack and a
// meeting, in the words of one of three outlets.
func telling(n int) *doc.Document {
	text := fmt.Sprintf("الخبر %d", n)
	return &doc.Document{V: doc.Version, ID: fmt.Sprintf("n%d", n), Date: "2016-07-2" + fmt.Sprint(n), Title: text, Text: text,
		Entities: []doc.Entity{
			{ID: "e1", Type: doc.Organization, Names: []string{"القوات العراقية"}},
			{ID: "e2", Type: doc.Place, Names: []string{"بلدة الفرات"}},
			{ID: "e3", Type: doc.Person, Names: []string{"زيد السامرائي"}},
			{ID: "e4", Type: doc.Person, Names: []string{"عمر الراوي"}},
			{ID: "e5", Type: doc.Organization, Names: []string{"لواء النهر"}},
			{ID: "e6", Type: doc.Organization, Names: []string{"تحالف الأنهار"}},
		},
		Facts: []doc.Fact{
			{Type: "Liberate", Agent: []string{"e1"}, Patient: []string{"e2"}, Time: "2016-07-19", Source: "e3", Evidence: text},
			{Type: "Meet", Agent: []string{"e3", "e4"}, Place: []string{"e2"}, Time: "2016-07-20", Evidence: text},
			{Type: "Visit", Agent: []string{"e3"}, Patient: []string{"e2"}, Time: "2016-07-20", Evidence: text},
			{Type: "HoldsPosition", Agent: []string{"e3"}, Patient: []string{"e1"}, Title: "المتحدث", Evidence: text},
			{Type: "MemberOf", Agent: []string{"e1"}, Patient: []string{"e6"}, Evidence: text},
			{Type: "Attack", Agent: []string{"e5"}, Patient: []string{"e1"}, Time: "2016-07-18", Status: []doc.Status{doc.Actual, doc.Negated}[n%2], Source: []string{"e3", "e4"}[n%2], Evidence: text},
			{Type: "Kill", Agent: []string{"e5"}, Patient: []string{"e4"}, Place: []string{"e2"}, Time: "2016-07-18", Count: doc.Exactly(3), Evidence: text},
		}}
}

// TestOneRow loads three articles that tell one thing, on each backend: each
// query gives one row for it, however many tell it.
func TestOneRow(t *testing.T) {
	for _, backend := range []string{"memory", "disk"} {
		st := loaded(t, backend, telling(1), telling(2), telling(3))
		for _, c := range []struct {
			query string
			args  []string
			rows  int
		}{
			{"who-took", []string{"بلدة الفرات"}, 1},
			{"taken-by", []string{"القوات العراقية"}, 1},
			{"deeds", []string{"القوات العراقية", "type=Liberate"}, 1},
			{"done-to", []string{"بلدة الفرات", "type=تحرير"}, 1},
			{"met-with", []string{"زيد السامرائي"}, 1},
			{"meetings-at", []string{"بلدة الفرات"}, 1},
			{"offices", []string{"زيد السامرائي"}, 1},
			{"who-holds", []string{"القوات العراقية", "title=متحدث"}, 1},
			{"said", []string{"زيد السامرائي"}, 2}, // the liberation and the attack
			{"said-about", []string{"بلدة الفرات"}, 1},
			{"members", []string{"تحالف الأنهار"}, 1},
			{"belongs-to", []string{"القوات العراقية"}, 1},
			{"events-at", []string{"بلدة الفرات"}, 4},
			{"attacks-on", []string{"القوات العراقية"}, 1},
			{"visits", []string{"زيد السامرائي"}, 1},
			{"ties", []string{"a=القوات العراقية", "b=بلدة الفرات"}, 2}, // liberated and took
			{"links", []string{"a=القوات العراقية", "b=زيد السامرائي"}, 1},
			{"disputed", nil, 1},
			{"casualties", []string{"بلدة الفرات"}, 1},
			{"events-by-month", []string{"Liberate"}, 1},
			{"dyads-by-month", []string{"القوات العراقية"}, 2},
			{"edge-sources", []string{"from=القوات العراقية", "to=بلدة الفرات"}, 3}, // a row a report
			{"article", []string{"n1"}, 7},
		} {
			if err := st.View(context.Background(), func(qs graph.QuadStore) error {
				q, err := queries.Find(c.query)
				if err != nil {
					return err
				}
				args, err := q.Args(c.args)
				if err != nil {
					return err
				}
				res, err := New(qs).Named(context.Background(), q, args)
				if err == nil && len(res.Rows) != c.rows {
					t.Errorf("%s, %s %v: %d rows, want %d\n%s", backend, c.query, c.args, len(res.Rows), c.rows, dump(res))
				}
				return err
			}); err != nil {
				t.Errorf("%s, %s: %v", backend, c.query, err)
			}
		}
	}
}

// TestLoadedExamples runs every query on the graph of the articles in testdata,
// on each backend, with arguments that occur there; both give equal rows.
func TestLoadedExamples(t *testing.T) {
	var docs []*doc.Document
	if err := jsonl.ReadFile("../../testdata/gold/gold.jsonl", func(d *doc.Document) error {
		docs = append(docs, d)
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	answers := map[string]string{}
	for _, backend := range []string{"memory", "disk"} {
		st := loaded(t, backend, docs...)
		err := st.View(context.Background(), func(qs graph.QuadStore) error {
			e := New(qs)
			facts, err := e.AdHoc(context.Background(), "gizmo", `g.V("<sila:Kill>").in("<rdf:type>").has("<sila:incident>").all()
				g.V("<sila:Kill>").in("<rdf:type>").all()`)
			if err != nil {
				return err
			}
			var fact []string
			for _, r := range facts.Rows {
				fact = append(fact, r[0][0].IRI.String())
			}
			slices.Sort(fact)
			for _, q := range queries.All() {
				args := map[string]string{}
				for _, p := range q.Params {
					switch {
					case p.Optional:
					case p.Kind == queries.Article:
						args[p.Name] = "mocha-aden"
					case p.Kind == queries.Fact:
						args[p.Name] = fact[0]
					case p.Name == "b" || p.Name == "to":
						args[p.Name] = "العراق"
					default:
						args[p.Name] = "اليمن"
					}
				}
				res, err := e.Named(context.Background(), q, args)
				if err != nil {
					t.Errorf("%s: %v", q.Name, err)
					continue
				}
				have := dump(res)
				if want, ok := answers[q.Name]; ok && have != want {
					t.Errorf("%s differs between backends:\n%s\n%s", q.Name, have, want)
				}
				answers[q.Name] = have
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if n := strings.Count(answers["article"], "\n"); n < 5 {
		t.Errorf("article: %s", answers["article"])
	}
}
