// Package query asks the graph. In go the named queries of package queries
// with their arguments, or any Gizmo, GraphQL or MQL; out come [Result]s:
// columns and rows of cells, each cell the values of one answer with the
// labels that people read.
//
// An [Engine] asks one graph.QuadStore. [Engine.Named] runs a named query,
// [Engine.AdHoc] any other, [Engine.Card] collects what is known of an actor;
// [Engine.Resolve] turns a name in Arabic into an IRI. An Engine is safe for
// concurrent use as far as its store is; it caches labels and names, so a
// store that changes wants a new Engine.
package query

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"

	"github.com/cayleygraph/cayley/graph"
	cquery "github.com/cayleygraph/cayley/query"
	"github.com/cayleygraph/quad"

	_ "github.com/cayleygraph/cayley/query/gizmo" // the languages of AdHoc
	_ "github.com/cayleygraph/cayley/query/graphql"
	_ "github.com/cayleygraph/cayley/query/mql"

	"github.com/sila-graph/sila/extract/doc"
	"github.com/sila-graph/sila/queries"
)

// DefaultLimit is how many rows an answer may have unless Limit says otherwise.
const DefaultLimit = 1000

// readAhead bounds how many rows of a named query are read before they are
// gathered, sorted and cut to the limit.
const readAhead = 1_000_000

// Engine asks one graph.
type Engine struct {
	qs    graph.QuadStore
	Limit int // rows of an answer at most; 0: DefaultLimit, negative: no limit

	mu     sync.Mutex
	labels map[quad.IRI]Labels
	names  *names
	refs   *refs
	keysOf func(*doc.Document) map[string]string // of people's decisions, too
}

// Labels is what a node is called in both languages; either may be empty.
type Labels = queries.Labels

// New returns an engine over a store.
func New(qs graph.QuadStore) *Engine {
	return &Engine{qs: qs, labels: map[quad.IRI]Labels{}}
}

func (e *Engine) limit() int {
	switch {
	case e.Limit == 0:
		return DefaultLimit
	case e.Limit < 0:
		return readAhead
	}
	return e.Limit
}

// Result is an answer.
type Result struct {
	Query     *queries.Query // the named query, nil for others
	Columns   []string
	Rows      [][]Cell
	Truncated bool // there are more rows than the limit
}

// Cell holds the values of one column in one row; usually one, none where
// the graph doesn't say, several where one answer has several.
type Cell []Value

// Value is a node of the graph with its labels, or a plain value.
type Value struct {
	IRI   quad.IRI `json:"iri,omitempty"`   // of a node; empty for plain values
	Label Labels   `json:"label,omitzero"`  // of a node, as far as the graph has them
	Plain any      `json:"value,omitempty"` // string, int64, float64, bool, or nested maps and lists from GraphQL
}

// Text returns the value for reading: the label in lang ("ar", "en"), else
// the other label, else the IRI; lang "" gives the IRI always.
func (v Value) Text(lang string) string {
	if v.IRI == "" {
		return plainText(v.Plain)
	}
	first, second := v.Label.Ar, v.Label.En
	switch lang {
	case "":
		return v.IRI.String()
	case "en":
		first, second = second, first
	}
	if first != "" {
		return first
	}
	if second != "" {
		return second
	}
	return v.IRI.String()
}

// Named runs a named query. Arguments for parameters that stand for nodes are
// names or IRIs. Errors: *queries.ArgError, *NameError, the store's.
func (e *Engine) Named(ctx context.Context, q *queries.Query, args map[string]string) (*Result, error) {
	values, err := e.bind(ctx, q, args)
	if err != nil {
		return nil, err
	}
	var rows []map[string]any
	if q.Aggregate != "" {
		rows, err = e.aggregate(ctx, q.Aggregate, values)
	} else {
		rows, _, err = e.run(ctx, "gizmo", q.Bind(values), readAhead)
	}
	if err != nil {
		return nil, fmt.Errorf("query %s: %w", q.Name, err)
	}
	return e.gather(ctx, q, rows)
}

// Gizmo returns the text that Named would run for these arguments, for the console.
func (e *Engine) Gizmo(ctx context.Context, q *queries.Query, args map[string]string) (string, error) {
	values, err := e.bind(ctx, q, args)
	if err != nil {
		return "", err
	}
	return q.Bind(values), nil
}

// bind turns arguments into the values that stand in the Gizmo.
func (e *Engine) bind(ctx context.Context, q *queries.Query, args map[string]string) (map[string]string, error) {
	values := make(map[string]string, len(args))
	for _, p := range q.Params {
		arg := args[p.Name]
		if arg == "" {
			continue
		}
		v, err := e.Resolve(ctx, p.Kind, arg)
		if err != nil {
			return nil, fmt.Errorf("%s=%s: %w", p.Name, arg, err)
		}
		values[p.Name] = v
	}
	return values, nil
}

// AdHoc runs a query in gizmo, graphql or mql. Columns are the tags of the
// rows, "id" last.
func (e *Engine) AdHoc(ctx context.Context, lang, text string) (*Result, error) {
	rows, more, err := e.run(ctx, lang, text, e.limit())
	if err != nil {
		return nil, err
	}
	seen := map[string]bool{}
	for _, r := range rows {
		for k := range r {
			seen[k] = true
		}
	}
	res := &Result{Truncated: more, Columns: slices.SortedFunc(maps.Keys(seen), func(a, b string) int {
		if (a == "id") != (b == "id") {
			if a == "id" {
				return 1
			}
			return -1
		}
		return strings.Compare(a, b)
	})}
	for _, r := range rows {
		row := make([]Cell, len(res.Columns))
		for i, c := range res.Columns {
			if row[i], err = e.cell(ctx, r[c]); err != nil {
				return nil, err
			}
		}
		res.Rows = append(res.Rows, row)
	}
	return res, nil
}

// run executes one query and returns its rows, at most limit, as maps of
// quad values, native values or nested maps, and whether there are more.
func (e *Engine) run(ctx context.Context, lang, text string, limit int) (rows []map[string]any, more bool, err error) {
	ses := cquery.NewSession(e.qs, lang)
	if ses == nil {
		langs := cquery.Languages()
		slices.Sort(langs)
		return nil, false, fmt.Errorf("there is no query language %q; known are %s", lang, strings.Join(langs, ", "))
	}
	collation := cquery.JSON
	if lang == "gizmo" {
		collation = cquery.Raw // keeps the difference between IRIs and text
	}
	it, err := ses.Execute(ctx, text, cquery.Options{Collation: collation, Limit: -1})
	if err != nil {
		return nil, false, syntax(err)
	}
	defer it.Close()
	for it.Next(ctx) {
		row, ok := e.row(it.Result())
		if !ok {
			continue
		}
		parts := []map[string]any{row}
		if lang == "graphql" {
			parts = unnest(row)
		}
		for _, r := range parts {
			if len(rows) == limit {
				return rows, true, nil
			}
			rows = append(rows, r)
		}
	}
	if err := it.Err(); err != nil {
		return nil, false, syntax(err)
	}
	return rows, false, nil
}

// syntax rids errors of the query languages of their noise.
func syntax(err error) error {
	if errors.Is(err, context.DeadlineExceeded) || errors.Is(err, context.Canceled) {
		return err
	}
	return fmt.Errorf("%s", strings.TrimPrefix(strings.ReplaceAll(err.Error(), "(anonymous)", "query"), "query: "))
}
