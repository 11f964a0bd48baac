package fact

import (
	"github.com/sila-graph/sila/extract/arabic"
	"github.com/sila-graph/sila/extract/doc"
	"github.com/sila-graph/sila/extract/mention"
)

// lasts says whether a fact of the type holds over time, so that it can be over.
func lasts(typ string) bool {
	switch typ {
	case "Agree", "Control", "Besiege", "MemberOf", "AffiliatedWith", "HoldsPosition", "Support", "Cooperate", "LocatedIn", "Host", "Sanction":
		return true
	}
	return false
}

// over says whether the sentence tells that what the word at item n names has
// ended: «انهارت الهدنة», «رفع الحصار», «فقدت سيطرتها», «الاتفاق المنهار». Where
// the ending itself is only planned or denied, nothing has ended.
func (p *parser) over(n int) bool {
	for m := n + 1; m < len(p.items) && m <= n+6; m++ {
		it := &p.items[m]
		if it.kind == itNoun && (it.class&clFormer != 0 || p.used(m, useBygone)) {
			return true // الهدنة المنهارة, الحليف السابق
		}
		if it.kind != itNP && it.kind != itQuote && it.kind != itNoun && it.kind != itPrep {
			break
		}
		if it.kind == itNoun && !it.al && m > n+1 {
			break
		}
	}
	for m := n - 1; m >= 0 && m >= n-8; m-- {
		it := &p.items[m]
		switch it.kind {
		case itNP, itQuote, itParen, itPrep, itNum:
			continue
		case itComma, itComp, itRel, itConj, itColon:
			return false
		}
		if p.lex.ends[p.t.Base(int(it.first))] {
			return p.status(m) == doc.Actual
		}
		if p.finite(m) {
			return false
		}
	}
	return false
}

// usedTo says whether the verb at item n tells what was so and no longer is:
// «كان يسيطر على», «ظل يحكم».
func (p *parser) usedTo(n int) bool {
	if !p.presentAt(n) {
		return false
	}
	for m := n - 1; m >= 0 && m >= n-6; m-- {
		switch p.t.Base(int(p.items[m].first)) {
		case "كان", "كانت", "كانوا", "ظل", "ظلت":
			return true
		}
		if k := p.items[m].kind; k == itComma || k == itComp || k == itConj || k == itSay || k == itNeg {
			return false
		}
	}
	return false
}

// states gives the states that the sentence tells (from candidate first on)
// their status, and whether they are over: what governs the phrase says so, as
// with events. «ليست سويسرا عضوا», «لم يعد حزب الأمة عضوا», «انسحبت قطر من أوبك».
func (x *run) states(first int) {
	p := &x.parser
	for i := first; i < len(x.cands); i++ {
		c := &x.cands[i]
		if c.item >= 0 || c.typ.Name == "Say" || c.rule == "loser" || len(c.agents) == 0 || len(c.patients) == 0 {
			continue
		}
		a, b := p.itemOf(c.agents[0], c.first, c.last), p.itemOf(c.patients[0], c.first, c.last)
		if a < 0 || b < 0 {
			continue
		}
		x.stateStatus(c, min(a, b), max(a, b))
	}
}

// itemOf returns the item within tokens first to last that stands for the entity, -1 for none.
func (p *parser) itemOf(ent, first, last int32) int {
	for m := range p.items {
		if it := &p.items[m]; it.kind == itNP && it.ent == ent && it.last >= first && it.first <= last {
			return m
		}
	}
	return -1
}

func (x *run) stateStatus(c *cand, a, b int) {
	p := &x.parser
	if !lasts(c.typ.Name) || c.rule == "nested" || c.rule == "known" {
		return
	}
	if c.typ.Name == "LocatedIn" || c.typ.Name == "AffiliatedWith" {
		for m := a; m <= b+1 && m < len(p.items); m++ {
			if it := &p.items[m]; it.kind == itNoun && it.class&clFormer != 0 && m == b+1 {
				c.ended = true // الاتحاد السوفياتي السابق
			}
		}
		return
	}
	if q := p.items[b].prep; c.typ.Name == "MemberOf" && (q == "من" || q == "عن") {
		for m := a - 1; m >= 0 && m >= a-3; m-- { // انشق فلان … عن الحزب
			if p.finite(m) && p.lex.leaves[p.t.Base(int(p.items[m].first))] {
				c.ended = p.status(m) == doc.Actual
				return
			}
		}
	}
	for m := b; m >= 0 && m >= b-reach; m-- {
		it := &p.items[m]
		base := p.t.Base(int(it.first))
		switch {
		case it.kind == itNP:
			if m > a && m < b || m == a && it.span >= 0 && p.m.Spans[it.span].Kind == mention.Nominal {
				for k := it.first; k <= it.last; k++ {
					if w := p.lex.look(p.t, int(k)); w != nil && w.class&clFormer != 0 {
						c.ended = true
						return
					}
				}
			}
			continue
		case c.typ.Name == "HoldsPosition" && (base == "شغل" || base == "شغلت"):
			c.ended = true
			return
		case c.typ.Name == "HoldsPosition" && p.used(m, useAspire):
			c.status = doc.Intended
			return
		case it.kind == itNoun && (it.class&clFormer != 0 || p.used(m, useBygone)) && m > a:
			c.ended = true // العضو السابق في
			return
		case base == "ليس" || base == "ليست" || base == "ليسوا":
			c.status = doc.Negated
			return
		case (base == "يعد" || base == "تعد" || base == "يعودوا") && p.negated(m):
			c.ended = true
			return
		case c.typ.Name == "MemberOf" && p.finite(m) && p.lex.leaves[base]:
			c.ended = p.status(m) == doc.Actual
			return
		case it.kind == itComma, it.kind == itColon, it.kind == itComp:
			return
		case it.kind != itQuote && m < b && p.effect(m) == efPossible && !p.negated(m):
			if m > a || p.finite(m) {
				c.status = doc.Possible // يشتبه في انتمائه, بتهمة الانتماء
			}
			return
		case p.finite(m) && m < a:
			return
		}
	}
}

// officeStatus reads what stands around a title: «المرشح لرئاسة», «يطمح إلى رئاسة»,
// «شغل منصب سفير», «غادر … منصبه».
func (x *run) officeStatus(c *cand) {
	p := &x.parser
	t := p.t
	before := func(k int32) string {
		if k < 0 || t.Tokens[k].Kind != arabic.Word {
			return ""
		}
		return t.Base(int(k))
	}
	k := c.first - 1
	for i := 0; i < 2; i++ {
		if p.lex.plays(before(k), usePost) {
			k--
		}
	}
	switch b := before(k); {
	case p.lex.plays(b, useAspire):
		c.status = doc.Intended
	case p.lex.plays(b, useHeld):
		if before(k) != "تولى" || k < c.first-1 {
			c.ended = true
		}
	}
	sent := t.Sentences[c.sentence]
	for m := c.last + 1; m < sent.Last && m < c.last+8; m++ {
		if b := t.Base(int(m)); b == "منصب" && t.Tokens[m].Enc == arabic.Hu || b == "مهام" && t.Tokens[m].Enc == arabic.Hu || b == "ولايت" && before(m-1) == "منتهية" {
			for g := c.first - 1; g >= sent.First && g >= c.first-3; g-- {
				if p.lex.plays(before(g), useVacate) {
					c.ended = true
				}
			}
		}
	}
}
