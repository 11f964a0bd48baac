package query

import (
	"context"
	"fmt"
	"slices"

	"github.com/cayleygraph/cayley/graph/path"
	"github.com/cayleygraph/quad"

	"github.com/sila-graph/sila/extract/doc"
)

// aggregate computes what Gizmo has no means for at scale. values are those
// of the query's parameters, IRIs in angle brackets.
func (e *Engine) aggregate(ctx context.Context, name string, values map[string]string) ([]map[string]any, error) {
	switch name {
	case "events-by-month":
		return e.eventsByMonth(ctx, values["type"])
	case "dyads-by-month":
		return e.dyadsByMonth(ctx, values["actor"])
	}
	return nil, fmt.Errorf("there is no aggregate %q", name) // a test runs every query, so this cannot reach a user
}

// happened starts the path of a type's facts that took place or are disputed.
func (e *Engine) happened(t doc.Type) *path.Path {
	return path.StartPath(e.qs, quad.IRI("sila:"+t.Name)).In(quad.IRI("rdf:type")).
		Has(quad.IRI("sila:status"), quad.IRI("sila:actual"), quad.IRI("sila:disputed"))
}

func (e *Engine) eventsByMonth(ctx context.Context, only string) ([]map[string]any, error) {
	var rows []map[string]any
	for _, t := range doc.Types().List {
		iri := quad.IRI("sila:" + t.Name)
		if only != "" && only != iri.String() || only == "" && t.State {
			continue
		}
		n := map[string]int{}
		err := e.happened(t).SaveOptional(quad.IRI("sila:time"), "time").SaveOptional(quad.IRI("sila:reported"), "reported").Iterate(ctx).Paths(true).
			TagValues(e.qs, func(tags map[string]quad.Value) { n[month(tags)]++ })
		if err != nil {
			return nil, err
		}
		for m, c := range n {
			rows = append(rows, map[string]any{"month": m, "type": iri, "facts": c})
		}
	}
	return rows, nil
}

// dyadsByMonth counts the events between two actors. Each event counts once
// for each pair of its doer and the one it befell, or for each pair of the
// parties of a symmetric event, the smaller IRI first.
func (e *Engine) dyadsByMonth(ctx context.Context, only string) ([]map[string]any, error) {
	type dyad struct {
		month    string
		from, to quad.IRI
	}
	type sum struct{ events, score int }
	type event struct {
		month string
		a, b  []quad.IRI
	}
	sums := map[dyad]*sum{}
	for _, t := range doc.Types().List {
		if t.State {
			continue
		}
		other := quad.IRI("sila:patient")
		if t.Symmetric {
			other = "sila:agent"
		}
		// Cayley gives each value of either role in some row, but not each pair.
		events := map[quad.IRI]*event{}
		err := e.happened(t).Tag("fact").SaveOptional(quad.IRI("sila:time"), "time").SaveOptional(quad.IRI("sila:reported"), "reported").
			Save(quad.IRI("sila:agent"), "a").Save(other, "b").
			Iterate(ctx).Paths(true).TagValues(e.qs, func(tags map[string]quad.Value) {
			fact, _ := tags["fact"].(quad.IRI)
			ev := events[fact]
			if ev == nil {
				ev = &event{month: month(tags)}
				events[fact] = ev
			}
			ev.a, ev.b = with(ev.a, tags["a"]), with(ev.b, tags["b"])
		})
		if err != nil {
			return nil, err
		}
		for _, ev := range events {
			for _, a := range ev.a {
				for _, b := range ev.b {
					if a == b || t.Symmetric && a > b || only != "" && only != a.String() && only != b.String() {
						continue
					}
					d := dyad{ev.month, a, b}
					if sums[d] == nil {
						sums[d] = &sum{}
					}
					sums[d].events++
					sums[d].score += t.Score
				}
			}
		}
	}
	var rows []map[string]any
	for d, s := range sums {
		rows = append(rows, map[string]any{"month": d.month, "source": d.from, "target": d.to, "events": s.events, "score": mean(s.score, s.events)})
	}
	return rows, nil
}

// with adds an IRI to a list that may have it.
func with(list []quad.IRI, v quad.Value) []quad.IRI {
	iri, ok := v.(quad.IRI)
	if !ok || slices.Contains(list, iri) {
		return list
	}
	return append(list, iri)
}

// mean returns the mean of scores that are kept times ten, to one decimal,
// in whole numbers so that every machine rounds alike.
func mean(sum, n int) float64 {
	neg := sum < 0
	if neg {
		sum = -sum
	}
	m := (2*sum + n) / (2 * n)
	if neg {
		m = -m
	}
	return float64(m) / 10
}

// month returns the YYYY-MM of a fact, or its YYYY where no more is known: of
// its time, else of the first article that tells it; "" where neither is known.
func month(tags map[string]quad.Value) string {
	for _, tag := range []string{"time", "reported"} {
		if s, ok := tags[tag].(quad.String); ok && s != "" {
			return string(s[:min(len(s), len("2006-01"))])
		}
	}
	return ""
}
