package fact

import (
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
