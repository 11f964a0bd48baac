package fact

import (
	"github.com/sila-graph/sila/extract/arabic"
	"github.com/sila-graph/sila/extract/doc"
)

// sayings proposes Say for every speaker of the sentence and moves on who speaks
// and who acts.
func (x *run) sayings(s int) {
	p := &x.parser
	saying := func(ent int32, n int, rule string, near int) {
		c := x.stateCand("Say", s, ent, -1, p.items[n].first, p.items[n].last, rule)
		c.trigger = p.items[n].first
		c.time = x.saidTime(n)
		if p.negated(n) && p.effect(n) != efDeny {
			c.status = doc.Negated
		}
		f := &c.feats
		w := str(p.t.Base(int(p.items[n].first)))
		f.add(170, w, 0, 0, 0)
		f.add(171, str(string(p.typ(ent))), str(rule), bucket(near), 0)
		f.add(172, w, str(string(p.typ(ent))), 0, 0)
		if n+1 < len(p.items) {
			f.add(173, uint32(p.items[n+1].kind), str(rule), 0, 0)
		}
		comp := false
		for k := n + 1; k < len(p.items) && k < n+10; k++ {
			comp = comp || p.items[k].kind == itComp || p.items[k].kind == itQuote || p.items[k].kind == itColon
		}
		f.add(174, bit(comp), w, 0, 0)
		f.add(175, bit(comp), str(rule), str(string(p.typ(ent))), 0)
		c.common(p)
		x.keep(c)
	}
	for n := range p.items {
		it := &p.items[n]
		switch {
		case it.kind == itSay && it.class&clSay != 0 && !it.al && !p.noSaying(n):
			sub := p.subject(n)
			if sub == -1 {
				if h := p.relativeHead(n); h >= 0 {
					saying(p.items[h].ent, n, "say-relative", n-h)
					continue
				}
			}
			if sub >= 0 {
				saying(p.items[sub].ent, n, "say", max(sub-n, n-sub))
				x.state.speaker = p.items[sub].ent
			} else if sub == nounSubject {
				x.state.speaker = -1 // قال مصدر: nobody who is named goes on speaking
				for k := n + 1; k < len(p.items) && k <= n+5; k++ {
					if q := &p.items[k]; q.kind == itNP {
						saying(q.ent, n, "say-body", k-n) // قال مسؤول في وزارة الدفاع
						break
					} else if q.kind == itComp || q.kind == itVerb || q.kind == itComma {
						break
					}
				}
			}
		case p.lex.sayNouns[p.t.Base(int(it.first))] && it.kind != itNP:
			if g := p.idafa(n); g >= 0 {
				saying(p.items[g].ent, n, "say-noun", g-n)
			} else if q := p.marked(n, []string{"عن", "من", "ل"}, -1); q >= 0 {
				saying(p.items[q].ent, n, "say-noun-of", q-n)
			} else if it.enc != arabic.NoEnclitic {
				if e := p.antecedent(n, it.enc, &x.state); e >= 0 {
					saying(e, n, "say-noun-pronoun", 0)
				}
			}
		case it.class&clSource != 0:
			for k := n + 1; k < len(p.items) && k <= n+4; k++ {
				if p.items[k].kind == itNP {
					saying(p.items[k].ent, n, "according", k-n)
					break
				}
				if p.items[k].kind == itComma || p.items[k].kind == itVerb {
					break
				}
			}
		}
	}
	if h := x.headline(); h >= 0 {
		saying(h, 0, "headline", 0)
	}
	for n := range p.items {
		if p.isVerb(n) {
			if sub := p.subject(n); sub != -1 {
				x.state.subject, x.state.sentence = -1, 0
				if sub >= 0 {
					x.state.subject = p.items[sub].ent
				}
				break // the main verb's subject is what goes on
			}
		}
	}
	x.state.sentence++
}

// noSaying says whether item n only looks like a verb of saying: «ردا على»,
// «لم يعد».
func (p *parser) noSaying(n int) bool {
	switch p.t.Base(int(p.items[n].first)) {
	case "ردا":
		return true
	case "يعد", "تعد":
		return p.negated(n)
	}
	return false
}
