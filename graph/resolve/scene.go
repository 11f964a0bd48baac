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
		if s.refs[i] = e.Ref; e.Ref == "" || x.lies(e) {
			s.refs[i] = x.lookup(e)
		}
		count(i, 1)
	}
	for i := range d.Entities {
		e := &d.Entities[i]
		if s.refs[i] == "" {
			continue
		}
		ref := s.refs[i]
		switch {
		case e.Type == doc.Place && s.financial(i):
			ref = ""
		case e.Type == doc.Place:
			ref = s.place(e, ref)
		case e.Type == doc.Organization:
			ref = s.club(e, ref)
		}
		if ref != s.refs[i] {
			count(i, -1)
			s.refs[i] = ref
			count(i, 1)
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

// lies says that an entity, by all its names, is something that lies in the
// place of its gazetteer id or bears its name: مستشفى سراة عبيدة.
func (x *lexicon) lies(e *doc.Entity) bool {
	g := x.gaz.Ref(e.Ref)
	if g == nil || g.Type != doc.Place || e.Type != doc.Place {
		return false
	}
	switch g.Kind {
	case "city", "capital", "town", "village", "province", "region", "district":
	default:
		return false
	}
	for _, form := range e.Names {
		f := strings.Fields(arabic.Key(form))
		for len(f) > 1 && x.settlement[f[0]] {
			f = f[1:]
		}
		if len(f) < 2 || !x.facility[f[0]] || slices.ContainsFunc(append([]string{g.Name}, g.Aliases...), func(a string) bool { return strings.HasPrefix(arabic.Key(a), f[0]) }) {
			return false
		}
	}
	return len(e.Names) > 0
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
func (s *scene) place(e *doc.Entity, ref string) string {
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

// financial says that a country is called by nothing but an adjective that is
// another word too, in an article that names nothing else of it: المالية.
func (s *scene) financial(i int) bool {
	e := &s.d.Entities[i]
	g := s.x.gaz.Ref(s.refs[i])
	if g == nil || g.Kind != "country" {
		return false
	}
	for _, form := range e.Names {
		f := strings.Fields(arabic.Key(form))
		if len(f) != 1 {
			return false
		}
		if n, ok := s.x.gaz.NisbaWord(f[0]); !ok || !n.Ambiguous {
			return false
		}
	}
	for j := range s.refs {
		if o := s.x.gaz.Ref(s.refs[j]); j != i && o != nil && o.Country == g.Country {
			return false
		}
	}
	return true
}

// club chooses among the clubs that share a name: the Ahli of Jeddah, Cairo or
// Doha; and between a club and a movement: الشباب. A country in the name
// decides, else those that the article speaks of, else the outlet's own.
func (s *scene) club(e *doc.Entity, ref string) string {
	x := s.x
	if len(e.Names) == 0 {
		return ref
	}
	own := x.gaz.Ref(ref)
	sport := s.d.Topic == "sport"
	if own == nil || own.Kind != "club" && !sport {
		return ref
	}
	forms := e.Names
	if own.Kind != "club" {
		forms = forms[:1]
	} else if f := strings.Fields(arabic.Key(forms[0])); len(f) > 2 && slices.Contains(f, "لكره") { // the federation, called الاتحاد too
		if all := x.gaz.Lookup(forms[0]); len(all) > 0 {
			return all[0].Ref
		}
		return ""
	}
	best, top := ref, -1
	for _, form := range forms {
		name, country := x.clubName(form)
		for _, g := range x.clubs[name] {
			c := x.country[g.Country]
			n := 10 * s.weight[c]
			if c == x.country[own.Country] {
				n -= 10 * max(1, len(e.Mentions)) // its own voice
			}
			if c == x.outlets[letters(s.d.Source)] {
				n += 5
			}
			if g == own {
				n++
			}
			switch {
			case country == c && c != "":
				n += 10_000
			case country != "":
				continue
			}
			if n > top {
				best, top = g.Ref, n
			}
		}
	}
	if own.Kind == "club" && top < 0 {
		if name, country := x.clubName(e.Names[0]); country != "" && country != x.country[own.Country] && x.clubs[name] != nil {
			return "" // another country's, which the gazetteer doesn't know
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
			if ref := x.longer(&n); ref != "" {
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

// longer finds a known person whose name others follow: إدريس ديبي إتنو, or
// words that are none: «الملك سلمان بن عبد العزيز آل سعود برقية».
func (x *lexicon) longer(n *personName) string {
	for k := len(n.words) - 1; k >= 2; k-- {
		ref := x.persons[strings.Join(n.words[:k], " ")]
		if ref == "" {
			continue
		}
		if !common(n.words[k-1]) && !x.givenName(n.words[k-1]) {
			return ref
		}
		if !slices.ContainsFunc(n.words[k:], func(w string) bool {
			return !common(w) || x.givenName(w) || definite(w) && x.gaz.In(x.word(w), x.families)
		}) {
			return ref
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
