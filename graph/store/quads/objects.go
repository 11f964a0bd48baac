package quads

import (
	"context"

	"github.com/cayleygraph/quad"
)

// ObjectCount is an object of some predicate, the number of quads that have both, and the subject of one of them.
type ObjectCount struct {
	Object  quad.Value
	Quads   int64
	Subject quad.Value
}

// Objects counts the quads of a predicate by object, those without label alone if unlabelled is set. It reads keys
// only, some ten million a second, and of values those that it returns.
func (s *Snapshot) Objects(ctx context.Context, predicate quad.Value, unlabelled bool) ([]ObjectCount, error) {
	var q ids
	var err error
	if q[posP], err = s.idOf(predicate); err != nil || q[posP] == 0 {
		return nil, err
	}
	m := mask(1 << posP)
	if unlabelled {
		m |= 1 << posL // and the label's id is 0
	}
	c := s.cursor()
	defer c.release()
	c.reset(permForNext(m, posO), &q, m.count())
	var out []ObjectCount
	last := uint64(0)
	for n, k := 0, c.next(); k != nil; n, k = n+1, c.next() {
		if n%4096 == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		if k[posO] == last {
			out[len(out)-1].Quads++
			continue
		}
		last = k[posO]
		o := ObjectCount{Quads: 1}
		subject := k[posS]
		if o.Object, err = s.valueOf(last); err != nil {
			return nil, err
		}
		if o.Subject, err = s.valueOf(subject); err != nil {
			return nil, err
		}
		out = append(out, o)
	}
	return out, c.err
}
