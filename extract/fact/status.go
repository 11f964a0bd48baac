package fact

import (
	"strings"

	"github.com/sila-graph/sila/extract/arabic"
	"github.com/sila-graph/sila/extract/doc"
)

// effect is what a word does to the status of what it governs.
type effect uint8

const (
	efNone     effect = iota
	efNegate          // فشل في, نفى, عدم
	efIntend          // يعتزم, دعا إلى, محاولة
	efPossible        // يشتبه, اتهم, احتمال
	efDeny            // نفى, استبعد: negates, and leaves open when negated itself
	efHold            // أوقف, أدان: what it governs did happen
	efPass            // تمكن من, واصل, تعرض ل: as the word itself
)

var effectNames = map[string]effect{"none": efNone, "negate": efNegate, "intend": efIntend, "possible": efPossible, "deny": efDeny, "hold": efHold, "pass": efPass}

// reach is how far a word governs, in items.
const reach = 14

// status reads how the sentence presents the event at item n: from its own form
// outwards over what governs it. What is embedded takes the status of what
// embeds it, until something presupposes it or says it as a fact.
func (p *parser) status(n int) doc.Status {
	st := doc.Actual
	if it := &p.items[n]; it.kind == itSay && it.class&clSay == 0 {
		return st // مشيدا, متهما: what the speaker does by saying it
	}
	if p.finite(n) && p.presentAt(n) && n+1 < len(p.items) && p.items[n+1].kind == itPrep && p.items[n+1].enc != arabic.NoEnclitic && p.t.Base(int(p.items[n+1].first)) == "خلال" {
		return doc.Intended // زيارة يلتقي خلالها
	}
	if p.describes(n) || p.presupposed(n) {
		return st
	}
	at := n
	if p.used(n, useNominate) {
		st = doc.Intended
	}
	if !p.finite(n) {
		st = under(st, p.after(n))
	}
	for steps := 0; n >= 0 && steps < 6; steps++ {
		if p.finite(n) {
			st, n = p.overVerb(n, st)
		} else {
			st, n = p.overNoun(n, st)
		}
	}
	return p.overSentence(at, st)
}

// describes says whether the trigger at item n is a participle that describes the
// phrase before it: «القوات المدعومة من», which nothing further left governs.
func (p *parser) describes(n int) bool {
	it := &p.items[n]
	if it.word == nil || n == 0 || p.items[n-1].kind == itNeg {
		return false
	}
	for i := range it.word.triggers {
		if k := it.word.triggers[i].kind; k != part && k != passivePart {
			return false
		}
	}
	return len(it.word.triggers) > 0 && it.prep == ""
}

// presupposed says whether item n is a definite noun for those who underwent the
// event: «المعتقلين», «القتلى».
func (p *parser) presupposed(n int) bool {
	it := &p.items[n]
	if it.word == nil || !it.al {
		return false
	}
	for i := range it.word.triggers {
		t := &it.word.triggers[i]
		if t.kind != noun {
			return false
		}
		switch t.frame.typ.Name {
		case "Arrest", "Kill", "Injure":
		default:
			return false
		}
	}
	return len(it.word.triggers) > 0
}

// spoken says whether item n is a noun of speech, which happened if somebody
// rejects it: «رفض اتهامات المعارضة».
func (p *parser) spoken(n int) bool {
	it := &p.items[n]
	if it.word == nil {
		return false
	}
	for i := range it.word.triggers {
		switch it.word.triggers[i].frame.typ.Name {
		case "Accuse", "Request", "Threaten":
			return true
		}
	}
	return false
}

// performs says whether item n tells of an appointment or dismissal, which the
// decision itself brings about: «قرر عزل القائد».
func (p *parser) performs(n int) bool {
	it := &p.items[n]
	if it.word == nil {
		return false
	}
	for i := range it.word.triggers {
		switch it.word.triggers[i].frame.typ.Name {
		case "Appoint", "Dismiss":
			for m := n - 1; m >= 0 && m >= n-6; m-- {
				if b := p.t.Base(int(p.items[m].first)); b == "قرر" || b == "قررت" || b == "قرروا" || p.used(m, useOrder) {
					return true
				}
			}
		}
	}
	return false
}

