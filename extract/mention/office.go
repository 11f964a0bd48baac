package mention

import (
	"github.com/sila-graph/sila/extract/arabic"
	"github.com/sila-graph/sila/extract/doc"
)

// office is the phrase of titles that stands at a person's name: وزير
// الخارجية القطري in front of it, or behind it.
type office struct {
	entity      int32
	at          int32 // token of the name
	first, last int32 // tokens of the phrase
}

// maxOffice bounds how many tokens an office has.
const maxOffice = 9

// gatherOffices collects the offices that stand at persons' names.
func (r *Recognizer) gatherOffices(t *arabic.Text) {
	r.offices = r.offices[:0]
	for i := range r.cands {
		c := &r.cands[i]
		if c.typ != doc.Person || c.kind != Name {
			continue
		}
		if p := r.officeBefore(t, c.first); p < c.first {
			r.offices = append(r.offices, office{c.entity, c.first, p, c.first - 1})
		}
		if p, q := r.officeAfter(t, c.last); q >= p {
			r.offices = append(r.offices, office{c.entity, c.first, p, q})
		}
	}
}

// officeBefore returns the first token of the office that ends before token at.
func (r *Recognizer) officeBefore(t *arabic.Text, at int32) int32 {
	from := at
	for i := at - 1; i >= 0 && at-i <= maxOffice; i-- {
		w, k := &r.words.w[i], &t.Tokens[i]
		if k.Kind != arabic.Word || r.inside[i] == 1+classPerson {
			break
		}
		if w.lists&listJobs != 0 || w.lists&listTitles != 0 {
			from = i
			if k.Has(arabic.Wa) {
				break // the next person's office after و
			}
			continue
		}
		if !r.officeWord(t, i) || k.Has(arabic.Wa) && !r.portfolio(i) {
			break
		}
	}
	return from
}

// officeAfter returns the office that follows a name: «جون كيري وزير الخارجية»,
// «فلان، رئيس الحزب». It ends with the last word that belongs to it.
func (r *Recognizer) officeAfter(t *arabic.Text, at int32) (int32, int32) {
	i := at + 1
	if int(i) < len(t.Tokens) && t.Form(int(i)) == "،" {
		i++
	}
	if int(i) >= len(t.Tokens) || t.Tokens[i].Kind != arabic.Word || r.words.w[i].lists&listJobs == 0 || t.Tokens[i].Pro&^arabic.Al != 0 || t.Tokens[i].Enc != arabic.NoEnclitic {
		return 0, -1
	}
	j := i
	for int(j+1) < len(t.Tokens) && j-i < maxOffice-1 && t.Tokens[j+1].Kind == arabic.Word && r.inside[j+1] != 1+classPerson && r.officeWord(t, j+1) {
		j++
	}
	if int(j+1) < len(t.Tokens) && r.inside[j+1] == 1+classPerson && !t.Tokens[j+1].Has(arabic.Wa) {
		return 0, -1 // the office of the person who is named behind it
	}
	return i, j
}

// officeWord says whether token i may go on an office.
func (r *Recognizer) officeWord(t *arabic.Text, i int32) bool {
	w := &r.words.w[i]
	if w.lists&(listJobs|listTitles|listPortfolios) != 0 || r.matches[i].nisbaN > 0 || r.inside[i] != 0 || t.Tokens[i].Has(arabic.Al) && t.Tokens[i].Pro&(arabic.Ba|arabic.Ka) == 0 {
		return true
	}
	return r.known.office[w.core]
}

func (r *Recognizer) portfolio(i int32) bool { return r.words.w[i].lists&listPortfolios != 0 }
