package fact

import (
	"maps"
	"math"
	"slices"

	"github.com/sila-graph/sila/extract/arabic"
	"github.com/sila-graph/sila/extract/doc"
	"github.com/sila-graph/sila/extract/mention"
)

// Example is one annotated article: the text, the names in it (given or
// found), and the gold graph. Gold[i] is the gold id of entity i, "" where an
// entity that was found is not in gold.
type Example struct {
	Text  *arabic.Text
	Names *mention.Result
	IDs   []string
	Doc   *doc.Document
}

// World says of a pair of forms whether it is known from any article, so that
// stating it is never wrong: LocatedIn and AffiliatedWith only. May be nil.
type World func(typ, a, b string) bool

// Options of training.
type Options struct {
	Epochs    int     // passes over the data
	Rate      float64 // of learning
	L2        float64 // decay a step
	Runs      int     // whose mean is the model
	Folds     int     // for the cross-fitted role scores and the threshold
	Precision float64 // wanted at least; the threshold follows
	Errors    func(ErrorRow)
	World     World

	Boost                boostOptions
	PairEpochs, PairRuns int // of the pair model
	PairL2               float64
}

// ErrorRow is one triple on which cross-validation and gold differ.
type ErrorRow struct {
	Kind                 string // wrong, missed, unproposed
	Doc                  int
	Type, Agent, Patient string // gold ids
	Rule, Lemma          string
	Score                int32
	Sentence             string
}

// DefaultOptions are those of the model that is built in.
var DefaultOptions = Options{Epochs: 4, Rate: 0.05, L2: 1e-3, Runs: 4, Folds: 5, PairEpochs: 4, PairRuns: 1, PairL2: 1e-3, Boost: defaultBoost, Precision: 0.66}

// Report is what cross-validation says of a training run: figures on articles
// that the fold's model has not seen.
type Report struct {
	Precision, Recall, F1                 float64 // of all facts at the threshold
	EventPrecision, EventRecall, EventsF1 float64 // without states and Say
	Around                                float64 // F1, the mean over thresholds near the best
	Threshold, Events                     int32
	Roles, Candidates, Required           int
	Types                                 []TypeReport
	Held                                  []Judged // what is stated of held-out folds, for Calibrate
}

// TypeReport is what cross-validation says of one type of fact.
type TypeReport struct {
	Type                    string
	Right, Stated, Required int
}

// Train learns a model from examples. Deterministic for given data and options.
func Train(examples []Example, opt Options) ([]byte, Report) {
	m, rep := train(examples, opt)
	return m.marshal(), rep
}

