package mention

import (
	"github.com/sila-graph/sila/extract/arabic"
	"github.com/sila-graph/sila/extract/doc"
)

// Second names in brackets: «الاتحاد الدولي لكرة القدم (فيفا)», «هيئة تحرير الشام (النصرة
// سابقا)». The model often tags the whole as one name.

// splitBracket returns the token of the opening bracket inside a span that ends
// where the bracket closes, 0 for none.
func (r *Recognizer) splitBracket(t *arabic.Text, first, last int32) int32 {
	if int(last+1) >= len(t.Tokens) || t.Form(int(last+1)) != ")" {
		return 0
	}
	if r.known.stem[r.words.w[first].bare] {
		first++ // تنظيم (داعش): no name before the bracket
	}
	for i := first + 1; i < last; i++ {
		if t.Tokens[i].Kind == arabic.Punct && t.Form(int(i)) == "(" {
			return i
		}
	}
	return 0
}

// bracketed says whether c stands in brackets right behind x and is a second
// name of it: one word, not the place or body around it.
func (r *Recognizer) bracketed(t *arabic.Text, x, c *candidate) bool {
	if x.typ != c.typ || c.typ != doc.Organization && c.typ != doc.Person && c.typ != doc.Event || x.last+2 != c.first || x.kind != Name || c.kind != Name {
		return false
	}
	if x.entry != nil && c.entry != nil && x.entry != c.entry || c.first != c.last && c.typ != doc.Person {
		return false
	}
	return t.Form(int(x.last+1)) == "(" && int(c.last+1) < len(t.Tokens) && t.Form(int(c.last+1)) == ")"
}

// bracketPartner finds the entity that shares a bracket with candidate i, -1 for none.
func (r *Recognizer) bracketPartner(t *arabic.Text, i int32) int32 {
	c := &r.cands[i]
	for _, j := range r.order {
		x := &r.cands[j]
		if x.entity >= 0 && (r.bracketed(t, x, c) || r.bracketed(t, c, x)) {
			return x.entity
		}
	}
	return -1
}
