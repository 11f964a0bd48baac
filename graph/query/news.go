package query

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/quad"

	"github.com/sila-graph/sila/graph/vocab"
)

// NewsOptions say what counts as new: articles from a day on, or those that
// another graph, an older state of this one, doesn't hold.
type NewsOptions struct {
	Since string          // YYYY-MM-DD, YYYY-MM or YYYY: of the article
	Old   graph.QuadStore // instead of Since
	Types []string        // of facts; none: all that happen
	Limit int             // facts of each list; 50 if 0, all if negative
}

// News is what new articles bring.
type News struct {
	Articles  int            `json:"articles"`
	Facts     []Event        `json:"facts"`     // that only new articles tell, those of most reports first
	Confirmed []Event        `json:"confirmed"` // known before, told again by articles that aren't copies
	Disputed  []Event        `json:"disputed"`  // that a new article denies, or denied ones that it tells
	Actors    []NewActor     `json:"actors"`    // that no older article mentions, those in most articles first
	Counts    map[string]int `json:"counts"`    // new facts by type
	More      map[string]int `json:"more"`      // how many of facts, confirmed, disputed, actors the limit cut off
}

// NewActor is an actor whom no older article mentions.
type NewActor struct {
	Value
	Articles int `json:"articles"`
}

// News lists what is new.
func (e *Engine) News(ctx context.Context, opt NewsOptions) (*News, error) {
	if opt.Limit == 0 {
		opt.Limit = 50
	}
	fresh, err := e.newArticles(ctx, opt)
	if err != nil {
		return nil, err
	}
	types, err := e.factTypes(opt.Types)
	if err != nil {
		return nil, err
	}
	res := &News{Articles: len(fresh), Counts: map[string]int{}, More: map[string]int{}}
	p := e.predicates().of
	facts := map[key]graph.Ref{}
	actors := map[key]graph.Ref{}
	for _, a := range fresh {
		reports, err := e.subjects(ctx, vocab.InArticle, a)
		if err != nil {
			return nil, err
		}
		for _, r := range reports {
			fs, err := e.subjects(ctx, vocab.ReportOf, r)
			if err != nil {
				return nil, err
			}
			for _, f := range fs {
				facts[f.Key()] = f
			}
		}
		err = e.scan(ctx, func(q graph.Ref) error {
			x := e.qs.QuadDirection(q, quad.Object)
			actors[x.Key()] = x
			return nil
		}, part{quad.Subject, a}, part{quad.Predicate, p[vocab.Mentions]})
		if err != nil {
			return nil, err
		}
	}
	all := make([]graph.Ref, 0, len(facts))
	for _, f := range facts {
		all = append(all, f)
	}
	dated, err := e.dated(ctx, all, types)
	if err != nil {
		return nil, err
	}
	type list struct {
		name string
		to   *[]Event
		of   []datedFact
		n    []int // reports
	}
	lists := []*list{{name: "facts", to: &res.Facts}, {name: "confirmed", to: &res.Confirmed}, {name: "disputed", to: &res.Disputed}}
	for _, d := range dated {
		w, err := e.weigh(ctx, d, fresh)
		if err != nil {
			return nil, err
		}
		var l *list
		switch {
		case w.disputed && w.old > 0:
			l = lists[2]
		case w.old == 0:
			l = lists[0]
			res.Counts[d.typ.Name]++
		case w.confirmed:
			l = lists[1]
		default:
			continue
		}
		l.of, l.n = append(l.of, d), append(l.n, w.fresh)
	}
	for _, l := range lists {
		order := make([]int, len(l.of))
		for i := range order {
			order[i] = i
		}
		slices.SortStableFunc(order, func(a, b int) int { return cmp.Or(l.n[b]-l.n[a], strings.Compare(l.of[b].when(), l.of[a].when())) })
		if opt.Limit > 0 && len(order) > opt.Limit {
			res.More[l.name] = len(order) - opt.Limit
			order = order[:opt.Limit]
		}
		ds := make([]datedFact, len(order))
		for i, n := range order {
			ds[i] = l.of[n]
		}
		if *l.to, err = e.events(ctx, ds); err != nil {
			return nil, err
		}
	}
	return res, e.newActors(ctx, res, actors, fresh, opt.Limit)
}

