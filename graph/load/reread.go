package load

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/cayleygraph/quad"
	"github.com/sila-graph/sila/graph/vocab"
)

// keptRoots is how many clusters of atoms the reading index keeps.
const keptRoots = 1 << 17

// keptArticles is how many articles the reading index keeps decoded.
const keptArticles = 4096

// reading is the index that reads the graph itself, for one that wasn't empty.
type reading struct {
	g Graph
	// both are dropped as a whole when full
	kept  map[string]*article
	roots map[string]string // key → of the cluster

	decided *decided // as the graph reflects it
}

func newReading(g Graph) *reading {
	return &reading{g: g, kept: map[string]*article{}, roots: map[string]string{}}
}

func (x *reading) article(ctx context.Context, id string) (*article, error) {
	if a, ok := x.kept[id]; ok {
		return a, nil
	}
	s, err := x.document(ctx, id)
	if err != nil || s == nil {
		return nil, err
	}
	w, err := read(s.doc, x.decided)
	if err != nil {
		return nil, err
	}
	if w.digest, err = x.digest(ctx, id); err != nil {
		return nil, err
	}
	a, err := w.record(func(key string) (string, error) { return x.root(ctx, key) })
	if err != nil {
		return nil, err
	}
	if len(x.kept) >= keptArticles {
		clear(x.kept)
	}
	x.kept[id] = a
	return a, nil
}

func (x *reading) digest(ctx context.Context, id string) (string, error) {
	v, err := object(ctx, x.g, vocab.ArticleIRI(id), vocab.Digest)
	s, _ := v.(quad.String)
	return string(s), err
}

func (x *reading) document(ctx context.Context, id string) (*stored, error) {
	return readDocument(ctx, x.g, id)
}

func (x *reading) block(ctx context.Context, key string) ([]*report, error) {
	iris, err := subjects(ctx, x.g, vocab.Block, quad.String(key))
	if err != nil {
		return nil, err
	}
	out := make([]*report, 0, len(iris))
	for _, iri := range iris {
		r, err := x.report(ctx, iri)
		if err != nil {
			return nil, err
		}
		out = append(out, r)
	}
	return out, nil
}

func (x *reading) report(ctx context.Context, iri quad.IRI) (*report, error) {
	id, n, ok := vocab.ReportKey(iri)
	if !ok {
		return nil, fmt.Errorf("%v is no report", iri)
	}
	a, err := x.article(ctx, id)
	if err != nil {
		return nil, err
	}
	if a == nil || n >= len(a.reports) {
		return nil, fmt.Errorf("the report %v has no document: load article %s again", iri, id)
	}
	return a.reports[n], nil
}

func (x *reading) cluster(ctx context.Context, root string) (*cluster, error) {
	iris, err := subjects(ctx, x.g, vocab.ID, quad.String(root))
	if err != nil || len(iris) == 0 {
		return nil, err
	}
	c := &cluster{key: root, iri: iris[0]}
	var bad error
	err = x.g.Match(ctx, quad.Quad{Subject: c.iri, Predicate: vocab.Tally}, func(q quad.Quad) error {
		s, _ := q.Object.(quad.String)
		a, err := parseAtom(string(s))
		if err != nil && bad == nil {
			bad = fmt.Errorf("%v: %w", c.iri, err)
		}
		c.atoms = append(c.atoms, a)
		return nil
	})
	if err = errors.Join(err, bad); err != nil {
		return nil, err
	}
	slices.SortFunc(c.atoms, func(a, b *atom) int { return strings.Compare(a.Key, b.Key) })
	return c, nil
}

func (x *reading) root(ctx context.Context, key string) (string, error) {
	if r, ok := x.roots[key]; ok {
		return r, nil
	}
	iris, err := subjects(ctx, x.g, vocab.ID, quad.String(key))
	if err != nil {
		return "", err
	}
	r := key
	if len(iris) == 0 {
		if iris, err = subjects(ctx, x.g, vocab.Also, quad.String(key)); err != nil || len(iris) == 0 {
			return "", err
		}
		v, err := object(ctx, x.g, iris[0], vocab.ID)
		if err != nil {
			return "", err
		}
		s, _ := v.(quad.String)
		r = string(s)
	}
	if len(x.roots) >= keptRoots {
		clear(x.roots)
	}
	x.roots[key] = r
	return r, nil
}

func (x *reading) named(ctx context.Context, block string) ([]string, error) {
	iris, err := subjects(ctx, x.g, vocab.NameBlock, quad.String(block))
	if err != nil {
		return nil, err
	}
	out := make([]string, 0, len(iris))
	for _, iri := range iris {
		v, err := object(ctx, x.g, iri, vocab.ID)
		if err != nil {
			return nil, err
		}
		s, ok := v.(quad.String)
		if !ok {
			return nil, fmt.Errorf("%v has no id", iri)
		}
		out = append(out, string(s))
	}
	return out, nil
}

