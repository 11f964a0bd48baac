package mention

import (
	"strings"

	"github.com/sila-graph/sila/extract/arabic"
	"github.com/sila-graph/sila/extract/doc"
	"github.com/sila-graph/sila/extract/gazetteer"
)

// A capital is a city, or stands for its country's government: «أنقرة تنفي»,
// «العلاقات بين الرياض وواشنطن», but «في أنقرة», «العاصمة صنعاء», «(أنقرة - وكالات)».

// reading is how one mention of a capital is meant.
type reading uint8

const (
	unclear reading = iota
	asCity
	asGovernment
)

// capitalsOf gives each capital's entry its country.
func capitalsOf(g *gazetteer.Table) map[*entry]*entry {
	m := map[*entry]*entry{}
	for i := range g.Len() {
		if e := g.Entry(i); e.Capital != "" {
			if c := g.Ref(e.Capital); c != nil {
				m[c] = e
			}
		}
	}
	return m
}

// governments gives mentions of capitals that stand for governments to their
// countries. Where the text has the city itself too, unclear mentions are the
// city's; else they follow the others.
func (r *Recognizer) governments(t *arabic.Text) {
	for i := range r.cands {
		country := r.countryOf(&r.cands[i])
		if country == nil || r.cands[i].reading != unclear {
			continue
		}
		city, government := false, false
		for j := i; j < len(r.cands); j++ {
			c := &r.cands[j]
			if c.typ != doc.Place || c.entry != r.cands[i].entry {
				continue
			}
			c.reading = r.readCapital(t, c)
			city = city || c.reading == asCity
			government = government || c.reading == asGovernment
		}
		if !government {
			continue
		}
		capital := r.cands[i].entry
		for j := i; j < len(r.cands); j++ {
			if c := &r.cands[j]; c.entry == capital && (c.reading == asGovernment || c.reading == unclear && !city) {
				c.reading = asGovernment
				c.entry = country
				c.key ^= governmentKey
				c.stem = c.key
			}
		}
	}
}

// governmentKey keeps a capital's name for the government apart from the city's.
const governmentKey = 0x60e2_77a4_1f0b_935d

// countryOf returns the country whose capital c names in one word, nil for anything else.
func (r *Recognizer) countryOf(c *candidate) *entry {
	if c.typ != doc.Place || c.kind != Name || c.entry == nil || c.first != c.last {
		return nil
	}
	return r.capitals[c.entry]
}

// readCapital judges one mention by the words beside it.
func (r *Recognizer) readCapital(t *arabic.Text, c *candidate) reading {
	if c.first != c.last {
		return asCity // مدينة أنقرة
	}
	w := r.words.w
	k := &t.Tokens[c.first]
	if k.Has(arabic.Ba) {
		return asCity
	}
	s := &t.Sentences[t.SentenceOf(int(c.first))]
	if p := c.first - 1; p >= s.First {
		before := &w[p]
		switch form := t.Form(int(p)); {
		case form == "-" || form == "–":
			return asCity // a dateline or a route
		case before.full == "":
		case r.known.inCity[before.core] || before.lists&(listDirections|listPlaceHeads) != 0 || r.matches[p].nisbaN > 0:
			return asCity
		case r.known.withGovernment[before.core] || r.feminineVerb(t, p):
			return asGovernment
		case k.Has(arabic.Wa) && p > s.First && r.besideBetween(p):
			return r.party(p)
		}
	}
	if next := c.last + 1; next < s.Last {
		start := c.first == s.First
		switch form := t.Form(int(next)); {
		case start && s.Para == 0 && form == ":":
			return asGovernment // «واشنطن: لن نغادر»
		case start && (form == "(" || form == "-" || form == "–" || form == ":"):
			return asCity // a dateline
		case t.Tokens[next].Kind == arabic.Word && r.feminineVerb(t, next):
			return asGovernment
		case r.known.governs[w[next].core]:
			return asGovernment // قد, لم, لن
		case t.Tokens[next].Has(arabic.Wa) && r.besideBetween(c.first):
			return r.party(next)
		}
	}
	return unclear
}

// besideBetween says whether بين stands before token i: بين X وY are two parties.
func (r *Recognizer) besideBetween(i int32) bool { return i > 0 && r.words.w[i-1].core == "بين" }

// party reads a capital by the other one of «بين X وY»: beside a town that is no capital
// it is a city too (رحلات بين الدمام والرياض), else both are parties.
func (r *Recognizer) party(other int32) reading {
	if m := &r.matches[other]; m.n > 0 && m.best().Type == doc.Place && m.best().Kind != "capital" && m.best().Kind != "country" {
		return asCity
	}
	return asGovernment
}

// feminineVerb guesses whether a word is a verb of the third person feminine, as
// agrees with a city's name: أعلنت, تنفي, ستهاجم, تقوده. Nouns with ت at either
// end have the article, a number or a place in the lists.
func (r *Recognizer) feminineVerb(t *arabic.Text, i int32) bool {
	k, w := &t.Tokens[i], &r.words.w[i]
	if k.Kind != arabic.Word || k.Has(arabic.Al) || k.Pro&(arabic.Ba|arabic.Ka|arabic.La) != 0 || r.inside[i] != 0 {
		return false
	}
	if k.Has(arabic.Sa) || w.lists&listSaying != 0 {
		return true
	}
	form := t.Norm[k.Bare:k.Base]
	if strings.HasSuffix(form, "ت") {
		return !strings.HasSuffix(form, "ات") && len(form) >= 6 && w.lists == 0
	}
	// Imperfects: three letters or more behind ت; masdars of the second and fifth
	// form (تعزيز, تدخل) are told by what news says of them with the article.
	return strings.HasPrefix(form, "ت") && len(form) >= 6 && w.lists == 0 && arabic.Count("ال"+form) == 0 && arabic.Count("ي"+form[2:]) > 0
}
