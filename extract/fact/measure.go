package fact

// Coverage says how many of the required pairs of gold the rules propose at
// all, by type: what the model can reach at most. missed is told those that
// are not, where it isn't nil.
func Coverage(examples []Example, missed func(ex *Example, typ, agent, patient string)) map[string][2]int {
	out := map[string][2]int{}
	zero := newModel()
	for i := range examples {
		c := newCollector(&examples[i], nil)
		x := newExtractor(zero)
		x.run.wide = true
		x.run.candidates(examples[i].Text, examples[i].Names, examples[i].Doc.Date)
		have := map[tripleKey]bool{}
		for k := range x.run.cands {
			cd := &x.run.cands[k]
			ids := func(es []int32) (out []string) {
				for _, e := range es {
					out = append(out, examples[i].IDs[e])
				}
				return out
			}
			for _, t := range triples(cd.typ.Name, ids(cd.agents), ids(cd.patients)) {
				have[t] = true
			}
		}
		for t, required := range c.triple {
			if required {
				n := out[t.typ]
				n[1]++
				if have[t] {
					n[0]++
				} else if missed != nil {
					missed(&examples[i], t.typ, t.a, t.b)
				}
				out[t.typ] = n
			}
		}
	}
	return out
}

// RuleRow is one candidate that follows grammar's reading in full, with its verdict.
type RuleRow struct {
	Type, Lemma, Kind, Agent, Patient, Evidence, Verdict string
}

// Rules lists what grammar alone would state of events, judged against gold.
func Rules(examples []Example) []RuleRow {
	var out []RuleRow
	zero := newModel()
	for i := range examples {
		c := newCollector(&examples[i], nil)
		x := newExtractor(zero)
		x.run.collect = c
		x.run.candidates(examples[i].Text, examples[i].Names, examples[i].Doc.Date)
		name := func(es []int32) string {
			if len(es) == 0 {
				return "-"
			}
			return x.run.parser.m.Entities[es[0]].Names[0]
		}
		for k := range x.run.cands {
			cd := &x.run.cands[k]
			if !cd.grammar {
				continue
			}
			label, w := c.label(&x.run, cd)
			verdict := "wrong"
			if label == 1 {
				verdict = "right"
				if w < 1 {
					verdict = "optional"
				}
			} else if w == 0 {
				verdict = "open"
			}
			s := x.run.parser.t.Sentences[cd.sentence]
			out = append(out, RuleRow{cd.typ.Name, x.run.lex.lemmas[cd.lemma], cd.rule, name(cd.agents), name(cd.patients), x.run.parser.t.Slice(int(s.Start), int(s.End)), verdict})
		}
	}
	return out
}
