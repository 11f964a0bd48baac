package arabic

import (
	"unicode"
	"unicode/utf8"
)

// Kind is what a token is made of.
type Kind uint8

// The kinds of token.
const (
	Word   Kind = iota // Arabic letters
	Latin              // letters of another script
	Number             // digits with separators between them: 20,000 3.5 12/3/2016 9:30
	Punct              // one punctuation mark or symbol; "…" for two or more full stops
)

// Clitic is a set of proclitics.
type Clitic uint8

// The proclitics, in the order in which they stand.
const (
	Wa Clitic = 1 << iota // و
	Fa                    // ف
	Sa                    // س of the future
	Ba                    // ب
	Ka                    // ك
	La                    // ل
	Al                    // ال
)

// Enclitic is the pronoun at the end of a word.
type Enclitic uint8

// The enclitics.
const (
	NoEnclitic Enclitic = iota
	Hu                  // ه: his, him, it
	Ha                  // ها: her, it, them (things)
	Hum                 // هم: them
	Huma                // هما: both of them
	Hunna               // هن
	Na                  // نا: us
	Ya                  // ي, ني: me
	Kum                 // كم: you
)

// Token is a word, number or mark. Offsets are bytes of the normalised text.
type Token struct {
	Start, End int32
	Bare       int32 // where the word begins after proclitics and article
	Base       int32 // where it ends before an enclitic
	Kind       Kind
	Pro        Clitic
	Enc        Enclitic
	Space      bool // white space or the beginning of the text stands before it
}

// Has says whether the token has any of the proclitics.
func (k *Token) Has(c Clitic) bool { return k.Pro&c != 0 }

func appendRune(dst []byte, r rune) []byte { return utf8.AppendRune(dst, r) }

// isArabicLetter covers the Arabic block's letters; marks are gone by now.
func isArabicLetter(r rune) bool {
	return r >= 0x620 && r <= 0x64a || r >= 0x671 && r <= 0x6d3 || r == 0x6d5 || r >= 0x6fa && r <= 0x6ff || r >= 0x750 && r <= 0x77f
}

func isWordRune(r rune) bool {
	return isArabicLetter(r) || r >= '0' && r <= '9' || unicode.IsLetter(r)
}

func isDigit(r rune) bool { return r >= '0' && r <= '9' }

// tokenEnd returns the end of the token that begins at byte i of s, and its kind.
func tokenEnd(s string, i int) (int, Kind) {
	r, size := utf8.DecodeRuneInString(s[i:])
	switch {
	case isArabicLetter(r):
		j := letters(s, i)
		if e := acronymEnd(s, i, j); e > 0 {
			return e, Word
		}
		return j, Word
	case isDigit(r):
		return numberEnd(s, i), Number
	case unicode.IsLetter(r):
		j := i + size
		for j < len(s) {
			r, n := utf8.DecodeRuneInString(s[j:])
			if isArabicLetter(r) || !unicode.IsLetter(r) && !unicode.Is(unicode.M, r) {
				break
			}
			j += n
		}
		return j, Latin
	case r == '.':
		j := i + 1
		for j < len(s) && s[j] == '.' {
			j++
		}
		return j, Punct
	}
	return i + size, Punct
}

// letters returns the end of the run of Arabic letters at byte i.
func letters(s string, i int) int {
	for i < len(s) {
		r, n := utf8.DecodeRuneInString(s[i:])
		if !isArabicLetter(r) {
			break
		}
		i += n
	}
	return i
}

// acronymEnd recognises letters with full stops between them, written as one
// word: اف.بي.آي, د.ب.أ, سي.ان.ان. At least three pieces of at most three
// letters, or two single letters; j is the end of the first piece. Returns 0
// for anything else.
func acronymEnd(s string, i, j int) int {
	const letter = 2 // bytes
	if j-i > 3*letter {
		return 0
	}
	pieces, single := 1, j-i == letter
	for j+1 < len(s) && s[j] == '.' {
		k := letters(s, j+1)
		if k == j+1 || k-j-1 > 3*letter {
			break
		}
		single = single && k-j-1 == letter
		pieces++
		j = k
	}
	if pieces >= 3 || pieces == 2 && single {
		return j
	}
	return 0
}

// numberEnd returns the end of the number at byte i: digits, with one of
// . , : / between digits.
func numberEnd(s string, i int) int {
	for i < len(s) {
		switch c := s[i]; {
		case c >= '0' && c <= '9':
			i++
		case (c == '.' || c == ',' || c == ':' || c == '/') && i+1 < len(s) && s[i+1] >= '0' && s[i+1] <= '9':
			i += 2
		default:
			return i
		}
	}
	return i
}
