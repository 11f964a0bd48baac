package mention

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"

	"github.com/sila-graph/sila/extract/arabic"
)

// domain is where a training text comes from. Annotators differ in what they
// call a name, so each feature has a weight for all domains and one for its
// own; what is shipped is the sum of the general weight and the news domain's.
type domain uint8

const (
	domainNews   domain = iota // annotated by the guide
	domainCoNLL                // ANERcorp
	domainNested               // Wojood, its outermost names
	numDomains
)

// tagged is a text with the labels that each token may have: a single one,
// several where the annotation leaves it open.
type tagged struct {
	text    *arabic.Text
	allowed []uint16
	domain  domain
}

// example is a sentence in numbers.
type example struct {
	feats   []uint32 // rows, token after token
	ends    []int32  // per token
	allowed []uint16
	domain  domain
	repeat  int
	fixed   bool // every token has one label
}

// trainConfig is what can be varied; ablations drop groups.
type trainConfig struct {
	groups featureGroup
	epochs int
	runs   int // models with other orders of sentences, averaged into one
	seed   uint64
	cutoff int32 // features seen in fewer tokens are dropped
	margin int32 // by which the right labels must win, in weights
	target domain
	repeat [numDomains]int // how many times an epoch a text of each domain is seen
}

func defaultTrainConfig() trainConfig {
	return trainConfig{groups: allGroups, epochs: 8, runs: 4, seed: 1, cutoff: 2, margin: 20, target: domainNews, repeat: [numDomains]int{3, 1, 1}}
}

// conllTrainConfig is for the model that tags as ANERcorp does.
func conllTrainConfig() trainConfig {
	c := defaultTrainConfig()
	c.target, c.repeat = domainCoNLL, [numDomains]int{1, 2, 1}
	return c
}

// fit trains a model on texts.
func (r *Recognizer) fit(ctx context.Context, texts []tagged, c trainConfig) (*weights, error) {
	// Features to rows.
	count := map[feature]int32{}
	var buf []feature
	var all []example
	var raw [][]feature
	for i := range texts {
		x := &texts[i]
		r.read(x.text)
		for j := range x.text.Sentences {
			s := &x.text.Sentences[j]
			r.prepare(x.text, s)
			e := example{domain: x.domain, repeat: c.repeat[x.domain], fixed: true}
			var fs []feature
			for k := int(s.First); k < int(s.Last); k++ {
				buf = r.features(buf[:0], x.text, k, s, c.groups)
				for _, f := range buf {
					count[f]++
				}
				fs = append(fs, buf...)
				e.ends = append(e.ends, int32(len(fs)))
				a := x.allowed[k]
				e.fixed = e.fixed && a&(a-1) == 0
				e.allowed = append(e.allowed, a)
			}
			all, raw = append(all, e), append(raw, fs)
		}
		if err := ctx.Err(); err != nil {
			return nil, err
		}
	}
	rows := map[feature]uint32{}
	var keys []feature
	for i := range all {
		e := &all[i]
		from, out := int32(0), make([]uint32, 0, len(raw[i]))
		for t, end := range e.ends {
			for _, f := range raw[i][from:end] {
				if count[f] < c.cutoff {
					continue
				}
				row, ok := rows[f]
				if !ok {
					row = uint32(len(keys))
					rows[f] = row
					keys = append(keys, f)
				}
				out = append(out, row)
			}
			from, e.ends[t] = end, int32(len(out))
		}
		e.feats, raw[i] = out, nil
	}
	clear(count)

	order := make([]int, 0, len(all))
	for i := range all {
		for range all[i].repeat {
			order = append(order, i)
		}
	}
	var total *perceptron
	for run := range c.runs {
		p := newPerceptron(len(keys))
		slices.Sort(order)
		rng := rand.New(rand.NewPCG(c.seed+uint64(run), 0x517a))
		var la lattice
		var gold, guess []label
		for range c.epochs {
			rng.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
			for _, i := range order {
				e := &all[i]
				p.step++
				n := len(e.ends)
				p.scoreInto(e, &la)
				m := p.transitions(e.domain)
				if e.fixed {
					gold = gold[:0]
					for _, a := range e.allowed {
						gold = append(gold, single(a))
					}
				} else {
					gold = la.decode(n, m, e.allowed, gold)
				}
				for t := range n {
					for l := range la.emit[t] {
						if e.allowed[t]>>l&1 == 0 {
							la.emit[t][l] += c.margin
						}
					}
				}
				guess = la.decode(n, m, nil, guess)
				p.update(e, gold, guess)
			}
			if err := ctx.Err(); err != nil {
				return nil, err
			}
		}
		if total == nil {
			total = p
		} else {
			total.merge(p)
		}
	}
	w := total.average(keys, c.target, c.runs)
	w.note = fmt.Sprintf("%d sentences, %d features, %d epochs", len(all), len(w.keys), c.epochs)
	return w, nil
}

