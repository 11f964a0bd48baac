package fact

import (
	"strings"

	"github.com/sila-graph/sila/extract/arabic"
	"github.com/sila-graph/sila/extract/doc"
)

// Roles that a phrase can have in a frame.
const (
	roleNone = iota
	roleAgent
	rolePatient
	numRoles
)

// arg is one phrase as a possible argument of a trigger.
type arg struct {
	item  int     // leader of the coordination; -1 carried subject, -2 antecedent of the pronoun
	ents  []int32 // its entities
	feats feats
	rule  int             // the role that grammar gives it
	score [numRoles]int32 // of the model
	shape argShape
}

// argShape is where a phrase stands, as numbers for the trees.
type argShape struct {
	dist, nps, verbs, commas, comps, trigs int16 // dist is negative before the trigger
	head, place, wants, okType             int16
	spanKind                               int16
}

const (
	argCarried = -1
	argPronoun = -2
	argSpeaker = -3
	argShared  = -4 // agent of the event noun that this one is joined to
)

// state is what the analysis carries from clause to clause and from sentence
// to sentence.
type state struct {
	subject  int32 // entity of the last main subject, -1 none
	speaker  int32 // entity of the last speaker, -1
	sentence int
}

// arguments lists the phrases of the sentence that may fill roles of trigger t
// at item n, with their features. Its slices live until the next call.
func (p *parser) arguments(n int, t *trigger, st *state, dst []arg) []arg {
	it := &p.items[n]
	verb := t.kind <= passive
	subj, obj := -1, -1
	if verb {
		subj = p.subject(n)
		obj = p.object(n, subj)
	} else if l := p.lightVerb(n); l >= 0 {
		subj = p.subject(l)
	}
	start := p.clauseStart(n)
	firstAfter := -1
	for m := range p.items {
		np := &p.items[m]
		if np.kind != itNP || int(np.group) != m {
			continue
		}
		if m > n && firstAfter < 0 {
			firstAfter = m
		}
		a := arg{item: m, feats: p.room(argRoom)}
		a.ents = append(a.ents, np.ent)
		for k := m + 1; k < len(p.items); k++ {
			if p.items[k].kind == itNP && int(p.items[k].group) == m {
				a.ents = append(a.ents, p.items[k].ent)
			}
		}
		p.argFeatures(&a, n, m, it, t, subj, obj, start, firstAfter)
		dst = append(dst, a)
	}
	rd := p.read(n, t, st)
	carried := int32(-1)
	if subj == -1 {
		if carried = p.carriedSubject(n, st); carried >= 0 {
			dst = append(dst, p.virtual(argCarried, carried, it, t, firstAfter == n+1))
		}
	}
	if it.enc != arabic.NoEnclitic {
		if e := p.antecedent(n, it.enc, st); e >= 0 {
			dst = append(dst, p.virtual(argPronoun, e, it, t, firstAfter == n+1))
		}
	}
	if it.kind == itSay || rd.agent == argSpeaker {
		if e := p.speaker(n, st); e >= 0 && (e != carried || rd.agent == argSpeaker) {
			dst = append(dst, p.virtual(argSpeaker, e, it, t, firstAfter == n+1))
		}
	}
	if rd.agent == argShared {
		dst = append(dst, p.virtual(argShared, p.sharedAgent(n, st), it, t, firstAfter == n+1))
	}
	for i := range dst {
		a := &dst[i]
		switch a.item {
		case rd.agent:
			a.rule = roleAgent
		case rd.patient:
			a.rule = rolePatient
		default:
			a.rule = roleNone
		}
		r := uint32(a.rule)
		if a.item < 0 {
			r |= uint32(-a.item) << 2
		}
		f := &a.feats
		kind := uint32(t.kind)
		f.add(30, r, 0, 0, 0)
		f.add(31, r, kind, 0, 0)
		f.add(32, r, str(t.frame.typ.Name), 0, 0)
		f.add(33, r, uint32(t.frame.id), kind, 0)
		f.add(34, r, bit(rd.agent != noArg), bit(rd.patient != noArg), kind)
		f.add(35, r, str(string(p.typ(a.ents[0]))), kind, 0)
		k := p.kindOf(a.ents[0])
		f.add(36, r, k, kind, 0)
		f.add(37, r, k, str(t.frame.typ.Name), 0)
	}
	return dst
}

