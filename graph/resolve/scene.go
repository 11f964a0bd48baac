package resolve

import (
	"slices"
	"strings"

	"github.com/sila-graph/sila/extract/arabic"
	"github.com/sila-graph/sila/extract/doc"
	"github.com/sila-graph/sila/extract/gazetteer"
)

// scene is where an article plays, as far as its own places and bodies tell.
type scene struct {
	x *lexicon
	d *doc.Document

	refs    []string // gazetteer id of each entity, "" where unknown
	country string   // the country that it speaks of most, "" where none stands out
	town    string   // the town
	kingdom string   // what المملكة is
	weight  map[string]int
}

// refs gives each entity its gazetteer id, and tells where the article plays.
func (x *lexicon) scene(d *doc.Document) *scene {
	s := &scene{x: x, d: d, refs: make([]string, len(d.Entities)), weight: map[string]int{}}
	towns := map[string]int{}
	count := func(i int, n int) {
		if g := x.gaz.Ref(s.refs[i]); g != nil {
			s.at(g, n*max(1, len(d.Entities[i].Mentions)), towns)
		}
	}
	for i := range d.Entities {
		e := &d.Entities[i]
		s.refs[i] = e.Ref
		if e.Ref == "" {
			s.refs[i] = x.lookup(e)
		}
		count(i, 1)
	}
	for i := range d.Entities {
		if e := &d.Entities[i]; e.Type == doc.Place && s.refs[i] != "" {
			if ref := s.place(e, s.refs[i], towns); ref != s.refs[i] {
				count(i, -1)
				s.refs[i] = ref
				count(i, 1)
			}
		}
	}
	home := x.outlets[letters(d.Source)]
	if s.country = most(s.weight); s.country == "" {
		s.country = home
	}
	s.town = most(towns)
	kingdoms := map[string]int{}
	for _, iso := range []string{"SA", "JO", "MA", "BH"} {
		if c := x.country[iso]; s.weight[c] > 0 {
			kingdoms[c] = s.weight[c]
		}
	}
	if s.kingdom = most(kingdoms); s.kingdom == "" && (home == x.country["SA"] || home == x.country["JO"] || home == x.country["MA"] || home == x.country["BH"]) {
		s.kingdom = home
	}
	return s
}

func (s *scene) at(g *gazetteer.Entry, n int, towns map[string]int) {
	if c := s.x.country[g.Country]; c != "" {
		add(s.weight, c, n)
	}
	if g.Type == doc.Place && (g.Kind == "city" || g.Kind == "capital" || g.Kind == "town") {
		add(towns, g.Ref, n)
	}
}

func add(m map[string]int, k string, n int) {
	if m[k] += n; m[k] == 0 {
		delete(m, k)
	}
}

// most returns the key counted most often; of equals the first in lexical order.
func most(m map[string]int) string {
	best := ""
	for k, n := range m {
		if b := m[best]; best == "" || n > b || n == b && k < best {
			best = k
		}
	}
	return best
}

// place chooses among the places that share a name: طرابلس in Libya or in
// Lebanon. What the article says of their countries and provinces decides, in
// sixths of the weight of all its countries; then prominence.
func (s *scene) place(e *doc.Entity, ref string, towns map[string]int) string {
	all := s.x.gaz.Lookup(e.Names[0])
	if len(all) < 2 || !slices.ContainsFunc(all, func(g *gazetteer.Entry) bool { return g.Ref == ref }) {
		return ref
	}
	total := 0
	for _, n := range s.weight {
		total += n
	}
	own := s.x.gaz.Ref(ref)
	score := func(i int, g *gazetteer.Entry) int {
		n := s.weight[s.x.country[g.Country]]
		if g.Country == own.Country {
			n -= max(1, len(e.Mentions)) // its own voice
		}
		n *= 6
		if g.Admin != "" && slices.Contains(s.refs, g.Admin) {
			n += 2 * total
		}
		if i == 0 {
			n += total
		}
		if g.Ref == ref {
			n += total
		}
		return n
	}
	best, top := ref, -1
	for i, g := range all {
		if g.Type != doc.Place || g.Kind == "country" && own.Kind != "country" || g.Kind != "country" && own.Kind == "country" {
			continue // تونس, the country or the city: the text's own words told
		}
		if n := score(i, g); n > top {
			best, top = g.Ref, n
		}
	}
	return best
}

// lookup finds the gazetteer id of an entity that extraction found none for:
// persons by their names in comparable parts, cities behind مدينة, and those
// called by an adjective alone by what it belongs to: الدواعش → داعش.
func (x *lexicon) lookup(e *doc.Entity) string {
	if len(e.Names) == 0 {
		return ""
	}
	if e.Type == doc.Person {
		for _, form := range e.Names {
			if strings.IndexByte(strings.TrimSpace(form), ' ') < 0 {
				continue
			}
			n := x.personName(form)
			if len(n.words) < 2 && n.royal == "" {
				continue
			}
			if ref := x.persons[n.key()]; ref != "" {
				return ref
			}
		}
		return ""
	}
	name := e.Names[0]
	if e.Type == doc.Group || e.Type == doc.Organization {
		if f := strings.Fields(arabic.Key(name)); len(f) == 1 {
			if n, ok := x.gaz.NisbaWord(f[0]); ok && !n.Ambiguous && (n.Target.Type == doc.Organization || n.Target.Type == doc.Group) {
				return n.Target.Ref
			}
		}
	}
	if head, rest, ok := strings.Cut(name, " "); ok && e.Type == doc.Place {
		switch arabic.Key(head) {
		case "مدينه", "بلده", "العاصمه", "قريه":
			var found *gazetteer.Entry
			for _, g := range x.gaz.Lookup(rest) {
				if g.Type != doc.Place || g.Ambiguous || g.Kind == "country" || g.Kind == "province" {
					continue
				}
				if found != nil {
					return "" // which of them, the name doesn't tell
				}
				found = g
			}
			if found != nil {
				return found.Ref
			}
		}
	}
	return ""
}

// countryOf is the country that an entity belongs to by the article's own
// words, "" where they don't say.
func (s *scene) countryOf(e *doc.Entity) string {
	if e.Country == "" {
		return ""
	}
	for i := range s.d.Entities {
		if s.d.Entities[i].ID == e.Country {
			return s.refs[i]
		}
	}
	return ""
}
