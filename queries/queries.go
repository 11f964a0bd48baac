// Package queries holds Sila's named queries, one file each, and reads them.
//
// A query file is Gizmo that can be pasted into Cayley's console as it is. It
// opens with a record of "// key: value" lines:
//
//	// title: Who took a place | من أخذ مكانا
//	// en: Everyone who captured or liberated a place.
//	// ar: كل من سيطر على مكان أو حرره.
//	// param: place place | the place that was taken | المكان المأخوذ
//	// param: since date? | from this day, month or year on | ابتداء من هذا التاريخ
//	// column: actor node | who took it | من أخذه
//	// key: actor
//	// example: place=الموصل
//
// followed by one line "var NAME = …" per parameter that holds the example's
// value. To run it with other values those lines are replaced, each value
// written as a JavaScript string literal, so that no value can become code.
// A "?" after a parameter's type makes it optional: its value is then "".
//
// Rows that agree in the key columns are one answer: what the others hold is
// gathered. Rows are ordered by the columns of "order", else by all columns.
//
// What keeps a query in milliseconds on an archive, as measured on a million
// quads in Cayley's key-value layer: .unique() after a hop, one predicate a hop
// (a loop over roles, not a list of them), .save of a role rather than .out
// after .has, and evidence asked for report by report. Where two roles of a fact
// have several values each, .save gives each value in some row, not each pair.
//
// [All] returns every query, [Find] one of them, [Query.Bind] the Gizmo for
// given values. Names are turned into IRIs by package graph/query, not here.
package queries

import (
	"embed"
	"encoding/json"
	"fmt"
	"io/fs"
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/sila-graph/sila/extract/rec"
)

//go:embed *.js
var files embed.FS

// Labels is a text in both languages of the interface.
type Labels struct {
	En string `json:"en,omitempty"`
	Ar string `json:"ar,omitempty"`
}

// Kind says what a parameter's value may be.
type Kind string

// The kinds of parameter. Values of the first six become IRIs.
const (
	Actor   Kind = "actor"   // anyone or anything named: a person, a body, a country
	Place   Kind = "place"   // a place
	Type    Kind = "type"    // a type of fact: Liberate, تحرير
	Edge    Kind = "edge"    // a direct edge: liberated, حرّر
	Article Kind = "article" // an article's id or IRI
	Fact    Kind = "fact"    // a fact's IRI
	Date    Kind = "date"    // YYYY, YYYY-MM or YYYY-MM-DD
	Text    Kind = "text"    // any text
)

var kinds = []Kind{Actor, Place, Type, Edge, Article, Fact, Date, Text}

// Param is one parameter of a query.
type Param struct {
	Name     string
	Kind     Kind
	Optional bool
	Labels   // what it means
}

// Column is one column of a query's answer.
type Column struct {
	Name   string
	Node   bool // its values are nodes of the graph; else text and numbers
	Labels      // what it holds
}

// Query is one named query.
type Query struct {
	Name      string // of its file: who-took
	Title     Labels
	About     Labels
	Params    []Param
	Columns   []Column
	Key       []string // columns that tell answers apart; empty: all
	Order     []string // columns to sort by; a leading "-" sorts downwards
	Aggregate string   // "": Gizmo alone; else the aggregate of graph/query that the command computes instead
	Example   map[string]string
	Text      string // the whole file
}

// All returns the queries that are built into the program, by name.
func All() []*Query {
	return loadAll()
}

var loadAll = sync.OnceValue(func() []*Query {
	out, err := Read(files)
	if err != nil {
		panic("queries: " + err.Error()) // a test reads them all, so this cannot reach a user
	}
	return out
})

// Read reads every *.js file at the top of fsys, by name.
func Read(fsys fs.FS) ([]*Query, error) {
	names, err := fs.Glob(fsys, "*.js")
	if err != nil {
		return nil, err
	}
	slices.Sort(names)
	var out []*Query
	for _, name := range names {
		text, err := fs.ReadFile(fsys, name)
		if err != nil {
			return nil, err
		}
		q, err := Parse(name, string(text))
		if err != nil {
			return nil, err
		}
		out = append(out, q)
	}
	return out, nil
}

// Find returns the query of that name. The error names the nearest ones.
func Find(name string) (*Query, error) {
	all := All()
	for _, q := range all {
		if q.Name == name {
			return q, nil
		}
	}
	return nil, &UnknownError{Name: name, Near: near(name, all)}
}

