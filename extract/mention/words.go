package mention

import (
	"math/bits"

	"github.com/sila-graph/sila/extract/arabic"
	"github.com/sila-graph/sila/extract/gazetteer"
)

// word is a token made ready for look-up: its folded forms, their numbers in
// the gazetteer, and hashes. Strings are parts of one arena per text.
type word struct {
	full, core, bare string // as it stands; without proclitics, article kept; without article too
	wf, wc, wb       gazetteer.Word
	hc, hb           uint64 // hashes of core and bare
	lists            uint64 // word lists that hold any of the forms
	begin, start     int32  // byte of the normalised text at which the token begins, and byte of the normalised text at which core begins
	virtual          bool   // core's article is not written: للتحالف
	freq             uint8  // logarithm of the number of occurrences in news
}

// words holds the prepared tokens of a text; its memory is reused.
type words struct {
	w     []word
	full  []gazetteer.Word
	bytes []byte
	at    []int32 // ends of the forms in bytes, three a token
}

const article = "ال"

// fill prepares the tokens of t.
func (ws *words) fill(g *gazetteer.Table, lists *listBits, t *arabic.Text) {
	ws.w, ws.full, ws.bytes, ws.at = ws.w[:0], ws.full[:0], ws.bytes[:0], ws.at[:0]
	for i := range t.Tokens {
		k := &t.Tokens[i]
		w := word{begin: k.Start, start: k.Start}
		if k.Kind == arabic.Punct {
			ws.w = append(ws.w, w)
			n := int32(len(ws.bytes))
			ws.at = append(ws.at, n, n, n)
			continue
		}
		ws.bytes = arabic.AppendKey(ws.bytes, t.Norm[k.Start:k.End])
		ws.at = append(ws.at, int32(len(ws.bytes)))
		w.start = k.Bare
		if k.Has(arabic.Al) {
			if k.Bare-k.Start >= 4 && t.Norm[k.Bare-4:k.Bare] == article {
				w.start -= 4
			} else {
				w.virtual = true
				ws.bytes = append(ws.bytes, article...)
			}
		}
		ws.bytes = arabic.AppendKey(ws.bytes, t.Norm[w.start:k.End])
		ws.at = append(ws.at, int32(len(ws.bytes)))
		ws.bytes = arabic.AppendKey(ws.bytes, t.Norm[k.Bare:k.End])
		ws.at = append(ws.at, int32(len(ws.bytes)))
		if k.Kind == arabic.Word {
			n := arabic.Count(t.Norm[k.Start:k.End])
			if k.Start != k.Bare {
				n = max(n, arabic.Count(t.Norm[k.Bare:k.End]))
			}
			w.freq = uint8(bits.Len32(n))
		}
		ws.w = append(ws.w, w)
	}
	arena := string(ws.bytes)
	from := int32(0)
	for i := range ws.w {
		w, at := &ws.w[i], ws.at[3*i:3*i+3]
		w.full, w.core, w.bare = arena[from:at[0]], arena[at[0]:at[1]], arena[at[1]:at[2]]
		from = at[2]
		if w.full != "" {
			w.wf = g.Word(w.full)
			w.lists = g.InMask(w.wf)
			w.wc, w.wb = w.wf, w.wf
			if w.core != w.full {
				w.wc = g.Word(w.core)
				w.wb = w.wc
				w.lists |= g.InMask(w.wc)
			}
			if w.bare != w.core {
				w.wb = g.Word(w.bare)
				w.lists |= g.InMask(w.wb)
			}
			w.lists = lists.of(w.lists)
			if w.core != w.full && !t.Tokens[i].Has(arabic.Al) && w.lists&listNames != 0 {
				whole, inner := lists.of(g.InMask(w.wf)), lists.of(g.InMask(w.wc))
				if whole&listNames != 0 && inner&listNames == 0 {
					w.whole(whole) // فرناندو, not ف before رناندو
				}
			}
			w.hc, w.hb = hashString(w.core), hashString(w.bare)
		}
		ws.full = append(ws.full, w.wf)
	}
}

// whole undoes the split of proclitics from a word that is a name as it stands;
// lists are the lists that hold it.
func (w *word) whole(lists uint64) {
	w.core, w.bare, w.wc, w.wb, w.lists = w.full, w.full, w.wf, w.wf, lists
	w.hc = hashString(w.full)
	w.hb, w.start, w.virtual = w.hc, w.begin, false
}

// hashString is FNV-1a over eight bytes at a time; only its stability matters.
func hashString(s string) uint64 {
	h := uint64(14695981039346656037)
	for len(s) >= 8 {
		h = (h ^ load(s[:8])) * 0x9E3779B97F4A7C15
		h ^= h >> 29
		s = s[8:]
	}
	return (h ^ load(s) ^ uint64(len(s))<<56) * 0x9E3779B97F4A7C15
}

// load reads up to eight bytes, little end first.
func load(s string) uint64 {
	var v uint64
	for i := range min(len(s), 8) {
		v |= uint64(s[i]) << (8 * i)
	}
	return v
}
