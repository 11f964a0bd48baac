package resolve

import (
	"slices"
	"strings"
)

// Candidate is an actor that offers itself in a block, with the evidence of all
// its joined keys together.
type Candidate struct {
	Root     string
	Keys     []string
	Evidence *Evidence
}

// Attach finds for a loose key the one actor of its block that it can be. The
// link's root is the key itself where there is none or more than one.
func Attach(key string, t *Evidence, cs []Candidate, apart Apart) Link {
	x := words()
	w := x.wanted(key)
	var fit []judged
	for i := range cs {
		c := &cs[i]
		if apart != nil && slices.ContainsFunc(c.Keys, func(k string) bool { return apart(k, key) }) {
			continue
		}
		if j, ok := x.judge(w, t, c); ok {
			fit = append(fit, j)
		}
	}
	none := Link{Root: key}
	if len(fit) == 0 {
		return none
	}
	slices.SortFunc(fit, func(a, b judged) int {
		if a.weight != b.weight {
			return b.weight - a.weight
		}
		return strings.Compare(a.c.Root, b.c.Root)
	})
	rest := 0
	for _, j := range fit[1:] {
		rest += j.weight
	}
	// nine of ten times it must have been this one
	if top := fit[0]; top.sure && top.weight > 9*rest {
		return Link{Root: top.c.Root, Score: 100 * top.weight / (top.weight + rest), Why: top.why}
	}
	return none
}

// wanted is a loose key taken apart.
type wanted struct {
	word    string // كيري
	royal   string // ملك
	country string // of a royal
	native  bool
	office  string // title|of
	month   string
}

func (x *lexicon) wanted(key string) wanted {
	var w wanted
	name := strings.TrimPrefix(key, "Person~")
	if o, ok := strings.CutPrefix(name, "@"); ok {
		i := strings.LastIndexByte(o, '|')
		w.office, w.month = o[:i], o[i+1:]
		return w
	}
	name, of, _ := strings.Cut(name, "|")
	name, _, w.native = strings.Cut(name, "#")
	w.country = of
	w.word = name
	if royal, rest, ok := strings.Cut(name, " "); ok {
		w.royal, w.word = royal, rest
	}
	return w
}

// judged is a candidate that isn't ruled out.
type judged struct {
	c      *Candidate
	weight int
	sure   bool // whether it would do if it were the only one
	why    string
}

func (x *lexicon) judge(w wanted, t *Evidence, c *Candidate) (judged, bool) {
	j := judged{c: c}
	if w.office != "" {
		return x.holder(w, c)
	}
	alias := 0 // articles that call this actor by the name that is looked for
	for form, n := range c.Evidence.Names {
		s := x.personName(form)
		switch {
		case w.royal != "":
			if s.royal == w.royal && s.words[0] == w.word {
				alias += n
			}
		case len(s.words) == 1 && x.alike(s.words[0], w.word):
			alias += n
		}
	}
	if w.royal != "" {
		if alias == 0 {
			return j, false
		}
		if home := x.home(c); home != "" && w.country != "" && home != w.country && c.Evidence.Scenes[w.country] == 0 {
			return j, false
		}
		j.weight, j.sure, j.why = alias, true, "called so in other articles"
		return j, true
	}
	family := slices.ContainsFunc(c.Keys, func(k string) bool { return x.familyOf(k, w.word) })
	if alias < 2 && !family || apartCountries(c.Evidence, t) {
		return j, false
	}
	j.weight = 2*alias + c.Evidence.Articles
	scene := false
	for s := range t.Scenes {
		scene = scene || c.Evidence.Scenes[s] > 0
	}
	if shared(c.Evidence.Offices, t.Offices) > 0 {
		j.weight += 1000
		j.sure, j.why = true, "same name for short, same office"
		return j, true
	}
	if near := together(c.Evidence.Near, t.Near); near > 0 && family && !x.givenName(w.word) {
		j.weight += 100 * min(near, 5)
		j.sure, j.why = true, "same family beside the same body"
		return j, true
	}
	if w.native {
		j.sure = alias > 0 && scene && c.Evidence.Articles >= 2 && (!x.givenName(w.word) || family && 3*alias >= c.Evidence.Articles)
		j.why = "called so in other articles of the same country"
	} else {
		j.sure = true
		j.why = "the only one with that name"
	}
	return j, true
}

// familyOf says whether a key's name ends with that word.
func (x *lexicon) familyOf(key, word string) bool {
	var last string
	if g := x.gaz.Ref(key); g != nil {
		n := x.personName(g.Name)
		last = n.words[len(n.words)-1]
	} else {
		_, name, _ := strings.Cut(key, string(sure))
		name, _, _ = strings.Cut(name, "|")
		last = name[strings.LastIndexByte(name, ' ')+1:]
	}
	return x.alike(last, word) || bare(last) == word && !x.givenName(word)
}

func (x *lexicon) home(c *Candidate) string {
	if k, ok := Gazetteer(c.Root); ok {
		return k.Country
	}
	return most(c.Evidence.Countries)
}
