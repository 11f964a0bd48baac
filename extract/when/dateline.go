package when

// dateline says whether a full date belongs to the dateline: near the beginning of the first sentences, with a dash, a
// colon or an agency behind it: «بغداد 12 تموز 2015 (رويترز) -».
func (f *Finder) dateline(e *Expr, m moment) bool {
	if m.d == 0 || e.Relative && e.Value == "" || f.sent > 1 || int(e.First)-f.lo > 8 {
		return false
	}
	for k := int(e.Last) + 1; k < int(e.Last)+5; k++ {
		switch a := f.get(k); {
		case a.class == cAgency:
			return true
		case a.class == cMark && (a.val == '-' || a.val == ':'):
			return k == int(e.Last)+1 || f.mark(k-1, ')')
		case a.class == cMark && (a.val == '(' || a.val == ')' || a.val == '/'):
		case a.class == cMawafiq, a.class == cDigits:
		default:
			if !f.mark(int(e.Last)+1, '(') {
				return false
			}
		}
	}
	return false
}

// datelineDay takes the article's day from its dateline where it is not known otherwise.
func (f *Finder) datelineDay() {
	n := len(f.dst)
	for s := 0; s < len(f.t.Sentences) && s < 2; s++ {
		f.sent, f.lo, f.hi = int32(s), int(f.t.Sentences[s].First), int(f.t.Sentences[s].Last)
		for i := f.lo; i < f.hi; {
			i = max(f.at(i), i+1)
		}
	}
	for _, e := range f.dst[n:] {
		if t, ok := parseDay(e.Value); ok && e.Dateline && !e.Relative {
			f.known, f.today, f.date, f.year = true, t.days(), t.days(), t.y
			break
		}
	}
	f.dst = f.dst[:n]
}
