package query

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/quad"

	"github.com/sila-graph/sila/extract/doc"
	"github.com/sila-graph/sila/graph/load"
	"github.com/sila-graph/sila/graph/resolve/decide"
	"github.com/sila-graph/sila/graph/store"
	"github.com/sila-graph/sila/graph/vocab"
	"github.com/sila-graph/sila/queries"
)

// Members lists the entities of articles that a node stands for, in the order
// of articles. With one, a member of each name and type is enough.
func (e *Engine) Members(ctx context.Context, node quad.IRI, one bool) ([]decide.Member, error) {
	me := e.qs.ValueOf(node)
	if me == nil {
		return nil, fmt.Errorf("the graph has no %s", node)
	}
	keys := map[string]bool{}
	err := e.about(ctx, me, func(p quad.IRI, o graph.Ref) {
		if p == vocab.ID || p == vocab.Also {
			keys[e.text(o)] = true
		}
	})
	if err != nil {
		return nil, err
	}
	articles, err := e.subjects(ctx, vocab.Mentions, me)
	if err != nil {
		return nil, err
	}
	keysOf, err := e.keys(ctx)
	if err != nil {
		return nil, err
	}
	type named struct {
		article quad.IRI
		ref     graph.Ref
	}
	order := make([]named, len(articles))
	for i, a := range articles {
		order[i] = named{e.iriOf(a), a}
	}
	slices.SortFunc(order, func(a, b named) int { return strings.Compare(string(a.article), string(b.article)) })
	var out []decide.Member
	seen := map[[2]string]bool{}
	for _, a := range order {
		d, err := e.document(ctx, a.ref)
		if err != nil {
			return nil, err
		}
		of := keysOf(d)
		for i := range d.Entities {
			x := &d.Entities[i]
			if !keys[of[x.ID]] {
				continue
			}
			m := decide.MemberOf(d, x)
			k := [2]string{string(m.Type), m.Name}
			if one && seen[k] {
				continue
			}
			seen[k] = true
			out = append(out, m)
		}
		if err := ctx.Err(); err != nil {
			return nil, err
		}
	}
	slices.SortFunc(out, decide.Member.Compare)
	return slices.Compact(out), nil
}

// keys returns a function that gives the key of each entity id of a document.
func (e *Engine) keys(ctx context.Context) (func(*doc.Document) map[string]string, error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.keysOf == nil {
		f, err := load.Keys(ctx, matcher{e.qs})
		if err != nil {
			return nil, err
		}
		e.keysOf = f
	}
	return e.keysOf, nil
}

// matcher reads a quad store as loading does.
type matcher struct{ qs graph.QuadStore }

func (m matcher) Match(ctx context.Context, pattern quad.Quad, fn func(quad.Quad) error) error {
	return store.Match(ctx, m.qs, pattern, fn)
}

// document reads an article's document.
func (e *Engine) document(ctx context.Context, article graph.Ref) (*doc.Document, error) {
	var packed quad.Value
	err := e.scan(ctx, func(q graph.Ref) error {
		packed = e.qs.NameOf(e.qs.QuadDirection(q, quad.Object))
		return nil
	}, part{quad.Subject, article}, part{quad.Predicate, e.predicates().of[vocab.Document]})
	if err != nil {
		return nil, err
	}
	if packed == nil {
		return nil, fmt.Errorf("%s has no document: load it again", e.iriOf(article))
	}
	return load.Unpack(packed)
}

// FactReports lists a fact's reports as decisions name them.
func (e *Engine) FactReports(ctx context.Context, fact quad.IRI) ([]decide.Report, error) {
	ref := e.qs.ValueOf(fact)
	if ref == nil {
		return nil, fmt.Errorf("the graph has no %s", fact)
	}
	f, err := e.fact(ctx, ref)
	if err != nil {
		return nil, err
	}
	var out []decide.Report
	for _, r := range f.reports {
		id, n, ok := vocab.ReportKey(e.iriOf(r))
		if !ok {
			return nil, fmt.Errorf("%s is no report", e.iriOf(r))
		}
		d, err := e.document(ctx, e.qs.ValueOf(vocab.ArticleIRI(id)))
		if err != nil {
			return nil, err
		}
		if n >= len(d.Facts) {
			return nil, fmt.Errorf("article %s has no fact %d: load it again", id, n)
		}
		out = append(out, decide.ReportOf(d, n))
	}
	slices.SortFunc(out, decide.Report.Compare)
	return out, nil
}

