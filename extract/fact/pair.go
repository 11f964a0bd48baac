package fact

import (
	"slices"

	"github.com/sila-graph/sila/extract/arabic"
	"github.com/sila-graph/sila/extract/doc"
	"github.com/sila-graph/sila/extract/mention"
)

// A second way to facts, beside words that are known to tell them: whatever two
// phrases of a sentence are (or one alone, where the other role is empty), a
// model guesses the type of fact between them from the words around, from what
// grammar says of every trigger, and from the roles that the role model gives.

// pairClasses is the number of classes of the pair model: none, the states that
// it proposes, and the other types in the order of the inventory.
const (
	pairClasses = 44
	pairLow     = 8 // none and the states stand below
)

// pairStates are the types that the pair model proposes itself. Events that no
// word tells it guesses wrong in three cases of four; of those it only says how
// well a reading of a trigger suits the pair.
var pairStates = [...]string{"HoldsPosition", "MemberOf", "AffiliatedWith", "LocatedIn", "Borders"}

// pairClassOf numbers the types of the inventory as classes of the pair model.
func pairClassOf(inv *doc.Inventory) []int {
	out := make([]int, len(inv.List))
	next := pairLow
	for i := range inv.List {
		if k := slices.Index(pairStates[:], inv.List[i].Name); k >= 0 {
			out[i] = 1 + k
		} else {
			out[i] = next
			next++
		}
	}
	return out
}

// pairBits is the size of the pair model's table of features.
const pairBits = 16

// limits of the search for pairs
const (
	maxPhrases = 24 // phrases of a sentence that are looked at
	minPair    = -2 * unit
	maxApart   = 24 // items between phrases that may be in a state of which nothing else tells
)

// phrase is a mention of an entity in the sentence, or before it.
type phrase struct {
	item int   // of the sentence; before it: -1 the subject that goes on, -2 the speaker
	lead int   // item that leads its coordination
	ent  int32 // entity
}

// spoken is what one trigger of the sentence says of its phrases.
type spoken struct {
	typ   uint32 // of the frame, as a value for features
	kind  formKind
	frame uint32
	item  int
	args  []arg // by item, entities; shared with the trigger's own
}

// pairs proposes facts for the phrases of the sentence that p.items holds. It
// comes after events, whose triggers it reads.
func (x *run) pairs(s, before int) {
	if x.collect != nil && !x.collectPairs {
		return
	}
	p := &x.parser
	x.phrases = x.phrases[:0]
	add := func(ph phrase) {
		for i := range x.phrases {
			if q := &x.phrases[i]; q.ent == ph.ent && (ph.item < 0 || q.item >= 0 && ph.item-q.item < 3) {
				return
			}
		}
		if len(x.phrases) < maxPhrases {
			x.phrases = append(x.phrases, ph)
		}
	}
	for n := range p.items {
		if it := &p.items[n]; it.kind == itNP {
			add(phrase{n, int(it.group), it.ent})
		}
	}
	if e := x.state.subject; e >= 0 {
		add(phrase{-1, -1, e})
	}
	if e := x.state.speaker; e >= 0 {
		add(phrase{-2, -2, e})
	}
	if len(x.phrases) == 0 {
		return
	}
	clear(x.byPair)
	first := len(x.cands)
	for i := before; i < first; i++ {
		a, b := x.cands[i].ends()
		x.byPair[pairKey(a, b)] = append(x.byPair[pairKey(a, b)], int32(i))
	}
	x.lemmas, x.clusters = x.lemmas[:0], x.clusters[:0]
	for n := range p.items {
		it := &p.items[n]
		h, cl := uint32(it.kind), uint16(0)
		switch it.kind {
		case itNoun, itVerb, itSay, itTrig, itPrep:
			h = str(p.t.Base(int(it.first)))
			cl = mention.Cluster(p.articled(it.first))
		case itNP:
			h = 1000 + p.kindOf(it.ent)
		}
		x.lemmas, x.clusters = append(x.lemmas, h), append(x.clusters, cl)
	}
	for i := range x.phrases {
		a := &x.phrases[i]
		for j := range x.phrases {
			b := &x.phrases[j]
			if i == j || a.ent == b.ent || a.item < 0 && b.item < 0 {
				continue
			}
			x.guess(s, a, b)
		}
		if a.item >= 0 {
			x.guess(s, a, nil)
			x.guess(s, nil, a)
		}
	}
	for i := before; i < first; i++ {
		c := &x.cands[i]
		typ, r := str(c.typ.Name), str(c.rule)
		c.feats.add(204, typ, c.pair, 0, 0)
		c.feats.add(205, r, c.pair, 0, 0)
		c.feats.add(206, c.pair, 0, 0, 0)
		c.feats.add(207, c.pair, bit(c.grammar), bit(c.frame == nil), 0)
	}
}

