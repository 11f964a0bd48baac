package copies

import "unicode"

// FoldRune folds the spellings of a letter or digit; ok is false for all else.
func FoldRune(r rune) (f rune, ok bool) {
	switch {
	case r < 0x80:
		if r >= 'A' && r <= 'Z' {
			r += 'a' - 'A'
		}
		return r, r >= 'a' && r <= 'z' || r >= '0' && r <= '9'
	case Invisible(r):
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
	case r >= 0x0660 && r <= 0x0669:
		return r - 0x0660 + '0', true
	case r >= 0x06f0 && r <= 0x06f9:
		return r - 0x06f0 + '0', true
	}
	return unicode.ToLower(r), unicode.IsLetter(r) || unicode.IsDigit(r)
}

// Invisible reports whether r is a mark within words that folding drops: diacritics, tatweel, joiners, marks of direction.
func Invisible(r rune) bool {
	switch {
	case r < 0x0600:
		return r == 0xad
	case r < 0x2000:
		return r >= 0x064b && r <= 0x065f || r == 0x0640 || r == 0x0670 || r <= 0x0605 || r == 0x061c
	}
	return r >= 0x200b && r <= 0x200f || r >= 0x202a && r <= 0x202e || r >= 0x2060 && r <= 0x206f || r == 0xfeff
}
