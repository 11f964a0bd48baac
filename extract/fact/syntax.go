package fact

import (
	"github.com/sila-graph/sila/extract/arabic"
)

// verbal reports whether item n is a verb form: a verb of any sort, or a
// trigger that can be one here. Homographs (قصف, دعم) count as nouns behind a
// preposition, a verb or another noun, and as verbs at the head of a clause.
func (p *parser) isVerb(n int) bool {
	it := &p.items[n]
	switch it.kind {
	case itVerb:
		return true
	case itSay:
		return it.class&clSay != 0 && !it.al
	case itTrig:
		return p.verbLikely(n)
	}
	return false
}

// verbLikely decides for a trigger whether its verb reading is the likely one.
func (p *parser) verbLikely(n int) bool {
	it := &p.items[n]
	k := &p.t.Tokens[it.first]
	var verb, nominal bool
	for _, t := range it.word.triggers {
		if !fits(t.kind, it, k) {
			continue
		}
		if t.kind <= passive {
			verb = true
		} else {
			nominal = true
		}
	}
	if !verb || !nominal {
		return verb
	}
	if p.governed(n) {
		return false
	}
	for m := n - 1; m >= 0; m-- {
		prev := &p.items[m]
		switch prev.kind {
		case itQuote:
			continue
		case itNP:
			return true // الجيش قصف
		case itVerb, itTrig, itSay, itPrep:
			return false
		case itNoun:
			return prev.al || it.wa || prev.word != nil && prev.word.class&clTimeWord != 0
		case itComp, itRel, itConj, itNeg:
			return true
		}
		return it.wa || prev.kind == itColon || prev.kind == itComma
	}
	return p.items[0].first > 0 && it.enc == arabic.NoEnclitic // the head of a sentence, not of a title
}

// governed says whether a preposition, its own or one before, takes the word at
// item n: with nothing but nouns without article in between.
func (p *parser) governed(n int) bool {
	if p.items[n].prepAt == int32(n) && p.items[n].prep != "" {
		return true
	}
	for m := n - 1; m >= 0; m-- {
		switch it := &p.items[m]; it.kind {
		case itPrep:
			return it.enc == 0
		case itQuote:
		case itNoun:
			if it.al || it.wa {
				return false
			}
			if it.prepAt == int32(m) && it.prep != "" {
				return true
			}
		default:
			return false
		}
	}
	return false
}

// nounSubject is what subject returns where the subject is a noun that names no
// entity: مصدر, الهجوم, ثلاثة جنود.
const nounSubject = -2

// subject returns the phrase that syntax makes the subject of the verb at item
// n, nounSubject where that is no entity, -1 where it is dropped. Behind the
// verb it may follow adverbs and times; before it, it stands next to it with
// nothing but adjectives and inserts between.
func (p *parser) subject(n int) int {
	if s := p.subjectBefore(n); s >= 0 {
		return s
	}
	found := -1
	for m := n + 1; m < len(p.items) && m <= n+9; m++ {
		it := &p.items[m]
		switch it.kind {
		case itNP:
			if it.prep == "" && !it.wa {
				return m
			}
			continue
		case itNoun:
			if it.prep == "" && !it.wa && !it.heads && !p.adverb(m) {
				found = nounSubject
			} else {
				continue
			}
		case itNum:
			if it.prep == "" && !it.heads {
				found = nounSubject
			} else {
				continue
			}
		case itTrig:
			if !p.isVerb(m) && it.prep == "" && !it.wa {
				found = nounSubject
			} else if !p.isVerb(m) {
				continue
			}
		case itPrep, itQuote, itParen:
			continue
		}
		break
	}
	if found == nounSubject {
		return found
	}
	comma := false
	for m := n - 1; m >= 0 && m >= n-8; m-- {
		it := &p.items[m]
		switch it.kind {
		case itNP:
			if it.prep == "" && !p.items[n].wa {
				return int(it.group)
			}
			if it.prep != "" && !comma && m > 0 {
				continue
			}
		case itComma:
			if comma {
				return -1
			}
			comma = true
		case itTrig:
			if !p.isVerb(m) && it.prep == "" && !p.items[n].wa {
				return nounSubject // الهجوم استهدف
			}
			if p.isVerb(m) {
				return -1
			}
		case itNoun:
			if m == n-1 && it.prep == "" && it.al && !p.items[n].wa && !p.adverb(m) && (m == 0 || p.items[m-1].kind == itComp || p.items[m-1].kind == itConj) {
				return nounSubject // أن الطائرة وصلت
			}
		case itQuote, itParen, itNum:
		default:
			return -1
		}
	}
	return -1
}

