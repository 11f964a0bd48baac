package load

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"github.com/sila-graph/sila/extract/doc"
	"github.com/sila-graph/sila/graph/resolve"
	"github.com/sila-graph/sila/graph/resolve/decide"
	"github.com/sila-graph/sila/graph/vocab"
)

// decided is what people's decisions come to in terms of keys, given the
// articles that they name. It is a function of both and not changed once made.
//
// A member stands for the key that its article gives it by itself, and takes
// all others of that key along. Members that people made one get one key; where
// two sides of a key are kept apart, the larger keeps it.
type decided struct {
	set     *decide.Set
	natural map[decide.Member]string // the keys that articles give to the members named
	byKey   map[string]string        // key → the one that goes for it
	byName  map[decide.Name]string   // a name that people gave → the key of its bearer
	member  map[decide.Member]string // those that don't go with others of their key
	sides   map[string]decide.Sides  // of keys
}

// party is a number of groups that share keys.
type party struct {
	members []decide.Member
	sides   decide.Sides
	keys    []string // that it owns
}

func newDecided(set *decide.Set, natural map[decide.Member]string) *decided {
	x := &decided{set: set, natural: natural, byKey: map[string]string{}, byName: map[decide.Name]string{},
		member: map[decide.Member]string{}, sides: map[string]decide.Sides{}}
	if set.Groups() == 0 {
		return x
	}
	parties := make([]*party, set.Groups())
	users := map[string][]int{} // key → groups
	for g := range parties {
		p := &party{sides: set.Sides(int32(g))}
		parties[g] = p
		for _, m := range set.Members(int32(g)) {
			k, ok := natural[m]
			if !ok {
				continue // its article isn't there
			}
			p.members = append(p.members, m)
			if u := users[k]; len(u) == 0 || u[len(u)-1] != g {
				users[k] = append(u, g)
			}
		}
	}
	// groups of one key are one, unless people keep them apart
	of := make([]int, len(parties))
	for g := range of {
		of[g] = g
	}
	find := func(g int) int {
		for of[g] != g {
			g = of[g]
		}
		return g
	}
	keys := slices.Sorted(maps.Keys(users))
	for _, k := range keys {
		for i, g := range users[k] {
			for _, h := range users[k][:i] {
				a, b := find(g), find(h)
				if a == b || parties[a].sides.Opposed(parties[b].sides) {
					continue
				}
				a, b = min(a, b), max(a, b)
				of[b] = a
				parties[a].members = append(parties[a].members, parties[b].members...)
				parties[a].sides = parties[a].sides.Join(parties[b].sides)
			}
		}
	}
	// each key goes to the party with most members of it
	owner := map[string]*party{}
	for _, k := range keys {
		count := map[int]int{}
		best := -1
		for _, g := range users[k] {
			a := find(g)
			if count[a] == 0 {
				for _, m := range parties[a].members {
					if natural[m] == k {
						count[a]++
					}
				}
			}
			if best < 0 || count[a] > count[best] || count[a] == count[best] && a < best {
				best = a
			}
		}
		owner[k] = parties[best]
		parties[best].keys = append(parties[best].keys, k)
	}
	for g, p := range parties {
		if find(g) != g || len(p.members) == 0 {
			continue
		}
		key := p.key()
		x.sides[key] = p.sides
		for _, k := range p.keys {
			x.byKey[k] = key
		}
		for _, m := range p.members {
			if owner[natural[m]] != p {
				x.member[m] = key
			}
		}
	}
	for _, n := range set.Names() {
		key, one := "", true
		for _, m := range set.Named(n) {
			k, ok := natural[m]
			if !ok {
				continue
			}
			if k = x.of(m, k); key == "" {
				key = k
			}
			one = one && k == key
		}
		if key != "" && one { // else it names nobody in particular
			x.byName[n] = key
		}
	}
	return x
}

// key chooses the key that a party goes by: of the keys that it owns a
// gazetteer's, else a full name's, else a new one.
func (p *party) key() string {
	rank := func(k string) int {
		_, known := resolve.Gazetteer(k)
		switch {
		case known:
			return 0
		case strings.Contains(k, "#"):
			return 3
		case resolve.Loose(k):
			return 2
		}
		return 1
	}
	if len(p.keys) > 0 {
		k := slices.MinFunc(p.keys, func(a, b string) int { return cmp.Or(rank(a)-rank(b), strings.Compare(a, b)) })
		if rank(k) < 3 || len(p.keys) == 1 { // one with # belongs to its article alone
			return k
		}
	}
	m := slices.MinFunc(p.members, decide.Member.Compare)
	mark := string(vocab.Homonymous("", m.Key(), 12)) // ~1a2b3c…
	if strings.HasPrefix(m.Name, "#") {
		return string(m.Type) + ":" + mark
	}
	return string(m.Type) + ":" + m.Name + "|" + mark
}

// of returns the key of a member whose article gives it a key.
func (x *decided) of(m decide.Member, key string) string {
	if k, ok := x.member[m]; ok {
		return k
	}
	if k, ok := x.byName[decide.Name{Type: m.Type, Key: m.Name}]; ok {
		return k
	}
	if k, ok := x.byKey[key]; ok {
		return k
	}
	return key
}

// apart tells which keys people keep apart, nil where there are none.
func (x *decided) apart() resolve.Apart {
	if x == nil || len(x.sides) == 0 {
		return nil
	}
	return func(a, b string) bool { return x.sides[a].Opposed(x.sides[b]) }
}

// concerns says whether people decided anything on what a document speaks of.
func (x *decided) concerns(w *raw) bool {
	if x == nil || x.set.Hash() == "" {
		return false
	}
	if x.set.Judges(w.doc.ID) {
		return true
	}
	if len(x.natural)+len(x.byName) == 0 {
		return false
	}
	for i := range w.doc.Entities {
		e := &w.doc.Entities[i]
		k := w.keys[e.ID]
		if m := decide.MemberOf(w.doc, e); x.of(m, k) != k || x.set.Aliases(m) != nil {
			return true
		}
	}
	return false
}

// decide works out a document's actors as people decided. It may be called
// again with other decisions.
func (w *raw) decide(x *decided) {
	if w.actors == nil || w.changed {
		w.actors, w.keys = resolve.Document(w.doc)
		w.verdicts, w.changed = nil, false
	}
	if !x.concerns(w) {
		return
	}
	w.changed = true
	w.verdicts = x.set.Judge(w.doc)
	names := map[string][]string{} // key → names that people gave
	w.actors, w.keys = resolve.DocumentBy(w.doc, func(e *doc.Entity, key string) string {
		m := decide.MemberOf(w.doc, e)
		k := x.of(m, key)
		names[k] = append(names[k], x.set.Aliases(m)...)
		return k
	})
	for i := range w.actors {
		a := &w.actors[i]
		if more := names[a.Key]; len(more) > 0 {
			a.Names = slices.Concat(a.Names, more)
			slices.Sort(a.Names)
			a.Names = slices.Compact(a.Names)
		}
	}
}

// verdict is what people say of the n-th fact, nil for nothing.
func (w *raw) verdict(n int) *decide.Verdict {
	if w.verdicts == nil {
		return nil
	}
	return w.verdicts[n]
}
