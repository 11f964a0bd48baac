package when

import (
	"strings"

	"github.com/sila-graph/sila/extract/arabic"
)

// tail says what follows a month: a year, or where the month lies from today.
type tail uint8

const (
	bare   tail = iota
	dated       // with its year
	past        // «الماضي»
	coming      // «المقبل»
	now         // «الحالي»
)

// date is a date as read, not yet resolved.
type date struct {
	next  int // token after it
	y     int
	m     int
	d     int
	to    int // second day of «5 - 8 يوليو», at token toAt; the first ends before token end
	end   int
	toAt  int
	and   bool // the days are listed, no range
	hijri bool
	weak  bool // the month's name is a common word, and nothing confirms it
	tail  tail
}

// fullDate reads and emits dates with a month's name, or numeric; words from first belong to it.
func (f *Finder) fullDate(first, i int) int {
	if n, m, ok := f.numeric(i, i > first || f.is(i-1, cDate) || f.is(i-1, cMawafiq)); ok {
		f.emit(first, n-1, m, Expr{})
		return n
	}
	if n := f.dayOfMonth(first, i); n > first {
		return n
	}
	start := i
	if f.is(i, cPart) && !f.get(i).al() {
		i++
	}
	p, ok := f.parseDate(i)
	if !ok {
		return first
	}
	if p.weak && p.d == 0 && start == i && !f.is(i-1, cIn) && !f.is(i-1, cSince) && !f.is(i-1, cUntil) && !f.is(i-1, cBetween) && !f.is(i-1, cDuring) {
		return first
	}
	if p.hijri && p.d == 0 && p.tail == bare && start == i && !f.unitAt(i, months) && !f.is(i-1, cIn) && !f.is(i-1, cDuring) && !f.is(i-1, cSince) {
		return first // رجب, شعبان: names of people too
	}
	if f.named(first) || p.tail == bare && (f.quoted(first, p.next-1) || p.d > 0 && f.is(first-1, cEvent)) {
		return p.next
	}
	// «بين سبتمبر ويناير الماضيين», «من 28 ذي الحجة إلى 1 محرم 1437هـ»: the second date's year serves both.
	m := f.resolve(&p, first)
	if p.tail == bare {
		k := p.next
		if f.is(k, cUntil) || f.is(k, cAnd) || f.mark(k, '-') || f.is(k, cMonth) && f.get(k).pro&arabic.Wa != 0 {
			if !f.is(k, cMonth) {
				k++
			}
			if q, ok := f.parseDate(k); ok && q.tail != bare && q.hijri == p.hijri {
				if b := f.resolve(&q, k); b.y > 0 {
					p.tail, p.y = dated, b.y
					if q.hijri {
						p.y = q.y
					}
					if p.m > q.m {
						p.y--
					}
					if p.y > 0 {
						m = f.resolve(&p, first)
					}
				}
			}
		}
	}
	e := Expr{Relative: p.tail != dated, Vague: p.hijri && p.d == 0}
	if p.to == 0 {
		f.emit(first, p.next-1, m, e)
		return p.next
	}
	q := p
	q.d = p.to
	e.Start = !p.and
	f.emit(first, p.end-1, m, e)
	e.Start, e.End = false, !p.and
	f.emit(p.toAt, p.next-1, f.resolve(&q, first), e)
	return p.next
}

// dayOfMonth reads «الثالث من الشهر الجاري», «15 من هذا الشهر», «12 الشهر الماضي».
func (f *Finder) dayOfMonth(first, i int) int {
	d, j := f.dayNumber(i)
	if j == i {
		return first
	}
	if f.is(j, cFrom) {
		j++
	}
	shift, demo := 0, f.is(j, cDemo)
	if demo {
		j++
	}
	if !f.unitAt(j, months) || !f.get(j).al() {
		return first
	}
	j++
	switch f.get(j).class {
	case cPast:
		shift, j = -1, j+1
	case cNext:
		shift, j = 1, j+1
	case cThis:
		j++
	default:
		if !demo {
			return first
		}
	}
	m := month(f.today, shift)
	m.d = d
	f.rel(first, j-1, m, Expr{})
	return j
}

