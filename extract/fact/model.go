package fact

import (
	_ "embed"
	"encoding/binary"
	"fmt"
	"sync"
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
	// threshold is the keep score, in units, from which a fact counts.
	threshold int32
}

func newModel() *model {
	m := &model{keep: make([]int16, 1<<featBits)}
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

// keepScore is the log-odds that a candidate is right.
func (m *model) keepScore(f feats) int32 {
	var sum int32
	for _, i := range f {
		sum += int32(m.keep[i])
	}
	return sum
}

// marshal writes the non-zero weights: per table a count, then index deltas and
// values as varints.
func (m *model) marshal() []byte {
	out := []byte("silafact1")
	out = binary.AppendVarint(out, int64(m.threshold))
	for _, t := range append(m.role[:], m.keep) {
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
	return out
}

func unmarshalModel(b []byte) (*model, error) {
	const magic = "silafact1"
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
	for _, t := range append(m.role[:], m.keep) {
		count, n := binary.Uvarint(b)
		if n <= 0 || count > 1<<featBits {
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
			if k <= 0 || at+d >= 1<<featBits {
				return nil, fmt.Errorf("fact model is damaged")
			}
			at += d
			t[at] = int16(w)
			b = b[n+k:]
		}
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
