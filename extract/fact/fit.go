package fact

import (
	"math"
)

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

// fitPairs learns the pair model: a softmax classifier over the types, by AdaGrad
// over rows of classes, the mean of runs.
func fitPairs(samples []sample, opt Options, out []int16) {
	const n = pairClasses << pairBits
	mean := make([]float64, n)
	for seed := range opt.PairRuns {
		w, g := make([]float32, n), make([]float32, n)
		rng := uint64(seed+1) * 0x9e3779b97f4a7c15
		order := make([]int, len(samples))
		for i := range order {
			order[i] = i
		}
		var score [pairClasses]float64
		for range opt.PairEpochs {
			for i := len(order) - 1; i > 0; i-- {
				rng = rng*6364136223846793005 + 1442695040888963407
				j := int(rng>>33) % (i + 1)
				order[i], order[j] = order[j], order[i]
			}
			for _, i := range order {
				s := &samples[i]
				score = [pairClasses]float64{}
				for _, f := range s.feats {
					row := (*[pairClasses]float32)(w[int(f)*pairClasses:])
					for k := range row {
						score[k] += float64(row[k])
					}
				}
				top := score[0]
				for _, v := range score {
					top = max(top, v)
				}
				sum := 0.0
				for k := range score {
					score[k] = math.Exp(score[k] - top)
					sum += score[k]
				}
				for k := range score {
					grad := score[k] / sum
					if k == s.label {
						grad--
					}
					if grad *= s.weight; math.Abs(grad) < 2e-3 {
						continue
					}
					for _, f := range s.feats {
						at := int(f)*pairClasses + k
						d := float32(grad + opt.PairL2*float64(w[at]))
						g[at] += d * d
						w[at] -= float32(opt.Rate) * d / (1e-3 + float32(math.Sqrt(float64(g[at]))))
					}
				}
			}
		}
		for i, v := range w {
			mean[i] += float64(v) / float64(opt.PairRuns)
		}
	}
	for i, v := range mean {
		q := math.Round(v * unit)
		out[i] = int16(min(max(q, -30000), 30000))
	}
}
