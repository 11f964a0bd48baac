package when

// quantity reads «ثلاثة أشهر», «نحو 48 ساعة», «أسبوعين», «أيام قليلة». n is 0 where the text has no number.
func (f *Finder) quantity(i int) (next, n, unit int, vague bool) {
	j := i
	for {
		switch a := f.get(j); {
		case a.class == cApprox, a.class == cVague:
			j++
		case a.class == cMore && f.is(j+1, cFrom):
			j += 2
		default:
			goto number
		}
		vague = true
	}
number:
	if f.is(j, cAl) {
		j++
	}
	n, k := f.number(j)
	a := f.get(k)
	if a.class != cUnit || a.al() && k == j {
		return i, 0, 0, false
	}
	switch {
	case k > j:
	case a.val%10 == 1:
		n = 1
	case a.val%10 == 2:
		n = 2
	}
	k++
	if f.is(k, cFew) || f.is(k, cVague) {
		k++
	}
	return k, n, a.unit(), vague
}

// number reads a count to 999: digits, خمس, خمسة عشر, ثلاثة وعشرين. Returns i for none.
func (f *Finder) number(i int) (n, next int) {
	a := f.get(i)
	switch {
	case a.class == cDigits && a.n <= 3:
		return int(a.val), i + 1
	case a.class != cNum:
		return 0, i
	}
	n, next = int(a.val), i+1
	b := f.get(next)
	switch {
	case n < 10 && b.class == cNum && b.val == 10 && b.pro == 0:
		return n + 10, next + 1
	case n < 10 && b.class == cNum && b.val >= 20 && b.val <= 90 && b.pro&1 != 0:
		return n + int(b.val), next + 1
	}
	return n, next
}

// ago reads «قبل يومين», «منذ أسبوع»: time back from today. What counts from another event («قبل يومين من الانتخابات»)
// is left alone.
func (f *Finder) ago(i int) int {
	next, n, unit, vague := f.quantity(i + 1)
	if next == i+1 {
		return i
	}
	since := f.is(i, cSince)
	if since && f.is(next, cAgo) {
		return i
	}
	last := f.get(next - 1)
	if last.class == cUnit && last.singular() && n == 1 {
		switch f.get(next).class { // «منذ يوم الجمعة», «قبل شهر رمضان», «منذ عام 2013»
		case cWeekday, cDigits, cRel, cOrd, cMonth, cHMonth, cMHead, cHHead, cSeason, cSlash, cMawafiq, cAl, cPast, cNext:
			return i
		}
		if last.unit() == days && f.is(next, cNum) {
			return i
		}
	}
	if f.is(next, cFrom) && !since && f.t.Base(min(next+1, len(f.atoms)-1)) != "ان" {
		return next
	}
	m, fuzzy, ok := f.back(n, unit)
	if !ok {
		return next
	}
	f.rel(i, next-1, m, Expr{Start: since, Vague: vague || fuzzy})
	return next
}

// back is the time n units ago, as precise as such words are.
func (f *Finder) back(n, unit int) (m moment, vague, ok bool) {
	if !f.known {
		return m, true, n > 0
	}
	switch {
	case unit == hours:
		return day(f.today - n/24), false, true
	case unit == days && n == 0:
		return month(f.today-3, 0), true, true
	case unit == days:
		return day(f.today - n), false, true
	case n == 0:
		return m, false, false
	case unit == weeks && n == 1:
		return day(f.today - 7), true, true
	case unit == weeks:
		return month(f.today-7*n, 0), true, true
	case unit == months:
		return month(f.today, -n), true, true
	}
	return moment{y: day(f.today).y - n}, true, true
}

// during reads «خلال 48 ساعة», with what follows, as a limit where the clause looks ahead.
func (f *Finder) during(i int) int {
	next, n, unit, _ := f.quantity(i + 1)
	if next == i+1 || f.get(i+1).al() {
		return i
	}
	a := f.get(next)
	switch {
	case n == 0, n == 1 && f.get(next-1).singular() && f.get(next-1).class == cUnit && f.is(next, cMonth):
		return i
	case a.class == cPast:
		return f.stretch(i+1, next+1, n, unit, past)
	case a.class == cNext:
		return f.stretch(i+1, next+1, n, unit, coming)
	case unit <= weeks && f.future(i):
		return f.stretch(i+1, next, n, unit, coming)
	}
	return i
}

