package mention

import (
	"github.com/sila-graph/sila/extract/arabic"
	"github.com/sila-graph/sila/extract/doc"
)

// nominals adds definite nouns that stand for something named: «التنظيم»,
// «الوزارة», «المدينة», «البلاد», «العاصمة اليمنية», «الوزير القطري».
func (r *Recognizer) nominals(t *arabic.Text) {
	r.gatherOffices(t)
	n := len(r.cands) // names only; nominals found here lead to no others
	for i := int32(0); i < int32(len(t.Tokens)); i++ {
		if t.Tokens[i].Kind != arabic.Word || r.inside[i] != 0 {
			continue
		}
		if last := r.personNominal(t, i, n); last >= i {
			i = last
			continue
		}
		if last, e := r.counterpart(t, i); e >= 0 {
			i = r.addNominal(t, i, last, e, JobHolder)
			continue
		}
		if !t.Tokens[i].Has(arabic.Al) {
			continue
		}
		if e := r.latter(t, i, n); e >= 0 {
			r.addNominal(t, i, i, e, Latter)
			continue
		}
		if last := r.placeNominal(t, i, n); last >= i {
			i = last
			continue
		}
		if last := r.bodyNominal(t, i, n); last >= i {
			i = last
		}
	}
}

func (r *Recognizer) addNominal(t *arabic.Text, first, last, e int32, why Reason) int32 {
	c := candidate{first: first, last: last, typ: r.ents[e].typ, kind: Nominal, why: ByNominal, merge: why, entity: e}
	c.start, c.end = r.words.w[first].start, t.Tokens[last].End
	r.cands = append(r.cands, c)
	return last
}

// personNominal reads an office without a name at token i and looks for the
// one person who holds it: all its words stand in the office of that person,
// adjectives of one country being equal. The nearest one before wins, else the
// first after, since headlines tell the office first.
func (r *Recognizer) personNominal(t *arabic.Text, i int32, names int) int32 {
	w := r.words.w
	if w[i].lists&listJobs == 0 || t.Tokens[i].Enc != arabic.NoEnclitic {
		return -1
	}
	last := i
	for int(last+1) < len(t.Tokens) && last-i < maxOffice-1 && t.Tokens[last+1].Kind == arabic.Word && r.inside[last+1] != 1+classPerson && r.officeWord(t, last+1) && !t.Tokens[last+1].Has(arabic.Wa) {
		last++
	}
	if int(last+1) < len(t.Tokens) && r.inside[last+1] == 1+classPerson {
		return last // the name follows: no nominal, and its words are none either
	}
	// The longest phrase that is somebody's office, at least the job itself;
	// without the article a job alone is nobody's.
	for ; last >= i; last-- {
		if last == i && (!t.Tokens[i].Has(arabic.Al) || w[i].lists&listHeads != 0) {
			break // الفريق, المحافظة: bodies and places oftener than persons
		}
		best := -1
		for k := range r.offices {
			o := &r.offices[k]
			if !r.within(i, last, o) {
				continue
			}
			if best < 0 || o.at < i || r.offices[best].at > i && o.at < r.offices[best].at {
				best = k
			}
		}
		if best >= 0 {
			return r.addNominal(t, i, last, r.offices[best].entity, JobHolder)
		}
		if e := r.byRole(t, i, last); e >= 0 {
			return r.addNominal(t, i, last, e, JobHolder)
		}
	}
	return -1
}

// within says whether the words from i to last all stand in the office.
func (r *Recognizer) within(i, last int32, o *office) bool {
	w := r.words.w
	for a := i; a <= last; a++ {
		ok := false
		for b := o.first; b <= o.last && !ok; b++ {
			ok = w[a].hb == w[b].hb || r.sameNisba(a, b)
		}
		if !ok {
			return false
		}
	}
	return true
}

// sameNisba says whether two words are adjectives of one thing: الأميركي, الأمريكية.
func (r *Recognizer) sameNisba(a, b int32) bool {
	x, y := &r.matches[a], &r.matches[b]
	return x.nisbaN > 0 && y.nisbaN > 0 && x.nisba[0].Target == y.nisba[0].Target
}

// placeNominal resolves المدينة, البلاد, العاصمة.
func (r *Recognizer) placeNominal(t *arabic.Text, i int32, names int) int32 {
	w := &r.words.w[i]
	switch {
	case w.core == "البلاد":
		if e := r.mainCountry(i, names); e >= 0 {
			return r.addNominal(t, i, i, e, ByHead)
		}
	case w.core == "العاصمه":
		return r.capital(t, i, names)
	case r.known.place[w.core] && !r.followedByName(t, i):
		best := int32(-1)
		for k := range names {
			c := &r.cands[k]
			if c.first > i {
				break
			}
			if c.typ == doc.Place && c.kind == Name && r.isKindOfPlace(t, c, w) {
				best = c.entity
			}
		}
		if best >= 0 {
			return r.addNominal(t, i, i, best, ByHead)
		}
	}
	return -1
}

