package fact

import (
	"fmt"
	"io"

	"github.com/sila-graph/sila/extract/arabic"
	"github.com/sila-graph/sila/extract/mention"
)

var itemNames = [...]string{"noun", "NP", "verb", "TRIG", "SAY", "prep", "comp", "rel", "conj", "neg", "num", "comma", "colon", "quote", "paren"}

// Explain writes how each sentence was cut into items and what grammar and the
// models said of each trigger: for people who wonder why a fact is there.
func (x *Extractor) Explain(w io.Writer, t *arabic.Text, m *mention.Result, date string) {
	r := &x.run
	r.explain = w
	r.candidates(t, m, date)
	r.explain = nil
}

func (r *run) explainItems(s int) {
	p := &r.parser
	fmt.Fprintf(r.explain, "\nsentence %d:", s)
	for n := range p.items {
		it := &p.items[n]
		fmt.Fprintf(r.explain, " [%d %s", n, itemNames[it.kind])
		if it.kind == itNP {
			fmt.Fprintf(r.explain, " %s", r.id(it.ent))
			if int(it.group) != n {
				fmt.Fprintf(r.explain, " with %d", it.group)
			}
			if it.head != headSelf {
				fmt.Fprintf(r.explain, " head %d", it.head)
			}
		}
		if it.prep != "" {
			fmt.Fprintf(r.explain, " (%s)", it.prep)
		}
		if (it.kind == itTrig || it.kind == itSay) && p.isVerb(n) {
			fmt.Fprint(r.explain, " v")
		}
		fmt.Fprintf(r.explain, " %s]", p.t.Span(int(it.first), int(it.last)))
	}
	fmt.Fprintln(r.explain)
}

func (r *run) explainTrigger(n int, t *trigger) {
	p := &r.parser
	rd := p.read(n, t, &r.state)
	name := func(i int) string {
		if i >= 0 {
			return p.t.Span(int(p.items[i].first), int(p.items[i].last))
		}
		return map[int]string{argCarried: "(subject that goes on)", argPronoun: "(pronoun)", argSpeaker: "(speaker)", argShared: "(that of the noun before)"}[i]
	}
	fmt.Fprintf(r.explain, "  %s %s: agent %q patient %q\n", p.t.Form(int(p.items[n].first)), r.lex.lemmas[t.lemma], name(rd.agent), name(rd.patient))
	for i := range r.args {
		a := &r.args[i]
		fmt.Fprintf(r.explain, "      %v %s agent %d patient %d\n", a.item, r.parser.m.Entities[a.ents[0]].Names[0], a.score[roleAgent], a.score[rolePatient])
	}
}

func (r *run) explainCand(c *cand) {
	names := func(es []int32) (out []string) {
		for _, e := range es {
			out = append(out, r.parser.m.Entities[e].Names[0])
		}
		return out
	}
	fmt.Fprintf(r.explain, "      %s %v → %v: %d, grammar %v, %s\n", c.typ.Name, names(c.agents), names(c.patients), r.model.keepScore(c.feats), c.grammar, c.status)
}
