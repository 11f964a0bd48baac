package load

import (
	"context"
	"maps"
	"slices"

	"github.com/cayleygraph/quad"

	"github.com/sila-graph/sila/extract/copies"
	"github.com/sila-graph/sila/graph/vocab"
)

// Copies of one text: an agency's report in several outlets. An article's own
// text gives keys by which its like are found, which are evidence; that some
// articles are copies of one text is knowledge:
//
//	<article/b> <sila:copy_of> <text/a>   <article/a> <sila:copy_of> <text/a>   <text/a> <rdf:type> <sila:Text>
//
// A text is what is connected by likeness, so its ends may be less alike than
// its neighbours, and goes by the smallest id among its articles. An article
// that is like no other has no text. A change looks at its own articles, those
// that share a key with them and, where a text goes, its other copies.

// copyIndex is what an index answers of copies.
type copyIndex interface {
	keyed(ctx context.Context, key string) ([]string, error)       // ids of the articles with that key
	text(ctx context.Context, id string) (quad.IRI, error)         // what an article is a copy of, "" for nothing
	copiesOf(ctx context.Context, text quad.IRI) ([]string, error) // ids of the articles that are copies of it
}

// copies takes the difference of what is a copy of what.
func (c *change) copies() error {
	c.texts = map[string]quad.IRI{}
	p := &placing{c: c, gone: map[string]bool{}, come: map[string]*copies.Sketch{}, placed: map[string][]string{}, up: map[quad.IRI]quad.IRI{}}
	for id, a := range c.before {
		if b := c.after[id]; b == nil || *a.sketch != *b.sketch {
			p.gone[id] = true
		}
	}
	for id, b := range c.after {
		if a := c.before[id]; a == nil || *a.sketch != *b.sketch {
			p.come[id] = b.sketch
		}
	}
	if err := p.dissolve(); err != nil {
		return err
	}
	for _, id := range slices.Sorted(maps.Keys(p.come)) {
		if err := p.place(id); err != nil {
			return err
		}
	}
	return p.settle()
}

// placing finds the place of texts that come among those that are there.
type placing struct {
	c      *change
	gone   map[string]bool           // whose text goes
	come   map[string]*copies.Sketch // whose text comes, or has to find its place again
	placed map[string][]string       // key → those of come that are placed
	up     map[quad.IRI]quad.IRI     // articles and whole texts → what they are joined to
}

// dissolve takes the texts apart that lose a copy: what held the others
// together may have been that one.
func (p *placing) dissolve() error {
	done := map[quad.IRI]bool{}
	for id := range p.gone {
		text, err := p.c.idx.text(p.c.ctx, id)
		if err != nil {
			return err
		}
		if text == "" || done[text] {
			continue
		}
		done[text] = true
		all, err := p.c.idx.copiesOf(p.c.ctx, text)
		if err != nil {
			return err
		}
		for _, m := range all {
			p.c.copied(m, text, -1)
			p.c.texts[m] = ""
			if p.gone[m] {
				continue
			}
			if p.come[m], err = p.sketch(m); err != nil {
				return err
			}
		}
		p.c.diff[textQuad(text)]--
	}
	return nil
}

func (p *placing) sketch(id string) (*copies.Sketch, error) {
	a, err := p.c.idx.article(p.c.ctx, id)
	if err != nil {
		return nil, err
	}
	if a == nil {
		return copies.Of(""), nil // its keys are there, it isn't: sila check says so
	}
	return a.sketch, nil
}

// place joins an article to those that it is like, among those placed before
// and those in the graph.
func (p *placing) place(id string) error {
	me, sketch := vocab.ArticleIRI(id), p.come[id]
	p.up[me] = me
	keys := sketch.Keys()
	defer func() {
		for _, key := range keys {
			p.placed[key] = append(p.placed[key], id)
		}
	}()
	for n, key := range keys {
		there, err := p.c.idx.keyed(p.c.ctx, key)
		if err != nil {
			return err
		}
		for _, m := range p.placed[key] {
			if p.join(me, vocab.ArticleIRI(m), sketch, p.come[m]) && n == 0 {
				return nil // who is like its twin has been joined to it
			}
		}
		for _, m := range there {
			if p.gone[m] || p.come[m] != nil {
				continue
			}
			node, err := p.c.idx.text(p.c.ctx, m)
			if err != nil {
				return err
			}
			if node == "" {
				node = vocab.ArticleIRI(m)
			}
			if p.root(node) == p.root(me) {
				continue
			}
			other, err := p.sketch(m)
			if err != nil {
				return err
			}
			if p.join(me, node, sketch, other) && n == 0 {
				return nil
			}
		}
	}
	return nil
}

