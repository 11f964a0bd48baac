package resolve

import (
	"maps"
	"slices"
)

// All links all atoms of a graph: what loading does block by block.
func All(atoms map[string]*Evidence, apart Apart) map[string]Link {
	homes := map[string][]Atom{}
	offers := map[string][]string{}
	loose := map[string]string{}
	out := make(map[string]Link, len(atoms))
	for _, key := range slices.Sorted(maps.Keys(atoms)) {
		out[key] = Link{Root: key}
		home, offer := Blocks(key, atoms[key])
		switch {
		case Loose(key):
			loose[key] = home
		case home != "":
			homes[home] = append(homes[home], Atom{key, atoms[key]})
		}
		for _, b := range offer {
			offers[b] = append(offers[b], key)
		}
	}
	members := map[string][]string{}
	for _, as := range homes {
		for k, l := range Join(as, apart) {
			out[k] = l
		}
	}
	for k, l := range out {
		if !Loose(k) {
			members[l.Root] = append(members[l.Root], k)
		}
	}
	for _, ms := range members {
		slices.Sort(ms)
	}
	candidates := map[string][]Candidate{}
	for key, block := range loose {
		cs, ok := candidates[block]
		if !ok {
			roots := map[string]bool{}
			for _, k := range offers[block] {
				if r := out[k].Root; !roots[r] {
					roots[r] = true
					cs = append(cs, NewCandidate(r, members[r], func(k string) *Evidence { return atoms[k] }))
				}
			}
			candidates[block] = cs
		}
		out[key] = Attach(key, atoms[key], cs, apart)
	}
	return out
}

// NewCandidate gathers the evidence of an actor's joined keys.
func NewCandidate(root string, keys []string, of func(key string) *Evidence) Candidate {
	c := Candidate{Root: root, Keys: keys, Evidence: of(keys[0])}
	if len(keys) > 1 {
		c.Evidence = c.Evidence.Clone()
		for _, k := range keys[1:] {
			c.Evidence.AddAll(of(k))
		}
	}
	return c
}