// subjectBefore returns the phrase right before the verb at item n where that is
// its subject: it begins the clause, and stands without preposition
// («الملك سلمان سيزور الولايات المتحدة», «أن المقاومة سيطرت على الوادي»). -1 otherwise.
func (p *parser) subjectBefore(n int) int {
	if p.items[n].wa {
		return -1
	}
	m := n - 1
	for m >= 0 && (p.items[m].kind == itQuote || p.items[m].kind == itNoun && (p.items[m].al || p.adverb(m)) && p.items[m].prep == "") {
		m--
	}
	if m < 0 || p.items[m].kind != itNP || p.items[m].prep != "" {
		return -1
	}
	lead := int(p.items[m].group)
	first := lead
	for first > 0 && p.items[first-1].heads {
		first--
	}
	for first > 0 && p.items[first-1].kind == itQuote {
		first--
	}
	if first == 0 {
		return lead
	}
	switch q := &p.items[first-1]; q.kind {
	case itComp, itConj, itColon, itComma:
		return lead
	case itVerb:
		if f := p.t.Base(int(q.first)); f == "كان" || f == "كانت" {
			return lead // كانت الحكومة أعلنت
		}
	}
	return -1
}

// adverb says whether a noun is an adverb of time or manner: it cannot be a subject.
func (p *parser) adverb(m int) bool {
	it := &p.items[m]
	if it.class&clTimeWord != 0 {
		return true
	}
	f := p.t.Norm[p.t.Tokens[it.first].Bare:p.t.Tokens[it.first].End]
	if p.lex.adverbs[f] {
		return true
	}
	return !it.al && len(f) >= 6 && f[len(f)-2:] == "ا" && it.class == 0
}

// object returns the phrase that syntax makes the direct object of the verb at
// item n with that subject, -1 for none.
func (p *parser) object(n, subj int) int {
	from := n + 1
	if subj > n {
		from = subj + 1
		for from < len(p.items) && p.items[from].kind == itNP && int(p.items[from].group) == subj {
			from++
		}
	}
	for m := from; m < len(p.items) && m <= from+8; m++ {
		it := &p.items[m]
		switch it.kind {
		case itNP:
			if it.prep == "" && (subj < 0 || it.group != p.items[subj].group) && !it.wa {
				return m
			}
		case itComp, itRel, itVerb, itSay, itColon, itConj:
			return -1
		}
	}
	return -1
}

// between counts what lies between two items.
type between struct {
	nps, verbs, comps, rels, commas, quotes, trigs, nouns, preps int
}

func (p *parser) between(a, b int) (c between) {
	if a > b {
		a, b = b, a
	}
	for m := a + 1; m < b; m++ {
		switch it := &p.items[m]; it.kind {
		case itNP:
			if int(it.group) == m {
				c.nps++
			}
		case itVerb, itSay:
			c.verbs++
		case itTrig:
			if p.isVerb(m) {
				c.verbs++
			} else {
				c.trigs++
			}
		case itComp:
			c.comps++
		case itRel:
			c.rels++
		case itComma, itColon:
			c.commas++
		case itQuote, itParen:
			c.quotes++
		case itNoun:
			c.nouns++
		case itPrep:
			c.preps++
		}
	}
	return c
}

// clauseStart returns the item at which the clause of item n begins: behind the
// last complementiser, relative, conjunction or strong mark before it, or at a
// verb that follows و or a comma.
func (p *parser) clauseStart(n int) int {
	for m := n - 1; m >= 0; m-- {
		switch it := &p.items[m]; it.kind {
		case itComp, itRel, itConj, itColon:
			return m + 1
		case itVerb, itSay:
			if it.wa || m > 0 && p.items[m-1].kind == itComma {
				return m
			}
		case itTrig:
			if p.isVerb(m) && (it.wa || m > 0 && p.items[m-1].kind == itComma) {
				return m
			}
		}
	}
	return 0
}