// newArticles finds them, by the keys of their references.
func (e *Engine) newArticles(ctx context.Context, opt NewsOptions) (map[key]graph.Ref, error) {
	out := map[key]graph.Ref{}
	if opt.Old != nil {
		all, err := e.subjects(ctx, vocab.Type, e.qs.ValueOf(vocab.Article))
		if err != nil {
			return nil, err
		}
		for _, a := range all {
			digest, err := e.digest(ctx, a)
			if err != nil {
				return nil, err
			}
			if was := opt.Old.ValueOf(e.iriOf(a)); was != nil {
				old := &Engine{qs: opt.Old}
				if d, err := old.digest(ctx, was); err != nil {
					return nil, err
				} else if d == digest {
					continue
				}
			}
			out[a.Key()] = a
		}
		return out, nil
	}
	if !datePattern.MatchString(opt.Since) {
		return nil, fmt.Errorf("%q is no date; write 2016, 2016-07 or 2016-07-21", opt.Since)
	}
	date := e.predicates().of[vocab.Date]
	return out, e.scan(ctx, func(q graph.Ref) error {
		if e.text(e.qs.QuadDirection(q, quad.Object)) >= opt.Since {
			a := e.qs.QuadDirection(q, quad.Subject)
			out[a.Key()] = a
		}
		return nil
	}, part{quad.Predicate, date})
}

func (e *Engine) digest(ctx context.Context, article graph.Ref) (s string, err error) {
	p := e.qs.ValueOf(vocab.Digest)
	return s, e.scan(ctx, func(q graph.Ref) error {
		s = e.text(e.qs.QuadDirection(q, quad.Object))
		return nil
	}, part{quad.Subject, article}, part{quad.Predicate, p})
}

// weight is how a fact rests on new and old articles.
type weight struct {
	fresh, old int  // reports
	confirmed  bool // a new one is no copy of an old one
	disputed   bool
}

func (e *Engine) weigh(ctx context.Context, d datedFact, fresh map[key]graph.Ref) (weight, error) {
	f, err := e.fact(ctx, d.ref)
	if err != nil {
		return weight{}, err
	}
	w := weight{disputed: f.Status.IRI == vocab.Disputed}
	oldTexts := map[key]bool{}
	var newTexts []key
	for _, r := range f.reports {
		var article, text graph.Ref
		if err := e.about(ctx, r, func(p quad.IRI, o graph.Ref) {
			if p == vocab.InArticle {
				article = o
			}
		}); err != nil {
			return w, err
		}
		if article == nil {
			continue
		}
		if err := e.about(ctx, article, func(p quad.IRI, o graph.Ref) {
			if p == vocab.CopyOf {
				text = o
			}
		}); err != nil {
			return w, err
		}
		if text == nil {
			text = article
		}
		if fresh[article.Key()] != nil {
			w.fresh++
			newTexts = append(newTexts, text.Key())
		} else {
			w.old++
			oldTexts[text.Key()] = true
		}
	}
	w.confirmed = slices.ContainsFunc(newTexts, func(k key) bool { return !oldTexts[k] })
	return w, nil
}

func (e *Engine) newActors(ctx context.Context, res *News, actors, fresh map[key]graph.Ref, limit int) error {
	p := e.predicates().of[vocab.Mentions]
	for _, x := range actors {
		n := 0
		err := e.scan(ctx, func(q graph.Ref) error {
			if fresh[e.qs.QuadDirection(q, quad.Subject).Key()] == nil {
				return errEnough
			}
			n++
			return nil
		}, part{quad.Predicate, p}, part{quad.Object, x})
		if err == errEnough {
			continue
		}
		if err != nil {
			return err
		}
		res.Actors = append(res.Actors, NewActor{Value: Value{IRI: e.iriOf(x)}, Articles: n})
	}
	slices.SortFunc(res.Actors, func(a, b NewActor) int {
		return cmp.Or(b.Articles-a.Articles, strings.Compare(string(a.IRI), string(b.IRI)))
	})
	if limit > 0 && len(res.Actors) > limit {
		res.More["actors"] = len(res.Actors) - limit
		res.Actors = res.Actors[:limit]
	}
	for i := range res.Actors {
		var err error
		if res.Actors[i].Label, err = e.LabelsOf(ctx, res.Actors[i].IRI); err != nil {
			return err
		}
	}
	return nil
}