// parseDate reads [day [range]] [من] [شهر] month [year or «الماضي»]. It needs the month.
func (f *Finder) parseDate(i int) (p date, ok bool) {
	j := i
	if d, n := f.dayNumber(j); n > j {
		p.d, p.end, j = d, n, n
		k := j
		if f.is(k, cUntil) || f.mark(k, '-') || f.is(k, cAnd) || f.get(k).pro&arabic.Wa != 0 && f.is(k, cOrd) {
			p.and = f.is(k, cAnd) && !f.is(i-1, cBetween) || f.is(k, cOrd)
			if !f.is(k, cOrd) {
				k++
			}
			if f.is(k, cUntil) { // «17 وإلى 27»
				k, p.and = k+1, false
			}
			if d, n := f.dayNumber(k); n > k {
				p.to, p.toAt, j = d, k, n
			}
		}
		if f.is(j, cFrom) {
			j++
		}
	}
	marked := false
	if f.unitAt(j, months) && !(f.get(j).al() && p.d == 0) {
		j, marked = j+1, true
	}
	n, m, hijri, weak := f.month(j)
	if n == j {
		return p, false
	}
	p.m, p.hijri, p.weak = m, hijri, weak && !marked
	p.next = n
	f.dateTail(&p)
	if p.tail != bare {
		p.weak = false
	}
	return p, true
}

// dayNumber reads a day of the month: 12, الـ26, الثاني عشر, الرابع والعشرين, الثلاثين. Returns i for none.
func (f *Finder) dayNumber(i int) (d, next int) {
	a := f.get(i)
	switch a.class {
	case cAl:
		if b := f.get(i + 1); b.class == cDigits && b.n <= 2 && b.val >= 1 && b.val <= 31 {
			return int(b.val), i + 2
		}
	case cDigits:
		if a.n <= 2 && a.val >= 1 && a.val <= 31 {
			return int(a.val), i + 1
		}
	case cOrd:
		n := int(a.val)
		b := f.get(i + 1)
		switch {
		case b.class == cNum && b.val == 10 && b.pro == 0:
			if n < 10 {
				n += 10
			} else if n == 11 {
				n = 11
			}
			return n, i + 2
		case b.class == cNum && b.pro&arabic.Wa != 0 && (b.val == 20 || b.val == 30):
			if n == 11 {
				n = 1
			}
			if n += int(b.val); n <= 31 {
				return n, i + 2
			}
		case n <= 10 && a.al() && (f.is(i+1, cFrom) || f.is(i+1, cMonth) || f.is(i+1, cHMonth) || f.is(i+1, cAnd) || b.class == cOrd):
			return n, i + 1
		}
	case cNum:
		if a.al() && (a.val == 20 || a.val == 30) && f.is(i+1, cFrom) {
			return int(a.val), i + 1
		}
		if a.pro == 0 && a.val < 10 { // حادي is an ordinal; واحد وعشرين
			b := f.get(i + 1)
			if b.class == cNum && b.pro&arabic.Wa != 0 && (b.val == 20 || b.val == 30) && f.is(i+2, cFrom) {
				return int(a.val + b.val), i + 2
			}
		}
	}
	return 0, i
}

// month reads a month with a second name beside it: «مايو (أيار)», «تشرين الأول/أكتوبر», «يوليو تموز». Returns i for none.
func (f *Finder) month(i int) (next, m int, hijri, weak bool) {
	next, m, hijri, weak = f.monthName(i)
	if next == i {
		return
	}
	k, open := next, false
	if f.mark(k, '(') || f.mark(k, '/') || f.mark(k, '-') {
		open = f.mark(k, '(')
		k++
	}
	if n, m2, h2, _ := f.monthName(k); n > k && m2 == m && h2 == hijri && f.get(k).pro&arabic.Wa == 0 {
		next, weak = n, false
		if open && f.mark(next, ')') {
			next++
		}
	}
	return
}

func (f *Finder) monthName(i int) (next, m int, hijri, weak bool) {
	a, b := f.get(i), f.get(i+1)
	ordinal := b.class == cOrd && b.al() && b.val <= 2
	switch a.class {
	case cMonth:
		return i + 1, int(a.val), false, a.n == 1
	case cHMonth:
		return i + 1, int(a.val), true, false
	case cMHead:
		if ordinal {
			return i + 2, (int(a.val)+int(b.val)-2)%12 + 1, false, false
		}
	case cSeason:
		if a.val == 1 && b.al() && (ordinal || b.class == cOther) { // ربيع الأول, ربيع الآخر
			return i + 2, 3 + second(b), true, false
		}
	case cHHead:
		s := "" // what follows in the sentence
		if i+1 < f.hi {
			s = f.t.Bare(i + 1)
		}
		switch {
		case a.val == 5 && b.al() && (ordinal || b.class == cOther): // جمادى
			return i + 2, 5 + second(b), true, false
		case a.val == 11 && strings.HasSuffix(s, "قعدة"):
			return i + 2, 11, true, false
		case a.val == 11 && strings.HasSuffix(s, "حجة"):
			return i + 2, 12, true, false
		}
	}
	return i, 0, false, false
}

