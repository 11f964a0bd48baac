package quads

import (
	"encoding/binary"
	"fmt"
	"math/bits"

	"github.com/cayleygraph/quad"
)

// The first byte of every key says which part of the store it belongs to.
const (
	partMeta      = 0x01 // names of the store's own records, see metaFormat and metaCounts
	partValue     = 0x02 // encoded value (at most maxInline bytes) → id
	partHash      = 0x03 // 128-bit hash of a longer encoded value → id
	partID        = 0x04 // id → encoded value, or inlineMarker and the length of a longer one
	partLong      = 0x05 // id → encoded value longer than maxInline
	partPredicate = 0x06 // id of a predicate → number of quads that have it
	partPerm      = 0x10 // first of the six permutations, see perms
)

// maxID is the largest id that a key can hold; there are enough for 292 years at a billion a second.
const maxID = 1<<63 - 1

// appendID appends an id in 1 to 9 bytes so that byte order is numeric order and no id is a prefix of another.
// The number of leading ones of the first byte is the number of bytes that follow:
// below 2^7 one byte, below 2^14 two, below 2^21 three, below 2^28 four.
func appendID(b []byte, id uint64) []byte {
	switch {
	case id < 1<<7:
		return append(b, byte(id))
	case id < 1<<14:
		return append(b, 0x80|byte(id>>8), byte(id))
	case id < 1<<21:
		return append(b, 0xc0|byte(id>>16), byte(id>>8), byte(id))
	case id < 1<<28:
		return append(b, 0xe0|byte(id>>24), byte(id>>16), byte(id>>8), byte(id))
	case id < 1<<35:
		return append(b, 0xf0|byte(id>>32), byte(id>>24), byte(id>>16), byte(id>>8), byte(id))
	case id < 1<<56:
		return binary.BigEndian.AppendUint64(b, 0xfe<<56|id)
	}
	return binary.BigEndian.AppendUint64(append(b, 0xff), id)
}

// cutID reads an id from the front of b and returns the rest; ok is false when b holds no id.
func cutID(b []byte) (id uint64, rest []byte, ok bool) {
	if len(b) == 0 {
		return 0, nil, false
	}
	first := b[0]
	if first < 0x80 {
		return uint64(first), b[1:], true
	}
	n := bits.LeadingZeros8(^first) // bytes that follow
	if len(b) < 1+n {
		return 0, nil, false
	}
	switch n {
	case 1:
		return uint64(first&0x3f)<<8 | uint64(b[1]), b[2:], true
	case 2:
		return uint64(first&0x1f)<<16 | uint64(b[1])<<8 | uint64(b[2]), b[3:], true
	case 3:
		return uint64(first&0x0f)<<24 | uint64(b[1])<<16 | uint64(b[2])<<8 | uint64(b[3]), b[4:], true
	case 4:
		return uint64(first&0x07)<<32 | uint64(binary.BigEndian.Uint32(b[1:])), b[5:], true
	case 7:
		return binary.BigEndian.Uint64(b) &^ (0xff << 56), b[8:], true
	case 8:
		return binary.BigEndian.Uint64(b[1:]), b[9:], true
	}
	return 0, nil, false // lengths that appendID never writes
}

// Positions of the four directions in an ids array.
const (
	posS = iota
	posP
	posO
	posL
)

// ids are the four ids of a quad, subject, predicate, object, label; a quad without label has 0 there.
type ids [4]uint64

// posOf is the position of a direction in ids.
func posOf(d quad.Direction) int {
	switch d {
	case quad.Subject:
		return posS
	case quad.Predicate:
		return posP
	case quad.Object:
		return posO
	case quad.Label:
		return posL
	}
	panic(fmt.Sprintf("quads: no such direction: %v", d))
}

// perm is one sorted permutation of all quads: its keys hold the four ids in this order.
type perm struct {
	part  byte
	name  string
	order [4]int // order[i] is the position in ids of a key's i-th id
}

// perms are the six permutations. For each subset of the four directions there is one that begins with exactly
// those, so that any bound combination is a prefix; permFor finds it. The order after the prefix decides what comes
// out sorted: the subjects of a predicate and object, the objects of a subject and predicate.
var perms = [6]perm{
	{partPerm + 0, "SPOL", [4]int{posS, posP, posO, posL}},
	{partPerm + 1, "POSL", [4]int{posP, posO, posS, posL}},
	{partPerm + 2, "OSPL", [4]int{posO, posS, posP, posL}},
	{partPerm + 3, "LSPO", [4]int{posL, posS, posP, posO}},
	{partPerm + 4, "PLOS", [4]int{posP, posL, posO, posS}},
	{partPerm + 5, "OLSP", [4]int{posO, posL, posS, posP}},
}

// mask is a set of directions: bit i stands for position i of ids.
type mask uint8

func (m mask) has(pos int) bool { return m&(1<<pos) != 0 }
func (m mask) count() int       { return bits.OnesCount8(uint8(m)) }

// permByMask[m] is the number of a permutation that begins with the directions of m.
var permByMask = func() (t [16]int8) {
	for m := range t {
		t[m] = -1
		for i := range perms {
			if perms[i].begins(mask(m)) {
				t[m] = int8(i)
				break
			}
		}
	}
	return t
}()

// begins says whether the permutation's first directions are exactly those of m.
func (p *perm) begins(m mask) bool {
	var got mask
	for _, pos := range p.order[:m.count()] {
		got |= 1 << pos
	}
	return got == m
}

// permFor is a permutation that begins with the directions of m.
func permFor(m mask) *perm { return &perms[permByMask[m]] }

// permForNext is a permutation that begins with the directions of m and has next after them, or nil: scanned with m
// bound, it yields next in ascending order.
func permForNext(m mask, next int) *perm {
	n := m.count()
	if n == 4 {
		return nil
	}
	for i := range perms {
		if p := &perms[i]; p.order[n] == next && p.begins(m) {
			return p
		}
	}
	return nil
}

// appendKey appends the permutation's key of a quad.
func (p *perm) appendKey(b []byte, q *ids) []byte { return p.appendPrefix(b, q, 4) }

// appendPrefix appends the first n ids of the permutation's key of a quad.
func (p *perm) appendPrefix(b []byte, q *ids, n int) []byte {
	b = append(b, p.part)
	for _, pos := range p.order[:n] {
		b = appendID(b, q[pos])
	}
	return b
}

// parse reads a key of this permutation.
func (p *perm) parse(key []byte, q *ids) bool {
	if len(key) < 5 || key[0] != p.part {
		return false
	}
	rest := key[1:]
	for _, pos := range p.order {
		var ok bool
		if q[pos], rest, ok = cutID(rest); !ok {
			return false
		}
	}
	return len(rest) == 0
}

// appendAfter appends the smallest key that is larger than every key with this prefix.
func appendAfter(b, prefix []byte) []byte {
	n := len(prefix)
	for n > 0 && prefix[n-1] == 0xff {
		n--
	}
	if n == 0 {
		panic("quads: no key follows this prefix")
	}
	b = append(b, prefix[:n]...)
	b[len(b)-1]++
	return b
}

// idKey is the key of an id in one of the parts that are keyed by id.
func idKey(b []byte, part byte, id uint64) []byte { return appendID(append(b, part), id) }
