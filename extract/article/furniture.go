package article

import (
	_ "embed"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/sila-graph/sila/extract/copies"
)

//go:embed data/furniture-line.txt
var furnitureLineList string

//go:embed data/furniture-start.txt
var furnitureStartList string

//go:embed data/furniture-end.txt
var furnitureEndList string

//go:embed data/byline.txt
var bylineList string

//go:embed data/datewords.txt
var datewordList string

//go:embed data/weekdays.txt
var weekdayList string

var (
	furnitureLine  = wordSet(furnitureLineList)
	furnitureStart = wordSet(furnitureStartList)
	furnitureEnd   = wordSet(furnitureEndList)
	bylineStart    = wordSet(bylineList)
	datewords      = wordSet(datewordList)
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

// menuLines bounds how far below the top of a page its title may stand again with nothing but menu above it.
const menuLines = 12

// clean drops page furniture and blank lines from the lines of a story. Above the story go: the title repeated, and the
// short lines of menu before it; lines of date and author.
func clean(title string, lines []string) string {
	ft := fold(title)
	var b strings.Builder
	top := true
	for i, seen := 0, 0; ft != "" && i < len(lines) && seen < menuLines; i++ {
		line := trimLine(lines[i])
		if line == "" {
			continue
		}
		if fold(line) == ft {
			lines = lines[i+1:]
			break
		}
		if seen++; utf8.RuneCountInString(line) > shortLine {
			break
		}
	}
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
		if top && (ft != "" && fold(line) == ft || dateOnly(line) || byline(line) != "") {
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

// dateOnly reports whether a line is a date with at most a weekday, an hour or the Hijri date. A dateline of its own
// («بيروت – الأحد 19 كانون الثاني 2020») is story: it names a place.
func dateOnly(line string) bool {
	if utf8.RuneCountInString(line) > shortLine {
		return false
	}
	d, start, end := scanDate(line)
	return d != "" && wordsBeside(line, start, end, datewords) == 0
}

// byline returns the author that a line of its own names: «بقلم: هالة عثمان»، «كتب - أحمد سالم».
func byline(line string) string {
	if utf8.RuneCountInString(line) > shortLine {
		return ""
	}
	first := line[:len(line)-len(strings.TrimLeftFunc(line, unicode.IsLetter))]
	name := strings.TrimLeft(line[len(first):], " :-–/|")
	set := len(strings.TrimLeft(line[len(first):], " ")) > len(name) // apart by more than a space
	if f := fold(first); !bylineStart[f+"*"] && !(bylineStart[f] && set) {
		return ""
	}
	if n := len(strings.Fields(name)); n == 0 || n > 5 || strings.ContainsAny(name, ".؟!:،") {
		return ""
	}
	return name
}

// bylineIn finds a byline near the top of a story's lines.
func bylineIn(lines []string) string {
	for _, l := range lines[:min(len(lines), menuLines)] {
		if a := byline(trimLine(l)); a != "" {
			return a
		}
	}
	return ""
}

// trimLine drops white space and invisible marks around a line.
func trimLine(s string) string {
	return strings.TrimFunc(s, func(r rune) bool { return unicode.IsSpace(r) || r == '\ufeff' || r == '\u200b' })
}

// fold writes s as the lists in data/ have it: letters and digits alone, one space between words, without diacritics and
// tatweel, with one alef, ya for alef maqsura, ha for ta marbuta, small Latin letters, digits 0 to 9. It serves comparison only.
func fold(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	space := false
	for _, r := range s {
		if copies.Invisible(r) {
			continue
		}
		f, ok := copies.FoldRune(r)
		if !ok {
			space = true
			continue
		}
		if space && b.Len() > 0 {
			b.WriteByte(' ')
		}
		space = false
		b.WriteRune(f)
	}
	return b.String()
}
