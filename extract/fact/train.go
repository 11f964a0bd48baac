package fact

import (
	"cmp"
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
	World     World
}

// DefaultOptions are those of the model that is built in.
var DefaultOptions = Options{Epochs: 4, Rate: 0.05, L2: 1e-3, Runs: 4, Folds: 5}

// Report is what cross-validation says of a training run: figures on articles
// that the fold's model has not seen.
type Report struct {
	Precision, Recall, F1                 float64 // of all facts at the threshold
	EventPrecision, EventRecall, EventsF1 float64 // without states and Say
	Threshold                             int32
	Roles, Candidates, Required           int
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
	keepSamples := make([][]sample, len(examples))
	cands := make([][]cand, len(examples))
	collectors := make([]*collector, len(examples))
	for f := range opt.Folds {
		m := fitRoles(f)
		for i := range examples {
			if fold(i) != f {
				continue
			}
			c := newCollector(&examples[i], opt.World)
			x := newExtractor(m)
			x.run.candidates(examples[i].Text, examples[i].Names, examples[i].Doc.Date)
			for k := range x.run.cands {
				label, weight := c.label(&x.run, &x.run.cands[k])
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
	// The threshold, on scores of unseen folds.
	var held []scored
	for f := range opt.Folds {
		tmp := newModel()
		tmp.keep = fitKeep(f)
		for i := range examples {
			if fold(i) == f {
				held = append(held, heldOut(tmp, i, &examples[i], cands[i], collectors[i])...)
			}
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
	m.keep = fitKeep(-1)
	m.threshold = bestThreshold(held, required, opt.Precision)
	rep := Report{Threshold: m.threshold, Required: required}
	for i := range examples {
		rep.Roles += len(roleSamples[i])
		rep.Candidates += len(keepSamples[i])
	}
	var right, all, rightEv, allEv int
	for _, h := range held {
		if h.score < m.threshold {
			continue
		}
		all++
		right += int(bit(h.right))
		if !stateType(h.key.typ) {
			allEv++
			rightEv += int(bit(h.right))
		}
	}
	rep.Precision, rep.Recall, rep.F1 = prf(right, all, required)
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
	score int32
	right bool
	doc   int
	key   tripleKey
}

// heldOut scores the candidates of one example as extraction would: the best
// of each trigger, each triple once.
func heldOut(m *model, i int, ex *Example, cands []cand, c *collector) []scored {
	type key struct{ trigger, frame int32 }
	best := map[key]int{}
	var order []int
	for k := range cands {
		cands[k].score = m.keepScore(cands[k].feats)
		if cands[k].frame == nil {
			order = append(order, k)
			continue
		}
		id := key{cands[k].trigger, int32(cands[k].frame.id)}
		if j, ok := best[id]; !ok || cands[j].score < cands[k].score {
			best[id] = k
		}
	}
	for _, k := range best {
		order = append(order, k)
	}
	slices.Sort(order)
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
		for _, t := range triples(cd.typ.Name, ids(cd.agents), ids(cd.patients)) {
			required, in := c.triple[t]
			if in && !required || !in && (c.partial(t) || c.opt[t.a] || c.opt[t.b]) {
				continue
			}
			if old, ok := top[t]; ok && old.score >= cd.score {
				continue
			} else if !ok {
				keys = append(keys, t)
			}
			top[t] = scored{cd.score, in, i, t}
		}
	}
	var out []scored
	for _, t := range keys {
		out = append(out, top[t])
	}
	return out
}

// bestThreshold returns the score from which F1 is best at the wanted precision.
func bestThreshold(held []scored, required int, precision float64) int32 {
	slices.SortStableFunc(held, func(a, b scored) int { return cmp.Compare(b.score, a.score) })
	best, at := -1.0, int32(0)
	right := 0
	for i, h := range held {
		if h.right {
			right++
		}
		if i+1 < len(held) && held[i+1].score == h.score {
			continue
		}
		p, r := float64(right)/float64(i+1), float64(right)/float64(max(required, 1))
		if f := 2 * p * r / (p + r + 1e-9); f > best && p >= precision {
			best, at = f, h.score
		}
	}
	return at
}