// virtual is an argument that no phrase of the clause names: a subject that
// goes on, what a pronoun refers to, the speaker.
func (p *parser) virtual(item int, e int32, it *item, t *trigger, followed bool) arg {
	a := arg{item: item, ents: []int32{e}, feats: p.room(argRoom)}
	ty := str(string(p.typ(e)))
	kind, v := uint32(t.kind), uint32(-item)
	f := &a.feats
	f.add(40, v, kind, ty, uint32(it.enc))
	f.add(41, v, kind, str(t.frame.typ.Name), ty)
	f.add(42, v, kind, bit(it.wa), bit(followed))
	f.add(43, v, uint32(t.lemma), uint32(it.enc), 0)
	f.add(44, v, kind, bit(t.fem), bit(t.plural))
	f.add(45, v, kind, uint32(t.frame.id), 0)
	return a
}

// lightVerb returns the verb that carries a nominal trigger, -1 for none: شن of
// «شن التحالف غارات», تم of «تم تحرير».
func (p *parser) lightVerb(n int) int {
	for m := n - 1; m >= 0 && m >= n-10; m-- {
		it := &p.items[m]
		switch it.kind {
		case itVerb, itSay:
			if it.kind == itSay && it.class&clSay == 0 {
				return -1
			}
			return m
		case itTrig:
			if p.isVerb(m) {
				return m
			}
		case itComp, itRel, itColon, itConj:
			return -1
		}
	}
	return -1
}

// antecedent finds what a pronoun refers to: the nearest phrase before it that
// agrees and stands without a preposition, as subjects and objects do; else the
// last subject; else the nearest phrase that agrees.
func (p *parser) antecedent(n int, enc arabic.Enclitic, st *state) int32 {
	any := int32(-1)
	for m := n - 1; m >= 0; m-- {
		it := &p.items[m]
		if it.kind != itNP || !agrees(enc, p.typ(it.ent), it.prep) {
			continue
		}
		lead := p.items[it.group].ent
		if it.prep == "" {
			return lead
		}
		if any < 0 {
			any = lead
		}
	}
	if st.subject >= 0 && agrees(enc, p.typ(st.subject), "") {
		return st.subject
	}
	return any
}

func agrees(enc arabic.Enclitic, typ doc.EntityType, prep string) bool {
	switch enc {
	case arabic.Hu:
		return typ == doc.Person || typ == doc.Organization || typ == doc.Place && prep == ""
	case arabic.Ha:
		return typ == doc.Place || typ == doc.Organization || typ == doc.Group
	case arabic.Hum, arabic.Huma:
		return typ == doc.Group || typ == doc.Organization || typ == doc.Person
	}
	return false
}

