package fact

import (
	_ "embed"
	"encoding/binary"
	"fmt"
	"sync"

	"github.com/sila-graph/sila/extract/doc"
)

//go:embed model.bin
var modelBytes []byte

// unit is the fixed-point unit of scores: a logit of 1.0.
const unit = 256

// model holds the weights: of the role of a phrase (three classes) and of
// keeping a candidate. Weights are 16-bit fixed point, a logit of 1 is 256;
// sums are exact, so scores are the same on every machine.
type model struct {
	role [numRoles][]int16 // 1<<featBits each
	keep []int16
	// pair scores the type of fact between two phrases: rows of pairClasses.
	pair []int16
	// trees correct the sum of keep by what a linear model can't see.
	trees trees
	// threshold is the score, in units, from which a state or a Say counts, events
	// that from which an event does: events are told in more ways and are surer
	// to be missed, so that less is asked of them.
	threshold, events int32
}

func newModel() *model {
	m := &model{keep: make([]int16, 1<<featBits), pair: make([]int16, pairClasses<<pairBits)}
	for r := range m.role {
		m.role[r] = make([]int16, 1<<featBits)
	}
	return m
}

// roles scores a phrase: log-odds of each role against none.
func (m *model) roles(a *arg) {
	var sum [numRoles]int32
	for _, f := range a.feats {
		for r := range sum {
			sum[r] += int32(m.role[r][f])
		}
	}
	a.score[roleNone] = 0
	a.score[roleAgent] = sum[roleAgent] - max(sum[roleNone], sum[rolePatient])
	a.score[rolePatient] = sum[rolePatient] - max(sum[roleNone], sum[roleAgent])
}

// pairScores adds up the scores of the first classes of the pair model.
func (m *model) pairScores(f feats, sum []int32) {
	s := (*[pairLow]int32)(sum)
	for _, i := range f {
		row := (*[pairLow]int16)(m.pair[int(i)*pairClasses:])
		for k, w := range row {
			s[k] += int32(w)
		}
	}
}

// pairScore adds up the score of one class.
func (m *model) pairScore(f feats, class int) int32 {
	var sum int32
	for _, i := range f {
		sum += int32(m.pair[int(i)*pairClasses+class])
	}
	return sum
}

// keepScore is the log-odds that a candidate is right.
func (m *model) keepScore(f feats) int32 {
	var sum int32
	for _, i := range f {
		sum += int32(m.keep[i])
	}
	return sum
}

func (m *model) tables() [][]int16 { return append(m.role[:], m.keep, m.pair) }

// marshal writes the non-zero weights: per table a count, then index deltas and
// values as varints.
func (m *model) marshal() []byte {
	out := []byte("silafact4")
	out = binary.AppendVarint(out, int64(m.threshold))
	out = binary.AppendVarint(out, int64(m.events))
	for _, t := range m.tables() {
		n := 0
		for _, w := range t {
			if w != 0 {
				n++
			}
		}
		out = binary.AppendUvarint(out, uint64(n))
		prev := 0
		for i, w := range t {
			if w != 0 {
				out = binary.AppendUvarint(out, uint64(i-prev))
				out = binary.AppendVarint(out, int64(w))
				prev = i
			}
		}
	}
	return m.trees.marshal(out)
}

func unmarshalModel(b []byte) (*model, error) {
	const magic = "silafact4"
	if len(b) < len(magic) || string(b[:len(magic)]) != magic {
		return nil, fmt.Errorf("no fact model: it does not begin with %q; make one with sila train fact", magic)
	}
	b = b[len(magic):]
	m := newModel()
	v, n := binary.Varint(b)
	if n <= 0 {
		return nil, fmt.Errorf("fact model is cut short")
	}
	m.threshold, b = int32(v), b[n:]
	if v, n = binary.Varint(b); n <= 0 {
		return nil, fmt.Errorf("fact model is cut short")
	}
	m.events, b = int32(v), b[n:]
	for _, t := range m.tables() {
		count, n := binary.Uvarint(b)
		if n <= 0 || count > uint64(len(t)) {
			return nil, fmt.Errorf("fact model is cut short")
		}
		b = b[n:]
		at := uint64(0)
		for range count {
			d, n := binary.Uvarint(b)
			if n <= 0 {
				return nil, fmt.Errorf("fact model is cut short")
			}
			w, k := binary.Varint(b[n:])
			if k <= 0 || at+d >= uint64(len(t)) {
				return nil, fmt.Errorf("fact model is damaged")
			}
			at += d
			t[at] = int16(w)
			b = b[n+k:]
		}
	}
	var err error
	if m.trees, err = unmarshalTrees(b); err != nil {
		return nil, err
	}
	return m, nil
}

var loadModel = sync.OnceValue(func() *model {
	m, err := unmarshalModel(modelBytes)
	if err != nil {
		panic("fact: embedded model: " + err.Error()) // TestModel loads it
	}
	return m
})

// least is the score from which a fact of that type counts.
func (m *model) least(t *doc.Type) int32 {
	if stateType(t.Name) {
		return m.threshold
	}
	return m.events
}
