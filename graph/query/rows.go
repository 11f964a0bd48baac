package query

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/cayleygraph/cayley/graph/path"
	"github.com/cayleygraph/cayley/query/gizmo"
	"github.com/cayleygraph/quad"

	"github.com/sila-graph/sila/graph/vocab"
	"github.com/sila-graph/sila/queries"
)

// row turns one result of a session into a map. ok is false for what is no
// row: the value of the last statement.
func (e *Engine) row(result any) (row map[string]any, ok bool) {
	switch r := result.(type) {
	case *gizmo.Result:
		switch {
		case r.Meta:
			return nil, false
		case r.Tags != nil:
			row = make(map[string]any, len(r.Tags))
			for k, ref := range r.Tags {
				if v := e.qs.NameOf(ref); v != nil {
					row[k] = v
				}
			}
			return row, true
		}
		if m, is := r.Val.(map[string]any); is {
			return m, true
		}
		return map[string]any{"value": r.Val}, true
	case map[string]any:
		return r, true
	case nil:
		return nil, false
	}
	return map[string]any{"value": result}, true
}

// unnest turns the one object that a GraphQL query answers with into rows, if
// it asks for one thing: { nodes { … } } gives a row a node.
func unnest(row map[string]any) []map[string]any {
	if len(row) == 1 {
		for _, v := range row {
			switch v := v.(type) {
			case []map[string]any:
				return v
			case map[string]any:
				return []map[string]any{v}
			}
		}
	}
	return []map[string]any{row}
}

// nested makes values within objects and lists plain: IRIs in angle brackets.
func nested(v any) any {
	switch v := v.(type) {
	case map[string]any:
		out := make(map[string]any, len(v))
		for k, x := range v {
			out[k] = nested(x)
		}
		return out
	case []map[string]any:
		out := make([]any, len(v))
		for i, x := range v {
			out[i] = nested(x)
		}
		return out
	case []any:
		out := make([]any, len(v))
		for i, x := range v {
			out[i] = nested(x)
		}
		return out
	}
	if val, ok := value(v); ok {
		if val.IRI != "" {
			return val.IRI.String()
		}
		return val.Plain
	}
	return nil
}

// cell turns a value as it comes from a session into a cell.
func (e *Engine) cell(ctx context.Context, v any) (Cell, error) {
	if list, ok := v.([]any); ok {
		var out Cell
		for _, x := range list {
			c, err := e.cell(ctx, x)
			if err != nil {
				return nil, err
			}
			out = append(out, c...)
		}
		return out, nil
	}
	switch v := v.(type) {
	case map[string]any:
		return Cell{{Plain: nested(v)}}, nil
	case []map[string]any:
		return Cell{{Plain: nested(v)}}, nil
	}
	val, ok := value(v)
	if !ok {
		return nil, nil
	}
	if val.IRI != "" {
		var err error
		if val.Label, err = e.LabelsOf(ctx, val.IRI); err != nil {
			return nil, err
		}
	}
	return Cell{val}, nil
}

// value converts one value; ok is false where there is none.
func value(v any) (val Value, ok bool) {
	switch v := v.(type) {
	case nil:
		return Value{}, false
	case quad.IRI:
		return Value{IRI: v}, true
	case quad.TypedString:
		return typed(string(v.Value), string(v.Type)), true
	case quad.Value:
		n := v.Native()
		if _, same := n.(quad.Value); same { // blank nodes and raw values have nothing plainer
			return Value{Plain: quad.StringOf(v)}, true
		}
		return value(n)
	case string:
		if len(v) > 2 && v[0] == '<' && v[len(v)-1] == '>' { // how Gizmo hands IRIs to JavaScript
			return Value{IRI: quad.IRI(v[1 : len(v)-1])}, true
		}
		return Value{Plain: v}, true
	case int:
		return Value{Plain: int64(v)}, true
	case time.Time:
		return Value{Plain: v.UTC().Format(time.RFC3339)}, true
	}
	return Value{Plain: v}, true
}

// typed reads the literals of types that the graph uses, under their short and full names.
func typed(text, typ string) Value {
	switch typ[strings.LastIndexAny(typ, ":#")+1:] {
	case "integer", "int", "long":
		if n, err := strconv.ParseInt(text, 10, 64); err == nil {
			return Value{Plain: n}
		}
	case "double", "float", "decimal":
		if f, err := strconv.ParseFloat(text, 64); err == nil {
			return Value{Plain: f}
		}
	case "boolean":
		if b, err := strconv.ParseBool(text); err == nil {
			return Value{Plain: b}
		}
	}
	return Value{Plain: text}
}

func plainText(v any) string {
	switch v := v.(type) {
	case nil:
		return ""
	case string:
		return v
	case bool:
		if v {
			return "yes"
		}
		return "no"
	case int64:
		return strconv.FormatInt(v, 10)
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64)
	}
	var b strings.Builder
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		return fmt.Sprint(v)
	}
	return strings.TrimSuffix(b.String(), "\n")
}

