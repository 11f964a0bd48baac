package when

import (
	_ "embed"
	"strconv"
	"strings"
)

//go:embed data/ummalqura.txt
var ummAlQuraText string

// moment is a day, a month (d = 0) or a year (m = 0) of the Gregorian calendar.
type moment struct{ y, m, d int }

// days counts the days of a moment since 1 March of year 0; a month counts as its first day, a year as its first of January.
func (t moment) days() int {
	y, m, d := t.y, max(t.m, 1), max(t.d, 1)
	if m < 3 {
		y, m = y-1, m+12
	}
	return 365*y + y/4 - y/100 + y/400 + (153*(m-3)+2)/5 + d - 1
}

// day is the inverse of days, to the day.
func day(n int) moment {
	era := n / 146097
	doe := n - era*146097
	yoe := (doe - doe/1460 + doe/36524 - doe/146096) / 365
	doy := doe - (365*yoe + yoe/4 - yoe/100)
	mp := (5*doy + 2) / 153
	t := moment{y: era*400 + yoe, m: mp + 3, d: doy - (153*mp+2)/5 + 1}
	if t.m > 12 {
		t.y, t.m = t.y+1, t.m-12
	}
	return t
}

// month is the month of day n; shift moves it by whole months.
func month(n, shift int) moment {
	t := day(n)
	k := t.y*12 + t.m - 1 + shift
	return moment{y: k / 12, m: k%12 + 1}
}

// weekday of day n: 0 is Sunday («الأحد»), 6 Saturday.
func weekday(n int) int { return (n + 3) % 7 } // 1 March of year 0 was a Wednesday

// valid says whether the moment is in the calendar and within the years that news tells of.
func (t moment) valid() bool {
	if t.y < 1000 || t.y > 2999 || t.m < 0 || t.m > 12 || t.d < 0 || t.d > 31 {
		return false
	}
	return t.d == 0 || day(t.days()) == t
}

// parseDay reads YYYY-MM-DD.
func parseDay(s string) (moment, bool) {
	if len(s) != 10 || s[4] != '-' || s[7] != '-' {
		return moment{}, false
	}
	num := func(s string) int {
		n := 0
		for _, c := range []byte(s) {
			if c < '0' || c > '9' {
				return -1
			}
			n = n*10 + int(c-'0')
		}
		return n
	}
	t := moment{num(s[:4]), num(s[5:7]), num(s[8:])}
	return t, t.m > 0 && t.d > 0 && t.valid()
}

// hijriYear is a year of the Umm al-Qura calendar, Saudi Arabia's civil one.
type hijriYear struct {
	start int // first day
	long  int // bit m: month m, 1 to 12, has 30 days
}

// epoch is the day before the first of the tabular calendar's formula: Thursday, 18 July 622 by the Gregorian calendar.
var epoch = moment{622, 7, 18}.days()

// The years of the Umm al-Qura table.
const firstHijri, lastHijri = 1380, 1499

var hijriYears = func() (t [lastHijri - firstHijri + 1]hijriYear) {
	for line := range strings.Lines(ummAlQuraText) {
		if line[0] == '#' {
			continue
		}
		f := strings.Fields(line)
		y, err := strconv.Atoi(f[0])
		start, ok := parseDay(f[1])
		if err != nil || !ok || len(f[2]) != 12 {
			panic("when: data/ummalqura.txt: " + line)
		}
		h := hijriYear{start: start.days()}
		for m, c := range f[2] {
			if c == '1' {
				h.long |= 1 << (m + 1)
			}
		}
		t[y-firstHijri] = h
	}
	return t
}()

// hijri returns the first day and the length of a Hijri month: by the Umm al-Qura table from 1380 to 1499, else by the
// tabular calendar (leap years 2, 5, 7, 10, 13, 16, 18, 21, 24, 26, 29 of thirty), which may be a day or two off.
func hijri(y, m int) (start, length int) {
	if y < firstHijri || y > lastHijri {
		start = epoch + 354*(y-1) + (3+11*y)/30 + (59*(m-1)+1)/2
		length = 30 - (m+1)%2
		if m == 12 && (14+11*y)%30 < 11 {
			length = 30
		}
		return start, length
	}
	h := &hijriYears[y-firstHijri]
	start = h.start
	for k := 1; k <= m; k++ {
		length = 29 + h.long>>k&1
		if k < m {
			start += length
		}
	}
	return start, length
}

// fromHijri converts a Hijri day, month (d = 0) or year (m = 0). A month becomes the Gregorian month and a year the
// Gregorian year in which most of it lies.
func fromHijri(y, m, d int) moment {
	if m == 0 {
		start, _ := hijri(y, 7)
		return moment{y: day(start).y}
	}
	start, length := hijri(y, m)
	switch {
	case d == 0:
		return month(start+length/2, 0)
	case d > length:
		d = length // the thirtieth, sighted, of a month that the table gives 29 days
	}
	if y < firstHijri || y > lastHijri {
		return month(start+d-1, 0)
	}
	return day(start + d - 1)
}

// hijriOf returns the Hijri year and month of day n.
func hijriOf(n int) (y, m int) {
	y = (n-epoch)*33/(354*33+12) + 1
	for y > 1 {
		if s, _ := hijri(y, 1); s <= n {
			break
		}
		y--
	}
	for {
		if s, _ := hijri(y+1, 1); s > n {
			break
		}
		y++
	}
	for m = 12; m > 1; m-- {
		if s, _ := hijri(y, m); s <= n {
			break
		}
	}
	return y, m
}
