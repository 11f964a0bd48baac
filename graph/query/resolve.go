package query

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/cayleygraph/cayley/graph/path"
	"github.com/cayleygraph/quad"

	"github.com/sila-graph/sila/extract/doc"
	"github.com/sila-graph/sila/queries"
)

// NameError says that a name stands for nothing in the graph, or for several.
type NameError struct {
	Kind       queries.Kind
	Name       string
	Candidates []Candidate // those it may stand for, or the nearest; may be empty
	Ambiguous  bool        // several fit; else none does
}

// Candidate is a node that a name may stand for.
type Candidate struct {
	IRI   quad.IRI
	Label string
	Type  string // Person, Place …
}

func (e *NameError) Error() string {
	if e.Ambiguous {
		return fmt.Sprintf("%q may be any of %d", e.Name, len(e.Candidates))
	}
	return fmt.Sprintf("the graph has no %s called %q", e.Kind, e.Name)
}

var datePattern = regexp.MustCompile(`^\d{4}(-\d{2}(-\d{2})?)?$`)

// Resolve turns an argument of some kind into the value that a query takes:
// "<iri>" for nodes. An IRI stands for itself if the graph has it; a name is
// looked for as it is among labels, then among aliases, then with spelling
// variants folded (alef, hamza, ta marbuta, diacritics, a leading article).
func (e *Engine) Resolve(ctx context.Context, kind queries.Kind, arg string) (string, error) {
	switch kind {
	case queries.Text:
		return arg, nil
	case queries.Date:
		if !datePattern.MatchString(arg) {
			return "", fmt.Errorf("%q is no date; write 2016, 2016-07 or 2016-07-21", arg)
		}
		return arg, nil
	case queries.Type:
		return e.resolveType(arg)
	case queries.Edge:
		return e.resolveEdge(arg)
	}
	if iri, ok := asIRI(arg); ok {
		return e.known(kind, iri)
	}
	switch kind {
	case queries.Article, queries.Fact:
		return e.known(kind, quad.IRI(string(kind)+"/"+arg))
	}
	c, err := e.lookup(ctx, kind, arg)
	if err != nil {
		return "", err
	}
	return c.IRI.String(), nil
}

// asIRI reads "<iri>", or a bare iri of one of the graph's own kinds.
func asIRI(s string) (quad.IRI, bool) {
	if len(s) > 2 && s[0] == '<' && s[len(s)-1] == '>' {
		return quad.IRI(s[1 : len(s)-1]), true
	}
	for _, prefix := range []string{"person/", "org/", "place/", "group/", "event/", "fact/", "article/", "report/", "incident/"} {
		if strings.HasPrefix(s, prefix) {
			return quad.IRI(s), true
		}
	}
	return "", false
}

// known returns "<iri>" if the graph has that node.
func (e *Engine) known(kind queries.Kind, iri quad.IRI) (string, error) {
	if e.qs.ValueOf(iri) == nil {
		return "", &NameError{Kind: kind, Name: string(iri)}
	}
	return iri.String(), nil
}

func (e *Engine) resolveType(arg string) (string, error) {
	name := strings.TrimSuffix(strings.TrimPrefix(strings.TrimPrefix(arg, "<"), "sila:"), ">")
	var near []string
	for _, t := range doc.Types().List {
		if strings.EqualFold(t.Name, name) || Fold(t.Label.Ar) == Fold(arg) || strings.EqualFold(t.Label.En, arg) {
			return "<sila:" + t.Name + ">", nil
		}
		near = append(near, t.Name)
	}
	return "", fmt.Errorf("there is no type of fact %q; known are %s", arg, strings.Join(near, ", "))
}

func (e *Engine) resolveEdge(arg string) (string, error) {
	name := strings.TrimSuffix(strings.TrimPrefix(arg, "<"), ">")
	base := strings.TrimPrefix(name, "claims_")
	var near []string
	for _, t := range doc.Types().List {
		if base == t.Edge || base == t.Also && base != "" {
			return "<" + name + ">", nil
		}
		if Fold(t.Forward.Ar) == Fold(arg) {
			return "<" + t.Edge + ">", nil
		}
		near = append(near, t.Edge)
	}
	return "", fmt.Errorf("there is no edge %q; known are %s", arg, strings.Join(near, ", "))
}

// lookup finds the one entity that a name stands for.
func (e *Engine) lookup(ctx context.Context, kind queries.Kind, name string) (Candidate, error) {
	name = strings.TrimSpace(name)
	for _, predicate := range []quad.IRI{"rdfs:label", "sila:alias"} {
		for _, pass := range [][]quad.Value{
			{quad.LangString{Value: quad.String(name), Lang: "ar"}, quad.String(name)},
			{quad.LangString{Value: quad.String(name), Lang: "en"}},
		} {
			var found []quad.IRI
			for _, v := range pass {
				if e.qs.ValueOf(v) == nil {
					continue
				}
				if err := e.each(ctx, path.StartPath(e.qs, v).In(predicate).Unique(), func(v quad.Value) {
					if iri, ok := v.(quad.IRI); ok && !slices.Contains(found, iri) {
						found = append(found, iri)
					}
				}); err != nil {
					return Candidate{}, err
				}
			}
			cands, err := e.candidates(ctx, kind, found)
			if err != nil {
				return Candidate{}, err
			}
			switch len(cands) {
			case 0:
			case 1:
				return cands[0], nil
			default:
				return Candidate{}, &NameError{Kind: kind, Name: name, Candidates: cands, Ambiguous: true}
			}
		}
	}
	return e.lookupFolded(ctx, kind, name)
}

// candidates drops what is no entity of the kind and describes the rest, by IRI.
func (e *Engine) candidates(ctx context.Context, kind queries.Kind, iris []quad.IRI) ([]Candidate, error) {
	var out []Candidate
	for _, iri := range iris {
		typ, err := e.typeOf(ctx, iri)
		if err != nil {
			return nil, err
		}
		if !fits(kind, typ) {
			continue
		}
		l, err := e.LabelsOf(ctx, iri)
		if err != nil {
			return nil, err
		}
		out = append(out, Candidate{IRI: iri, Label: Value{IRI: iri, Label: l}.Text("ar"), Type: string(typ)})
	}
	slices.SortFunc(out, func(a, b Candidate) int { return strings.Compare(string(a.IRI), string(b.IRI)) })
	return out, nil
}

func fits(kind queries.Kind, typ doc.EntityType) bool {
	return typ != "" && (kind != queries.Place || typ == doc.Place)
}

// typeOf returns the entity type of a node, "" for what is no entity.
func (e *Engine) typeOf(ctx context.Context, iri quad.IRI) (typ doc.EntityType, err error) {
	err = e.each(ctx, path.StartPath(e.qs, iri).Out(quad.IRI("rdf:type")), func(v quad.Value) {
		for _, t := range doc.EntityTypes {
			if v == quad.IRI("sila:"+string(t)) {
				typ = t
			}
		}
	})
	return typ, err
}