func (p *placing) root(x quad.IRI) quad.IRI {
	for {
		up, ok := p.up[x]
		if !ok || up == x {
			return x
		}
		x = up
	}
}

// join joins two that are alike, and says whether they are.
func (p *placing) join(x, y quad.IRI, a, b *copies.Sketch) bool {
	if a.Like(b) == copies.Different {
		return false
	}
	x, y = p.root(x), p.root(y)
	p.up[x], p.up[y] = y, y
	return true
}

// settle gives each group of two or more its text.
func (p *placing) settle() error {
	groups := map[quad.IRI][]quad.IRI{}
	for x := range p.up {
		r := p.root(x)
		groups[r] = append(groups[r], x)
	}
	for _, nodes := range groups {
		if len(nodes) < 2 {
			continue
		}
		least := ""
		for n, x := range nodes {
			id, ok := vocab.TextID(x)
			if !ok {
				id, _ = vocab.ArticleID(x)
			}
			if n == 0 || id < least {
				least = id
			}
		}
		text := vocab.TextIRI(least)
		p.c.diff[textQuad(text)]++
		for _, x := range nodes {
			id, single := vocab.ArticleID(x)
			if single {
				p.c.copied(id, text, 1)
				p.c.texts[id] = text
				continue
			}
			p.c.diff[textQuad(x)]--
			if x == text {
				continue
			}
			all, err := p.c.idx.copiesOf(p.c.ctx, x)
			if err != nil {
				return err
			}
			for _, m := range all {
				p.c.copied(m, x, -1)
				p.c.copied(m, text, 1)
				p.c.texts[m] = text
			}
		}
	}
	return nil
}

func (c *change) copied(id string, text quad.IRI, n int) {
	c.diff[quad.Quad{Subject: vocab.ArticleIRI(id), Predicate: vocab.CopyOf, Object: text}] += n
}

func textQuad(text quad.IRI) quad.Quad {
	return quad.Quad{Subject: text, Predicate: vocab.Type, Object: vocab.Text}
}

// copyMemory remembers copies, for memory.
type copyMemory struct {
	byKey  map[string]map[string]bool // → article ids
	texts  map[string]quad.IRI        // article id → what it is a copy of
	copies map[quad.IRI]map[string]bool
}

func newCopyMemory() copyMemory {
	return copyMemory{map[string]map[string]bool{}, map[string]quad.IRI{}, map[quad.IRI]map[string]bool{}}
}

func (m *copyMemory) keyed(_ context.Context, key string) ([]string, error) {
	return slices.Collect(maps.Keys(m.byKey[key])), nil
}

func (m *copyMemory) text(_ context.Context, id string) (quad.IRI, error) { return m.texts[id], nil }

func (m *copyMemory) copiesOf(_ context.Context, text quad.IRI) ([]string, error) {
	return slices.Collect(maps.Keys(m.copies[text])), nil
}

func (m *copyMemory) commit(c *change) {
	for id, a := range c.before {
		for _, key := range a.sketch.Keys() {
			if delete(m.byKey[key], id); len(m.byKey[key]) == 0 {
				delete(m.byKey, key)
			}
		}
	}
	for id, a := range c.after {
		for _, key := range a.sketch.Keys() {
			set(m.byKey, key, id)
		}
	}
	for id, text := range c.texts {
		if was := m.texts[id]; was != "" {
			if delete(m.copies[was], id); len(m.copies[was]) == 0 {
				delete(m.copies, was)
			}
			delete(m.texts, id)
		}
		if text != "" {
			m.texts[id] = text
			set(m.copies, text, id)
		}
	}
}

func (x *reading) keyed(ctx context.Context, key string) ([]string, error) {
	return x.articles(ctx, vocab.CopyKey, quad.String(key))
}

func (x *reading) text(ctx context.Context, id string) (quad.IRI, error) {
	v, err := object(ctx, x.g, vocab.ArticleIRI(id), vocab.CopyOf)
	text, _ := v.(quad.IRI)
	return text, err
}

func (x *reading) copiesOf(ctx context.Context, text quad.IRI) ([]string, error) {
	return x.articles(ctx, vocab.CopyOf, text)
}

// articles returns the ids of the articles with that predicate and object.
func (x *reading) articles(ctx context.Context, p quad.IRI, o quad.Value) ([]string, error) {
	iris, err := subjects(ctx, x.g, p, o)
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
