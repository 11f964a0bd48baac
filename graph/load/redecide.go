package load

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"strings"

	"github.com/cayleygraph/quad"
	"github.com/sila-graph/sila/extract/doc"
	"github.com/sila-graph/sila/graph/resolve"
	"github.com/sila-graph/sila/graph/resolve/decide"
	"github.com/sila-graph/sila/graph/vocab"
)

// This file carries new decisions, or decisions on articles that come and go,
// into a change: what they come to then, and which articles they tell otherwise.

// decide works out the decisions in terms of keys as they are after a change.
func (l *Loader) decide(ctx context.Context, in []*incoming, remove []string, set *decide.Set) (*decided, error) {
	if set.Hash() == "" && l.decided.set.Hash() == "" {
		return l.decided, nil
	}
	same := set.Hash() == l.decided.set.Hash()
	named := articlesNamed(set)
	comes := map[string]*incoming{}
	for _, x := range in {
		if _, ok := slices.BinarySearch(named, x.raw.doc.ID); ok {
			comes[x.raw.doc.ID] = x
		}
	}
	goes := map[string]bool{}
	for _, id := range remove {
		if _, ok := slices.BinarySearch(named, id); ok && comes[id] == nil {
			goes[id] = true
		}
	}
	if same && len(comes)+len(goes) == 0 {
		return l.decided, nil
	}
	natural := map[decide.Member]string{}
	for _, id := range named {
		switch {
		case comes[id] != nil:
			naturals(natural, comes[id].raw.doc, set)
		case goes[id]:
		default:
			s, err := l.idx.document(ctx, id)
			if err != nil {
				return nil, err
			}
			if s != nil {
				naturals(natural, s.doc, set)
			}
		}
	}
	return newDecided(set, natural), nil
}

// redecide draws in the articles that are told otherwise under other decisions.
func (l *Loader) redecide(c *change, now *decided) error {
	was := l.decided
	if was == now {
		return nil
	}
	ids := map[string]bool{}
	diff := decide.Diff(was.set, now.set)
	for _, m := range diff.Members {
		ids[m.Article] = true
	}
	for _, id := range diff.Articles {
		ids[id] = true
	}
	for _, w := range [][2]map[decide.Member]string{{was.member, now.member}, {now.member, was.member}} {
		for m, k := range w[0] {
			if w[1][m] != k {
				ids[m.Article] = true
			}
		}
	}
	keys := map[string]bool{} // as the graph has them
	for _, w := range [][2]*decided{{was, now}, {now, was}} {
		for k, to := range w[0].byKey {
			if cmp.Or(w[1].byKey[k], k) != to {
				keys[cmp.Or(was.byKey[k], k)] = true
			}
		}
		for k, s := range w[0].sides {
			if !slices.Equal(w[1].sides[k], s) {
				keys[cmp.Or(was.byKey[k], k)] = true
			}
		}
	}
	for k := range keys {
		list, err := l.speaking(c, k)
		if err != nil {
			return err
		}
		for _, id := range list {
			ids[id] = true
		}
	}
	names := map[decide.Name]bool{}
	for _, w := range [][2]*decided{{was, now}, {now, was}} {
		for n, k := range w[0].byName {
			if w[1].byName[n] != k {
				names[n] = true
			}
		}
	}
	if err := l.called(c.ctx, names, ids); err != nil {
		return err
	}
	for _, id := range slices.Sorted(maps.Keys(ids)) {
		if err := c.rekey(id); err != nil {
			return err
		}
	}
	return l.reflect(c, now.set)
}

// speaking lists the articles with an actor of a key.
func (l *Loader) speaking(c *change, key string) ([]string, error) {
	if _, id, ok := strings.Cut(key, "#"); ok {
		return []string{id}, nil
	}
	if _, known := resolve.Gazetteer(key); !known {
		return l.idx.speaking(c.ctx, key)
	}
	root, err := l.idx.root(c.ctx, key)
	if err != nil || root == "" {
		return nil, err
	}
	was, err := c.was(root)
	if err != nil || was == nil {
		return nil, err
	}
	return l.idx.mentioning(c.ctx, was)
}

// called adds the articles that mention an actor of one of the names.
func (l *Loader) called(ctx context.Context, names map[decide.Name]bool, ids map[string]bool) error {
	if len(names) == 0 {
		return nil
	}
	keys := map[string]bool{}
	for n := range names {
		keys[n.Key] = true
	}
	nodes := map[quad.Value]bool{}
	for _, p := range []quad.IRI{vocab.Label, vocab.Alias} {
		err := l.g.Match(ctx, quad.Quad{Predicate: p}, func(q quad.Quad) error {
			if s, ok := q.Object.(quad.LangString); ok && keys[decide.NameOf(&doc.Entity{Names: []string{string(s.Value)}})] {
				nodes[q.Subject] = true
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	for n := range nodes {
		articles, err := subjects(ctx, l.g, vocab.Mentions, n)
		if err != nil {
			return err
		}
		for _, a := range articles {
			if id, ok := vocab.ArticleID(a); ok {
				ids[id] = true
			}
		}
	}
	return nil
}
