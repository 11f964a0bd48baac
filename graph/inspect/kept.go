package inspect

import (
	"context"
	"strings"

	"github.com/cayleygraph/quad"

	"github.com/sila-graph/sila/extract/doc"
	"github.com/sila-graph/sila/graph/store/quads"
	"github.com/sila-graph/sila/graph/vocab"
)

// countKept counts from what the store keeps: its exact counts by predicate, and for
// types, statuses and dates the keys of that predicate.
func countKept(ctx context.Context, snap *quads.Snapshot) (*Counts, error) {
	sum, err := snap.Summary(ctx)
	if err != nil {
		return nil, err
	}
	c := &Counts{Quads: int(sum.Quads), Evidence: int(sum.Labelled)}
	for _, p := range sum.Predicates {
		switch p.Predicate {
		case vocab.CopyOf:
			c.Copies = int(p.Quads)
		case vocab.InArticle:
			c.Reports = int(p.Quads)
		case vocab.KnownFrom:
			c.OneSided = int(p.Quads)
		}
	}
	entity := map[quad.Value]bool{}
	for _, t := range doc.EntityTypes {
		entity[vocab.EntityClass(t)] = true
	}
	types, facts, status := map[string]int{}, map[string]int{}, map[string]int{}
	classes, err := snap.Objects(ctx, vocab.Type, false)
	if err != nil {
		return nil, err
	}
	for _, o := range classes {
		n := int(o.Quads)
		switch {
		case o.Object == vocab.Article:
			c.Articles = n
		case o.Object == vocab.Text:
			c.Texts = n
		case entity[o.Object]:
			c.Entities += n
			types[short(o.Object)] = n
		case strings.HasPrefix(iri(o.Subject), "fact/"):
			c.Facts += n
			facts[short(o.Object)] = n
		}
	}
	statuses, err := snap.Objects(ctx, vocab.Status, true)
	if err != nil {
		return nil, err
	}
	for _, o := range statuses {
		status[short(o.Object)] = int(o.Quads)
	}
	dates, err := snap.Objects(ctx, vocab.Date, false)
	if err != nil {
		return nil, err
	}
	for _, o := range dates {
		if d, ok := o.Object.(quad.String); ok {
			if c.FirstDate == "" || string(d) < c.FirstDate {
				c.FirstDate = string(d)
			}
			c.LastDate = max(c.LastDate, string(d))
		}
	}
	c.ByType, c.ByFact, c.ByStatus = byNumber(types), byNumber(facts), byNumber(status)
	return c, nil
}
