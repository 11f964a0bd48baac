package fact

import (
	"strings"

	"github.com/sila-graph/sila/extract/arabic"
	"github.com/sila-graph/sila/extract/doc"
)

// finite says whether item n is a verb. Of the light words that may be masdars,
// too, only a verb at the head of its clause counts: شن of «شن التحالف غارات», not
// of «محاولة شن هجوم».
func (p *parser) finite(n int) bool {
	it := &p.items[n]
	own := it.prep != "" && int(it.prepAt) == n
	if !p.isVerb(n) {
		return it.kind == itNoun && !it.al && !own && p.lex.verbForms[p.t.Base(int(it.first))]
	}
	if it.kind == itTrig && !it.wa && !p.presentAt(n) && homograph(it.word) {
		for m := n - 1; m >= 0 && m >= n-5; m-- { // يعتزم الجيش قصف المدينة: the object
			q := &p.items[m]
			if q.kind == itNP || q.kind == itQuote || q.kind == itNoun && q.al {
				continue
			}
			if (p.effect(m) != efNone && m < n-1 || it.enc != arabic.NoEnclitic) && p.finite(m) {
				return false
			}
			break
		}
	}
	if (it.kind == itVerb || it.kind == itTrig) && (own || n > 0 && p.items[n-1].kind == itPrep && p.items[n-1].enc == arabic.NoEnclitic) && !p.presentAt(n) {
		return false // إلى رفع الحصار
	}
	if it.kind != itVerb || it.class&clLight == 0 {
		return true
	}
	switch {
	case p.used(n, useLightNoun):
		return false
	case p.used(n, useLightBoth):
		if it.al {
			return false
		}
		for m := n - 1; m >= 0 && m >= n-3; m-- {
			switch q := &p.items[m]; {
			case q.kind == itPrep, p.effect(m) != efNone && !p.isVerb(m), q.kind == itVerb || q.kind == itTrig:
				return false
			case q.kind == itComp || q.kind == itRel || q.kind == itComma || q.kind == itColon || q.kind == itConj:
				return true
			}
		}
		return true
	}
	return true
}

// overVerb reads what the verb at item n says of itself, and what stands before
// it in its clause, and returns the item that embeds the clause, -1 for none.
func (p *parser) overVerb(n int, st doc.Status) (doc.Status, int) {
	it := &p.items[n]
	k := &p.t.Tokens[it.first]
	present := p.presentAt(n)
	switch {
	case it.future && n > 0 && p.counterfactual(n):
		return under(st, efNegate), -1 // كان سيزور
	case it.future:
		return under(st, efIntend), -1
	case present && k.Has(arabic.La) && p.used(n, useResult):
		return st, -1
	case present && k.Has(arabic.La):
		return under(st, efIntend), -1 // ليحرر
	}
	for m := n - 1; m >= 0 && m >= n-reach; m-- {
		q := &p.items[m]
		switch q.kind {
		case itPrep:
			if m == n-1 && present && p.t.Base(int(q.first)) == "حتى" {
				return under(st, efIntend), -1
			}
			continue
		case itQuote, itParen, itNum:
			continue
		case itNP:
			continue // the subject, before the verb
		case itNeg:
			switch f := p.t.Base(int(q.first)); {
			case f == "ما":
				if !present && (m == 0 || p.items[m-1].kind == itComp || p.items[m-1].kind == itColon || p.items[m-1].kind == itQuote) && !p.lasting(m+1) && p.items[n].class&clLight == 0 {
					st = under(st, efNegate)
				} else {
					return st, -1 // ما أدى إلى
				}
			case p.lasting(m + 1):
			case f == "غير":
				return st, -1
			case m < n-2 && !p.adjacent(m, n):
				return st, -1
			case m > 0 && p.t.Base(int(p.items[m-1].first)) == "ما" && f == "لم":
				return under(st, efPossible), -1 // ما لم تنسحب
			case p.except(n):
				return st, -1 // لم يزر سوى
			default:
				st = under(st, efNegate)
			}
			continue
		case itComp:
			return p.overClause(m, n, st)
		case itRel, itColon:
			return st, -1
		case itConj:
			switch f := p.t.Base(int(q.first)); {
			case q.class&clCond != 0:
				return under(st, efPossible), -1
			case (f == "او" || f == "ثم") && present:
				return st, p.sister(m, true)
			case f == "لولا":
				return under(st, efNegate), -1
			}
			return st, -1
		case itComma:
			if it.wa && present {
				return st, p.sister(m, true)
			}
			return st, -1
		case itVerb, itSay, itTrig:
			if !p.finite(m) {
				if q.kind == itTrig {
					continue // قصف, the subject's noun
				}
				return st, -1
			}
			switch b := p.t.Base(int(q.first)); {
			case b == "كان" || b == "كانت" || b == "كانوا" || b == "يكون" || b == "تكون" || b == "ليكون":
				continue
			case p.lasting(m):
				continue
			case it.wa && present:
				return st, p.sister(m+1, true)
			case it.wa:
				return p.joined(m, st), -1
			case present && p.effect(m) != efNone && q.kind != itSay:
				return p.overWord(m, st) // كاد يقتل, حاول يفر
			}
			return st, -1
		case itNoun:
			switch e := p.effect(m); {
			case p.t.Base(int(q.first)) == "قد":
				if present {
					st = under(st, efPossible)
				}
			case p.t.Base(int(q.first)) == "سوف":
				st = under(st, efIntend)
			case q.class&clCond != 0 && p.t.Base(int(q.first)) != "ان":
				return under(st, efPossible), -1
			case e == efNegate && p.lex.verbForms[p.t.Base(int(q.first))] && present:
				if p.negated(m) {
					return st, -1 // لم يكد يصل حتى
				}
				return under(st, e), -1
			case !q.al && (e == efPossible || e == efNegate) && m == n-1:
				st = under(st, e)
			}
		}
	}
	return st, -1
}

