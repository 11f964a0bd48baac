// Package copies tells which texts are copies of one another: the same agency report in several outlets, word for word or
// with a changed lead, title or sentence. In go texts ([Of]), out come sketches, which can be compared ([Sketch.Like]) and
// say which others are worth comparing with ([Sketch.Keys]). What is like what depends on the two texts alone:
//
//   - equal words (letters and digits folded; punctuation, diacritics and case don't count) make an exact copy;
//   - sketches that agree in at least [nearMatches] of [sketchLen] values, which estimates that the two texts share about
//     seven tenths of all their runs of four words, make a near copy, if one of [bands] bands of the sketches is equal.
//
// Sketches: Broder, "On the resemblance and containment of documents" (1997); bands: Leskovec, Rajaraman, Ullman, "Mining
// of Massive Datasets", chapter 3.
package copies

import (
	"slices"
	"strconv"
)

const (
	shingle     = 4  // words in a run
	sketchLen   = 60 // values in a sketch
	bands       = 8  // of a sketch, for finding candidates; texts that share .8 of their runs meet in one with 98 %, .3 with 6 %
	rows        = 4  // values in a band
	nearMatches = 42 // values that have to agree
	minRuns     = 25 // texts with fewer runs of words are compared as a whole only
	minExact    = 8  // texts with fewer words are nobody's copies: «التفاصيل لاحقا» is no story
)

// Sketch is what is kept of a text, 250 bytes whatever its length.
type Sketch struct {
	words int
	whole uint64            // hash of all words
	least [sketchLen]uint32 // the least of its runs' hashes under each order
}

// Likeness says how a text is like another.
type Likeness int

// Either is symmetric: a is like b as b is like a.
const (
	Different Likeness = iota
	Near               // most runs of words are the other's
	Exact              // all words are the other's
)

func (l Likeness) String() string { return [...]string{"different", "near copy", "exact copy"}[l] }

// Like compares two texts by their sketches.
func (s *Sketch) Like(t *Sketch) Likeness {
	switch {
	case s.words < minExact || t.words < minExact:
		return Different
	case s.words == t.words && s.whole == t.whole:
		return Exact
	case !s.banded() || !t.banded():
		return Different
	}
	n := 0
	for i := range s.least {
		if s.least[i] == t.least[i] {
			n++
		}
	}
	if n < nearMatches {
		return Different
	}
	for b := range bands {
		if slices.Equal(s.band(b), t.band(b)) {
			return Near
		}
	}
	return Different
}

// Keys lists what the sketch is found by: sketches that are alike share a key. The first key is that of all words, which
// exact copies alone share; a text that is nobody's copy has no keys.
func (s *Sketch) Keys() []string {
	if s.words < minExact {
		return nil
	}
	out := make([]string, 1, 1+bands)
	out[0] = "=" + strconv.FormatUint(mix(s.whole^uint64(s.words)), 36)
	if s.banded() {
		for b := range bands {
			h := uint64(b) + 1
			for _, v := range s.band(b) {
				h = mix(h ^ uint64(v))
			}
			out = append(out, strconv.FormatUint(h, 36))
		}
	}
	return out
}

func (s *Sketch) banded() bool { return s.words >= minRuns+shingle-1 }

func (s *Sketch) band(b int) []uint32 { return s.least[b*rows : (b+1)*rows] }

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

// Of sketches a text.
func Of(text string) *Sketch {
	s := &Sketch{}
	for i := range s.least {
		s.least[i] = 1<<32 - 1
	}
	var run [shingle]uint64
	word := uint64(0)
	end := func() {
		if word == 0 {
			return
		}
		s.whole = mix(s.whole ^ word)
		run[s.words%shingle] = word
		s.words++
		word = 0
		if s.words < shingle {
			return
		}
		h := uint64(0)
		for i := range shingle {
			h = mix(h ^ run[(s.words+i)%shingle])
		}
		for i, f := range orders {
			if v := uint32(h * f >> 32); v < s.least[i] {
				s.least[i] = v
			}
		}
	}
	for _, r := range text {
		f, ok := FoldRune(r)
		switch {
		case ok:
			word = (word ^ uint64(f)) * 0x100000001b3
			if word == 0 {
				word = 1
			}
		case !Invisible(r):
			end()
		}
	}
	end()
	return s
}
