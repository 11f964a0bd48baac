package mention

import (
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
		return y.words() - x.words()
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
				return int32(e), SameEntry
			}
		}
	}
	for _, j := range r.order {
		if x := &r.cands[j]; x.entity >= 0 && x.key == c.key && x.typ == c.typ {
			return x.entity, SameForm
		}
	}
	for _, j := range r.order {
		x := &r.cands[j]
		if x.entity < 0 || x.typ != c.typ || x.kind == Nisba {
			continue
		}
		if x.stem == c.stem || x.stem == c.key || x.key == c.stem {
			return x.entity, SameStem
		}
	}
	if c.kind == Nisba {
		return -1, First
	}
	switch c.typ {
	case doc.Person:
		return r.findPerson(t, c)
	case doc.Organization, doc.Event, doc.Group:
		return r.findShortened(t, c)
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
	w := r.words.w
	best, bestAt := int32(-1), int32(-1)
	for _, j := range r.order {
		x := &r.cands[j]
		if x.entity < 0 || x.typ != c.typ || x.words() <= c.words() || x.kind != Name {
			continue
		}
		same := w[x.first].hb == w[c.first].hb && t.Tokens[x.first].Has(arabic.Al) == t.Tokens[c.first].Has(arabic.Al)
		for k := int32(1); same && k < int32(c.words()); k++ {
			same = w[x.first+k].hc == w[c.first+k].hc
		}
		if !same {
			continue
		}
		if best < 0 || x.first < c.first && (bestAt > c.first || x.first > bestAt) || x.first > c.first && bestAt > c.first && x.first < bestAt {
			best, bestAt = x.entity, x.first
		}
	}
	return best, Shortened
}
