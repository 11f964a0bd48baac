package index

import (
	"context"
	"fmt"
	"slices"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/quad"

	"github.com/sila-graph/sila/extract/doc"
	"github.com/sila-graph/sila/graph/load"
	"github.com/sila-graph/sila/graph/vocab"
)

// Report is one article's telling of a fact, with its words.
type Report struct {
	IRI        quad.IRI
	N          int // its number in the article's document
	Article    int32
	Source     int32 // who is quoted, None where nobody
	SourceKind string
	Status     Status
	Confidence uint8 // per cent
	Low, High  int32 // the number told, -1 where none
	Evidence   string
	Wording    string
	Trigger    string
	Rule       string
	Time       string
}

// Reports reads how a fact is told, the earliest article first, at most n (0: all). qs is
// the store that the index was built from.
func (x *Index) Reports(ctx context.Context, qs graph.QuadStore, fact int32, n int) ([]Report, error) {
	list := x.told.of(fact)
	if n > 0 {
		list = list[:min(n, len(list))]
	}
	out := make([]Report, 0, len(list))
	for _, i := range list {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		r := &x.reports[i]
		iri, _ := qs.NameOf(r.ref).(quad.IRI)
		_, num, _ := vocab.ReportKey(iri)
		rep := Report{IRI: iri, N: num, Article: r.article, Source: r.source, SourceKind: SourceKinds[r.kind], Status: r.status,
			Confidence: r.confidence, Low: r.low, High: r.high}
		err := about(ctx, qs, r.ref, func(p quad.IRI, v quad.Value) {
			switch p {
			case vocab.Evidence:
				rep.Evidence = text(v)
			case vocab.Wording:
				rep.Wording = text(v)
			case vocab.Trigger:
				rep.Trigger = text(v)
			case vocab.Rule:
				rep.Rule = text(v)
			case vocab.Time:
				rep.Time = text(v)
			}
		})
		if err != nil {
			return nil, fmt.Errorf("report %s: %w", iri, err)
		}
		out = append(out, rep)
	}
	return out, nil
}

// about calls fn with every predicate and value of a node.
func about(ctx context.Context, qs graph.QuadStore, ref graph.Ref, fn func(quad.IRI, quad.Value)) error {
	it := qs.QuadIterator(quad.Subject, ref)
	defer it.Close()
	for it.Next(ctx) {
		q := it.Result()
		p, _ := qs.NameOf(qs.QuadDirection(q, quad.Predicate)).(quad.IRI)
		if p == vocab.Document { // read by those who want it alone
			continue
		}
		fn(p, qs.NameOf(qs.QuadDirection(q, quad.Object)))
	}
	return it.Err()
}

// SourceOf lists the articles that tell a fact and who is quoted in each, without their words.
func (x *Index) SourceOf(fact int32, fn func(article, source int32)) {
	for _, r := range x.told.of(fact) {
		fn(x.reports[r].article, x.reports[r].source)
	}
}

// Text is an article with its document, and what its parts are in the graph.
type Text struct {
	Doc      *doc.Document
	Entities map[string]int32 // document's entity id → entity
	Facts    [][]int32        // number of a fact in the document → facts of the graph
}

// Article reads an article's document.
func (x *Index) Article(ctx context.Context, qs graph.QuadStore, article int32) (*Text, error) {
	iri := x.Articles[article].IRI
	ref := qs.ValueOf(iri)
	if ref == nil {
		return nil, fmt.Errorf("article %s: it isn't in the graph any more", iri)
	}
	t := &Text{Entities: map[string]int32{}}
	for q, err := range quadsOf(ctx, qs, quad.Subject, ref) {
		if err != nil {
			return nil, fmt.Errorf("article %s: %w", iri, err)
		}
		if p, _ := qs.NameOf(qs.QuadDirection(q, quad.Predicate)).(quad.IRI); p != vocab.Document {
			continue
		}
		d, err := load.Unpack(qs.NameOf(qs.QuadDirection(q, quad.Object)))
		if err != nil {
			return nil, fmt.Errorf("article %s: %w", iri, err)
		}
		t.Doc = d
	}
	if t.Doc == nil {
		return nil, fmt.Errorf("article %s has no document: load it again", iri)
	}
	x.recognise(t, article)
	t.Facts = make([][]int32, len(t.Doc.Facts))
	id, _ := vocab.ArticleID(iri)
	is := qs.ValueOf(vocab.ReportOf)
	for n := range t.Doc.Facts {
		rep := qs.ValueOf(vocab.ReportIRI(id, n))
		if rep == nil || is == nil {
			continue
		}
		for q, err := range quadsOf(ctx, qs, quad.Object, rep) {
			if err != nil {
				return nil, err
			}
			if qs.QuadDirection(q, quad.Predicate).Key() != is.Key() {
				continue
			}
			f, _ := qs.NameOf(qs.QuadDirection(q, quad.Subject)).(quad.IRI)
			if i, ok := x.FindFact(f); ok {
				t.Facts[n] = append(t.Facts[n], i)
			}
		}
	}
	return t, nil
}

