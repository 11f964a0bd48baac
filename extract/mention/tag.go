package mention

import "github.com/sila-graph/sila/extract/arabic"

// read looks up all tokens of t.
func (r *Recognizer) read(t *arabic.Text) {
	r.words.fill(r.gaz, &r.bits, t)
	r.matchAll(t)
	r.gatherForms(t)
}

// tagWith labels all tokens of t into r.tags; read has to come first.
func (r *Recognizer) tagWith(t *arabic.Text, m *Model) {
	r.tags = r.tags[:0]
	for j := range t.Sentences {
		s := &t.Sentences[j]
		r.prepare(t, s)
		n := int(s.Last - s.First)
		for len(r.lattice.emit) < n {
			r.lattice.emit = append(r.lattice.emit, [numLabels]int32{})
		}
		for i := range n {
			r.feats = r.features(r.feats[:0], t, int(s.First)+i, s, r.groups)
			m.score(r.feats, &r.lattice.emit[i])
		}
		r.labels = r.lattice.decode(n, m, nil, r.labels)
		r.tags = append(r.tags, r.labels...)
	}
}
