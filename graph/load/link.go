package load

import (
	"maps"
	"slices"
	"strings"

	"github.com/sila-graph/sila/graph/resolve"
)

// linking finds which actors the articles of a change speak of, and which atoms
// of other articles become or cease to be one actor by that. It works on the
// blocks that the touched atoms fall into, by the functions of package resolve,
// which look at nothing else.
type linking struct {
	c      *change
	atoms  map[string]*moving     // touched, or of another cluster than before
	root   map[string]string      // of all atoms of the blocks that were worked out anew
	groups map[string][]*atom     // root → atoms, of the home blocks that were
	homes  map[string]bool        // those blocks
	offers map[string]bool        // blocks in which some actor now offers itself otherwise
	named  map[string][]*cluster  // as the index gave them
	where  map[string]blocksOfKey // of atoms that don't change
	comes  map[string][]*moving   // touched atoms that are in a block after the change
	gone   map[string][]*moving   // and those that were in it as their home, and are no more
}

// moving is an atom before and after a change, with its cluster.
type moving struct {
	key      string
	old, now *atom // nil where it isn't there
	from, to string
}

type blocksOfKey struct {
	home   string
	offers []string
}

// link works out the clusters of all atoms that the change touches, and draws in
// the articles of those that move.
func (c *change) link() error {
	l := &linking{c: c, atoms: map[string]*moving{}, root: map[string]string{}, groups: map[string][]*atom{},
		homes: map[string]bool{}, offers: map[string]bool{}, named: map[string][]*cluster{}, where: map[string]blocksOfKey{},
		comes: map[string][]*moving{}, gone: map[string][]*moving{}}
	if err := l.touch(); err != nil {
		return err
	}
	loose := map[string]bool{}
	l.affected(loose)
	for home := range l.homes {
		if err := l.join(home); err != nil {
			return err
		}
	}
	for block := range l.offers {
		loose[block] = true
	}
	for block := range loose {
		if err := l.attach(block, l.offers[block]); err != nil {
			return err
		}
	}
	for _, m := range l.atoms {
		if m.now != nil {
			m.to = l.root[m.key]
		}
	}
	c.links = l
	if err := l.clusters(); err != nil {
		return err
	}
	return l.draw()
}

// touch counts what the articles of the change say of their atoms.
func (l *linking) touch() error {
	for n, world := range map[int]map[string]*article{-1: l.c.before, 1: l.c.after} {
		for _, a := range world {
			for i := range a.actors {
				m, err := l.atom(a.actors[i].Key)
				if err != nil {
					return err
				}
				m.now.Add(&a.actors[i], n)
			}
		}
	}
	for _, m := range l.atoms {
		if m.now.Articles == 0 {
			m.now = nil
		}
	}
	return nil
}

func (l *linking) atom(key string) (*moving, error) {
	if m := l.atoms[key]; m != nil {
		return m, nil
	}
	m := &moving{key: key, now: &atom{Key: key, Evidence: new(resolve.Evidence)}}
	from, err := l.c.idx.root(l.c.ctx, key)
	if err != nil {
		return nil, err
	}
	if from != "" {
		was, err := l.c.was(from)
		if err != nil {
			return nil, err
		}
		m.from, m.old = from, was.atom(key)
		m.now.Evidence = m.old.Evidence.Clone()
	}
	l.atoms[key] = m
	return m, nil
}

// affected lists the home blocks of full names that the touched atoms fall
// into, and the blocks of touched names that aren't full.
func (l *linking) affected(loose map[string]bool) {
	for _, m := range l.atoms {
		for _, a := range []*atom{m.old, m.now} {
			if a == nil {
				continue
			}
			home, offers := resolve.Blocks(a.Key, a.Evidence)
			for _, b := range offers {
				l.offers[b] = true
				if a == m.now {
					l.comes[b] = append(l.comes[b], m)
				}
			}
			if home == "" {
				l.root[a.Key] = a.Key
				continue
			}
			if a == m.now {
				l.comes[home] = append(l.comes[home], m)
			} else if m.now == nil {
				l.gone[home] = append(l.gone[home], m)
			}
			if resolve.Loose(a.Key) {
				loose[home] = true
			} else {
				l.homes[home] = true
			}
		}
	}
}

