package mention

import (
	"github.com/sila-graph/sila/extract/arabic"
	"github.com/sila-graph/sila/extract/doc"
)

// placeBefore shortens a span that ends in a country's adjective to the place
// before it: «مدينتي الموصل العراقية والرقة السورية» names الموصل, and العراقية names
// the country. It returns the new end, last itself where that is no such span.
func (r *Recognizer) placeBefore(first, last int32) int32 {
	for s := first + 1; s <= last; s++ {
		m := &r.matches[s]
		if m.nisbaN == 0 || s+m.nisbaN-1 != last || m.nisba[0].Kind != "country" {
			continue
		}
		for i := first; i < s; i++ {
			if p := &r.matches[i]; p.n > 0 && i+p.n == s && p.best().Type == doc.Place && p.exact {
				return s - 1
			}
		}
	}
	return last
}

// addJoined adds places that are common words too (الرمادي, القاع, هيت) where و
// joins them to a place that was found: in a list of places they are no
// adjectives. A country's adjective may stand between.
func (r *Recognizer) addJoined(t *arabic.Text) {
	for changed := true; changed; {
		changed = false
		for i := int32(0); i < int32(len(r.matches)); i++ {
			m := &r.matches[i]
			if m.n == 0 || !m.exact || r.inside[i] != 0 || m.best().Type != doc.Place || !r.joins(t, i, m.n) {
				continue
			}
			free := true
			for j := i; j < i+m.n; j++ {
				free = free && r.inside[j] == 0
			}
			if free {
				r.addSpan(t, i, i+m.n-1, classOf(doc.Place), ByGazetteer)
				changed = true
			}
		}
	}
}

// joins says whether the n tokens from i on stand in a list beside a place:
// with و themselves behind one, or before one that has و.
func (r *Recognizer) joins(t *arabic.Text, i, n int32) bool {
	place := 1 + classOf(doc.Place)
	if r.hasWa(t, i) {
		p := i - 1
		if p > 0 && r.inside[p] == 0 && r.matches[p].nisbaN > 0 {
			p--
		}
		if p >= 0 && r.inside[p] == place {
			return true
		}
	}
	next := i + n
	if int(next) < len(r.matches) && r.inside[next] == 0 && r.matches[next].nisbaN > 0 {
		next++
	}
	return int(next) < len(r.matches) && r.hasWa(t, next) && r.inside[next] == place
}

// hasWa says whether و stands before the word of token i, also where only the
// gazetteer knows it for what it is (ودكا).
func (r *Recognizer) hasWa(t *arabic.Text, i int32) bool {
	k := &t.Tokens[i]
	if k.Has(arabic.Wa) {
		return true
	}
	lead := t.Norm[k.Start:max(k.Start, r.words.w[i].start)]
	return len(lead) >= 2 && lead[:2] == "و"
}

// holderAfter finds the person whose office a span begins with: behind a job noun
// («مدير أمن الميناء عبد الملك الشرعبي») «عبد …» and what follows it at the end of a
// body's name are the holder, not the body. It returns where the person begins,
// 0 for none.
func (r *Recognizer) holderAfter(t *arabic.Text, first, last int32) int32 {
	w := r.words.w
	if first == 0 || w[first-1].lists&listJobs == 0 {
		return 0
	}
	for p := first + 1; p+1 < last; p++ {
		if w[p].core == "عبد" && t.Tokens[p+1].Has(arabic.Al) && last-p <= 4 {
			return p
		}
	}
	return 0
}
