package mention

import (
	"cmp"
	"slices"

	"github.com/sila-graph/sila/extract/arabic"
	"github.com/sila-graph/sila/extract/doc"
)

// merge gives every candidate its entity. Names in full come first, so that
// shortened ones find them wherever they stand.
func (r *Recognizer) merge(t *arabic.Text) {
	r.settleTypes()
	r.order = r.order[:0]
	for i := range r.cands {
		r.order = append(r.order, int32(i))
		r.cands[i].entity = -1
	}
	slices.SortStableFunc(r.order, func(a, b int32) int {
		x, y := &r.cands[a], &r.cands[b]
		return cmp.Or(y.stemWords()-x.stemWords(), y.words()-x.words())
	})
	r.ents = r.ents[:0]
	for _, i := range r.order {
		c := &r.cands[i]
		e, why := r.findEntity(t, i)
		if e < 0 {
			e = int32(len(r.ents))
			r.ents = append(r.ents, entity{typ: c.typ, head: i})
			why = First
		}
		c.entity, c.merge = e, why
		if r.ents[e].ref == nil {
			r.ents[e].ref = c.entry
		}
	}
}

// entity is one while it is being put together.
type entity struct {
	typ  doc.EntityType
	head int32 // the candidate with the fullest name
	ref  *entry

	names, nominals int32 // mentions by the one and the other
}

// settleTypes gives one type to all mentions of one form: that of most of
// them, the first one's in a tie. A gazetteer entry decides where it is sure.
func (r *Recognizer) settleTypes() {
	for i := range r.cands {
		c := &r.cands[i]
		if c.kind != Name {
			continue
		}
		var votes [numClasses]int
		for j := range r.cands {
			if x := &r.cands[j]; x.key == c.key && x.kind == Name {
				votes[classOf(x.typ)] += 2
				if x.entry != nil && !x.entry.Ambiguous {
					votes[classOf(x.typ)]++
				}
			}
		}
		best := classOf(c.typ)
		for k, v := range votes {
			if v > votes[best] {
				best = class(k)
			}
		}
		c.typ = classTypes[best]
	}
}

// findEntity looks for the entity that candidate i belongs to among those
// there are, -1 for none.
func (r *Recognizer) findEntity(t *arabic.Text, i int32) (int32, Reason) {
	c := &r.cands[i]
	if c.entry != nil {
		for e := range r.ents {
			if r.ents[e].ref == c.entry && r.ents[e].typ == c.typ {
				switch {
				case c.reading == asGovernment:
					return int32(e), Government
				case c.merge == OwnName:
					return int32(e), OwnName
				}
				return int32(e), SameEntry
			}
		}
	}
	for _, j := range r.order {
		if x := &r.cands[j]; x.entity >= 0 && x.key == c.key && x.typ == c.typ {
			return x.entity, SameForm
		}
	}
	if e := r.bracketPartner(t, i); e >= 0 && r.rules&ruleBracket != 0 {
		return e, Bracketed
	}
	for _, j := range r.order {
		x := &r.cands[j]
		if x.entity < 0 || x.typ != c.typ || x.kind == Nisba || r.rules&ruleStem == 0 {
			continue
		}
		if x.stem == c.stem || x.stem == c.key || x.key == c.stem {
			return x.entity, SameStem
		}
	}
	if c.kind == Nisba {
		return -1, First
	}
	switch {
	case c.typ == doc.Person && r.rules&rulePerson != 0:
		return r.findPerson(t, c)
	case c.typ == doc.Organization || c.typ == doc.Event || c.typ == doc.Group:
		if e := r.findBody(c); e >= 0 && r.rules&ruleSynonym != 0 {
			return e, Synonym
		}
		if r.rules&ruleShortened != 0 {
			return r.findShortened(t, c)
		}
	case c.typ == doc.Place && r.rules&ruleShortened != 0:
		return r.findPlace(t, c)
	}
	return -1, First
}

// findPerson looks for the full name of which c is the end, or a person whose
// name c spells in another way. The nearest one before wins, then the first after.
func (r *Recognizer) findPerson(t *arabic.Text, c *candidate) (int32, Reason) {
	best, bestWhy := int32(-1), First
	bestAt := int32(-1)
	for _, j := range r.order {
		x := &r.cands[j]
		if x.entity < 0 || x.typ != doc.Person || x.words() < c.words() {
			continue
		}
		why, ok := r.samePerson(x, c)
		if !ok {
			continue
		}
		if best < 0 || x.first < c.first && (bestAt > c.first || x.first > bestAt) || x.first > c.first && bestAt > c.first && x.first < bestAt {
			best, bestAt, bestWhy = x.entity, x.first, why
		}
	}
	return best, bestWhy
}

