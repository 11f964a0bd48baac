package mention

import (
	"github.com/sila-graph/sila/extract/arabic"
	"github.com/sila-graph/sila/extract/doc"
)

// Names inside of names. The model tags the outermost ones; the country in «رئيس
// وزراء العراق», the person in «القوات الموالية لهادي» and the town in «مطار عدن»
// are found here.

// addInner adds the places and persons that longer names contain.
func (r *Recognizer) addInner(t *arabic.Text) {
	n := len(r.cands)
	for i := range n {
		c := r.cands[i]
		if c.kind != Name || c.typ == doc.Person || c.first == c.last || c.entry != nil && c.stem == c.key && c.typ == doc.Place {
			continue
		}
		for at := c.first + 1; at <= c.last; at++ {
			m := &r.matches[at]
			if m.n == 0 || at+m.n-1 > c.last || m.best().Ambiguous || !m.exact {
				if c.typ == doc.Organization && r.ownsForces(&c) && r.surname(at, n) {
					r.addInside(t, at, at, doc.Person, ByModel)
				}
				continue
			}
			switch e := m.best(); {
			case e.Type == doc.Place && (e.Kind == "country" && !(c.typ == doc.Place && c.stem != c.key)),
				e.Type == doc.Person && c.typ == doc.Organization && r.ownsForces(&c):
				r.addInside(t, at, at+m.n-1, e.Type, ByGazetteer)
			}
			at += m.n - 1
		}
	}
}

// surname says whether token i is the last word of a person's name among the first n candidates.
func (r *Recognizer) surname(i int32, n int) bool {
	for k := range n {
		if c := &r.cands[k]; c.typ == doc.Person && c.kind == Name && r.words.w[c.last].hb == r.words.w[i].hb {
			return true
		}
	}
	return false
}

func (r *Recognizer) addInside(t *arabic.Text, first, last int32, typ doc.EntityType, why Reason) {
	m := candidate{first: first, last: last, typ: typ, why: why, kind: Name}
	r.finish(t, &m)
	r.cands = append(r.cands, m)
}

// ownsForces says whether a body is what its head noun says of a person: his
// forces, his government. A university or a prize is only called after him.
func (r *Recognizer) ownsForces(c *candidate) bool {
	return r.known.holders[r.words.w[c.first].bare]
}
