package quads

import (
	"context"
	"iter"
	"runtime"
	"sync"

	"github.com/cayleygraph/cayley/graph"
)

// val is a result or a tag's value: a node by its id, or a foreign reference (a count, say) when ref is set.
type val struct {
	id  uint64
	ref graph.Ref
}

func (v val) asRef() graph.Ref {
	if v.ref != nil {
		return v.ref
	}
	if v.id == 0 {
		return nil
	}
	return node(v.id)
}

// toVal is the val of any reference.
func toVal(ref graph.Ref) val {
	if n, ok := ref.(node); ok {
		return val{id: uint64(n)}
	}
	return val{ref: ref}
}

// key is comparable, as graph.ToKey of the reference is.
func (v val) key() any {
	if v.ref != nil {
		return v.ref.Key()
	}
	return v.id
}

// bind is a tag's name and value.
type bind struct {
	tag string
	val val
}

// row is one result with its tags. path says that it is another way to the same result as the row before, which
// Cayley's NextPath serves instead of Next.
type row struct {
	val  val
	tags []bind // may be reused after the next row
	path bool
}

// pull turns a function that calls back with rows into Cayley's Scanner, running it as a coroutine.
type pull struct {
	*pullState
}

type pullState struct {
	mu      sync.Mutex
	run     func(ctx context.Context, yield func(row) bool) error
	next    func() (row, bool)
	stop    func()
	ctx     context.Context
	cur     row
	ahead   row
	peeked  bool
	started bool
	done    bool
	err     error
	bufs    [2][]bind // tags of the current row and of the one ahead, in turn
	turn    int
}

func newPull(r *reader, run func(ctx context.Context, yield func(row) bool) error) *pull {
	p := &pull{&pullState{run: run}}
	// Cayley doesn't close every iterator that it opens; an unreachable one must not keep its coroutine.
	runtime.AddCleanup(p, func(s *pullState) { s.close() }, p.pullState)
	return p
}

func (s *pullState) fetch() (row, bool) {
	if s.peeked {
		s.peeked = false
		return s.ahead, true
	}
	if s.done {
		return row{}, false
	}
	if !s.started {
		s.started = true
		s.next, s.stop = iter.Pull(func(yield func(row) bool) {
			if err := s.run(s.ctx, yield); err != nil {
				s.err = err
			}
		})
	}
	r, ok := s.next()
	if !ok {
		s.done = true
		return row{}, false
	}
	s.turn ^= 1
	s.bufs[s.turn] = append(s.bufs[s.turn][:0], r.tags...)
	r.tags = s.bufs[s.turn]
	return r, true
}

// Next implements graph.Scanner.
func (p *pull) Next(ctx context.Context) bool {
	s := p.pullState
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.ctx == nil {
		s.ctx = ctx
	}
	for {
		r, ok := s.fetch()
		if !ok {
			return false
		}
		if !r.path {
			s.cur = r
			return true
		}
	}
}

// NextPath implements graph.Scanner.
func (p *pull) NextPath(ctx context.Context) bool {
	s := p.pullState
	s.mu.Lock()
	defer s.mu.Unlock()
	r, ok := s.fetch()
	if !ok {
		return false
	}
	if !r.path {
		s.ahead, s.peeked = r, true
		return false
	}
	s.cur = r
	return true
}

// Result implements graph.Scanner.
func (p *pull) Result() graph.Ref { return p.cur.val.asRef() }

// TagResults implements graph.Scanner.
func (p *pull) TagResults(dst map[string]graph.Ref) {
	for _, b := range p.cur.tags {
		dst[b.tag] = b.val.asRef()
	}
}

func (p *pull) String() string { return "Rows" }

// Err implements graph.Scanner.
func (p *pull) Err() error {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.err
}

// Close implements graph.Scanner.
func (p *pull) Close() error {
	p.close()
	return nil
}

func (s *pullState) close() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.done, s.peeked = true, false
	if s.stop != nil {
		s.stop()
		s.stop = nil
	}
}
