package fact

import (
	"github.com/sila-graph/sila/extract/arabic"
	"github.com/sila-graph/sila/extract/doc"
)

// reading is what grammar alone says of a trigger: which phrase is its agent
// and which its patient, as items, or argCarried, argPronoun, argSpeaker, or
// noArg. The models take it as one voice among others, the strongest.
type reading struct{ agent, patient int }

const noArg = -9

// read applies the rules of Arabic clauses to trigger t at item n.
func (p *parser) read(n int, t *trigger, st *state) reading {
	switch t.kind {
	case past, present, passive:
		return p.readVerb(n, t, st)
	case part, passivePart:
		return p.readParticiple(n, t, st)
	}
	return p.readNoun(n, t, st)
}

// readVerb: verb–subject–object and subject–verb–object, the passive, relative
// clauses with a resumptive pronoun (المدينة التي يسيطر عليها التنظيم).
func (p *parser) readVerb(n int, t *trigger, st *state) reading {
	it := &p.items[n]
	subj := p.subject(n)
	r := reading{noArg, noArg}
	head := p.relativeHead(n)
	if head >= 0 {
		switch after := p.subjectAfter(n); {
		case it.enc != arabic.NoEnclitic || p.resumes(n):
			subj = after // المدينة التي يسيطر عليها التنظيم; الذين يصفهم: who goes on
			if after < 0 {
				subj = -1
			}
		default:
			subj = head // القوات التي حررت المدينة
		}
	}
	own := subj
	switch subj {
	case -1:
		subj = argCarried
	case nounSubject:
		subj = noArg
	}
	undergoes := len(t.frame.patient) > 0 && t.frame.patient[0] == "subj"
	if undergoes || t.kind == passive || p.passiveHere(n, t) {
		if own >= 0 {
			r.patient = own
		} else if undergoes || t.kind == passive {
			if q := p.numbered(n); q >= 0 {
				r.patient = q
			}
		}
		r.agent = p.marked(n, t.frame.agent, -1)
		return r
	}
	r.agent = subj
	switch {
	case it.enc != arabic.NoEnclitic && head >= 0 && own != head:
		r.patient = head // التي حررتها القوات
	case head >= 0 && own >= 0 && own != head && p.resumes(n):
		r.patient = head // التي يسيطر عليها التنظيم
	case it.enc != arabic.NoEnclitic:
		r.patient = argPronoun
	default:
		from := max(n, own)
		if takes(t.frame.patient, "obj") {
			r.patient = p.object(n, own)
		}
		if q := p.marked(from, t.frame.patient, own); r.patient < 0 || q >= 0 && q < r.patient {
			r.patient = q
		}
		if r.patient == -1 {
			r.patient = noArg
		}
		if r.patient == noArg && it.kind == itSay {
			r.patient = p.marked(n, giver, -1) // أشاد بالدعم المقدم من فرنسا
		}
	}
	if t.frame.typ.Symmetric && r.patient < 0 {
		r.patient = p.marked(max(n, own), t.frame.agent, own)
	}
	return r
}

// giver marks whose deed or word is praised or blamed, behind a noun.
var giver = []string{"من", "من قبل", "من جانب"}

// readNoun: the masdar with its agent in the idafa and its patient behind a
// preposition (تحرير القوات العراقية للرمادي, هجوم داعش على هيت), or the patient in
// the idafa (تحرير الرمادي, اعتقال عمر حسن); with a light verb, whose subject is
// the agent (شن التحالف غارات على …), or تم, which has none.
func (p *parser) readNoun(n int, t *trigger, st *state) reading {
	it := &p.items[n]
	r := reading{noArg, noArg}
	gen := p.idafa(n)
	from := n
	if gen >= 0 {
		from = gen
		for from+1 < len(p.items) && p.items[from+1].kind == itNP && p.items[from+1].group == int32(gen) {
			from++
		}
	}
	by := p.marked(n, []string{"من قبل", "على يد", "من جانب", "على ايدي", "برصاص", "بنيران"}, -1)
	if by == noArg {
		by = p.marked(from, only(t.frame.agent, "من", "بين", "مع"), gen)
	}
	to := p.marked(from, t.frame.patient, gen)
	light, passiveLight := p.lightVerb(n), false
	lightSubj := -1
	if light >= 0 {
		passiveLight = p.passiveHere(n, t)
		if !passiveLight && p.governsNoun(light, n) {
			if lightSubj = p.subject(light); lightSubj == -1 {
				lightSubj = argCarried
			} else if lightSubj == nounSubject {
				lightSubj = -1
			}
			if h := p.relativeHead(light); h >= 0 && lightSubj == argCarried {
				lightSubj = h
			}
		}
	}
	takesObject := takes(t.frame.patient, "obj") || takes(t.frame.patient, "gen")
	fitsPatient := gen >= 0 && p.allowed(t, gen)
	switch {
	case t.frame.typ.Symmetric:
		r.agent = gen
		if gen < 0 {
			r.agent = by
		}
		if by >= 0 && by != r.agent {
			r.patient = by
		}
		if lightSubj != -1 && r.agent < 0 {
			r.agent = lightSubj
		} else if lightSubj != -1 && r.patient < 0 {
			r.patient = lightSubj
		}
		if it.prep == "ب" && int(it.prepAt) == n && r.patient == noArg && r.agent >= 0 {
			if q := p.before(n); q >= 0 && q != r.agent {
				r.patient = q // اجتماع عقده الوزراء بمشاركة الجعفري
			}
		}
		if r.agent == -1 {
			r.agent = noArg
		}
		return r
	case gen >= 0 && to >= 0:
		r.agent, r.patient = gen, to
	case gen >= 0 && by >= 0:
		r.agent, r.patient = by, gen
	case gen >= 0 && takesObject && fitsPatient && t.kind == masdar:
		r.patient = gen
	case gen >= 0 && takes(t.frame.patient, "gen"):
		r.patient = gen
	case gen >= 0:
		r.agent = gen
	case it.enc != arabic.NoEnclitic && to >= 0:
		r.agent, r.patient = argPronoun, to
	case it.enc != arabic.NoEnclitic && t.kind == masdar && takesObject:
		r.patient = argPronoun
		if q := p.bareAfter(n); q >= 0 {
			r.agent, r.patient = argPronoun, q // محاصرته المدينة
		}
	case it.enc != arabic.NoEnclitic:
		r.agent = argPronoun
	case to >= 0:
		r.patient = to
	}
	if by >= 0 && r.agent == noArg && by != r.patient {
		r.agent = by
	}
	if lightSubj != -1 && r.agent == noArg && lightSubj != r.patient {
		r.agent = lightSubj
	}
	// بدعم من التحالف, بمشاركة الوزراء: what goes before has the help.
	if it.prep == "ب" && int(it.prepAt) == n && r.patient == noArg && (r.agent >= 0 || by >= 0) {
		if q := p.before(n); q >= 0 && q != r.agent {
			r.patient = q
		}
	}
	if r.agent == noArg && it.wa && p.sharedAgent(n, st) >= 0 {
		r.agent = argShared
	}
	// هجوم نفذه التنظيم, غارات شنها الطيران: the verb of the relative clause has the agent.
	if r.agent == noArg {
		if a := p.relativeAgent(n); a >= 0 && a != r.patient {
			r.agent = a
		}
	}
	return r
}

