package fact

// newsDay returns the day that the article is about: the first that its lead
// dates, within a week before its own date, and the sentence that says so; "" for none.
func (r *run) newsDay() (string, int) {
	if len(r.date) != len("2006-01-02") {
		return "", -1
	}
	for i := range r.times {
		e := &r.times[i]
		if e.Sentence > 3 {
			break
		}
		if e.Dateline || e.Vague || e.End || e.Start || len(e.Value) != len("2006-01-02") || e.Value > r.date || daysBetween(e.Value, r.date) > 6 {
			continue
		}
		return e.Value, int(e.Sentence)
	}
	return "", -1
}

// daysBetween counts the days from one date to a later one, roughly beyond a month.
func daysBetween(a, b string) int {
	n := func(s string) int {
		d := func(i int) int { return int(s[i] - '0') }
		return (d(0)*1000+d(1)*100+d(2)*10+d(3))*372 + (d(5)*10+d(6))*31 + d(8)*10 + d(9)
	}
	return n(b) - n(a)
}
