package decide

import (
	"maps"
	"reflect"
	"slices"
)

// Changes lists what differs between two sets.
type Changes struct {
	Members  []Member // whose group, sides or aliases differ, sorted
	Names    []Name   // that stand for other members, sorted
	Articles []string // whose reports are judged otherwise, sorted
}

// Empty says that nothing differs.
func (c *Changes) Empty() bool { return len(c.Members)+len(c.Names)+len(c.Articles) == 0 }

// Diff says what a graph that reflects one set must look at again to reflect
// another. Either may be nil.
func Diff(was, is *Set) Changes {
	if was == nil {
		was = NewSet(nil)
	}
	if is == nil {
		is = NewSet(nil)
	}
	var c Changes
	members := map[Member]bool{}
	for m := range was.group {
		members[m] = true
	}
	for m := range is.group {
		members[m] = true
	}
	for m := range members {
		if !slices.Equal(was.with(m), is.with(m)) || !slices.Equal(was.Aliases(m), is.Aliases(m)) {
			c.Members = append(c.Members, m)
		}
	}
	// Sides have other numbers in other sets: those that are apart are compared
	// by the decisions themselves.
	parts := map[string]int{}
	apart := map[string]Decision{}
	for n, s := range map[int]*Set{-1: was, 1: is} {
		for _, d := range s.decisions {
			if d.Kind == Different {
				parts[d.hash()] += n
				apart[d.hash()] = d
			}
		}
	}
	for h, n := range parts {
		if n != 0 {
			c.Members = append(append(c.Members, apart[h].Members...), apart[h].Others...)
		}
	}
	slices.SortFunc(c.Members, Member.Compare)
	c.Members = slices.Compact(c.Members)

	names := maps.Clone(was.named)
	maps.Copy(names, is.named)
	for n := range names {
		if !slices.Equal(was.named[n], is.named[n]) {
			c.Names = append(c.Names, n)
		}
	}
	slices.SortFunc(c.Names, compareNames)

	articles := map[string]bool{}
	for n, s := range map[int]*Set{0: was, 1: is} {
		other := []*Set{is, was}[n]
		for k, v := range s.reports {
			if w := other.reports[k]; w == nil || w.Kind != v.Kind || !reflect.DeepEqual(w.To, v.To) {
				articles[articleOf(k)] = true
			}
		}
	}
	c.Articles = slices.Sorted(maps.Keys(articles))
	return c
}

// with returns the members that are one with a member, nil where nobody decided on it.
func (s *Set) with(m Member) []Member {
	g, ok := s.Group(m)
	if !ok {
		return nil
	}
	return s.groups[g]
}
