package mention

import (
	"github.com/sila-graph/sila/extract/arabic"
	"github.com/sila-graph/sila/extract/doc"
)

// Countries under other names than those of the gazetteer: «المملكة» alone,
// «الأراضي السورية», «الدولة المصرية».

// addOwnNames adds «الأراضي السورية» where the model has no name.
func (r *Recognizer) addOwnNames(t *arabic.Text) {
	for i := int32(0); int(i+1) < len(r.words.w); i++ {
		m := &r.matches[i+1]
		if r.known.ownName[r.words.w[i].core] && r.inside[i] == 0 && r.inside[i+1] == 0 && m.nisbaN > 0 && m.nisba[0].Kind == "country" && m.nisba[0].Definite && !m.nisba[0].Ambiguous {
			r.addSpan(t, i, i+m.nisbaN, classOf(doc.Place), ByHead)
		}
	}
}

// ownNames gives such candidates their country's entry.
func (r *Recognizer) ownNames(t *arabic.Text) {
	w := r.words.w
	for i := range r.cands {
		c := &r.cands[i]
		if c.kind != Name || c.typ != doc.Place && c.typ != doc.Organization {
			continue
		}
		switch {
		case c.first == c.last && c.typ == doc.Place && w[c.first].core == "المملكه":
			if e := r.kingdom(); e != nil {
				c.entry, c.merge = e, OwnName
			}
		case c.first < c.last && r.known.ownName[w[c.first].core]:
			m := &r.matches[c.first+1]
			if m.nisbaN > 0 && c.first+m.nisbaN == c.last && m.nisba[0].Kind == "country" && !m.nisba[0].Ambiguous {
				c.entry, c.typ, c.merge = m.nisba[0].Target, doc.Place, OwnName
			}
		}
	}
}

// kingdom returns the country that «المملكة» means: of those that are
// called so the one that the text names most often, by name or adjective; nil
// where it names none.
func (r *Recognizer) kingdom() *entry {
	var best *entry
	most := 0
	for _, k := range r.kingdoms {
		n := 0
		for j := range r.cands {
			if r.cands[j].entry == k {
				n++
			}
		}
		if n > most {
			best, most = k, n
		}
	}
	return best
}
