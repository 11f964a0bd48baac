package fact

import (
	"github.com/sila-graph/sila/extract/arabic"
)

// content returns the first item of what the verb of saying at item n brings,
// -1 for nothing, and whether it is a clause (behind أن, a colon or a quotation
// mark) or a noun phrase. trailing: what is said goes before.
func (p *parser) content(n int) (start int, clause, trailing bool) {
	noun := -1
	sub := p.sayer(n)
	seen := 0
	for k := n + 1; k < len(p.items); k++ {
		it := &p.items[k]
		switch it.kind {
		case itComp:
			return k + 1, true, false
		case itColon:
			return k + 1, true, false
		case itQuote:
			if !p.quotesName(k) {
				return k + 1, true, false
			}
		case itSay:
			if it.class&clSay != 0 {
				k = len(p.items)
			} else if noun < 0 {
				noun = k
			}
		case itVerb:
			switch {
			case !p.finite(k): // مشيرا إلى مواصلة الدعم
				if noun < 0 {
					noun = k
				}
			case k > 0 && p.items[k-1].kind != itRel && it.enc == arabic.NoEnclitic:
				k = len(p.items)
			}
		case itTrig:
			if p.isVerb(k) && p.items[k-1].kind != itRel && k > n+1 && (it.wa || !homograph(it.word)) {
				k = len(p.items)
			} else if noun < 0 && !p.temporal(it.prep) {
				noun = k
			}
		case itNoun:
			seen++
			if noun < 0 && !p.temporal(it.prep) && !p.adverb(k) && !(sub == nounSubject && seen == 1) && !it.heads && k > sub {
				noun = k
			}
		case itConj:
			if k > n+1 {
				k = len(p.items)
			}
		}
	}
	if p.trails(n) {
		return -1, false, true
	}
	return noun, false, false
}

// temporal says whether a preposition brings the time or occasion of an event.
func (p *parser) temporal(prep string) bool { return p.lex.plays(prep, useTemporal) }

// quotesName says whether the quotation mark at item k opens a name or a single
// word, not a statement.
func (p *parser) quotesName(k int) bool {
	for m := k + 1; m < len(p.items) && m <= k+4; m++ {
		if p.items[m].kind == itQuote {
			return true
		}
	}
	return false
}

// trails says whether the verb of saying at item n stands behind what is said:
// «كما أعلن مكتبه», «حسبما ذكرت الوكالة», or behind a closed quotation or comma
// with nothing but its subject after it.
func (p *parser) trails(n int) bool {
	if n == 0 {
		return false
	}
	switch p.t.Base(int(p.items[n-1].first)) {
	case "ما", "الذي":
		if p.items[n].enc == arabic.Hu && n > 1 && p.effect(n) != efDeny {
			switch p.t.Base(int(p.items[n-2].first)) {
			case "هو", "امر", "خبر", "نبا":
				return true // وهو ما أكده محاميه
			}
		}
		return n > 1 && p.items[n-2].class&clSource != 0
	}
	if p.lex.plays(p.t.Base(int(p.items[n-1].first)), useAs) {
		return n > 2 || p.items[0].first < p.items[n-1].first
	}
	prev := p.items[n-1].kind
	if p.items[n].wa || prev != itQuote && prev != itComma {
		return false
	}
	rest := 0
	for m := n + 1; m < len(p.items); m++ {
		if p.items[m].kind == itNP || p.items[m].kind == itNoun {
			rest++
		} else if p.items[m].kind == itTrig {
			return false
		}
	}
	return rest <= 4
}

// contentEnd returns where what is said from item start on ends: at the end of
// the sentence, or before a clause that goes on beside it.
func (p *parser) contentEnd(start int, clause bool) int {
	if start > 0 && p.items[start-1].kind == itQuote {
		if c := p.closing(start); c < len(p.items) {
			return c
		}
	}
	for m := start + 1; m < len(p.items); m++ {
		it := &p.items[m]
		if clause {
			continue
		}
		switch it.kind {
		case itComma:
			if m+1 < len(p.items) {
				switch p.t.Base(int(p.items[m+1].first)) {
				case "امر", "هو", "هي": // الأمر الذي نفاه, وهو ما أكده
					return m
				}
			}
		case itConj, itRel: // a relative clause is the narrator's
			return m
		case itVerb:
			if it.wa && p.items[m-1].kind != itRel {
				return m
			}
		case itTrig:
			if it.wa && p.isVerb(m) {
				return m
			}
		}
	}
	return len(p.items)
}
