package fact

import "github.com/sila-graph/sila/extract/when"

// timeOf returns the time of the event at item n of the current sentence: that
// of its own clause, the nearest where there are several, else the one time that
// the sentence gives. A dateline, a limit and a vague time date nothing.
func (r *run) timeOf(n int) string {
	own, other := r.clauseTimes(n)
	if own == "" {
		return other
	}
	return own
}

// saidTime is timeOf for a verb of saying: what it reports is no time of its own,
// and nobody has spoken yet on a day to come.
func (r *run) saidTime(n int) string {
	own, _ := r.clauseTimes(n)
	if len(own) <= len(r.date) && own > r.date[:len(own)] {
		return ""
	}
	return own
}

// clauseTimes returns the time of the clause of item n, and the only other one of
// the sentence; "" for none.
func (r *run) clauseTimes(n int) (string, string) {
	p := &r.parser
	at := p.items[n].first
	own, other := -1, -1
	ambiguous := false
	for i := range r.times {
		e := &r.times[i]
		if int(e.Sentence) < int(p.sent) {
			continue
		}
		if int(e.Sentence) > int(p.sent) {
			break
		}
		if e.Dateline || e.Vague || e.End || e.Value == "" {
			continue
		}
		if p.sameClause(at, e) {
			if own < 0 || gap(at, e) < gap(at, &r.times[own]) {
				own = i
			}
			continue
		}
		ambiguous = ambiguous || other >= 0 && r.times[other].Value != e.Value
		other = i
	}
	value := func(i int) string {
		if i < 0 {
			return ""
		}
		return r.times[i].Value
	}
	if ambiguous {
		other = -1
	}
	return value(own), value(other)
}

// gap counts the tokens between a word and an expression.
func gap(at int32, e *when.Expr) int32 {
	if int32(e.First) > at {
		return int32(e.First) - at
	}
	return at - int32(e.Last)
}

// sameClause says whether no word that opens a clause stands between a word and
// an expression of time.
func (p *parser) sameClause(at int32, e *when.Expr) bool {
	lo, hi := at, int32(e.First)
	if lo > hi {
		lo, hi = int32(e.Last), at
	}
	for m := range p.items {
		it := &p.items[m]
		if it.first <= lo {
			continue
		}
		if it.first >= hi {
			return true
		}
		switch it.kind {
		case itComp, itRel, itConj, itColon:
			return false
		}
	}
	return true
}
