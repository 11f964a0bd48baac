package quads

// sortBuffer sorts quads into the six permutations by stable counting sorts on one direction at a time: from one
// permutation to the next only the directions that move to the front need sorting.
type sortBuffer struct {
	a, b []ids
}

const (
	digitBits = 11
	digits    = 1 << digitBits
)

// by sorts stably by the id in one direction; most is the largest id there.
func (s *sortBuffer) by(pos int, most uint64) {
	for shift := 0; most>>shift > 0; shift += digitBits {
		var at [digits]uint32
		for i := range s.a {
			at[s.a[i][pos]>>shift%digits]++
		}
		sum := uint32(0)
		for d, n := range at {
			at[d] = sum
			sum += n
		}
		for i := range s.a {
			d := s.a[i][pos] >> shift % digits
			s.b[at[d]] = s.a[i]
			at[d]++
		}
		s.a, s.b = s.b, s.a
	}
}

// eachPerm calls f with the quads in the order of each permutation, by its number in perms.
func (s *sortBuffer) eachPerm(quads []ids, f func(perm int, sorted []ids) error) error {
	s.a = quads
	if cap(s.b) < len(quads) {
		s.b = make([]ids, len(quads))
	}
	s.b = s.b[:len(quads)]
	var most ids
	for i := range quads {
		for pos, id := range quads[i] {
			most[pos] = max(most[pos], id)
		}
	}
	// Each permutation from the one before: sorting stably by a direction moves it to the front.
	for _, step := range []struct {
		perm int // -1: only on the way to the next
		by   []int
	}{
		{0, []int{posL, posO, posP, posS}}, // → SPOL
		{2, []int{posO}},                   // SPOL → OSPL
		{1, []int{posP}},                   // OSPL → POSL
		{-1, []int{posS}},                  // POSL → SPOL
		{3, []int{posL}},                   // SPOL → LSPO
		{5, []int{posO}},                   // LSPO → OLSP
		{4, []int{posL, posP}},             // OLSP → PLOS
	} {
		for _, pos := range step.by {
			s.by(pos, most[pos])
		}
		if step.perm < 0 {
			continue
		}
		if err := f(step.perm, s.a); err != nil {
			return err
		}
	}
	return nil
}
