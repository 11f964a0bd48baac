package topic

import (
	_ "embed"
	"encoding/binary"
	"errors"
	"fmt"
	"sync"
)

//go:embed model.bin
var modelBytes []byte

const (
	bucketBits = 15
	unit       = 32 // fixed point: a logit of 1.0
)

// row holds one bucket's weight for each topic.
type row [numTopics]int8

// model is a table of weights by bucket, and what each topic starts from.
type model struct {
	bias [numTopics]int32
	rows []row // 1<<bucketBits
}

func newModel() *model { return &model{rows: make([]row, 1<<bucketBits)} }

// score sums the weights of a text's buckets for each topic.
func (m *model) score(feats []uint32) [numTopics]int32 {
	s := m.bias
	for _, f := range feats {
		r := &m.rows[f]
		for k := range s {
			s[k] += int32(r[k])
		}
	}
	return s
}

const magic = "silatopic1"

// marshal writes the rows that aren't zero, each behind its distance from the last.
func (m *model) marshal() []byte {
	out := []byte(magic)
	for _, b := range m.bias {
		out = binary.AppendVarint(out, int64(b))
	}
	prev := 0
	for i := range m.rows {
		if m.rows[i] == (row{}) {
			continue
		}
		out = binary.AppendUvarint(out, uint64(i-prev))
		prev = i
		for _, w := range m.rows[i] {
			out = append(out, byte(w))
		}
	}
	return out
}

var errCut = errors.New("topic model is cut short or damaged; make one with go run ./extract/topic/internal/traintopic")

func unmarshal(b []byte) (*model, error) {
	if len(b) < len(magic) || string(b[:len(magic)]) != magic {
		return nil, fmt.Errorf("no topic model: it does not begin with %q", magic)
	}
	b = b[len(magic):]
	m := newModel()
	for k := range m.bias {
		v, n := binary.Varint(b)
		if n <= 0 {
			return nil, errCut
		}
		m.bias[k], b = int32(v), b[n:]
	}
	at := uint64(0)
	for len(b) > 0 {
		d, n := binary.Uvarint(b)
		if n <= 0 || len(b) < n+numTopics {
			return nil, errCut
		}
		if at += d; at >= 1<<bucketBits {
			return nil, errCut
		}
		for k := range numTopics {
			m.rows[at][k] = int8(b[n+k])
		}
		b = b[n+numTopics:]
	}
	return m, nil
}

var loadModel = sync.OnceValue(func() *model {
	m, err := unmarshal(modelBytes)
	if err != nil {
		panic("topic: embedded model: " + err.Error()) // TestModel loads it
	}
	return m
})
