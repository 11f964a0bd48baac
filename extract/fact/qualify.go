package fact

import (
	"strconv"
	"strings"

	"github.com/sila-graph/sila/extract/arabic"
	"github.com/sila-graph/sila/extract/doc"
)

// qualify fills status, source, place, time and count of a candidate whose
// trigger is item n of the current sentence.
func (x *run) qualify(c *cand, n int) {
	c.status = x.parser.status(n)
	c.source, c.sourceKind = x.sourceOf(n)
	if c.source >= 0 && (ownWord(c) || x.occasion(c, n)) {
		c.source = -1
	}
	c.places = x.placesOf(c, n)
	c.time = x.timeOf(n)
	switch c.typ.Name {
	case "Kill", "Injure", "Arrest":
		c.count = x.parser.countNear(n)
	}
}

// ownWord says whether a fact is the speaker's own act of speech or attitude,
// which the narrator tells: «وأعرب الوزير عن دعمه للمقاومة».
func ownWord(c *cand) bool {
	switch c.typ.Name {
	case "Say":
		return true
	case "Support", "Accuse", "Reject", "Threaten", "Request":
		return contains(c.agents, c.source)
	}
	return false
}

// occasion says whether a meeting or visit is only where something was said:
// «أكد الوزير خلال لقائه نظيره أن …».
func (x *run) occasion(c *cand, n int) bool {
	if c.typ.Name != "Meet" && c.typ.Name != "Visit" || x.parser.isVerb(n) {
		return false
	}
	for m := n; m >= 0 && m >= n-2; m-- {
		switch x.parser.items[m].prep {
		case "خلال", "اثناء", "هامش", "عقب":
			return true
		}
		switch x.parser.t.Base(int(x.parser.items[m].first)) {
		case "خلال", "اثناء", "هامش", "عقب":
			return true
		}
	}
	return false
}

// status reads how the clause of item n, and what embeds it, presents an event:
// from the trigger leftwards over what governs it.
func (p *parser) status(n int) doc.Status {
	it := &p.items[n]
	k := &p.t.Tokens[it.first]
	verb := p.isVerb(n)
	if it.future {
		return doc.Intended
	}
	if !verb && it.prep == "ل" && it.prepAt == int32(n) && !it.al && it.kind == itTrig {
		return doc.Intended // لتحرير, لبحث: a purpose
	}
	if verb && k.Has(arabic.La) {
		return doc.Intended // ليحرر
	}
	reached := n
	for m := n - 1; m >= 0; m-- {
		prev := &p.items[m]
		c := prev.class
		near := reached-m <= 6
		switch {
		case prev.kind == itNeg || c&clNeg != 0:
			if near && (m >= n-2 || !verb || p.negates(m, n)) {
				return doc.Negated
			}
		case prev.kind == itComma, prev.kind == itConj:
			if verb || prev.kind == itConj {
				return doc.Actual
			}
			reached -= 4
		case prev.kind == itColon:
			return doc.Actual
		}
		if !near {
			return doc.Actual
		}
		if p.t.Tokens[prev.first].Has(arabic.Sa) && prev.kind != itNP && !verb {
			return doc.Intended
		}
		switch {
		case c&clFail != 0:
			return doc.Negated
		case c&clManage != 0:
			return doc.Actual
		case c&clCond != 0 && verb && p.t.Form(int(prev.first)) != "ان":
			return doc.Possible
		case c&clPossible != 0:
			if f := p.t.Base(int(prev.first)); f == "قد" {
				if m == n-1 && p.presentAt(n) {
					return doc.Possible
				}
				continue
			}
			if prev.kind == itSay && verb {
				return doc.Possible
			}
			return doc.Possible
		case c&clIntend != 0 && (!verb || p.presentAt(n)):
			return doc.Intended
		}
		if prev.kind == itRel {
			return doc.Actual
		}
		if prev.kind == itTrig && verb && p.isVerb(m) || prev.kind == itVerb && verb && prev.class&(clLight) == 0 {
			return doc.Actual
		}
	}
	return doc.Actual
}

// negates says whether a negation at item m reaches the verb at item n: nothing
// but the verb's own auxiliaries stand between.
func (p *parser) negates(m, n int) bool {
	for k := m + 1; k < n; k++ {
		if it := &p.items[k]; it.kind == itTrig || it.kind == itSay || it.kind == itConj || it.kind == itComma {
			return false
		}
	}
	return true
}

func (p *parser) presentAt(n int) bool {
	it := &p.items[n]
	f := p.t.Norm[p.t.Tokens[it.first].Bare:p.t.Tokens[it.first].End]
	return strings.HasPrefix(f, "ي") || strings.HasPrefix(f, "ت") || strings.HasPrefix(f, "ن")
}

// sourceOf returns the entity on whose word the event at item n stands, -1 for
// the narrator's own, and the kind of source.
func (x *run) sourceOf(n int) (int32, string) {
	if v := x.voiceAt(n); v != nil && v.verb != n && v.ent >= 0 {
		return v.ent, "named"
	}
	return -1, ""
}

// placesOf lists the places of the event: those under في, ب or قرب in its
// clause that are no argument of it.
func (x *run) placesOf(c *cand, n int) []int32 {
	p := &x.parser
	var out []int32
	for m := max(0, n-6); m < len(p.items) && m <= n+12; m++ {
		it := &p.items[m]
		if m > n && (it.kind == itComp || it.kind == itRel) {
			break
		}
		if it.kind != itNP || p.typ(it.ent) != doc.Place {
			continue
		}
		switch it.prep {
		case "في", "ب", "قرب", "داخل", "وسط", "شمال", "جنوب", "شرق", "غرب", "فى":
			if contains(c.agents, it.ent) || contains(c.patients, it.ent) || contains(out, it.ent) {
				continue
			}
			out = append(out, it.ent)
		}
	}
	return out
}

func contains(s []int32, v int32) bool {
	for _, x := range s {
		if x == v {
			return true
		}
	}
	return false
}

// countNear reads the number of the victims from what stands next to the
// trigger: «مقتل 12 شخصا», «قتل ما لا يقل عن ثلاثة جنود».
func (p *parser) countNear(n int) *doc.Range {
	for m := n + 1; m < len(p.items) && m <= n+6; m++ {
		it := &p.items[m]
		if it.kind == itNum {
			v, err := strconv.Atoi(strings.ReplaceAll(p.t.Form(int(it.first)), ",", ""))
			if err != nil || v <= 0 || v > 1_000_000 {
				return nil
			}
			r := doc.Exactly(v)
			for k := m - 1; k > n && k >= m-4; k-- {
				switch p.t.Base(int(p.items[k].first)) {
				case "اكثر", "يقل", "الاقل", "اقل", "يزيد":
					r.High = nil
				}
			}
			return r
		}
		if w, ok := p.lex.numbers[p.t.Base(int(it.first))]; ok && it.kind != itNP {
			return doc.Exactly(w)
		}
		if it.kind == itNP || it.kind == itComma || it.kind == itComp {
			return nil
		}
	}
	return nil
}
