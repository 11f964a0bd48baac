package resolve

import (
	_ "embed"
	"slices"
	"strings"
	"sync"

	"github.com/sila-graph/sila/extract/arabic"
	"github.com/sila-graph/sila/extract/gazetteer"
)

// The lists of words that linking needs beside the gazetteer's.
var (
	//go:embed lists/national.txt
	nationalText string
	//go:embed lists/local.txt
	localText string
	//go:embed lists/generic.txt
	genericText string
	//go:embed lists/sites.txt
	sitesText string
	//go:embed lists/royal.txt
	royalText string
	//go:embed lists/facilities.txt
	facilitiesText string
	//go:embed lists/kinds.txt
	kindsText string
	//go:embed lists/settlements.txt
	settlementsText string
	//go:embed lists/lone.txt
	loneText string
	//go:embed lists/people.txt
	peopleText string
	//go:embed lists/outlets.txt
	outletsText string
)

// lexicon is what linking knows of words. It is built once and read-only.
type lexicon struct {
	gaz                                      *gazetteer.Table
	national                                 map[string]bool // heads of bodies of which a country has one: وزاره, جيش
	local                                    map[string]bool // heads of bodies of which there are many: شركه, لجنه
	generic                                  map[string]bool // words that name nothing in particular: عام, عليا
	sites                                    map[string]bool // heads of what is a place and a body: جامعه, مستشفي
	facility, kind, settlement, lone, people map[string]bool // see the lists
	royal                                    map[string]bool // titles that go with a given name: ملك

	men, women, families, titlesM, titlesF, portfolios, places gazetteer.List

	jobs    map[string]gazetteer.Job
	persons map[string]string             // words of a person's name → gazetteer id, where there is but one
	country map[string]string             // ISO code → gazetteer id
	clubs   map[string][]*gazetteer.Entry // what a club is called for short, folded → all such clubs
	outlets map[string]string             // letters of an outlet's id → gazetteer id of its country
}

var words = sync.OnceValue(func() *lexicon {
	x := &lexicon{gaz: gazetteer.Default(), national: wordList(nationalText), local: wordList(localText),
		generic: wordList(genericText), sites: wordList(sitesText), royal: wordList(royalText),
		facility: wordList(facilitiesText), kind: wordList(kindsText), settlement: wordList(settlementsText), lone: wordList(loneText), people: wordList(peopleText),
		jobs: gazetteer.Jobs(), persons: map[string]string{}, country: map[string]string{}, outlets: map[string]string{}, clubs: map[string][]*gazetteer.Entry{}}
	for name, l := range map[string]*gazetteer.List{"given_names_m": &x.men, "given_names_f": &x.women, "family_names": &x.families,
		"titles_m": &x.titlesM, "titles_f": &x.titlesF, "portfolios": &x.portfolios, "place_heads": &x.places} {
		var ok bool
		if *l, ok = x.gaz.List(name); !ok {
			panic("resolve: the gazetteer has no list " + name) // a test looks for them all
		}
	}
	for i := range x.gaz.Len() {
		if e := x.gaz.Entry(i); e.Kind == "country" && e.Country != "" {
			x.country[e.Country] = e.Ref
		}
	}
	for line := range strings.Lines(outletsText) {
		if id, iso, ok := strings.Cut(strings.TrimSpace(line), " "); ok && id != "#" {
			x.outlets[id] = x.country[iso]
		}
	}
	for i := range x.gaz.Len() {
		e := x.gaz.Entry(i)
		switch e.Type {
		case "Person":
			for _, form := range append([]string{e.Name}, e.Aliases...) {
				n := x.personName(form)
				if len(n.words) < 2 && n.royal == "" {
					continue
				}
				k := n.key()
				if was, ok := x.persons[k]; ok && was != e.Ref {
					x.persons[k] = "" // two have it
				} else {
					x.persons[k] = e.Ref
				}
			}
		case "Organization":
			if e.Kind == "club" {
				for _, form := range append([]string{e.Name}, e.Aliases...) {
					if c, _ := x.clubName(form); c != "" && !slices.Contains(x.clubs[c], e) {
						x.clubs[c] = append(x.clubs[c], e)
					}
				}
			}
			if c := x.country[e.Country]; c != "" && e.Country != "GB" && (e.Kind == "newspaper" || e.Kind == "web" || e.Kind == "tv" || e.Kind == "newsagency") {
				x.outlets[letters(e.Ref[strings.LastIndexByte(e.Ref, '/')+1:])] = c
			}
		}
	}
	return x
})