func single(a uint16) label {
	for l := range label(numLabels) {
		if a>>l&1 != 0 {
			return l
		}
	}
	return outside
}

// perceptron holds weights in training: the present ones and, for averaging,
// their changes times the step at which they came.
type perceptron struct {
	w    [1 + numDomains][][numLabels]int32
	u    [1 + numDomains][][numLabels]int64
	tr   [1 + numDomains][numLabels + 1][numLabels]int32 // the last row: start
	tu   [1 + numDomains][numLabels + 1][numLabels]int64
	step int64
}

func newPerceptron(rows int) *perceptron {
	p := &perceptron{}
	for d := range p.w {
		p.w[d] = make([][numLabels]int32, rows)
		p.u[d] = make([][numLabels]int64, rows)
	}
	return p
}

func (p *perceptron) scoreInto(e *example, la *lattice) {
	for len(la.emit) < len(e.ends) {
		la.emit = append(la.emit, [numLabels]int32{})
	}
	w0, w1 := p.w[0], p.w[1+e.domain]
	from := int32(0)
	for t, end := range e.ends {
		var s [numLabels]int32
		for _, f := range e.feats[from:end] {
			a, b := &w0[f], &w1[f]
			for l := range s {
				s[l] += a[l] + b[l]
			}
		}
		la.emit[t] = s
		from = end
	}
}

// transitions returns the transition scores of a domain as a model that the search can use.
func (p *perceptron) transitions(d domain) *Model {
	m := &Model{}
	for i := range numLabels {
		for j := range numLabels {
			m.trans[i][j] = p.tr[0][i][j] + p.tr[1+d][i][j]
		}
		m.start[i] = p.tr[0][numLabels][i] + p.tr[1+d][numLabels][i]
	}
	return m
}

// update moves weights from the guessed to the right labels and returns the
// number of tokens that differ.
func (p *perceptron) update(e *example, gold, guess []label) int {
	wrong := 0
	from := int32(0)
	for t, end := range e.ends {
		g, h := gold[t], guess[t]
		pg, ph := label(numLabels), label(numLabels)
		if t > 0 {
			pg, ph = gold[t-1], guess[t-1]
		}
		if g != h {
			wrong++
			for _, d := range [...]int{0, 1 + int(e.domain)} {
				w, u := p.w[d], p.u[d]
				for _, f := range e.feats[from:end] {
					w[f][g]++
					w[f][h]--
					u[f][g] += p.step
					u[f][h] -= p.step
				}
			}
		}
		if g != h || pg != ph {
			for _, d := range [...]int{0, 1 + int(e.domain)} {
				p.tr[d][pg][g]++
				p.tr[d][ph][h]--
				p.tu[d][pg][g] += p.step
				p.tu[d][ph][h] -= p.step
			}
		}
		from = end
	}
	return wrong
}

// scale turns averaged weights into integers: a weight of 1 is 8.
const scale = 8

// merge adds the weights of another run of as many steps.
func (p *perceptron) merge(q *perceptron) {
	for d := range p.w {
		for i := range p.w[d] {
			for l := range numLabels {
				p.w[d][i][l] += q.w[d][i][l]
				p.u[d][i][l] += q.u[d][i][l]
			}
		}
		for i := range p.tr[d] {
			for l := range numLabels {
				p.tr[d][i][l] += q.tr[d][i][l]
				p.tu[d][i][l] += q.tu[d][i][l]
			}
		}
	}
}

func (p *perceptron) average(keys []feature, d domain, runs int) *weights {
	steps := p.step + 1
	n := steps * int64(runs)
	avg := func(w int32, u int64) int64 { return scale * (int64(w)*steps - u) } // times n
	round := func(v int64) int64 {
		if v < 0 {
			return -((-v + n/2) / n)
		}
		return (v + n/2) / n
	}
	out := &weights{}
	for i, k := range keys {
		var row [numLabels]int16
		some := false
		for l := range row {
			v := round(avg(p.w[0][i][l], p.u[0][i][l]) + avg(p.w[1+d][i][l], p.u[1+d][i][l]))
			row[l] = int16(max(-1<<15+1, min(1<<15-1, v)))
			some = some || row[l] != 0
		}
		if some {
			out.keys, out.rows = append(out.keys, k), append(out.rows, row)
		}
	}
	for i := range numLabels + 1 {
		for j := range numLabels {
			v := int32(round(avg(p.tr[0][i][j], p.tu[0][i][j]) + avg(p.tr[1+d][i][j], p.tu[1+d][i][j])))
			if i == numLabels {
				out.start[j] = v
			} else {
				out.trans[i][j] = v
			}
		}
	}
	return out
}
