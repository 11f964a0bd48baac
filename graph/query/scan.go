package query

import (
	"context"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/quad"

	"github.com/sila-graph/sila/extract/doc"
	"github.com/sila-graph/sila/graph/store"
	"github.com/sila-graph/sila/graph/vocab"
)

// What Gizmo's paths would ask many times over is read here straight from the
// store's indexes, as references without names.

// key is what tells a node's reference from others.
type key = any

// refs holds the references of predicates that scans come upon.
type refs struct {
	of     map[quad.IRI]graph.Ref
	iri    map[key]quad.IRI
	edges  map[key]*edgeKind
	list   []*edgeKind // in the order of the inventory: each type's own edge, and its claim
	direct []*edgeKind // these, and those that a type also gives
}

// edgeKind is the predicate of a direct edge between two entities.
type edgeKind struct {
	iri   quad.IRI
	ref   graph.Ref
	typ   *doc.Type
	claim bool // known from the doer's own side alone
}

// mutual says that an edge reads alike from either end.
func (k *edgeKind) mutual() bool { return k.typ.Symmetric || k.typ.Undirect }

// predicates looks the references up once.
func (e *Engine) predicates() *refs {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.refs != nil {
		return e.refs
	}
	r := &refs{of: map[quad.IRI]graph.Ref{}, iri: map[key]quad.IRI{}, edges: map[key]*edgeKind{}}
	know := func(p quad.IRI) graph.Ref {
		ref := e.qs.ValueOf(p)
		if ref != nil {
			r.of[p], r.iri[ref.Key()] = ref, p
		}
		return ref
	}
	for _, p := range factPredicates {
		know(p)
	}
	for i := range doc.Types().List {
		t := &doc.Types().List[i]
		all := []quad.IRI{quad.IRI(t.Edge), vocab.Claims(quad.IRI(t.Edge))}
		if t.Also != "" {
			all = append(all, quad.IRI(t.Also), vocab.Claims(quad.IRI(t.Also)))
		}
		for n, p := range all {
			if r.of[p] != nil {
				continue // two types give it: the first names it
			}
			if ref := know(p); ref != nil {
				k := &edgeKind{p, ref, t, n%2 == 1}
				r.edges[ref.Key()] = k
				r.direct = append(r.direct, k)
				if n < 2 {
					r.list = append(r.list, k)
				}
			}
		}
	}
	know(vocab.Attended)
	e.refs = r
	return r
}

// factPredicates are those that stand on facts, reports, articles and entities.
var factPredicates = []quad.IRI{vocab.Type, vocab.Label, vocab.Alias, vocab.ID, vocab.Kind, vocab.Country, vocab.Lat, vocab.Long, vocab.Agent, vocab.Patient, vocab.Place, vocab.Time, vocab.Reported, vocab.Title,
	vocab.Subtype, vocab.Status, vocab.Ended, vocab.KnownFrom, vocab.ReportOf, vocab.InCase, vocab.CopyOf, vocab.Headline, vocab.Date,
	vocab.Outlet, vocab.URL, vocab.InArticle, vocab.Evidence, vocab.Sentence, vocab.Start, vocab.End, vocab.Trigger, vocab.Rule, vocab.Confidence,
	vocab.Wording, vocab.Low, vocab.High, vocab.Source, vocab.SourceKind, vocab.Mentions, vocab.Document, vocab.Also}

// part is one given part of a pattern.
type part struct {
	d   quad.Direction
	ref graph.Ref
}

// scan calls fn with the references of the quads that have the parts.
func (e *Engine) scan(ctx context.Context, fn func(quad graph.Ref) error, parts ...part) error {
	have := make(map[quad.Direction]graph.Ref, len(parts))
	for _, p := range parts {
		if p.ref == nil {
			return nil
		}
		have[p.d] = p.ref
	}
	return store.Scan(ctx, e.qs, have, fn)
}

// about calls fn with each quad that has a subject: its predicate, where that is
// known to predicates, and the reference of its object.
func (e *Engine) about(ctx context.Context, subject graph.Ref, fn func(p quad.IRI, o graph.Ref)) error {
	known := e.predicates().iri
	return e.scan(ctx, func(q graph.Ref) error {
		if p, ok := known[e.qs.QuadDirection(q, quad.Predicate).Key()]; ok {
			fn(p, e.qs.QuadDirection(q, quad.Object))
		}
		return nil
	}, part{quad.Subject, subject})
}

// subjects lists the subjects that have an object, each once, in no order.
func (e *Engine) subjects(ctx context.Context, p quad.IRI, object graph.Ref) ([]graph.Ref, error) {
	var out []graph.Ref
	seen := map[key]bool{}
	err := e.scan(ctx, func(q graph.Ref) error {
		if s := e.qs.QuadDirection(q, quad.Subject); !seen[s.Key()] {
			seen[s.Key()] = true
			out = append(out, s)
		}
		return nil
	}, part{quad.Predicate, e.predicates().of[p]}, part{quad.Object, object})
	return out, err
}

// iriOf names a reference; "" for what is no IRI.
func (e *Engine) iriOf(ref graph.Ref) quad.IRI {
	iri, _ := e.qs.NameOf(ref).(quad.IRI)
	return iri
}

// node is a reference's value with its labels.
func (e *Engine) node(ctx context.Context, ref graph.Ref) (Value, error) {
	v, _ := value(e.qs.NameOf(ref))
	if v.IRI == "" {
		return v, nil
	}
	var err error
	v.Label, err = e.LabelsOf(ctx, v.IRI)
	return v, err
}

// text is a reference's text, "" for a node.
func (e *Engine) text(ref graph.Ref) string {
	v, _ := value(e.qs.NameOf(ref))
	return plainText(v.Plain)
}
