package mention

// lattice is the memory of a Viterbi search, reused from sentence to sentence.
type lattice struct {
	emit [][numLabels]int32
	back [][numLabels]label
}

// decode writes the best legal labels of n tokens, whose emission scores stand
// in la.emit, to dst. allowed gives each token's permitted labels as bit sets;
// nil permits all. Ties go to the smaller label, so that results don't depend
// on anything else.
func (la *lattice) decode(n int, m *Model, allowed []uint16, dst []label) []label {
	dst = dst[:0]
	if n == 0 {
		return dst
	}
	for len(la.back) < n {
		la.back = append(la.back, [numLabels]label{})
	}
	const never = -1 << 30
	var cur, next [numLabels]int32
	for l := range label(numLabels) {
		cur[l] = never
		if !l.isInside() && (allowed == nil || allowed[0]>>l&1 != 0) {
			cur[l] = m.start[l] + la.emit[0][l]
		}
	}
	for i := 1; i < n; i++ {
		// Outside and beginnings may follow anything: the best previous label
		// depends on the transition, so all are tried. Insides have two.
		back := &la.back[i]
		for l := range label(numLabels) {
			next[l] = never
			if allowed != nil && allowed[i]>>l&1 == 0 {
				continue
			}
			best, from := int32(never), label(0)
			if l.isInside() {
				b, in := l-1, l
				best, from = cur[b]+m.trans[b][l], b
				if s := cur[in] + m.trans[in][l]; s > best {
					best, from = s, in
				}
			} else {
				for p := range label(numLabels) {
					if s := cur[p] + m.trans[p][l]; s > best {
						best, from = s, p
					}
				}
			}
			next[l] = best + la.emit[i][l]
			back[l] = from
		}
		cur = next
	}
	best := label(0)
	for l := range label(numLabels) {
		if cur[l] > cur[best] {
			best = l
		}
	}
	for range n {
		dst = append(dst, 0)
	}
	for i := n - 1; i >= 0; i-- {
		dst[i] = best
		if i > 0 {
			best = la.back[i][best]
		}
	}
	return dst
}
