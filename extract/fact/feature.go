package fact

// Features are numbers: a hash of a small tuple, folded to featBits. Collisions
// are harmless to a linear model of this size and cost no table of strings.
const featBits = 18

type feats []uint32

// add appends the feature made of the template number and up to four values.
func (f *feats) add(template, a, b, c, d uint32) { f.addTo(featBits, template, a, b, c, d) }

// addTo is add for a table of 1<<bits features.
func (f *feats) addTo(bits uint, template, a, b, c, d uint32) {
	h := template*0x9e3779b1 + 0x85ebca6b
	for _, v := range [...]uint32{a, b, c, d} {
		h ^= v + 0x9e3779b9 + h<<6 + h>>2
		h *= 0xc2b2ae35
		h ^= h >> 15
	}
	*f = append(*f, h>>(32-bits))
}

// str is the value of a string in a feature (FNV-1a).
func str(s string) uint32 {
	h := uint32(2166136261)
	for i := 0; i < len(s); i++ {
		h = (h ^ uint32(s[i])) * 16777619
	}
	return h
}

func bit(b bool) uint32 {
	if b {
		return 1
	}
	return 0
}

// bucket folds a count to few values: 0 1 2 3 4-5 6-8 9-14 more.
func bucket(n int) uint32 {
	switch {
	case n <= 3:
		return uint32(max(n, 0))
	case n <= 5:
		return 4
	case n <= 8:
		return 5
	case n <= 14:
		return 6
	}
	return 7
}

// Most candidates and phrases have fewer features than this; more are no harm.
const (
	candRoom = 88
	argRoom  = 48
)

// room returns empty features with room for n, cut from a larger piece, so that
// an article's thousands of them cost a few allocations. Pieces are not used again:
// training keeps features.
func (p *parser) room(n int) feats {
	const piece = 1 << 13
	if len(p.piece) < n {
		p.piece = make([]uint32, piece)
	}
	f := feats(p.piece[:0:n])
	p.piece = p.piece[n:]
	return f
}
