package fact

import (
	"github.com/sila-graph/sila/extract/arabic"
	"github.com/sila-graph/sila/extract/doc"
)

// giver marks whose deed or word is praised or blamed, behind a noun.
var giver = []string{"من", "من قبل", "من جانب"}

// idafa returns the phrase that is the second part of an idafa with the noun at
// item n: next to it, or behind adjectives and heads that belong to it.
func (p *parser) idafa(n int) int {
	if p.items[n].al || p.items[n].enc != arabic.NoEnclitic {
		return -1
	}
	for m := n + 1; m < len(p.items) && m <= n+4; m++ {
		it := &p.items[m]
		switch it.kind {
		case itNP:
			if it.prep == "" || it.prepAt >= 0 && int(it.prepAt) <= n {
				if !it.wa {
					return m
				}
			}
			return -1
		case itQuote, itParen:
		case itNum:
			return -1
		case itNoun:
			if it.prep != "" && int(it.prepAt) > n || it.wa {
				return -1
			}
			if it.al || it.word == nil || it.word.class&(clStand|clPart|clQuant) == 0 {
				return -1
			}
		default:
			return -1
		}
	}
	return -1
}

// bareAfter returns the first phrase behind item n that has no preposition.
func (p *parser) bareAfter(n int) int {
	for m := n + 1; m < len(p.items) && m <= n+6; m++ {
		switch it := &p.items[m]; it.kind {
		case itNP:
			if it.prep == "" && !it.wa {
				return m
			}
			return -1
		case itVerb, itSay, itComp, itRel, itConj, itColon, itTrig:
			return -1
		}
	}
	return -1
}

// marked returns the first phrase behind item n that one of the marks brings,
// before the clause ends, noArg for none.
func (p *parser) marked(n int, marks []string, not int) int {
	if n < 0 {
		n = 0
	}
	for m := n + 1; m < len(p.items) && m <= n+14; m++ {
		it := &p.items[m]
		switch it.kind {
		case itNP:
			if it.prep != "" && m != not && int(it.group) == m {
				for _, k := range marks {
					if k == it.prep || len(it.prep) > 4 && k == "ب" && it.prep == "بيد" {
						return m
					}
				}
			}
		case itComp, itRel, itConj, itColon, itSay, itVerb:
			return noArg
		case itTrig:
			if p.isVerb(m) || it.prep == "ب" && int(it.prepAt) == m {
				return noArg // بدعم من: what follows belongs to دعم
			}
		}
	}
	return noArg
}

// takes says whether a frame's marks include one.
func takes(marks []string, mark string) bool {
	for _, m := range marks {
		if m == mark {
			return true
		}
	}
	return false
}

func only(marks []string, keep ...string) []string {
	var out []string
	for _, m := range marks {
		if takes(keep, m) {
			out = append(out, m)
		}
	}
	return out
}

// allowed says whether a phrase has a type that the frame's patient may have.
func (p *parser) allowed(t *trigger, m int) bool {
	if len(t.frame.types) == 0 {
		return true
	}
	for _, x := range t.frame.types {
		if x == p.typ(p.items[m].ent) {
			return true
		}
	}
	return false
}

// relativeHead returns the phrase that a relative clause with its verb at item n
// belongs to: before الذي, or an indefinite phrase right before the verb.
func (p *parser) relativeHead(n int) int {
	for m := n - 1; m >= 0 && m >= n-3; m-- {
		switch it := &p.items[m]; it.kind {
		case itRel:
			for k := m - 1; k >= 0 && k >= m-4; k-- {
				switch q := &p.items[k]; q.kind {
				case itNP:
					return int(q.group)
				case itComma, itQuote, itParen, itNoun:
				default:
					return -1
				}
			}
			return -1
		case itNeg, itQuote, itNoun:
			if it.kind == itNoun && it.class&clTimeWord == 0 {
				return -1
			}
		default:
			return -1
		}
	}
	return -1
}

// subjectAfter is subject, behind the verb only.
func (p *parser) subjectAfter(n int) int {
	if s := p.subject(n); s > n {
		return s
	}
	for m := n + 1; m < len(p.items) && m <= n+3; m++ {
		switch it := &p.items[m]; it.kind {
		case itNP:
			if it.prep == "" {
				return m
			}
			return -1
		case itPrep:
			if it.enc == arabic.NoEnclitic {
				return -1
			}
		case itQuote, itNoun:
		default:
			return -1
		}
	}
	return -1
}

// resumes says whether a preposition with a pronoun follows the verb: عليها, فيه.
func (p *parser) resumes(n int) bool {
	for m := n + 1; m < len(p.items) && m <= n+3; m++ {
		if it := &p.items[m]; it.kind == itPrep && it.enc != arabic.NoEnclitic {
			return true
		}
	}
	return false
}

// governsNoun says whether the verb at item l takes the noun at item n as its
// object or behind a preposition, with nothing but its subject in between.
func (p *parser) governsNoun(l, n int) bool {
	for m := l + 1; m < n; m++ {
		switch it := &p.items[m]; it.kind {
		case itComp, itRel, itConj, itColon, itSay:
			return false
		case itVerb:
			return false
		case itTrig:
			if p.isVerb(m) {
				return false
			}
		}
	}
	return true
}

// witnesses says whether the verb at item m tells what its subject went through:
// شهد, of the frames whose subject is the patient.
func (p *parser) witnesses(m int) bool {
	it := &p.items[m]
	if it.word == nil {
		return false
	}
	for i := range it.word.triggers {
		t := &it.word.triggers[i]
		if t.kind <= present && len(t.frame.patient) > 0 && t.frame.patient[0] == "subj" {
			return true
		}
	}
	return false
}

// relativeAgent finds the agent of an event noun in its relative clause without
// a pronoun or with one on the verb: «غارات شنها الطيران», «الهجوم الذي نفذه داعش».
func (p *parser) relativeAgent(n int) int {
	for m := n + 1; m < len(p.items) && m <= n+6; m++ {
		it := &p.items[m]
		switch it.kind {
		case itVerb, itSay:
			if it.class&clLight != 0 && (it.enc != arabic.NoEnclitic || m > 0 && p.items[m-1].kind == itRel) {
				return p.subjectAfter(m)
			}
			return -1
		case itTrig:
			if p.witnesses(m) {
				return -1 // الهجمات التي شهدتها بغداد: the town undergoes them
			}
			if p.isVerb(m) {
				if it.enc != arabic.NoEnclitic {
					return p.subjectAfter(m)
				}
				return -1
			}
		case itComma, itComp, itConj, itColon:
			return -1
		}
	}
	return -1
}

// numbered returns the phrase behind a number or quantity after a passive verb:
// «قتل 12 من عناصر داعش».
func (p *parser) numbered(n int) int {
	for m := n + 1; m < len(p.items) && m <= n+5; m++ {
		switch it := &p.items[m]; it.kind {
		case itNP:
			if p.typ(it.ent) != doc.Place || it.prep == "" {
				return m
			}
			return noArg
		case itNum, itNoun, itPrep:
		default:
			return noArg
		}
	}
	return noArg
}

// before returns the nearest phrase before item n that stands without a
// preposition in the same clause: whom a phrase with ب goes with.
func (p *parser) before(n int) int {
	for m := n - 1; m >= 0; m-- {
		switch it := &p.items[m]; it.kind {
		case itNP:
			if it.prep == "" {
				return int(it.group)
			}
		case itComp, itConj, itColon:
			return -1
		}
	}
	return -1
}
