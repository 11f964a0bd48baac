package main

import (
	"strings"
	"unicode"
)

// clean makes a display form of a GeoNames name, "" where it isn't Arabic: no
// vowel signs, no marks of direction, no Persian letters, no disambiguation
// after a comma or in brackets (سويتا، أوساكا). A word for the kind of place
// before the name (قضاء تلكيف) goes; alias holds the longer form where it is
// one that news writes too.
func clean(s string) (name string, alias []string) {
	s = strings.Map(func(r rune) rune {
		switch {
		case unicode.Is(unicode.Mn, r), unicode.Is(unicode.Cf, r), r == 'ـ':
			return -1
		case r == 'ی' || r == 'ے':
			return 'ي'
		case r == 'ک':
			return 'ك'
		case r == 'گ':
			return 'غ'
		case r == 'چ':
			return 'ج'
		case r == 'پ':
			return 'ب'
		case r == 'ڤ':
			return 'ف'
		case r == 'ڕ':
			return 'ر'
		case r == 'ە' || r == 'ۀ':
			return 'ه'
		case r == 'ٱ':
			return 'ا'
		}
		return r
	}, s)
	for _, cut := range []string{"،", ",", "(", "/"} {
		s, _, _ = strings.Cut(s, cut)
	}
	s = strings.Join(strings.Fields(strings.ReplaceAll(s, "-", " ")), " ")
	for _, r := range s {
		if r != ' ' && !(r >= 'ء' && r <= 'ي') && !unicode.IsDigit(r) {
			return "", nil
		}
	}
	for _, head := range []string{"قضاء ", "ناحية ", "محافظة ", "إمارة ", "بلدية "} {
		s = strings.TrimPrefix(s, head)
	}
	return s, nil
}

// fold is the look-up spelling, to compare forms.
func fold(s string) string {
	return strings.NewReplacer("أ", "ا", "إ", "ا", "آ", "ا", "ى", "ي", "ة", "ه", "ؤ", "و", "ئ", "ي").Replace(s)
}
