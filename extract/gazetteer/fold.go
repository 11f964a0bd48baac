package gazetteer

import "strings"

// key folds a form for look-up.
func key(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	for _, r := range s {
		switch {
		case r >= 0x064B && r <= 0x0652 || r == 0x0670 || r == 0x0640:
			continue
		case r == 'آ' || r == 'أ' || r == 'إ' || r == 'ٱ':
			r = 'ا'
		case r == 'ى' || r == 'ئ' || r == 'ی':
			r = 'ي'
		case r == 'ک':
			r = 'ك'
		case r == 'ة':
			r = 'ه'
		case r == 'ؤ':
			r = 'و'
		case r >= '٠' && r <= '٩':
			r = r - '٠' + '0'
		}
		b.WriteRune(r)
	}
	return b.String()
}