// pairKey is a pair of entities whichever way round.
func pairKey(a, b int32) [2]int32 { return [2]int32{min(a, b), max(a, b)} }

// ends returns the first two entities of a candidate, -1 for none.
func (c *cand) ends() (int32, int32) {
	k := c.told()
	if len(c.agents) > 1 && len(c.patients) == 0 {
		k.patient = c.agents[1]
	}
	return k.agent, k.patient
}

// guess scores one pair, agent and patient; either may be nil: nobody named.
func (x *run) guess(s int, a, b *phrase) {
	ea, eb := int32(-1), int32(-1)
	if a != nil {
		ea = a.ent
	}
	if b != nil {
		eb = b.ent
	}
	with := x.byPair[pairKey(ea, eb)]
	states := a != nil && b != nil && a.item >= 0 && b.item >= 0 && abs(a.item-b.item) <= maxApart && mayBeState(x.parser.typ(ea), x.parser.typ(eb))
	if len(with) == 0 && !states {
		return
	}
	f := x.pairFeats[:0]
	x.pairFeatures(&f, s, a, b)
	x.pairFeats = f
	forward := a != nil && b != nil && a.item <= b.item
	if x.collect != nil && x.collectPairs {
		x.collect.pair(x, s, f, ea, eb, forward)
		return
	}
	var sum [pairClasses]int32
	x.model.pairScores(f, sum[:pairLow])
	var have [pairClasses]bool
	for _, i := range with {
		c := &x.cands[i]
		if c.typ.Symmetric || c.typ.Undirect {
			if !forward && b != nil {
				continue
			}
		} else if len(c.agents) > 0 && c.agents[0] != ea || len(c.patients) > 0 && c.patients[0] != eb {
			continue
		}
		k := x.lex.pairClass[x.lex.number(c.typ)]
		if !have[k] && k >= pairLow {
			sum[k] = x.model.pairScore(f, k)
		}
		have[k] = true
		c.pair = max(c.pair, 1+pairLevel(sum[k]-sum[0]))
	}
	if !states {
		return
	}
	for i := range x.lex.inv.List {
		t, k := &x.lex.inv.List[i], x.lex.pairClass[i]
		if k >= pairLow || have[k] || !pairAllowed(t, true, true, forward) {
			continue
		}
		if margin := sum[k] - sum[0]; margin >= minPair {
			x.pairCand(s, t, a, b, k, sum[:pairLow])
		}
	}
}

// mayBeState says whether entities of two types can be in one of pairStates.
func mayBeState(a, b doc.EntityType) bool {
	return b == doc.Place || b == doc.Organization && a != doc.Event || b == doc.Group && a != doc.Place && a != doc.Event
}

// pairAllowed says whether a type can hold between an agent and a patient:
// parties of a symmetric fact are taken in the order of the text.
func pairAllowed(t *doc.Type, agent, patient, forward bool) bool {
	switch {
	case t.Extra:
		return false
	case t.Name == "Say":
		return agent && !patient
	case t.Symmetric || t.Undirect:
		return agent && (forward || !patient)
	case t.State && t.Name != "Control" && t.Name != "HoldsPosition":
		return agent && patient
	}
	return true
}

func (x *run) pairCand(s int, t *doc.Type, a, b *phrase, k int, sum []int32) {
	p := &x.parser
	c := cand{typ: t, sentence: int32(s), trigger: -1, item: -1, rule: "pair", source: -1, status: doc.Actual}
	ia, ib := &p.items[a.item], &p.items[b.item]
	c.first, c.last = min(ia.first, ib.first), max(ia.last, ib.last)
	c.agents, c.patients = []int32{a.ent}, []int32{b.ent}
	best := sum[0]
	for i, v := range sum {
		if i != k {
			best = max(best, v)
		}
	}
	lm, lb := pairLevel(sum[k]-sum[0]), pairLevel(sum[k]-best)
	typ := str(t.Name)
	c.pair = 1 + lm
	f := &c.feats
	f.add(200, lm, lb, 0, 0)
	f.add(201, typ, lm, 0, 0)
	f.add(202, typ, lb, 1, 0)
	c.common(p)
	x.keep(c)
}

