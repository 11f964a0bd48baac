package query

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/quad"

	"github.com/sila-graph/sila/extract/doc"
	"github.com/sila-graph/sila/queries"
)

// PathOptions narrow a search for how two are connected. The zero value is fine.
type PathOptions struct {
	Max    int      // steps at most; 4 if 0
	Limit  int      // paths at most; 5 if 0
	Via    []string // types: of facts (Meet, Attack), which alone are steps; of entities (Person), which alone stand between
	NoHubs bool     // not through countries, nor others with more than HubTies ties
}

// HubTies is how many others a node that NoHubs spares may be tied to.
const HubTies = 300

// Paths are the shortest ways from one to another by what happened or holds.
type Paths struct {
	From  Value  `json:"from"`
	To    Value  `json:"to"`
	Paths []Path `json:"paths"` // of one length; the strongest first
	More  bool   `json:"more"`  // there are others as short
	Max   int    `json:"max"`   // how far was looked
}

// Path is one way.
type Path struct {
	Steps []Step `json:"steps"`
}

// Step is one tie of a path.
type Step struct {
	From   Value   `json:"from"`
	To     Value   `json:"to"`
	Edge   Value   `json:"edge"`             // what ties them
	Back   bool    `json:"back,omitempty"`   // it is To who does it
	Facts  int     `json:"facts"`            // that tell this tie
	Fact   *Fact   `json:"fact,omitempty"`   // the latest of them
	Report *Report `json:"report,omitempty"` // which says it best
}

// maxPaths bounds how many shortest paths are ranked.
const maxPaths = 2000

// Paths finds the shortest ties between two. A tie is a fact that happened or
// holds with both in its roles. Errors: *NameError; wrong types to go via.
func (e *Engine) Paths(ctx context.Context, from, to string, opt PathOptions) (*Paths, error) {
	if opt.Max <= 0 {
		opt.Max = 4
	}
	if opt.Limit <= 0 {
		opt.Limit = 5
	}
	s, err := e.newSearch(ctx, opt)
	if err != nil {
		return nil, err
	}
	res := &Paths{Max: opt.Max}
	ends := make([]graph.Ref, 2)
	for i, x := range []struct {
		name string
		to   *Value
	}{{from, &res.From}, {to, &res.To}} {
		iri, err := e.Resolve(ctx, queries.Actor, x.name)
		if err != nil {
			return nil, err
		}
		ends[i] = e.qs.ValueOf(quad.IRI(strings.Trim(iri, "<>")))
		if *x.to, err = e.node(ctx, ends[i]); err != nil {
			return nil, err
		}
	}
	if ends[0].Key() == ends[1].Key() {
		return nil, fmt.Errorf("%q and %q are one: %s", from, to, res.From.IRI.String())
	}
	ways, err := s.shortest(ends[0], ends[1])
	if err != nil {
		return nil, err
	}
	ways, err = s.rank(ways)
	if err != nil {
		return nil, err
	}
	if res.More = len(ways) > opt.Limit; res.More {
		ways = ways[:opt.Limit]
	}
	for _, w := range ways {
		p := Path{}
		for i := range w[1:] {
			step, err := s.step(w[i], w[i+1])
			if err != nil {
				return nil, err
			}
			p.Steps = append(p.Steps, *step)
		}
		res.Paths = append(res.Paths, p)
	}
	return res, nil
}

// search looks for paths in one graph.
type search struct {
	ctx       context.Context
	e         *Engine
	opt       PathOptions
	kinds     []*edgeKind
	wanted    map[*edgeKind]bool // the same
	meetings  bool
	between   map[doc.EntityType]bool // nil: all
	countries map[key]bool
	names     map[key]quad.IRI
	degrees   map[key]int
	rolesOf   map[[2]key]map[key]graph.Ref
}