func (x *reading) speaking(ctx context.Context, key string) ([]string, error) {
	return x.articles(ctx, vocab.KeyOf, quad.String(key))
}

func (x *reading) wanting(ctx context.Context, base quad.IRI) ([]string, error) {
	iris, err := subjects(ctx, x.g, vocab.Homonym, base)
	if err != nil {
		return nil, err
	}
	var out []string
	for _, iri := range append(iris, base) {
		v, err := object(ctx, x.g, iri, vocab.ID)
		if err != nil {
			return nil, err
		}
		if s, ok := v.(quad.String); ok {
			out = append(out, string(s))
		}
	}
	return out, nil
}

func (x *reading) mentioning(ctx context.Context, c *cluster) ([]string, error) {
	iris, err := subjects(ctx, x.g, vocab.Mentions, c.iri)
	if err != nil {
		return nil, err
	}
	out := make([]string, 0, len(iris))
	for _, iri := range iris {
		if id, ok := vocab.ArticleID(iri); ok {
			out = append(out, id)
		}
	}
	return out, nil
}

func (x *reading) counts(ctx context.Context, s *state) (map[string]int, error) {
	v, err := object(ctx, x.g, s.iri(), vocab.Tally)
	if err != nil || v == nil {
		return nil, err
	}
	str, _ := v.(quad.String)
	return parseCounts(string(str))
}

func (x *reading) has(ctx context.Context, e edge) (bool, error) {
	found := false
	err := x.g.Match(ctx, e.quad(), func(quad.Quad) error {
		found = true
		return nil
	})
	return found, err
}

var errFound = errors.New("found")

// gives looks for a fact outside the change that gives the edge: among those
// that have both ends, it works out again what they give.
func (x *reading) gives(ctx context.Context, e edge, _ int, touched map[quad.IRI]bool) (bool, error) {
	facts, err := subjects(ctx, x.g, vocab.Agent, e.s)
	if err != nil {
		return false, err
	}
	ev := newEvents(func(key string) ([]*report, error) { return x.block(ctx, key) })
	name := func(root string) (quad.IRI, error) {
		iris, err := subjects(ctx, x.g, vocab.ID, quad.String(root))
		if err != nil {
			return "", err
		} else if len(iris) == 0 {
			return "", fmt.Errorf("no actor has the id %q", root)
		}
		return iris[0], nil
	}
	for _, f := range facts {
		if touched[f] {
			continue
		}
		other := false
		for _, role := range []quad.IRI{vocab.Patient, vocab.Agent} {
			ok, err := x.has(ctx, edge{f, role, e.o})
			if err != nil {
				return false, err
			}
			other = other || ok
		}
		if !other {
			continue
		}
		es, err := x.edgesOf(ctx, ev, f, name)
		if err != nil {
			return false, err
		}
		for _, y := range es {
			if y == e {
				return true, nil
			}
		}
	}
	return false, nil
}

// edgesOf works out the edges of a fact in the graph.
func (x *reading) edgesOf(ctx context.Context, ev *events, f quad.IRI, name naming) ([]edge, error) {
	v, err := object(ctx, x.g, f, vocab.ReportOf)
	if err != nil {
		return nil, err
	}
	iri, ok := v.(quad.IRI)
	if !ok {
		return nil, fmt.Errorf("the fact %v has no report", f)
	}
	r, err := x.report(ctx, iri)
	if err != nil {
		return nil, err
	}
	if lasting(r.typ) {
		for _, s := range r.states() {
			if s.iri() == f {
				if s.counts, err = x.counts(ctx, s); err != nil {
					return nil, err
				}
				_, es, err := s.quads(name)
				return es, err
			}
		}
		return nil, fmt.Errorf("the fact %v isn't among those of its report %v", f, iri)
	}
	slot, err := ev.slot(r)
	if err != nil {
		return nil, err
	}
	fs, err := ev.facts(slotKey{r.typ, slot})
	if err != nil {
		return nil, err
	}
	for _, have := range fs {
		if have.iri() == f {
			_, es, err := have.quads(name)
			return es, err
		}
	}
	return nil, fmt.Errorf("the fact %v isn't among those of its report %v", f, iri)
}

func (x *reading) commit(c *change) {
	x.decided = c.decided
	for id := range c.before {
		delete(x.kept, id)
	}
	for id := range c.after {
		delete(x.kept, id)
	}
	for key := range c.links.atoms {
		delete(x.roots, key)
	}
}
