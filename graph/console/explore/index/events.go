package index

import (
	"context"
	"slices"
)

// Filter chooses facts. Its zero value takes every event, and no state.
type Filter struct {
	Types      []string // names of types, any of them; none: every type
	Actor      int32    // with any role but place; None: anybody
	Other      int32    // a second actor in the same fact; None: anybody
	Place      int32    // place of it, or a place that it befalls; with the places whose country it is; None: anywhere
	Source     int32    // who is quoted; None: anybody
	From, To   Day      // inclusive; 0: open. A month or year fits if any of its days does
	Status     []string // any of them; none: any
	Outlet     string   // of an article that tells it; "": any
	Kind       string   // kind of source; "": any
	Topic      string   // of an article that tells it; "": any
	Confidence uint8    // at least, per cent
	States     bool     // also facts that hold rather than happen, Say among them
	Incident   []int32  // if not nil: these facts alone
}

// NewFilter returns a filter that takes every event.
func NewFilter() Filter { return Filter{Actor: None, Other: None, Place: None, Source: None} }

// Events calls fn with the facts that fit, the latest first, until it returns false.
func (x *Index) Events(ctx context.Context, f *Filter, fn func(id int32) bool) error {
	types := map[string]bool{}
	for _, t := range f.Types {
		types[t] = true
	}
	status := uint8(0)
	for _, s := range f.Status {
		if v, ok := ParseStatus(s); ok {
			status |= 1 << v
		}
	}
	outlet, topic := -1, -1
	if f.Outlet != "" {
		if outlet = slices.Index(x.Outlets, f.Outlet); outlet < 0 {
			return nil
		}
	}
	if f.Topic != "" {
		if topic = slices.Index(x.Topics, f.Topic); topic < 0 {
			return nil
		}
	}
	kind := -1
	if f.Kind != "" {
		if kind = slices.Index(SourceKinds, f.Kind); kind < 0 {
			return nil
		}
	}
	fits := func(id int32) bool {
		e := &x.Facts[id]
		if len(types) > 0 && !types[e.Type.Name] || !f.States && len(types) == 0 && e.Type.State {
			return false
		}
		if status != 0 && status&(1<<e.Status) == 0 || e.Confidence < f.Confidence || kind >= 0 && e.Kinds&(1<<kind) == 0 {
			return false
		}
		if d := e.Date(); f.From != 0 && d.Last() < f.From || f.To != 0 && (d == 0 || d > f.To.Last()) {
			return false
		}
		for _, a := range []int32{f.Actor, f.Other} {
			if a != None && !slices.Contains(e.Agents, a) && !slices.Contains(e.Patients, a) {
				return false
			}
		}
		if f.Place != None && !x.at(e, f.Place) {
			return false
		}
		if f.Source != None || outlet >= 0 || topic >= 0 {
			return slices.ContainsFunc(x.told.of(id), func(r int32) bool {
				rep := &x.reports[r]
				if f.Source != None && rep.source != f.Source {
					return false
				}
				if outlet < 0 && topic < 0 {
					return true
				}
				if rep.article == None {
					return false
				}
				a := &x.Articles[rep.article]
				return (outlet < 0 || int(a.Outlet) == outlet) && (topic < 0 || int(a.Topic) == topic)
			})
		}
		return true
	}
	walk := func(list []int32) error {
		for n, id := range list {
			if n%8192 == 8191 && ctx.Err() != nil {
				return ctx.Err()
			}
			if fits(id) && !fn(id) {
				break
			}
		}
		return nil
	}
	switch {
	case f.Incident != nil:
		return walk(f.Incident)
	case f.Actor != None:
		return walk(x.ofEntity.of(f.Actor))
	case f.Source != None:
		return walk(x.ofSource.of(f.Source))
	}
	// facts stand by date: begin with the last that the range allows
	start := 0
	if f.To != 0 {
		last := f.To.Last()
		start, _ = slices.BinarySearchFunc(x.Facts, last, func(e Fact, d Day) int {
			if e.Date() > d {
				return -1
			}
			return 1
		})
	}
	for id := start; id < len(x.Facts); id++ {
		if id%8192 == 8191 && ctx.Err() != nil {
			return ctx.Err()
		}
		if f.From != 0 && x.Facts[id].Date() < f.From-Day(int(f.From)%10000) { // before that year: not even as a whole year
			break
		}
		if fits(int32(id)) && !fn(int32(id)) {
			break
		}
	}
	return nil
}

// at says whether a fact took place there: at the place, upon it, or at one whose country it is.
func (x *Index) at(e *Fact, place int32) bool {
	near := func(id int32) bool {
		return id == place || x.Entities[id].Country == place && x.Entities[id].Type == "Place"
	}
	return slices.ContainsFunc(e.Places, near) || slices.ContainsFunc(e.Patients, near)
}
