package fact

import (
	"github.com/sila-graph/sila/extract/doc"
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
