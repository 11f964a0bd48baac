// Package fact turns an analysed article into facts: who did what to whom,
// where and when, with status and source. In come an [arabic.Text] and the
// [mention.Result] of its names; out come facts whose roles are indices into
// the result's entities, written as e1, e2 ….
//
// Rules propose and a model disposes. Frames (frames/*.txt, one entry per
// group of words) say which words may tell which type of fact and what brings
// its roles; the parser cuts each sentence into phrases, verbs, particles and
// marks; every phrase is a candidate for every role. Two linear models with
// integer weights then choose the roles and reject what is doubtful.
//
// [New] and [Extractor.Extract] are what callers need; [Train] makes the models.
package fact

import (
	"fmt"
	"io"
	"slices"

	"github.com/sila-graph/sila/extract/arabic"
	"github.com/sila-graph/sila/extract/doc"
	"github.com/sila-graph/sila/extract/gazetteer"
	"github.com/sila-graph/sila/extract/mention"
	"github.com/sila-graph/sila/extract/topic"
	"github.com/sila-graph/sila/extract/when"
)

// Extractor extracts facts. It holds read-only tables and its own working
// memory: one per goroutine.
type Extractor struct{ run run }

// run is the work on one article.
type run struct {
	lex       *lexicon
	model     *model
	parser    parser
	state     state
	args      []arg
	cands     []cand
	voices    []voice // of the sentence
	talk      talk
	toldLast  map[told]int32 // see chain
	toldPrev  []int32
	qualified qualified   // of the trigger at hand
	quoted    []quotation // of the text
	why       bool        // say of each fact how it came about
	finder    when.Finder
	times     []when.Expr
	date      string
	collect   *collector // while training
	wide      bool       // try every phrase for every role
	explain   io.Writer  // for Explain
	// of the pairs of one sentence
	phrases      []phrase
	byPair       map[[2]int32][]int32 // candidates of the sentence by their entities
	spoken       []spoken
	spokenArgs   []arg // theirs
	lemmas       []uint32
	clusters     []uint16
	pairFeats    feats
	about        string // the topic of the next text, "" where unknown
	topics       *topic.Classifier
	collectPairs bool // while training: gather samples of pairs, too
}

// New returns an Extractor with the model that is built in.
func New() *Extractor { return newExtractor(loadModel()) }

func newExtractor(m *model) *Extractor {
	x := &Extractor{run{lex: loadLexicon(), model: m, topics: topic.New(), byPair: map[[2]int32][]int32{}}}
	x.run.parser.lex, x.run.parser.jobs = x.run.lex, gazetteer.Jobs()
	return x
}

// Extract returns the facts of a text whose names are given. date is the
// article's, YYYY-MM-DD or "".
func (x *Extractor) Extract(t *arabic.Text, m *mention.Result, date string) []doc.Fact {
	r := &x.run
	r.candidates(t, m, date)
	return r.choose()
}

// candidates proposes all facts of a text into r.cands.
func (r *run) candidates(t *arabic.Text, m *mention.Result, date string) {
	r.date = date
	r.parser.reset(t, m)
	if r.about == "" {
		r.about = r.topics.Topic(t)
	}
	r.parser.topic = int16(1 + slices.Index(topic.Topics[:], r.about))
	r.about = ""
	r.times = r.finder.Find(t, date, r.times[:0])
	for i := range r.times {
		for k := r.times[i].First; k <= r.times[i].Last; k++ {
			r.parser.timeAt[k] = true
		}
	}
	r.state = state{subject: -1, speaker: -1}
	r.cands = r.cands[:0]
	r.talk = talk{speaker: -1, quoted: -1}
	r.qualified.item = -1
	r.quoted = r.quoted[:0]
	for s := range t.Sentences {
		r.parser.sentence(s)
		r.parser.about = r.parser.topic
		if saysWord(t, s, violence()) {
			r.parser.about = 0
		}
		if r.explain != nil {
			r.explainItems(s)
		}
		r.attribute()
		r.collectQuotes()
		first := len(r.cands)
		r.afterNames(s)
		r.nested(s)
		r.neighbours(s)
		r.reversed(s)
		r.held(s)
		r.known(s)
		r.led(s)
		r.spoken, r.spokenArgs = r.spoken[:0], r.spokenArgs[:0]
		r.events(s)
		r.pairs(s, first)
		r.sayings(s)
		r.states(first)
		if s == 0 {
			r.state = state{subject: -1, speaker: -1} // a title's subject does not go on
		}
	}
	r.parser.about = r.parser.topic
	r.officeFacts()
	r.repeated()
	for i := range r.cands {
		r.outline(&r.cands[i])
	}
}

