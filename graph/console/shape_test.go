package console

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"sort"
	"strings"
	"testing"

	"github.com/cayleygraph/cayley/graph"

	"github.com/sila-graph/sila/queries"
)

type drawn struct {
	Nodes []struct {
		ID     int
		Tags   []string
		Values []string
		Link   bool `json:"is_link_node"`
	}
	Links []struct {
		Source, Target int
		Node           int `json:"link_node"`
	}
	More bool
}

func draw(t *testing.T, lang, text string) (*drawn, error) {
	t.Helper()
	var a *Answer
	err := fixture(t).View(context.Background(), func(qs graph.QuadStore) (err error) {
		a, err = run(context.Background(), qs, Query{Lang: lang, Text: text, Shape: true})
		return err
	})
	if err != nil {
		return nil, err
	}
	var d drawn
	if err := json.Unmarshal(a.Result, &d); err != nil {
		t.Fatalf("%v: %s", err, a.Result)
	}
	return &d, nil
}

// lines writes a shape as "source -link-> target", each node as its tags and values.
func (d *drawn) lines(t *testing.T) string {
	name := map[int]string{}
	for _, n := range d.Nodes {
		name[n.ID] = strings.Join(append(slices.Clone(n.Tags), n.Values...), ",")
	}
	var out []string
	for _, l := range d.Links {
		_, from := name[l.Source]
		_, to := name[l.Target]
		if _, link := name[l.Node]; !from || !to || !link {
			t.Errorf("the link %+v leads to nodes that aren't there, which the page can't draw", l)
		}
		out = append(out, fmt.Sprintf("%s -%s-> %s", name[l.Source], name[l.Node], name[l.Target]))
	}
	sort.Strings(out)
	return strings.Join(out, "\n")
}

func TestShape(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{`g.V("<a>").out("<p>").all()`, `<a> -<p>-> id`},
		{`graph.Vertex("<a>").In("<p>", "how").Tag("x").GetLimit(3)`, `x,id -how,<p>-> <a>`},
		{`g.V("<a>").out(["<p>", "<q>"]).has("<t>", "<c>").count()`, "<a> -<p>,<q>-> id\nid -<t>-> <c>"},
		{`g.V("<a>").save("<p>", "x").saveOpt("<q>", "y").saveR("<r>", "z").all()`, "id,<a> -<p>-> x\nid,<a> -<q>-> y?\nz -<r>-> id,<a>"},
		{`g.V("<a>").tag("from").out("<p>").out("<q>").back("from").all()`, " -<q>-> \nfrom,id,<a> -<p>-> "},
		{`var m = g.M().out("<p>").in("<q>"); g.V("<a>").follow(m).all(); g.V("<b>").followR(m).all()`,
			"<a> -<p>-> \n<b> -<q>-> \nid -<p>-> \nid -<q>-> "},
		{`g.V("<a>").out("<p>").and(g.V("<b>").out("<q>").tag("t")).all()`, "<a> -<p>-> t,id\n<b> -<q>-> t,id"},
		{`g.V("<a>").or(g.V("<b>")).all()`, "<a> -or-> id\n<b> -or-> id"},
		{`g.V("<a>").out("<p>").except(g.V("<b>")).unique().limit(2).all()`, "<a> -<p>-> id\n<b> -not-> id"},
		{`g.V("<a>").out("<p>").is("<b>").all()`, `<a> -<p>-> id,<b>`},
		{`g.V("<a>").followRecursive("<p>").labels().all()`, " -labels-> id\n<a> -<p>,again and again-> "},
		// paths of equal shape are drawn once, others each
		{`["<a>", "<b>"].forEach(function (x) { g.V(x).out("<p>").all() })`, `<a> -<p>-> id`},
		{`["<p>", "<q>"].forEach(function (p) { g.V("<a>").out(p).all() })`, "<a> -<p>-> id\n<a> -<q>-> id"},
		// a callback's path goes on from the row
		{`g.V("<place/الموصل>").in("<liberated>").tag("who").forEach(function (r) { g.V(r.who).out("<took>").forEach(function (x) { g.emit(x) }) })`,
			"who,id -<liberated>-> <place/الموصل>\nwho,id -<took>-> id"},
		{`var x = g.V("<place/الموصل>").in("<liberated>").toValue(); g.V(x).out("<took>").all()`, "id -<liberated>-> <place/الموصل>\nid -<took>-> id"},
		{`g.V("<place/nowhere>").out("<p>").forEach(function (r) { throw "never" })`, `<place/nowhere> -<p>-> id`},
	} {
		d, err := draw(t, "gizmo", c.text)
		if err != nil {
			t.Errorf("%s: %v", c.text, err)
			continue
		}
		if have := d.lines(t); have != c.want {
			t.Errorf("%s\nhave\n%s\nwant\n%s", c.text, have, c.want)
		}
	}
	var many strings.Builder
	for i := range 20 {
		fmt.Fprintf(&many, "g.V().out(\"<p%d>\").all()\n", i)
	}
	if d, err := draw(t, "gizmo", many.String()); err != nil || !d.More || len(d.Links) != 6 {
		t.Errorf("20 paths: %+v %v", d, err)
	}
	for _, c := range []struct{ lang, text, want string }{
		{"gizmo", `g.emit("x")`, "nothing to draw"},
		{"gizmo", "g.V()\n.nothing()", "no member 'nothing'"},
		{"gizmo", "g.V(\n", "Line"},
		{"graphql", `{ nodes { id } }`, "no shape"},
		{"sparql", `SELECT`, "no query language"},
	} {
		if d, err := draw(t, c.lang, c.text); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %+v, %v", c.text, d, err)
		}
	}
	if d, err := draw(t, "mql", `[{"id": "<place/عدن>", "<rdfs:label>": null}]`); err != nil || len(d.Nodes) == 0 {
		t.Errorf("MQL: %+v %v", d, err)
	}
}

// TestShapesOfNamedQueries: each has a shape, all of whose links the page can draw, with its columns as tags.
func TestShapesOfNamedQueries(t *testing.T) {
	for _, q := range queries.All() {
		d, err := draw(t, "gizmo", q.Text)
		if err != nil {
			t.Errorf("%s: %v", q.Name, err)
			continue
		}
		if len(d.Links) == 0 || d.More {
			t.Errorf("%s: %d links, more %v", q.Name, len(d.Links), d.More)
		}
		d.lines(t)
		t.Logf("%s: %d nodes, %d links", q.Name, len(d.Nodes), len(d.Links))
	}
}
