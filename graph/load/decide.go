package load

import (
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"maps"
	"slices"

	"github.com/cayleygraph/quad"
	"github.com/sila-graph/sila/extract/doc"
	"github.com/sila-graph/sila/graph/resolve"
	"github.com/sila-graph/sila/graph/resolve/decide"
	"github.com/sila-graph/sila/graph/vocab"
)

// This file keeps people's decisions in the graph: taken, stored with it and read
// back. What they come to is in decided.go, what they change in redecide.go.

// Decide makes the graph reflect other decisions of people: as if it had been
// loaded with these from the start. All of it is one transaction.
func (l *Loader) Decide(ctx context.Context, set *decide.Set) error {
	if set.Hash() == l.decided.set.Hash() {
		return nil
	}
	if err := l.applyWith(ctx, nil, nil, set); err != nil {
		return fmt.Errorf("people's decisions: %w", err)
	}
	return nil
}

// Decisions reads the decisions that a graph reflects, nil for none.
func Decisions(ctx context.Context, g Reader) (*decide.Set, error) {
	v, err := object(ctx, g, vocab.Decisions, vocab.Reflects)
	if err != nil || v == nil {
		return nil, err
	}
	text, err := unpack(v)
	if err != nil {
		return nil, fmt.Errorf("the decisions that the graph reflects: %w", err)
	}
	f, err := decide.Parse("the graph's decisions", text)
	if err != nil {
		return nil, err
	}
	return f.Set(), nil
}

// readDecided works out the decisions that a graph reflects.
func readDecided(ctx context.Context, g Reader) (*decided, error) {
	set, err := Decisions(ctx, g)
	if err != nil {
		return nil, err
	}
	natural := map[decide.Member]string{}
	for _, id := range articlesNamed(set) {
		s, err := readDocument(ctx, g, id)
		if err != nil {
			return nil, err
		}
		if s != nil {
			naturals(natural, s.doc, set)
		}
	}
	return newDecided(set, natural), nil
}

// Keys returns a function that gives the key of each entity id of a document, by
// which the graph's entities go (sila:id, sila:also), as people decided.
func Keys(ctx context.Context, g Reader) (func(*doc.Document) map[string]string, error) {
	x, err := readDecided(ctx, g)
	if err != nil {
		return nil, err
	}
	return func(d *doc.Document) map[string]string {
		w := &raw{doc: d}
		w.decide(x)
		return w.keys
	}, nil
}

// reflected reads what the graph reflects.
func (l *Loader) reflected(ctx context.Context) (err error) {
	if l.decided, err = readDecided(ctx, l.g); err != nil {
		return err
	}
	if x, ok := l.idx.(*reading); ok {
		x.decided = l.decided
	}
	return nil
}

// articlesNamed lists the articles of members that decisions name, sorted.
func articlesNamed(set *decide.Set) []string {
	ids := map[string]bool{}
	for g := range set.Groups() {
		for _, m := range set.Members(int32(g)) {
			ids[m.Article] = true
		}
	}
	return slices.Sorted(maps.Keys(ids))
}

// naturals notes the keys that a document gives to the members that decisions name.
func naturals(to map[decide.Member]string, d *doc.Document, set *decide.Set) {
	_, keys := resolve.Document(d)
	for i := range d.Entities {
		e := &d.Entities[i]
		m := decide.MemberOf(d, e)
		if _, ok := set.Group(m); !ok {
			continue
		}
		if k, ok := to[m]; !ok || keys[e.ID] < k { // two of one name: the same whatever their order
			to[m] = keys[e.ID]
		}
	}
}

// reflect notes in the graph which decisions it reflects.
func (l *Loader) reflect(c *change, set *decide.Set) error {
	for _, p := range []quad.IRI{vocab.Reflects, vocab.Hash} {
		v, err := object(c.ctx, l.g, vocab.Decisions, p)
		if err != nil {
			return err
		}
		if v != nil {
			c.diff[quad.Quad{Subject: vocab.Decisions, Predicate: p, Object: v}]--
		}
	}
	if set.Hash() == "" {
		return nil
	}
	c.diff[quad.Quad{Subject: vocab.Decisions, Predicate: vocab.Hash, Object: quad.String(set.Hash())}]++
	z := zstdWriter().EncodeAll(set.Text(), nil)
	packed := quad.TypedString{Value: quad.String(base64.StdEncoding.EncodeToString(z)), Type: vocab.DocumentType}
	c.diff[quad.Quad{Subject: vocab.Decisions, Predicate: vocab.Reflects, Object: packed}]++
	return nil
}

var errPacked = errors.New("no compressed text")

// unpack reads what is compressed in a literal.
func unpack(v quad.Value) ([]byte, error) {
	s, ok := v.(quad.TypedString)
	if !ok || s.Type != vocab.DocumentType {
		return nil, errPacked
	}
	z, err := base64.StdEncoding.DecodeString(string(s.Value))
	if err != nil {
		return nil, err
	}
	return zstdReader().DecodeAll(z, nil)
}
