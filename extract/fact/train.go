package fact

import (
	"cmp"
	"math"
	"slices"
	"strings"

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

// sample is one labelled vector.
type sample struct {
	feats  feats
	label  int
	weight float64
}

// goldFact is a fact of gold with the tokens of its evidence.
type goldFact struct {
	*doc.Fact
	first, last int32
	sentence    int
}

type tripleKey struct{ typ, a, b string }

// collector gathers training samples while the rules run over an article.
type collector struct {
	ex     *Example
	facts  []goldFact
	triple map[tripleKey]bool // value: required
	opt    map[string]bool    // optional entities
	roles  []sample
	world  World
}

func newCollector(ex *Example, world World) *collector {
	c := &collector{ex: ex, triple: map[tripleKey]bool{}, opt: map[string]bool{}, world: world}
	for _, e := range ex.Doc.Entities {
		if e.Optional {
			c.opt[e.ID] = true
		}
	}
	for i := range ex.Doc.Facts {
		f := &ex.Doc.Facts[i]
		g := goldFact{Fact: f, first: -1, last: -1, sentence: -1}
		g.first, g.last = tokensOf(ex.Text, f.Evidence)
		if g.first >= 0 {
			g.sentence = ex.Text.SentenceOf(int(g.first))
		}
		c.facts = append(c.facts, g)
		for _, k := range goldTriples(f) {
			c.triple[k] = c.triple[k] || !f.Optional && !c.opt[k.a] && !c.opt[k.b]
		}
	}
	return c
}

// tokensOf finds a snippet of the original text, as tokens.
func tokensOf(t *arabic.Text, snippet string) (int32, int32) {
	at := strings.Index(t.Orig, snippet)
	if at < 0 || snippet == "" {
		return -1, -1
	}
	end := at + len(snippet)
	first, last := int32(-1), int32(-1)
	for i := range t.Tokens {
		s, e := t.Source(int(t.Tokens[i].Start), int(t.Tokens[i].End))
		if e > at && s < end {
			if first < 0 {
				first = int32(i)
			}
			last = int32(i)
		}
	}
	return first, last
}

// goldTriples lists the pairs that a fact states, as the guide's scorer does.
func goldTriples(f *doc.Fact) []tripleKey { return triples(f.Type, f.Agent, f.Patient) }

func triples(typ string, agents, patients []string) []tripleKey {
	var out []tripleKey
	t, ok := doc.Types().ByName(typ)
	if !ok {
		return nil
	}
	if t.Symmetric {
		all := append(slices.Clone(agents), patients...)
		slices.Sort(all)
		all = slices.Compact(all)
		if len(all) == 1 {
			return []tripleKey{{typ, all[0], ""}}
		}
		for i, a := range all {
			for _, b := range all[i+1:] {
				out = append(out, tripleKey{typ, a, b})
			}
		}
		return out
	}
	if len(agents) == 0 {
		agents = []string{""}
	}
	if len(patients) == 0 {
		patients = []string{""}
	}
	for _, a := range agents {
		for _, b := range patients {
			if t.Undirect && a > b {
				a, b = b, a
			}
			out = append(out, tripleKey{typ, a, b})
		}
	}
	return out
}

// args labels the phrases of one trigger.
func (c *collector) args(x *run, s, n int, t *trigger) {
	tok := x.parser.items[n].first
	typ := t.frame.typ
	var inside, near []goldFact
	for _, g := range c.facts {
		if g.Type != typ.Name || g.first < 0 {
			continue
		}
		switch {
		case g.first <= tok && tok <= g.last:
			inside = append(inside, g)
		case g.sentence == s:
			near = append(near, g)
		}
	}
	if len(inside) == 0 {
		inside = near
	}
	if len(inside) == 0 {
		return
	}
	for i := range x.args {
		a := &x.args[i]
		label, weight := roleNone, 1.0
		for _, g := range inside {
			for _, e := range a.ents {
				id := c.ex.IDs[e]
				if id == "" {
					continue
				}
				switch {
				case slices.Contains(g.Agent, id):
					label = roleAgent
				case slices.Contains(g.Patient, id) && label == roleNone:
					label = rolePatient
				}
				if typ.Symmetric && label == rolePatient {
					label = roleAgent
				}
			}
		}
		c.roles = append(c.roles, sample{slices.Clone(a.feats), label, weight})
	}
}

// label says whether a candidate is right: 1, wrong: 0, or open: weight 0.
func (c *collector) label(x *run, k *cand) (int, float64) {
	ids := func(es []int32) ([]string, bool, bool) {
		var out []string
		known, optional := true, false
		for _, e := range es {
			id := c.ex.IDs[e]
			if id == "" {
				known = false
			}
			optional = optional || c.opt[id]
			out = append(out, id)
		}
		return out, known, optional
	}
	a, ka, oa := ids(k.agents)
	p, kp, op := ids(k.patients)
	if !ka || !kp {
		return 0, 1
	}
	right, open, all := 0, 0, 0
	for _, t := range triples(k.typ.Name, a, p) {
		all++
		required, in := c.triple[t]
		switch {
		case in && required:
			right++
		case in:
			open++
		case c.partial(t):
			// half an answer: no error, but the whole one is wanted
		case c.isWorld(x, k, t):
			open++
		}
	}
	switch {
	case all == 0:
		return 0, 0
	case right > 0 && 2*(right+open) >= all:
		return 1, 1
	case open > 0 && 2*open >= all:
		return 1, 0.25
	case oa || op:
		return 0, 0
	}
	return 0, 1
}

// partial says whether t leaves a role empty that gold fills.
func (c *collector) partial(t tripleKey) bool {
	if (t.a == "") == (t.b == "") {
		return false
	}
	for g := range c.triple {
		if g.typ == t.typ && (t.a == "" && (g.b == t.b || g.a == t.b) || t.b == "" && (g.a == t.a || g.b == t.a)) {
			return true
		}
	}
	return false
}

func (c *collector) isWorld(x *run, k *cand, _ tripleKey) bool {
	if c.world == nil || len(k.agents) != 1 || len(k.patients) != 1 {
		return false
	}
	m := x.parser.m
	for _, a := range m.Entities[k.agents[0]].Names {
		for _, b := range m.Entities[k.patients[0]].Names {
			if c.world(k.typ.Name, a, b) {
				return true
			}
		}
	}
	return false
}

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

// fit learns a softmax classifier: the mean of several runs of AdaGrad, each
// over shuffles of its own, which steadies what few samples would leave to chance.
func fit(samples []sample, classes int, opt Options) [][]float64 {
	mean := make([][]float64, classes)
	for c := range mean {
		mean[c] = make([]float64, 1<<featBits)
	}
	for seed := range opt.Runs {
		w := fitOnce(samples, classes, opt, uint64(seed+1))
		for c := range mean {
			for i, v := range w[c] {
				mean[c][i] += v / float64(opt.Runs)
			}
		}
	}
	return mean
}

func fitOnce(samples []sample, classes int, opt Options, seed uint64) [][]float64 {
	w := make([][]float64, classes)
	g := make([][]float64, classes)
	for c := range w {
		w[c] = make([]float64, 1<<featBits)
		g[c] = make([]float64, 1<<featBits)
	}
	order := make([]int, len(samples))
	for i := range order {
		order[i] = i
	}
	seed *= 0x9e3779b97f4a7c15
	score := make([]float64, classes)
	for range opt.Epochs {
		for i := len(order) - 1; i > 0; i-- {
			seed = seed*6364136223846793005 + 1442695040888963407
			j := int(seed>>33) % (i + 1)
			order[i], order[j] = order[j], order[i]
		}
		for _, i := range order {
			step(&samples[i], w, g, score, opt)
		}
	}
	return w
}

// step moves the weights by one sample.
func step(s *sample, w, g [][]float64, score []float64, opt Options) {
	if s.weight == 0 {
		return
	}
	top := math.Inf(-1)
	for c := range score {
		score[c] = 0
		for _, f := range s.feats {
			score[c] += w[c][f]
		}
		top = max(top, score[c])
	}
	sum := 0.0
	for c := range score {
		score[c] = math.Exp(score[c] - top)
		sum += score[c]
	}
	for c := range score {
		grad := score[c] / sum
		if c == s.label {
			grad--
		}
		grad *= s.weight
		if grad == 0 {
			continue
		}
		for _, f := range s.feats {
			d := grad + opt.L2*w[c][f]
			g[c][f] += d * d
			w[c][f] -= opt.Rate * d / (1e-3 + math.Sqrt(g[c][f]))
		}
	}
}

// quantise rounds weights to fixed point; what rounds to nothing is dropped.
func quantise(w []float64, out []int16) {
	for i, v := range w {
		q := math.Round(v * unit)
		out[i] = int16(min(max(q, -30000), 30000))
	}
}

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
