package load

import (
	"context"
	"maps"
	"slices"

	"github.com/cayleygraph/quad"
	"github.com/sila-graph/sila/graph/vocab"
)

// memory is the index for a graph that was empty when loading began: it
// remembers what was loaded, some 40 kB an article, and reads nothing back but
// documents.
type memory struct {
	g        Graph
	articles map[string]*article
	blocks   map[string][]*report
	clusters map[string]*cluster
	bases    map[quad.IRI]map[string]bool
	mentions map[string]map[string]bool // cluster key → article ids
	states   map[quad.IRI]map[string]int
	edges    map[edge]int // → how many facts give it
	copyMemory
}

func newMemory(g Graph) *memory {
	return &memory{g: g, articles: map[string]*article{}, blocks: map[string][]*report{}, clusters: map[string]*cluster{},
		bases: map[quad.IRI]map[string]bool{}, mentions: map[string]map[string]bool{},
		states: map[quad.IRI]map[string]int{}, edges: map[edge]int{}, copyMemory: newCopyMemory()}
}

func (m *memory) article(_ context.Context, id string) (*article, error) { return m.articles[id], nil }

func (m *memory) digest(_ context.Context, id string) (string, error) {
	if a := m.articles[id]; a != nil {
		return a.digest, nil
	}
	return "", nil
}

func (m *memory) document(ctx context.Context, id string) (*stored, error) {
	return readDocument(ctx, m.g, id)
}

func (m *memory) block(_ context.Context, key string) ([]*report, error) { return m.blocks[key], nil }

func (m *memory) cluster(_ context.Context, key string) (*cluster, error) {
	return m.clusters[key], nil
}

func (m *memory) wanting(_ context.Context, base quad.IRI) ([]string, error) {
	return slices.Collect(maps.Keys(m.bases[base])), nil
}

func (m *memory) mentioning(_ context.Context, c *cluster) ([]string, error) {
	return slices.Collect(maps.Keys(m.mentions[c.key])), nil
}

func (m *memory) counts(_ context.Context, s *state) (map[string]int, error) {
	return m.states[s.iri()], nil
}

func (m *memory) gives(_ context.Context, e edge, inside int, _ map[quad.IRI]bool) (bool, error) {
	return m.edges[e] > inside, nil
}

func (m *memory) has(_ context.Context, e edge) (bool, error) { return m.edges[e] > 0, nil }

func (m *memory) commit(c *change) {
	m.copyMemory.commit(c)
	for id, a := range c.before {
		if a == c.after[id] {
			continue // rewritten for a new IRI, says what it said
		}
		delete(m.articles, id)
		for _, r := range a.reports {
			if r.block != "" {
				m.blocks[r.block] = slices.DeleteFunc(m.blocks[r.block], func(q *report) bool { return q == r })
				if len(m.blocks[r.block]) == 0 {
					delete(m.blocks, r.block)
				}
			}
		}
		for i := range a.actors {
			delete(m.mentions[a.actors[i].Key], id)
		}
	}
	for id, a := range c.after {
		if a == c.before[id] {
			continue
		}
		m.articles[id] = a
		for _, r := range a.reports {
			if r.block != "" {
				m.blocks[r.block] = append(m.blocks[r.block], r)
			}
		}
		for i := range a.actors {
			set(m.mentions, a.actors[i].Key, id)
		}
	}
	for key, was := range c.oldClusters {
		if was != nil {
			base := was.base()
			if delete(m.bases[base], key); len(m.bases[base]) == 0 {
				delete(m.bases, base)
			}
			delete(m.clusters, key)
			if len(m.mentions[key]) == 0 {
				delete(m.mentions, key)
			}
		}
	}
	for key, is := range c.newClusters {
		if is != nil {
			m.clusters[key] = is
			set(m.bases, is.base(), key)
		}
	}
	for iri, counts := range c.newCounts {
		if len(counts) == 0 {
			delete(m.states, iri)
		} else {
			m.states[iri] = counts
		}
	}
	for e, n := range c.giving {
		if m.edges[e] += n.after - n.before; m.edges[e] == 0 {
			delete(m.edges, e)
		}
	}
}

func set[K comparable](m map[K]map[string]bool, k K, v string) {
	if m[k] == nil {
		m[k] = map[string]bool{}
	}
	m[k][v] = true
}

// readDocument reads an article's document from the graph.
func readDocument(ctx context.Context, g Graph, id string) (*stored, error) {
	v, err := object(ctx, g, vocab.ArticleIRI(id), vocab.Document)
	if err != nil || v == nil {
		return nil, err
	}
	d, err := Unpack(v)
	if err != nil {
		return nil, err
	}
	return &stored{d, v}, nil
}

// object returns the one object of subject and predicate, nil for none.
func object(ctx context.Context, g Graph, s, p quad.IRI) (quad.Value, error) {
	var out quad.Value
	err := g.Match(ctx, quad.Quad{Subject: s, Predicate: p}, func(q quad.Quad) error {
		out = q.Object
		return nil
	})
	return out, err
}

// subjects lists the subjects of predicate and object.
func subjects(ctx context.Context, g Graph, p quad.IRI, o quad.Value) ([]quad.IRI, error) {
	var out []quad.IRI
	err := g.Match(ctx, quad.Quad{Predicate: p, Object: o}, func(q quad.Quad) error {
		if s, ok := q.Subject.(quad.IRI); ok {
			out = append(out, s)
		}
		return nil
	})
	return out, err
}
