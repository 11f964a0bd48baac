package fact

import (
	"slices"

	"github.com/sila-graph/sila/extract/arabic"
	"github.com/sila-graph/sila/extract/doc"
)

// events proposes facts for every trigger of the sentence that p.items holds.
func (x *run) events(s int) {
	p := &x.parser
	for n := range p.items {
		it := &p.items[n]
		if it.word == nil || len(it.word.triggers) == 0 || it.kind != itTrig && it.kind != itSay {
			continue
		}
		k := &p.t.Tokens[it.first]
		verb := p.isVerb(n)
		var seen [256]bool
		for i := range it.word.triggers {
			t := &it.word.triggers[i]
			if !fits(t.kind, it, k) || (t.kind <= passive) != verb && homograph(it.word) {
				continue
			}
			if len(t.frame.needs) > 0 && !p.follows(n, t.frame.needs) {
				continue
			}
			if seen[t.frame.id&255] {
				continue
			}
			seen[t.frame.id&255] = true
			x.trigger(s, n, t)
		}
	}
}

// follows says whether one of the words stands within eight items behind item n.
func (p *parser) follows(n int, words []string) bool {
	from := n + 1
	if n >= 2 && p.items[n-1].kind == itRel {
		from = n - 2 // الهجمات التي شهدتها بغداد
	}
	for m := from; m < len(p.items) && m <= n+8; m++ {
		it := &p.items[m]
		for i := it.first; i <= it.last; i++ {
			if b, f := p.t.Base(int(i)), p.t.Form(int(i)); takes(words, b) || takes(words, f) {
				return true
			}
		}
	}
	return false
}

// homograph says whether a word has both verb and noun triggers.
func homograph(w *word) bool {
	var v, n bool
	for _, t := range w.triggers {
		if t.kind <= passive {
			v = true
		} else {
			n = true
		}
	}
	return v && n
}

// limits of the search for arguments
const (
	maxArgs   = 3    // best phrases tried for each role
	minArg    = -600 // role scores below this are not tried; see model.go for the unit
	minMember = 0    // parties of a symmetric fact have at least this
)

// trigger proposes facts of one trigger.
func (x *run) trigger(s, n int, t *trigger) {
	p := &x.parser
	x.args = p.arguments(n, t, &x.state, x.args[:0])
	if x.collect != nil {
		x.collect.args(x, s, n, t)
	}
	for i := range x.args {
		x.model.roles(&x.args[i])
	}
	x.noteTrigger(n, t)
	if x.explain != nil {
		x.explainTrigger(n, t)
	}
	base := cand{typ: t.frame.typ, frame: t.frame, sentence: int32(s), trigger: p.items[n].first, item: int32(n), rule: kindNames[t.kind], source: -1}
	if t.frame.typ.Symmetric {
		c := base
		best := -1
		for i := range x.args {
			a := &x.args[i]
			sc := max(a.score[roleAgent], a.score[rolePatient])
			if sc >= minMember {
				c.agents = appendNew(c.agents, a.ents...)
			}
			if best < 0 || sc > max(x.args[best].score[roleAgent], x.args[best].score[rolePatient]) {
				best = i
			}
		}
		if len(c.agents) == 0 {
			if best < 0 {
				return
			}
			c.agents = appendNew(nil, x.args[best].ents...)
		}
		x.propose(c, n, t, best, -1)
		return
	}
	as, ps := x.best(roleAgent), x.best(rolePatient)
	for i := range x.args { // what grammar says is always tried
		if x.args[i].rule == roleAgent && !slices.Contains(as, i) {
			as = append(as, i)
		}
		if x.args[i].rule == rolePatient && !slices.Contains(ps, i) {
			ps = append(ps, i)
		}
	}
	for _, a := range as {
		for _, q := range ps {
			if a < 0 && q < 0 || a == q {
				continue
			}
			c := base
			if a >= 0 {
				c.agents = x.args[a].ents
			}
			if q >= 0 {
				c.patients = x.args[q].ents
				if a >= 0 && slices.Equal(c.patients, c.agents) {
					continue
				}
			}
			x.propose(c, n, t, a, q)
		}
	}
	x.losers(s, n, t)
}

// losers proposes who held what was freed: «تحرير عدن من الحوثيين» tells that the
// Houthis controlled Aden.
func (x *run) losers(s, n int, t *trigger) {
	p := &x.parser
	if len(t.frame.loser) == 0 {
		return
	}
	rd := p.read(n, t, &x.state)
	place := rd.patient
	var who int
	if takes(t.frame.loser, "obj") {
		who = p.object(n, p.subject(n))
		if q := p.idafa(n); who < 0 && q >= 0 {
			who = q
		}
	} else {
		who = p.marked(max(n, place), t.frame.loser, place)
	}
	ent := int32(-1)
	switch {
	case place >= 0:
		ent = p.items[place].ent
	case place == argPronoun:
		ent = p.antecedent(n, p.items[n].enc, &x.state)
	}
	if who < 0 || ent < 0 || p.items[who].ent == ent || p.typ(ent) != doc.Place || p.typ(p.items[who].ent) == doc.Place {
		return
	}
	c := x.stateCand("Control", s, p.items[who].ent, ent, p.items[n].first, p.items[who].last, "loser")
	c.trigger = p.items[n].first
	for m := who + 1; m < len(p.items); m++ {
		if p.items[m].kind == itNP && int(p.items[m].group) == who {
			c.agents = appendNew(c.agents, p.items[m].ent)
		}
	}
	c.source, c.sourceKind = x.sourceOf(n)
	c.ended = x.statusOf(n) == doc.Actual
	c.feats.add(180, uint32(t.frame.id), str(string(p.typ(c.agents[0]))), bit(place >= 0), 0)
	c.common(p)
	x.keep(c)
}

