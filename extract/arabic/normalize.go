package arabic

import (
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// action codes of the table for U+0600 to U+06FF: a rune to write, or one of these.
const (
	keep = -1
	drop = -2
)

// arabicBlock maps the Arabic block; everything else goes through foldRune.
var arabicBlock = func() (t [0x100]rune) {
	for i := range t {
		t[i] = keep
	}
	for _, span := range [][2]int{{0x610, 0x61a}, {0x61c, 0x61c}, {0x640, 0x640}, {0x64b, 0x65f}, {0x670, 0x670}, {0x6d6, 0x6dc}, {0x6df, 0x6e8}, {0x6ea, 0x6ed}} {
		for r := span[0]; r <= span[1]; r++ {
			t[r-0x600] = drop
		}
	}
	for d := rune(0); d < 10; d++ {
		t[0x60+d] = '0' + d // ٠ to ٩
		t[0xf0+d] = '0' + d // ۰ to ۹, Persian
	}
	for from, to := range map[rune]rune{
		'أ': 'ا', 'إ': 'ا', 'آ': 'ا', 'ٱ': 'ا', 'ٲ': 'ا', 'ٳ': 'ا',
		'ک': 'ك', 'ڪ': 'ك', 'گ': 'ك', 'ی': 'ي', 'ې': 'ي', 'ہ': 'ه', 'ھ': 'ه', 'ە': 'ه', 'ۀ': 'ه', 'ۃ': 'ة',
		'ڤ': 'ف', 'پ': 'ب', 'چ': 'ج', 'ژ': 'ج', 'ۇ': 'و', 'ۆ': 'و',
		'٪': '%', '٫': '.', '٬': ',',
	} {
		t[from-0x600] = to
	}
	return t
}()

// foldRune maps a rune outside the Arabic block: keep, drop, or the rune to
// write instead. Presentation forms are left to NFKC by the caller.
func foldRune(r rune) rune {
	switch {
	case r == '\r' || r == 0xad || r == 0xfeff || r >= 0x200b && r <= 0x200f || r >= 0x202a && r <= 0x202e || r >= 0x2060 && r <= 0x2069 || r >= 0xfe00 && r <= 0xfe0f:
		return drop
	case r == '\t' || r == '\v' || r == '\f' || r == 0xa0 || r == 0x3000 || r >= 0x2000 && r <= 0x200a || r == 0x202f || r == 0x205f:
		return ' '
	case r == 0x85 || r == 0x2028 || r == 0x2029:
		return '\n'
	case r == '“' || r == '„' || r == '‟' || r == '‹' || r == '❝':
		return '«'
	case r == '”' || r == '›' || r == '❞':
		return '»'
	case r == '″' || r == '＂':
		return '"'
	case r == '‘' || r == '’' || r == '‚' || r == '‛' || r == '′' || r == '`' || r == '´':
		return '\''
	case r >= 0x2010 && r <= 0x2015 || r == 0x2212:
		return '-'
	}
	return keep
}

// isPresentation says whether NFKC has to spell the rune out: ﻻ, ﷲ, ﺑ.
func isPresentation(r rune) bool {
	return r >= 0xfb50 && r <= 0xfdff || r >= 0xfe70 && r <= 0xfefc
}

// normalize fills t.Norm and the map back from t.Orig.
func (a *Analyzer) normalize(t *Text) {
	src := t.Orig
	out, from, to := a.norm[:0], t.from[:0], t.to[:0]
	put := func(r rune, start, end int) {
		n := len(out)
		out = utf8.AppendRune(out, r)
		for range len(out) - n {
			from, to = append(from, int32(start)), append(to, int32(end))
		}
	}
	for i := 0; i < len(src); {
		c := src[i]
		if c < utf8.RuneSelf {
			switch c {
			case '\r':
			case '\t', '\v', '\f':
				put(' ', i, i+1)
			case '`':
				put('\'', i, i+1)
			default:
				out, from, to = append(out, c), append(from, int32(i)), append(to, int32(i+1))
			}
			i++
			continue
		}
		r, size := utf8.DecodeRuneInString(src[i:])
		end := i + size
		mapped := rune(keep)
		switch {
		case r >= 0x600 && r <= 0x6ff:
			mapped = arabicBlock[r-0x600]
		case isPresentation(r):
			for _, x := range norm.NFKC.String(src[i:end]) {
				if x >= 0x600 && x <= 0x6ff {
					switch m := arabicBlock[x-0x600]; m {
					case drop:
						continue
					case keep:
					default:
						x = m
					}
				}
				put(x, i, end)
			}
			i = end
			continue
		default:
			mapped = foldRune(r)
		}
		switch mapped {
		case drop:
			// A mark belongs to the letter before it, so that a span that ends
			// there ends after the mark: «محمّدٌ» whole.
			if r != '\r' && unicode.Is(unicode.M, r) || r == 0x640 {
				for j := len(to) - 1; j >= 0 && from[j] == from[len(from)-1]; j-- {
					to[j] = int32(end)
				}
			}
		case keep:
			put(r, i, end)
		default:
			put(mapped, i, end)
		}
		i = end
	}
	a.norm, t.from, t.to = out, from, to
	t.Norm = string(out)
}

// Normalize returns the normalised form of s without a map back: for word
// lists and for names that are not part of a text.
func Normalize(s string) string {
	var t Text
	t.Orig = s
	new(Analyzer).normalize(&t)
	return t.Norm
}
