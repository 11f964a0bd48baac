package fact

import (
	"github.com/sila-graph/sila/extract/doc"
	"github.com/sila-graph/sila/extract/gazetteer"
)

// cand is a fact that a rule proposes; the model disposes.
type cand struct {
	typ         *doc.Type
	frame       *frame // nil for states
	agents      []int32
	patients    []int32
	sentence    int32
	first, last int32 // tokens of the evidence
	trigger     int32 // token, -1 none
	item        int32 // item of the trigger within its sentence, -1
	rule        string
	grammar     bool // follows what grammar says in full
	lemma       int32
	title       string
	ended       bool
	places      []int32
	time        string
	status      doc.Status
	source      int32
	sourceKind  string
	why         []string // see reasons
	count       *doc.Range
	feats       feats
	score       int32
	dense       dense
	final       int32  // while training: score with the trees
	pair        uint32 // level of the pair model, of candidates that it proposes
}

// common adds the features that every candidate has.
func (c *cand) common(p *parser) {
	f := &c.feats
	t := str(c.typ.Name)
	ta, tp := uint32(0), uint32(0)
	ka, kp := uint32(0), uint32(0)
	if len(c.agents) > 0 {
		ta = str(string(p.typ(c.agents[0])))
		ka = p.kindOf(c.agents[0])
	}
	if len(c.patients) > 0 {
		tp = str(string(p.typ(c.patients[0])))
		kp = p.kindOf(c.patients[0])
	}
	r := str(c.rule)
	f.add(100, t, 0, 0, 0)
	f.add(109, t, ka, kp, 0)
	f.add(110, t, ka, 0, 0)
	f.add(111, t, kp, 1, 0)
	f.add(101, t, ta, tp, 0)
	f.add(102, t, r, 0, 0)
	f.add(103, r, ta, tp, 0)
	f.add(104, t, bit(c.sentence == 0), r, 0)
	f.add(105, t, uint32(len(c.agents)&3), uint32(len(c.patients)&3), 0)
	f.add(106, t, str(string(c.status)), 0, 0)
	c.dense[dTopic] = p.about
	f.add(95, t, uint32(p.about), 0, 0)
	f.add(94, t, uint32(p.about), r, 0)
	ea, eb := c.ends()
	fa, fb := p.fineKind(ea), p.fineKind(eb)
	f.add(118, t, fa, fb, 0)
	f.add(119, t, fa, 1, 0)
	f.add(98, t, fb, 2, 0)
	na, nb := p.salience(ea), p.salience(eb)
	f.add(97, t, na, nb, 0)
	f.add(96, na, nb, 0, 0)
	if a, b := ea, eb; a >= 0 && b >= 0 {
		rel := p.relation(a, b)
		f.add(115, t, rel, 0, 0)
		f.add(116, t, rel, r, 0)
		f.add(117, t, rel, ka, kp)
	}
	f.add(107, t, bucket(int(c.sentence)), 0, 0)
	f.add(108, t, bit(c.source >= 0), r, 0)
}

// kindOf folds what is known of an entity to a value for features: of a place
// whether it is a country, which may act, or not.
func (p *parser) kindOf(e int32) uint32 {
	x := &p.m.Entities[e]
	if x.Type != doc.Place {
		return str(string(x.Type))
	}
	switch x.Kind {
	case "country":
		return 1
	case "capital":
		return 4
	case "":
		return 2
	}
	return 3
}

// What the gazetteer knows of two entities.
const (
	relUnknown = iota
	relInside  // the second is the province or district of the first
	relCountry // the second is the country of the first
	relSame    // both are of one country
	relHolds   // the first is the country of the second
	relOther   // they are of different countries
)

// relation says what the gazetteer knows of two entities.
func (p *parser) relation(a, b int32) uint32 {
	x, y := p.entry(a), p.entry(b)
	switch {
	case x == nil || y == nil:
		return relUnknown
	case x.Admin != "" && x.Admin == y.Ref:
		return relInside
	case x.Country == "" || y.Country == "":
		return relUnknown
	case x.Country != y.Country:
		return relOther
	case y.Kind == "country":
		return relCountry
	case x.Kind == "country":
		return relHolds
	}
	return relSame
}

// entry returns the gazetteer's entry of an entity, nil where it has none.
func (p *parser) entry(e int32) *gazetteer.Entry {
	if p.m.Entities[e].Ref == "" {
		return nil
	}
	return gazetteer.Default().Ref(p.m.Entities[e].Ref)
}

// fineKind is the finest that is known of an entity's kind, for features.
func (p *parser) fineKind(e int32) uint32 {
	if e < 0 {
		return 0
	}
	x := &p.m.Entities[e]
	if x.Kind != "" {
		return str(x.Kind)
	}
	return str(string(x.Type)) + 1
}

// salience folds how often the article names an entity, and whether its title does.
func (p *parser) salience(e int32) uint32 {
	if e < 0 {
		return 0
	}
	return 1 + bucket(int(p.count[e]))<<1 | bit(p.inTitle[e])
}
