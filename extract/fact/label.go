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
	triple map[tripleKey]bool      // value: required
	opt    map[string]bool         // optional entities
	free   map[tripleKey]bool      // what gold leaves open: it follows from what gold says
	plain  map[tripleKey]bool      // the same, large groups as pairs
	fills  map[tripleKey]tripleKey // of optional readings: the required one, with an empty role, that each stands for
	here   map[tripleAt]bool       // what gold states with evidence in a sentence
	groups []group
	roles  []sample
	pairs  []sample
	skip   int
	world  World
}

type tripleAt struct {
	tripleKey
	sentence int
}

func newCollector(ex *Example, world World) *collector {
	c := &collector{ex: ex, triple: map[tripleKey]bool{}, opt: map[string]bool{}, plain: map[tripleKey]bool{}, here: map[tripleAt]bool{}, world: world}
	for _, e := range ex.Doc.Entities {
		if e.Optional {
			c.opt[e.ID] = true
		}
	}
	for i := range ex.Doc.Facts {
		f := &ex.Doc.Facts[i]
		if t, ok := doc.Types().ByName(f.Type); ok && t.Symmetric && len(f.Agent) >= large {
			c.groups = append(c.groups, group{f.Type, f.Agent})
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
		for _, k := range (&collector{}).triples(f.Type, f.Agent, f.Patient) {
			c.plain[k] = c.plain[k] || !f.Optional && !c.opt[k.a] && !c.opt[k.b]
			if g.sentence >= 0 {
				c.here[tripleAt{k, g.sentence}] = true
			}
		}
		for _, k := range c.goldTriples(f) {
			c.triple[k] = c.triple[k] || !f.Optional && !c.opt[k.a] && !c.opt[k.b]
		}
	}
	c.free = follows(c.triple)
	c.fills = map[tripleKey]tripleKey{}
	for u, required := range c.triple {
		if required || u.a == "" || u.b == "" {
			continue
		}
		for _, t := range [...]tripleKey{{u.typ, u.a, ""}, {u.typ, "", u.b}} {
			if c.triple[t] {
				c.fills[u] = t
				break
			}
		}
	}
	return c
}

// follows lists what is neither right nor wrong beside gold, as the guide's scorer
// has it: LocatedIn by transitivity, Control of what was captured or liberated.
func follows(gold map[tripleKey]bool) map[tripleKey]bool {
	out := map[tripleKey]bool{}
	inside := map[string][]string{}
	for t := range gold {
		switch t.typ {
		case "LocatedIn":
			inside[t.a] = append(inside[t.a], t.b)
		case "Capture", "Liberate":
			out[tripleKey{"Control", t.a, t.b}] = true
		}
	}
	for a := range inside {
		seen := map[string]bool{}
		for todo := inside[a]; len(todo) > 0; {
			x := todo[0]
			todo = todo[1:]
			if !seen[x] {
				seen[x] = true
				out[tripleKey{"LocatedIn", a, x}] = true
				todo = append(slices.Clone(todo), inside[x]...)
			}
		}
	}
	return out
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
func (c *collector) goldTriples(f *doc.Fact) []tripleKey {
	return c.triples(f.Type, f.Agent, f.Patient)
}

// large is a number of parties from which a symmetric fact counts once a party,
// not once a pair.
const large = 4

// group is such a fact.
type group struct {
	typ     string
	parties []string
}

func (c *collector) inGroup(typ, a, b string) bool {
	for _, g := range c.groups {
		if g.typ == typ && slices.Contains(g.parties, a) && (b == "" || slices.Contains(g.parties, b)) {
			return true
		}
	}
	return false
}

func (c *collector) triples(typ string, agents, patients []string) []tripleKey {
	var out []tripleKey
	t, ok := doc.Types().ByName(typ)
	if !ok {
		return nil
	}
	if t.Symmetric {
		all := append(slices.Clone(agents), patients...)
		slices.Sort(all)
		all = slices.Compact(all)
		for i, a := range all {
			if len(all) == 1 || c.inGroup(typ, a, "") {
				out = append(out, tripleKey{typ, a, ""})
			}
			for _, b := range all[i+1:] {
				if !c.inGroup(typ, a, b) {
					out = append(out, tripleKey{typ, a, b})
				}
			}
		}
		return out
	}
	if len(agents) == 0 && len(patients) == 0 {
		return nil // a fact with a place alone isn't scored
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

// pair labels a pair of phrases of sentence s: the types that gold states between
// them with evidence in this sentence. What gold tells elsewhere, or leaves open,
// is no sample.
func (c *collector) pair(x *run, s int, f feats, a, b int32, forward bool) {
	id := func(e int32) (string, bool) {
		if e < 0 {
			return "", true
		}
		g := c.ex.IDs[e]
		return g, g != ""
	}
	ga, oka := id(a)
	gb, okb := id(b)
	if c.opt[ga] || c.opt[gb] {
		return
	}
	some := false
	if oka && okb {
		types := x.lex.inv.List
		for k := range types {
			t := &types[k]
			if !pairAllowed(t, a >= 0, b >= 0, forward) {
				continue
			}
			key := tripleKey{t.Name, ga, gb}
			if (t.Symmetric || t.Undirect) && gb != "" && ga > gb {
				key.a, key.b = gb, ga
			}
			required, in := c.plain[key]
			if !in {
				continue
			}
			some = true
			if !c.here[tripleAt{key, s}] {
				continue
			}
			w := 1.0
			if !required {
				w = 0.3
			}
			c.pairs = append(c.pairs, sample{slices.Clone(f), x.lex.pairClass[k], w})
		}
	}
	if some {
		return
	}
	// Of what is no fact, one in three is enough.
	c.skip++
	if c.skip%3 != 0 {
		return
	}
	c.pairs = append(c.pairs, sample{slices.Clone(f), 0, 3})
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
	for _, t := range c.triples(k.typ.Name, a, p) {
		all++
		required, in := c.triple[t]
		switch {
		case in && required, c.fills[t].typ != "":
			right++
		case in:
			open++
		case c.free[t]:
			open++
		case c.partial(t):
			// half an answer: no error, but the whole one is wanted
		case c.isWorld(x, k):
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

func (c *collector) isWorld(x *run, k *cand) bool {
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