// afterNames looks for offices behind names.
func (r *run) afterNames(s int) {
	p := &r.parser
	end := p.t.Sentences[s].Last
	for n := range p.items {
		it := &p.items[n]
		if it.kind == itNP && p.typ(it.ent) == doc.Person {
			p.officeAfter(it.last+1, end, it.ent, int32(s))
			p.officeInside(it, int32(s))
		}
	}
	first := p.t.Sentences[s].First
	for i := range p.m.Spans {
		sp := &p.m.Spans[i]
		if sp.First >= first && sp.First < end && sp.Parent >= 0 && sp.Kind == mention.Name && p.typ(sp.Entity) == doc.Person && p.m.Spans[sp.Parent].Entity != sp.Entity {
			p.officeInName(sp, end)
		}
	}
}

// keep adds a candidate.
func (r *run) keep(c cand) { r.cands = append(r.cands, c) }

// choose scores the candidates, keeps the best of each trigger above the
// threshold, and merges those that tell the same.
func (r *run) choose() []doc.Fact {
	r.chain()
	r.judge()
	order := winners(r.cands, r.model.least)
	var out []doc.Fact
	type triple struct {
		typ            string
		agent, patient int32
	}
	where := map[triple]int{}
	key := func(c *cand) triple {
		t := triple{c.typ.Name, -1, -1}
		if len(c.agents) > 0 {
			t.agent = c.agents[0]
		}
		if len(c.patients) > 0 {
			t.patient = c.patients[0]
		}
		return t
	}
	for _, i := range order {
		c := &r.cands[i]
		k := key(c)
		if j, ok := where[k]; ok && len(c.agents) <= 1 && len(c.patients) <= 1 {
			if conf := confidence(c.final); conf > out[j].Confidence {
				f := r.fact(r.settle(i))
				r.toldTime(&f, c)
				if f.Time == "" {
					f.Time = out[j].Time
				}
				if len(f.Place) == 0 {
					f.Place = out[j].Place
				}
				out[j] = f
			}
			continue
		}
		where[k] = len(out)
		f := r.fact(r.settle(i))
		r.toldTime(&f, c)
		out = append(out, f)
	}
	out = concord(out)
	r.sameHappening(out)
	r.dateByNews(out)
	parties(out, confidence(r.model.events))
	return out
}

// judge scores the candidates: the linear model first, whose scores the trees correct.
func (r *run) judge() {
	for i := range r.cands {
		r.cands[i].score = r.model.keepScore(r.cands[i].feats)
	}
	rivals(r.cands)
	for i := range r.cands {
		r.cands[i].settleScore(r.model.trees)
	}
}

// surer is added to the score of what grammar reads in full, both roles named: a
// quarter of a logit. Cross-validated F1 is .540 without, .544 with it, .545 with twice
// as much, which costs recall of events.
const surer = unit / 4

// settleScore lets the trees correct the linear score. What grammar reads in full,
// both roles named, gets surer on top.
func (c *cand) settleScore(ts trees) {
	c.final = c.score
	if c.score > minLinear {
		c.final += ts.score(&c.dense)
	}
	if c.grammar && c.frame != nil && len(c.agents) > 0 && len(c.patients) > 0 {
		c.final += surer
	}
}

