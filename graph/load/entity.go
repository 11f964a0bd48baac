package load

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/cayleygraph/quad"
	"github.com/sila-graph/sila/extract/doc"
	"github.com/sila-graph/sila/graph/resolve"
	"github.com/sila-graph/sila/graph/vocab"
)

// atom is one key of articles' actors with what they say of its bearer.
type atom struct {
	Key string `json:"key"`
	*resolve.Evidence
}

// cluster is one actor of the graph: the atoms that resolve joined. It goes by
// the key of one of them, its root.
type cluster struct {
	key   string
	iri   quad.IRI
	atoms []*atom // by their keys; not changed once made

	all  *resolve.Evidence // of all atoms, when asked for
	wish quad.IRI          // what base returns, when asked for
}

// nameBlocks lists the blocks that an atom falls into.
func nameBlocks(a *atom) []string {
	home, out := resolve.Blocks(a.Key, a.Evidence)
	if home != "" {
		out = append(out, home)
	}
	return out
}

func (c *cluster) atom(key string) *atom {
	for _, a := range c.atoms {
		if a.Key == key {
			return a
		}
	}
	return nil
}

// tally is what is said of all atoms together.
func (c *cluster) tally() *resolve.Evidence {
	switch {
	case c.all != nil:
	case len(c.atoms) == 1:
		c.all = c.atoms[0].Evidence
	default:
		c.all = new(resolve.Evidence)
		for _, a := range c.atoms {
			c.all.AddAll(a.Evidence)
		}
	}
	return c.all
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

func (c *cluster) kind() doc.EntityType { return doc.EntityType(most(c.tally().Types)) }

// name is the actor's name: the gazetteer's, else the one that articles take
// for canonical, else the fullest form in most articles; where the cluster has
// names that aren't full, those that are go first.
func (c *cluster) name() string {
	if g, ok := resolve.Gazetteer(c.key); ok && g.Name != "" {
		return g.Name
	}
	if n := most(c.tally().Canonical); n != "" {
		return n
	}
	full := c.tally().Full
	if len(c.atoms) > 1 {
		full = map[string]int{}
		for _, a := range c.atoms {
			if !resolve.Loose(a.Key) {
				for k, n := range a.Full {
					full[k] += n
				}
			}
		}
		if len(full) == 0 {
			full = c.tally().Full
		}
	}
	return most(full)
}

// base is the IRI that the actor wants.
func (c *cluster) base() quad.IRI {
	if c.wish == "" {
		c.wish = vocab.EntityBase(c.kind(), c.name())
	}
	return c.wish
}

// local says that a cluster is one article's alone, because nothing tells it
// from others of its name: الهيئة. It never gets the plain IRI of its name.
func (c *cluster) local() bool { return strings.Contains(c.key, "#") }

func (c *cluster) localIRI() quad.IRI { return vocab.Homonymous(c.base(), c.key, 12) }

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

// quads gives the actor's knowledge; iri gives the IRI of another actor by any of its keys.
func (c *cluster) quads(iri naming) ([]quad.Quad, error) {
	var out []quad.Quad
	add := func(p quad.IRI, o quad.Value) {
		out = append(out, quad.Quad{Subject: c.iri, Predicate: p, Object: o})
	}
	name, tally := c.name(), c.tally()
	add(vocab.Type, vocab.EntityClass(c.kind()))
	add(vocab.ID, quad.String(c.key))
	add(vocab.Label, arabic(name))
	for _, n := range slices.Sorted(maps.Keys(tally.Names)) {
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
	} else if k := most(tally.Kinds); k != "" {
		add(vocab.Kind, quad.String(k))
	}
	if k := most(tally.Countries); k != "" {
		country, err := iri(k)
		if err != nil {
			return nil, err
		}
		if country != c.iri {
			add(vocab.Country, country)
		}
	}
	if base := c.base(); base != c.iri && !c.local() {
		add(vocab.Homonym, base)
	}
	blocks := map[string]bool{}
	for _, a := range c.atoms {
		if a.Key != c.key {
			add(vocab.Also, quad.String(a.Key))
		}
		for _, b := range nameBlocks(a) {
			if !blocks[b] {
				blocks[b] = true
				add(vocab.NameBlock, quad.String(b))
			}
		}
		b, err := json.Marshal(a)
		if err != nil {
			return nil, err
		}
		add(vocab.Tally, quad.String(b))
	}
	return out, nil
}

func arabic(s string) quad.Value { return quad.LangString{Value: quad.String(s), Lang: "ar"} }

func parseAtom(s string) (*atom, error) {
	a := &atom{Evidence: new(resolve.Evidence)}
	if err := json.Unmarshal([]byte(s), a); err != nil {
		return nil, fmt.Errorf("tally %.60q: %w", s, err)
	}
	return a, nil
}