func (p *parser) argFeatures(a *arg, n, m int, it *item, t *trigger, subj, obj, start, firstAfter int) {
	np := &p.items[m]
	f := &a.feats
	c := p.between(n, m)
	side := bit(m > n)
	kind := uint32(t.kind)
	typ := str(t.frame.typ.Name)
	et := str(string(p.typ(np.ent)))
	prep := str(np.prep)
	head := uint32(np.head)
	dist := bucket(max(m-n, n-m))
	role := uint32(0)
	if m == subj {
		role = 1
	} else if m == obj {
		role = 2
	} else if m == n+1 && np.prep == "" {
		role = 3 // the second part of an idafa
	} else if m == firstAfter && np.prep == "" {
		role = 4
	}
	wantA, wantP := bit(expects(t.frame.agent, np.prep)), bit(expects(t.frame.patient, np.prep))
	okType := uint32(1)
	if len(t.frame.types) > 0 {
		okType = 0
		for _, x := range t.frame.types {
			if x == p.typ(np.ent) {
				okType = 2
			}
		}
	}
	inClause := bit(m >= start)
	a.shape = argShape{int16(max(min(m-n, 60), -60)), int16(c.nps), int16(c.verbs), int16(c.commas), int16(c.comps + c.rels), int16(c.trigs),
		int16(head), int16(role), int16(wantP<<1 | wantA), int16(okType), 0}
	spanKind := uint32(0)
	if np.span >= 0 {
		spanKind = uint32(p.m.Spans[np.span].Kind)
	}
	a.shape.spanKind = int16(spanKind)
	pas := bit(p.passiveHere(n, t))
	f.add(1, kind, role, side, prep)
	f.add(2, kind, role, et, typ)
	f.add(3, kind, side, prep, dist)
	f.add(4, kind, side, bucket(c.nps), bucket(c.verbs))
	f.add(5, kind, side, bucket(c.comps), bucket(c.rels))
	f.add(6, uint32(t.frame.id), side, prep, role)
	f.add(7, uint32(t.lemma), side, prep, role)
	f.add(8, typ, et, wantA, wantP)
	f.add(9, kind, head, et, side)
	f.add(10, kind, inClause, side, role)
	f.add(11, kind, role, wantP<<1|wantA, bucket(c.nps))
	f.add(12, kind, uint32(len(a.ents)&3), role, side)
	f.add(13, kind, spanKind, role, prep)
	f.add(14, okType, typ, role, wantP)
	f.add(15, kind, side, bucket(c.commas), role)
	f.add(16, kind, pas, role, prep)
	f.add(17, kind, bit(it.al), bit(it.enc != arabic.NoEnclitic), role)
	f.add(18, kind, str(it.prep), side, role)
	f.add(19, kind, bit(p.items[0].first == 0), side, role)
	f.add(20, kind, bucket(c.trigs), side, role)
	f.add(21, typ, head, side, prep)
	f.add(22, kind, dist, wantP<<1|wantA, side)
	f.add(23, et, wantP<<1|wantA, role, side)
	f.add(24, uint32(t.frame.id), et, role, side)
	if m > 0 {
		f.add(25, kind, uint32(p.items[m-1].kind), side, role)
		if w := p.items[m-1].word; w != nil {
			f.add(26, uint32(w.class), typ, side, 0)
		}
	}
	if np.prep == "" && m > n && role == 0 {
		f.add(27, kind, bucket(c.preps), bucket(c.nouns), 0)
	}
	f.add(28, kind, bit(subj >= 0), bit(obj >= 0), role)
	f.add(0, kind, 0, 0, 0)
}

// passiveHere guesses a passive: no subject but a number or an indefinite noun
// behind the verb, or تم, جرى before the masdar.
func (p *parser) passiveHere(n int, t *trigger) bool {
	if t.kind == passive {
		return true
	}
	if t.kind == past || t.kind == present {
		for m := n + 1; m < len(p.items) && m <= n+2; m++ {
			switch it := &p.items[m]; it.kind {
			case itNum:
				return true
			case itNoun:
				if !it.al && it.prep == "" {
					return it.class&clQuant != 0
				}
			}
		}
		return false
	}
	if l := p.lightVerb(n); l >= 0 {
		return p.lex.plays(p.t.Base(int(p.items[l].first)), usePassiveLight)
	}
	return false
}

// expects says whether a frame's marks of a role include that of a phrase.
func expects(marks []string, prep string) bool {
	if prep == "" {
		for _, m := range marks {
			if m == "subj" || m == "obj" || m == "gen" {
				return true
			}
		}
		return false
	}
	for _, m := range marks {
		if m == prep || strings.HasPrefix(m, prep) && len(prep) > 2 {
			return true
		}
	}
	return false
}