// readParticiple: «متهما طهران بـ» goes on with the speaker; «القوات الموالية
// لصالح», «مدعومة من إيران» belong to the noun before.
func (p *parser) readParticiple(n int, t *trigger, st *state) reading {
	it := &p.items[n]
	r := reading{noArg, noArg}
	before := noArg
	for m := n - 1; m >= 0 && m >= n-3; m-- {
		if q := &p.items[m]; q.kind == itNP {
			before = int(q.group)
			break
		} else if q.kind != itQuote && q.kind != itParen && q.kind != itNoun {
			break
		}
	}
	after := p.marked(n, t.frame.patient, -1)
	if after < 0 {
		if q := p.idafa(n); q >= 0 {
			after = q
		} else if q := p.bareAfter(n); q >= 0 {
			after = q
		}
	}
	switch {
	case t.kind == passivePart:
		r.patient = before
		r.agent = p.marked(n, []string{"من", "من قبل", "ب", "على يد"}, -1)
	case it.class&clSayP != 0 && !it.al:
		if after < 0 {
			after = p.marked(n, giver, -1)
		}
		r.agent, r.patient = argSpeaker, after
	default:
		r.agent, r.patient = before, after
	}
	return r
}

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

// carriedSubject returns the entity that goes on as the subject at item n: of
// the nearest verb before it in the sentence that has one, else of the last
// sentence.
func (p *parser) carriedSubject(n int, st *state) int32 {
	for m := n - 1; m >= 0; m-- {
		if p.isVerb(m) {
			if s := p.subject(m); s >= 0 {
				return p.items[s].ent
			} else if s == nounSubject {
				return -1
			}
		}
	}
	return st.subject
}

// speaker returns the entity that speaks at item n: of the nearest verb of
// saying before it in the sentence, else the speaker that goes on.
func (p *parser) speaker(n int, st *state) int32 {
	for m := n - 1; m >= 0; m-- {
		if it := &p.items[m]; it.kind == itSay && it.class&clSay != 0 {
			switch s := p.subject(m); {
			case s >= 0:
				return p.items[s].ent
			case s == nounSubject:
				return -1
			}
			return st.speaker
		}
	}
	if s := p.carriedSubject(n, st); s >= 0 && n > 3 {
		return s
	}
	return st.speaker
}

// sharedAgent returns the entity that is the agent of the event noun that the one
// at item n is joined to by و: «سيطرتها على المدينة ومحاصرة البلدة». -1 for none.
func (p *parser) sharedAgent(n int, st *state) int32 {
	for m := n - 1; m >= 0 && m >= n-8; m-- {
		it := &p.items[m]
		switch it.kind {
		case itComp, itConj, itColon, itSay, itVerb:
			return -1
		case itTrig:
			if p.isVerb(m) {
				return -1
			}
			for i := range it.word.triggers {
				t := &it.word.triggers[i]
				if t.kind != masdar && t.kind != noun {
					continue
				}
				switch a := p.readNoun(m, t, st).agent; a {
				case argPronoun:
					return p.antecedent(m, it.enc, st)
				case argCarried:
					return p.carriedSubject(m, st)
				case argShared:
					return p.sharedAgent(m, st)
				case noArg, argSpeaker:
					return -1
				default:
					return p.items[a].ent
				}
			}
		}
	}
	return -1
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
