package decide

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"
	"time"

	"github.com/sila-graph/sila/extract/arabic"
	"github.com/sila-graph/sila/extract/doc"
)

// Set is what decisions come to, with fast look-ups. It is read-only and safe
// for concurrent use; a nil Set holds nothing.
//
// Where decisions disagree, the later in the file wins and the earlier holds
// for the rest of what it says: that is worked out once, here, and listed in
// Conflicts.
type Set struct {
	Conflicts []Conflict // in the order of the decisions

	decisions []Decision
	hash      string
	group     map[Member]int32
	groups    [][]Member // sorted; at least one member each
	sides     []Sides    // by group
	named     map[Name][]Member
	aliases   map[Member][]string
	asked     map[Member]Sides    // of decisions "unsure"
	reports   map[string]*Verdict // by Report.key
	articles  map[string]bool     // that have a verdict
}

// Conflict says that a later decision overrules part of an earlier one.
type Conflict struct {
	ID   string `json:"id"`   // of the earlier
	What string `json:"what"` // the part, for reading
}

// Name is a name of one type, normalised by arabic.Key.
type Name struct {
	Type doc.EntityType
	Key  string
}

// Sides tells which sides of decisions "different" a group or a cluster is on:
// numbers in ascending order, those of the two sides of one decision 2n and 2n+1.
type Sides []int32

// Opposed says whether a decision keeps two apart.
func (s Sides) Opposed(t Sides) bool {
	if len(s) == 0 || len(t) == 0 {
		return false
	}
	if len(s) > len(t) {
		s, t = t, s
	}
	for _, x := range s {
		if _, found := slices.BinarySearch(t, x^1); found {
			return true
		}
	}
	return false
}

// Join returns the sides of two that become one.
func (s Sides) Join(t Sides) Sides {
	switch {
	case len(s) == 0:
		return t
	case len(t) == 0:
		return s
	}
	out := slices.Concat(s, t)
	slices.Sort(out)
	return slices.Compact(out)
}

// Verdict is what people say of a report.
type Verdict struct {
	Kind Kind // Right, Wrong or Change
	To   *Revision
	ID   string // of the decision
}

// NewSet works out what decisions come to. They are those that hold, earlier
// ones first, as [File.Decisions] gives them.
func NewSet(ds []Decision) *Set {
	s := &Set{decisions: slices.Clone(ds), group: map[Member]int32{}, named: map[Name][]Member{},
		aliases: map[Member][]string{}, asked: map[Member]Sides{}, reports: map[string]*Verdict{}, articles: map[string]bool{}}
	b := builder{at: map[Member]int32{}}
	for i := len(ds) - 1; i >= 0; i-- { // the latest first: it can't be overruled
		d := &ds[i]
		lost := func(what string) {
			if n := len(s.Conflicts); n == 0 || s.Conflicts[n-1].ID != d.ID {
				s.Conflicts = append(s.Conflicts, Conflict{d.ID, what})
			}
		}
		switch d.Kind {
		case Same:
			first := b.node(d.Members[0])
			for _, m := range d.Members[1:] {
				if !b.join(first, b.node(m)) {
					lost(d.Members[0].String() + " and " + m.String() + " are apart by a later decision")
				}
			}
		case Different:
			if x, y, ok := b.part(d.Members, d.Others); !ok {
				lost(x.String() + " and " + y.String() + " are one by a later decision")
			}
		case Unsure:
			for side, ms := range [][]Member{d.Members, d.Others} {
				for _, m := range ms {
					s.asked[m] = s.asked[m].Join(Sides{int32(2*i + side)})
				}
			}
		case Alias:
			n := Name{d.Members[0].Type, arabic.Key(d.Name)}
			for _, m := range d.Members {
				b.node(m)
				n.Type = m.Type
				s.named[n] = append(s.named[n], m)
				s.aliases[m] = append(s.aliases[m], d.Name)
			}
		case Right, Wrong, Change:
			for _, r := range d.Reports {
				k := r.key(r.sentence())
				if s.reports[k] != nil {
					lost("a later decision judges the report of article " + r.Article + " anew")
					continue
				}
				s.reports[k] = &Verdict{d.Kind, d.To, d.ID}
				s.articles[r.Article] = true
			}
		}
	}
	slices.Reverse(s.Conflicts)
	for _, ms := range s.named {
		slices.SortFunc(ms, Member.Compare)
	}
	for n, ms := range s.named {
		s.named[n] = slices.Compact(ms)
	}
	for m, names := range s.aliases {
		slices.Sort(names)
		s.aliases[m] = slices.Compact(names)
	}
	s.gather(&b)
	s.hash = hashOf(s.decisions)
	return s
}

