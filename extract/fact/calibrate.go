package fact

import (
	"cmp"
	_ "embed"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/sila-graph/sila/extract/doc"
)

// The model's own confidence is the logistic of a score and says too much or too
// little. calibration.txt turns it into how often facts of such a score were
// right on articles that the model had not seen. It is fitted by [Calibrate] on the held-out
// folds of training, [Report.Held].

//go:embed calibration.txt
var calibrationText string

// calibration holds a percentage for each percentage of the model, 0 to 100.
type calibration [101]uint8

var loadCalibration = sync.OnceValue(func() *calibration {
	c, err := parseCalibration(calibrationText)
	if err != nil {
		panic("fact: embedded calibration: " + err.Error()) // TestCalibration reads it
	}
	return c
})

// parseCalibration reads lines of "model's percentage, tab, percentage of right
// facts": rising, with 0 and 100 among them; what lies between is interpolated.
func parseCalibration(text string) (*calibration, error) {
	var c calibration
	from, low, n := -1, 0, 0
	for line := range strings.Lines(text) {
		n++
		if line = strings.TrimSpace(line); line == "" || line[0] == '#' {
			continue
		}
		a, b, _ := strings.Cut(line, "\t")
		at, err := strconv.Atoi(a)
		v, err2 := strconv.Atoi(b)
		if err != nil || err2 != nil || at <= from || at > 100 || v < low || v > 100 || from < 0 && at != 0 {
			return nil, fmt.Errorf("calibration.txt:%d: %q; want two percentages with a tab between, both rising from 0 to 100", n, line)
		}
		for k := max(from, 0); k <= at; k++ {
			c[k] = uint8(v)
			if from >= 0 {
				c[k] = uint8(low + (v-low)*(k-from)/(at-from))
			}
		}
		from, low = at, v
	}
	if from != 100 {
		return nil, fmt.Errorf("calibration.txt ends at %d; want 100", from)
	}
	return &c, nil
}

// of turns a confidence of the model into a probability with two decimals.
func (c *calibration) of(confidence float64) float64 {
	i := min(max(int(math.Round(confidence*100)), 0), 100)
	return float64(c[i]) / 100
}

// Judged is one pair that extraction states of an article which the model has
// not seen, with the verdict of gold.
type Judged struct {
	Raw   int // the model's percentage
	Right bool
	State bool // no event
	Fold  int
}

// JudgeAll judges what the model that is built in states of examples.
func JudgeAll(test []Example, world World) []Judged {
	var out []Judged
	x := New()
	for i := range test {
		out = append(out, x.judge(&test[i], world, 0)...)
	}
	return out
}

// judge compares the facts that x states of an example with its gold.
func (x *Extractor) judge(ex *Example, world World, fold int) []Judged {
	c := newCollector(ex, world)
	ids := map[string]string{}
	for e := range ex.IDs {
		ids[x.idOf(ex, e)] = ex.IDs[e]
	}
	to := func(es []string) []string {
		out := make([]string, len(es))
		for i, e := range es {
			if out[i] = ids[e]; out[i] == "" {
				out[i] = "?"
			}
		}
		return out
	}
	var out []Judged
	for _, f := range x.Extract(ex.Text, ex.Names, ex.Doc.Date) {
		for _, t := range c.triples(f.Type, to(f.Agent), to(f.Patient)) {
			if f, ok := c.fills[t]; ok {
				t = f
			}
			required, in := c.triple[t]
			if in && !required || !in && (c.free[t] || c.partial(t) || c.opt[t.a] || c.opt[t.b]) {
				continue
			}
			out = append(out, Judged{int(math.Round(f.Confidence * 100)), in, stateType(f.Type), fold})
		}
	}
	return out
}

// idOf names entity e of an example as the facts do.
func (x *Extractor) idOf(ex *Example, e int) string {
	if id := ex.Names.Entities[e].ID; id != "" {
		return id
	}
	return fmt.Sprintf("e%d", e+1)
}

// minBlock is the least number of judged pairs behind one step of the table.
const minBlock = 60