// winners returns the candidates that count, in their order: of each trigger the
// best reading, and those that differ from it in one role only, which is filled in
// both («قصف التحالف صنعاء … وعدن»); of states all. None is below what least asks of its type.
func winners(cands []cand, least func(*doc.Type) int32) []int {
	type key struct {
		trigger int32
		frame   int
	}
	order := make([]int, 0, len(cands))
	best := make(map[key]int)
	for i := range cands {
		c := &cands[i]
		if c.final < least(c.typ) {
			continue
		}
		if c.frame == nil {
			order = append(order, i)
			continue
		}
		k := key{c.trigger, c.frame.id}
		if j, ok := best[k]; !ok || cands[j].final < c.final {
			best[k] = i
		}
	}
	for i := range cands {
		c := &cands[i]
		if c.final < least(c.typ) || c.frame == nil {
			continue
		}
		w := best[key{c.trigger, c.frame.id}]
		if w == i {
			order = append(order, i)
			continue
		}
		b := &cands[w]
		if len(c.agents) == 0 || len(c.patients) == 0 || len(b.agents) == 0 || len(b.patients) == 0 {
			continue
		}
		if (c.agents[0] == b.agents[0]) != (c.patients[0] == b.patients[0]) && c.agents[0] != b.patients[0] && c.patients[0] != b.agents[0] {
			order = append(order, i)
		}
	}
	slices.Sort(order)
	return order
}

// confidence turns a score into a probability with two decimals.
func confidence(score int32) float64 { return float64(logistic(score)) / 100 }

// logistic returns 100 / (1 + exp(−score/unit)), rounded, from a table so that
// it is the same on every machine.
func logistic(score int32) int {
	const step = unit / 8
	i := int(score)/step + 40
	switch {
	case i < 0:
		return 0
	case i >= len(logisticTable):
		return 99
	}
	return int(logisticTable[i])
}

// logisticTable holds the percentages for scores from −5 to 5 in steps of 1/8.
var logisticTable = [...]uint8{
	1, 1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 4, 4, 5, 5, 6, 7, 8, 9, 10, 11, 12, 13, 15, 16, 18, 20, 22, 25, 27, 29, 32, 35, 38, 41, 44, 47,
	50, 53, 56, 59, 62, 65, 68, 71, 73, 75, 78, 80, 82, 84, 85, 87, 88, 89, 90, 91, 92, 93, 94, 95, 95, 96, 96, 97, 97, 97, 98, 98, 98, 98, 99, 99, 99, 99, 99, 99, 99,
}

func (r *run) fact(c *cand) doc.Fact {
	t := r.parser.t
	ids := func(es []int32) []string {
		var out []string
		for _, e := range es {
			out = append(out, r.id(e))
		}
		return out
	}
	f := doc.Fact{Type: c.typ.Name, Agent: ids(c.agents), Patient: ids(c.patients), Place: ids(c.places), Time: c.time, Status: c.status,
		Ended: c.ended, Why: c.why, Title: c.title, Count: c.count, Sentence: int(c.sentence), Rule: c.rule, Confidence: confidence(c.final)}
	f.Subtype = r.subtypeOf(c)
	if c.source >= 0 {
		f.Source, f.SourceKind = r.id(c.source), r.parser.kindOfSource(c.source)
	} else {
		f.SourceKind = c.sourceKind
	}
	start, end := int(t.Tokens[c.first].Start), int(t.Tokens[c.last].End)
	f.Evidence = t.Slice(start, end)
	f.Start, f.End = t.Points(start, end)
	if c.trigger >= 0 {
		k := &t.Tokens[c.trigger]
		f.Trigger = t.Slice(int(k.Bare), int(k.End))
		f.Wording = f.Trigger
	}
	return f
}

// id names entity e: its own id where it has one, e1, e2 … otherwise.
func (r *run) id(e int32) string {
	if id := r.parser.m.Entities[e].ID; id != "" {
		return id
	}
	return fmt.Sprintf("e%d", e+1)
}
