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
	rootOf   map[string]string          // key of an atom → that of its cluster, where it is another
	nameds   map[string]map[string]bool // name block → roots
	mentions map[string]map[string]bool // key of an atom → article ids
	states   map[quad.IRI]map[string]int
	edges    map[edge]int // → how many facts give it
	copyMemory
}

func newMemory(g Graph) *memory {
	return &memory{g: g, articles: map[string]*article{}, blocks: map[string][]*report{}, clusters: map[string]*cluster{},
		bases: map[quad.IRI]map[string]bool{}, rootOf: map[string]string{}, nameds: map[string]map[string]bool{}, mentions: map[string]map[string]bool{},
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

func (m *memory) root(_ context.Context, key string) (string, error) {
	if r, ok := m.rootOf[key]; ok {
		return r, nil
	}
	if c := m.clusters[key]; c != nil && c.atom(key) != nil {
		return key, nil
	}
	return "", nil
}

func (m *memory) named(_ context.Context, block string) ([]string, error) {
	return slices.Collect(maps.Keys(m.nameds[block])), nil
}

func (m *memory) speaking(_ context.Context, key string) ([]string, error) {
	return slices.Collect(maps.Keys(m.mentions[key])), nil
}

func (m *memory) mentioning(_ context.Context, c *cluster) ([]string, error) {
	ids := map[string]bool{}
	for _, a := range c.atoms {
		maps.Copy(ids, m.mentions[a.Key])
	}
	return slices.Collect(maps.Keys(ids)), nil
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
		if was == nil {
			continue
		}
		if !was.local() {
			unset(m.bases, was.base(), key)
		}
		delete(m.clusters, key)
		for _, a := range was.atoms {
			delete(m.rootOf, a.Key)
			for _, b := range nameBlocks(a) {
				unset(m.nameds, b, key)
			}
			if len(m.mentions[a.Key]) == 0 {
				delete(m.mentions, a.Key)
			}
		}
	}
	for key, is := range c.newClusters {
		if is == nil {
			continue
		}
		m.clusters[key] = is
		if !is.local() {
			set(m.bases, is.base(), key)
		}
		for _, a := range is.atoms {
			if a.Key != key {
				m.rootOf[a.Key] = key
			}
			for _, b := range nameBlocks(a) {
				set(m.nameds, b, key)
			}
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

func unset[K comparable](m map[K]map[string]bool, k K, v string) {
	if delete(m[k], v); len(m[k]) == 0 {
		delete(m, k)
	}
}

func set[K comparable](m map[K]map[string]bool, k K, v string) {
	if m[k] == nil {
		m[k] = map[string]bool{}
	}
	m[k][v] = true
}

// readDocument reads an article's document from the graph.
func readDocument(ctx context.Context, g Reader, id string) (*stored, error) {
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
func object(ctx context.Context, g Reader, s, p quad.IRI) (quad.Value, error) {
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
