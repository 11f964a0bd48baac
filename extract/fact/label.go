package fact

import (
	"slices"
	"strings"

	"github.com/sila-graph/sila/extract/arabic"
	"github.com/sila-graph/sila/extract/doc"
)

// sample is one labelled vector.
type sample struct {
	feats  feats
	label  int
	weight float64
}

// goldFact is a fact of gold with the tokens of its evidence.
type goldFact struct {
	*doc.Fact
	first, last int32
	sentence    int
}

type tripleKey struct{ typ, a, b string }

// collector gathers training samples while the rules run over an article.
type collector struct {
	ex     *Example
	facts  []goldFact
	triple map[tripleKey]bool // value: required
	opt    map[string]bool    // optional entities
	roles  []sample
	world  World
}

func newCollector(ex *Example, world World) *collector {
	c := &collector{ex: ex, triple: map[tripleKey]bool{}, opt: map[string]bool{}, world: world}
	for _, e := range ex.Doc.Entities {
		if e.Optional {
			c.opt[e.ID] = true
		}
	}
	for i := range ex.Doc.Facts {
		f := &ex.Doc.Facts[i]
		g := goldFact{Fact: f, first: -1, last: -1, sentence: -1}
		g.first, g.last = tokensOf(ex.Text, f.Evidence)
		if g.first >= 0 {
			g.sentence = ex.Text.SentenceOf(int(g.first))
		}
		c.facts = append(c.facts, g)
		for _, k := range goldTriples(f) {
			c.triple[k] = c.triple[k] || !f.Optional && !c.opt[k.a] && !c.opt[k.b]
		}
	}
	return c
}

// tokensOf finds a snippet of the original text, as tokens.
func tokensOf(t *arabic.Text, snippet string) (int32, int32) {
	at := strings.Index(t.Orig, snippet)
	if at < 0 || snippet == "" {
		return -1, -1
	}
	end := at + len(snippet)
	first, last := int32(-1), int32(-1)
	for i := range t.Tokens {
		s, e := t.Source(int(t.Tokens[i].Start), int(t.Tokens[i].End))
		if e > at && s < end {
			if first < 0 {
				first = int32(i)
			}
			last = int32(i)
		}
	}
	return first, last
}

// goldTriples lists the pairs that a fact states, as the guide's scorer does.
func goldTriples(f *doc.Fact) []tripleKey { return triples(f.Type, f.Agent, f.Patient) }

func triples(typ string, agents, patients []string) []tripleKey {
	var out []tripleKey
	t, ok := doc.Types().ByName(typ)
	if !ok {
		return nil
	}
	if t.Symmetric {
		all := append(slices.Clone(agents), patients...)
		slices.Sort(all)
		all = slices.Compact(all)
		if len(all) == 1 {
			return []tripleKey{{typ, all[0], ""}}
		}
		for i, a := range all {
			for _, b := range all[i+1:] {
				out = append(out, tripleKey{typ, a, b})
			}
		}
		return out
	}
	if len(agents) == 0 {
		agents = []string{""}
	}
	if len(patients) == 0 {
		patients = []string{""}
	}
	for _, a := range agents {
		for _, b := range patients {
			if t.Undirect && a > b {
				a, b = b, a
			}
			out = append(out, tripleKey{typ, a, b})
		}
	}
	return out
}

// args labels the phrases of one trigger.
func (c *collector) args(x *run, s, n int, t *trigger) {
	tok := x.parser.items[n].first
	typ := t.frame.typ
	var inside, near []goldFact
	for _, g := range c.facts {
		if g.Type != typ.Name || g.first < 0 {
			continue
		}
		switch {
		case g.first <= tok && tok <= g.last:
			inside = append(inside, g)
		case g.sentence == s:
			near = append(near, g)
		}
	}
	if len(inside) == 0 {
		inside = near
	}
	if len(inside) == 0 {
		return
	}
	for i := range x.args {
		a := &x.args[i]
		label, weight := roleNone, 1.0
		for _, g := range inside {
			for _, e := range a.ents {
				id := c.ex.IDs[e]
				if id == "" {
					continue
				}
				switch {
				case slices.Contains(g.Agent, id):
					label = roleAgent
				case slices.Contains(g.Patient, id) && label == roleNone:
					label = rolePatient
				}
				if typ.Symmetric && label == rolePatient {
					label = roleAgent
				}
			}
		}
		c.roles = append(c.roles, sample{slices.Clone(a.feats), label, weight})
	}
}

// label says whether a candidate is right: 1, wrong: 0, or open: weight 0.
func (c *collector) label(x *run, k *cand) (int, float64) {
	ids := func(es []int32) ([]string, bool, bool) {
		var out []string
		known, optional := true, false
		for _, e := range es {
			id := c.ex.IDs[e]
			if id == "" {
				known = false
			}
			optional = optional || c.opt[id]
			out = append(out, id)
		}
		return out, known, optional
	}
	a, ka, oa := ids(k.agents)
	p, kp, op := ids(k.patients)
	if !ka || !kp {
		return 0, 1
	}
	right, open, all := 0, 0, 0
	for _, t := range triples(k.typ.Name, a, p) {
		all++
		required, in := c.triple[t]
		switch {
		case in && required:
			right++
		case in:
			open++
		case c.partial(t):
			// half an answer: no error, but the whole one is wanted
		case c.isWorld(x, k, t):
			open++
		}
	}
	switch {
	case all == 0:
		return 0, 0
	case right > 0 && 2*(right+open) >= all:
		return 1, 1
	case open > 0 && 2*open >= all:
		return 1, 0.25
	case oa || op:
		return 0, 0
	}
	return 0, 1
}

// partial says whether t leaves a role empty that gold fills.
func (c *collector) partial(t tripleKey) bool {
	if (t.a == "") == (t.b == "") {
		return false
	}
	for g := range c.triple {
		if g.typ == t.typ && (t.a == "" && (g.b == t.b || g.a == t.b) || t.b == "" && (g.a == t.a || g.b == t.a)) {
			return true
		}
	}
	return false
}

func (c *collector) isWorld(x *run, k *cand, _ tripleKey) bool {
	if c.world == nil || len(k.agents) != 1 || len(k.patients) != 1 {
		return false
	}
	m := x.parser.m
	for _, a := range m.Entities[k.agents[0]].Names {
		for _, b := range m.Entities[k.patients[0]].Names {
			if c.world(k.typ.Name, a, b) {
				return true
			}
		}
	}
	return false
}
