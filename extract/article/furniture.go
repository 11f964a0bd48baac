package article

import (
	_ "embed"
	"strings"
	"unicode"
	"unicode/utf8"
)

//go:embed data/furniture-line.txt
var furnitureLineList string

//go:embed data/furniture-start.txt
var furnitureStartList string

//go:embed data/furniture-end.txt
var furnitureEndList string

//go:embed data/weekdays.txt
var weekdayList string

var (
	furnitureLine  = wordSet(furnitureLineList)
	furnitureStart = wordSet(furnitureStartList)
	furnitureEnd   = wordSet(furnitureEndList)
	weekdays       = wordSet(weekdayList)
)

// wordSet reads an embedded list: one entry a line, "#" comments.
func wordSet(list string) map[string]bool {
	m := map[string]bool{}
	for line := range strings.Lines(list) {
		if line = strings.TrimSpace(line); line != "" && line[0] != '#' {
			m[line] = true
		}
	}
	return m
}

// shortLine bounds, in code points, a line that its first words alone may condemn. Sentences of a story that happen to
// begin like furniture («تابعونا على مدى الأيام الماضية …») are longer.
const shortLine = 90

// longestStart is the number of words in the longest entry of the lists that are matched at the start of a line.
const longestStart = 6

// place says what a line is to the story.
type place int

const (
	story     place = iota
	furniture       // drop the line
	ending          // drop it and all below
)

// judge tells whether a line of a page is story or furniture.
func judge(line string) place {
	if len(line) > 4*shortLine {
		return story
	}
	f := fold(line)
	switch {
	case furnitureEnd[f]:
		return ending
	case f == "" || furnitureLine[f]:
		return furniture
	}
	if utf8.RuneCountInString(line) > shortLine {
		return story
	}
	end, words := 0, 0
	for end < len(f) && words < longestStart {
		i := strings.IndexByte(f[end:], ' ')
		if i < 0 {
			end = len(f)
		} else {
			end += i
		}
		if words++; furnitureEnd[f[:end]] && words > 1 {
			return ending
		}
		if furnitureStart[f[:end]] {
			return furniture
		}
		end++
	}
	return story
}

// clean drops page furniture and blank lines from the lines of a story, and the title repeated above it.
func clean(title string, lines []string) string {
	ft := fold(title)
	var b strings.Builder
	top := true
	for _, line := range lines {
		line = trimLine(line)
		if line == "" {
			continue
		}
		switch judge(line) {
		case furniture:
			continue
		case ending:
			// Above the story such words are the page's menu («الأكثر قراءة»), below it its foot.
			if top {
				continue
			}
			return b.String()
		}
		if top && ft != "" && fold(line) == ft {
			continue
		}
		if !top {
			b.WriteByte('\n')
		}
		top = false
		b.WriteString(line)
	}
	return b.String()
}

// trimLine drops white space and invisible marks around a line.
func trimLine(s string) string {
	return strings.TrimFunc(s, func(r rune) bool { return unicode.IsSpace(r) || r == '\ufeff' || r == '\u200b' })
}

// fold writes s as the lists in data/ have it: letters and digits alone, one space between words, without diacritics and
// tatweel, with one alef, ya for alef maqsura, ha for ta marbuta, small Latin letters. It serves comparison only.
func fold(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	space := false
	for _, r := range s {
		switch {
		case r >= 0x064b && r <= 0x065f, r == 0x0640, r == 0x0670:
			continue
		case r == 'أ', r == 'إ', r == 'آ', r == 'ٱ':
			r = 'ا'
		case r == 'ى', r == 'ئ':
			r = 'ي'
		case r == 'ة':
			r = 'ه'
		case r == 'ؤ':
			r = 'و'
		case unicode.Is(unicode.Cf, r):
			continue
		case !unicode.IsLetter(r) && !unicode.IsDigit(r):
			space = true
			continue
		}
		if space && b.Len() > 0 {
			b.WriteByte(' ')
		}
		space = false
		b.WriteRune(unicode.ToLower(r))
	}
	return b.String()
}
