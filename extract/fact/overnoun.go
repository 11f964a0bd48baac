package fact

import (
	"github.com/sila-graph/sila/extract/arabic"
	"github.com/sila-graph/sila/extract/doc"
)

// overNoun reads what governs the event noun at item n: prepositions, nouns in
// whose idafa it stands, the verb of its clause.
func (p *parser) overNoun(n int, st doc.Status) (doc.Status, int) {
	it := &p.items[n]
	if it.prep == "ل" && int(it.prepAt) == n && !p.dative(n) {
		return under(st, efIntend), -1 // لتحرير, لبحث: a purpose
	}
	joined := it.wa && it.prep == ""
	inside := false // في هجوم: what negates the clause does not negate the event
	if it.prep == "في" {
		inside = true
	}
	if joined {
		if s := p.sister(n, false); s >= 0 && s >= n-8 {
			return st, s
		}
	}
	for m := n - 1; m >= 0 && m >= n-reach; m-- {
		q := &p.items[m]
		switch q.kind {
		case itNP, itQuote, itParen, itNum:
			if q.prep == "ل" && int(q.prepAt) == m && q.head == headOther {
				continue
			}
			continue
		case itPrep:
			if p.lex.plays(q.prep, useSettled) {
				return st, -1
			}
			switch q.prep {
			case "لاجل", "بهدف":
				return under(st, efIntend), -1
			case "دون", "بدون":
				return under(st, efNegate), -1
			}
			continue
		case itNeg:
			switch b := p.t.Base(int(q.first)); b {
			case "عدم", "دون", "بدون", "بلا", "انعدام":
				st = under(st, efNegate)
				if b != "عدم" && b != "انعدام" {
					return st, -1
				}
				continue
			case "لا":
				if m == n-1 || p.t.Tokens[q.first].Has(arabic.Ba) {
					st = under(st, efNegate)
				}
				continue
			case "ليس", "ليست":
				return under(st, efNegate), -1
			case "غير":
				if m+1 < len(p.items) {
					switch b := p.t.Base(int(p.items[m+1].first)); {
					case b == "مؤكد" || b == "مؤكدة":
						return under(st, efPossible), -1
					case !p.items[m+1].al && p.items[m+1].kind != itNP:
						return under(st, efNegate), -1 // غير مشارك في
					}
				}
				return st, -1
			case "ما":
				return st, -1
			default:
				if e := p.effect(m); e != efNone {
					return under(st, e), m
				}
			}
			continue
		case itComp:
			return p.overClause(m, n, st)
		case itRel, itColon:
			return st, -1
		case itConj:
			if q.class&clCond != 0 {
				return under(st, efPossible), -1
			}
			return st, -1
		case itComma:
			if joined || m == n-1 {
				continue
			}
			return st, -1
		case itSay:
			e := p.effect(m)
			if m > 0 && p.items[m-1].kind == itNeg && p.t.Base(int(p.items[m-1].first)) == "غير" {
				return under(st, efPossible), -1 // تقارير غير مؤكدة عن
			}
			if e == efNone {
				if p.negated(m) && st == doc.Actual {
					return p.unsaid(m), -1
				}
				return st, -1
			}
			if e == efHold || (e == efNegate || e == efDeny) && p.spoken(n) {
				return st, -1
			}
			return p.overWord(m, st)
		}
		e := p.effect(m)
		if p.finite(m) {
			switch {
			case e == efHold:
				return st, -1
			case m > 0 && p.items[m-1].kind == itRel && p.far(m, n):
				return st, -1
			}
			if inside && !p.complement(m) {
				if e == efNegate || p.negated(m) {
					return st, -1
				}
			}
			if e == efIntend && p.performs(n) {
				return st, -1
			}
			if p.orders(m, n) && !p.performs(n) {
				return under(st, efIntend), -1
			}
			return p.overWord(m, st)
		}
		// A noun or participle.
		switch {
		case q.class&clTimeWord != 0, p.adverb(m) && e == efNone:
		case q.al && q.kind == itNoun && m < n-1 && e != efPossible && !(e == efHold && m == n-2):
		case m == n-1 && (p.t.Base(int(q.first)) == "معارك" || p.t.Base(int(q.first)) == "معركة") && p.items[n].word != nil && masdarOnly(p.items[n].word):
			st = under(st, efIntend) // معركة تحرير المدينة
		case e == efHold && !p.blamed(m):
			return st, -1
		case e == efPass:
			return st, m
		case inside && m < int(it.prepAt)-1 && e != efHold && !(m == int(it.prepAt)-2 && p.items[m+1].kind == itPrep):
			continue // صناعة الشائعات في حربها; but المشتبه به في قتل
		case e == efDeny && m > 0 && p.t.Base(int(p.items[m-1].first)) == "او":
			return under(st, efPossible), -1 // تأكيد أو نفي
		case e == efHold && p.blamed(m):
			return under(st, efPossible), -1 // حملت طهران مسؤولية مهاجمة
		case e != efNone:
			if q.prep == "ل" && int(q.prepAt) == m {
				return under(st, e), -1
			}
			return under(st, e), m
		case q.kind == itTrig && !q.al && !joined && q.enc == arabic.NoEnclitic && m == n-1 && p.items[n].prep == "":
			// the first part of an idafa
		case q.kind == itNoun && q.prep == "ل" && int(q.prepAt) == m && !p.dative(m):
			if p.chained(m, n) {
				return under(st, efIntend), -1 // لوقف, لشن هجوم
			}
		}
		switch q.prep {
		case "خلال", "بعد", "عقب", "منذ", "غداة":
			if int(q.prepAt) == m {
				return st, -1
			}
		}
	}
	return st, -1
}

