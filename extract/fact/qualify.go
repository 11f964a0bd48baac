package fact

import (
	"github.com/sila-graph/sila/extract/arabic"
	"github.com/sila-graph/sila/extract/doc"
)

// qualified is what the words around a trigger say of all its candidates.
type qualified struct {
	item, sentence int32
	status         doc.Status
	source         int32
	kind           string
	time           string
	count          *doc.Range
	over           bool // the state that it names has ended
}

// qualify fills status, source, place, time and count of a candidate whose
// trigger is item n of the current sentence.
func (x *run) qualify(c *cand, n int) {
	q := &x.qualified
	if q.item != int32(n) || q.sentence != x.parser.sent {
		*q = qualified{item: int32(n), sentence: x.parser.sent, status: x.statusOf(n), time: x.timeOf(n), count: x.parser.countNear(n)}
		q.source, q.kind = x.sourceOf(n)
		q.over = q.status == doc.Actual && (!x.parser.finite(n) || homograph(x.parser.items[n].word)) && x.parser.over(n)
	}
	c.status, c.source, c.sourceKind, c.time = q.status, q.source, q.kind, q.time
	if a := x.claimed(c, n); a >= 0 {
		c.source, c.sourceKind = a, "named"
	}
	if c.source >= 0 && (ownWord(c) || x.occasion(c, n)) {
		c.source = -1
	}
	if c.status == doc.Actual && x.imputed(c, n) {
		c.status = doc.Possible
	}
	c.ended = q.over && c.status == doc.Actual && lasts(c.typ.Name)
	if c.typ.Name == "Control" && x.parser.usedTo(n) {
		c.ended = true
	}
	c.places = x.placesOf(c, n)
	switch c.typ.Name {
	case "Kill", "Injure", "Arrest":
		c.count = q.count
	}
}

// ownWord says whether a fact is the speaker's own act of speech or attitude,
// which the narrator tells: «وأعرب الوزير عن دعمه للمقاومة».
func ownWord(c *cand) bool {
	switch c.typ.Name {
	case "Say":
		return true
	case "Support", "Accuse", "Reject", "Threaten", "Request":
		return c.status == doc.Actual && contains(c.agents, c.source)
	}
	return false
}

// occasion says whether a meeting or visit is only where something was said:
// «أكد الوزير خلال لقائه نظيره أن …».
func (x *run) occasion(c *cand, n int) bool {
	if c.typ.Name != "Meet" && c.typ.Name != "Visit" || x.parser.isVerb(n) {
		return false
	}
	for m := n; m >= 0 && m >= n-2; m-- {
		it := &x.parser.items[m]
		if x.lex.plays(it.prep, useOccasion) || x.lex.plays(x.parser.t.Base(int(it.first)), useOccasion) {
			return true
		}
	}
	return false
}

// claimed returns the agent of the event at item n where he owns up to it:
// «تفجير تبناه التنظيم», «أعلن كل من الجيش والفيلق مسؤوليته عن القصف». -1 otherwise.
func (x *run) claimed(c *cand, n int) int32 {
	p := &x.parser
	if p.anyUse&(useOwn|useDuty) == 0 {
		return -1
	}
	for m := range p.items {
		switch {
		case p.used(m, useOwn):
		case p.used(m, useDuty):
			if m >= n {
				continue
			}
		default:
			continue
		}
		if p.negated(m) {
			return -1
		}
		s := -1
		if p.isVerb(m) {
			if p.items[m].enc != arabic.NoEnclitic {
				s = p.subjectAfter(m)
			} else if s = p.sayer(m); s < 0 {
				for k := m - 1; k >= 0 && s < 0; k-- { // بث التنظيم تسجيلا يتبنى فيه
					if p.isVerb(k) {
						s = p.subject(k)
						break
					}
				}
			}
		} else {
			for k := m - 1; k >= 0 && s < 0; k-- {
				if p.isVerb(k) {
					if p.used(k, useDeclare) {
						if s = p.sayer(k); s < 0 {
							s = p.firstPhrase(k)
						}
					}
					break
				}
			}
		}
		if s < 0 {
			continue
		}
		for k := s; k < len(p.items); k++ {
			if p.items[k].kind == itNP && p.items[k].group == p.items[s].group && contains(c.agents, p.items[k].ent) {
				return p.items[k].ent
			}
		}
	}
	return -1
}