// gather numbers the groups by their smallest members.
func (s *Set) gather(b *builder) {
	of := map[int32][]Member{}
	for m, n := range b.at {
		root := b.find(n)
		of[root] = append(of[root], m)
	}
	roots := make([]int32, 0, len(of))
	for root, ms := range of {
		slices.SortFunc(ms, Member.Compare)
		roots = append(roots, root)
	}
	slices.SortFunc(roots, func(x, y int32) int { return of[x][0].Compare(of[y][0]) })
	for i, root := range roots {
		s.groups = append(s.groups, of[root])
		s.sides = append(s.sides, b.sides[root])
		for _, m := range of[root] {
			s.group[m] = int32(i)
		}
	}
}

// builder joins and parts members.
type builder struct {
	at     map[Member]int32
	parent []int32
	size   []int32
	sides  []Sides // of roots
	parted int32
}

func (b *builder) node(m Member) int32 {
	n, ok := b.at[m]
	if !ok {
		n = int32(len(b.parent))
		b.at[m] = n
		b.parent = append(b.parent, n)
		b.size = append(b.size, 1)
		b.sides = append(b.sides, nil)
	}
	return n
}

func (b *builder) find(n int32) int32 {
	for b.parent[n] != n {
		b.parent[n] = b.parent[b.parent[n]]
		n = b.parent[n]
	}
	return n
}

// join makes two one, unless they are kept apart.
func (b *builder) join(x, y int32) bool {
	if x, y = b.find(x), b.find(y); x == y {
		return true
	}
	if b.sides[x].Opposed(b.sides[y]) {
		return false
	}
	if b.size[x] < b.size[y] {
		x, y = y, x
	}
	b.parent[y] = x
	b.size[x] += b.size[y]
	b.sides[x] = b.sides[x].Join(b.sides[y])
	return true
}

// part keeps each of one side apart from each of the other, as far as they
// aren't one; else it names two that are.
func (b *builder) part(one, other []Member) (x, y Member, ok bool) {
	ok = true
	roots := map[int32]Member{}
	for _, m := range one {
		n := b.find(b.node(m))
		if _, there := roots[n]; !there {
			roots[n] = m
		}
		b.sides[n] = b.sides[n].Join(Sides{2 * b.parted})
	}
	for _, m := range other {
		n := b.find(b.node(m))
		if with, both := roots[n]; both && ok {
			x, y, ok = with, m, false
		}
		b.sides[n] = b.sides[n].Join(Sides{2*b.parted + 1})
	}
	b.parted++
	return x, y, ok
}

func hashOf(ds []Decision) string {
	h := sha256.New()
	none := true
	for i := range ds {
		if ds[i].Kind != Unsure { // the graph doesn't show it
			h.Write([]byte(ds[i].hash()))
			none = false
		}
	}
	if none {
		return ""
	}
	return hex.EncodeToString(h.Sum(nil)[:16])
}

// Hash tells sets apart: the same decisions in the same order have one hash,
// whoever took them and when. "" is the hash of none.
func (s *Set) Hash() string {
	if s == nil {
		return ""
	}
	return s.hash
}

// Text returns what of the decisions the graph shows, as the text of a decisions
// file: [Parse] gives a set with the same hash. Who decided, when and why is left out.
func (s *Set) Text() []byte {
	var b bytes.Buffer
	for _, d := range s.Decisions() {
		if d.Kind == Unsure {
			continue
		}
		d.ID, d.By, d.At, d.Note = "", "", time.Time{}, ""
		text, err := marshal(d)
		if err != nil {
			panic("decide: " + err.Error()) // texts, numbers and lists alone
		}
		b.Write(text)
		b.WriteByte('\n')
	}
	return b.Bytes()
}

