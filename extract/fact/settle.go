package fact

import (
	"slices"

	"github.com/sila-graph/sila/extract/doc"
)

// settle lets each fact that the title tells take status, source, time and place
// from the body, where the body tells the same pair: a title says in whose word
// and how surely less often than the text below it.
func (r *run) settle(i int) *cand {
	c := &r.cands[i]
	if c.typ.Name == "Say" && c.status != doc.Actual {
		for j := r.lastTold(c.told()); j >= 0; j = r.toldPrev[j] {
			if d := &r.cands[j]; d.status == doc.Actual && d.final >= r.model.least(d.typ) {
				return d // لم يكشف … وقال
			}
		}
	}
	for j := r.lastTold(c.told()); j >= 0 && c.frame != nil; j = r.toldPrev[j] {
		// The same told by another word of the sentence, nearer to its roles.
		if d := &r.cands[j]; d.frame != nil && d.sentence == c.sentence && d.status != c.status && d.last-d.first < c.last-c.first && d.final >= r.model.least(d.typ) {
			return d
		}
	}
	if c.sentence != 0 {
		return c
	}
	best := -1
	k := c.told()
	for j := r.lastTold(k); j >= 0; j = r.toldPrev[j] {
		if d := &r.cands[j]; d.sentence > 0 && (best < 0 || d.final >= r.cands[best].final) {
			best = int(j)
		}
	}
	if best < 0 {
		return c
	}
	q := *c
	d := &r.cands[best]
	q.status, q.source, q.sourceKind = d.status, d.source, d.sourceKind
	if q.time == "" {
		q.time = d.time
	}
	if len(q.places) == 0 {
		q.places = d.places
	}
	return &q
}

// chain links the candidates that tell the same pair, from the last to the first.
func (r *run) chain() {
	if r.toldLast == nil {
		r.toldLast = map[told]int32{}
	}
	clear(r.toldLast)
	r.toldPrev = r.toldPrev[:0]
	for i := range r.cands {
		k := r.cands[i].told()
		r.toldPrev = append(r.toldPrev, r.lastTold(k))
		r.toldLast[k] = int32(i)
	}
}

// lastTold returns the last candidate that tells the pair, -1 for none.
func (r *run) lastTold(k told) int32 {
	if i, ok := r.toldLast[k]; ok {
		return i
	}
	return -1
}

// concord leaves one fact of those that tell the same of the same parties: the
// surest that happened, else the surest. A plan that was carried out is no plan.
func concord(out []doc.Fact) []doc.Fact {
	same := func(f, g *doc.Fact) bool {
		return f.Type == g.Type && slices.Equal(f.Agent, g.Agent) && slices.Equal(f.Patient, g.Patient) && f.Title == g.Title
	}
	keep := out[:0]
next:
	for i := range out {
		f := &out[i]
		for j := range keep {
			if g := &keep[j]; same(f, g) && len(f.Agent)+len(f.Patient) > 2 {
				if better(f, g) {
					*g = *f
				}
				continue next
			}
		}
		keep = append(keep, *f)
	}
	return keep
}

func better(f, g *doc.Fact) bool {
	if a, b := f.Status == doc.Actual, g.Status == doc.Actual; a != b {
		return a
	}
	return f.Confidence > g.Confidence
}
