package query

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/quad"

	"github.com/sila-graph/sila/extract/doc"
	"github.com/sila-graph/sila/graph/vocab"
	"github.com/sila-graph/sila/queries"
)

// Card is what the graph knows of one actor or place.
type Card struct {
	Value
	Type      string   `json:"type"`           // Person, Place …
	Kind      string   `json:"kind,omitempty"` // finer: city, army; "" where unknown
	ID        string   `json:"id,omitempty"`   // gazetteer id
	Aliases   []string `json:"aliases,omitempty"`
	Country   Cell     `json:"country,omitempty"`
	Lat       float64  `json:"latitude,omitempty"`
	Long      float64  `json:"longitude,omitempty"` // degrees; both 0 where unknown
	Offices   []Office `json:"offices,omitempty"`   // those that are held first, then by who tells them latest
	Holders   []Office `json:"holders,omitempty"`   // of offices in it
	Ties      []Tie    `json:"ties,omitempty"`
	Latest    []Event  `json:"latest,omitempty"` // of what happened, the latest first
	Outlets   []Outlet `json:"outlets,omitempty"`
	Did       int      `json:"did"`       // facts as agent
	Underwent int      `json:"underwent"` // facts as patient
	Quoted    int      `json:"quoted"`    // reports that have it as their source
	Articles  int      `json:"articles"`  // that mention it
	First     string   `json:"first,omitempty"`
	Last      string   `json:"last,omitempty"` // dates of these articles
}

// Office is an office held, as far as articles tell.
type Office struct {
	Title  string `json:"title,omitempty"`
	Holder Cell   `json:"holder,omitempty"`
	Body   Cell   `json:"body,omitempty"`
	Ended  bool   `json:"ended,omitempty"` // told to be a former one, and by no later article to be held
	First  string `json:"first,omitempty"`
	Last   string `json:"last,omitempty"`   // dates of the articles that tell it
	Former string `json:"former,omitempty"` // date of the first that calls it a former one
	Told   int    `json:"told"`             // reports
}

// Tie gathers the direct edges of one predicate and direction.
type Tie struct {
	Edge  Value    `json:"edge"`
	Back  bool     `json:"back,omitempty"` // the card's actor is the target
	Ends  []TieEnd `json:"ends"`           // those that most facts tell first
	Facts int      `json:"facts"`
}

// TieEnd is the other end of a tie.
type TieEnd struct {
	Value
	Facts int `json:"facts"` // that tell it
}

// Outlet is who published articles that mention the card's actor.
type Outlet struct {
	Name     string `json:"name"`
	Articles int    `json:"articles"`
}

// latestFacts is how many of the latest facts a card holds.
const latestFacts = 5

// Card collects what is known of the one that name stands for.
func (e *Engine) Card(ctx context.Context, name string) (*Card, error) {
	me, v, err := e.resolveNode(ctx, queries.Actor, name)
	if err != nil {
		return nil, err
	}
	c := &Card{Value: v}
	typ, err := e.typeOf(ctx, c.IRI)
	if err != nil {
		return nil, err
	}
	c.Type = string(typ)
	for _, f := range []func(context.Context, graph.Ref, *Card) error{e.cardNames, e.cardFacts, e.cardArticles} {
		if err := f(ctx, me, c); err != nil {
			return nil, fmt.Errorf("card of %s: %w", c.IRI, err)
		}
	}
	return c, nil
}

func (e *Engine) cardNames(ctx context.Context, me graph.Ref, c *Card) error {
	err := e.about(ctx, me, func(p quad.IRI, o graph.Ref) {
		v, _ := value(e.qs.NameOf(o))
		switch p {
		case vocab.Kind:
			c.Kind = plainText(v.Plain)
		case vocab.ID:
			c.ID = plainText(v.Plain)
		case vocab.Lat:
			c.Lat, _ = number(v.Plain)
		case vocab.Long:
			c.Long, _ = number(v.Plain)
		case vocab.Alias:
			c.Aliases = append(c.Aliases, plainText(v.Plain))
		case vocab.Country:
			c.Country = append(c.Country, v)
		}
	})
	slices.Sort(c.Aliases)
	c.Aliases = slices.Compact(c.Aliases)
	if err != nil {
		return err
	}
	return e.label(ctx, c.Country)
}

// tieKey is an edge's predicate and direction.
type tieKey struct {
	edge key
	back bool
}

