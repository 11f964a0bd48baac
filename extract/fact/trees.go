package fact

import (
	"encoding/binary"
	"fmt"
)

// tree is a binary tree of numbers: an inner node compares one of a candidate's
// numbers, a leaf holds a score. Inner nodes are numbered from 0; a child that
// is negative is leaf ^child.
type tree struct {
	nodes []treeNode
	leaf  []int32 // scores, see unit
}

type treeNode struct {
	feature     uint8
	at          int16 // to the left when not greater
	left, right int16
}

// trees add up their scores.
type trees []tree

func (ts trees) score(d *dense) int32 {
	var sum int32
	for i := range ts {
		t := &ts[i]
		if len(t.nodes) == 0 {
			continue
		}
		n := int16(0)
		for n >= 0 {
			k := &t.nodes[n]
			if d[k.feature] <= k.at {
				n = k.left
			} else {
				n = k.right
			}
		}
		sum += t.leaf[^n]
	}
	return sum
}

// minLinear is the linear score from which the trees look at a candidate.
const minLinear = -4 * unit

// marshal appends the trees: their number; of each the number of inner nodes,
// these, and one leaf more than these, all as varints.
func (ts trees) marshal(out []byte) []byte {
	out = binary.AppendUvarint(out, uint64(len(ts)))
	for i := range ts {
		t := &ts[i]
		out = binary.AppendUvarint(out, uint64(len(t.nodes)))
		for _, n := range t.nodes {
			for _, v := range [...]int16{int16(n.feature), n.at, n.left, n.right} {
				out = binary.AppendVarint(out, int64(v))
			}
		}
		for _, v := range t.leaf {
			out = binary.AppendVarint(out, int64(v))
		}
	}
	return out
}

// unmarshalTrees reads what marshal wrote, and checks that every path ends.
func unmarshalTrees(b []byte) (trees, error) {
	bad := fmt.Errorf("fact model: its trees are damaged")
	count, n := binary.Uvarint(b)
	if n <= 0 || count > uint64(len(b)) {
		return nil, bad
	}
	b = b[n:]
	ts := make(trees, count)
	for i := range ts {
		nodes, n := binary.Uvarint(b)
		if n <= 0 || nodes > 1<<12 {
			return nil, bad
		}
		b = b[n:]
		t := tree{nodes: make([]treeNode, nodes), leaf: make([]int32, nodes+1)}
		number := func(lo, hi int64) int64 {
			v, n := binary.Varint(b)
			if n <= 0 || v < lo || v > hi {
				b = nil
				return 0
			}
			b = b[n:]
			return v
		}
		for k := range t.nodes {
			child := func() int16 {
				v := number(-int64(len(t.leaf)), int64(len(t.nodes)-1))
				if v >= 0 && v <= int64(k) {
					b = nil // children follow their parents, so that every path ends
				}
				return int16(v)
			}
			t.nodes[k] = treeNode{uint8(number(0, numDense-1)), int16(number(-1<<15, 1<<15-1)), child(), child()}
		}
		for k := range t.leaf {
			t.leaf[k] = int32(number(-1<<31, 1<<31-1))
		}
		if b == nil {
			return nil, bad
		}
		ts[i] = t
	}
	return ts, nil
}