func (e *Engine) newSearch(ctx context.Context, opt PathOptions) (*search, error) {
	s := &search{ctx: ctx, e: e, opt: opt, wanted: map[*edgeKind]bool{}, names: map[key]quad.IRI{}, degrees: map[key]int{}, rolesOf: map[[2]key]map[key]graph.Ref{}}
	facts := map[string]bool{}
	for _, v := range opt.Via {
		if i := slices.IndexFunc(doc.EntityTypes[:], func(t doc.EntityType) bool { return strings.EqualFold(string(t), v) }); i >= 0 {
			if s.between == nil {
				s.between = map[doc.EntityType]bool{}
			}
			s.between[doc.EntityTypes[i]] = true
			continue
		}
		t, err := e.resolveType(v)
		if err != nil {
			return nil, fmt.Errorf("%w; or a type of entity: Person, Organization, Place, Group, Event", err)
		}
		facts[strings.TrimSuffix(strings.TrimPrefix(t, "<sila:"), ">")] = true
	}
	for _, k := range e.predicates().list {
		if len(facts) == 0 || facts[k.typ.Name] {
			s.kinds = append(s.kinds, k)
			s.wanted[k] = true
		}
	}
	s.meetings = len(facts) == 0 || facts["Meet"]
	if opt.NoHubs {
		s.countries = map[key]bool{}
		for _, kind := range []string{"country", "continent", "region of the world"} {
			refs, err := e.subjects(ctx, "sila:kind", e.qs.ValueOf(quad.String(kind)))
			if err != nil {
				return nil, err
			}
			for _, r := range refs {
				s.countries[r.Key()] = true
			}
		}
	}
	return s, nil
}

// front is what a search knows from one end.
type front struct {
	level map[key]int
	prev  map[key][]graph.Ref // on the level before
	last  []graph.Ref         // the nodes of the outermost level
	depth int
}

func newFront(n graph.Ref) *front {
	return &front{level: map[key]int{n.Key(): 0}, prev: map[key][]graph.Ref{}, last: []graph.Ref{n}}
}

// shortest returns all shortest ways between two, as lists of nodes.
func (s *search) shortest(a, b graph.Ref) ([][]graph.Ref, error) {
	x, y := newFront(a), newFront(b)
	for x.depth+y.depth < s.opt.Max {
		f, g := x, y
		if len(y.last) < len(x.last) {
			f, g = y, x
		}
		meet, err := s.grow(f, g)
		if err != nil {
			return nil, err
		}
		if len(f.last) == 0 {
			return nil, nil
		}
		if len(meet) > 0 {
			return s.ways(x, y, meet), nil
		}
	}
	return nil, nil
}

// grow goes one level further from one end and returns the nodes in which it
// meets the other.
func (s *search) grow(f, other *front) (meet []graph.Ref, err error) {
	var next []graph.Ref
	for _, n := range f.last {
		if f.depth > 0 && !s.passes(n) {
			continue
		}
		err := s.neighbours(n, func(m graph.Ref) {
			k := m.Key()
			switch l, seen := f.level[k]; {
			case !seen:
				f.level[k] = f.depth + 1
				next = append(next, m)
				fallthrough
			case l == f.depth+1:
				if p := f.prev[k]; len(p) == 0 || p[len(p)-1].Key() != n.Key() {
					f.prev[k] = append(p, n)
				}
			}
		})
		if err != nil {
			return nil, err
		}
		if err := s.ctx.Err(); err != nil {
			return nil, err
		}
	}
	f.last = next
	f.depth++
	for _, m := range next {
		l, there := other.level[m.Key()]
		if there && l == other.depth && (other.depth == 0 || s.passes(m)) {
			meet = append(meet, m)
		}
	}
	return meet, nil
}

// passes says whether a path may go through a node.
func (s *search) passes(n graph.Ref) bool {
	if s.between != nil {
		kind, _, _ := strings.Cut(string(s.name(n)), "/")
		if !s.between[typeOfPrefix[kind]] {
			return false
		}
	}
	return !s.opt.NoHubs || !s.countries[n.Key()] && s.degree(n, HubTies+1) <= HubTies
}

var typeOfPrefix = map[string]doc.EntityType{"person": doc.Person, "org": doc.Organization, "place": doc.Place, "group": doc.Group, "event": doc.Event}

func (s *search) name(n graph.Ref) quad.IRI {
	iri, ok := s.names[n.Key()]
	if !ok {
		iri = s.e.iriOf(n)
		s.names[n.Key()] = iri
	}
	return iri
}

// degree counts a node's direct edges up to a limit.
func (s *search) degree(n graph.Ref, limit int) int {
	if d, ok := s.degrees[n.Key()]; ok {
		return d
	}
	d := 0
	err := s.edges(n, func(graph.Ref) error {
		if d++; d >= limit {
			return errEnough
		}
		return nil
	})
	if err == nil || err == errEnough {
		s.degrees[n.Key()] = d
	}
	return d
}

var errEnough = fmt.Errorf("enough")

// fewQuads is up to how many quads a node's are read through rather than
// looked up predicate by predicate.
const fewQuads = 1500