func quadsOf(ctx context.Context, qs graph.QuadStore, d quad.Direction, ref graph.Ref) func(func(graph.Ref, error) bool) {
	return func(yield func(graph.Ref, error) bool) {
		it := qs.QuadIterator(d, ref)
		defer it.Close()
		for it.Next(ctx) {
			if !yield(it.Result(), nil) {
				return
			}
		}
		if err := it.Err(); err != nil {
			yield(nil, err)
		}
	}
}

// recognise finds for each entity of a document the one of the graph: among
// those that the article mentions, by gazetteer id, else by type and names.
func (x *Index) recognise(t *Text, article int32) {
	byName := map[string]int32{}
	name := func(typ doc.EntityType, s string) string { return string(typ) + "|" + s }
	mentioned := x.Mentioned(article)
	for _, label := range []bool{false, true} { // a label goes before others' aliases
		for _, e := range mentioned {
			m := &x.Entities[e]
			if label {
				byName[name(m.Type, m.Ar)] = e
				byName[m.Key] = e
				continue
			}
			for _, a := range m.Aliases {
				byName[name(m.Type, a)] = e
			}
		}
	}
	for i := range t.Doc.Entities {
		e := &t.Doc.Entities[i]
		if id, ok := byName[e.Ref]; ok && e.Ref != "" {
			t.Entities[e.ID] = id
			continue
		}
		for _, n := range append([]string{e.Canonical}, e.Names...) {
			if id, ok := byName[name(e.Type, n)]; ok {
				t.Entities[e.ID] = id
				break
			}
		}
	}
}

// Objects lists the nodes that a node has under a predicate.
func (x *Index) Objects(ctx context.Context, qs graph.QuadStore, s, p quad.IRI) ([]quad.IRI, error) {
	return ends(ctx, qs, quad.Subject, s, p, quad.Object)
}

// Subjects lists the nodes that have a node under a predicate.
func (x *Index) Subjects(ctx context.Context, qs graph.QuadStore, p, o quad.IRI) ([]quad.IRI, error) {
	return ends(ctx, qs, quad.Object, o, p, quad.Subject)
}

func ends(ctx context.Context, qs graph.QuadStore, from quad.Direction, node, p quad.IRI, to quad.Direction) ([]quad.IRI, error) {
	ref, is := qs.ValueOf(node), qs.ValueOf(p)
	if ref == nil || is == nil {
		return nil, nil
	}
	var out []quad.IRI
	for q, err := range quadsOf(ctx, qs, from, ref) {
		if err != nil {
			return nil, err
		}
		if qs.QuadDirection(q, quad.Predicate).Key() == is.Key() {
			if iri, ok := qs.NameOf(qs.QuadDirection(q, to)).(quad.IRI); ok {
				out = append(out, iri)
			}
		}
	}
	slices.Sort(out)
	return slices.Compact(out), nil
}

// Literal reads one text that a node has under a predicate, "" where it has none.
func (x *Index) Literal(ctx context.Context, qs graph.QuadStore, s, p quad.IRI) (string, error) {
	ref, is := qs.ValueOf(s), qs.ValueOf(p)
	if ref == nil || is == nil {
		return "", nil
	}
	out := ""
	for q, err := range quadsOf(ctx, qs, quad.Subject, ref) {
		if err != nil {
			return "", err
		}
		if qs.QuadDirection(q, quad.Predicate).Key() == is.Key() {
			out = text(qs.NameOf(qs.QuadDirection(q, quad.Object)))
		}
	}
	return out, nil
}