// followedByName says whether an adjective or a name goes on the phrase, so
// that it isn't the bare noun: المنطقة الشرقية, القاعدة في اليمن.
func (r *Recognizer) followedByName(t *arabic.Text, i int32) bool {
	return int(i+1) < len(t.Tokens) && t.Tokens[i+1].Kind == arabic.Word && (r.inside[i+1] != 0 || t.Tokens[i+1].Pro == arabic.Al)
}

// isKindOfPlace says whether a place can be called by the noun: its name has
// the noun as its head somewhere, or the gazetteer knows it as one.
func (r *Recognizer) isKindOfPlace(t *arabic.Text, c *candidate, noun *word) bool {
	if r.words.w[c.first].hb == noun.hb || c.first > 0 && r.words.w[c.first-1].hb == noun.hb {
		return true
	}
	if e := r.ents[c.entity].ref; e != nil {
		return r.gaz.Head(noun.wb).Has(e.Kind) || e.Kind == "capital" && r.gaz.Head(noun.wb).Has("city")
	}
	return false
}

// mainCountry is the country that is named most often up to token i, the
// latest of several.
func (r *Recognizer) mainCountry(i int32, names int) int32 {
	best, most := int32(-1), int32(0)
	r.sizes = r.sizes[:0]
	for range r.ents {
		r.sizes = append(r.sizes, 0)
	}
	for k := range names {
		c := &r.cands[k]
		if c.first > i || c.typ != doc.Place || r.ents[c.entity].ref == nil || r.ents[c.entity].ref.Kind != "country" {
			continue
		}
		r.sizes[c.entity]++
		if r.sizes[c.entity] >= most {
			best, most = c.entity, r.sizes[c.entity]
		}
	}
	return best
}

// capital resolves «العاصمة اليمنية» to that country's capital where the
// article names it, and «العاصمة» to the capital named last.
func (r *Recognizer) capital(t *arabic.Text, i int32, names int) int32 {
	last, ref := i, ""
	if int(i+1) < len(t.Tokens) {
		if m := &r.matches[i+1]; m.nisbaN > 0 && m.nisba[0].Kind == "country" {
			last, ref = i+m.nisbaN, m.nisba[0].Target.Capital
		}
	}
	if int(last+1) < len(t.Tokens) && r.inside[last+1] == 1+classPlace {
		return -1 // its name follows
	}
	best := int32(-1)
	for k := range names {
		c := &r.cands[k]
		e := r.ents[c.entity].ref
		if e == nil || e.Kind != "capital" || ref != "" && e.Ref != ref || ref == "" && c.first > i {
			continue
		}
		if best < 0 || c.first < i {
			best = c.entity
		}
	}
	if best < 0 {
		return -1
	}
	return r.addNominal(t, i, last, best, ByHead)
}

// bodyNominal resolves التنظيم, الوزارة, الشركة to the body named last that is one.
func (r *Recognizer) bodyNominal(t *arabic.Text, i int32, names int) int32 {
	w := &r.words.w[i]
	if w.lists&listOrgHeads == 0 {
		return -1
	}
	last := i
	if int(i+1) < len(t.Tokens) && t.Tokens[i+1].Kind == arabic.Word && t.Tokens[i+1].Pro == arabic.Al && r.matches[i+1].nisbaN == 0 && r.inside[i+1] == 0 {
		last++ // التنظيم المتطرف
	}
	best := int32(-1)
	for k := range names {
		c := &r.cands[k]
		if c.first > i {
			break
		}
		if c.typ == doc.Organization && c.kind == Name && r.isBody(c, w) {
			best = c.entity
		}
	}
	if best < 0 {
		return -1
	}
	return r.addNominal(t, i, last, best, Shortened)
}

// isBody says whether a body can be called by the noun.
func (r *Recognizer) isBody(c *candidate, noun *word) bool {
	w := r.words.w
	if w[c.first].hb == noun.hb || c.first > 0 && w[c.first-1].hb == noun.hb {
		return true
	}
	e := r.ents[c.entity].ref
	if e == nil {
		return false
	}
	for _, form := range e.Aliases {
		if startsWith(form, noun.bare) {
			return true
		}
	}
	return startsWith(e.Name, noun.bare)
}

// startsWith says whether the first word of a name, folded, is the given one.
func startsWith(name, first string) bool {
	var buf [64]byte
	for i := range len(name) {
		if name[i] == ' ' {
			name = name[:i]
			break
		}
	}
	if len(name) > len(buf) || len(name) < len(first) {
		return false
	}
	return string(arabic.AppendKey(buf[:0], name)) == first
}
