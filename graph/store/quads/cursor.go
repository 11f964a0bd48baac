package quads

import (
	"errors"
	"fmt"
	"sync"

	"github.com/cockroachdb/pebble/v2"
)

// errClosed is what reading from a closed store or snapshot gives.
var errClosed = errors.New("quads: the store or snapshot is closed")

// readAhead is the most quads that a cursor decodes at once. It begins with a few, since most scans are short.
const readAhead = 64

// cursor scans the quads of one permutation that share a prefix. It is reused from prefix to prefix and, through the
// reader's pool, from query to query. Its own methods are for one goroutine, but the reader may be closed meanwhile.
type cursor struct {
	r     *reader
	epoch uint64

	mu     sync.Mutex // guards it against the reader's Close
	it     *pebble.Iterator
	closed bool

	p       *perm
	n       int    // ids bound by the prefix
	prefix  []byte // what every key begins with
	limit   []byte // the first key after those
	key     []byte // scratch
	started bool
	done    bool
	err     error

	buf   [readAhead]ids
	i, m  int // buf[i:m] is still to be handed out
	ahead int
}

// reset points the cursor at the quads of permutation p whose first n directions (in p's order) equal those of q.
func (c *cursor) reset(p *perm, q *ids, n int) {
	c.p, c.n = p, n
	c.prefix = p.appendPrefix(c.prefix[:0], q, n)
	c.limit = appendAfter(c.limit[:0], c.prefix)
	c.started, c.done = false, false
	c.i, c.m, c.ahead = 0, 0, 4
}

// next returns the next quad, or nil at the end or after an error, see c.err. The quad is valid until the next call.
func (c *cursor) next() *ids {
	if c.i == c.m && !c.fill(nil) {
		return nil
	}
	q := &c.buf[c.i]
	c.i++
	return q
}

// seek returns the first quad at or after q in the permutation's order, and stays within the prefix.
func (c *cursor) seek(q *ids) *ids {
	c.key = c.p.appendKey(c.key[:0], q)
	for ; c.i < c.m; c.i++ {
		if b := &c.buf[c.i]; !c.less(b, q) {
			c.i++
			return b
		}
	}
	if c.done {
		return nil
	}
	c.ahead = 4
	if !c.fill(c.key) {
		return nil
	}
	c.i++
	return &c.buf[c.i-1]
}

// less compares two quads in the permutation's order.
func (c *cursor) less(a, b *ids) bool {
	for _, pos := range c.p.order {
		if a[pos] != b[pos] {
			return a[pos] < b[pos]
		}
	}
	return false
}

// fill decodes some more quads, from key on if given, else from where the last call stopped.
func (c *cursor) fill(key []byte) bool {
	c.i, c.m = 0, 0
	if c.done || c.err != nil {
		return false
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.closed {
		c.fail(errClosed)
		return false
	}
	var state pebble.IterValidityState
	switch {
	case key != nil:
		state = c.it.SeekGEWithLimit(key, c.limit)
	case !c.started:
		state = c.it.SeekGEWithLimit(c.prefix, c.limit)
	default:
		state = c.it.NextWithLimit(c.limit)
	}
	c.started = true
	for {
		if state != pebble.IterValid {
			c.end()
			break
		}
		k := c.it.Key()
		// A limit is best effort: the iterator may stop beyond it.
		if len(k) < len(c.prefix) || string(k[:len(c.prefix)]) != string(c.prefix) {
			c.end()
			break
		}
		if !c.p.parse(k, &c.buf[c.m]) {
			c.fail(fmt.Errorf("quads: damaged key %x in %s", k, c.p.name))
			break
		}
		if c.m++; c.m == c.ahead {
			break
		}
		state = c.it.NextWithLimit(c.limit)
	}
	c.ahead = min(c.ahead*2, readAhead)
	return c.m > 0
}

// end notes that the prefix is exhausted, or that reading failed.
func (c *cursor) end() {
	c.done = true
	if err := c.it.Error(); err != nil {
		c.fail(fmt.Errorf("quads: reading %s: %w", c.p.name, err))
	}
}

func (c *cursor) fail(err error) {
	c.done = true
	if c.err == nil {
		c.err = err
	}
}

// count counts the quads of the prefix, but stops at most (a negative most means no end).
func (c *cursor) count(most int64) int64 {
	n := int64(0)
	const chunk = 1024 // keys between two looks at whether the reader was closed
	for !c.done && c.err == nil && (most < 0 || n < most) {
		n += c.countChunk(chunk, most-n)
	}
	return n
}

func (c *cursor) countChunk(chunk, most int64) (n int64) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.closed {
		c.fail(errClosed)
		return 0
	}
	state := pebble.IterValid
	if !c.started {
		c.started = true
		state = c.it.SeekGEWithLimit(c.prefix, c.limit)
	} else {
		state = c.it.NextWithLimit(c.limit)
	}
	for {
		if state != pebble.IterValid {
			c.end()
			return n
		}
		k := c.it.Key()
		if len(k) < len(c.prefix) || string(k[:len(c.prefix)]) != string(c.prefix) {
			c.end()
			return n
		}
		if n++; n == chunk || n == most {
			return n
		}
		state = c.it.NextWithLimit(c.limit)
	}
}

// shut closes the underlying iterator for good.
func (c *cursor) shut() {
	c.mu.Lock()
	defer c.mu.Unlock()
	if !c.closed {
		c.closed = true
		_ = c.it.Close()
	}
}

// release gives the cursor back to its reader's pool.
func (c *cursor) release() { c.r.putCursor(c) }
