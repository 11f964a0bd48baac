package when

import "github.com/sila-graph/sila/extract/arabic"

// Units of time, as data/words.txt numbers them.
const (
	hours = 1 + iota
	days
	weeks
	months
	years
)

func (a *atom) unit() int      { return int(a.val) / 10 }
func (a *atom) singular() bool { return a.val%10 == 1 }

// unitAt says whether token i is the unit in the singular: «العام», «شهر».
func (f *Finder) unitAt(i, unit int) bool {
	a := f.get(i)
	return a.class == cUnit && a.unit() == unit && a.singular()
}

// at tries to read an expression that begins at token i and returns where it ends, or i.
func (f *Finder) at(i int) int {
	switch f.atoms[i].class {
	case cAgo, cSince:
		return f.ago(i)
	case cDuring:
		return f.during(i)
	case cNight, cTod:
		if n := f.night(i); n > i {
			return n
		}
	}
	j := f.prefix(i)
	switch a := f.get(j); a.class {
	case cRel, cAfter:
		return f.relDay(i, j)
	case cOrd:
		if n := f.relDay(i, j); n > i { // أول أمس
			return n
		}
	case cWeekday:
		if a.al() || j > i {
			return f.weekday(i, j)
		}
	case cUnit:
		if a.al() && f.unitAt(j, days) {
			return f.todayWord(i, j)
		}
	case cDemo:
		if f.unitAt(j+1, days) && f.get(j+1).al() {
			return f.todayWord(i, j+1)
		}
	}
	if n := f.fullDate(i, j); n > i {
		return n
	}
	if n := f.period(i, j); n > i {
		return n
	}
	if n := f.span(i, j); n > i {
		return n
	}
	return f.bareYear(i, j)
}

// prefix skips the time of day and «يوم»: «مساء يوم».
func (f *Finder) prefix(i int) int {
	for {
		a := f.get(i)
		switch {
		case a.class == cTod && !(a.al() && f.is(i+1, cRel)), a.class == cNight && !a.al():
		case a.class == cUnit && a.unit() == days && a.val%10 == 1 && !a.al():
		default:
			return i
		}
		i++
	}
}

// named says whether the expression at first is part of a name: «شارع 14 تموز»، «المصري اليوم».
func (f *Finder) named(first int) bool {
	p := first - 1
	for f.mark(p, '(') || f.mark(p, '\'') {
		p--
	}
	a := f.get(p)
	return a.class == cName && (!a.al() || a.val == 1)
}

// quoted says whether tokens first to last stand alone in quotation marks or brackets of a name.
func (f *Finder) quoted(first, last int) bool { return f.mark(first-1, '\'') && f.mark(last+1, '\'') }

// future says whether the clause around token i looks ahead: سيزور, سوف, من المقرر.
func (f *Finder) future(i int) bool {
	for k := i - 1; k >= f.lo && k > i-16; k-- {
		switch a := &f.atoms[k]; {
		case a.class == cFuture, a.pro&arabic.Sa != 0:
			return true
		case a.class == cMark && (a.val == ',' || a.val == ':' || a.val == '.'):
			k = f.lo
		}
	}
	// «الخميس سيصل المبعوث»: the verb right behind a day at the beginning; after «أن» it is another clause's.
	for k := i + 1; k < i+3; k++ {
		if f.get(k).pro&arabic.Sa != 0 {
			return i == f.lo
		}
	}
	return false
}

// rel emits an expression that hangs on the article's date.
func (f *Finder) rel(first, last int, m moment, flags Expr) {
	flags.Relative = true
	if !f.known {
		m = moment{}
	}
	f.emit(first, last, m, flags)
}

// relDay reads أمس, أمس الأول, أول من أمس, غدا, بعد غد, with a weekday or date that follows.
func (f *Finder) relDay(first, i int) int {
	shift, j := 0, i
	switch a := f.get(i); {
	case a.class == cOrd && a.val == 1 && f.is(i+1, cRel) && f.get(i+1).val == -1:
		shift, j = -2, i+2
	case a.class == cOrd && a.val == 1 && f.is(i+1, cFrom) && f.is(i+2, cRel) && f.get(i+2).val == -1:
		shift, j = -2, i+3
	case a.class == cAfter && f.is(i+1, cRel) && f.get(i+1).val == 1:
		shift, j = 2, i+2
	case a.class == cRel:
		shift, j = int(a.val), i+1
		if o := f.get(j); shift == -1 && o.class == cOrd && o.val == 1 && o.al() {
			shift, j = -2, j+1
		}
		if a.al() && shift == 1 && first == i && !f.weekdayAt(j) {
			return first // حزب الغد, الغد الأفضل
		}
	default:
		return first
	}
	if f.named(first) || f.quoted(first, j-1) {
		return j
	}
	return f.dayTail(first, j, shift)
}

func (f *Finder) weekdayAt(i int) bool {
	if f.mark(i, '(') || f.mark(i, ',') || f.mark(i, '-') {
		i++
	}
	return f.is(i, cWeekday) && f.get(i).al()
}

// todayWord reads «اليوم» where it means the article's day; i is its place.
func (f *Finder) todayWord(first, i int) int {
	a := f.get(i)
	if a.pro&^(arabic.Al|arabic.Wa|arabic.Fa) != 0 || f.named(first) || f.quoted(i, i) {
		return i + 1
	}
	switch p := f.get(i - 1); p.class {
	case cIn, cDuring, cBetween, cOrd, cNum:
		return i + 1
	}
	switch n := f.get(i + 1); n.class {
	case cOrd, cNotDay, cSame, cPast, cNext, cOther, cNum, cCounted:
		return i + 1
	}
	return f.dayTail(first, i+1, 0)
}

