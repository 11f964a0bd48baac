package article

import (
	"fmt"
	"path"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/sila-graph/sila/extract/arabic"
	"github.com/sila-graph/sila/extract/copies"
)

// Dates here are those of publication, and only where they are beyond doubt: full dates with their year, where a page or
// an agency puts them. Time expressions of the story itself are another package's business.

// isoDate returns the leading YYYY-MM-DD of s if that is a day of the calendar, else "".
func isoDate(s string) string {
	if len(s) < 10 || s[4] != '-' || s[7] != '-' || len(s) > 10 && s[10] >= '0' && s[10] <= '9' {
		return ""
	}
	y, e1 := strconv.Atoi(s[:4])
	m, e2 := strconv.Atoi(s[5:7])
	d, e3 := strconv.Atoi(s[8:10])
	if e1 != nil || e2 != nil || e3 != nil {
		return ""
	}
	return ymd(y, m, d)
}

// ymd writes a day of the years 1900 to 2100, or "" for what is none.
func ymd(y, m, d int) string {
	if y < 1900 || y > 2100 || m < 1 || m > 12 || d < 1 || d > 31 {
		return ""
	}
	if t := time.Date(y, time.Month(m), d, 0, 0, 0, 0, time.UTC); t.Day() != d {
		return ""
	}
	return fmt.Sprintf("%04d-%02d-%02d", y, m, d)
}

// layouts of dates with English names, as mail and feeds have them.
var layouts = []string{
	time.RFC1123Z, time.RFC1123, time.RFC850, time.ANSIC, time.UnixDate, time.RubyDate, "Mon, 2 Jan 2006 15:04:05 -0700",
	"Mon, 2 Jan 2006 15:04:05 MST", "Mon, 2 Jan 2006", "2 Jan 2006 15:04:05 -0700", "2 Jan 2006 15:04:05 MST", "2 Jan 2006", "2 January 2006",
	"January 2, 2006", "Jan 2, 2006", "January 2, 2006 3:04 pm", "Jan 2, 2006 3:04 PM",
}

// parseDate reads a date as metadata gives it: ISO 8601 with or without time, 20160721, mail dates, seconds since 1970,
// dd/mm/yyyy, or Arabic words. The day is the one written, in the publisher's own time zone. "" if there is none.
func parseDate(s string) string {
	s = strings.TrimSpace(s)
	if s == "" || len(s) > 200 {
		return ""
	}
	if d := isoDate(s); d != "" {
		return d
	}
	if n, err := strconv.ParseInt(s, 10, 64); err == nil {
		switch len(s) {
		case 8:
			return ymd(int(n/10000), int(n/100%100), int(n%100))
		case 9, 10:
			return isoDate(time.Unix(n, 0).UTC().Format(time.DateOnly))
		case 13:
			return isoDate(time.UnixMilli(n).UTC().Format(time.DateOnly))
		}
		return ""
	}
	if s[0] < utf8.RuneSelf {
		for _, l := range layouts {
			if t, err := time.Parse(l, s); err == nil {
				return isoDate(t.Format(time.DateOnly))
			}
		}
	}
	d, _, _ := scanDate(s)
	return d
}

// findDate looks for the day of publication outside the metadata: in the address, then in the text, then in the file's
// name.
func findDate(a *Article, src *source) string {
	if d := pathDate(a.URL); d != "" {
		return d
	}
	if d := textDate(a.Text); d != "" {
		return d
	}
	if a.Origin.Line == 0 && a.Origin.Item == 0 {
		return pathDate("/" + path.Base(src.name))
	}
	return ""
}

// pathDate finds a date in an address or file name: «/2016/07/21/», «/2016-07-21-…», «_20160721.».
func pathDate(s string) string {
	for i := 0; i+8 <= len(s); i++ {
		if (s[i] != '1' && s[i] != '2') || i == 0 || !strings.ContainsRune("/-_", rune(s[i-1])) {
			continue
		}
		var num [3]int
		j := i
		ok := true
		for k, width := range [3]int{4, 2, 2} {
			if k > 0 && j < len(s) && strings.IndexByte("/-_", s[j]) >= 0 {
				j++
			}
			n, start := 0, j
			for j < len(s) && j-start < width && s[j] >= '0' && s[j] <= '9' {
				n = n*10 + int(s[j]-'0')
				j++
			}
			ok = ok && (j-start == width || width == 2 && j > start)
			num[k] = n
		}
		if ok && (j == len(s) || s[j] < '0' || s[j] > '9') {
			if d := ymd(num[0], num[1], num[2]); d != "" {
				return d
			}
		}
	}
	return ""
}

