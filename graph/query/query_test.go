package query

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/cayley/graph/memstore"
	"github.com/cayleygraph/quad"

	"github.com/sila-graph/sila/queries"
)

var update = flag.Bool("update", false, "write the golden files anew")

// fixture loads testdata/fixture.nq into memory.
func fixture(t testing.TB) graph.QuadStore {
	t.Helper()
	qs, err := ReadFile(context.Background(), "testdata/fixture.nq")
	if err != nil {
		t.Fatal(err)
	}
	return qs
}

// TestNamed runs the worked example of every query and compares with its golden file.
func TestNamed(t *testing.T) {
	e := New(fixture(t))
	for _, q := range queries.All() {
		t.Run(q.Name, func(t *testing.T) {
			res, err := e.Named(context.Background(), q, q.Example)
			if err != nil {
				t.Fatal(err)
			}
			if len(res.Rows) == 0 {
				t.Error("the example has no answer")
			}
			for _, row := range res.Rows {
				for i, c := range row {
					for _, v := range c {
						if (v.IRI != "") != q.Columns[i].Node {
							t.Errorf("column %s: %s is otherwise than declared", q.Columns[i].Name, v.Text(""))
						}
					}
				}
			}
			golden(t, filepath.Join("testdata", "golden", q.Name+".txt"), dump(res))
		})
	}
}

// dump writes a result plainly: labels, and IRIs of facts and the like.
func dump(res *Result) string {
	var b strings.Builder
	fmt.Fprintln(&b, strings.Join(res.Columns, " | "))
	for _, row := range res.Rows {
		for i, c := range row {
			if i > 0 {
				b.WriteString(" | ")
			}
			for j, v := range c {
				if j > 0 {
					b.WriteString("; ")
				}
				b.WriteString(v.Text("ar"))
			}
		}
		b.WriteByte('\n')
	}
	return b.String()
}

func golden(t *testing.T, file, have string) {
	t.Helper()
	if *update {
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(have), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatalf("%v; write it with: go test ./graph/query -update", err)
	}
	if have != string(want) {
		t.Errorf("have\n%s\nwant\n%s\nif it's right: go test ./graph/query -update", have, want)
	}
}

// TestPasted runs each query's text as the console would: as it stands in its file.
func TestPasted(t *testing.T) {
	e := New(fixture(t))
	for _, q := range queries.All() {
		res, err := e.AdHoc(context.Background(), "gizmo", q.Text)
		if err != nil {
			t.Errorf("%s: %v", q.Name, err)
			continue
		}
		if len(res.Rows) == 0 {
			t.Errorf("%s: no rows", q.Name)
		}
		for _, k := range q.Key {
			if !slices.Contains(res.Columns, k) && q.Aggregate == "" {
				t.Errorf("%s: no column %s among %v", q.Name, k, res.Columns)
			}
		}
		// The example's names lead to the IRIs that stand in the file.
		text, err := e.Gizmo(context.Background(), q, q.Example)
		if err != nil {
			t.Errorf("%s: %v", q.Name, err)
		} else if text != q.Text {
			t.Errorf("%s: the file's values aren't those of its example:\n%s", q.Name, text)
		}
	}
}

func TestResolve(t *testing.T) {
	e := New(fixture(t))
	for _, c := range []struct {
		kind      queries.Kind
		arg, want string
	}{
		{queries.Actor, "القوات العراقية", "<org/القوات_العراقية>"},
		{queries.Actor, "داعش", "<org/تنظيم_داعش>"},
		{queries.Actor, "Mosul", "<place/الموصل>"},
		{queries.Actor, "ابراهيم الجعفرى", "<person/إبراهيم_الجعفري>"}, // spelling folded
		{queries.Actor, "جون كِيري", "<person/جون_كيري>"},              // with a diacritic
		{queries.Place, "موصل", "<place/الموصل>"},
		{queries.Actor, "<place/عدن>", "<place/عدن>"},
		{queries.Actor, "place/عدن", "<place/عدن>"},
		{queries.Type, "liberate", "<sila:Liberate>"},
		{queries.Type, "تحرير", "<sila:Liberate>"},
		{queries.Edge, "took", "<took>"},
		{queries.Edge, "claims_attacked", "<claims_attacked>"},
		{queries.Article, "a1", "<article/a1>"},
		{queries.Fact, "7f3a91", "<fact/7f3a91>"},
		{queries.Date, "2016-07", "2016-07"},
		// A label goes before an alias: واشنطن is the city, though it also stands for the country.
		{queries.Actor, "واشنطن", "<place/واشنطن>"},
	} {
		got, err := e.Resolve(context.Background(), c.kind, c.arg)
		if err != nil || got != c.want {
			t.Errorf("%s %s: have %s, %v; want %s", c.kind, c.arg, got, err, c.want)
		}
	}
}