// complement says whether the verb at item m takes what it governs with في: «فشل في».
func (p *parser) complement(m int) bool {
	return p.used(m, useIn)
}

// far says whether a phrase or mark stands between two items.
func (p *parser) far(m, n int) bool {
	for k := m + 1; k < n; k++ {
		if p.items[k].kind == itComma {
			return true
		}
	}
	return false
}

// chained says whether only nouns without article lead from item m to item n.
func (p *parser) chained(m, n int) bool {
	for k := m + 1; k < n; k++ {
		if it := &p.items[k]; it.kind != itNoun && it.kind != itTrig || it.al {
			return false
		}
	}
	return true
}

// orders says whether the verb at item m orders with ب the event at item n:
// «وجه بنقل المساعدات», not «وجه ضربة».
func (p *parser) orders(m, n int) bool {
	if !p.used(m, useOrder) {
		return false
	}
	for k := m + 1; k <= n; k++ {
		if it := &p.items[k]; it.prep == "ب" && int(it.prepAt) == k && it.kind != itNP {
			return true
		}
	}
	return false
}

// blamed says whether somebody is charged with the responsibility at item m.
func (p *parser) blamed(m int) bool {
	if p.t.Base(int(p.items[m].first)) != "مسؤولية" {
		return false
	}
	for k := m - 1; k >= 0 && k >= m-reach; k-- {
		if p.used(k, useBlame) || p.used(k, useBlaming) {
			return true
		}
	}
	return false
}

// complemented says whether a preposition right behind the masdar at item n brings
// its object: «للانضمام إلى», «للإطاحة بالرئيس».
func (p *parser) complemented(n int) bool {
	if n+1 >= len(p.items) {
		return false
	}
	it := &p.items[n+1]
	return it.kind == itPrep || it.prep != "" && int(it.prepAt) == n+1
}

// masdarOnly says whether the word tells events as a masdar, not as a noun.
func masdarOnly(w *word) bool {
	for i := range w.triggers {
		if w.triggers[i].kind == noun {
			return false
		}
	}
	return len(w.triggers) > 0
}

// dative says whether the ل of the noun at item n belongs to the word before, as
// its object: «تعرضت لهجوم», «رفضه لقصف», «ردا لقصف»; not a purpose.
func (p *parser) dative(n int) bool {
	if it := &p.items[n]; it.al && (it.word == nil || !masdarOnly(it.word) || !p.complemented(n)) {
		return true // للهجوم; but للانضمام, للإطاحة
	}
	for m := n - 1; m >= 0 && m >= n-8; m-- {
		it := &p.items[m]
		switch it.kind {
		case itNP, itQuote, itPrep, itNum:
			continue
		case itNoun, itTrig, itVerb, itSay:
			if p.used(m, useDative) {
				return true
			}
			if p.effect(m) == efHold {
				return true // أسف لقصف
			}
			if it.kind == itTrig && it.enc != arabic.NoEnclitic && m == n-1 && !p.finite(m) {
				return true // إدانته لقصف
			}
			if it.kind == itVerb || it.kind == itTrig || it.kind == itSay || p.finite(m) {
				return false
			}
			continue
		default:
			return false
		}
	}
	return false
}

// after reads adjectives and clauses behind an event noun that say how it stands:
// «اللقاء المرتقب», «الهجوم المزعوم», «اجتماع سيعقد», «هجوم نسب إلى».
func (p *parser) after(n int) effect {
	for m := n + 1; m < len(p.items) && m <= n+8; m++ {
		it := &p.items[m]
		switch it.kind {
		case itNP, itQuote, itParen, itRel, itNum:
			continue
		case itPrep:
			if p.t.Base(int(it.first)) == "من" && m > 0 && p.items[m-1].kind == itRel && m+1 < len(p.items) {
				return p.effect(m + 1) // الزيارة التي من المقرر أن
			}
			if it.enc != arabic.NoEnclitic {
				continue
			}
			return efNone
		case itNoun:
			if e := p.effect(m); it.al == p.items[n].al || it.al {
				switch {
				case p.used(m, usePlanned):
					if it.al == p.items[n].al || p.items[n].enc != arabic.NoEnclitic || p.idafa(n) >= 0 {
						return e
					}
				case p.used(m, useAlleged):
					return e
				}
			}
			continue
		case itVerb, itTrig, itSay:
			if p.used(m, useImpute) {
				return efPossible
			}
			if !p.finite(m) {
				continue
			}
			if it.future && it.class&(clLight|clVerb) != 0 {
				return efIntend
			}
			return efNone
		default:
			return efNone
		}
	}
	return efNone
}
