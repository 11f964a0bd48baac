package load

import (
	"maps"

	"github.com/cayleygraph/quad"
	"github.com/sila-graph/sila/graph/vocab"
)

// This file is the part of a change that takes the difference of the facts:
// events slot by slot, lasting facts by their counts, and the direct edges that
// either give.

// facts takes the difference of the facts that the articles tell.
func (c *change) facts() error {
	old := newEvents(func(key string) ([]*report, error) { return c.idx.block(c.ctx, key) })
	now := newEvents(c.overlay(old.block))
	slots, err := c.slots(old, now)
	if err != nil {
		return err
	}
	touched := map[quad.IRI]bool{}
	for k := range slots {
		for _, w := range []struct {
			ev   *events
			name naming
			n    int
		}{{old, c.oldName, -1}, {now, c.newName, 1}} {
			fs, err := w.ev.facts(k)
			if err != nil {
				return err
			}
			for _, f := range fs {
				qs, es, err := f.quads(w.name)
				if err != nil {
					return err
				}
				c.count(qs, w.n)
				c.edges(es, w.n)
				touched[f.iri()] = true
			}
		}
	}
	if err := c.states(touched); err != nil {
		return err
	}
	return c.settle(touched)
}

// overlay gives the blocks as they are after the change.
func (c *change) overlay(old func(string) ([]*report, error)) func(string) ([]*report, error) {
	fresh := map[string][]*report{}
	for id, a := range c.after {
		if a != c.before[id] {
			for _, r := range a.reports {
				if r.block != "" {
					fresh[r.block] = append(fresh[r.block], r)
				}
			}
		}
	}
	done := map[string][]*report{}
	return func(key string) ([]*report, error) {
		if rs, ok := done[key]; ok {
			return rs, nil
		}
		was, err := old(key)
		if err != nil {
			return nil, err
		}
		rs := make([]*report, 0, len(was)+len(fresh[key]))
		for _, r := range was {
			if a := c.before[r.art.id]; a == nil || a == c.after[r.art.id] {
				rs = append(rs, r)
			}
		}
		rs = append(rs, fresh[key]...)
		done[key] = rs
		return rs, nil
	}
}

// slots lists the slots in which a fact may change: those of the articles' own
// reports, and those of reports that a day of theirs may draw in or let go.
func (c *change) slots(old, now *events) (map[slotKey]bool, error) {
	out := map[slotKey]bool{}
	both := func(r *report, evs ...*events) error {
		for _, ev := range evs {
			s, err := ev.slot(r)
			if err != nil {
				return err
			}
			out[slotKey{r.typ, s}] = true
		}
		return nil
	}
	drawn := func(r *report) error {
		if r.when.kind != byDay {
			return nil
		}
		keys := []string{r.when.text[:len("2006-01")]}
		for d := r.when.day; d <= r.when.day+nearDays; d++ {
			keys = append(keys, "~"+dayText(d))
		}
		for _, key := range keys {
			for _, ev := range []*events{old, now} {
				qs, err := ev.block(blockOf(r.typ, key))
				if err != nil {
					return err
				}
				for _, q := range qs {
					if !q.comparable(r) {
						continue
					}
					if err := both(q, old, now); err != nil {
						return err
					}
				}
			}
		}
		return nil
	}
	for id, a := range c.before {
		for _, r := range a.reports {
			if r.block == "" {
				continue
			}
			evs := []*events{old}
			if a == c.after[id] {
				evs = append(evs, now)
			}
			if err := both(r, evs...); err != nil {
				return nil, err
			}
			if a != c.after[id] {
				if err := drawn(r); err != nil {
					return nil, err
				}
			}
		}
	}
	for id, a := range c.after {
		if a == c.before[id] {
			continue
		}
		for _, r := range a.reports {
			if r.block == "" {
				continue
			}
			if err := both(r, now); err != nil {
				return nil, err
			}
			if err := drawn(r); err != nil {
				return nil, err
			}
		}
	}
	return out, nil
}

// states takes the difference of the lasting facts.
func (c *change) states(touched map[quad.IRI]bool) error {
	states := map[quad.IRI]*state{}
	news := map[quad.IRI]map[string]int{} // status → how many more reports
	for n, world := range map[int]map[string]*article{-1: c.before, 1: c.after} {
		for _, a := range world {
			for _, r := range a.reports {
				for _, s := range r.states() {
					iri := s.iri()
					if states[iri] == nil {
						states[iri], news[iri] = s, map[string]int{}
					}
					news[iri][string(r.status)] += n
					if m := r.month(); m != "" {
						news[iri][datePrefix+m] += n
					}
					c.diff[quad.Quad{Subject: iri, Predicate: vocab.ReportOf, Object: vocab.ReportIRI(a.id, r.n)}] += n
				}
			}
		}
	}
	for iri, s := range states {
		touched[iri] = true
		counts, err := c.idx.counts(c.ctx, s)
		if err != nil {
			return err
		}
		if len(counts) > 0 {
			s.counts = counts
			if err := c.state(s, c.oldName, -1); err != nil {
				return err
			}
		}
		counts = maps.Clone(counts)
		if counts == nil {
			counts = map[string]int{}
		}
		for status, n := range news[iri] {
			if counts[status] += n; counts[status] == 0 {
				delete(counts, status)
			}
		}
		if len(counts) > 0 {
			s.counts = counts
			if err := c.state(s, c.newName, 1); err != nil {
				return err
			}
		}
		c.newCounts[iri] = counts
	}
	return nil
}

func (c *change) state(s *state, name naming, n int) error {
	qs, es, err := s.quads(name)
	if err != nil {
		return err
	}
	c.count(qs, n)
	c.edges(es, n)
	return nil
}

func (c *change) edges(es []edge, n int) {
	for _, e := range es {
		have := c.giving[e]
		if n < 0 {
			have.before++
		} else {
			have.after++
		}
		c.giving[e] = have
	}
}

// giving counts the facts in the change that give an edge.
type giving struct{ before, after int }

// settle decides which edges come and go: an edge is there while any fact
// gives it, also one outside the change.
func (c *change) settle(touched map[quad.IRI]bool) error {
	for e, n := range c.giving {
		switch {
		case n.before == 0 && n.after > 0:
			if there, err := c.idx.has(c.ctx, e); err != nil {
				return err
			} else if !there {
				c.diff[e.quad()]++
			}
		case n.before > 0 && n.after == 0:
			if others, err := c.idx.gives(c.ctx, e, n.before, touched); err != nil {
				return err
			} else if !others {
				c.diff[e.quad()]--
			}
		}
	}
	return nil
}
