package load

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"

	"github.com/cayleygraph/quad"
	"github.com/sila-graph/sila/extract/doc"
	"github.com/sila-graph/sila/graph/resolve"
	"github.com/sila-graph/sila/graph/vocab"
)

// tally counts what articles say of one actor, each article once. Names, type
// and IRI follow from it, so that a change of one article needs no look at the
// others that mention the actor.
type tally struct {
	Articles  int            `json:"articles"`
	Types     map[string]int `json:"types"`
	Full      map[string]int `json:"full"`  // its fullest form in an article
	Names     map[string]int `json:"names"` // any form
	Canonical map[string]int `json:"canonical,omitempty"`
	Countries map[string]int `json:"countries,omitempty"` // by cluster key
	Kinds     map[string]int `json:"kinds,omitempty"`
}

// add counts an article's actor, or takes it back with n = -1.
func (t *tally) add(a *resolve.Actor, n int) {
	t.Articles += n
	count(&t.Types, string(a.Type), n)
	count(&t.Full, a.Full, n)
	for _, name := range a.Names {
		count(&t.Names, name, n)
	}
	count(&t.Canonical, a.Canonical, n)
	count(&t.Countries, a.Country, n)
	count(&t.Kinds, a.Kind, n)
}

func count(m *map[string]int, k string, n int) {
	if k == "" {
		return
	}
	if *m == nil {
		*m = map[string]int{}
	}
	if (*m)[k] += n; (*m)[k] == 0 {
		delete(*m, k)
	}
}

func (t *tally) clone() *tally {
	c := *t
	for _, m := range []*map[string]int{&c.Types, &c.Full, &c.Names, &c.Canonical, &c.Countries, &c.Kinds} {
		*m = maps.Clone(*m)
	}
	return &c
}

// most returns the key counted most often; of equals the first in lexical order.
func most(m map[string]int) string {
	best := ""
	for k, n := range m {
		if b := m[best]; best == "" || n > b || n == b && k < best {
			best = k
		}
	}
	return best
}

// cluster is one actor of the graph.
type cluster struct {
	key   string
	iri   quad.IRI
	tally *tally
}

func (c *cluster) kind() doc.EntityType { return doc.EntityType(most(c.tally.Types)) }

// name is the actor's name: the gazetteer's, else the one that articles take
// for canonical, else the fullest form in most articles.
func (c *cluster) name() string {
	if g, ok := resolve.Gazetteer(c.key); ok && g.Name != "" {
		return g.Name
	}
	if n := most(c.tally.Canonical); n != "" {
		return n
	}
	return most(c.tally.Full)
}

// base is the IRI that the actor wants.
func (c *cluster) base() quad.IRI { return vocab.EntityBase(c.kind(), c.name()) }

// share gives each of the clusters that want one IRI its own.
func share(base quad.IRI, keys []string) map[string]quad.IRI {
	out := make(map[string]quad.IRI, len(keys))
	if len(keys) == 1 {
		out[keys[0]] = base
		return out
	}
	for n := 6; ; n *= 2 { // six digits, twice as many should two agree in them
		taken := map[quad.IRI]bool{}
		for _, k := range keys {
			out[k] = vocab.Homonymous(base, k, n)
			taken[out[k]] = true
		}
		if len(taken) == len(keys) || n > 24 {
			return out
		}
	}
}

// quads gives the actor's knowledge; iri gives the IRI of another cluster.
func (c *cluster) quads(iri func(key string) (quad.IRI, error)) ([]quad.Quad, error) {
	var out []quad.Quad
	add := func(p quad.IRI, o quad.Value) {
		out = append(out, quad.Quad{Subject: c.iri, Predicate: p, Object: o})
	}
	name := c.name()
	add(vocab.Type, vocab.EntityClass(c.kind()))
	add(vocab.ID, quad.String(c.key))
	add(vocab.Label, arabic(name))
	for _, n := range slices.Sorted(maps.Keys(c.tally.Names)) {
		if n != name {
			add(vocab.Alias, arabic(n))
		}
	}
	g, known := resolve.Gazetteer(c.key)
	if known && g.En != "" {
		add(vocab.Label, quad.LangString{Value: quad.String(g.En), Lang: "en"})
	}
	if known && g.Located {
		add(vocab.Lat, quad.Float(g.Lat))
		add(vocab.Long, quad.Float(g.Lon))
	}
	if k := g.Kind; k != "" {
		add(vocab.Kind, quad.String(k))
	} else if k := most(c.tally.Kinds); k != "" {
		add(vocab.Kind, quad.String(k))
	}
	if k := most(c.tally.Countries); k != "" {
		country, err := iri(k)
		if err != nil {
			return nil, err
		}
		add(vocab.Country, country)
	}
	if base := c.base(); base != c.iri {
		add(vocab.Homonym, base)
	}
	b, err := json.Marshal(c.tally)
	if err != nil {
		return nil, err
	}
	add(vocab.Tally, quad.String(b))
	return out, nil
}

func arabic(s string) quad.Value { return quad.LangString{Value: quad.String(s), Lang: "ar"} }

func parseTally(s string) (*tally, error) {
	var t tally
	if err := json.Unmarshal([]byte(s), &t); err != nil {
		return nil, fmt.Errorf("tally %.60q: %w", s, err)
	}
	return &t, nil
}