func abs(n int) int { return max(n, -n) }

// pairLevel folds a margin of the pair model to a few values.
func pairLevel(score int32) uint32 {
	return uint32(min(max(score/150+16, 0), 40))
}

func (x *run) pairFeatures(f *feats, s int, a, b *phrase) {
	p := &x.parser
	const bits = pairBits
	add := func(template, u, v, w, z uint32) { f.addTo(bits, template, u, v, w, z) }
	if a == nil || b == nil {
		x.singleFeatures(add, s, a, b)
		return
	}
	ka, kb := p.kindOf(a.ent), p.kindOf(b.ent)
	o := bit(a.item <= b.item)
	if a.item < 0 {
		o = uint32(1 - a.item)
	} else if b.item < 0 {
		o = uint32(3 - b.item)
	}
	lo, hi := a, b
	if lo.item > hi.item {
		lo, hi = hi, lo
	}
	var pa, pb string
	var ha, hb uint32
	if a.item >= 0 {
		pa, ha = p.items[a.item].prep, uint32(p.items[a.item].head)
	}
	if b.item >= 0 {
		pb, hb = p.items[b.item].prep, uint32(p.items[b.item].head)
	}
	spa, spb := str(pa), str(pb)
	add(0, 0, 0, 0, 0)
	add(1, o, ka, kb, 0)
	add(2, o, spa, spb, 0)
	add(3, o, ka, kb, spb)
	add(4, o, ka, kb, spa)
	add(5, o, ha, hb, 0)
	c := p.between(max(lo.item, -1), hi.item)
	add(6, o, bucket(c.nps), bucket(c.verbs), bucket(c.commas))
	add(7, o, bucket(c.comps+c.rels), bucket(hi.item-lo.item), 0)
	add(8, o, bit(s == 0), ka, kb)
	same := bit(lo.item >= 0 && lo.lead == hi.lead)
	add(9, o, same, ka, kb)
	// words between, before and after
	from := max(lo.item+1, 0)
	for n := from; n < hi.item && n < from+14; n++ {
		if p.items[n].kind == itComma {
			continue
		}
		add(10, o, x.lemmas[n], 0, 0)
		add(11, o, x.lemmas[n], ka, kb)
		add(12, o, uint32(x.cluster(n)), 1, 0)
	}
	for n := max(lo.item-1, -1); n >= 0 && n >= lo.item-5; n-- {
		add(13, o, x.lemmas[n], 0, 0)
		add(14, o, uint32(x.cluster(n)), 1, 0)
	}
	for n := hi.item + 1; n < len(p.items) && n <= hi.item+4; n++ {
		add(15, o, x.lemmas[n], 0, 0)
	}
	near := func(template uint32, n int) {
		if n >= 0 && n < len(p.items) {
			add(template, o, x.lemmas[n], 0, 0)
			add(template, o, x.lemmas[n], ka, kb)
		}
	}
	near(16, lo.item-1)
	near(17, hi.item-1)
	near(18, hi.item+1)
	near(19, lo.item+1)
	if lo.item >= 0 && hi.item-lo.item <= 4 {
		h := uint32(7)
		for n := lo.item + 1; n < hi.item; n++ {
			h = h*31 + x.lemmas[n]
		}
		add(20, o, h, 0, 0)
		add(21, o, h, ka, kb)
	}
	// what the triggers say
	for i := range x.spoken {
		sp := &x.spoken[i]
		pos := uint32(0)
		if sp.item > hi.item {
			pos = 2
		} else if sp.item > lo.item {
			pos = 1
		}
		d := bucket(min(abs(sp.item-lo.item), abs(sp.item-hi.item)))
		add(30, o, sp.typ, pos, 0)
		add(31, o, sp.typ, pos<<4|d, spb)
		add(32, o, sp.frame, pos, spb)
		ra, rb := sp.role(a), sp.role(b)
		la, lb := level(ra.score[roleAgent]), level(rb.score[rolePatient])
		add(33, sp.typ, la, lb, 0)
		add(34, sp.frame, la, lb, 0)
		add(35, sp.typ, uint32(ra.rule), uint32(rb.rule), uint32(sp.kind))
		add(36, sp.typ, level(ra.score[roleAgent]), level(rb.score[roleAgent]), o)
		add(37, sp.typ, level(ra.score[rolePatient]), level(rb.score[roleAgent]), 0)
	}
	if v := x.verbBefore(lo.item); v >= 0 {
		add(40, o, x.lemmas[v], 0, 0)
		add(41, o, x.lemmas[v], spb, 0)
	}
	if v := x.verbBefore(hi.item); v >= 0 {
		add(42, o, x.lemmas[v], bit(v > lo.item), 0)
		add(43, o, x.lemmas[v], spb, bit(v > lo.item))
	}
}

