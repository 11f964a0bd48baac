package console

import (
	"context"
	_ "embed"
	"fmt"

	"github.com/cayleygraph/cayley/graph"
	cquery "github.com/cayleygraph/cayley/query"
)

//go:embed shape.js
var shapeScript string

// shape gives what Cayley's shape page draws of a query: nodes, the links
// between them, tags and values. A Gizmo query is followed as it runs
// (shape.js), because Cayley's own account knows neither paths that end in a
// callback nor what a store makes of a path.
func shape(ctx context.Context, qs graph.QuadStore, q Query) (*Answer, error) {
	switch q.Lang {
	case "gizmo":
		return gizmoShape(ctx, qs, q.Text)
	case "graphql":
		return nil, &QueryError{Reason: "a GraphQL query has no shape to draw: it is a tree as it stands; Gizmo and MQL have one"}
	}
	lang := cquery.GetLanguage(q.Lang)
	if lang == nil || lang.HTTP == nil {
		return nil, unknownLanguage(q.Lang)
	}
	drawn, err := lang.HTTP(plain{qs}).ShapeOf(q.Text)
	if err != nil {
		return nil, queryError(err)
	}
	b, err := encode(drawn)
	return &Answer{Result: b}, err
}

// plain hides what a store does to shorten queries, so that they keep their shape.
type plain struct{ graph.QuadStore }

func unknownLanguage(name string) error {
	return &QueryError{Reason: fmt.Sprintf("there is no query language %q", clip(name))}
}

func gizmoShape(ctx context.Context, qs graph.QuadStore, text string) (*Answer, error) {
	session := cquery.GetLanguage("gizmo").Session(qs)
	var drawn any
	for _, part := range []string{shapeScript, text, "__shape()"} {
		it, err := session.Execute(ctx, part, cquery.Options{Collation: cquery.JSON, Limit: -1})
		if err != nil {
			return nil, queryError(err)
		}
		for it.Next(ctx) {
			if row := it.Result(); row != nil {
				drawn = row
			}
		}
		// An iterator that ends by itself isn't closed: that would stop the session.
		if err := it.Err(); err != nil {
			it.Close()
			if ctx.Err() != nil {
				return nil, ctx.Err()
			}
			return nil, queryError(err)
		}
	}
	if m, ok := drawn.(map[string]any); ok {
		if list, ok := m["nodes"].([]any); ok && len(list) > 0 {
			b, err := encode(drawn)
			return &Answer{Result: b}, err
		}
	}
	return nil, &QueryError{Reason: "there is nothing to draw: the query asks for no path, such as " + `g.V("<place/الموصل>").in("<liberated>").all()`}
}
