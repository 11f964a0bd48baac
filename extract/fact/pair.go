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
	args  []arg // with scores, without features
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
	c := cand{typ: t, sentence: int32(s), trigger: -1, item: -1, rule: "pair", source: -1, status: doc.Actual, feats: p.room(candRoom)}
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

// noteTrigger keeps what a trigger says of its phrases for the pairs.
func (x *run) noteTrigger(n int, t *trigger) {
	sp := spoken{typ: str(t.frame.typ.Name), kind: t.kind, frame: uint32(t.frame.id), item: n}
	from := len(x.spokenArgs)
	for i := range x.args {
		a := x.args[i]
		a.feats = nil
		x.spokenArgs = append(x.spokenArgs, a)
	}
	sp.args = x.spokenArgs[from:len(x.spokenArgs):len(x.spokenArgs)]
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