// in returns the clusters with atoms in a block, as before the change.
func (l *linking) in(block string) ([]*cluster, error) {
	if cs, ok := l.named[block]; ok {
		return cs, nil
	}
	roots, err := l.c.idx.named(l.c.ctx, block)
	if err != nil {
		return nil, err
	}
	cs := make([]*cluster, 0, len(roots))
	for _, r := range roots {
		was, err := l.c.was(r)
		if err != nil {
			return nil, err
		}
		cs = append(cs, was)
	}
	l.named[block] = cs
	return cs, nil
}

// blocks returns the blocks of an atom that isn't touched.
func (l *linking) blocks(a *atom) blocksOfKey {
	b, ok := l.where[a.Key]
	if !ok {
		b.home, b.offers = resolve.Blocks(a.Key, a.Evidence)
		l.where[a.Key] = b
	}
	return b
}

// present is an atom as it is after the change, with its cluster before.
type present struct {
	*atom
	from   string
	offers []string
}

// after lists the atoms after the change that fit.
func (l *linking) after(block string, fits func(key string, b blocksOfKey) bool) ([]present, error) {
	cs, err := l.in(block)
	if err != nil {
		return nil, err
	}
	var out []present
	for _, was := range cs {
		for _, a := range was.atoms {
			if l.atoms[a.Key] != nil && l.atoms[a.Key].touched() {
				continue
			}
			if b := l.blocks(a); fits(a.Key, b) {
				out = append(out, present{a, was.key, b.offers})
			}
		}
	}
	for _, m := range l.comes[block] {
		b := blocksOfKey{}
		b.home, b.offers = resolve.Blocks(m.key, m.now.Evidence)
		if fits(m.key, b) {
			out = append(out, present{m.now, m.from, b.offers})
		}
	}
	return out, nil
}

func (m *moving) touched() bool { return m.old != m.now }

// join joins the full names of a home block anew.
func (l *linking) join(home string) error {
	all, err := l.after(home, func(key string, b blocksOfKey) bool { return b.home == home && !resolve.Loose(key) })
	if err != nil {
		return err
	}
	atoms := make([]resolve.Atom, len(all))
	for i, p := range all {
		atoms[i] = resolve.Atom{Key: p.Key, Evidence: p.Evidence}
	}
	links := resolve.Join(atoms, l.c.decided.apart())
	dirty := map[string]bool{}
	for _, m := range l.comes[home] {
		dirty[m.from] = true
		dirty[links[m.key].Root] = true
	}
	for _, m := range l.gone[home] {
		dirty[m.from] = true
	}
	for _, p := range all {
		r := links[p.Key].Root
		l.root[p.Key] = r
		l.groups[r] = append(l.groups[r], p.atom)
		if p.from != "" && p.from != r {
			dirty[p.from], dirty[r] = true, true
			l.moved(p)
		}
	}
	for _, p := range all {
		if dirty[p.from] || dirty[links[p.Key].Root] {
			for _, b := range p.offers {
				l.offers[b] = true
			}
		}
	}
	return nil
}

func (l *linking) moved(p present) {
	if l.atoms[p.Key] == nil {
		l.atoms[p.Key] = &moving{key: p.Key, old: p.atom, now: p.atom, from: p.from}
	}
}