// UnknownError says that there is no query of that name.
type UnknownError struct {
	Name string
	Near []string // names that are like it, most alike first; may be empty
}

func (e *UnknownError) Error() string {
	return fmt.Sprintf("no query is called %q", e.Name)
}

// near returns up to three names that share a part with name.
func near(name string, all []*Query) []string {
	parts := strings.FieldsFunc(name, func(r rune) bool { return r == '-' || r == '_' || r == ' ' })
	var out []string
	for _, q := range all {
		for _, p := range parts {
			p = strings.TrimSuffix(p, "s")
			if len(p) >= 3 && strings.Contains(q.Name, p) && len(out) < 3 {
				out = append(out, q.Name)
				break
			}
		}
	}
	return out
}

var varLine = regexp.MustCompile(`(?m)^var ([A-Za-z_][A-Za-z0-9_]*) = ("(?:[^"\\\n]|\\.)*")$`)

// Parse reads one query file. name is the file's; errors carry it with the line.
func Parse(name, text string) (*Query, error) {
	head := front(text)
	records, err := rec.Parse(name, head)
	if err != nil {
		return nil, err
	}
	if len(records) != 1 {
		return nil, fmt.Errorf("%s:1: want one block of \"// key: value\" lines at the top, have %d", name, len(records))
	}
	r := records[0]
	if err := r.Known("title", "en", "ar", "param", "column", "key", "order", "aggregate", "example"); err != nil {
		return nil, err
	}
	q := &Query{Name: strings.TrimSuffix(name, ".js"), Text: text, Aggregate: r.Get("aggregate"),
		About: Labels{En: r.Get("en"), Ar: r.Get("ar")}, Key: r.List("key", ","), Order: r.List("order", ",")}
	if q.Title, err = labels(strings.Split(r.Get("title"), "|")); err != nil {
		return nil, r.Errorf("title: %v", err)
	}
	if q.About.En == "" || q.About.Ar == "" {
		return nil, r.Errorf("en and ar: the description must be there in both languages")
	}
	for _, f := range r.All("param") {
		p, err := parseParam(f.Value)
		if err != nil {
			return nil, fmt.Errorf("%s:%d: %w", name, f.Line, err)
		}
		q.Params = append(q.Params, p)
	}
	for _, f := range r.All("column") {
		parts := strings.Split(f.Value, "|")
		l, err := labels(parts[1:])
		if err != nil {
			return nil, fmt.Errorf("%s:%d: column: %w", name, f.Line, err)
		}
		col, node := strings.CutSuffix(strings.TrimSpace(parts[0]), " node")
		q.Columns = append(q.Columns, Column{Name: col, Node: node, Labels: l})
	}
	if len(q.Columns) == 0 {
		return nil, r.Errorf("no columns; add \"// column: name | meaning | معنى\"")
	}
	for _, c := range append(slices.Clone(q.Key), q.Order...) {
		if !q.has(strings.TrimPrefix(c, "-")) {
			return nil, r.Errorf("key or order names %q, which is no column", c)
		}
	}
	if q.Example, err = q.Args(r.List("example", ";")); err != nil {
		return nil, r.Errorf("example: %v", err)
	}
	return q, q.checkVars(r)
}

// checkVars sees to it that each parameter has its "var" line and no other has one.
func (q *Query) checkVars(r rec.Record) error {
	var vars []string
	for _, m := range varLine.FindAllStringSubmatch(q.Text, -1) {
		vars = append(vars, m[1])
	}
	var want []string
	for _, p := range q.Params {
		want = append(want, p.Name)
	}
	if !slices.Equal(vars, want) {
		return r.Errorf("the lines var NAME = \"…\" are for %v, the parameters are %v; they must agree, in order", vars, want)
	}
	return nil
}

// front returns the leading comment without its slashes, line for line.
func front(text string) string {
	var b strings.Builder
	for line := range strings.Lines(text) {
		line = strings.TrimRight(line, "\n")
		rest, ok := strings.CutPrefix(line, "//")
		if !ok {
			break
		}
		b.WriteString(strings.TrimSpace(rest))
		b.WriteByte('\n')
	}
	return b.String()
}

func labels(parts []string) (Labels, error) {
	if len(parts) != 2 || strings.TrimSpace(parts[0]) == "" || strings.TrimSpace(parts[1]) == "" {
		return Labels{}, fmt.Errorf("want \"English | عربي\", have %q", strings.Join(parts, "|"))
	}
	return Labels{En: strings.TrimSpace(parts[0]), Ar: strings.TrimSpace(parts[1])}, nil
}