// overSentence reads what the sentence as a whole says of its events: conditions,
// questions, «على ما يبدو», attempts that a contrast ends.
func (p *parser) overSentence(n int, st doc.Status) doc.Status {
	if st == doc.Negated || st == doc.Possible {
		return st
	}
	start := p.clauseStart(n)
	for m := range p.items {
		it := &p.items[m]
		switch b := p.t.Base(int(it.first)); {
		case b == "هل" && m < n:
			return doc.Possible
		case b == "يبدو" && m > 0 && p.t.Base(int(p.items[m-1].first)) == "ما":
			return doc.Possible
		case (b == "اذا" || b == "لو" || b == "لولا") && it.kind != itNP && (m == 0 || p.t.Base(int(p.items[m-1].first)) != "ما" && p.t.Base(int(p.items[m-1].first)) != "حتى") && !p.t.Tokens[it.first].Has(arabic.Ba):
			switch {
			case m > n && st == doc.Intended && b == "لولا":
				return doc.Negated
			case m > n && (st == doc.Intended || p.finite(n) && p.presentAt(n)) && !p.said(n, m), m < n && (m == 0 || p.items[m-1].kind == itComp || p.items[m-1].kind == itColon || p.items[m-1].kind == itQuote) && !p.said(m, n):
				return doc.Possible
			}
		case st == doc.Intended && m > n && it.kind == itConj && (b == "لكن" || b == "لكنها" || b == "لكنه") && start >= 0:
			if p.attempt(n) {
				return doc.Negated
			}
		}
	}
	return st
}

// said says whether a verb of saying stands between two items.
func (p *parser) said(n, m int) bool {
	for k := n + 1; k < m; k++ {
		if p.items[k].kind == itSay {
			return true
		}
	}
	return false
}

// attempt says whether the event at item n is what somebody tries to do.
func (p *parser) attempt(n int) bool {
	for m := n - 1; m >= 0 && m >= n-reach; m-- {
		if p.used(m, useAttempt) {
			return true
		}
	}
	return false
}

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

// under combines the status of an event with the effect of what governs it.
func under(st doc.Status, e effect) doc.Status {
	switch e {
	case efNegate, efDeny:
		if st == doc.Possible {
			return st // إحباط هجمات محتملة, نفى ما تردد عن
		}
		if st == doc.Negated {
			return doc.Possible // لم ينف
		}
		return doc.Negated
	case efIntend:
		if st == doc.Actual {
			return doc.Intended
		}
	case efPossible:
		if st == doc.Actual {
			return doc.Possible
		}
	}
	return st
}

// overWord combines the status of an event with the word at item g that governs
// it, and returns where to read on: nowhere where that word is negated itself,
// since its negation says it all («لم يفشل في», «لم ينف», «لا يعتزم»).
func (p *parser) overWord(g int, st doc.Status) (doc.Status, int) {
	e := p.effect(g)
	if !p.finite(g) || !p.negated(g) || st != doc.Actual {
		return under(st, e), g
	}
	switch e {
	case efNegate:
		return st, -1
	case efDeny:
		return doc.Possible, -1
	case efIntend, efPossible:
		return doc.Negated, -1
	case efHold:
		return st, -1
	}
	return st, g
}

// effect returns what the word at item m does.
func (p *parser) effect(m int) effect { return p.effects[m] }

// effect looks a word up by its stem, its form with a pronoun, and, where what
// looks like و may be its first letter (وشك), as it stands.
func (l *lexicon) effect(t *arabic.Text, it *item, base string) effect {
	if e, ok := l.effects[base]; ok {
		return e
	}
	if e, ok := l.effects[t.Bare(int(it.first))]; ok || !it.wa {
		return e
	}
	return l.effects[t.Form(int(it.first))]
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
			return st, p.head(s)
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
			switch q.prep {
			case "خلال", "بعد", "عقب", "اثر", "منذ", "غداة", "بسبب", "نتيجة", "رغم", "عشية", "بعيد", "وراء", "قبيل":
				return st, -1
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

// head returns the item from which what governs the event noun at item n is
// read: the noun itself.
func (p *parser) head(n int) int { return n }

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
