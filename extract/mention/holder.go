package mention

import (
	"strings"

	"github.com/sila-graph/sila/extract/arabic"
	"github.com/sila-graph/sila/extract/doc"
)

// byRole finds the person that a job with a country's adjective stands for, where the
// text names him without his office: «الرئيس السوري» for الأسد. The gazetteer tells who
// held which office; two persons whom the phrase fits are none.
func (r *Recognizer) byRole(t *arabic.Text, first, last int32) int32 {
	country := r.countryAdjective(first, last)
	if country == nil || country.Country == "" {
		return -1
	}
	found := int32(-1)
	for e := range r.ents {
		x := &r.ents[e]
		if x.typ != doc.Person || x.ref == nil || x.ref.Country != country.Country || !r.fitsRole(first, last, x.ref.Attr("role")) {
			continue
		}
		if found >= 0 {
			return -1
		}
		found = int32(e)
	}
	return found
}

// countryAdjective returns the country of the one adjective of a country among
// the tokens, nil for none or for two.
func (r *Recognizer) countryAdjective(first, last int32) *entry {
	var country *entry
	for i := first; i <= last; i++ {
		if m := &r.matches[i]; m.nisbaN > 0 && m.nisba[0].Kind == "country" && !m.nisba[0].Ambiguous {
			if country != nil {
				return nil
			}
			country = m.nisba[0].Target
		}
	}
	return country
}

// fitsRole says whether the words from first to last that are no adjectives of a
// country stand in a role. الرئيس alone is a head of state, not of anything else.
func (r *Recognizer) fitsRole(first, last int32, role string) bool {
	n := 0
	var buf [64]byte
	for i := first; i <= last; i++ {
		if r.matches[i].nisbaN > 0 {
			continue
		}
		n++
		ok := false
		for w := range strings.FieldsSeq(role) {
			w = strings.TrimPrefix(w, article)
			ok = ok || string(arabic.AppendKey(buf[:0], w)) == r.words.w[i].bare
		}
		if !ok {
			return false
		}
	}
	return n > 1 || n == 1 && (r.words.w[first].bare != "رييس" || !strings.Contains(role, " "))
}

// counterpart reads «نظيره الروسي» at token i: the holder of the same kind of office of
// that country, whose office or role the text or the gazetteer tells. It returns the
// phrase's last token and the entity, -1 for none. Where a name follows it is no nominal.
func (r *Recognizer) counterpart(t *arabic.Text, i int32) (last, entity int32) {
	w := r.words.w
	stem := t.Norm[t.Tokens[i].Bare:t.Tokens[i].Base]
	if t.Tokens[i].Enc == arabic.NoEnclitic || stem != "نظير" && stem != "نظيرت" || int(i+1) >= len(w) {
		return 0, -1
	}
	m := &r.matches[i+1]
	if m.nisbaN == 0 || m.nisba[0].Kind != "country" {
		return 0, -1
	}
	last = i + m.nisbaN
	if int(last+1) < len(w) && (r.inside[last+1] == 1+classPerson || w[last+1].lists&listTitles != 0) {
		return 0, -1
	}
	best := -1
	for k := range r.offices {
		o := &r.offices[k]
		for j := o.first; j <= o.last; j++ {
			if r.sameNisba(j, i+1) && (best < 0 || o.at < i) {
				best = k
			}
		}
	}
	if best >= 0 {
		return last, r.offices[best].entity
	}
	found := int32(-1)
	for e := range r.ents {
		x := &r.ents[e]
		if x.typ == doc.Person && x.ref != nil && x.ref.Attr("role") != "" && x.ref.Country == m.nisba[0].Target.Country {
			if found >= 0 {
				return 0, -1
			}
			found = int32(e)
		}
	}
	return last, found
}

// latter reads «الأخير» at token i where it stands for a person: behind a verb, a
// particle or a preposition, not behind the noun that it would be an adjective of. It is
// the person named last before it in the sentence or the one before.
func (r *Recognizer) latter(t *arabic.Text, i int32, names int) int32 {
	if r.words.w[i].core != "الاخير" || i == 0 {
		return -1
	}
	k, p := &t.Tokens[i], i-1
	if k.Pro&^(arabic.Al|arabic.La|arabic.Ba|arabic.Wa|arabic.Fa) != 0 {
		return -1
	}
	if k.Pro&(arabic.La|arabic.Ba) == 0 && !r.known.beforeLatter[r.words.w[p].core] && r.words.w[p].lists&listSaying == 0 {
		return -1
	}
	s := t.SentenceOf(int(i))
	from := t.Sentences[max(0, s-1)].First
	best, at := int32(-1), int32(-1)
	for c := range names {
		x := &r.cands[c]
		if x.typ == doc.Person && x.kind == Name && x.first >= from && x.first < i && x.first > at {
			best, at = x.entity, x.first
		}
	}
	return best
}
