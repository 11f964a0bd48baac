package fact

import (
	"github.com/sila-graph/sila/extract/arabic"
	"github.com/sila-graph/sila/extract/doc"
)

// quotation is a stretch of the text in somebody's words: from the mark that
// opens it to the one that closes it, over sentences.
type quotation struct {
	first, last int32 // tokens within the marks; last -1 while open
	speaker     int32
	sentence    int32
}

// Limits of quotations: what is shorter is a name or a term («داعش», «عاصفة
// الحزم»), and a mark that nothing closes within so many sentences was no opening.
const (
	minQuoted    = 4 // words
	maxSentences = 8
)

// collectQuotes notes the quotations that open and close in the sentence that
// p.items holds. Runs behind attribute, whose voices say who speaks.
func (x *run) collectQuotes() {
	p := &x.parser
	for n := range p.items {
		it := &p.items[n]
		if it.kind != itQuote {
			continue
		}
		open := len(x.quoted) > 0 && x.quoted[len(x.quoted)-1].last < 0
		if mark := p.t.Form(int(it.first)); mark == "»" || mark != "«" && open {
			if open {
				x.quoted[len(x.quoted)-1].last = it.first - 1
			}
			continue
		}
		if open {
			x.quoted = x.quoted[:len(x.quoted)-1] // never closed
		}
		speaker := x.talk.speaker
		if v := x.voiceAt(n + 1); v != nil {
			speaker = v.ent
		}
		x.quoted = append(x.quoted, quotation{it.first + 1, -1, speaker, p.sent})
	}
	if k := len(x.quoted) - 1; k >= 0 && x.quoted[k].last < 0 && p.sent-x.quoted[k].sentence > maxSentences {
		x.quoted = x.quoted[:k]
	}
}

// quotations returns the quotations whose speaker is named, and whom they are
// about: the people, bodies and groups that are named in them.
func (x *run) quotations() []doc.Quote {
	p := &x.parser
	var out []doc.Quote
	for _, q := range x.quoted {
		words := 0
		for i := q.first; i <= q.last; i++ {
			if p.t.Tokens[i].Kind == arabic.Word {
				words++
			}
		}
		if q.last < 0 || words < minQuoted || q.speaker < 0 {
			continue
		}
		d := doc.Quote{Speaker: x.id(q.speaker)}
		d.Start, d.End = p.t.Points(int(p.t.Tokens[q.first].Start), int(p.t.Tokens[q.last].End))
		seen := map[int32]bool{q.speaker: true}
		for i := range p.m.Spans {
			s := &p.m.Spans[i]
			if s.First < q.first || s.Last > q.last || seen[s.Entity] || p.typ(s.Entity) == doc.Event {
				continue
			}
			seen[s.Entity] = true
			d.About = append(d.About, x.id(s.Entity))
		}
		out = append(out, d)
	}
	return out
}