func second(a *atom) int {
	if a.class == cOther || a.val == 2 {
		return 1
	}
	return 0
}

// dateTail reads the year after a month.
func (f *Finder) dateTail(p *date) {
	i := p.next
	for p.hijri && f.is(i, cBlessed) {
		i++
	}
	p.next = i
	switch f.get(i).class {
	case cPast:
		p.tail, p.next = past, i+1
	case cNext:
		p.tail, p.next = coming, i+1
	case cThis:
		p.tail, p.next = now, i+1
	}
	j := p.next
	if f.mark(j, ',') || f.mark(j, '/') || f.mark(j, '-') && f.year4(j+1) > 0 {
		j++
	}
	k := j
	if f.is(k, cFrom) || f.is(k, cIn) {
		k++
	}
	if y := f.year4(j); y > 0 && !f.is(j+1, cCounted) {
		f.setYear(p, y, j+1)
		return
	}
	if f.is(k, cDemo) && f.unitAt(k+1, years) {
		f.relYear(p, 0, k+2)
		return
	}
	if f.is(k, cNotDay) && f.unitAt(k+1, years) && f.known { // من نفس العام
		f.relYear(p, f.year-day(f.today).y, k+2)
		return
	}
	if !f.unitAt(k, years) {
		if p.hijri && f.is(p.next, cAH) || !p.hijri && f.is(p.next, cAD) {
			p.next++
		}
		return
	}
	switch a := f.get(k + 1); {
	case f.year4(k+1) > 0:
		f.setYear(p, f.year4(k+1), k+2)
	case a.class == cPast:
		f.relYear(p, -1, k+2)
	case a.class == cAgo && f.is(k+2, cPast):
		f.relYear(p, -2, k+3)
	case a.class == cNext:
		f.relYear(p, 1, k+2)
	case a.class == cThis:
		f.relYear(p, 0, k+2)
	case a.class == cSame && f.known:
		f.relYear(p, f.year-day(f.today).y, k+2)
	}
}

func (f *Finder) setYear(p *date, y, next int) {
	p.tail, p.y, p.next = dated, y, next
	if f.is(next, cAH) || f.is(next, cAD) {
		p.next++
	}
}

// relYear sets a year counted from this one.
func (f *Finder) relYear(p *date, shift, next int) {
	p.next = next
	if !f.known {
		return
	}
	p.tail, p.y = dated, day(f.today).y+shift
	if p.hijri {
		y, _ := hijriOf(f.today)
		p.y = y + shift
	}
}

// year4 returns the year at token i, 0 for none.
func (f *Finder) year4(i int) int {
	if a := f.get(i); a.class == cDigits && a.n == 4 && a.val >= 1000 && a.val <= 2200 {
		return int(a.val)
	}
	return 0
}

// resolve gives the date its place in time; first is where it begins. The zero moment where the article's date is needed
// and unknown.
func (f *Finder) resolve(p *date, first int) moment {
	if p.tail == dated {
		if p.hijri && p.y < 1600 {
			return fromHijri(p.y, p.m, p.d)
		}
		if p.hijri { // «رمضان 2015»: of the Hijri year that holds that month in it
			y, _ := hijriOf(moment{p.y, 7, 1}.days())
			for k := y - 1; k <= y+1; k++ {
				if m := fromHijri(k, p.m, p.d); m.y == p.y {
					return m
				}
			}
			return moment{}
		}
		return moment{p.y, p.m, p.d}
	}
	if !f.known {
		return moment{}
	}
	t := day(f.today)
	y, m, d := t.y, t.m, t.d
	if p.hijri {
		y, m = hijriOf(f.today)
		s, _ := hijri(y, m)
		d = f.today - s + 1
	}
	diff := p.m - m // months from the article's to this one
	switch p.tail {
	case past:
		if diff > 0 || diff == 0 && (p.d == 0 || p.d >= d) {
			diff -= 12
		}
	case coming:
		if diff < 0 || diff == 0 && (p.d == 0 || p.d <= d) {
			diff += 12
		}
	case now:
		if diff > 6 {
			diff -= 12
		} else if diff < -6 {
			diff += 12
		}
	default:
		ahead := 2
		if f.future(first) {
			ahead = 10
		}
		if diff > ahead {
			diff -= 12
		} else if diff < ahead-11 {
			diff += 12
		}
	}
	k := y*12 + m - 1 + diff
	if p.hijri {
		return fromHijri(k/12, k%12+1, p.d)
	}
	return moment{k / 12, k%12 + 1, p.d}
}

