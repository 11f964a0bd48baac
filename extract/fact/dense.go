package fact

import (
	"slices"

	"github.com/sila-graph/sila/extract/arabic"
)

// dense is what the trees see of a candidate: a few dozen numbers. Where a
// candidate has no trigger, or no such argument, they stay 0.
type dense [numDense]int16

// The numbers. Those of an argument come twice, agent's then patient's.
const (
	dType = iota
	dRule
	dState
	dScore // of the linear model, units/8
	dPair  // level of the pair model
	dGrammar
	dSentence
	dSentences
	dAgents
	dPatients
	dKindA
	dKindB
	dCountA
	dCountB
	dTitledA
	dTitledB
	dRelation
	dLength
	dStatus
	dSource
	dTopic
	// of the trigger
	dKind
	dArgs
	dAl
	dEnc
	dLight
	dFirstA // its arguments
	dFirstB = dFirstA + dArgFields
	// of the document and of rivals; see rivals
	dSame      = dFirstB + dArgFields // best linear score of the same triple from another trigger
	dSame2     = dSame + 1            // the next
	dSameCount = dSame + 2
	dOther     = dSame + 3 // best score of another type for the pair
	dReverse   = dSame + 4 // best of the same type the other way round
	dRival     = dSame + 5 // best rival of the same trigger
	dRivals    = dSame + 6 // how many are better
	dSameAgent = dSame + 7 // best of this type with the same agent and another patient
	dSamePat   = dSame + 8
	numDense   = dSame + 9
)

// The numbers of an argument.
const (
	aScore = iota // of the role model, units/8
	aBest         // best score of another phrase for the role
	aOther        // its score for the other role
	aItem         // virtual arguments: -1 …
	aRule
	aDist
	aNPs
	aVerbs
	aCommas
	aComps
	aTrigs
	aHead
	aPlace
	aWants
	aOKType
	aSpan
	dArgFields
)

const noScore = -400 // of what isn't there, in units/8

func eighth(score int32) int16 { return int16(max(min(score/32, 400), noScore)) }

// shape fills in what the trigger at item n and its arguments a and q look like.
func (x *run) shape(d *dense, n int, t *trigger, a, q int) {
	it := &x.parser.items[n]
	d[dKind] = int16(t.kind)
	d[dArgs] = int16(len(x.args))
	d[dAl] = int16(bit(it.al))
	d[dEnc] = int16(bit(it.enc != arabic.NoEnclitic))
	if l := x.parser.lightVerb(n); l >= 0 {
		d[dLight] = int16(min(n-l, 20))
	}
	arg := func(first, i, role int) {
		best := int32(noScore * 32)
		for k := range x.args {
			if k != i {
				best = max(best, x.args[k].score[role])
			}
		}
		d[first+aBest] = eighth(best)
		if i < 0 {
			d[first+aScore], d[first+aOther] = noScore, noScore
			return
		}
		g := &x.args[i]
		s := &g.shape
		d[first+aScore], d[first+aOther] = eighth(g.score[role]), eighth(g.score[roleAgent+rolePatient-role])
		d[first+aItem] = int16(min(g.item, 0))
		d[first+aRule] = int16(g.rule)
		for k, v := range [...]int16{s.dist, s.nps, s.verbs, s.commas, s.comps, s.trigs, s.head, s.place, s.wants, s.okType, s.spanKind} {
			d[first+aDist+k] = v
		}
	}
	arg(dFirstA, a, roleAgent)
	arg(dFirstB, q, rolePatient)
}

// outline fills in what every candidate has.
func (x *run) outline(c *cand) {
	p := &x.parser
	d := &c.dense
	d[dType] = int16(x.lex.number(c.typ))
	d[dRule] = ruleNumber(c.rule)
	d[dState] = int16(bit(stateType(c.typ.Name)))
	d[dPair] = int16(c.pair)
	d[dGrammar] = int16(bit(c.grammar))
	d[dSentence] = int16(min(c.sentence, 100))
	d[dSentences] = int16(min(len(p.t.Sentences), 100))
	d[dAgents], d[dPatients] = int16(len(c.agents)), int16(len(c.patients))
	a, b := c.ends()
	d[dKindA], d[dKindB] = p.kindNumber(a), p.kindNumber(b)
	if a >= 0 {
		d[dCountA], d[dTitledA] = int16(min(p.count[a], 40)), int16(bit(p.inTitle[a]))
	}
	if b >= 0 {
		d[dCountB], d[dTitledB] = int16(min(p.count[b], 40)), int16(bit(p.inTitle[b]))
	}
	if a >= 0 && b >= 0 {
		d[dRelation] = int16(p.relation(a, b))
	}
	d[dLength] = int16(min(c.last-c.first, 100))
	d[dStatus] = int16(bit(c.status != "actual"))
	d[dSource] = int16(bit(c.source >= 0))
}

// kindNumber is kindOf as a small number: 0 for nobody.
func (p *parser) kindNumber(e int32) int16 {
	if e < 0 {
		return 0
	}
	switch k := p.kindOf(e); k {
	case 1, 2, 3, 4:
		return int16(k)
	}
	switch p.typ(e) {
	case "Person":
		return 5
	case "Organization":
		return 6
	case "Group":
		return 7
	}
	return 8
}

