package resolve

import (
	"strings"

	"github.com/sila-graph/sila/extract/arabic"
	"github.com/sila-graph/sila/extract/doc"
	"github.com/sila-graph/sila/extract/gazetteer"
)

// A key says all that one article tells of who an entity is. Entities of all
// articles with one key are one actor; keys are joined further by the blocks
// that they fall into (block.go).
//
//	geonames:99532                       known to the gazetteer
//	Person:جون كيري                      a full name
//	Person:احمد علي|geonames:357994      a name that very many have, with where the article plays
//	Person~كيري                          a foreign name alone; it may find its full form
//	Person~عبيدي#a17                     a native name alone: each article's for itself, until it finds its full form
//	Organization:وزاره داخليه|geonames:… a public body, with its country
//	Organization:لجنه منظمه#a17          a body that only its article tells from others
//	Site:جامعه الملك سعود                what is a place at one time and a body at another
const (
	sure  = ':' // between type and name
	loose = '~'
)

// keyOf works out the key of the i-th entity.
func (s *scene) keyOf(i int) string {
	e := &s.d.Entities[i]
	if s.refs[i] != "" {
		return s.refs[i]
	}
	name := fullName(e)
	f := strings.Fields(arabic.Key(name))
	if len(f) == 0 && e.Type == doc.Person {
		for _, n := range e.Nominals { // «الوزير القطري», and nobody says who that is
			if k := s.officeName(strings.Fields(arabic.Key(n))); k != "" {
				return k
			}
		}
	}
	if len(f) == 0 {
		return s.alone(string(e.Type)+":", "#"+e.ID)
	}
	switch e.Type {
	case doc.Person:
		return s.personKey(f)
	case doc.Place:
		if len(f) == 1 && bare(f[0]) == "مملكه" && s.kingdom != "" {
			return s.kingdom
		}
	}
	return s.bodyKey(e, f)
}

func (s *scene) alone(prefix, name string) string { return prefix + name + "#" + s.d.ID }

func (s *scene) personKey(f []string) string {
	x := s.x
	if k := s.officeName(f); k != "" {
		return k
	}
	n := x.personWords(f)
	if k := n.key(); x.persons[k] != "" {
		return x.persons[k]
	}
	if len(n.words) > 1 {
		k := "Person:" + n.key()
		if len(n.words) == 2 && !n.chain && x.popular(n.words[0]) && x.popular(n.words[1]) {
			k += "|" + s.country // أحمد علي
		}
		return k
	}
	w := n.words[0]
	if n.royal != "" {
		return "Person~" + n.royal + " " + w + "|" + s.country
	}
	if w = bare(w); x.native(n.words[0]) {
		return s.alone("Person~", w)
	}
	return "Person~" + w
}

// officeName is the key of a person who is called by an office and nothing
// else, with the month: خادم الحرمين الشريفين, وزير الخارجية القطري.
func (s *scene) officeName(f []string) string {
	x := s.x
	month, ok := monthOf(s.d.Date)
	if !ok {
		return ""
	}
	if title, all := x.honour(f); all {
		return "Person~@" + title + "||" + month
	}
	if len(f) < 2 || !x.isJob(bare(f[0])) || x.givenName(f[0]) {
		return ""
	}
	var buf [16]gazetteer.Word
	ws := x.gaz.Words(buf[:0], f)
	for i := 1; i < len(f); i++ {
		if forms, n := x.gaz.Nisba(ws, i); n > 0 && i+n == len(f) && forms[0].Kind == "country" {
			if k := OfficeKey(strings.Join(f[:i], " "), forms[0].Target.Ref); k != "" {
				return "Person~@" + k + "|" + month
			}
		}
		if b := bare(f[i]); !x.generic[b] && !x.isJob(b) && x.gaz.MatchList(x.portfolios, ws, i) == 0 {
			return ""
		}
	}
	return ""
}

// monthOf returns the month of a date.
func monthOf(date string) (string, bool) {
	if len(date) < len("2006-01") {
		return "", false
	}
	return date[:len("2006-01")], true
}