// Calibrate fits the table of calibration.txt: the share of right pairs that
// rises with the model's percentage (pool adjacent violators), in blocks of at
// least minBlock pairs, each at the mean of its percentages.
func Calibrate(judged []Judged) string {
	type block struct{ n, right, raw int }
	var blocks []block
	byRaw := slices.Clone(judged)
	slices.SortStableFunc(byRaw, func(a, b Judged) int { return cmp.Compare(a.Raw, b.Raw) })
	share := func(b block) float64 { return float64(b.right) / float64(b.n) }
	for i, j := range byRaw {
		if i > 0 && byRaw[i-1].Raw == j.Raw || len(blocks) > 0 && blocks[len(blocks)-1].n < minBlock {
			b := &blocks[len(blocks)-1]
			b.n, b.right, b.raw = b.n+1, b.right+int(bit(j.Right)), b.raw+j.Raw
			continue
		}
		blocks = append(blocks, block{1, int(bit(j.Right)), j.Raw})
	}
	for i := 1; i < len(blocks); {
		if i == len(blocks)-1 && blocks[i].n < minBlock || share(blocks[i]) <= share(blocks[i-1]) {
			blocks[i-1].n, blocks[i-1].right, blocks[i-1].raw = blocks[i-1].n+blocks[i].n, blocks[i-1].right+blocks[i].right, blocks[i-1].raw+blocks[i].raw
			blocks = slices.Delete(blocks, i, i+1)
			i = max(i-1, 1)
			continue
		}
		i++
	}
	var b strings.Builder
	b.WriteString("# Model's percentage, tab, percentage of right pairs on articles that it had not seen; made by trainfact -calibrate, see README.\n0\t0\n")
	at := 0
	for _, k := range blocks {
		if raw := int(math.Round(float64(k.raw) / float64(k.n))); raw > at && raw < 100 {
			fmt.Fprintf(&b, "%d\t%.0f\n", raw, 100*share(k))
			at = raw
		}
	}
	last := 0.0
	if len(blocks) > 0 {
		last = share(blocks[len(blocks)-1])
	}
	fmt.Fprintf(&b, "100\t%.0f\n", math.Ceil(100*last))
	return b.String()
}

// Bin is one row of a reliability table.
type Bin struct {
	From, To    int     // calibrated percentages, To excluded
	N, Right    int     // pairs
	Mean, Share float64 // what was said, what was true
	Low, High   float64 // 95 % interval of Share (Wilson)
}

// Reliability compares calibrated confidence with the truth in ten bins. Where
// judged comes from several folds, each is calibrated by the others; else by the
// table that is built in.
func Reliability(judged []Judged) []Bin {
	tables := map[int]*calibration{}
	folds := map[int]bool{}
	for _, j := range judged {
		folds[j.Fold] = true
	}
	for f := range folds {
		tables[f] = loadCalibration()
		if len(folds) > 1 {
			others := slices.DeleteFunc(slices.Clone(judged), func(j Judged) bool { return j.Fold == f })
			if c, err := parseCalibration(Calibrate(others)); err == nil {
				tables[f] = c
			}
		}
	}
	bins := make([]Bin, 10)
	for _, j := range judged {
		p := int(tables[j.Fold][min(max(j.Raw, 0), 100)])
		b := &bins[min(p/10, 9)]
		b.N++
		b.Right += int(bit(j.Right))
		b.Mean += float64(p) / 100
	}
	for i := range bins {
		b := &bins[i]
		b.From, b.To = 10*i, 10*i+10
		if b.N == 0 {
			continue
		}
		n := float64(b.N)
		b.Mean /= n
		b.Share = float64(b.Right) / n
		b.Low, b.High = wilson(b.Share, n)
	}
	return bins
}

// wilson is the 95 % interval of a share of n.
func wilson(p, n float64) (float64, float64) {
	const z = 1.96
	mid := (p + z*z/(2*n)) / (1 + z*z/n)
	half := z / (1 + z*z/n) * math.Sqrt(p*(1-p)/n+z*z/(4*n*n))
	return max(mid-half, 0), min(mid+half, 1)
}

// applyCalibration replaces the model's confidence of facts by the calibrated one.
func applyCalibration(facts []doc.Fact) {
	c := loadCalibration()
	for i := range facts {
		facts[i].Confidence = c.of(facts[i].Confidence)
	}
}
