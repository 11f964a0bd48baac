package mention

import (
	"github.com/sila-graph/sila/extract/arabic"
	"github.com/sila-graph/sila/extract/gazetteer"
)

// match is what the gazetteer says at a token: the longest name that begins
// there, and the adjectives of belonging.
type match struct {
	entries []*gazetteer.Entry
	n       int32 // tokens of the name, 0 none
	exact   bool  // false: the text lacks the article that the name has
	nisba   []gazetteer.NisbaForm
	nisbaN  int32
}

// best returns the most prominent entry of the match.
func (m *match) best() *gazetteer.Entry { return m.entries[0] }

// matchAll looks up every token of t; cover then holds for each token which
// part of which match it is, longest from the left: see coverOf.
func (r *Recognizer) matchAll(t *arabic.Text) {
	ws := &r.words
	r.matches, r.cover = r.matches[:0], r.cover[:0]
	for i := range ws.w {
		w := &ws.w[i]
		var m match
		if w.full != "" {
			m = r.lookup(w, i)
			if m.n == 0 && m.nisbaN == 0 && t.Tokens[i].Kind == arabic.Word {
				m = r.lookupBehind(t, w, i)
			}
		}
		r.matches = append(r.matches, m)
		r.cover = append(r.cover, 0)
	}
	for i := 0; i < len(r.matches); {
		m := &r.matches[i]
		if m.n == 0 {
			i++
			continue
		}
		c := coverOf(m)
		for j := range int(m.n) {
			r.cover[i+j] = c
			c |= coverInside
		}
		i += int(m.n)
	}
}

// lookup finds names and adjectives that begin with word i: without its
// proclitics, or as it stands where it only seems to have some.
func (r *Recognizer) lookup(w *word, i int) match {
	full := r.words.full
	var m match
	x := r.gaz.MatchAs(w.wc, full, i)
	if w.wf != w.wc {
		if y := r.gaz.MatchAs(w.wf, full, i); y.N > x.N {
			x = y
			if y.Exact {
				w.whole(r.bits.of(r.gaz.InMask(w.wf))) // بان كي مون
			}
		}
	}
	m.entries, m.n, m.exact = x.Entries, int32(x.N), x.Exact
	nisba, n := r.gaz.NisbaAs(w.wc, full, i)
	m.nisba, m.nisbaN = nisba, int32(n)
	return m
}

// lookupBehind tries a name behind a letter that may be a proclitic which
// analysis took for part of the word, since it doesn't know the name: ودكا.
func (r *Recognizer) lookupBehind(t *arabic.Text, w *word, i int) match {
	const letter = 2
	if w.freq > 6 || len(w.core) < 4*letter || w.lists != 0 {
		return match{}
	}
	switch w.core[:letter] {
	case "و", "ف", "ب", "ل", "ك":
	default:
		return match{}
	}
	rest := w.core[letter:]
	v := *w
	v.wc = r.gaz.Word(rest)
	v.wf = v.wc
	m := r.lookup(&v, i)
	lists := r.bits.of(r.gaz.InMask(v.wc))
	if m.n == 0 && m.nisbaN == 0 && lists&listNames == 0 {
		return match{}
	}
	w.core, w.bare, w.wc, w.wb, w.lists = rest, rest, v.wc, v.wc, lists
	w.hc, w.hb = hashString(rest), hashString(rest)
	w.start += letter
	return m
}

// What cover says of a token: bits for the type, the length and how sure.
const (
	coverMulti     = 1 << 3
	coverAmbiguous = 1 << 4
	coverInexact   = 1 << 5
	coverInside    = 1 << 6
	coverCountry   = 1 << 7
	coverMixed     = 1 << 8 // entries of several types
)

func coverOf(m *match) uint16 {
	e := m.best()
	c := uint16(1 + classOf(e.Type))
	if m.n > 1 {
		c |= coverMulti
	}
	if e.Ambiguous {
		c |= coverAmbiguous
	}
	if !m.exact {
		c |= coverInexact
	}
	if e.Kind == "country" {
		c |= coverCountry
	}
	for _, x := range m.entries[1:] {
		if x.Type != e.Type {
			c |= coverMixed
		}
	}
	return c
}
