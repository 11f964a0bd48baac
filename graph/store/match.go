package store

import (
	"context"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/cayley/graph/shape"
	"github.com/cayleygraph/quad"
)

// Match calls fn with each quad that has the given parts; the zero quad is any
// quad. A nil part is open, also the label: a pattern without one meets quads
// with any and with none. What fn returns ends the search.
func (s *Store) Match(ctx context.Context, pattern quad.Quad, fn func(quad.Quad) error) error {
	return s.View(ctx, func(qs graph.QuadStore) error { return Match(ctx, qs, pattern, fn) })
}

// Match is [Store.Match] on any of Cayley's stores.
func Match(ctx context.Context, qs graph.QuadStore, pattern quad.Quad, fn func(quad.Quad) error) error {
	have := map[quad.Direction]graph.Ref{}
	var open []quad.Direction
	for _, d := range quad.Directions {
		v := pattern.Get(d)
		if v == nil {
			open = append(open, d)
			continue
		}
		ref := qs.ValueOf(v)
		if ref == nil {
			return nil
		}
		have[d] = ref
	}
	it := iterate(qs, have)
	defer it.Close()
next:
	for it.Next(ctx) {
		q, ref := pattern, it.Result()
		for d, v := range have {
			if is := qs.QuadDirection(ref, d); is == nil || is.Key() != v.Key() {
				continue next
			}
		}
		for _, d := range open {
			if v := qs.QuadDirection(ref, d); v != nil {
				q.Set(d, qs.NameOf(v))
			}
		}
		if err := fn(q); err != nil {
			return err
		}
	}
	return it.Err()
}

// iterate goes over the quads that have the parts, and maybe over others.
func iterate(qs graph.QuadStore, have map[quad.Direction]graph.Ref) graph.Iterator {
	if own, ok := qs.(interface {
		PatternIterator(map[quad.Direction]graph.Ref) graph.Iterator
	}); ok {
		return own.PatternIterator(have)
	}
	if it := iterateKV(qs, have); it != nil {
		return it
	}
	var sh shape.Quads
	for _, d := range quad.Directions {
		if ref := have[d]; ref != nil {
			sh = append(sh, shape.QuadFilter{Dir: d, Values: shape.Fixed{ref}})
		}
	}
	return shape.BuildIterator(qs, sh)
}

// Scan calls fn with the reference of each quad that has the given parts, for
// those who count on speed: nothing is read but the index. have mustn't be empty.
func Scan(ctx context.Context, qs graph.QuadStore, have map[quad.Direction]graph.Ref, fn func(quad graph.Ref) error) error {
	for _, v := range have {
		if v == nil {
			return nil
		}
	}
	var it graph.Iterator
	if len(have) == 1 {
		for d, v := range have {
			it = qs.QuadIterator(d, v)
		}
	} else {
		it = iterate(qs, have)
	}
	defer it.Close()
next:
	for it.Next(ctx) {
		ref := it.Result()
		for d, v := range have {
			if is := qs.QuadDirection(ref, d); is == nil || is.Key() != v.Key() {
				continue next
			}
		}
		if err := fn(ref); err != nil {
			return err
		}
	}
	return it.Err()
}