// Decisions returns the decisions that the set was made of.
func (s *Set) Decisions() []Decision {
	if s == nil {
		return nil
	}
	return slices.Clone(s.decisions)
}

// Group returns the number of the group that people put a member into. Members
// of one group are one actor. false: nobody decided anything on it.
func (s *Set) Group(m Member) (int32, bool) {
	if s == nil || len(s.group) == 0 {
		return 0, false
	}
	g, ok := s.group[m]
	return g, ok
}

// Groups is how many groups there are; they are numbered from 0 in the order of their smallest members.
func (s *Set) Groups() int {
	if s == nil {
		return 0
	}
	return len(s.groups)
}

// Members returns a group's members, sorted. Not to be changed.
func (s *Set) Members(group int32) []Member { return s.groups[group] }

// Sides returns the sides that a group is on; nil for most. Not to be changed.
func (s *Set) Sides(group int32) Sides { return s.sides[group] }

// Apart says whether people keep two members apart.
func (s *Set) Apart(m, n Member) bool {
	x, ok := s.Group(m)
	y, yes := s.Group(n)
	return ok && yes && x != y && s.sides[x].Opposed(s.sides[y])
}

// Parted says whether people keep a member apart from any other.
func (s *Set) Parted(m Member) bool {
	g, ok := s.Group(m)
	return ok && len(s.sides[g]) > 0
}

// Parts says whether people keep anybody apart.
func (s *Set) Parts() bool {
	return s != nil && slices.ContainsFunc(s.sides, func(x Sides) bool { return len(x) > 0 })
}

// One says whether people made two members one.
func (s *Set) One(m, n Member) bool {
	x, ok := s.Group(m)
	y, yes := s.Group(n)
	return ok && yes && x == y
}

// Asked says whether somebody looked at two members and couldn't tell.
func (s *Set) Asked(m, n Member) bool {
	return s != nil && s.asked[m].Opposed(s.asked[n])
}

// Named returns the members whose actor people gave a name of that type,
// sorted: usually one group's. Every entity with that full name is theirs.
func (s *Set) Named(n Name) []Member {
	if s == nil || len(s.named) == 0 {
		return nil
	}
	return s.named[n]
}

// Names lists the names that people gave, in order of type and key.
func (s *Set) Names() []Name {
	if s == nil {
		return nil
	}
	out := make([]Name, 0, len(s.named))
	for n := range s.named {
		out = append(out, n)
	}
	slices.SortFunc(out, compareNames)
	return out
}

func compareNames(a, b Name) int {
	return cmp.Or(strings.Compare(string(a.Type), string(b.Type)), strings.Compare(a.Key, b.Key))
}

// Aliases returns the names, as written, that people gave to a member's actor by this member.
func (s *Set) Aliases(m Member) []string {
	if s == nil || len(s.aliases) == 0 {
		return nil
	}
	return s.aliases[m]
}

// Judges says whether there are verdicts on an article's facts.
func (s *Set) Judges(article string) bool { return s != nil && s.articles[article] }

// Verdict returns what people say of a report, nil for nothing. A verdict on
// the very sentence goes before one on the whole article.
func (s *Set) Verdict(r Report) *Verdict {
	if !s.Judges(r.Article) {
		return nil
	}
	if v := s.reports[r.key(r.sentence())]; v != nil || r.Sentence == nil {
		return v
	}
	return s.reports[r.key(-1)]
}

// Judge returns the verdicts on a document's facts, by their index; nil where
// there are none at all.
func (s *Set) Judge(d *doc.Document) []*Verdict {
	if !s.Judges(d.ID) {
		return nil
	}
	var out []*Verdict
	for i := range d.Facts {
		if v := s.Verdict(ReportOf(d, i)); v != nil {
			if out == nil {
				out = make([]*Verdict, len(d.Facts))
			}
			out[i] = v
		}
	}
	return out
}