// attach finds the actors of a block's names that aren't full: of all of them,
// or of those that the change touches.
func (l *linking) attach(block string, all bool) error {
	loose, err := l.after(block, func(key string, b blocksOfKey) bool {
		return b.home == block && resolve.Loose(key) && (all || l.atoms[key] != nil)
	})
	if err != nil || len(loose) == 0 {
		return err
	}
	offering, err := l.after(block, func(_ string, b blocksOfKey) bool { return slices.Contains(b.offers, block) })
	if err != nil {
		return err
	}
	var cs []resolve.Candidate
	done := map[string]bool{}
	for _, p := range offering {
		r, ok := l.root[p.Key]
		if !ok {
			r = p.from
		}
		if done[r] {
			continue
		}
		done[r] = true
		atoms, err := l.members(r)
		if err != nil {
			return err
		}
		keys := make([]string, len(atoms))
		of := make(map[string]*resolve.Evidence, len(atoms))
		for i, a := range atoms {
			keys[i], of[a.Key] = a.Key, a.Evidence
		}
		slices.Sort(keys)
		cs = append(cs, resolve.NewCandidate(r, keys, func(k string) *resolve.Evidence { return of[k] }))
	}
	for _, p := range loose {
		r := resolve.Attach(p.Key, p.Evidence, cs, l.c.decided.apart()).Root
		l.root[p.Key] = r
		if p.from != "" && p.from != r {
			l.moved(p)
		}
	}
	return nil
}

// members returns the full names that are one with a root after the change.
func (l *linking) members(root string) ([]*atom, error) {
	if g := l.groups[root]; g != nil {
		return g, nil
	}
	if m := l.atoms[root]; m != nil {
		return []*atom{m.now}, nil
	}
	was, err := l.c.was(root)
	if err != nil {
		return nil, err
	}
	var out []*atom
	for _, a := range was.atoms {
		if !resolve.Loose(a.Key) {
			out = append(out, a)
		}
	}
	return out, nil
}

// clusters puts together the clusters that atoms come to, leave or change in.
func (l *linking) clusters() error {
	come := map[string][]*atom{}
	for _, m := range l.atoms {
		if m.from != "" {
			come[m.from] = append(come[m.from], nil)
		}
		if m.now != nil {
			come[m.to] = append(come[m.to], m.now)
		}
	}
	for root, atoms := range come {
		was, err := l.c.was(root)
		if err != nil {
			return err
		}
		is := &cluster{key: root}
		if was != nil {
			is.iri = was.iri
			for _, a := range was.atoms {
				if l.atoms[a.Key] == nil {
					is.atoms = append(is.atoms, a)
				}
			}
		}
		for _, a := range atoms {
			if a != nil {
				is.atoms = append(is.atoms, a)
			}
		}
		slices.SortFunc(is.atoms, func(a, b *atom) int { return strings.Compare(a.Key, b.Key) })
		if len(is.atoms) == 0 {
			is = nil
		}
		l.c.oldClusters[root], l.c.newClusters[root] = was, is
	}
	return nil
}

// draw brings in the articles that speak of an atom whose cluster is another
// now, and puts all articles into the terms of the new clusters.
func (l *linking) draw() error {
	c := l.c
	for _, key := range slices.Sorted(maps.Keys(l.atoms)) {
		m := l.atoms[key]
		if m.old == nil || m.now == nil || m.from == m.to {
			continue
		}
		ids, err := l.articles(m)
		if err != nil {
			return err
		}
		for _, id := range ids {
			if err := c.rekey(id); err != nil {
				return err
			}
		}
	}
	for id, w := range c.raws {
		if c.after[id] == nil {
			continue
		}
		a, err := w.record(c.newRoot)
		if err != nil {
			return err
		}
		c.after[id] = a
	}
	return nil
}

// articles lists the articles that speak of an atom.
func (l *linking) articles(m *moving) ([]string, error) {
	if _, id, ok := strings.Cut(m.key, "#"); ok {
		return []string{id}, nil
	}
	if _, ok := resolve.Gazetteer(m.key); !ok {
		return l.c.idx.speaking(l.c.ctx, m.key)
	}
	return l.c.idx.mentioning(l.c.ctx, l.c.oldClusters[m.from])
}
