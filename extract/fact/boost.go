package fact

import (
	"math"
	"slices"
)

// boostOptions tune the learning of trees.
type boostOptions struct {
	runs          int // whose mean counts
	trees, leaves int
	rate          float64
	l2            float64
	least         float64 // weight of samples in a leaf
	bins          int
	share         float64 // of the samples for each tree
	columns       float64 // of the numbers for each tree
}

var defaultBoost = boostOptions{runs: 3, trees: 150, leaves: 6, rate: 0.1, l2: 5, least: 8, bins: 48, share: 0.6, columns: 0.3}

// denseSample is a candidate for the trees to learn from.
type denseSample struct {
	dense  dense
	start  float64 // log-odds to begin with
	label  int
	weight float64
}

// boost learns trees that move samples' log-odds to where their labels are:
// gradient boosting with second-order steps over histograms. Deterministic.
func boost(samples []denseSample, o boostOptions) trees {
	var all trees
	for run := range o.runs {
		for _, t := range boostOnce(samples, o, uint64(run+1)*0x9e3779b97f4a7c15) {
			for i := range t.leaf {
				t.leaf[i] = int32(math.Round(float64(t.leaf[i]) / float64(o.runs)))
			}
			all = append(all, t)
		}
	}
	return all
}

func boostOnce(samples []denseSample, o boostOptions, rng uint64) trees {
	n := len(samples)
	cuts := make([][]int16, numDense)
	binned := make([][]uint8, numDense)
	for f := range cuts {
		cuts[f], binned[f] = bin(samples, f, o.bins)
	}
	logit := make([]float64, n)
	for i := range samples {
		logit[i] = samples[i].start
	}
	grad, hess := make([]float64, n), make([]float64, n)
	random := func() float64 {
		rng = rng*6364136223846793005 + 1442695040888963407
		return float64(rng>>11) / (1 << 53)
	}
	var out trees
	for range o.trees {
		var in []int32
		for i := range samples {
			p := 1 / (1 + math.Exp(-logit[i]))
			grad[i] = (p - float64(samples[i].label)) * samples[i].weight
			hess[i] = p * (1 - p) * samples[i].weight
			if random() < o.share {
				in = append(in, int32(i))
			}
		}
		var columns []int
		for f := range cuts {
			if len(cuts[f]) > 0 && random() < o.columns {
				columns = append(columns, f)
			}
		}
		t := grow(in, columns, cuts, binned, grad, hess, samples, o)
		out = append(out, t)
		for i := range samples {
			logit[i] += float64(trees{t}.score(&samples[i].dense)) / unit
		}
	}
	return out
}

// bin cuts a number's range where about equally many samples fall.
func bin(samples []denseSample, f, bins int) ([]int16, []uint8) {
	values := make([]int16, len(samples))
	for i := range samples {
		values[i] = samples[i].dense[f]
	}
	slices.Sort(values)
	var cuts []int16
	distinct := slices.Compact(slices.Clone(values))
	if len(distinct) <= bins {
		cuts = distinct[:max(len(distinct)-1, 0)]
	} else {
		for k := 1; k < bins; k++ {
			v := values[k*len(values)/bins]
			if v != values[len(values)-1] && (len(cuts) == 0 || v > cuts[len(cuts)-1]) {
				cuts = append(cuts, v)
			}
		}
	}
	out := make([]uint8, len(samples))
	for i := range samples {
		b, _ := slices.BinarySearch(cuts, samples[i].dense[f])
		out[i] = uint8(b)
	}
	return cuts, out
}

type region struct {
	in      []int32
	g, h    float64
	gain    float64
	feature int
	cut     int
	parent  int // node whose child this is, -1 for the root
	right   bool
}

// grow makes one tree, leaf by leaf, the best split first.
func grow(in []int32, columns []int, cuts [][]int16, binned [][]uint8, grad, hess []float64, samples []denseSample, o boostOptions) tree {
	split := func(p *region) {
		p.gain = 0
		base := p.g * p.g / (p.h + o.l2)
		var hg, hh, hw [256]float64
		for _, f := range columns {
			nb := len(cuts[f]) + 1
			for b := range nb {
				hg[b], hh[b], hw[b] = 0, 0, 0
			}
			col := binned[f]
			for _, i := range p.in {
				b := col[i]
				hg[b] += grad[i]
				hh[b] += hess[i]
				hw[b] += samples[i].weight
			}
			var g, h, w, all float64
			for b := range nb {
				all += hw[b]
			}
			for b := range nb - 1 {
				g += hg[b]
				h += hh[b]
				w += hw[b]
				if w < o.least || all-w < o.least {
					continue
				}
				gain := g*g/(h+o.l2) + (p.g-g)*(p.g-g)/(p.h-h+o.l2) - base
				if gain > p.gain+1e-9 {
					p.gain, p.feature, p.cut = gain, f, b
				}
			}
		}
	}
	sum := func(p *region) {
		p.g, p.h = 0, 0
		for _, i := range p.in {
			p.g += grad[i]
			p.h += hess[i]
		}
	}
	root := &region{in: in, parent: -1}
	sum(root)
	split(root)
	open := []*region{root}
	var t tree
	for len(open) < o.leaves {
		best := -1
		for i, p := range open {
			if p.gain > 1e-6 && (best < 0 || p.gain > open[best].gain) {
				best = i
			}
		}
		if best < 0 {
			break
		}
		p := open[best]
		n := len(t.nodes)
		t.nodes = append(t.nodes, treeNode{feature: uint8(p.feature), at: cuts[p.feature][p.cut]})
		t.link(p, n)
		l, r := &region{parent: n}, &region{parent: n, right: true}
		for _, i := range p.in {
			if int(binned[p.feature][i]) <= p.cut {
				l.in = append(l.in, i)
			} else {
				r.in = append(r.in, i)
			}
		}
		for _, c := range [...]*region{l, r} {
			sum(c)
			split(c)
		}
		open[best] = l
		open = append(open, r)
	}
	for _, p := range open {
		t.leaf = append(t.leaf, int32(math.Round(-p.g/(p.h+o.l2)*o.rate*unit)))
		t.link(p, ^(len(t.leaf) - 1))
	}
	return t
}

// link makes a part's parent point to what it has become.
func (t *tree) link(p *region, to int) {
	if p.parent < 0 {
		return
	}
	if p.right {
		t.nodes[p.parent].right = int16(to)
	} else {
		t.nodes[p.parent].left = int16(to)
	}
}