// singleFeatures are those of a phrase alone in its role.
func (x *run) singleFeatures(add func(template, u, v, w, z uint32), s int, a, b *phrase) {
	p := &x.parser
	o, ph, role := uint32(8), a, roleAgent
	if a == nil {
		o, ph, role = 9, b, rolePatient
	}
	it := &p.items[ph.item]
	k, prep := p.kindOf(ph.ent), str(it.prep)
	add(50, o, 0, 0, 0)
	add(51, o, k, prep, uint32(it.head))
	add(52, o, k, bit(s == 0), 0)
	add(53, o, bucket(len(x.phrases)), k, 0)
	for d := -5; d <= 5; d++ {
		if n := ph.item + d; d != 0 && n >= 0 && n < len(p.items) {
			add(54, o, x.lemmas[n], bit(d > 0), 0)
			add(55, o, uint32(x.cluster(n)), bit(d > 0), 0)
			if d >= -2 && d <= 2 {
				add(56, o, x.lemmas[n], uint32(d+8), k)
			}
		}
	}
	for i := range x.spoken {
		sp := &x.spoken[i]
		pos := bit(sp.item > ph.item)
		d := bucket(abs(sp.item - ph.item))
		r := sp.role(ph)
		add(60, o, sp.typ, pos, d)
		add(61, o, sp.frame, pos, prep)
		add(62, o, sp.typ, level(r.score[role]), uint32(r.rule))
		add(63, o, sp.frame, level(r.score[role]), 0)
		other := int32(-3000)
		for j := range sp.args {
			if sp.args[j].item != ph.lead {
				other = max(other, sp.args[j].score[roleAgent+rolePatient-role])
			}
		}
		add(64, o, sp.typ, level(r.score[role]), level(other))
	}
	if v := x.verbBefore(ph.item); v >= 0 {
		add(70, o, x.lemmas[v], k, 0)
		add(71, o, x.lemmas[v], prep, 0)
	}
}

var noRole = arg{score: [numRoles]int32{0, -3000, -3000}}

// role is what the role model says of a phrase for this trigger.
func (sp *spoken) role(ph *phrase) *arg {
	for i := range sp.args {
		a := &sp.args[i]
		if a.item >= 0 && a.item == ph.lead {
			return a
		}
		if a.item < 0 && ph.item < 0 && a.ents[0] == ph.ent {
			return a
		}
	}
	return &noRole
}

// verbBefore returns the nearest verb before item n, -1 for none.
func (x *run) verbBefore(n int) int {
	for m := n - 1; m >= 0; m-- {
		if x.parser.isVerb(m) {
			return m
		}
	}
	return -1
}

// cluster is the word cluster of an item, 0 for none.
func (x *run) cluster(n int) uint16 { return x.clusters[n] }

// noteTrigger keeps what a trigger says of its phrases for the pairs.
func (x *run) noteTrigger(n int, t *trigger) {
	sp := spoken{typ: str(t.frame.typ.Name), kind: t.kind, frame: uint32(t.frame.id), item: n}
	for i := range x.args {
		a := x.args[i]
		a.feats = nil
		sp.args = append(sp.args, a)
	}
	x.spoken = append(x.spoken, sp)
}

// articled returns token i without its proclitics, with its article where that is written.
func (p *parser) articled(i int32) string {
	const al = "ال"
	k := &p.t.Tokens[i]
	from := int(k.Bare)
	if k.Has(arabic.Al) && from >= len(al) && p.t.Norm[from-len(al):from] == al {
		from -= len(al)
	}
	return p.t.Norm[from:k.End]
}
