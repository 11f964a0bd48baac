package resolve

import (
	"strconv"
	"strings"
)

// An office has a holder at a time. Articles say who held it, and by their
// dates when; a name that is nothing but an office means the holder of its own
// month: the nearest month of those in which articles name one.

// farMonths is how far the nearest naming may be.
const farMonths = 18

// holder judges an actor as the holder of an office in a month.
func (x *lexicon) holder(w wanted, c *Candidate) (judged, bool) {
	at, ok := monthNumber(w.month)
	if !ok {
		return judged{}, false
	}
	near, n := farMonths+1, 0
	for o, count := range c.Evidence.Offices {
		i := strings.LastIndexByte(o, '|')
		if o[:i] != w.office && !namesJob(o[:i], w.office) {
			continue
		}
		m, ok := monthNumber(o[i+1:])
		if !ok {
			continue
		}
		d := at - m
		if d < 0 {
			d = -d
		}
		if d < near {
			near, n = d, 0
		}
		if d == near {
			n += count
		}
	}
	if n == 0 {
		return judged{}, false
	}
	// a month nearer weighs four times as much
	return judged{c: c, weight: n << (2 * (farMonths - near)), sure: true, why: "held the office then"}, true
}

// namesJob says whether an office is one of those that a job alone may mean:
// وزير الخارجية in قطر, of وزير in قطر.
func namesJob(office, job string) bool {
	title, of, _ := strings.Cut(office, "|")
	word, in, _ := strings.Cut(job, "|")
	return of == in && of != "" && strings.HasPrefix(title, word+" ")
}

// monthNumber counts months: 2015-07.
func monthNumber(s string) (int, bool) {
	if len(s) != len("2006-01") {
		return 0, false
	}
	y, err := strconv.Atoi(s[:4])
	m, err2 := strconv.Atoi(s[5:])
	return 12*y + m, err == nil && err2 == nil
}

// honour returns the folded title of several words that a person's name begins
// with, and whether there is nothing else: خادم الحرمين الشريفين.
func (x *lexicon) honour(f []string) (title string, all bool) {
	n := x.titleLength(f)
	if n < 2 {
		return "", false
	}
	return strings.Join(f[:n], " "), n == len(f)
}