// bodyKey is the key of an organisation, place, group or event. Adjectives and
// names of countries are taken out of it and stand behind it as the country.
func (s *scene) bodyKey(e *doc.Entity, f []string) string {
	x := s.x
	var buf [16]gazetteer.Word
	ws := x.gaz.Words(buf[:0], f)
	country, two := "", false
	var rest []string
	for i := 0; i < len(f); i++ {
		ref := ""
		n := 1
		if forms, k := x.gaz.Nisba(ws, i); k > 0 && i > 0 {
			for j := range forms {
				if forms[j].Kind == "country" && (!forms[j].Ambiguous || forms[j].Definite) {
					ref, n = forms[j].Target.Ref, k
					break
				}
			}
		}
		if ref == "" && i > 0 {
			if m := x.gaz.Match(ws, i); m.N > 0 && m.Entries[0].Kind == "country" && !m.Ambiguous {
				ref, n = m.Entries[0].Ref, m.N
			}
		}
		if ref == "" {
			rest = append(rest, f[i])
			continue
		}
		two = two || country != "" && country != ref
		country = ref
		i += n - 1
		if l := len(rest); l > 1 && (rest[l-1] == "في" || rest[l-1] == "جمهوريه") {
			rest = rest[:l-1]
		}
	}
	if two { // البنك السعودي الفرنسي
		country, rest = "", f
	}
	head := bare(rest[0])
	national := x.national[head]
	specific := false
	for i, w := range rest {
		b := barest(w)
		switch {
		case i == 0 && (national || x.local[b]), x.generic[b]:
		case i > 0 && (x.national[b] || x.local[b]) && !x.gaz.In(x.word(b), x.places): // but جيش الوادي
		case national && i > 0 && common(b) && !x.named(w): // وزارة الطاقة, المعارضة المعتدلة
		case e.Type == doc.Place && !definite(w) && common(b) && !x.named(w): // منطقة نائية
		default:
			specific = true
		}
	}
	typ := string(e.Type)
	if x.sites[head] && (e.Type == doc.Place || e.Type == doc.Organization) && len(rest) > 1 {
		typ = "Site"
	}
	for i := range rest {
		rest[i] = barest(rest[i])
	}
	if len(rest) > 1 && specific {
		switch {
		case x.kind[head] && x.foreign(rest[1:]) && !x.generic[rest[1]]:
			rest, country, national = rest[1:], "", false
			if typ == "Site" {
				typ = string(e.Type)
			}
		case e.Type == doc.Place && x.settlement[head] && !x.adjective(rest[1]) && !x.royal[rest[1]] && !x.generic[rest[1]] && !x.local[rest[1]] && !x.gaz.In(x.word(rest[1]), x.places):
			rest, typ = rest[1:], "Place"
		}
	}
	if e.Type == doc.Organization && len(rest) == 1 && x.gaz.MatchList(x.portfolios, []gazetteer.Word{x.word("ال" + head)}, 0) == 1 {
		rest = []string{"وزاره", head} // الداخلية, for the ministry
		specific, national, head = false, true, "وزاره"
	}
	k := typ + ":" + strings.Join(rest, " ")
	switch {
	case len(rest) == 1 && national && !specific && !x.lone[head] && (country == "" || x.local[head]):
		return s.alone("", k) // الهيئة
	case !specific && x.local[head] && !national && !x.people[head]:
		return s.alone("", k) // also الصحيفة الإسبانية
	case country != "":
		return k + "|" + country
	case specific:
		switch head {
		case "حي", "شارع", "كورنيش", "طريق", "ميدان", "سوق":
			if s.town != "" {
				return k + "|" + s.town
			}
		}
		return k
	case national:
		if c := s.countryOf(e); c != "" {
			return k + "|" + c
		}
		if s.country != "" {
			return k + "|" + s.country
		}
		return k // nothing tells whose, in this article and in all the others like it
	}
	return s.alone("", k)
}

// adjective says whether a folded word is one of belonging: المنطقة العربية.
func (x *lexicon) adjective(w string) bool {
	_, ok := x.gaz.NisbaWord(w)
	return ok
}

// named says whether a folded word is part of somebody's or some place's name.
func (x *lexicon) named(w string) bool {
	ws := []gazetteer.Word{x.word(w)}
	if m := x.gaz.Match(ws, 0); m.N > 0 {
		return true
	}
	if _, ok := x.gaz.NisbaWord(w); ok { // الاتحاد الإنجليزي
		return true
	}
	return x.givenName(w) || x.gaz.In(ws[0], x.families)
}