func TestResolveErrors(t *testing.T) {
	quads := append([]quad.Quad{
		quad.Make(quad.IRI("person/خالد_العبيدي~1"), quad.IRI("rdf:type"), quad.IRI("sila:Person"), nil),
		quad.Make(quad.IRI("person/خالد_العبيدي~1"), quad.IRI("rdfs:label"), quad.LangString{Value: "خالد العبيدي", Lang: "ar"}, nil),
	}, all(t, fixture(t))...)
	e := New(memstore.New(quads...))
	for _, c := range []struct {
		kind      queries.Kind
		arg       string
		ambiguous bool
		names     []string
	}{
		{queries.Actor, "خالد العبيدي", true, []string{"person/خالد_العبيدي", "person/خالد_العبيدي~1"}},
		{queries.Actor, "الموسل", false, []string{"place/الموصل"}},
		{queries.Actor, "جون", false, []string{"person/جون_كيري"}},
		{queries.Actor, "لا أحد هنا", false, nil},
		{queries.Place, "جون كيري", false, nil},
		{queries.Actor, "<place/غائب>", false, nil},
	} {
		_, err := e.Resolve(context.Background(), c.kind, c.arg)
		var ne *NameError
		if !errors.As(err, &ne) {
			t.Errorf("%s: %v", c.arg, err)
			continue
		}
		var have []string
		for _, cand := range ne.Candidates {
			have = append(have, string(cand.IRI))
		}
		if ne.Ambiguous != c.ambiguous || !slices.Equal(have, c.names) {
			t.Errorf("%s: have %v %v, want %v %v", c.arg, ne.Ambiguous, have, c.ambiguous, c.names)
		}
	}
	if _, err := e.Resolve(context.Background(), queries.Date, "21/7/2016"); err == nil {
		t.Error("a date that isn't one passes")
	}
}

func all(t testing.TB, qs graph.QuadStore) []quad.Quad {
	t.Helper()
	quads, err := quad.ReadAll(graph.NewQuadStoreReader(qs))
	if err != nil {
		t.Fatal(err)
	}
	return quads
}

func TestAdHoc(t *testing.T) {
	e := New(fixture(t))
	for _, c := range []struct{ lang, text, want string }{
		{"gizmo", `g.V("<org/القوات_العراقية>").out("<took>").all()`, "id\nالرمادي\nالموصل\n"},
		{"gizmo", `g.emit({n: g.V("<place/عدن>").in("<sila:place>").count(), what: ["a", "b"]})`, "n | what\n1 | a; b\n"},
		{"gizmo", `g.V().getLimit(-1)`, ""}, // far too many: cut to the limit
		{"graphql", `{ nodes(id: <place/عدن>) { id <sila:patient> @rev { id } } }`, "<sila:patient> | id\n{\"id\":\"<fact/c10001>\"} | عدن\n"},
		{"mql", `[{"id": "<place/عدن>", "<rdfs:label>": null}]`, ""},
	} {
		e.Limit = 20
		res, err := e.AdHoc(context.Background(), c.lang, c.text)
		if err != nil {
			t.Errorf("%s: %v", c.text, err)
			continue
		}
		if have := dump(res); c.want != "" && sorted(have) != sorted(c.want) {
			t.Errorf("%s:\nhave %s\nwant %s", c.text, have, c.want)
		}
		if len(res.Rows) == 0 || len(res.Rows) > 20 {
			t.Errorf("%s: %d rows", c.text, len(res.Rows))
		}
	}
	for _, c := range []struct{ lang, text, want string }{
		{"gizmo", "g.V(", "SyntaxError"},
		{"gizmo", "nothing()", "nothing is not defined"},
		{"sparql", "SELECT", "known are gizmo, graphql, mql"},
	} {
		if _, err := e.AdHoc(context.Background(), c.lang, c.text); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: have %v, want %s", c.text, err, c.want)
		}
	}
}

func sorted(s string) string {
	lines := strings.Split(s, "\n")
	slices.Sort(lines)
	return strings.Join(lines, "\n")
}

func TestFold(t *testing.T) {
	for _, c := range []struct{ a, b string }{
		{"إبراهيم الجعفري", "ابراهيم الجعفرى"},
		{"المملكة العربيّة السعودية", "مملكه العربية السعوديه"},
		{"مـــوصل", "الموصل"},
		{"«عاصفة الحزم»", "عاصفة الحزم"},
		{"ﻋﺪﻥ", "عدن"},
	} {
		if Fold(c.a) != Fold(c.b) {
			t.Errorf("%s → %q, %s → %q", c.a, Fold(c.a), c.b, Fold(c.b))
		}
	}
}

func TestMean(t *testing.T) {
	for _, c := range []struct {
		sum, n int
		want   float64
	}{{-95, 1, -9.5}, {-95, 2, -4.8}, {95, 2, 4.8}, {0, 3, 0}, {10, 3, 0.3}} {
		if got := mean(c.sum, c.n); got != c.want {
			t.Errorf("mean(%d, %d) = %v, want %v", c.sum, c.n, got, c.want)
		}
	}
}
