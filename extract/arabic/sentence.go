package arabic

import (
	"unicode"
	"unicode/utf8"
)

// split fills Tokens and Sentences from Norm in one pass. A line break always
// ends a sentence; so do ؟ ? ! and a full stop that is no part of a number, of
// an acronym or of an abbreviation, also where it is glued to the next word:
// «الاستخباراتية.جاء ذلك». Closing quotes and brackets after the stop belong to
// the sentence that it ends.
func (t *Text) split() {
	s := t.Norm
	t.Tokens, t.Sentences = t.Tokens[:0], t.Sentences[:0]
	first, space, para := 0, true, int32(0)
	end := func() {
		if n := len(t.Tokens); n > first {
			t.Sentences = append(t.Sentences, Sentence{First: int32(first), Last: int32(n), Start: t.Tokens[first].Start, End: t.Tokens[n-1].End, Para: para})
			first = n
		}
	}
	for i := 0; i < len(s); {
		c := s[i]
		if c == ' ' || c == '\n' {
			if c == '\n' {
				end()
				para++
			}
			space = true
			i++
			continue
		}
		if c < 0x20 || c == 0x7f {
			space = true
			i++
			continue
		}
		j, kind := tokenEnd(s, i)
		t.Tokens = append(t.Tokens, Token{Start: int32(i), End: int32(j), Bare: int32(i), Base: int32(j), Kind: kind, Space: space})
		space = false
		if kind == Punct && t.ends(i, j) {
			for j < len(s) {
				r, n := utf8.DecodeRuneInString(s[j:])
				if !closes(r) || r == '"' && !t.openQuote(first) {
					break
				}
				t.Tokens = append(t.Tokens, Token{Start: int32(j), End: int32(j + n), Bare: int32(j), Base: int32(j + n), Kind: Punct})
				j += n
			}
			end()
		}
		i = j
	}
	end()
}

// openQuote says whether an undirected quote is open since token first.
func (t *Text) openQuote(first int) bool {
	open := false
	for k := first; k < len(t.Tokens); k++ {
		if t.Norm[t.Tokens[k].Start] == '"' {
			open = !open
		}
	}
	return open
}

func closes(r rune) bool { return r == '»' || r == '"' || r == ')' || r == ']' }

// ends says whether the mark at bytes i to j ends a sentence.
func (t *Text) ends(i, j int) bool {
	s := t.Norm
	switch s[i] {
	case '!', '?':
		return true
	case '.':
		if j-i > 1 {
			return false // "..": a pause; a line break will follow where a sentence ends
		}
	default:
		return s[i:j] == "؟" || s[i:j] == "۔"
	}
	// The word before the stop.
	var prev string
	if n := len(t.Tokens); n > 1 && t.Tokens[n-2].End == int32(i) {
		prev = s[t.Tokens[n-2].Start:i]
		if t.Tokens[n-2].Kind == Latin && j < len(s) && s[j] != ' ' && s[j] != '\n' {
			return false // example.com
		}
	}
	next, _ := utf8.DecodeRuneInString(s[j:])
	glued := isArabicLetter(next)
	switch {
	case isAbbreviation(prev):
		return false
	case glued:
		return true
	case next >= 'a' && next <= 'z' || isDigit(next) && prev == "":
		return false
	}
	return next == utf8.RuneError || next == ' ' || next == '\n' || closes(next) || next == '«' || next == '"' || isDigit(next) || next == '-' || next == '(' || unicode.IsUpper(next)
}

// isAbbreviation knows the titles that are written with a full stop: د. أ. م. ص.
// All are one letter; a one-letter word does not end an Arabic sentence otherwise.
func isAbbreviation(w string) bool {
	r, n := utf8.DecodeRuneInString(w)
	return n == len(w) && isArabicLetter(r)
}
