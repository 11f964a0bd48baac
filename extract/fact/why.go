package fact

import (
	"fmt"
	"strings"
	"sync"

	"github.com/sila-graph/sila/extract/doc"
)

// reasons says in plain words how a candidate came about: its trigger and frame,
// the clause, what makes a phrase agent or patient, and why status and source
// are what they are. a and q are the arguments chosen, -1 for none. Only made
// when somebody asks, see [About].
func (x *run) reasons(c *cand, n int, t *trigger, a, q int) []string {
	p := &x.parser
	f := t.frame
	out := []string{fmt.Sprintf("trigger: «%s» as %s of %s (%s)", p.t.Span(int(p.items[n].first), int(p.items[n].last)), kindNames[t.kind], x.lex.lemmas[t.lemma], f.line)}
	from := p.clauseStart(n)
	to := n
	for m := n + 1; m < len(p.items); m++ {
		if k := p.items[m].kind; k == itComp || k == itRel || k == itConj || k == itColon || (k == itVerb || k == itSay) && p.items[m].wa {
			break
		}
		to = m
	}
	out = append(out, fmt.Sprintf("clause: «%s»", p.t.Span(int(p.items[from].first), int(p.items[to].last))))
	role := func(name string, i, want int) {
		if i < 0 {
			return
		}
		arg := &x.args[i]
		s := name + ": "
		switch arg.item {
		case argCarried:
			s += "the subject that goes on from before"
		case argPronoun:
			s += "what the pronoun on the trigger stands for"
		case argSpeaker:
			s += "who speaks"
		case argShared:
			s += "agent of the noun that this one is joined to"
		default:
			it := &p.items[arg.item]
			s += fmt.Sprintf("«%s»", p.t.Span(int(it.first), int(it.last)))
			if it.prep != "" {
				s += fmt.Sprintf(" behind «%s»", it.prep)
			}
		}
		if arg.rule == want {
			s += ", as grammar reads it"
		} else {
			s += ", by the model"
		}
		out = append(out, fmt.Sprintf("%s, score %.1f", s, float64(arg.score[want])/unit))
	}
	if f.typ.Symmetric {
		for i := range x.args {
			if max(x.args[i].score[roleAgent], x.args[i].score[rolePatient]) >= minMember {
				role("party", i, roleAgent)
			}
		}
	} else {
		role("agent", a, roleAgent)
		role("patient", q, rolePatient)
	}
	out = append(out, fmt.Sprintf("status: %s, %s", c.status, x.whyStatus(c, n)))
	return append(out, "source: "+x.whySource(n))
}

// whyStatus names what the status of the event at item n goes by.
func (x *run) whyStatus(c *cand, n int) string {
	p := &x.parser
	if c.status == doc.Actual {
		if c.ended {
			return "and it has ended, by the words around it"
		}
		return "nothing over it says otherwise"
	}
	if p.items[n].future {
		return "for its future form"
	}
	for m := n - 1; m >= 0 && m >= n-2*reach; m-- {
		if e := p.effect(m); e != 0 {
			return fmt.Sprintf("«%s» stands over it", p.t.Span(int(p.items[m].first), int(p.items[m].last)))
		}
	}
	if it := &p.items[n]; it.prep != "" && int(it.prepAt) == n {
		return fmt.Sprintf("for «%s» before it", it.prep)
	}
	if c.status == doc.Intended && c.time != "" && c.time > x.date {
		return "for its time, " + c.time
	}
	return "by who says it of whom, or by the sentence as a whole"
}

// whySource names the words that attribute the event at item n.
func (x *run) whySource(n int) string {
	p := &x.parser
	v := x.voiceAt(n)
	switch {
	case v == nil:
		return "the narrator's own"
	case v.verb == n:
		return "the narrator's own, of an act of speech"
	case v.verb < 0:
		return "an open quotation"
	}
	it := &p.items[v.verb]
	word := p.t.Span(int(it.first), int(it.last))
	switch {
	case v.ent < 0:
		return fmt.Sprintf("«%s», of somebody who is not named", word)
	case v.loose:
		return fmt.Sprintf("«%s» covers the sentence", word)
	}
	return fmt.Sprintf("«%s» covers what depends on it", word)
}

var ruleMeanings = sync.OnceValue(func() map[string]string {
	lines, err := listLines("rules")
	if err != nil {
		panic("fact: embedded data: " + err.Error()) // TestRuleMeanings loads it
	}
	m := make(map[string]string, len(lines))
	for _, line := range lines {
		rule, meaning, _ := strings.Cut(line, "\t")
		m[rule] = meaning
	}
	return m
})

// plainReasons says of facts without a frame what their rule looks for and what
// their status and source are.
func plainReasons(facts []doc.Fact) {
	for i := range facts {
		f := &facts[i]
		if len(f.Why) > 0 {
			continue
		}
		if m := ruleMeanings()[f.Rule]; m != "" {
			f.Why = append(f.Why, "rule: "+m)
		} else {
			f.Why = append(f.Why, "rule: two names that stand in a pattern of theirs, "+f.Rule)
		}
		f.Why = append(f.Why, fmt.Sprintf("status: %s, as states and statements are told", f.Status))
		if f.Source == "" {
			f.Why = append(f.Why, "source: the narrator's own")
		} else {
			f.Why = append(f.Why, "source: by the words that attribute the sentence")
		}
	}
}
