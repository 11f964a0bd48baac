package when

import (
	_ "embed"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/sila-graph/sila/extract/arabic"
)

//go:embed data/words.txt
var wordsText string

// class is what a word may be in a time expression.
type class uint8

const (
	none    class = iota
	cMonth        // a Gregorian month
	cHMonth       // a Hijri month
	cMHead        // تشرين, كانون: الأول or الثاني follows
	cHHead        // ربيع, جمادى, ذو
	cSeason
	cWeekday
	cUnit
	cNum
	cOrd
	cPast
	cNext
	cThis
	cSame
	cOther
	cFew
	cRel
	cTod
	cNight
	cPart
	cAgo
	cSince
	cAfter
	cUntil
	cDuring
	cFrom
	cStarting
	cBetween
	cIn
	cDemo
	cApprox
	cMore
	cVague
	cFuture
	cMawafiq
	cDate
	cAD
	cAH
	cBlessed
	cName
	cEvent
	cYearHead
	cAgency
	cNotDay
	cCounted
	// What follows is not in the list.
	cDigits // a number without separators
	cSlash  // a number with / . - between its parts
	cMark   // punctuation; val is its byte, or '\'' for a quotation mark
	cAl     // ال before digits: «الـ26»
	cAnd    // و on its own, before digits
)

var classNames = map[string]class{
	"hmonth": cHMonth, "mhead": cMHead, "hhead": cHHead, "season": cSeason, "weekday": cWeekday, "unit": cUnit, "num": cNum, "ord": cOrd, "past": cPast,
	"next": cNext, "this": cThis, "same": cSame, "other": cOther, "few": cFew, "rel": cRel, "tod": cTod, "night": cNight, "part": cPart, "ago": cAgo,
	"since": cSince, "after": cAfter, "until": cUntil, "during": cDuring, "from": cFrom, "starting": cStarting, "between": cBetween, "in": cIn,
	"demo": cDemo, "approx": cApprox, "more": cMore, "vague": cVague, "future": cFuture, "mawafiq": cMawafiq, "date": cDate, "adyear": cAD,
	"ahyear": cAH, "blessed": cBlessed, "name": cName, "event": cEvent, "yearhead": cYearHead, "agency": cAgency, "notday": cNotDay, "counted": cCounted,
}

// word is an entry of the list.
type word struct {
	class class
	val   int16
}

// longest is the length in bytes of the longest listed word.
var longest int

// words maps folded words; built once, read-only.
var words = func() map[string]word {
	m := map[string]word{}
	for line := range strings.Lines(wordsText) {
		if line[0] == '#' {
			continue
		}
		f := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		w := word{class: classNames[f[1]]}
		if len(f) > 2 {
			n, err := strconv.Atoi(f[2])
			if err != nil {
				panic("when: data/words.txt: " + line)
			}
			w.val = int16(n)
		}
		m[f[0]] = w
	}
	arabic.Months(func(name string, n int) bool {
		if !strings.Contains(name, " ") {
			m[name] = word{cMonth, int16(n)}
		}
		return true
	})
	for s := range m {
		longest = max(longest, len(s))
	}
	return m
}()

// fold appends s as the list has it: ى and ئ as ي, ة as ه, ؤ as و.
func fold(dst []byte, s string) []byte {
	for i := 0; i < len(s); i++ {
		// All letters of the block are two bytes: 0xd8 to 0xdb, and one more.
		if i+1 < len(s) {
			switch s[i : i+2] {
			case "ى", "ئ":
				dst = append(dst, "ي"...)
				i++
				continue
			case "ة":
				dst = append(dst, "ه"...)
				i++
				continue
			case "ؤ":
				dst = append(dst, "و"...)
				i++
				continue
			}
		}
		dst = append(dst, s[i])
	}
	return dst
}

// atom is a token as the grammar sees it.
type atom struct {
	class class
	pro   arabic.Clitic
	n     uint8 // digits of a number
	val   int32
}

func (a *atom) al() bool { return a.pro&arabic.Al != 0 }

// weak months are common words or names too: مارس is a verb, آب a father, جوان a name.
func weakMonth(s string) bool {
	switch s {
	case "مارس", "اب", "ماي", "جوان", "اوت", "مارش", "نيسان":
		return true
	}
	return false
}

// classify fills atoms, one per token.
func (f *Finder) classify() {
	t := f.t
	f.atoms = f.atoms[:0]
	var buf [64]byte
	for i := range t.Tokens {
		k := &t.Tokens[i]
		a := atom{pro: k.Pro}
		switch k.Kind {
		case arabic.Word:
			s := t.Norm[k.Bare:k.End]
			if len(s) > longest+4 {
				break
			}
			switch s {
			case "ال", "لل":
				a.class = cAl
			case "و":
				a.class = cAnd
			}
			if a.class != none {
				break
			}
			w, ok := words[string(fold(buf[:0], s))]
			if !ok && strings.HasPrefix(s, "ال") {
				w, ok = words[string(fold(buf[:0], s[4:]))] // القعدة
			}
			if !ok {
				break
			}
			a.class, a.val = w.class, int32(w.val)
			switch {
			case w.class == cMonth && a.al(), w.class == cWeekday && !a.al() && w.val < 2:
				a.class = none
				if w.class == cWeekday { // احد, اثنين: numbers
					a.class, a.val = cNum, int32(w.val)+1
				}
			case w.class == cMonth && weakMonth(s):
				a.n = 1
			}
		case arabic.Number:
			s := t.Norm[k.Start:k.End]
			a.class = cDigits
			for _, c := range []byte(s) {
				if c < '0' || c > '9' {
					a.class = cSlash
					break
				}
				a.val = a.val*10 + int32(c-'0')
				if a.n++; a.n > 8 {
					a.class = none
					break
				}
			}
		case arabic.Punct:
			a.class = cMark
			a.val = int32(t.Norm[k.Start])
			r, _ := utf8.DecodeRuneInString(t.Norm[k.Start:])
			switch r {
			case '«', '»', '"', '\'':
				a.val = '\''
			case '،', '؛':
				a.val = ','
			}
		}
		f.atoms = append(f.atoms, a)
	}
}
