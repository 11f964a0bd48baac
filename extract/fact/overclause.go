package fact

import (
	"github.com/sila-graph/sila/extract/arabic"
	"github.com/sila-graph/sila/extract/doc"
)

// overClause reads what governs the clause behind the complementiser at item m,
// whose verb is at item n.
func (p *parser) overClause(m, n int, st doc.Status) (doc.Status, int) {
	wish := m == n-1 && p.finite(n) && p.presentAt(n) // أن يزور, not أن الوزير يزور
	switch p.t.Base(int(p.items[m].first)) {
	case "كي", "لكي":
		return under(st, efIntend), -1
	case "حتى":
		if wish {
			return under(st, efIntend), -1
		}
		return st, -1
	case "لان":
		return st, -1
	}
	if p.t.Tokens[p.items[m].first].Has(arabic.La) && !wish {
		return st, -1 // لأن
	}
	if m > 0 && p.contrast(m-1) {
		return st, -1
	}
	for g := m - 1; g >= 0 && g >= m-reach; g-- {
		q := &p.items[g]
		switch q.kind {
		case itNP, itQuote, itParen, itNum, itComma:
			continue
		case itComp, itColon:
			return st, -1
		case itPrep:
			switch p.t.Base(int(q.first)) {
			case "الى":
				if g == m-1 && wish && (g == 0 || p.items[g-1].kind != itSay) {
					return under(st, efIntend), -1 // إلى أن تعود
				}
			case "بعد", "منذ":
				if g == m-1 {
					return st, -1
				}
			case "قبل":
				if g == m-1 {
					return st, -1
				}
			case "دون", "بدون":
				return under(st, efNegate), -1
			}
			continue
		case itNeg:
			if b := p.t.Base(int(q.first)); b == "دون" || b == "بدون" {
				return under(st, efNegate), -1
			} else if b == "غير" {
				return st, -1
			}
			continue
		case itRel:
			return st, -1
		case itConj:
			if q.class&clCond != 0 {
				return under(st, efPossible), -1
			}
			continue
		}
		e := p.effect(g)
		if b := p.t.Base(int(q.first)); q.al && b == "قول" && g > 0 && p.effect(g-1) == efPossible {
			return st, -1 // يمكن القول إن
		}
		verb := p.finite(g) || q.kind == itSay
		if q.kind == itVerb || q.kind == itTrig {
			verb = verb || p.finite(g)
		}
		switch {
		case verb && g > 0 && p.items[g-1].kind == itRel && m-g > 3:
			continue // الوزير الذي زار …، أن
		case q.kind == itSay:
			if e == efIntend && !wish || e == efHold || e == efNone || e == efPass {
				if wish && e == efNone {
					st = under(st, efIntend)
				}
				if p.negated(g) && st == doc.Actual {
					return p.unsaid(g), -1
				}
				return st, -1
			}
			return p.overWord(g, st)
		case verb && e == efHold:
			return st, -1
		case verb && e != efNone:
			return p.overWord(g, st)
		case verb:
			if wish {
				st = under(st, efIntend)
			}
			return st, g
		case p.t.Base(int(q.first)) == "بد":
			return under(st, e), -1 // لا بد أن
		case e != efNone && !(q.kind == itNoun && q.al && e == efHold):
			return under(st, e), g
		}
	}
	if wish {
		return under(st, efIntend), -1
	}
	return st, -1
}

// unsaid is the status of what the negated verb at item g would say: open where
// nobody confirms it, else as the narrator has it.
func (p *parser) unsaid(g int) doc.Status {
	switch p.t.Base(int(p.items[g].first)) {
	case "يؤكد", "تؤكد", "يؤكدوا":
		return doc.Possible
	}
	return doc.Actual
}
