package fact

import (
	"github.com/sila-graph/sila/extract/arabic"
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