var kindNames = [numForms]string{"verb", "verb", "passive", "masdar", "noun", "participle", "participle"}

func appendNew(dst []int32, more ...int32) []int32 {
	for _, m := range more {
		if !slices.Contains(dst, m) {
			dst = append(dst, m)
		}
	}
	return dst
}

// best returns the indices of the best args for a role, best first, and -1 for
// an empty role.
func (x *run) best(role int) []int {
	var out []int
	for i := range x.args {
		if x.args[i].score[role] >= minArg {
			out = append(out, i)
		}
	}
	slices.SortStableFunc(out, func(a, b int) int { return int(x.args[b].score[role]) - int(x.args[a].score[role]) })
	if len(out) > maxArgs && !x.wide {
		out = out[:maxArgs]
	}
	return append(out, -1)
}

// level folds a role score to a few values.
func level(score int32) uint32 {
	v := score/400 + 8
	return uint32(min(max(v, 0), 15))
}

// propose completes a candidate and keeps it.
func (x *run) propose(c cand, n int, t *trigger, a, q int) {
	p := &x.parser
	c.feats = p.room(candRoom)
	c.first, c.last = c.trigger, c.trigger
	cover := func(i int) {
		if i < 0 || x.args[i].item < 0 {
			return
		}
		m := x.args[i].item
		for k := m; k < len(p.items); k++ {
			if p.items[k].kind == itNP && int(p.items[k].group) == m {
				c.first, c.last = min(c.first, p.items[k].first), max(c.last, p.items[k].last)
			}
		}
	}
	cover(a)
	cover(q)
	x.qualify(&c, n)
	typ := str(t.frame.typ.Name)
	la, lp := uint32(20), uint32(20)
	ra, rp, wa, wp := uint32(0), uint32(0), uint32(0), uint32(0)
	for i := range x.args {
		switch x.args[i].rule {
		case roleAgent:
			wa = 1
		case rolePatient:
			wp = 1
		}
	}
	if a >= 0 {
		ra = 1 + uint32(x.args[a].rule)
	}
	if q >= 0 {
		rp = 1 + uint32(x.args[q].rule)
	}
	f := &c.feats
	agree := ra<<6 | rp<<4 | wa<<1 | wp
	c.grammar = bit(ra == 1+roleAgent) == wa && bit(rp == 1+rolePatient) == wp && ra != 1+roleNone && rp != 1+roleNone
	c.lemma = t.lemma
	f.add(80, agree, 0, 0, 0)
	f.add(81, agree, str(t.frame.typ.Name), 0, 0)
	f.add(82, agree, uint32(t.kind), 0, 0)
	f.add(83, agree, uint32(t.frame.id), 0, 0)
	var ia, ip int
	if a >= 0 {
		la = level(x.args[a].score[roleAgent])
		ia = x.args[a].item
	}
	if q >= 0 {
		lp = level(x.args[q].score[rolePatient])
		ip = x.args[q].item
	}
	top := func(role int) uint32 {
		b := int32(minArg)
		for i := range x.args {
			b = max(b, x.args[i].score[role])
		}
		return level(b)
	}
	kind := uint32(t.kind)
	f.add(60, la, lp, 0, 0)
	f.add(61, typ, la, 0, 0)
	f.add(62, typ, lp, 0, 1)
	f.add(63, kind, la, lp, 0)
	f.add(64, uint32(t.lemma), 0, 0, 0)
	f.add(65, uint32(t.lemma), kind, bit(a < 0), bit(q < 0))
	f.add(66, top(roleAgent), la, bit(a < 0), 0)
	f.add(67, top(rolePatient), lp, bit(q < 0), 1)
	f.add(68, typ, kind, bit(a < 0), bit(q < 0))
	f.add(69, bit(ia < 0), bit(ip < 0), kind, typ)
	f.add(70, uint32(len(x.args)&15), la, lp, 0)
	it := &p.items[n]
	f.add(71, typ, kind, bit(it.al), bit(it.enc != arabic.NoEnclitic))
	f.add(72, typ, str(it.prep), kind, 0)
	if n > 0 {
		prev := &p.items[n-1]
		f.add(73, typ, kind, uint32(prev.kind), bit(prev.al))
		if prev.word != nil {
			f.add(74, typ, uint32(prev.word.class), kind, 0)
		} else if prev.kind == itNoun {
			f.add(75, typ, str(p.t.Base(int(prev.first))), 0, 0)
		}
	}
	if n+1 < len(p.items) {
		next := &p.items[n+1]
		f.add(76, typ, kind, uint32(next.kind), bit(next.al))
		if next.kind == itNoun {
			f.add(77, uint32(t.lemma), str(p.t.Base(int(next.first))), 0, 0)
			f.add(78, typ, str(p.t.Base(int(next.first))), 0, 0)
		}
	}
	if l := p.lightVerb(n); l >= 0 && t.kind > passive {
		f.add(79, typ, str(p.t.Base(int(p.items[l].first))), 0, 0)
	}
	x.shape(&c.dense, n, t, a, q)
	c.common(p)
	if x.why {
		c.why = x.reasons(&c, n, t, a, q)
	}
	if x.explain != nil {
		x.explainCand(&c)
	}
	x.keep(c)
}