func parseParam(s string) (Param, error) {
	parts := strings.Split(s, "|")
	l, err := labels(parts[1:])
	if err != nil {
		return Param{}, fmt.Errorf("param: %w", err)
	}
	f := strings.Fields(parts[0])
	if len(f) != 2 {
		return Param{}, fmt.Errorf("param: want \"name kind | meaning | معنى\", have %q", parts[0])
	}
	kind, optional := strings.CutSuffix(f[1], "?")
	if !slices.Contains(kinds, Kind(kind)) {
		return Param{}, fmt.Errorf("param: unknown kind %q; known are %v", kind, kinds)
	}
	return Param{Name: f[0], Kind: Kind(kind), Optional: optional, Labels: l}, nil
}

func (q *Query) has(column string) bool {
	return slices.ContainsFunc(q.Columns, func(c Column) bool { return c.Name == column })
}

// Args reads "key=value" arguments. A lone argument without "=" is the value
// of the first parameter. Parameters that are missing or unknown are errors
// of type [*ArgError].
func (q *Query) Args(list []string) (map[string]string, error) {
	out := make(map[string]string, len(list))
	for i, a := range list {
		key, value, ok := strings.Cut(a, "=")
		if !ok && i == 0 && len(q.Params) > 0 {
			key, value, ok = q.Params[0].Name, a, true
		}
		if !ok {
			return nil, &ArgError{Query: q, Reason: fmt.Sprintf("%q is no key=value", a)}
		}
		if !slices.ContainsFunc(q.Params, func(p Param) bool { return p.Name == key }) {
			return nil, &ArgError{Query: q, Reason: fmt.Sprintf("there is no parameter %q", key)}
		}
		if _, dup := out[key]; dup {
			return nil, &ArgError{Query: q, Reason: fmt.Sprintf("parameter %q is given twice", key)}
		}
		out[key] = strings.TrimSpace(value)
	}
	for _, p := range q.Params {
		if out[p.Name] == "" && !p.Optional {
			return nil, &ArgError{Query: q, Reason: fmt.Sprintf("parameter %q is missing (%s)", p.Name, p.En)}
		}
	}
	return out, nil
}

// ArgError says what is wrong with a query's arguments.
type ArgError struct {
	Query  *Query
	Reason string
}

func (e *ArgError) Error() string { return fmt.Sprintf("query %s: %s", e.Query.Name, e.Reason) }

// Usage returns how the query is called: who-took place=PLACE [since=DATE].
func (q *Query) Usage() string {
	var b strings.Builder
	b.WriteString(q.Name)
	for _, p := range q.Params {
		form := p.Name + "=" + strings.ToUpper(string(p.Kind))
		if p.Optional {
			form = "[" + form + "]"
		}
		b.WriteString(" " + form)
	}
	return b.String()
}

// ExampleArgs returns the example's arguments in the order of the parameters: place=الموصل.
func (q *Query) ExampleArgs() []string {
	var out []string
	for _, p := range q.Params {
		if v := q.Example[p.Name]; v != "" {
			out = append(out, p.Name+"="+v)
		}
	}
	return out
}

// Bind returns the Gizmo with the parameters' values in place of the
// example's. Values of IRI kinds are written "<iri>" by the caller. A
// parameter that values lacks becomes "".
func (q *Query) Bind(values map[string]string) string {
	return varLine.ReplaceAllStringFunc(q.Text, func(line string) string {
		name := varLine.FindStringSubmatch(line)[1]
		return "var " + name + " = " + literal(values[name])
	})
}

// Short returns the Gizmo under its titles alone, for an editor.
func (q *Query) Short() string {
	rest := q.Text
	for strings.HasPrefix(rest, "//") {
		_, rest, _ = strings.Cut(rest, "\n")
	}
	return "// " + q.Title.En + "\n// " + q.Title.Ar + "\n" + rest
}

// literal writes s as a JavaScript string literal. JSON is one, and Go escapes
// U+2028 and U+2029, which older JavaScript takes for line ends.
func literal(s string) string {
	var b strings.Builder
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false) // IRIs are meant to be read
	if err := enc.Encode(s); err != nil {
		panic(err) // a string always encodes
	}
	return strings.TrimSuffix(b.String(), "\n")
}