// ruleNumbers lists the rules in an order that puts like beside like.
var ruleNumbers = []string{"pair", "verb", "passive", "masdar", "noun", "participle", "say", "say-relative", "say-body", "say-noun", "say-noun-of", "say-noun-pronoun",
	"according", "headline", "office", "office-known", "office-near", "office-home", "office-country", "office-body", "nested", "next", "before", "known",
	"led", "held", "loser"}

func ruleNumber(r string) int16 { return int16(slices.Index(ruleNumbers, r)) }

// rivals fills in what the candidates of an article know of each other's linear scores.
func rivals(cands []cand) {
	type ends struct {
		typ  int16
		a, b int32
	}
	score := func(i int32) int16 {
		if i < 0 {
			return noScore
		}
		return eighth(cands[i].score)
	}
	key := func(c *cand) ends {
		a, b := c.ends()
		return ends{c.dense[dType], a, b}
	}
	// The best two of each triple from different triggers, by first token.
	triple := map[ends]*[3]int32{}
	pair := map[[2]int32]*[2]int32{} // best of two different types
	agent, patient := map[ends]*[2]int32{}, map[ends]*[2]int32{}
	type spot struct {
		trigger int32
		frame   int
	}
	at := map[spot][]int32{}
	better := func(i, j int32) bool { return j < 0 || cands[i].score > cands[j].score }
	// note keeps the best two that differ by what different says.
	note := func(s *[2]int32, i int32, different func(a, b *cand) bool) {
		switch {
		case better(i, s[0]):
			if s[0] >= 0 && different(&cands[i], &cands[s[0]]) {
				s[1] = s[0]
			}
			s[0] = i
		case different(&cands[i], &cands[s[0]]) && better(i, s[1]):
			s[1] = i
		}
	}
	for n := range cands {
		i := int32(n)
		c := &cands[n]
		k := key(c)
		t := triple[k]
		if t == nil {
			t = &[3]int32{-1, -1, 0}
			triple[k] = t
		}
		t[2]++
		s := [2]int32{t[0], t[1]}
		note(&s, i, func(a, b *cand) bool { return a.first != b.first })
		t[0], t[1] = s[0], s[1]
		get := func(m map[ends]*[2]int32, k ends) *[2]int32 {
			if m[k] == nil {
				m[k] = &[2]int32{-1, -1}
			}
			return m[k]
		}
		pk := [2]int32{k.a, k.b}
		if pair[pk] == nil {
			pair[pk] = &[2]int32{-1, -1}
		}
		note(pair[pk], i, func(a, b *cand) bool { return a.typ != b.typ })
		if k.a >= 0 {
			note(get(agent, ends{k.typ, k.a, 0}), i, func(a, b *cand) bool { _, p := a.ends(); _, q := b.ends(); return p != q })
		}
		if k.b >= 0 {
			note(get(patient, ends{k.typ, 0, k.b}), i, func(a, b *cand) bool { p, _ := a.ends(); q, _ := b.ends(); return p != q })
		}
		if c.frame != nil {
			sp := spot{c.trigger, c.frame.id}
			at[sp] = append(at[sp], i)
		}
	}
	other := func(s *[2]int32, i int32, different func(a, b *cand) bool) int32 {
		if s == nil {
			return -1
		}
		for _, j := range s {
			if j >= 0 && j != i && different(&cands[i], &cands[j]) {
				return j
			}
		}
		return -1
	}
	for n := range cands {
		i := int32(n)
		c := &cands[n]
		d := &c.dense
		d[dScore] = eighth(c.score)
		k := key(c)
		t := triple[k]
		same := other(&[2]int32{t[0], t[1]}, i, func(a, b *cand) bool { return a.first != b.first })
		d[dSame] = score(same)
		d[dSame2] = noScore
		d[dSameCount] = int16(min(t[2], 50))
		d[dOther] = score(other(pair[[2]int32{k.a, k.b}], i, func(a, b *cand) bool { return a.typ != b.typ }))
		if r := triple[ends{k.typ, k.b, k.a}]; r != nil && k.a != k.b {
			d[dReverse] = score(r[0])
		} else {
			d[dReverse] = noScore
		}
		d[dSameAgent], d[dSamePat] = noScore, noScore
		if k.a >= 0 {
			d[dSameAgent] = score(other(agent[ends{k.typ, k.a, 0}], i, func(a, b *cand) bool { _, p := a.ends(); _, q := b.ends(); return p != q }))
		}
		if k.b >= 0 {
			d[dSamePat] = score(other(patient[ends{k.typ, 0, k.b}], i, func(a, b *cand) bool { p, _ := a.ends(); q, _ := b.ends(); return p != q }))
		}
		d[dRival] = noScore
		if c.frame != nil {
			best := int32(-1)
			for _, j := range at[spot{c.trigger, c.frame.id}] {
				if j == i {
					continue
				}
				if better(j, best) {
					best = j
				}
				if cands[j].score > c.score {
					d[dRivals]++
				}
			}
			d[dRival] = score(best)
		}
	}
}