// edges calls fn with the other end of each direct edge of a node.
func (s *search) edges(n graph.Ref, fn func(graph.Ref) error) error {
	qs := s.e.qs
	for _, d := range []struct{ mine, others quad.Direction }{{quad.Subject, quad.Object}, {quad.Object, quad.Subject}} {
		size, err := qs.QuadIteratorSize(s.ctx, d.mine, n)
		if err != nil {
			return err
		}
		if size.Size <= fewQuads {
			all := s.e.predicates().edges
			err := s.e.scan(s.ctx, func(q graph.Ref) error {
				k := all[qs.QuadDirection(q, quad.Predicate).Key()]
				if k == nil || !s.wanted[k] {
					return nil
				}
				return fn(qs.QuadDirection(q, d.others))
			}, part{d.mine, n})
			if err != nil {
				return err
			}
			continue
		}
		for _, k := range s.kinds {
			err := s.e.scan(s.ctx, func(q graph.Ref) error { return fn(qs.QuadDirection(q, d.others)) },
				part{d.mine, n}, part{quad.Predicate, k.ref})
			if err != nil {
				return err
			}
		}
	}
	return nil
}

// neighbours calls fn with each that a node is tied to, some more than once.
func (s *search) neighbours(n graph.Ref, fn func(graph.Ref)) error {
	err := s.edges(n, func(m graph.Ref) error {
		fn(m)
		return nil
	})
	attended := s.e.predicates().of["attended"]
	if err != nil || !s.meetings || attended == nil {
		return err
	}
	// meetings of four and more give no edges between their parties
	qs := s.e.qs
	var facts []graph.Ref
	err = s.e.scan(s.ctx, func(q graph.Ref) error {
		facts = append(facts, qs.QuadDirection(q, quad.Object))
		return nil
	}, part{quad.Subject, n}, part{quad.Predicate, attended})
	if err != nil {
		return err
	}
	for _, f := range facts {
		var parties []graph.Ref
		err := s.e.scan(s.ctx, func(q graph.Ref) error {
			parties = append(parties, qs.QuadDirection(q, quad.Subject))
			return nil
		}, part{quad.Object, f}, part{quad.Predicate, attended})
		if err != nil {
			return err
		}
		if len(parties) > 3 {
			for _, m := range parties {
				if m.Key() != n.Key() {
					fn(m)
				}
			}
		}
	}
	return nil
}

// ways lists the ways through the nodes in which two fronts met, in the order
// of their IRIs.
func (s *search) ways(x, y *front, meet []graph.Ref) [][]graph.Ref {
	var out [][]graph.Ref
	for _, m := range s.sorted(meet) {
		heads, tails := s.back(x, m), s.back(y, m)
		for _, h := range heads {
			for _, t := range tails {
				if len(out) == maxPaths {
					return out
				}
				w := slices.Clone(h)
				slices.Reverse(w)
				out = append(out, append(w, t[1:]...))
			}
		}
	}
	return out
}

// back lists the ways from a node back to the end that a front began at.
func (s *search) back(f *front, n graph.Ref) [][]graph.Ref {
	if f.level[n.Key()] == 0 {
		return [][]graph.Ref{{n}}
	}
	var out [][]graph.Ref
	for _, p := range s.sorted(f.prev[n.Key()]) {
		for _, w := range s.back(f, p) {
			if len(out) == maxPaths {
				return out
			}
			out = append(out, append([]graph.Ref{n}, w...))
		}
	}
	return out
}

func (s *search) sorted(list []graph.Ref) []graph.Ref {
	out := slices.Clone(list)
	slices.SortFunc(out, func(a, b graph.Ref) int { return strings.Compare(string(s.name(a)), string(s.name(b))) })
	return slices.CompactFunc(out, func(a, b graph.Ref) bool { return a.Key() == b.Key() })
}

// rank puts ways through those with few ties first: what two have in common
// with few others says more than a country that everybody deals with.
func (s *search) rank(ways [][]graph.Ref) ([][]graph.Ref, error) {
	const most = 2000
	weight := func(w []graph.Ref) (sum int) {
		for _, n := range w[1:max(1, len(w)-1)] {
			sum += s.degree(n, most)
		}
		return sum
	}
	type weighed struct {
		way []graph.Ref
		n   int
	}
	all := make([]weighed, len(ways))
	for i, w := range ways {
		all[i] = weighed{w, weight(w)}
	}
	slices.SortStableFunc(all, func(a, b weighed) int { return cmp.Compare(a.n, b.n) })
	out := make([][]graph.Ref, len(all))
	for i, w := range all {
		out[i] = w.way
	}
	return out, s.ctx.Err()
}
