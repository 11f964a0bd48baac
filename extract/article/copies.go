package article

import (
	"slices"
	"unicode"
)

// Copies notices which articles are copies of one text: the same agency report in several outlets, word for word or with
// a changed lead, title or sentence. What belongs together depends on the set of articles alone, never on the order in
// which they were added:
//
//   - equal words (see fold; punctuation, diacritics and case do not count) make an exact copy;
//   - sketches that agree in at least [nearMatches] of [sketchLen] values, which estimates that the two texts share about
//     seven tenths of all their runs of four words, make a near copy, if one of [bands] bands of the sketches is equal;
//   - a group is what is connected by such pairs, so its ends may be less alike than that.
//
// An article takes about 900 bytes here. The zero value is not ready; use NewCopies. Not for concurrent use.
type Copies struct {
	ids      []string
	byID     map[string]int32
	exact    map[uint64]int32 // hash of all words → first article with it
	sketches []sketch
	parent   []int32          // union-find over articles
	least    []int32          // at roots: the article of the group with the smallest ID
	head     map[uint64]int32 // band of a sketch → last article with it …
	next     []int32          // … and the one before it, for each article and band; -1 ends
}

const (
	shingle     = 4  // words in a run
	sketchLen   = 60 // values in a sketch
	bands       = 12 // of a sketch, for finding candidates; texts that share .8 of their runs meet in one with 99 %, .5 with 32 %
	rows        = sketchLen / bands
	nearMatches = 42 // values that have to agree
	minRuns     = 25 // texts with fewer runs of words are compared as a whole only
	minExact    = 8  // texts with fewer words are nobody's copies: «التفاصيل لاحقا» is no story
)

// sketch holds the least of its runs' hashes under sketchLen orders.
type sketch [sketchLen]uint32

// Likeness says how an article is like another.
type Likeness int

const (
	Original  Likeness = iota // like none before it
	NearCopy                  // most of its runs of words are another's
	ExactCopy                 // all of its words are another's
)

func (l Likeness) String() string { return [...]string{"original", "near copy", "exact copy"}[l] }

// NewCopies returns an empty index.
func NewCopies() *Copies {
	return &Copies{byID: map[string]int32{}, exact: map[uint64]int32{}, head: map[uint64]int32{}}
}

// Add takes in an article by ID and text, and says of which article added before it is a copy: of its group, the one with
// the smallest ID. An ID that is there already is not taken in again, whatever its text.
func (c *Copies) Add(id, text string) (of string, how Likeness) {
	if _, ok := c.byID[id]; ok {
		return "", Original
	}
	n := int32(len(c.ids))
	words, whole, sk := sketchOf(text)
	c.byID[id] = n
	c.ids = append(c.ids, id)
	c.parent = append(c.parent, n)
	c.least = append(c.least, n)
	c.sketches = append(c.sketches, sk)
	for range bands {
		c.next = append(c.next, -1)
	}
	if words < minExact {
		return "", Original
	}
	// The whole group is looked for before the article joins it, so that the answer names an earlier one.
	var roots []int32
	if first, ok := c.exact[whole]; ok {
		how = ExactCopy
		roots = append(roots, c.root(first))
	} else {
		c.exact[whole] = n
	}
	if how != ExactCopy && words >= minRuns+shingle-1 {
		// An exact copy has the sketch of its like, which stands in the bands already.
		for b := range bands {
			key := bandKey(b, &sk)
			last, ok := c.head[key]
			if !ok {
				last = -1
			}
			for m := last; m >= 0; m = c.next[int(m)*bands+b] {
				r := c.root(m)
				if !slices.Contains(roots, r) && alike(&sk, &c.sketches[m]) {
					roots = append(roots, r)
				}
			}
			c.next[int(n)*bands+b] = last
			c.head[key] = n
		}
		if len(roots) > 0 {
			how = NearCopy
		}
	}
	for i, r := range roots {
		if m := c.ids[c.least[r]]; i == 0 || m < of {
			of = m
		}
	}
	for _, r := range roots {
		c.join(n, r)
	}
	return of, how
}

