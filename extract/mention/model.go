package mention

import (
	"cmp"
	"encoding/binary"
	"fmt"
	"slices"
)

// Model is a trained tagger: integer weights by feature and label, and scores
// of one label after another. It is read-only once made and may be shared.
//
// In memory a feature's weights stand in seven words of two 32-bit lanes, each
// weight raised by bias so that lanes never borrow: a feature costs seven
// additions for all labels. Sums hold up to 65,536 features. Weights of 8 bits
// would halve the table, but either clip the weights of frequent features or
// round those of rare ones away: four points of F1.
type Model struct {
	slots []slot
	rows  [][lanes]uint64
	trans [numLabels][numLabels]int32
	start [numLabels]int32
	note  string
}

// slot of the open-addressing table from features to rows; row 0 is "none".
type slot struct {
	key feature
	row uint32
}

const (
	lanes = (numLabels + 1) / 2 // words a row
	bias  = 1 << 15             // of a weight in its lane
)

// weights are a trained model before it is packed.
type weights struct {
	keys  []feature
	rows  [][numLabels]int16
	trans [numLabels][numLabels]int32
	start [numLabels]int32
	note  string
}

func (w *weights) model() *Model {
	size := 1
	for size < 2*len(w.keys)+1 {
		size *= 2
	}
	m := &Model{slots: make([]slot, size), rows: make([][lanes]uint64, 1, len(w.keys)+1), trans: w.trans, start: w.start, note: w.note}
	for i, k := range w.keys {
		var row [lanes]uint64
		for l, v := range w.rows[i] {
			row[l/2] |= uint64(int(v)+bias) << (32 * (l % 2))
		}
		j := m.home(k)
		for m.slots[j].row != 0 {
			j = (j + 1) & (size - 1)
		}
		m.slots[j] = slot{k, uint32(len(m.rows))}
		m.rows = append(m.rows, row)
	}
	return m
}

func (m *Model) home(f feature) int { return int(f*0x9E3779B1>>7) & (len(m.slots) - 1) }

// row returns the number of the feature's row, 0 for none.
func (m *Model) row(f feature) uint32 {
	for j := m.home(f); ; j = (j + 1) & (len(m.slots) - 1) {
		s := m.slots[j]
		if s.row == 0 || s.key == f {
			return s.row
		}
	}
}

// score sums the weights of features into dst, by label.
func (m *Model) score(fs []feature, dst *[numLabels]int32) {
	var s0, s1, s2, s3, s4, s5, s6 uint64
	n := int64(0)
	for _, f := range fs {
		if r := m.row(f); r != 0 {
			w := &m.rows[r]
			s0 += w[0]
			s1 += w[1]
			s2 += w[2]
			s3 += w[3]
			s4 += w[4]
			s5 += w[5]
			s6 += w[6]
			n++
		}
	}
	sums := [lanes]uint64{s0, s1, s2, s3, s4, s5, s6}
	for l := range dst {
		dst[l] = int32(int64(sums[l/2]>>(32*(l%2))&0xffffffff) - n*bias)
	}
}

// The file: magic, a note of the training, transitions, then features as
// ascending differences, each with a bit set of the labels that have a weight,
// and those weights.
const magic = "sila mention model 2\n"

func (w *weights) encode() []byte {
	order := make([]int, len(w.keys))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int { return cmp.Compare(w.keys[a], w.keys[b]) })
	out := []byte(magic)
	out = binary.AppendUvarint(out, uint64(len(w.note)))
	out = append(out, w.note...)
	out = append(out, byte(numLabels))
	for i := range numLabels {
		out = binary.AppendVarint(out, int64(w.start[i]))
		for j := range numLabels {
			out = binary.AppendVarint(out, int64(w.trans[i][j]))
		}
	}
	out = binary.AppendUvarint(out, uint64(len(w.keys)))
	last := uint64(0)
	for _, i := range order {
		out = binary.AppendUvarint(out, uint64(w.keys[i])-last)
		last = uint64(w.keys[i])
		set := uint64(0)
		for l, v := range w.rows[i] {
			if v != 0 {
				set |= 1 << l
			}
		}
		out = binary.AppendUvarint(out, set)
		for _, v := range w.rows[i] {
			if v != 0 {
				out = binary.AppendVarint(out, int64(v))
			}
		}
	}
	return out
}

// decoder reads the file's numbers and remembers the first failure.
type decoder struct {
	b   []byte
	bad bool
}

func (d *decoder) uvarint() uint64 {
	v, n := binary.Uvarint(d.b)
	if n <= 0 {
		d.bad = true
		return 0
	}
	d.b = d.b[n:]
	return v
}

func (d *decoder) varint() int64 {
	v, n := binary.Varint(d.b)
	if n <= 0 {
		d.bad = true
		return 0
	}
	d.b = d.b[n:]
	return v
}

func (d *decoder) take(n uint64) []byte {
	if uint64(len(d.b)) < n {
		d.bad = true
		return make([]byte, 0)
	}
	b := d.b[:n]
	d.b = d.b[n:]
	return b
}

// decodeWeights reads a model file.
func decodeWeights(b []byte) (*weights, error) {
	if len(b) < len(magic) || string(b[:len(magic)]) != magic {
		return nil, fmt.Errorf("mention: not a model of this version; train it again with sila train mention")
	}
	d := decoder{b: b[len(magic):]}
	w := &weights{note: string(d.take(d.uvarint()))}
	if n := d.take(1); len(n) != 1 || int(n[0]) != numLabels {
		return nil, fmt.Errorf("mention: the model has other labels than this program; train it again with sila train mention")
	}
	for i := range numLabels {
		w.start[i] = int32(d.varint())
		for j := range numLabels {
			w.trans[i][j] = int32(d.varint())
		}
	}
	n := d.uvarint()
	if n > uint64(len(d.b)) {
		d.bad = true
	}
	last := uint64(0)
	for i := uint64(0); i < n && !d.bad; i++ {
		last += d.uvarint()
		set := d.uvarint()
		var row [numLabels]int16
		for l := range row {
			if set>>l&1 != 0 {
				row[l] = int16(d.varint())
			}
		}
		w.keys, w.rows = append(w.keys, feature(last)), append(w.rows, row)
	}
	if d.bad {
		return nil, fmt.Errorf("mention: the model ends early or is damaged; train it again with sila train mention")
	}
	return w, nil
}