// gather makes one row of those that agree in the key columns, orders the
// rows and cuts them to the limit.
func (e *Engine) gather(ctx context.Context, q *queries.Query, raw []map[string]any) (*Result, error) {
	res := &Result{Query: q}
	for _, c := range q.Columns {
		res.Columns = append(res.Columns, c.Name)
	}
	key := q.Key
	if len(key) == 0 {
		key = res.Columns
	}
	at := map[string]int{}
	for _, r := range raw {
		var k strings.Builder
		for _, c := range key {
			fmt.Fprintf(&k, "%v\x00", r[c])
		}
		i, ok := at[k.String()]
		if !ok {
			i = len(res.Rows)
			at[k.String()] = i
			res.Rows = append(res.Rows, make([]Cell, len(res.Columns)))
		}
		for j, c := range res.Columns {
			for _, v := range flat(r[c]) {
				if val, ok := value(v); ok && !slices.ContainsFunc(res.Rows[i][j], val.same) {
					res.Rows[i][j] = append(res.Rows[i][j], val)
				}
			}
		}
	}
	for _, row := range res.Rows {
		for _, c := range row {
			slices.SortFunc(c, func(a, b Value) int { return compareValues(a, b) })
		}
	}
	order := q.Order
	for _, c := range append(slices.Clone(key), res.Columns...) {
		order = append(slices.Clip(order), c)
	}
	slices.SortStableFunc(res.Rows, func(a, b []Cell) int { return compareRows(res.Columns, order, a, b) })
	if n := e.limit(); len(res.Rows) > n {
		res.Rows, res.Truncated = res.Rows[:n], true
	}
	for _, row := range res.Rows {
		for _, c := range row {
			for i := range c {
				if c[i].IRI == "" {
					continue
				}
				var err error
				if c[i].Label, err = e.LabelsOf(ctx, c[i].IRI); err != nil {
					return nil, err
				}
			}
		}
	}
	return res, nil
}

func flat(v any) []any {
	if list, ok := v.([]any); ok {
		return list
	}
	return []any{v}
}

func (v Value) same(w Value) bool {
	return v.IRI == w.IRI && (v.IRI != "" || plainText(v.Plain) == plainText(w.Plain))
}

func compareRows(columns, order []string, a, b []Cell) int {
	for _, c := range order {
		name, down := strings.CutPrefix(c, "-")
		j := slices.Index(columns, name)
		if n := slices.CompareFunc(a[j], b[j], compareValues); n != 0 {
			if down {
				return -n
			}
			return n
		}
	}
	return 0
}

func compareValues(a, b Value) int {
	if n := cmp.Compare(a.IRI, b.IRI); n != 0 {
		return n
	}
	x, xok := number(a.Plain)
	y, yok := number(b.Plain)
	if xok && yok {
		return cmp.Compare(x, y)
	}
	return strings.Compare(plainText(a.Plain), plainText(b.Plain))
}

func number(v any) (float64, bool) {
	switch v := v.(type) {
	case int64:
		return float64(v), true
	case float64:
		return v, true
	}
	return 0, false
}

// LabelsOf returns what a node is called, from the graph, else from the
// inventory of types.
func (e *Engine) LabelsOf(ctx context.Context, iri quad.IRI) (Labels, error) {
	e.mu.Lock()
	l, ok := e.labels[iri]
	e.mu.Unlock()
	if ok {
		return l, nil
	}
	err := e.each(ctx, path.StartPath(e.qs, iri).Out(quad.IRI("rdfs:label")), func(v quad.Value) {
		text, lang := "", ""
		switch v := v.(type) {
		case quad.LangString:
			text, lang = string(v.Value), v.Lang
		case quad.String:
			text = string(v)
		}
		switch {
		case text == "":
		case lang == "en" && l.En == "":
			l.En = text
		case lang != "en" && l.Ar == "":
			l.Ar = text
		}
	})
	if err != nil {
		return Labels{}, err
	}
	if l == (Labels{}) {
		l = vocabulary()[iri] // read-only
	}
	e.mu.Lock()
	e.labels[iri] = l
	e.mu.Unlock()
	return l, nil
}

// each calls f for every value that a path leads to.
func (e *Engine) each(ctx context.Context, p *path.Path, f func(quad.Value)) error {
	return p.Iterate(ctx).Paths(false).EachValue(e.qs, f)
}

// vocabulary labels types, edges and statuses in graphs that hold no vocabulary of their own.
var vocabulary = sync.OnceValue(func() map[quad.IRI]Labels {
	out := map[quad.IRI]Labels{}
	for _, q := range vocab.Quads() {
		if text, ok := q.Object.(quad.LangString); ok && q.Predicate == vocab.Label {
			l := out[q.Subject.(quad.IRI)]
			if text.Lang == "ar" {
				l.Ar = string(text.Value)
			} else {
				l.En = string(text.Value)
			}
			out[q.Subject.(quad.IRI)] = l
		}
	}
	return out
})
