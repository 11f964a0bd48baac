package arabic

import (
	_ "embed"
	"strconv"
	"strings"
)

//go:embed data/months.txt
var monthList string

// months maps folded names to numbers 1 to 12; built once, read-only.
var months = func() map[string]int {
	m := map[string]int{}
	for line := range strings.Lines(monthList) {
		line = strings.TrimRight(line, "\n")
		if line == "" || line[0] == '#' {
			continue
		}
		name, num, _ := strings.Cut(line, "\t")
		n, err := strconv.Atoi(num)
		if err != nil || n < 1 || n > 12 {
			panic("arabic: data/months.txt: " + line)
		}
		m[name] = n
	}
	return m
}()

// Month returns the number, 1 to 12, of a Gregorian month by any of its names in the Arab countries («تموز»، «يوليو»،
// «جويلية»، «يوليوز»). Names of two words («كانون الثاني») stand with one space. Spelling variants of alef, ya, hamza and
// ta marbuta, diacritics and tatweel do not matter.
func Month(name string) (int, bool) {
	if n, ok := months[name]; ok {
		return n, true
	}
	n, ok := months[foldMonth(name)]
	return n, ok
}

// foldMonth writes a name as data/months.txt has it.
func foldMonth(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r >= 0x064b && r <= 0x065f, r == 0x0640, r == 0x0670:
			return -1
		case r == 'أ', r == 'إ', r == 'آ', r == 'ٱ':
			return 'ا'
		case r == 'ى', r == 'ئ':
			return 'ي'
		case r == 'ة':
			return 'ه'
		case r == 'ؤ':
			return 'و'
		}
		return r
	}, s)
}

// Months yields every name of a Gregorian month, folded as data/months.txt is, and its number, in no order: for tables built from them.
func Months(yield func(name string, n int) bool) {
	for name, n := range months {
		if !yield(name, n) {
			return
		}
	}
}