// textDate finds a date that the text itself gives as its own: on a line of its own near the top or the end
// («الخميس 21 يوليو 2016»، «آخر تحديث: 21/07/2016»), or in the dateline that opens the story («بغداد – 21 يوليو 2016 –»).
func textDate(text string) string {
	seen := 0
	rest := text
	for seen < 5 && rest != "" {
		var line string
		line, rest, _ = strings.Cut(rest, "\n")
		if line = strings.TrimSpace(line); line == "" {
			continue
		}
		seen++
		if d := lineDate(line); d != "" {
			return d
		}
		if seen <= 2 {
			if d := dateline(line); d != "" {
				return d
			}
		}
	}
	for n := 0; n < 3 && rest != ""; n++ {
		rest = strings.TrimRight(rest, " \t\r\n")
		i := strings.LastIndexByte(rest, '\n')
		if d := lineDate(strings.TrimSpace(rest[i+1:])); d != "" {
			return d
		}
		if i < 0 {
			break
		}
		rest = rest[:i]
	}
	return ""
}

// lineDate returns the date of a short line that holds little else: at most four words beside it.
func lineDate(line string) string {
	if len(line) > 160 {
		return ""
	}
	d, start, end := scanDate(line)
	if d == "" {
		return ""
	}
	if wordsBeside(line, start, end, nil) > 4 {
		return ""
	}
	return d
}

// wordsBeside counts the words of a line outside a range, without weekdays, single letters and those that are let pass.
func wordsBeside(line string, start, end int, pass map[string]bool) int {
	n := 0
	for _, part := range [2]string{line[:start], line[end:]} {
		for _, w := range strings.FieldsFunc(part, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsMark(r) }) {
			if f := fold(w); !weekdays[f] && !pass[f] && utf8.RuneCountInString(f) > 1 {
				n++
			}
		}
	}
	return n
}

// dateline returns the date that opens a story: within its first 100 bytes or so, behind at most four words (place and
// agency) or a separator, and closed by a dash, colon, bar or bracket. A date inside a sentence («… في 21 يوليو 2016 أن»)
// is none.
func dateline(line string) string {
	head := line
	if len(head) > 240 {
		head = head[:240]
	}
	d, start, end := scanDate(head)
	if d == "" || start > 120 {
		return ""
	}
	words := strings.FieldsFunc(head[:start], func(r rune) bool { return !unicode.IsLetter(r) })
	for len(words) > 0 && weekdays[fold(words[len(words)-1])] {
		words = words[:len(words)-1]
	}
	if len(words) > 4 {
		return ""
	}
	after := strings.TrimLeft(head[end:], " \t)]»")
	if len(after) > 0 && strings.HasPrefix(after, "م ") {
		after = strings.TrimLeft(after[len("م "):], " ")
	}
	opened := strings.LastIndexAny(head[:start], "([") > strings.LastIndexAny(head[:start], ")]")
	if opened && strings.ContainsAny(head[end:min(len(head), end+8)], ")]") {
		return d
	}
	if r, _ := utf8.DecodeRuneInString(after); strings.ContainsRune("-–—ـ:|/([", r) && after != "" {
		return d
	}
	return ""
}

// dtok is a number, a word or a mark in a text that is searched for a date.
type dtok struct {
	kind       byte // 'n', 'w' or the mark itself; other marks are '?'
	start, end int
	num, width int
	word       string
}

// scanDate finds the first full date in s and returns it with its byte range.
func scanDate(s string) (date string, start, end int) {
	if !hasYear(s) {
		return "", 0, 0
	}
	var arr [64]dtok
	toks := dateTokens(s, arr[:0])
	for i := range toks {
		if toks[i].kind != 'n' && toks[i].kind != 'w' {
			continue
		}
		if d, n := dateAt(toks[i:]); d != "" {
			return d, toks[i].start, toks[i+n-1].end
		}
	}
	return "", 0, 0
}

// hasYear reports whether s holds four digits in a row, as a full date does; most lines don't.
func hasYear(s string) bool {
	run := 0
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c >= '0' && c <= '9':
			run++
		case (c == 0xd9 || c == 0xdb) && i+1 < len(s) && s[i+1] >= 0xa0 && s[i+1] <= 0xb9: // ٠ to ٩, ۰ to ۹
			run++
			i++
		default:
			run = 0
		}
		if run == 4 {
			return true
		}
	}
	return false
}