// cardFacts collects ties, offices and the latest facts.
func (e *Engine) cardFacts(ctx context.Context, me graph.Ref, c *Card) error {
	counts, err := e.cardCounts(ctx, me, c)
	if err != nil {
		return err
	}
	known := e.predicates().edges
	ties := map[tieKey]map[key]graph.Ref{}
	for _, back := range []bool{false, true} {
		mine, others := quad.Subject, quad.Object
		if back {
			mine, others = others, mine
		}
		for _, k := range e.predicates().direct {
			err := e.scan(ctx, func(q graph.Ref) error {
				x := e.qs.QuadDirection(q, others)
				t := tieKey{k.ref.Key(), back && !k.mutual()}
				if ties[t] == nil {
					ties[t] = map[key]graph.Ref{}
				}
				ties[t][x.Key()] = x
				return nil
			}, part{mine, me}, part{quad.Predicate, k.ref})
			if err != nil {
				return err
			}
		}
	}
	for t, ends := range ties {
		k := known[t.edge]
		tie := Tie{Edge: Value{IRI: k.iri}, Back: t.back}
		for end, ref := range ends {
			n := counts[endKey{k.typ, t.back, k.claim, end}]
			tie.Ends = append(tie.Ends, TieEnd{Value{IRI: e.iriOf(ref)}, n})
			tie.Facts += n
		}
		slices.SortFunc(tie.Ends, func(a, b TieEnd) int { return cmp.Or(b.Facts-a.Facts, cmp.Compare(a.IRI, b.IRI)) })
		for i := range tie.Ends {
			if tie.Ends[i].Label, err = e.LabelsOf(ctx, tie.Ends[i].IRI); err != nil {
				return err
			}
		}
		if tie.Edge.Label, err = e.LabelsOf(ctx, tie.Edge.IRI); err != nil {
			return err
		}
		c.Ties = append(c.Ties, tie)
	}
	slices.SortFunc(c.Ties, func(a, b Tie) int {
		return cmp.Or(later(a.Back, b.Back), len(b.Ends)-len(a.Ends), cmp.Compare(a.Edge.IRI, b.Edge.IRI))
	})
	return nil
}

// endKey names one end of the ties of a type.
type endKey struct {
	typ         *doc.Type
	back, claim bool
	end         key
}

// cardCounts goes through the facts once: it counts those that tell each tie,
// reads the offices and the latest.
func (e *Engine) cardCounts(ctx context.Context, me graph.Ref, c *Card) (map[endKey]int, error) {
	counts := map[endKey]int{}
	types, err := e.factTypes(nil)
	if err != nil {
		return nil, err
	}
	all := map[key]*doc.Type{}
	for i := range doc.Types().List {
		t := &doc.Types().List[i]
		if ref := e.qs.ValueOf(vocab.FactClass(t.Name)); ref != nil {
			all[ref.Key()] = t
		}
	}
	actual := e.qs.ValueOf(vocab.StatusIRI(doc.Actual))
	var happened []graph.Ref
	for _, back := range []bool{false, true} {
		role := vocab.Agent
		if back {
			role = vocab.Patient
		}
		refs, err := e.subjects(ctx, role, me)
		if err != nil {
			return nil, err
		}
		if back {
			c.Underwent = len(refs)
		} else {
			c.Did = len(refs)
		}
		for _, f := range refs {
			var typ *doc.Type
			var agents, patients []graph.Ref
			counted, claimed := true, false
			err := e.about(ctx, f, func(p quad.IRI, o graph.Ref) {
				switch p {
				case vocab.Type:
					typ = all[o.Key()]
					if types[o.Key()] != nil {
						happened = append(happened, f)
					}
				case vocab.Agent:
					agents = append(agents, o)
				case vocab.Patient:
					patients = append(patients, o)
				case vocab.Status:
					counted = counted && actual != nil && o.Key() == actual.Key()
				case vocab.Ended:
					counted = false
				case vocab.KnownFrom:
					claimed = true
				}
			})
			if err != nil {
				return nil, err
			}
			if typ == nil {
				continue
			}
			if typ.Name == "HoldsPosition" {
				if err := e.office(ctx, f, c, back); err != nil {
					return nil, err
				}
			}
			others := patients
			if back || typ.Symmetric || typ.Undirect {
				others = agents
			}
			for _, o := range others {
				if counted && o.Key() != me.Key() {
					counts[endKey{typ, back, claimed, o.Key()}]++
				}
			}
		}
	}
	sortOffices(c.Offices)
	sortOffices(c.Holders)
	dated, err := e.dated(ctx, unique(happened), types)
	if err != nil {
		return nil, err
	}
	dated = slices.DeleteFunc(dated, func(d datedFact) bool { return d.when() == "" })
	slices.Reverse(dated)
	c.Latest, err = e.events(ctx, dated[:min(len(dated), latestFacts)])
	return counts, err
}

