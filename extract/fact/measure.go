package fact

import "slices"

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
			for _, t := range c.triples(cd.typ.Name, ids(cd.agents), ids(cd.patients)) {
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

// reportErrors tells on which triples held-out scores and gold differ.
func reportErrors(examples []Example, held []scored, cands [][]cand, collectors []*collector, least func(typ string) int32, tell func(ErrorRow)) {
	lemmas := loadLexicon().lemmas
	type id struct {
		doc int
		key tripleKey
	}
	best := map[id]scored{}
	for _, h := range held {
		best[id{h.doc, h.key}] = h
		if h.score >= least(h.key.typ) {
			c := &cands[h.doc][h.cand]
			lemma := ""
			if c.frame != nil {
				lemma = lemmas[c.lemma]
			}
			t := examples[h.doc].Text
			s := t.Sentences[c.sentence]
			kind := "wrong"
			if h.right {
				kind = "right"
			}
			tell(ErrorRow{kind, h.doc, h.key.typ, h.key.a, h.key.b, c.rule, lemma, h.score, t.Slice(int(s.Start), int(s.End))})
		}
	}
	for i, c := range collectors {
		for k, f := range c.facts {
			for _, t := range c.goldTriples(f.Fact) {
				if !c.triple[t] {
					continue
				}
				h, ok := best[id{i, t}]
				if ok && h.score >= least(h.key.typ) {
					continue
				}
				if first := slices.IndexFunc(c.facts, func(g goldFact) bool { return slices.Contains(c.goldTriples(g.Fact), t) }); first != k {
					continue
				}
				r := ErrorRow{Kind: "unproposed", Doc: i, Type: t.typ, Agent: t.a, Patient: t.b, Sentence: f.Evidence}
				if f.sentence >= 0 {
					s := examples[i].Text.Sentences[f.sentence]
					r.Sentence = f.Evidence + " ‖ " + examples[i].Text.Slice(int(s.Start), int(s.End))
				}
				if !ok {
					for k := range cands[i] {
						o := &cands[i][k]
						for _, u := range c.triples(o.typ.Name, idsOf(&examples[i], o.agents), idsOf(&examples[i], o.patients)) {
							if u == t && (r.Kind == "unproposed" || o.score > r.Score) {
								r.Kind, r.Score, r.Rule = "outvoted", o.score, o.rule
								if o.frame != nil {
									r.Lemma = lemmas[o.lemma]
									for z := range cands[i] {
										if y := &cands[i][z]; y.trigger == o.trigger && y.frame == o.frame && y.score > o.score {
											nm := func(es []int32) string {
												if len(es) == 0 {
													return "-"
												}
												return examples[i].Names.Entities[es[0]].Names[0]
											}
											r.Sentence = "WON " + nm(y.agents) + " → " + nm(y.patients) + " " + r.Sentence
											break
										}
									}
								}
							}
						}
					}
				}
				if ok {
					c := &cands[i][h.cand]
					r.Kind, r.Score, r.Rule = "missed", h.score, c.rule
					if c.frame != nil {
						r.Lemma = lemmas[c.lemma]
					}
				}
				tell(r)
			}
		}
	}
}

func idsOf(ex *Example, es []int32) (out []string) {
	for _, e := range es {
		out = append(out, ex.IDs[e])
	}
	return out
}
