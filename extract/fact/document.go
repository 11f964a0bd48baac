package fact

import (
	"github.com/sila-graph/sila/extract/doc"
)

// told is a pair that candidates state, whatever word tells it.
type told struct {
	typ            *doc.Type
	agent, patient int32
}

func (c *cand) told() told {
	k := told{c.typ, -1, -1}
	if len(c.agents) > 0 {
		k.agent = c.agents[0]
	}
	if len(c.patients) > 0 {
		k.patient = c.patients[0]
	}
	return k
}

// repeated lets the candidates of an article know of each other: how many words
// tell the same pair, and whether grammar states it elsewhere in full. What an
// article tells twice it tells more surely.
func (r *run) repeated() {
	type seen struct {
		count   int   // words that tell the pair
		trigger int32 // the last of them
		grammar int   // of them, where grammar says so in full
		last    int32
	}
	pairs := make(map[told]seen, len(r.cands))
	for i := range r.cands {
		c := &r.cands[i]
		k := c.told()
		s := pairs[k]
		if s.count == 0 || s.trigger != c.first {
			s.count++
			s.trigger = c.first
		}
		if c.grammar && (s.grammar == 0 || s.last != c.first) {
			s.grammar++
			s.last = c.first
		}
		pairs[k] = s
	}
	for i := range r.cands {
		c := &r.cands[i]
		s := pairs[c.told()]
		others := s.grammar
		if c.grammar {
			others--
		}
		state := bit(c.frame == nil)
		c.feats.add(112, bucket(s.count-1), state, bit(c.grammar), 0)
		c.feats.add(113, bucket(others), state, bit(c.grammar), 1)
		c.feats.add(114, str(c.typ.Name), bucket(s.count-1), bit(others > 0), 0)
	}
}

// sameHappening gives a fact of an event that names no time the one of another
// fact of its type that shares a role: articles date what happened once, where
// they first tell it, and come back to it («وخلال اللقاء …»). Times that differ
// among these give none.
func (r *run) sameHappening(out []doc.Fact) {
	for i := range out {
		f := &out[i]
		if f.Time != "" || stateType(f.Type) || f.Status != doc.Actual {
			continue
		}
		time, ambiguous := "", false
		for k := range out {
			g := &out[k]
			if k == i || g.Type != f.Type || g.Status != f.Status || g.Time == "" || len(g.Time) < len("2006-01-02") || !shares(f, g) {
				continue
			}
			ambiguous = ambiguous || time != "" && time != g.Time
			time = g.Time
		}
		if !ambiguous {
			f.Time = time
		}
	}
}

// shares says whether two facts have a role in common: of symmetric facts one
// party, of others the patient, or the agent where neither has a patient.
func shares(f, g *doc.Fact) bool {
	a, b := f.Patient, g.Patient
	if len(a) == 0 && len(b) == 0 {
		a, b = f.Agent, g.Agent
	}
	for _, x := range a {
		for _, y := range b {
			if x == y {
				return true
			}
		}
	}
	return false
}