func train(examples []Example, opt Options) (*model, Report) {
	// Roles first, cross-fitted: each fold's scores come from the others, so
	// that the second model meets scores like those of unseen text.
	fold := func(i int) int { return int(str(examples[i].Doc.ID)) % opt.Folds } // copies of an article fall together
	roleSamples := make([][]sample, len(examples))
	zero := newModel()
	for i := range examples {
		c := newCollector(&examples[i], opt.World)
		x := newExtractor(zero)
		x.run.collect = c
		x.run.candidates(examples[i].Text, examples[i].Names, examples[i].Doc.Date)
		roleSamples[i] = c.roles
	}
	fitRoles := func(without int) *model {
		var all []sample
		for i, s := range roleSamples {
			if without < 0 || fold(i) != without {
				all = append(all, s...)
			}
		}
		m := newModel()
		w := fit(all, numRoles, opt)
		for r := range m.role {
			quantise(w[r], m.role[r])
		}
		return m
	}
	// The pairs, from roles as of unseen text; cross-fitted in turn.
	roleModels := make([]*model, opt.Folds)
	for f := range roleModels {
		roleModels[f] = fitRoles(f)
	}
	pairSamples := make([][]sample, len(examples))
	for i := range examples {
		c := newCollector(&examples[i], opt.World)
		x := newExtractor(roleModels[fold(i)])
		x.run.collect, x.run.collectPairs = c, true
		x.run.candidates(examples[i].Text, examples[i].Names, examples[i].Doc.Date)
		pairSamples[i] = c.pairs
	}
	fitPair := func(without int, m *model) {
		var all []sample
		for i, s := range pairSamples {
			if without < 0 || fold(i) != without {
				all = append(all, s...)
			}
		}
		fitPairs(all, opt, m.pair)
	}
	keepSamples := make([][]sample, len(examples))
	cands := make([][]cand, len(examples))
	open := make([][]bool, len(examples)) // true anywhere
	collectors := make([]*collector, len(examples))
	for f := range opt.Folds {
		m := roleModels[f]
		fitPair(f, m)
		for i := range examples {
			if fold(i) != f {
				continue
			}
			c := newCollector(&examples[i], opt.World)
			x := newExtractor(m)
			x.run.candidates(examples[i].Text, examples[i].Names, examples[i].Doc.Date)
			for k := range x.run.cands {
				label, weight := c.label(&x.run, &x.run.cands[k])
				open[i] = append(open[i], c.isWorld(&x.run, &x.run.cands[k]))
				keepSamples[i] = append(keepSamples[i], sample{x.run.cands[k].feats, label, weight})
			}
			cands[i], collectors[i] = slices.Clone(x.run.cands), c
		}
	}
	fitKeep := func(without int) []int16 {
		var all []sample
		for i, s := range keepSamples {
			if without < 0 || fold(i) != without {
				all = append(all, s...)
			}
		}
		w := fit(all, 2, opt)
		for j := range w[1] {
			w[1][j] -= w[0][j]
		}
		out := make([]int16, 1<<featBits)
		quantise(w[1], out)
		return out
	}
	// The linear score of each candidate by a model that has not seen its article,
	// from which the trees learn in turn.
	for f := range opt.Folds {
		tmp := newModel()
		tmp.keep = fitKeep(f)
		for i := range examples {
			if fold(i) != f {
				continue
			}
			for k := range cands[i] {
				cands[i][k].score = tmp.keepScore(cands[i][k].feats)
			}
			rivals(cands[i])
		}
	}
	fitTrees := func(without int) trees {
		var all []denseSample
		for i := range examples {
			if fold(i) == without {
				continue
			}
			for k := range cands[i] {
				if c, s := &cands[i][k], &keepSamples[i][k]; c.score > minLinear && s.weight > 0 {
					all = append(all, denseSample{c.dense, float64(c.score) / unit, s.label, s.weight})
				}
			}
		}
		return boost(all, opt.Boost)
	}
	// The threshold, on scores of unseen folds.
	var held []scored
	for f := range opt.Folds {
		ts := fitTrees(f)
		for i := range examples {
			if fold(i) != f {
				continue
			}
			for k := range cands[i] {
				cands[i][k].settleScore(ts)
			}
			held = append(held, heldOut(i, &examples[i], cands[i], open[i], collectors[i])...)
		}
	}
	required, events := 0, 0
	for _, c := range collectors {
		for t, r := range c.triple {
			if r {
				required++
				events += int(bit(!stateType(t.typ)))
			}
		}
	}
	m := fitRoles(-1)
	fitPair(-1, m)
	m.keep = fitKeep(-1)
	m.trees = fitTrees(-1)
	m.threshold, m.events = bestThresholds(held, required, events, opt.Precision)
	rep := Report{Threshold: m.threshold, Events: m.events, Required: required}
	for i := range examples {
		rep.Roles += len(roleSamples[i])
		rep.Candidates += len(keepSamples[i])
	}
	var right, all, rightEv, allEv int
	byType := map[string]*TypeReport{}
	row := func(typ string) *TypeReport {
		if byType[typ] == nil {
			byType[typ] = &TypeReport{Type: typ}
		}
		return byType[typ]
	}
	for _, c := range collectors {
		for t, r := range c.triple {
			row(t.typ).Required += int(bit(r))
		}
	}
	for _, h := range held {
		if h.score < m.leastOf(h.key.typ) {
			continue
		}
		all++
		rep.Held = append(rep.Held, Judged{logistic(h.score), h.right, stateType(h.key.typ), fold(h.doc)})
		right += int(bit(h.right))
		row(h.key.typ).Stated++
		row(h.key.typ).Right += int(bit(h.right))
		if !stateType(h.key.typ) {
			allEv++
			rightEv += int(bit(h.right))
		}
	}
	rep.Precision, rep.Recall, rep.F1 = prf(right, all, required)
	for _, d := range [...]int32{-150, -100, -50, 0, 50, 100, 150} {
		right, all := 0, 0
		for _, h := range held {
			if h.score >= m.leastOf(h.key.typ)+d {
				all++
				right += int(bit(h.right))
			}
		}
		_, _, f := prf(right, all, required)
		rep.Around += f / 7
	}
	if opt.Errors != nil {
		reportErrors(examples, held, cands, collectors, m.leastOf, opt.Errors)
	}
	for _, t := range slices.Sorted(maps.Keys(byType)) {
		rep.Types = append(rep.Types, *byType[t])
	}
	rep.EventPrecision, rep.EventRecall, rep.EventsF1 = prf(rightEv, allEv, events)
	return m, rep
}