// clubName is what a club is called for short, folded and without article, and
// the country that its name gives, "" for none: النادي الأهلي السعودي → اهلي.
func (x *lexicon) clubName(form string) (name, country string) {
	f := strings.Fields(arabic.Key(form))
	if len(f) > 1 && (bare(f[0]) == "نادي" || bare(f[0]) == "فريق") {
		f = f[1:]
	}
	if n := len(f); n > 1 {
		if forms, k := x.gaz.Nisba([]gazetteer.Word{x.word(f[n-1])}, 0); k == 1 && forms[0].Kind == "country" {
			country, f = forms[0].Target.Ref, f[:n-1]
		}
	}
	for i := range f {
		f[i] = bare(f[i])
	}
	return strings.Join(f, " "), country
}

// letters drops all but letters and figures.
func letters(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' {
			return r
		}
		if r >= 'A' && r <= 'Z' {
			return r + 'a' - 'A'
		}
		return -1
	}, s)
}

func wordList(text string) map[string]bool {
	out := map[string]bool{}
	for line := range strings.Lines(text) {
		if line = strings.TrimSpace(line); line != "" && line[0] != '#' {
			out[bare(arabic.Key(line))] = true
		}
	}
	return out
}

// bare is a folded word without the article: الشرطه, للشرطه → شرطه.
func bare(w string) string {
	if rest, ok := strings.CutPrefix(w, "ال"); ok && len(rest) > 4 {
		return rest
	}
	if rest, ok := strings.CutPrefix(w, "لل"); ok && len(rest) > 4 {
		return rest
	}
	return w
}

// barest drops و before the article too: والقرويه → قرويه.
func barest(w string) string {
	if rest, ok := strings.CutPrefix(w, "و"); ok && strings.HasPrefix(rest, "ال") && len(rest) > 8 {
		return bare(rest)
	}
	return bare(w)
}

func definite(w string) bool { return bare(w) != w }

func (x *lexicon) word(w string) gazetteer.Word { return x.gaz.Word(w) }

// givenName says whether a folded word is a given name.
func (x *lexicon) givenName(w string) bool {
	m := x.gaz.InMask(x.word(w))
	return m>>x.men&1 != 0 || m>>x.women&1 != 0 || strings.HasPrefix(w, "عبدال")
}

// native says whether a folded word is a name or a word of Arabic, so that
// another spelling of it is another name: حسن and حسين.
func (x *lexicon) native(w string) bool {
	return definite(w) || x.givenName(w) || strings.HasPrefix(w, "ابو") || common(w)
}

// popular says whether a given name is borne by very many.
func (x *lexicon) popular(w string) bool {
	const many = 700
	return x.givenName(w) && arabic.Count(w)+arabic.Count("أ"+strings.TrimPrefix(w, "ا"))+arabic.Count("إ"+strings.TrimPrefix(w, "ا")) >= many
}

// common says whether news uses a folded word often, in any of the spellings that fold to it.
func common(w string) bool {
	const often = 40
	n := arabic.Count(w) + arabic.Count("ال"+w)
	if rest, ok := strings.CutSuffix(w, "ه"); ok {
		n += arabic.Count(rest+"ة") + arabic.Count("ال"+rest+"ة")
	}
	return n >= often
}