// dayTail ends a day told by its distance: «أمس (الثلاثاء)», «اليوم الموافق 12 مايو».
func (f *Finder) dayTail(first, j, shift int) int {
	d, end := f.today+shift, j
	if f.weekdayAt(j) {
		k := j
		for !f.is(k, cWeekday) {
			k++
		}
		d = f.date + f.delta(int(f.get(k).val), shift) + shift
		end = k + 1
		if f.mark(end, ')') {
			end++
		}
	}
	if n, m := f.appositive(end); n > end {
		f.emit(first, n-1, m, Expr{})
		return n
	}
	f.rel(first, end-1, day(d), Expr{})
	return end
}

// delta is how many days the speaker's today lies from the article's date if the day at distance shift is the weekday w:
// 0 as a rule; reports are printed up to five days late, and some are dated a day early.
func (f *Finder) delta(w, shift int) int {
	switch d := (w - weekday(f.date+shift) + 14) % 7; {
	case d == 0:
		return 0
	case d == 1:
		return 1
	default:
		return d - 7
	}
}

// anchor finds the day on which the article speaks: where «اليوم الجمعة» or «أمس الأحد» contradict its date, the words
// count. Most such pairs decide, the earliest of equals.
func (f *Finder) anchor() int {
	var votes [9]int
	best := -1
	for i := range f.atoms {
		a := &f.atoms[i]
		shift := 0
		switch {
		case a.class == cRel:
			shift = int(a.val)
		case a.class == cUnit && a.al() && a.val == days*10+1:
		default:
			continue
		}
		f.lo, f.hi = 0, len(f.atoms)
		if f.is(i-1, cAfter) && shift == 1 || f.is(i-1, cOrd) || f.is(i-1, cFrom) && f.is(i-2, cOrd) {
			continue
		}
		j := i + 1
		if o := f.get(j); shift == -1 && o.class == cOrd && o.val == 1 {
			shift, j = -2, j+1
		}
		if f.mark(j, '(') {
			j++
		}
		if !f.is(j, cWeekday) || !f.get(j).al() {
			continue
		}
		k := f.delta(int(f.get(j).val), shift) + 7
		if votes[k]++; best < 0 || votes[k] > votes[best] {
			best = k
		}
	}
	if best < 0 {
		return f.date
	}
	return f.date + best - 7
}

// weekday reads a day of the week, what follows it («الماضي», «المقبل») and a date beside it.
func (f *Finder) weekday(first, i int) int {
	w := int(f.get(i).val)
	if f.named(first) && f.get(first-1).val != 1 || f.is(i-1, cBetween) && w == 1 {
		return i + 1
	}
	j := i + 1
	// «ليل الجمعة السبت», «ليلة الثلاثاء/الأربعاء»
	k := j
	if f.mark(k, '/') || f.mark(k, '-') {
		k++
	}
	if b := f.get(k); b.class == cWeekday && b.al() && b.pro&arabic.Wa == 0 && int(b.val) == (w+1)%7 {
		j = k + 1
	}
	back := (weekday(f.today) - w + 7) % 7 // days since the last one
	d := f.today - back
	switch a := f.get(j); {
	case a.class == cPast:
		if back == 0 {
			d -= 7
		}
		j++
	case a.class == cAgo && f.is(j+1, cPast):
		if back == 0 {
			d -= 7
		}
		d -= 7
		j += 2
	case a.class == cNext:
		d += 7
		j++
	case a.class == cThis:
		j++
	case back > 0 && f.future(first):
		d += 7
	}
	if n, m := f.appositive(j); n > j {
		f.emit(first, n-1, m, Expr{})
		return n
	}
	f.rel(first, j-1, day(d), Expr{})
	return j
}

// appositive reads a date beside a day: «الموافق 12 مايو», «(6 أغسطس)», «4-10-1436هـ». Without one it returns i.
func (f *Finder) appositive(i int) (int, moment) {
	j, open := i, false
	if f.mark(j, '(') || f.mark(j, ',') {
		open = f.mark(j, '(')
		j++
	}
	for f.is(j, cMawafiq) || j > i && f.is(j, cDate) {
		j++
	}
	n, m, ok := f.numeric(j, true)
	if !ok {
		p, has := f.parseDate(j)
		if !has || p.d == 0 {
			return i, moment{}
		}
		n, m = p.next, f.resolve(&p, j)
		if m.y == 0 {
			return i, m
		}
	}
	if open && f.mark(n, ')') {
		n++
	}
	if !m.valid() {
		return i, m
	}
	return n, m
}

// night reads «الليلة الماضية», «الليل قبل الماضي», «الليلة».
func (f *Finder) night(i int) int {
	a := f.get(i)
	if !a.al() {
		return i
	}
	if a.class == cTod && a.val == 0 {
		return i
	}
	switch {
	case f.is(i+1, cPast):
		f.rel(i, i+1, day(f.today-1), Expr{})
		return i + 2
	case f.is(i+1, cAgo) && f.is(i+2, cPast):
		f.rel(i, i+2, day(f.today-2), Expr{})
		return i + 3
	case a.class == cTod, f.is(i+1, cOrd), f.is(i+1, cSame), f.is(i+1, cNotDay), f.is(i-1, cIn), f.is(i-1, cDemo):
		return i
	}
	return f.dayTail(i, i+1, 0)
}