// joined is the status of a past verb that و joins to the verb at item m: of what
// makes that one doubtful, «يبدو أن المقاتلين عبروا الحدود وهاجموا».
func (p *parser) joined(m int, st doc.Status) doc.Status {
	if up, _ := p.overVerb(m, st); up == doc.Possible {
		return up
	}
	return st
}

// lasting says whether item m is the verb of «ما زال», «لا يزال», which is no negation.
func (p *parser) lasting(m int) bool {
	if m >= len(p.items) {
		return false
	}
	return p.used(m, useLasting)
}

// except says whether an exception follows the verb at item n: «لم يلتق إلا».
func (p *parser) except(n int) bool {
	for m := n + 1; m < len(p.items) && m <= n+reach; m++ {
		switch it := &p.items[m]; p.t.Base(int(it.first)) {
		case "سوى":
			return true
		case "الا":
			return m+1 < len(p.items) && p.items[m+1].kind != itComp
		}
		if k := p.items[m].kind; k == itComma || k == itComp {
			return false
		}
	}
	return false
}

// adjacent says whether nothing but auxiliaries, nouns and phrases stands between
// two items.
func (p *parser) adjacent(m, n int) bool {
	if m+1 < n && p.items[m+1].kind == itNoun && !p.items[m+1].al && !p.used(m+1, useAux) {
		switch b := p.t.Base(int(p.items[m+1].first)); {
		case strings.HasPrefix(b, "ي"), strings.HasPrefix(b, "ت"):
			return false // لم يمض: the verb that it negates, too short to tell
		}
	}
	for k := m + 1; k < n; k++ {
		switch it := &p.items[k]; it.kind {
		case itTrig, itSay, itConj, itComma, itComp, itRel:
			return false
		case itVerb:
			if !p.used(k, useAux) {
				return false
			}
		}
	}
	return true
}

// counterfactual says whether كان stands before the future verb at item n in its clause.
func (p *parser) counterfactual(n int) bool {
	for m := n - 1; m >= 0 && m >= n-6; m-- {
		switch b := p.t.Base(int(p.items[m].first)); {
		case b == "كان" || b == "كانت" || b == "كانوا":
			return true
		case p.items[m].kind == itComp || p.items[m].kind == itComma || p.items[m].kind == itSay || p.items[m].kind == itRel:
			return false
		}
	}
	return false
}

// negated says whether a negation stands right before the verb at item n.
func (p *parser) negated(n int) bool {
	for m := n - 1; m >= 0 && m >= n-2; m-- {
		if p.items[m].kind == itNeg {
			b := p.t.Base(int(p.items[m].first))
			return b == "لم" || b == "لن" || b == "لا"
		}
		if p.items[m].kind == itComma || p.items[m].kind == itNP {
			return false
		}
	}
	return false
}

// sister returns the word that the one at item n is joined to by و, looking back
// from item m: the nearest verb, or event noun, of the same kind. -1 for none.
func (p *parser) sister(m int, verb bool) int {
	for k := m - 1; k >= 0 && k >= m-reach; k-- {
		it := &p.items[k]
		switch it.kind {
		case itTrig, itVerb, itSay:
			if verb && p.finite(k) && p.presentAt(k) {
				return k
			}
			if p.finite(k) {
				return -1
			}
			if !verb {
				return k
			}
		case itNoun:
			if !verb && p.effect(k) != efNone {
				return -1
			}
		case itComp, itRel, itColon:
			return -1
		case itConj:
			if verb {
				return -1
			}
		}
	}
	return -1
}

func (p *parser) presentAt(n int) bool {
	it := &p.items[n]
	f := p.t.Norm[p.t.Tokens[it.first].Bare:p.t.Tokens[it.first].End]
	if len(f) < 6 || p.used(n, usePast) {
		return false
	}
	switch f[:2] {
	case "ي", "ن":
		return true
	case "ت":
		if it.word == nil {
			return true
		}
		for i := range it.word.triggers {
			if it.word.triggers[i].kind == past {
				return false // تحركت, تمكن
			}
		}
		return it.class&clPast == 0 && !p.lex.tPast[f]
	}
	return false
}
