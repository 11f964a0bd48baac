package load

import (
	"cmp"
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/cayleygraph/quad"
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

// Decide makes the graph reflect other decisions of people: as if it had been
// loaded with these from the start. All of it is one transaction.
func (l *Loader) Decide(ctx context.Context, set *decide.Set) error {
	if set.Hash() == l.decided.set.Hash() {
		return nil
	}
	if err := l.applyWith(ctx, nil, nil, set); err != nil {
		return fmt.Errorf("people's decisions: %w", err)
	}
	return nil
}

// Decisions reads the decisions that a graph reflects, nil for none.
func Decisions(ctx context.Context, g Reader) (*decide.Set, error) {
	v, err := object(ctx, g, vocab.Decisions, vocab.Reflects)
	if err != nil || v == nil {
		return nil, err
	}
	text, err := unpack(v)
	if err != nil {
		return nil, fmt.Errorf("the decisions that the graph reflects: %w", err)
	}
	f, err := decide.Parse("the graph's decisions", text)
	if err != nil {
		return nil, err
	}
	return f.Set(), nil
}

// readDecided works out the decisions that a graph reflects.
func readDecided(ctx context.Context, g Reader) (*decided, error) {
	set, err := Decisions(ctx, g)
	if err != nil {
		return nil, err
	}
	natural := map[decide.Member]string{}
	for _, id := range articlesNamed(set) {
		s, err := readDocument(ctx, g, id)
		if err != nil {
			return nil, err
		}
		if s != nil {
			naturals(natural, s.doc, set)
		}
	}
	return newDecided(set, natural), nil
}

// Keys returns a function that gives the key of each entity id of a document, by
// which the graph's entities go (sila:id, sila:also), as people decided.
func Keys(ctx context.Context, g Reader) (func(*doc.Document) map[string]string, error) {
	x, err := readDecided(ctx, g)
	if err != nil {
		return nil, err
	}
	return func(d *doc.Document) map[string]string {
		w := &raw{doc: d}
		w.decide(x)
		return w.keys
	}, nil
}

// reflected reads what the graph reflects.
func (l *Loader) reflected(ctx context.Context) (err error) {
	if l.decided, err = readDecided(ctx, l.g); err != nil {
		return err
	}
	if x, ok := l.idx.(*reading); ok {
		x.decided = l.decided
	}
	return nil
}

// articlesNamed lists the articles of members that decisions name, sorted.
func articlesNamed(set *decide.Set) []string {
	ids := map[string]bool{}
	for g := range set.Groups() {
		for _, m := range set.Members(int32(g)) {
			ids[m.Article] = true
		}
	}
	return slices.Sorted(maps.Keys(ids))
}

// naturals notes the keys that a document gives to the members that decisions name.
func naturals(to map[decide.Member]string, d *doc.Document, set *decide.Set) {
	_, keys := resolve.Document(d)
	for i := range d.Entities {
		e := &d.Entities[i]
		m := decide.MemberOf(d, e)
		if _, ok := set.Group(m); !ok {
			continue
		}
		if k, ok := to[m]; !ok || keys[e.ID] < k { // two of one name: the same whatever their order
			to[m] = keys[e.ID]
		}
	}
}

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

// reflect notes in the graph which decisions it reflects.
func (l *Loader) reflect(c *change, set *decide.Set) error {
	for _, p := range []quad.IRI{vocab.Reflects, vocab.Hash} {
		v, err := object(c.ctx, l.g, vocab.Decisions, p)
		if err != nil {
			return err
		}
		if v != nil {
			c.diff[quad.Quad{Subject: vocab.Decisions, Predicate: p, Object: v}]--
		}
	}
	if set.Hash() == "" {
		return nil
	}
	c.diff[quad.Quad{Subject: vocab.Decisions, Predicate: vocab.Hash, Object: quad.String(set.Hash())}]++
	z := zstdWriter().EncodeAll(set.Text(), nil)
	packed := quad.TypedString{Value: quad.String(base64.StdEncoding.EncodeToString(z)), Type: vocab.DocumentType}
	c.diff[quad.Quad{Subject: vocab.Decisions, Predicate: vocab.Reflects, Object: packed}]++
	return nil
}

var errPacked = errors.New("no compressed text")

// unpack reads what is compressed in a literal.
func unpack(v quad.Value) ([]byte, error) {
	s, ok := v.(quad.TypedString)
	if !ok || s.Type != vocab.DocumentType {
		return nil, errPacked
	}
	z, err := base64.StdEncoding.DecodeString(string(s.Value))
	if err != nil {
		return nil, err
	}
	return zstdReader().DecodeAll(z, nil)
}