// samePerson compares a name with a shorter one or one of equal length.
func (r *Recognizer) samePerson(long, short *candidate) (Reason, bool) {
	w := r.words.w
	ln, sn := long.words(), short.words()
	suffix := true
	exact := true
	for k := 1; k <= sn; k++ {
		a, b := &w[long.last+1-int32(k)], &w[short.last+1-int32(k)]
		if a.hb == b.hb {
			continue
		}
		exact = false
		if !spelledAlike(a.bare, b.bare) {
			suffix = false
			break
		}
	}
	if suffix {
		if ln == sn && !exact || !exact {
			return Variant, true
		}
		return Surname, true
	}
	if sn == 1 {
		// A first name alone is somebody's where a title stands before it, or
		// where it is rare; أبو X and kings go by it.
		a, b := &w[long.first], &w[short.first]
		if a.hb == b.hb && (short.first > 0 && w[short.first-1].lists&listTitles != 0 || a.lists&listNames == 0) {
			return Shortened, true
		}
		return 0, false
	}
	// محمد بن زايد in محمد بن زايد آل نهيان; first and last of three.
	k := long.first
	for i := short.first; i <= short.last; i++ {
		for k <= long.last && w[k].hb != w[i].hb && !spelledAlike(w[k].bare, w[i].bare) {
			if i == short.first {
				return 0, false
			}
			k++
		}
		if k > long.last {
			return 0, false
		}
		k++
	}
	return Shortened, true
}

// findShortened looks for the longer name that begins with c: الجيش in الجيش
// اليمني, مجلس الأمن in مجلس الأمن الدولي. The nearest one before wins.
func (r *Recognizer) findShortened(t *arabic.Text, c *candidate) (int32, Reason) {
	best, bestAt := int32(-1), int32(-1)
	for _, j := range r.order {
		x := &r.cands[j]
		if x.entity < 0 || x.typ != c.typ || x.stemWords() <= c.stemWords() || x.kind != Name {
			continue
		}
		if !r.begins(t, x.stemFirst, c.stemFirst, int32(c.stemWords())) && (x.words() <= c.words() || !r.begins(t, x.first, c.first, int32(c.words()))) {
			continue
		}
		if best < 0 || x.first < c.first && (bestAt > c.first || x.first > bestAt) || x.first > c.first && bestAt > c.first && x.first < bestAt {
			best, bestAt = x.entity, x.first
		}
	}
	return best, Shortened
}

// begins says whether the n words from b on are those from a on.
func (r *Recognizer) begins(t *arabic.Text, a, b, n int32) bool {
	w := r.words.w
	if w[a].hb != w[b].hb || t.Tokens[a].Has(arabic.Al) != t.Tokens[b].Has(arabic.Al) {
		return false
	}
	for k := int32(1); k < n; k++ {
		if w[a+k].hc != w[b+k].hc {
			return false
		}
	}
	return true
}

// findPlace looks for the place whose name goes on with adjectives that tell no
// other place: «قاعدة العند» in «قاعدة العند الاستراتيجية», but not «كوريا» in «كوريا الجنوبية».
func (r *Recognizer) findPlace(t *arabic.Text, c *candidate) (int32, Reason) {
	for _, j := range r.order {
		x := &r.cands[j]
		if x.entity < 0 || x.typ != c.typ || x.kind != Name || x.stemWords() <= c.stemWords() {
			continue
		}
		at := x.stemFirst + int32(c.stemWords())
		if !r.begins(t, x.stemFirst, c.stemFirst, int32(c.stemWords())) {
			if at = x.first + int32(c.words()); x.words() <= c.words() || !r.begins(t, x.first, c.first, int32(c.words())) {
				continue
			}
		}
		if r.plainAdjectives(t, at, x.last) && (x.entry == nil || c.entry == nil || x.entry == c.entry) {
			return x.entity, Shortened
		}
	}
	return -1, First
}

// plainAdjectives says whether the tokens from first to last have the article
// and are no directions, which tell one place from another.
func (r *Recognizer) plainAdjectives(t *arabic.Text, first, last int32) bool {
	for i := first; i <= last; i++ {
		if k := &t.Tokens[i]; k.Kind != arabic.Word || k.Pro != arabic.Al || r.known.direction[r.words.w[i].core] {
			return false
		}
	}
	return true
}