// Merge makes the decision that those that the names stand for are one. Of the
// members, one of each name is named, and all that the decisions taken so far
// keep apart from any others: on these it is the later word.
func (e *Engine) Merge(ctx context.Context, taken *decide.Set, names ...string) (decide.Decision, error) {
	d := decide.Decision{Kind: decide.Same}
	seen := map[quad.IRI]bool{}
	for _, name := range names {
		_, v, err := e.resolveNode(ctx, queries.Actor, name)
		if err != nil {
			return d, err
		}
		if seen[v.IRI] {
			return d, fmt.Errorf("%q stands for %s, which is named already", name, v.IRI.String())
		}
		seen[v.IRI] = true
		ms, err := e.Members(ctx, v.IRI, !taken.Parts())
		if err != nil {
			return d, err
		}
		had := map[decide.Name]bool{}
		ms = slices.DeleteFunc(ms, func(m decide.Member) bool {
			n := decide.Name{Type: m.Type, Key: m.Name}
			again := had[n]
			had[n] = true
			return again && !taken.Parted(m)
		})
		if len(ms) == 0 {
			return d, fmt.Errorf("no article mentions %s", v.IRI.String())
		}
		d.Members = append(d.Members, ms...)
	}
	return d, nil
}

// Part says which members of a node are another's.
type Part struct {
	Articles []string // those of these articles, by id
	Name     string   // those with this fullest name
}

// Split makes the decisions that some of a node's members are another actor,
// all together one.
func (e *Engine) Split(ctx context.Context, name string, part Part) ([]decide.Decision, error) {
	_, v, err := e.resolveNode(ctx, queries.Actor, name)
	if err != nil {
		return nil, err
	}
	all, err := e.Members(ctx, v.IRI, false)
	if err != nil {
		return nil, err
	}
	var d decide.Decision
	d.Kind = decide.Different
	want := &doc.Entity{Names: []string{part.Name}}
	found := map[string]bool{}
	for _, m := range all {
		if slices.Contains(part.Articles, m.Article) || part.Name != "" && m.Name == decide.NameOf(want) {
			d.Members = append(d.Members, m)
			found[m.Article] = true
		} else {
			d.Others = append(d.Others, m)
		}
	}
	for _, a := range part.Articles {
		if !found[a] {
			return nil, fmt.Errorf("article %q doesn't mention %s", a, v.IRI.String())
		}
	}
	switch {
	case len(d.Members) == 0:
		return nil, fmt.Errorf("nowhere is %s called %q most fully", v.IRI.String(), part.Name)
	case len(d.Others) == 0:
		return nil, errors.New("that is all of it: nothing would be left to be split from")
	}
	out := []decide.Decision{d}
	if len(d.Members) > 1 {
		out = append(out, decide.Decision{Kind: decide.Same, Members: d.Members})
	}
	return out, nil
}

// Alias makes the decision that an actor has another name.
func (e *Engine) Alias(ctx context.Context, name, alias string) (decide.Decision, error) {
	_, v, err := e.resolveNode(ctx, queries.Actor, name)
	if err != nil {
		return decide.Decision{}, err
	}
	ms, err := e.Members(ctx, v.IRI, true)
	return decide.Decision{Kind: decide.Alias, Members: ms, Name: alias}, err
}

// Judge makes a decision on a fact, named by its IRI: decide.Right,
// decide.Wrong, or decide.Change with what changes.
func (e *Engine) Judge(ctx context.Context, fact string, kind decide.Kind, to *decide.Revision) (decide.Decision, error) {
	f, _, err := e.Fact(ctx, fact)
	if err != nil {
		return decide.Decision{}, err
	}
	rs, err := e.FactReports(ctx, f.IRI)
	return decide.Decision{Kind: kind, Reports: rs, To: to}, err
}

// Roles finds the role that each name stands for in the articles that tell a
// fact: "Person:جون كيري". A name is one of the graph's, or a form in the article.
func (e *Engine) Roles(ctx context.Context, fact string, names []string) ([]string, error) {
	f, _, err := e.Fact(ctx, fact)
	if err != nil {
		return nil, err
	}
	out := []string{}
	for _, name := range names {
		role := ""
		for _, r := range f.reports {
			id, _, _ := vocab.ReportKey(e.iriOf(r))
			d, err := e.document(ctx, e.qs.ValueOf(vocab.ArticleIRI(id)))
			if err != nil {
				return nil, err
			}
			for i := range d.Entities {
				x := &d.Entities[i]
				if slices.ContainsFunc(x.Names, func(n string) bool { return Fold(n) == Fold(name) }) {
					role = decide.Role(x)
				}
			}
		}
		if role == "" {
			return nil, fmt.Errorf("no article that tells the fact names %q", name)
		}
		out = append(out, role)
	}
	return out, nil
}

// Gold calls fn with the gold of each article whose facts people judged, and
// with the article's document; see decide.Gold. Articles that the graph doesn't
// hold are counted and left out.
func (e *Engine) Gold(ctx context.Context, set *decide.Set, fn func(gold, d *doc.Document) error) (missing int, err error) {
	for _, id := range set.Articles() {
		ref := e.qs.ValueOf(vocab.ArticleIRI(id))
		if ref == nil {
			missing++
			continue
		}
		d, err := e.document(ctx, ref)
		if err != nil {
			return missing, err
		}
		g, err := decide.Gold(d, set)
		if err != nil {
			return missing, err
		}
		if g != nil {
			if err := fn(g, d); err != nil {
				return missing, err
			}
		}
	}
	return missing, nil
}