// numeric reads 12/3/2016, 2016-03-12, 5-10-1436هـ; with sure also 12/3 and 12-3, day before month.
func (f *Finder) numeric(i int, sure bool) (next int, m moment, ok bool) {
	var n [3]int
	count := 0
	switch a := f.get(i); {
	case a.class == cSlash:
		k := &f.t.Tokens[i]
		sep := byte(0)
		for _, c := range []byte(f.t.Norm[k.Start:k.End]) {
			if c < '0' || c > '9' {
				if c == ':' || c == ',' || sep != 0 && c != sep || count == 2 {
					return i, m, false
				}
				sep = c
				count++
				continue
			}
			n[count] = min(n[count]*10+int(c-'0'), 99999)
		}
		count++
		next = i + 1
		if count == 2 && sep != '/' {
			return i, m, false
		}
	case a.class == cDigits && a.n <= 4:
		n[0], count, next = int(a.val), 1, i+1
		for count < 3 && (f.mark(next, '-') || f.mark(next, '/')) && f.is(next+1, cDigits) && f.get(next+1).n <= 4 {
			n[count] = int(f.get(next + 1).val)
			count++
			next += 2
		}
	}
	switch count {
	case 3:
		y, mo, d := n[2], n[1], n[0]
		if n[0] > 31 {
			y, d = n[0], n[2]
		}
		if mo > 12 && d <= 12 {
			mo, d = d, mo
		}
		if mo < 1 || mo > 12 || d < 1 || d > 31 {
			return i, m, false
		}
		if f.is(next, cAH) || f.is(next, cAD) {
			next++
		}
		switch {
		case y >= 1300 && y < 1600:
			return next, fromHijri(y, mo, d), true
		case y >= 1900 && y <= 2100:
			m = moment{y, mo, d}
			return next, m, m.valid()
		}
	case 2:
		if sure && f.known && n[0] >= 1 && n[0] <= 31 && n[1] >= 1 && n[1] <= 12 && !f.is(next, cCounted) {
			p := date{d: n[0], m: n[1]}
			m = f.resolve(&p, i)
			return next, m, m.valid()
		}
	}
	return i, m, false
}

// bareYear reads a year: «عام 2013», «في 2014», «كأس العالم 2018», «موسم 2012-2013», «عام 1437هـ».
func (f *Finder) bareYear(first, i int) int {
	sure := false
	j := i
	if a := f.get(j); a.class == cUnit && a.unit() == years {
		j, sure = j+1, true
	}
	if a := f.get(j); a.class == cSlash && a.n == 4 { // 2012/2013
		k := &f.t.Tokens[j]
		if s := f.t.Norm[k.Start:k.End]; len(s) == 9 && s[4] == '/' && (sure || f.is(j-1, cYearHead)) && s[:2] == s[5:7] && a.val >= 1900 && a.val <= 2100 {
			f.emit(i, j, moment{y: int(a.val)}, Expr{})
			return j + 1
		}
		return i
	}
	y := f.year4(j)
	if y == 0 || f.is(j+1, cCounted) || f.mark(j+1, '%') || f.mark(j+1, '/') {
		return i
	}
	next := j + 1
	hijri := f.is(next, cAH)
	if hijri || f.is(next, cAD) {
		next++
		sure = true
	}
	if !sure {
		if y < 1900 || y > 2100 {
			return i
		}
		switch p := f.get(i - 1); p.class {
		case cIn, cSince, cUntil, cAgo, cAfter, cBetween, cDuring, cSeason, cYearHead:
		case cPart:
			first = i - 1
		case cAnd, cMark:
			n := len(f.dst)
			if n == 0 || int(f.dst[n-1].Last) != i-2 || len(f.dst[n-1].Value) != 4 || p.class == cMark && p.val != '-' && p.val != ',' {
				return i
			}
		case cFrom:
			if !f.is(j+1, cUntil) && !f.is(i-2, cOrd) && !f.is(i-2, cOther) { // «الربع الأول من 2017»
				return i
			}
		default:
			if !f.is(i-2, cYearHead) {
				return i
			}
		}
		if p := f.get(i - 1); p.class == cSeason {
			first = i - 1
		}
	}
	if f.is(i-1, cPart) {
		first = i - 1
	}
	m := moment{y: y}
	if hijri || sure && y >= 1300 && y < 1500 {
		m = fromHijri(y, 0, 0)
	}
	f.emit(min(first, i), next-1, m, Expr{})
	return next
}
