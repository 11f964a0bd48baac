package mention

import "github.com/sila-graph/sila/extract/arabic"

// docForms gathers, for every word of a text, in which surroundings it stands
// anywhere in the text: «كيري» after a title in the first sentence is a person
// in the tenth.
type docForms struct {
	flags map[uint64]uint16 // by hash of core
}

const (
	docAfterTitle uint16 = 1 << iota
	docAfterPlaceHead
	docAfterOrgHead
	docBeforeSaying
	docAfterSaying
	docAfterIn
	docAfterGiven
	docQuoted
	docTwice
	docOften
)

// gatherForms fills the flags of all words that may be names.
func (r *Recognizer) gatherForms(t *arabic.Text) {
	if r.forms.flags == nil {
		r.forms.flags = make(map[uint64]uint16, 512)
	}
	f := r.forms.flags
	clear(f)
	ws := r.words.w
	for i := range ws {
		w := &ws[i]
		if t.Tokens[i].Kind != arabic.Word && t.Tokens[i].Kind != arabic.Latin || w.freq > 12 {
			continue
		}
		old, seen := f[w.hc]
		x := old
		if seen {
			if old&docTwice != 0 {
				x |= docOften
			}
			x |= docTwice
		}
		if i > 0 {
			p := &ws[i-1]
			if p.lists&(listTitles|listJobs) != 0 {
				x |= docAfterTitle
			}
			if p.lists&listPlaceHeads != 0 {
				x |= docAfterPlaceHead
			}
			if p.lists&listOrgHeads != 0 {
				x |= docAfterOrgHead
			}
			if p.lists&listSaying != 0 {
				x |= docAfterSaying
			}
			if p.lists&(listGivenM|listGivenF) != 0 {
				x |= docAfterGiven
			}
			switch p.core {
			case "في", "الي", "من":
				x |= docAfterIn
			}
			if p.full == "" && t.Norm[t.Tokens[i-1].Start:t.Tokens[i-1].End] == "«" {
				x |= docQuoted
			}
		}
		if t.Tokens[i].Has(arabic.Ba) {
			x |= docAfterIn
		}
		if i+1 < len(ws) && ws[i+1].lists&listSaying != 0 {
			x |= docBeforeSaying
		}
		f[w.hc] = x
	}
}

func (r *Recognizer) docFlags(w *word) uint16 { return r.forms.flags[w.hc] }
