package query

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/cayley/graph/path"
	"github.com/cayleygraph/quad"

	"github.com/sila-graph/sila/queries"
)

// Card is what the graph knows of one actor or place.
type Card struct {
	Value
	Type      string // Person, Place …
	Kind      string // finer: city, army; "" where unknown
	ID        string // gazetteer id
	Aliases   []string
	Country   Cell
	Lat, Long float64 // degrees; both 0 where unknown
	Offices   []Office
	Ties      []Tie
	Did       int // facts as agent
	Underwent int // facts as patient
	Articles  int // that mention it
}

// Office is an office held.
type Office struct {
	Title string
	Body  Cell
	Ended bool
}

// Tie gathers the direct edges of one predicate and direction.
type Tie struct {
	Edge Value
	Back bool // the card's actor is the target
	Ends []Value
}

// Card collects what is known of the one that name stands for.
func (e *Engine) Card(ctx context.Context, name string) (*Card, error) {
	s, err := e.Resolve(ctx, queries.Actor, name)
	if err != nil {
		return nil, err
	}
	c := &Card{Value: Value{IRI: quad.IRI(strings.Trim(s, "<>"))}}
	if c.Label, err = e.LabelsOf(ctx, c.IRI); err != nil {
		return nil, err
	}
	typ, err := e.typeOf(ctx, c.IRI)
	if err != nil {
		return nil, err
	}
	c.Type = string(typ)
	for _, f := range []func(context.Context, *Card) error{e.cardNames, e.cardOffices, e.cardTies, e.cardCounts} {
		if err := f(ctx, c); err != nil {
			return nil, fmt.Errorf("card of %s: %w", c.IRI, err)
		}
	}
	return c, nil
}

func (e *Engine) cardNames(ctx context.Context, c *Card) error {
	text := func(predicate string, f func(Value)) error {
		return e.each(ctx, path.StartPath(e.qs, c.IRI).Out(quad.IRI(predicate)), func(v quad.Value) {
			if val, ok := value(v); ok {
				f(val)
			}
		})
	}
	one := func(to *string) func(Value) { return func(v Value) { *to = plainText(v.Plain) } }
	degrees := func(to *float64) func(Value) {
		return func(v Value) {
			if n, ok := number(v.Plain); ok {
				*to = n
			}
		}
	}
	for predicate, f := range map[string]func(Value){
		"sila:kind": one(&c.Kind), "sila:id": one(&c.ID), "sila:latitude": degrees(&c.Lat), "sila:longitude": degrees(&c.Long),
		"sila:alias":   func(v Value) { c.Aliases = append(c.Aliases, plainText(v.Plain)) },
		"sila:country": func(v Value) { c.Country = append(c.Country, v) },
	} {
		if err := text(predicate, f); err != nil {
			return err
		}
	}
	slices.Sort(c.Aliases)
	c.Aliases = slices.Compact(c.Aliases)
	return e.label(ctx, c.Country)
}

func (e *Engine) cardOffices(ctx context.Context, c *Card) error {
	p := path.StartPath(e.qs, c.IRI).In(quad.IRI("sila:agent")).Unique().Has(quad.IRI("rdf:type"), quad.IRI("sila:HoldsPosition")).
		SaveOptional(quad.IRI("sila:title"), "title").SaveOptional(quad.IRI("sila:ended"), "ended").SaveOptional(quad.IRI("sila:patient"), "body")
	err := p.Iterate(ctx).Paths(true).TagValues(e.qs, func(tags map[string]quad.Value) {
		title, _ := value(tags["title"])
		ended, _ := value(tags["ended"])
		o := Office{Title: plainText(title.Plain), Ended: ended.Plain == true}
		if body, ok := value(tags["body"]); ok {
			o.Body = Cell{body}
		}
		c.Offices = append(c.Offices, o)
	})
	if err != nil {
		return err
	}
	for _, o := range c.Offices {
		if err := e.label(ctx, o.Body); err != nil {
			return err
		}
	}
	key := func(o Office) string {
		return fmt.Sprint(o.Ended, "\x00", o.Title, "\x00", o.Body)
	}
	slices.SortFunc(c.Offices, func(a, b Office) int { return cmp.Compare(key(a), key(b)) })
	c.Offices = slices.CompactFunc(c.Offices, func(a, b Office) bool { return key(a) == key(b) })
	return nil
}

// cardTies collects the direct edges: those between the actor and another entity.
func (e *Engine) cardTies(ctx context.Context, c *Card) error {
	at := map[string]int{}
	for _, back := range []bool{false, true} {
		p := path.StartPath(e.qs, c.IRI)
		if back {
			p = p.InWithTags([]string{"edge"})
		} else {
			p = p.OutWithTags([]string{"edge"})
		}
		err := p.Tag("end").Iterate(ctx).Paths(true).TagValues(e.qs, func(tags map[string]quad.Value) {
			edge, _ := tags["edge"].(quad.IRI)
			end, _ := tags["end"].(quad.IRI)
			if strings.Contains(string(edge), ":") || !entityIRI(end) { // only direct edges have no prefix
				return
			}
			k := fmt.Sprint(back, edge)
			i, ok := at[k]
			if !ok {
				i = len(c.Ties)
				at[k] = i
				c.Ties = append(c.Ties, Tie{Edge: Value{IRI: edge}, Back: back})
			}
			c.Ties[i].Ends = append(c.Ties[i].Ends, Value{IRI: end})
		})
		if err != nil {
			return err
		}
	}
	for i := range c.Ties {
		t := &c.Ties[i]
		slices.SortFunc(t.Ends, compareValues)
		t.Ends = slices.CompactFunc(t.Ends, Value.same)
		if err := e.label(ctx, t.Ends); err != nil {
			return err
		}
		edge := Cell{t.Edge}
		if err := e.label(ctx, edge); err != nil {
			return err
		}
		t.Edge = edge[0]
	}
	slices.SortFunc(c.Ties, func(a, b Tie) int {
		if a.Back != b.Back {
			if b.Back {
				return -1
			}
			return 1
		}
		return cmp.Or(len(b.Ends)-len(a.Ends), cmp.Compare(a.Edge.IRI, b.Edge.IRI))
	})
	return nil
}

// entityIRI says whether an IRI is an entity's, by its prefix.
func entityIRI(iri quad.IRI) bool {
	kind, _, _ := strings.Cut(string(iri), "/")
	switch kind {
	case "person", "org", "place", "group", "event":
		return true
	}
	return false
}

func (e *Engine) cardCounts(ctx context.Context, c *Card) error {
	for predicate, to := range map[quad.IRI]*int{"sila:agent": &c.Did, "sila:patient": &c.Underwent, "sila:mentions": &c.Articles} {
		err := path.StartPath(e.qs, c.IRI).In(predicate).Unique().Iterate(ctx).Paths(false).Each(func(graph.Ref) { *to++ })
		if err != nil {
			return err
		}
	}
	return nil
}

// label fills in the labels of a cell's nodes.
func (e *Engine) label(ctx context.Context, c Cell) error {
	for i := range c {
		if c[i].IRI == "" {
			continue
		}
		var err error
		if c[i].Label, err = e.LabelsOf(ctx, c[i].IRI); err != nil {
			return err
		}
	}
	return nil
}
