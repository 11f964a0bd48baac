package query

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/quad"

	"github.com/sila-graph/sila/extract/doc"
	"github.com/sila-graph/sila/graph/vocab"
)

// step explains a tie: by which facts, and in whose words.
func (s *search) step(a, b graph.Ref) (*Step, error) {
	st := &Step{}
	var err error
	if st.From, err = s.e.node(s.ctx, a); err != nil {
		return nil, err
	}
	if st.To, err = s.e.node(s.ctx, b); err != nil {
		return nil, err
	}
	type tie struct {
		edge  *edgeKind
		back  bool
		facts []graph.Ref
	}
	var ties []tie
	for _, back := range []bool{false, true} {
		x, y := a, b
		if back {
			x, y = b, a
		}
		there := map[key]bool{}
		err := s.e.scan(s.ctx, func(q graph.Ref) error {
			there[s.e.qs.QuadDirection(q, quad.Predicate).Key()] = true
			return nil
		}, part{quad.Subject, x}, part{quad.Object, y})
		if err != nil {
			return nil, err
		}
		for _, k := range s.kinds {
			if there[k.ref.Key()] {
				ties = append(ties, tie{edge: k, back: back && !k.mutual()})
			}
		}
	}
	meet, _ := doc.Types().ByName("Meet")
	if len(ties) == 0 { // both attended one meeting
		ties = append(ties, tie{edge: &edgeKind{iri: quad.IRI(meet.Edge), typ: meet}})
	}
	for i := range ties {
		t := &ties[i]
		x, y := a, b
		if t.back {
			x, y = b, a
		}
		role := vocab.Patient
		if t.edge.mutual() {
			role = vocab.Agent
		}
		if t.facts, err = s.facts(x, y, role, t.edge.typ); err != nil {
			return nil, err
		}
		st.Facts += len(t.facts)
	}
	// what happened before what holds, then what is told most
	slices.SortStableFunc(ties, func(a, b tie) int {
		return cmp.Or(later(a.edge.typ.State, b.edge.typ.State), cmp.Compare(len(b.facts), len(a.facts)))
	})
	t := ties[0]
	st.Back = t.back
	edge := Cell{{IRI: t.edge.iri}}
	if err := s.e.label(s.ctx, edge); err != nil {
		return nil, err
	}
	st.Edge = edge[0]
	f, err := s.e.latest(s.ctx, t.facts)
	if err != nil || f == nil {
		return st, err
	}
	st.Fact = f
	st.Report, err = s.e.best(s.ctx, f)
	return st, err
}

// later puts those that are so behind those that aren't.
func later(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return 1
	}
	return -1
}

// facts lists the facts of a type that happened or hold, with x as agent and y in role.
func (s *search) facts(x, y graph.Ref, role quad.IRI, t *doc.Type) ([]graph.Ref, error) {
	one, err := s.inRole(x, vocab.Agent)
	if err != nil {
		return nil, err
	}
	other, err := s.inRole(y, role)
	if err != nil {
		return nil, err
	}
	if len(other) < len(one) {
		one, other = other, one
	}
	var out []graph.Ref
	class, actual := s.e.qs.ValueOf(vocab.FactClass(t.Name)), s.e.qs.ValueOf(vocab.StatusIRI(doc.Actual))
	if class == nil || actual == nil {
		return nil, nil
	}
	for k, f := range one {
		if other[k] == nil {
			continue
		}
		is, happened, ended := false, false, false
		err := s.e.about(s.ctx, f, func(p quad.IRI, o graph.Ref) {
			is = is || p == vocab.Type && o.Key() == class.Key()
			happened = happened || p == vocab.Status && o.Key() == actual.Key()
			ended = ended || p == vocab.Ended
		})
		if err != nil {
			return nil, err
		}
		if is && happened && !ended {
			out = append(out, f)
		}
	}
	return out, nil
}

// inRole lists the facts in which a node has a role, once a search.
func (s *search) inRole(n graph.Ref, role quad.IRI) (map[key]graph.Ref, error) {
	k := [2]key{n.Key(), role}
	if m, ok := s.rolesOf[k]; ok {
		return m, nil
	}
	refs, err := s.e.subjects(s.ctx, role, n)
	if err != nil {
		return nil, err
	}
	m := make(map[key]graph.Ref, len(refs))
	for _, r := range refs {
		m[r.Key()] = r
	}
	s.rolesOf[k] = m
	return m, nil
}

// latest reads the latest of some facts, nil where there are none.
func (e *Engine) latest(ctx context.Context, refs []graph.Ref) (*Fact, error) {
	var best graph.Ref
	var when string
	var name quad.IRI
	for _, r := range refs {
		var told, reported string
		err := e.about(ctx, r, func(p quad.IRI, o graph.Ref) {
			switch p {
			case vocab.Time:
				told = e.text(o)
			case vocab.Reported:
				reported = e.text(o)
			}
		})
		if err != nil {
			return nil, err
		}
		w, iri := cmp.Or(told, reported), e.iriOf(r)
		if best == nil || cmp.Or(strings.Compare(w, when), -strings.Compare(string(iri), string(name))) > 0 {
			best, when, name = r, w, iri
		}
	}
	if best == nil {
		return nil, nil
	}
	return e.fact(ctx, best)
}