// span reads counted or open stretches up to or from today: «السنوات الثلاث الماضية», «الـ24 ساعة الماضية»,
// «الأيام القليلة المقبلة», «العامين الماضيين».
func (f *Finder) span(first, i int) int {
	j, n, unit := i, 0, 0
	a := f.get(i)
	if a.class == cUnit && a.al() && !a.singular() {
		unit = a.unit()
		if a.val%10 == 2 {
			n = 2
		}
		j++
		if f.is(j, cAl) {
			j++
		}
		if k, e := f.number(j); e > j {
			n, j = k, e
		}
		if f.is(j, cFew) {
			j++
		}
	} else if a.class == cAl || a.class == cNum && a.al() || a.class == cFew {
		e := 0
		if e, n, unit, _ = f.quantity(i); e == i {
			return first
		}
		j = e
	} else {
		return first
	}
	switch f.get(j).class {
	case cPast:
		return f.stretch(i, j+1, n, unit, past)
	case cNext:
		return f.stretch(i, j+1, n, unit, coming)
	}
	return first
}

// stretch emits a stretch of n units (0: some) of tokens first to next-1 that ends or begins today: its far end, or for
// an open one the month that it lies in.
func (f *Finder) stretch(first, next, n, unit int, t tail) int {
	e := Expr{Start: t == past, End: t == coming}
	sign := 1
	if t == past {
		sign = -1
	}
	var m moment
	switch {
	case n == 0:
		if unit > weeks || unit == weeks && t == coming {
			return next
		}
		far := 3
		if unit == weeks {
			far = 14
		} else if unit == hours {
			far = 0
		}
		e = Expr{Vague: true}
		m = month(f.today+sign*far, 0)
		if unit == hours {
			m = day(f.today)
		}
	case unit == hours:
		m = day(f.today + sign*((n+23)/24))
	case unit == days:
		m = day(f.today + sign*n)
	case unit == weeks:
		m = day(f.today + sign*7*n)
	case unit == months:
		m = month(f.today, sign*n)
	default:
		m = moment{y: day(f.today).y + sign*n}
	}
	f.rel(first, next-1, m, e)
	return next
}

// period reads one week, month or year by its distance: «الأسبوع الماضي», «هذا الشهر», «مطلع العام الحالي»,
// «العام قبل الماضي», «الصيف الماضي».
func (f *Finder) period(first, i int) int {
	j, part := i, false
	if f.is(j, cPart) && !f.get(j).al() {
		j, part = j+1, true
	}
	demo := f.is(j, cDemo)
	if demo {
		j++
	}
	a := f.get(j)
	if a.class == cSeason && a.al() {
		return f.season(first, j)
	}
	if a.class != cUnit || !a.singular() || !a.al() || a.unit() < weeks {
		return first
	}
	shift, next := 0, j+2
	switch b := f.get(j + 1); {
	case b.class == cPast:
		shift = -1
	case b.class == cAgo && f.is(j+2, cPast):
		shift, next = -2, j+3
	case b.class == cNext:
		shift = 1
	case b.class == cThis:
	case f.year4(j+1) > 0:
		return first
	case demo:
		next = j + 1
	case (part || f.is(i-1, cDuring)) && a.unit() >= months && b.class != cNotDay && b.class != cSame && b.class != cOrd && !b.al():
		next = j + 1
	default:
		return first
	}
	var m moment
	e := Expr{}
	switch a.unit() {
	case weeks:
		m, e.Vague = month(f.today+7*shift, 0), true
	case months:
		m = month(f.today, shift)
	case years:
		m = moment{y: day(f.today).y + shift}
	}
	f.rel(first, next-1, m, e)
	return next
}

// season reads «الصيف الماضي», «الخريف المقبل»; a winter lies in two years and is left alone.
func (f *Finder) season(first, i int) int {
	s := int(f.get(i).val)
	if s == 4 {
		return first
	}
	t := day(f.today)
	over := s*3 + 2 // its last month
	switch f.get(i + 1).class {
	case cPast:
		if t.m <= over {
			t.y--
		}
	case cNext:
		if t.m >= over-2 {
			t.y++
		}
	case cThis:
	default:
		return first
	}
	f.rel(first, i+1, moment{y: t.y}, Expr{})
	return i + 2
}