func stateType(typ string) bool {
	t, ok := doc.Types().ByName(typ)
	return ok && t.State && typ != "Control"
}

func prf(right, all, required int) (p, r, f float64) {
	p, r = float64(right)/float64(max(all, 1)), float64(right)/float64(max(required, 1))
	return p, r, 2 * p * r / (p + r + 1e-9)
}

// scored is one triple that a held-out candidate states, with its verdict.
type scored struct {
	cand  int
	score int32
	right bool
	doc   int
	key   tripleKey
}

// heldOut scores the candidates of one example as extraction would: the best
// of each trigger, each triple once.
func heldOut(i int, ex *Example, cands []cand, open []bool, c *collector) []scored {
	order := winners(cands, func(*doc.Type) int32 { return math.MinInt32 })
	top := map[tripleKey]scored{}
	var keys []tripleKey
	for _, k := range order {
		cd := &cands[k]
		ids := func(es []int32) []string {
			var out []string
			for _, e := range es {
				id := ex.IDs[e]
				if id == "" {
					id = "?"
				}
				out = append(out, id)
			}
			return out
		}
		for _, t := range c.triples(cd.typ.Name, ids(cd.agents), ids(cd.patients)) {
			if f, ok := c.fills[t]; ok {
				t = f
			}
			required, in := c.triple[t]
			if in && !required || !in && (c.free[t] || c.partial(t) || c.opt[t.a] || c.opt[t.b] || open[k]) {
				continue
			}
			if old, ok := top[t]; ok && old.score >= cd.final {
				continue
			} else if !ok {
				keys = append(keys, t)
			}
			top[t] = scored{k, cd.final, in, i, t}
		}
	}
	var out []scored
	for _, t := range keys {
		out = append(out, top[t])
	}
	return out
}

// bestThresholds returns the scores from which states and events count: those at
// which the F1 of all facts and that of events are best together, at the wanted
// precision of all.
func bestThresholds(held []scored, required, events int, precision float64) (states, event int32) {
	const step, from, to = 10, -2 * unit, unit
	type count struct{ right, all int }
	at := func(least int32, event bool) (n count) {
		for _, h := range held {
			if h.score >= least && !stateType(h.key.typ) == event {
				n.all++
				n.right += int(bit(h.right))
			}
		}
		return n
	}
	var s, e []count
	for least := int32(from); least <= to; least += step {
		s, e = append(s, at(least, false)), append(e, at(least, true))
	}
	best := -1.0
	for i := range s {
		for j := range e {
			p, _, all := prf(s[i].right+e[j].right, s[i].all+e[j].all, required)
			_, _, ev := prf(e[j].right, e[j].all, events)
			if f := all + ev/2; f > best && p >= precision {
				best, states, event = f, from+int32(i)*step, from+int32(j)*step
			}
		}
	}
	return states, event
}

// leastOf is least for a type by its name.
func (m *model) leastOf(typ string) int32 {
	if stateType(typ) {
		return m.threshold
	}
	return m.events
}
