package fact

// settle lets each fact that the title tells take status, source, time and place
// from the body, where the body tells the same pair: a title says in whose word
// and how surely less often than the text below it.
func (r *run) settle(i int) *cand {
	c := &r.cands[i]
	if c.sentence != 0 {
		return c
	}
	best := -1
	k := c.told()
	for j := range r.cands {
		d := &r.cands[j]
		if d.sentence > 0 && d.typ == c.typ && d.told() == k && (best < 0 || d.score > r.cands[best].score) {
			best = j
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