// firstPhrase returns the first phrase behind item n, -1 for none.
func (p *parser) firstPhrase(n int) int {
	for m := n + 1; m < len(p.items); m++ {
		if p.items[m].kind == itNP {
			return m
		}
	}
	return -1
}

// imputed says whether the sentence only imputes the event at item n to its agent:
// «اعتداء نسبته السلطات إلى التنظيم», «هجوم نسب للجماعة».
func (x *run) imputed(c *cand, n int) bool {
	p := &x.parser
	if p.anyUse&(useImpute|useAccused) == 0 {
		return false
	}
	switch c.typ.Name {
	case "Attack", "Kill", "Injure", "Arrest", "Recruit", "Aid", "Capture", "Support":
	default:
		return false
	}
	for m := 1; m < n; m++ { // التنظيم المتهم بالوقوف وراء الهجوم
		if p.used(m, useAccused) {
			if q := &p.items[m-1]; q.kind == itNP && contains(c.agents, q.ent) {
				return true
			}
		}
	}
	for m := n + 1; m < len(p.items); m++ {
		if !p.used(m, useImpute) {
			continue
		}
		for k := m + 1; k < len(p.items) && k <= m+6; k++ {
			if it := &p.items[k]; it.kind == itNP && (it.prep == "الى" || it.prep == "ل" || it.prep == "إلى") && contains(c.agents, it.ent) {
				return true
			}
		}
	}
	return false
}

// statusOf is the parser's status, and intended for what the clause dates behind
// the article's day.
func (x *run) statusOf(n int) doc.Status {
	st := x.parser.status(n)
	if st == doc.Actual && x.ahead(n) {
		return doc.Intended
	}
	return st
}

// ahead says whether the time of the event at item n is to come.
func (x *run) ahead(n int) bool {
	p := &x.parser
	for m := n; m >= 0 && m >= n-reach; m-- { // a past verb tells what was
		if p.finite(m) && !p.presentAt(m) {
			return false
		}
		if k := p.items[m].kind; k == itComp || k == itRel || k == itColon || k == itConj {
			break
		}
	}
	t := x.timeOf(n)
	return t != "" && len(x.date) >= len(t) && t > x.date[:len(t)]
}

// sourceOf returns the entity on whose word the event at item n stands, -1 for
// the narrator's own, and the kind of source.
func (x *run) sourceOf(n int) (int32, string) {
	v := x.voiceAt(n)
	switch {
	case v == nil || v.verb == n:
		return -1, ""
	case v.ent >= 0:
		return v.ent, kindNamed
	}
	return -1, x.anonymous(v)
}

// placesOf lists the places of the event: those under في, ب or قرب in its
// clause that are no argument of it.
func (x *run) placesOf(c *cand, n int) []int32 {
	p := &x.parser
	var out []int32
	for m := max(0, n-6); m < len(p.items) && m <= n+12; m++ {
		it := &p.items[m]
		if m > n && (it.kind == itComp || it.kind == itRel) {
			break
		}
		if it.kind != itNP || p.typ(it.ent) != doc.Place {
			continue
		}
		if p.lex.plays(it.prep, useWhere) {
			if contains(c.agents, it.ent) || contains(c.patients, it.ent) || contains(out, it.ent) {
				continue
			}
			out = append(out, it.ent)
		}
	}
	return out
}

func contains(s []int32, v int32) bool {
	for _, x := range s {
		if x == v {
			return true
		}
	}
	return false
}
