package resolve

import (
	"cmp"
	"slices"
	"strings"

	"github.com/sila-graph/sila/extract/arabic"
)

// Link says what joins a key to an actor: the key of its root, a score in
// hundredths, and the reason in English. A root's own link has no reason.
type Link struct {
	Root  string
	Score int
	Why   string
}

// Apart says whether people keep two keys apart. nil stands for never.
type Apart func(a, b string) bool

func foldKey(s string) string { return arabic.Key(s) }

// full is an atom of a home block with its name in parts.
type full struct {
	*Atom
	ref   bool
	weak  bool // a name of very many
	words []string
}

// group is what was joined so far; the first is the fullest.
type group []*full

func (g group) root() string {
	r := g[0].Key
	for _, f := range g[1:] {
		if !g[0].ref && f.Key < r {
			r = f.Key
		}
	}
	return r
}

// Join joins the keys of one home block whose names are variants of each other.
// It returns a link for each key. Keys of the gazetteer are never joined to
// each other. The fullest names come first, and a shorter one joins the one
// group that contains it; where there are several, the one that shares an
// office or was called by the shorter name in its own articles.
func Join(atoms []Atom, apart Apart) map[string]Link {
	x := words()
	fs := make([]*full, len(atoms))
	for i := range atoms {
		fs[i] = x.full(&atoms[i])
	}
	slices.SortFunc(fs, func(a, b *full) int {
		return cmp.Or(-boolCmp(a.ref, b.ref), boolCmp(a.weak, b.weak), cmp.Compare(len(b.words), len(a.words)),
			cmp.Compare(b.Evidence.Articles, a.Evidence.Articles), strings.Compare(a.Key, b.Key))
	})
	var groups []group
	why := map[string]Link{}
	for _, f := range fs {
		best, top, tie := -1, Link{}, false
		for i, g := range groups {
			if f.ref {
				break
			}
			l := x.variant(g, f)
			if l.Score == 0 || apart != nil && slices.ContainsFunc(g, func(m *full) bool { return apart(m.Key, f.Key) }) {
				continue
			}
			if best < 0 || l.Score > top.Score {
				best, top, tie = i, l, false
			} else if l.Score == top.Score {
				tie = true
			}
		}
		if best < 0 || tie {
			groups = append(groups, group{f})
			continue
		}
		groups[best] = append(groups[best], f)
		why[f.Key] = top
	}
	out := make(map[string]Link, len(fs))
	for _, g := range groups {
		root := g.root()
		for _, f := range g {
			l := why[f.Key]
			l.Root = root
			out[f.Key] = l
		}
	}
	return out
}

func boolCmp(a, b bool) int {
	switch {
	case a == b:
		return 0
	case b:
		return -1
	}
	return 1
}

func (x *lexicon) full(a *Atom) *full {
	f := &full{Atom: a}
	if g := x.gaz.Ref(a.Key); g != nil {
		f.ref = true
		if g.Type == "Person" {
			f.words = x.personName(g.Name).words
		} else {
			f.words = strings.Fields(arabic.Key(g.Name))
		}
		return f
	}
	name := a.Key[strings.IndexByte(a.Key, sure)+1:]
	name, _, f.weak = strings.Cut(name, "|")
	f.weak = f.weak && strings.HasPrefix(a.Key, "Person:")
	f.words = strings.Fields(name)
	return f
}

// variant says how sure it is that a name is one of a group, 0 for not at all.
func (x *lexicon) variant(g group, f *full) Link {
	lead := g[0]
	if !x.sameKind(lead, f) {
		return Link{}
	}
	same := len(lead.words) == len(f.words)
	if !strings.HasPrefix(f.Key, "Person") {
		if same && x.contains(lead.words, f.words) && (len(f.words) > 1 || len([]rune(f.words[0])) > 5) {
			return Link{Score: 90, Why: "another spelling"}
		}
		return Link{}
	}
	if !x.contains(lead.words, f.words) {
		return Link{}
	}
	if apartCountries(lead.Evidence, f.Evidence) {
		return Link{}
	}
	office, alias, near := 0, 0, 0
	name := strings.Join(f.words, " ")
	exact := strings.Join(lead.words, " ") == name
	for _, m := range g {
		office += shared(m.Evidence.Offices, f.Evidence.Offices)
		near += together(m.Evidence.Near, f.Evidence.Near)
		for form, n := range m.Evidence.Names {
			if k := x.personName(form); !exact && strings.Join(k.words, " ") == name {
				alias += n
			}
		}
	}
	switch {
	case office > 0:
		return Link{Score: 1000 + min(office, 99), Why: "a shorter name of one with the same office"}
	case alias > 0:
		return Link{Score: 500 + min(alias, 99), Why: "an article calls him by both names"}
	case near > 0:
		return Link{Score: 300 + min(near, 99), Why: "a shorter name beside the same body"}
	case f.weak:
		return Link{}
	case same:
		return Link{Score: 95, Why: "another spelling"}
	case x.foreign(f.words):
		return Link{Score: 85, Why: "a shorter form of a foreign name"}
	case !common(bare(f.words[len(f.words)-1])) && !x.givenName(f.words[len(f.words)-1]):
		return Link{Score: 70, Why: "a shorter form with the same rare family"}
	case len(f.words) > 2:
		return Link{Score: 80, Why: "three names of a longer one"}
	}
	return Link{}
}

// sameKind keeps types apart, and what belongs to different countries.
func (x *lexicon) sameKind(a, b *full) bool {
	typ := func(f *full) (string, string) {
		if g := x.gaz.Ref(f.Key); g != nil {
			return string(g.Type), ""
		}
		_, of, _ := strings.Cut(f.Key, "|")
		return f.Key[:strings.IndexByte(f.Key, sure)], of
	}
	ta, oa := typ(a)
	tb, ob := typ(b)
	if ta == "Site" && tb != "Person" || tb == "Site" && ta != "Person" {
		tb = ta
	}
	return ta == tb && (ta == "Person" || a.ref || oa == ob)
}

// apartCountries says whether articles give two different countries, and no one in common.
func apartCountries(a, b *Evidence) bool {
	if len(a.Countries) == 0 || len(b.Countries) == 0 {
		return false
	}
	for k := range b.Countries {
		if a.Countries[k] > 0 {
			return false
		}
	}
	return true
}

// together counts what two have in common.
func together(a, b map[string]int) int {
	n := 0
	for k, c := range a {
		n += min(c, b[k])
	}
	return n
}

// shared counts the offices in common, their months aside.
func shared(a, b map[string]int) int {
	if len(a) == 0 || len(b) == 0 {
		return 0
	}
	of := make(map[string]bool, len(a))
	for k := range a {
		of[k[:strings.LastIndexByte(k, '|')]] = true
	}
	n := 0
	for k, c := range b {
		if of[k[:strings.LastIndexByte(k, '|')]] {
			n += c
		}
	}
	return n
}