// Groups returns the IDs of the articles that are copies of one another: groups of two or more, sorted within and among
// themselves.
func (c *Copies) Groups() [][]string {
	by := map[int32][]string{}
	for n := range c.ids {
		r := c.root(int32(n))
		by[r] = append(by[r], c.ids[n])
	}
	var out [][]string
	for _, g := range by {
		if len(g) > 1 {
			slices.Sort(g)
			out = append(out, g)
		}
	}
	slices.SortFunc(out, func(a, b []string) int { return slices.Compare(a, b) })
	return out
}

func (c *Copies) root(n int32) int32 {
	for c.parent[n] != n {
		c.parent[n] = c.parent[c.parent[n]]
		n = c.parent[n]
	}
	return n
}

func (c *Copies) join(a, b int32) {
	a, b = c.root(a), c.root(b)
	if a == b {
		return
	}
	if a > b {
		a, b = b, a
	}
	c.parent[b] = a
	if c.ids[c.least[b]] < c.ids[c.least[a]] {
		c.least[a] = c.least[b]
	}
}

func alike(a, b *sketch) bool {
	n := 0
	for i := range a {
		if a[i] == b[i] {
			n++
		}
	}
	return n >= nearMatches
}

// bandKey hashes one band of a sketch.
func bandKey(b int, s *sketch) uint64 {
	h := uint64(b) + 1
	for _, v := range s[b*rows : (b+1)*rows] {
		h = mix(h ^ uint64(v))
	}
	return h
}

// orders are the factors of the sketch's orders: odd numbers, the same on every machine.
var orders = func() (f [sketchLen]uint64) {
	x := uint64(0x9e3779b97f4a7c15)
	for i := range f {
		x = mix(x)
		f[i] = x | 1
	}
	return f
}()

// mix is the finaliser of SplitMix64 (Steele, Lea, Flood 2014).
func mix(x uint64) uint64 {
	x += 0x9e3779b97f4a7c15
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}

// sketchOf counts the words of a text, and hashes all of them and their runs.
func sketchOf(text string) (words int, whole uint64, s sketch) {
	for i := range s {
		s[i] = 1<<32 - 1
	}
	var run [shingle]uint64
	word := uint64(0)
	end := func() {
		if word == 0 {
			return
		}
		whole = mix(whole ^ word)
		run[words%shingle] = word
		words++
		word = 0
		if words < shingle {
			return
		}
		h := uint64(0)
		for i := range shingle {
			h = mix(h ^ run[(words+i)%shingle])
		}
		for i, f := range orders {
			if v := uint32(h * f >> 32); v < s[i] {
				s[i] = v
			}
		}
	}
	for _, r := range text {
		f, ok := foldRune(r)
		switch {
		case ok:
			word = (word ^ uint64(f)) * 0x100000001b3
			if word == 0 {
				word = 1
			}
		case !invisible(r):
			end()
		}
	}
	end()
	return words, whole, s
}

// foldRune folds a letter or digit as fold does; ok is false for all else.
func foldRune(r rune) (f rune, ok bool) {
	switch {
	case r < 0x80:
		if r >= 'A' && r <= 'Z' {
			r += 'a' - 'A'
		}
		return r, r >= 'a' && r <= 'z' || r >= '0' && r <= '9'
	case invisible(r):
		return 0, false
	case r == 'أ', r == 'إ', r == 'آ', r == 'ٱ':
		return 'ا', true
	case r == 'ى', r == 'ئ':
		return 'ي', true
	case r == 'ة':
		return 'ه', true
	case r == 'ؤ':
		return 'و', true
	case r >= 0x0620 && r <= 0x064a:
		return r, true
	case digit(r) >= 0:
		return '0' + rune(digit(r)), true
	}
	return unicode.ToLower(r), unicode.IsLetter(r) || unicode.IsDigit(r)
}

// invisible reports whether r is a mark within words that folding drops: diacritics, tatweel, joiners, marks of direction.
func invisible(r rune) bool {
	switch {
	case r < 0x0600:
		return r == 0xad
	case r < 0x2000:
		return r >= 0x064b && r <= 0x065f || r == 0x0640 || r == 0x0670 || r <= 0x0605 || r == 0x061c
	}
	return r >= 0x200b && r <= 0x200f || r >= 0x202a && r <= 0x202e || r >= 0x2060 && r <= 0x206f || r == 0xfeff
}
