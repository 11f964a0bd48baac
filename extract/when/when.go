package when

import (
	"github.com/sila-graph/sila/extract/arabic"
)

// Expr is one time expression: tokens First to Last, last included.
type Expr struct {
	First, Last int32
	Sentence    int32
	// Value is YYYY-MM-DD, YYYY-MM or YYYY; "" if the expression hangs on the article's date and that is unknown.
	Value    string
	Start    bool // the beginning of something that goes on: «منذ 2013», «من 5 إلى 8 يوليو» (the first)
	End      bool // the end or a limit: «حتى نهاية العام», «قبل 15 أغسطس»
	Dateline bool // belongs to the dateline: «بغداد 12 تموز 2015 (رويترز) -»
	Vague    bool // the text gives no more than a neighbourhood: «خلال الأيام الماضية»
	Relative bool // resolved against the article's date: «أمس», «مايو الماضي»
}

// Finder finds time expressions and reuses its memory. The zero value is ready. Not for concurrent use.
type Finder struct {
	t     *arabic.Text
	atoms []atom
	known bool // the article's date is known
	today int  // the day on which the article speaks: its date, or the one that its words show
	date  int  // the article's date
	lo    int  // first token of the sentence
	hi    int  // last token of the sentence, plus one
	sent  int32
	dst   []Expr
	year  int // of the expression before in the text, for «من العام نفسه»
	memo  map[moment]string
}

// Find appends the time expressions of t to dst, in the order of the text. date is the article's date, YYYY-MM-DD; with
// any other string only expressions that need no date have a value.
func (f *Finder) Find(t *arabic.Text, date string, dst []Expr) []Expr {
	f.t, f.dst, f.year = t, dst, 0
	base, ok := parseDay(date)
	f.known, f.date = ok, 0
	if ok {
		f.date = base.days()
		f.year = base.y
	}
	f.classify()
	f.today = f.date
	if ok {
		f.today = f.anchor()
	} else {
		f.datelineDay()
	}
	for s := range t.Sentences {
		f.sent, f.lo, f.hi = int32(s), int(t.Sentences[s].First), int(t.Sentences[s].Last)
		for i := f.lo; i < f.hi; {
			if f.atoms[i].class == none {
				i++
				continue
			}
			i = max(f.at(i), i+1)
		}
	}
	dst, f.dst, f.t = f.dst, nil, nil
	return dst
}

// get returns the atom at i, or an empty one outside the sentence.
func (f *Finder) get(i int) *atom {
	if i < f.lo || i >= f.hi {
		return &outside
	}
	return &f.atoms[i]
}

var outside atom

// is says whether the atom at i is of the class.
func (f *Finder) is(i int, c class) bool { return f.get(i).class == c }

// mark says whether token i is the punctuation mark.
func (f *Finder) mark(i int, c int32) bool { a := f.get(i); return a.class == cMark && a.val == c }

// emit appends an expression of tokens first to last. An invalid day or month is no time.
func (f *Finder) emit(first, last int, m moment, flags Expr) {
	e := flags
	e.First, e.Last, e.Sentence = int32(first), int32(last), f.sent
	if m.y != 0 {
		if !m.valid() {
			return
		}
		e.Value = f.format(m)
		f.year = m.y
	}
	f.context(&e)
	e.Dateline = f.dateline(&e, m)
	f.dst = append(f.dst, e)
}

// format writes a moment; the strings are kept, so that a Finder that has seen the dates of an archive allocates no more.
func (f *Finder) format(m moment) string {
	if s, ok := f.memo[m]; ok {
		return s
	}
	if f.memo == nil || len(f.memo) > 1<<14 {
		f.memo = map[moment]string{}
	}
	b := append(make([]byte, 0, 10), byte('0'+m.y/1000), byte('0'+m.y/100%10), byte('0'+m.y/10%10), byte('0'+m.y%10))
	if m.m > 0 {
		b = append(b, '-', byte('0'+m.m/10), byte('0'+m.m%10))
	}
	if m.d > 0 {
		b = append(b, '-', byte('0'+m.d/10), byte('0'+m.d%10))
	}
	f.memo[m] = string(b)
	return f.memo[m]
}

// context sets Start and End from the words around the expression, and takes «منذ» and «قبل» into its span.
func (f *Finder) context(e *Expr) {
	first, last := int(e.First), int(e.Last)
	p := first - 1
	for f.is(p, cDate) || f.is(p, cIn) { // «من تاريخ 17»
		p--
	}
	switch f.get(p).class {
	case cSince:
		e.Start, e.First = true, int32(p)
	case cAfter:
		e.Start = true
	case cUntil:
		e.End = true
	case cAgo:
		e.End, e.First = true, int32(p)
	case cFrom:
		if f.is(p-1, cStarting) || f.is(last+1, cUntil) {
			e.Start = true
		}
	case cBetween:
		e.Start = true
	}
	if n := len(f.dst); n > 0 && f.dst[n-1].Start && f.is(int(f.dst[n-1].First)-1, cBetween) {
		before := int(f.dst[n-1].Last)
		if before == p && f.get(first).pro&arabic.Wa != 0 || before == p-1 && f.is(p, cAnd) {
			e.End = true // «بين 2003 و2011»
		}
	}
}