func unique(refs []graph.Ref) []graph.Ref {
	seen := map[key]bool{}
	return slices.DeleteFunc(refs, func(r graph.Ref) bool {
		was := seen[r.Key()]
		seen[r.Key()] = true
		return was
	})
}

// office reads an office that a fact tells, and adds it to those of one title,
// holder and body.
func (e *Engine) office(ctx context.Context, ref graph.Ref, c *Card, back bool) error {
	f, err := e.fact(ctx, ref)
	if err != nil {
		return err
	}
	rs, err := e.reports(ctx, f)
	if err != nil {
		return err
	}
	o := Office{Title: f.Title, Body: f.Patients, Told: len(rs)}
	to := &c.Offices
	if back {
		o.Holder, o.Body, to = f.Agents, nil, &c.Holders
	}
	held := false
	for _, r := range rs {
		if r.Status.IRI != vocab.StatusIRI(doc.Actual) {
			continue
		}
		held = true
		if r.Date == "" {
			continue
		}
		if o.First == "" || r.Date < o.First {
			o.First = r.Date
		}
		o.Last = max(o.Last, r.Date)
	}
	if !held {
		return nil
	}
	if f.Ended {
		o.Ended, o.Former = true, o.First
	}
	i := slices.IndexFunc(*to, func(x Office) bool {
		return x.Title == o.Title && slices.EqualFunc(x.Body, o.Body, Value.same) && slices.EqualFunc(x.Holder, o.Holder, Value.same)
	})
	if i < 0 {
		*to = append(*to, o)
		return nil
	}
	x := &(*to)[i] // the same office, as held and as a former one: the later word holds
	was, is := *x, o
	if was.Ended {
		was, is = is, was
	}
	*x = was
	x.Told += is.Told
	x.Former = is.Former
	x.Ended = is.Ended && is.Last >= was.Last
	return nil
}

func sortOffices(list []Office) {
	key := func(o Office) string { return fmt.Sprint(o.Title, "\x00", o.Body, o.Holder) }
	slices.SortFunc(list, func(a, b Office) int {
		return cmp.Or(later(a.Ended, b.Ended), -strings.Compare(a.Last, b.Last), b.Told-a.Told, strings.Compare(key(a), key(b)))
	})
}

// cardArticles counts who published what mentions it, and when.
func (e *Engine) cardArticles(ctx context.Context, me graph.Ref, c *Card) error {
	articles, err := e.subjects(ctx, vocab.Mentions, me)
	if err != nil {
		return err
	}
	quoted, err := e.subjects(ctx, vocab.Source, me)
	if err != nil {
		return err
	}
	c.Articles, c.Quoted = len(articles), len(quoted)
	outlets := map[key]int{}
	names := map[key]graph.Ref{}
	p := e.predicates().of
	for _, a := range articles {
		for _, predicate := range []quad.IRI{vocab.Outlet, vocab.Date} {
			err := e.scan(ctx, func(q graph.Ref) error {
				o := e.qs.QuadDirection(q, quad.Object)
				if predicate == vocab.Outlet {
					outlets[o.Key()]++
					names[o.Key()] = o
				} else if d := e.text(o); d != "" {
					c.Last = max(c.Last, d)
					if c.First == "" || d < c.First {
						c.First = d
					}
				}
				return nil
			}, part{quad.Subject, a}, part{quad.Predicate, p[predicate]})
			if err != nil {
				return err
			}
		}
	}
	for k, n := range outlets {
		c.Outlets = append(c.Outlets, Outlet{e.text(names[k]), n})
	}
	slices.SortFunc(c.Outlets, func(a, b Outlet) int { return cmp.Or(b.Articles-a.Articles, strings.Compare(a.Name, b.Name)) })
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
