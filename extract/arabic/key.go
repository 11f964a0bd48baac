package arabic

import "strings"

// Key folds a normalised or original form for look-up: besides what
// [Normalize] does, ى becomes ي, ة ه, ؤ و, ئ ي, and punctuation and runs of
// space one space. الشدادى and الشدادي, آشتون and اشتون have one key.
// Two forms with one key may still be two names; Key decides nothing alone.
func Key(s string) string {
	return string(AppendKey(nil, s))
}

// AppendKey appends the key of s to dst and returns it.
func AppendKey(dst []byte, s string) []byte {
	if !isNormal(s) {
		s = Normalize(s)
	}
	start := len(dst)
	for _, r := range s {
		switch r {
		case 'ى':
			dst = append(dst, "ي"...)
		case 'ة':
			dst = append(dst, "ه"...)
		case 'ؤ':
			dst = append(dst, "و"...)
		case 'ئ':
			dst = append(dst, "ي"...)
		default:
			if isWordRune(r) {
				if r >= 'A' && r <= 'Z' {
					r += 'a' - 'A'
				}
				dst = appendRune(dst, r)
			} else if n := len(dst); n > start && dst[n-1] != ' ' {
				dst = append(dst, ' ')
			}
		}
	}
	for len(dst) > start && dst[len(dst)-1] == ' ' {
		dst = dst[:len(dst)-1]
	}
	return dst
}

// isNormal says whether normalising would leave s as it is; a quick test that
// may say no too often.
func isNormal(s string) bool {
	for _, r := range s {
		switch {
		case r < 0x80:
			if r == '\t' || r == '\r' || r == '\v' || r == '\f' || r == '`' {
				return false
			}
		case r >= 0x600 && r <= 0x6ff:
			if arabicBlock[r-0x600] != keep {
				return false
			}
		default:
			return false
		}
	}
	return true
}

// StripArticle returns a form without the article on its first word, as far as
// a word remains: الموصل and موصل are one place.
func StripArticle(s string) string {
	if rest, ok := strings.CutPrefix(s, "ال"); ok && len(rest) > 4 {
		return rest
	}
	return s
}
