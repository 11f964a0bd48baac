package arabic

import (
	"sort"
	"unicode/utf8"
)

// Text is an analysed text. Token and sentence offsets are bytes of Norm;
// [Text.Source] and [Text.Points] lead back to the original.
type Text struct {
	Orig      string
	Norm      string
	Tokens    []Token
	Sentences []Sentence

	from, to []int32 // per byte of Norm: the bytes of Orig that it stands for
	points   []int32 // code points of Orig before byte 64*i
}

// Sentence is a range of tokens. The first line of a text, its title, is a
// sentence of its own.
type Sentence struct {
	First, Last int32 // tokens First to Last-1
	Start, End  int32 // bytes of Norm
	Para        int32 // number of the line that it stands in
}

// Source returns the bytes of Orig that the bytes start to end of Norm stand for,
// diacritics on the last letter included.
func (t *Text) Source(start, end int) (int, int) {
	if start >= end {
		if start < len(t.from) {
			return int(t.from[start]), int(t.from[start])
		}
		return len(t.Orig), len(t.Orig)
	}
	return int(t.from[start]), int(t.to[end-1])
}

// Points returns bytes start and end of Norm as code points of Orig.
func (t *Text) Points(start, end int) (int, int) {
	s, e := t.Source(start, end)
	return t.point(s), t.point(e)
}

// point returns the number of code points before byte b of Orig.
func (t *Text) point(b int) int {
	i := b / 64
	if i >= len(t.points) {
		i = len(t.points) - 1
	}
	return int(t.points[i]) + utf8.RuneCountInString(t.Orig[i*64:b]) - t.straddle(i, b)
}

// straddle corrects for a rune that began before block i: its trailing bytes
// would count as a rune each.
func (t *Text) straddle(i, b int) int {
	n := 0
	for j := i * 64; j < b && !utf8.RuneStart(t.Orig[j]); j++ {
		n++
	}
	return n
}

func (t *Text) countPoints() {
	t.points = t.points[:0]
	n := int32(0)
	for i := 0; i < len(t.Orig); i += 64 {
		t.points = append(t.points, n)
		for j := i; j < i+64 && j < len(t.Orig); j++ {
			if utf8.RuneStart(t.Orig[j]) {
				n++
			}
		}
	}
	if len(t.points) == 0 {
		t.points = append(t.points, 0)
	}
}

// Slice returns the original text of bytes start to end of Norm.
func (t *Text) Slice(start, end int) string {
	s, e := t.Source(start, end)
	return t.Orig[s:e]
}

// Span returns the original text of tokens first to last, last included.
func (t *Text) Span(first, last int) string {
	return t.Slice(int(t.Tokens[first].Start), int(t.Tokens[last].End))
}

// Form returns token i as it stands, normalised: وللقوات.
func (t *Text) Form(i int) string { k := &t.Tokens[i]; return t.Norm[k.Start:k.End] }

// Bare returns token i without its proclitics and article: قوات of وللقوات.
func (t *Text) Bare(i int) string { k := &t.Tokens[i]; return t.Norm[k.Bare:k.End] }

// Base returns token i without proclitics, article and enclitic: قوات of وقواته.
// Before an enclitic ة is written ت (مدينت of مدينتهم) and ى ا (مستوا of مستواه).
func (t *Text) Base(i int) string { k := &t.Tokens[i]; return t.Norm[k.Bare:k.Base] }

// SentenceOf returns the number of the sentence that token i is in.
func (t *Text) SentenceOf(i int) int {
	return sort.Search(len(t.Sentences), func(s int) bool { return int(t.Sentences[s].Last) > i })
}

// Analyzer analyses texts one after the other and reuses its memory. The zero
// value is ready. Not for concurrent use: one per goroutine.
type Analyzer struct {
	norm []byte
	lex  *lexicon
}

// Analyze fills t, whose slices it reuses, with the analysis of s.
func (a *Analyzer) Analyze(s string, t *Text) {
	if a.lex == nil {
		a.lex = loadLexicon()
	}
	t.Orig = s
	a.normalize(t)
	t.countPoints()
	t.split()
	for i := range t.Tokens {
		if t.Tokens[i].Kind == Word {
			a.lex.analyse(t.Norm, &t.Tokens[i])
		}
	}
}

// Analyze analyses one text.
func Analyze(s string) *Text {
	var a Analyzer
	t := new(Text)
	a.Analyze(s, t)
	return t
}