// dateAt reads a date that starts with the first token, and returns how many tokens it takes.
func dateAt(t []dtok) (string, int) {
	if t[0].kind == 'n' && len(t) >= 5 && t[2].kind == 'n' && t[4].kind == 'n' && t[1].kind == t[3].kind && strings.IndexByte("-/.", t[1].kind) >= 0 {
		a, b, c := t[0].num, t[2].num, t[4].num
		switch {
		case t[0].width == 4 && t[2].width <= 2 && t[4].width <= 2: // 2016-07-21
			return ymd(a, b, c), 5
		case t[0].width <= 2 && t[2].width <= 2 && t[4].width == 4: // 21/07/2016; 07/21/2016 only if it can't be that
			if b > 12 {
				a, b = b, a
			}
			return ymd(c, b, a), 5
		}
		return "", 0
	}
	if t[0].kind == 'n' && t[0].width <= 2 { // 21 [من] يوليو [/ تموز] [،] [عام] 2016
		i := 1
		if i < len(t) && (t[i].word == "من" || t[i].kind == '-' || t[i].kind == '/') {
			i++
		}
		m, n := monthAt(t[i:])
		if n == 0 {
			return "", 0
		}
		i += n
		if i+1 < len(t) && (t[i].kind == '/' || t[i].kind == '(' || t[i].kind == '-') { // the month's other name
			if m2, n := monthAt(t[i+1:]); n > 0 {
				if m2 != m {
					return "", 0
				}
				i += 1 + n
				if i < len(t) && t[i].kind == ')' {
					i++
				}
			}
		}
		for i < len(t) && (t[i].kind == ',' || t[i].kind == '-' || t[i].kind == '/' || t[i].word == "عام" || t[i].word == "سنه" || t[i].word == "من") {
			i++
		}
		if i < len(t) && t[i].kind == 'n' && t[i].width == 4 {
			return ymd(t[i].num, m, t[0].num), i + 1
		}
		return "", 0
	}
	if m, n := monthAt(t); n > 0 && n+1 < len(t) && t[n].kind == 'n' && t[n].width <= 2 { // يوليو 21، 2016
		i := n + 1
		if i < len(t) && t[i].kind == ',' {
			i++
		}
		if i < len(t) && t[i].kind == 'n' && t[i].width == 4 {
			return ymd(t[i].num, m, t[n].num), i + 1
		}
	}
	return "", 0
}

// monthAt reads a month's name of one or two words.
func monthAt(t []dtok) (month, tokens int) {
	if len(t) == 0 || t[0].kind != 'w' {
		return 0, 0
	}
	if len(t) > 1 && t[1].kind == 'w' {
		if m, ok := arabic.Month(t[0].word + " " + t[1].word); ok {
			return m, 2
		}
	}
	if m, ok := arabic.Month(t[0].word); ok {
		return m, 1
	}
	return 0, 0
}

// dateTokens cuts s into tokens, up to the capacity of buf.
func dateTokens(s string, buf []dtok) []dtok {
	for i := 0; i < len(s) && len(buf) < cap(buf); {
		r, w := utf8.DecodeRuneInString(s[i:])
		start := i
		switch {
		case digit(r) >= 0:
			num := 0
			for i < len(s) {
				r, w := utf8.DecodeRuneInString(s[i:])
				d := digit(r)
				if d < 0 {
					break
				}
				if num < 1e6 {
					num = num*10 + d
				}
				i += w
			}
			buf = append(buf, dtok{kind: 'n', start: start, end: i, num: num, width: utf8.RuneCountInString(s[start:i])})
		case unicode.IsLetter(r):
			for i < len(s) {
				r, w := utf8.DecodeRuneInString(s[i:])
				if !unicode.IsLetter(r) && !unicode.IsMark(r) {
					break
				}
				i += w
			}
			buf = append(buf, dtok{kind: 'w', start: start, end: i, word: fold(s[start:i])})
		case unicode.IsSpace(r) || copies.Invisible(r) || unicode.IsMark(r):
			i += w
		default:
			i += w
			k := byte('?')
			switch {
			case r == '،' || r == ',':
				k = ','
			case r == '\\' || r == '/':
				k = '/'
			case r == '–' || r == '-' || r == '‐' || r == '‑' || r == '—':
				k = '-'
			case r == '.' || r == '(' || r == ')':
				k = byte(r)
			}
			buf = append(buf, dtok{kind: k, start: start, end: i})
		}
	}
	return buf
}

// digit returns the value of an ASCII, Arabic-Indic or Persian digit, or -1.
func digit(r rune) int {
	switch {
	case r >= '0' && r <= '9':
		return int(r - '0')
	case r >= '٠' && r <= '٩':
		return int(r - '٠')
	case r >= '۰' && r <= '۹':
		return int(r - '۰')
	}
	return -1
}
