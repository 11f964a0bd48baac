package mention

import (
	_ "embed"
	"strings"

	"github.com/sila-graph/sila/extract/arabic"
	"github.com/sila-graph/sila/extract/doc"
)

//go:embed data/body_synonyms.txt
var bodySynonymsText string

// synonyms gives words that name one kind of state body, folded, its number.
type synonyms map[string]int

func newSynonyms() synonyms {
	m := synonyms{}
	for n, line := range listLines(bodySynonymsText) {
		for name := range strings.SplitSeq(line, "=") {
			m[arabic.Key(strings.TrimSpace(name))] = n + 1
		}
	}
	return m
}

// body reads a state body that a candidate names by its kind and at most its
// country: «البرلمان العراقي», «مجلس النواب». The kind is 0 for others.
func (r *Recognizer) body(c *candidate) (kind int, country *entry) {
	if c.typ != doc.Organization || c.kind != Name {
		return 0, nil
	}
	w := r.words.w
	last := c.last
	if m := &r.matches[last]; last > c.stemFirst && m.nisbaN == 1 && m.nisba[0].Kind == "country" && !m.nisba[0].Ambiguous {
		country = m.nisba[0].Target
		last--
	}
	var buf [64]byte
	key := buf[:0]
	for i := c.stemFirst; i <= last; i++ {
		if i > c.stemFirst {
			key = append(key, ' ')
		}
		key = append(key, w[i].core...)
	}
	return r.known.bodies[string(key)], country
}

// findBody looks for the body of one kind and country that goes by another name.
func (r *Recognizer) findBody(c *candidate) int32 {
	kind, country := r.body(c)
	if kind == 0 {
		return -1
	}
	found := int32(-1)
	for _, j := range r.order {
		x := &r.cands[j]
		if x.entity < 0 {
			continue
		}
		k, other := r.body(x)
		if k != kind || country != nil && other != nil && country != other {
			continue
		}
		if found >= 0 && found != x.entity {
			return -1 // two of them: no telling
		}
		found = x.entity
	}
	return found
}
