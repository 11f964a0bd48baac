package topic

import (
	"fmt"
	"math"

	"github.com/sila-graph/sila/extract/arabic"
)

// Sample is a text with its topic; Weight is how far the label is trusted, 1 in full.
type Sample struct {
	Text   *arabic.Text
	Topic  string
	Weight float64
}

// Train learns a model from samples and returns it as it is written to model.bin:
// softmax by AdaGrad over the samples in shuffled order. Deterministic.
func Train(samples []Sample, epochs int) ([]byte, error) {
	const rate, decay = 0.1, 2e-6
	type point struct {
		feats  []uint32
		class  int
		weight float64
	}
	class := map[string]int{}
	for k, t := range Topics {
		class[t] = k
	}
	points := make([]point, len(samples))
	for i, s := range samples {
		k, ok := class[s.Topic]
		if !ok {
			return nil, fmt.Errorf("sample %d: topic %q; known are %v", i, s.Topic, Topics)
		}
		points[i] = point{features(s.Text, nil), k, s.Weight}
	}
	w := make([][numTopics]float64, 1<<bucketBits+1) // the last is the bias
	g := make([][numTopics]float64, len(w))
	seed := uint64(0x9e3779b97f4a7c15)
	for range epochs {
		for i := len(points) - 1; i > 0; i-- {
			seed = seed*6364136223846793005 + 1442695040888963407
			j := int(seed>>33) % (i + 1)
			points[i], points[j] = points[j], points[i]
		}
		for i := range points {
			p := &points[i]
			s, top := w[1<<bucketBits], math.Inf(-1)
			for _, f := range p.feats {
				for k := range s {
					s[k] += w[f][k]
				}
			}
			for k := range s {
				top = max(top, s[k])
			}
			sum := 0.0
			for k := range s {
				s[k] = math.Exp(s[k] - top)
				sum += s[k]
			}
			for k := range s {
				grad := s[k] / sum
				if k == p.class {
					grad--
				}
				grad *= p.weight
				step := func(f uint32) {
					d := grad + decay*w[f][k]
					g[f][k] += d * d
					w[f][k] -= rate * d / (1 + math.Sqrt(g[f][k]))
				}
				for _, f := range p.feats {
					step(f)
				}
				step(1 << bucketBits)
			}
		}
	}
	m := newModel()
	for k := range numTopics {
		m.bias[k] = int32(math.Round(w[1<<bucketBits][k] * unit))
		for f := range m.rows {
			m.rows[f][k] = int8(min(max(math.Round(w[f][k]*unit), -127), 127))
		}
	}
	return m.marshal(), nil
}

// Parse reads a model that [Train] made.
func Parse(b []byte) (*Classifier, error) {
	m, err := unmarshal(b)
	if err != nil {
		return nil, err
	}
	return &Classifier{model: m}, nil
}

// Margin is Topic with the distance to the next best topic, in logits: how sure
// the model is. For training on its own word.
func (c *Classifier) Margin(t *arabic.Text) (string, float64) {
	best := c.Topic(t)
	if best == "" {
		return "", 0
	}
	s := c.model.score(c.feats)
	first, second := int32(math.MinInt32), int32(math.MinInt32)
	for _, v := range s {
		if v > first {
			first, second = v, first
		} else if v > second {
			second = v
		}
	}
	return best, float64(first-second) / unit
}
