package quads

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"

	"github.com/cayleygraph/quad"
	"github.com/cockroachdb/pebble/v2"
)

// reader answers everything that only reads: over the live database for a Store, over one Pebble snapshot for a
// Snapshot. It may be used by several goroutines, also while it is being closed.
type reader struct {
	cache *valueCache
	db    *pebble.DB
	epoch *atomic.Uint64 // grows with each commit; nil over a snapshot, where nothing changes

	mu     sync.RWMutex // held for writing only to close
	src    pebble.Reader
	closed bool

	cmu  sync.Mutex
	free []*cursor
	all  map[*cursor]struct{}

	keepAtOnce bool // for tests: joins keep rows in memory from the first on, see exec.findIn

	lastErr atomic.Pointer[error] // for methods of Cayley's interfaces that can't return one
}

func newReader(db *pebble.DB, src pebble.Reader, cache *valueCache, epoch *atomic.Uint64) *reader {
	return &reader{db: db, src: src, cache: cache, epoch: epoch, all: make(map[*cursor]struct{})}
}

// close ends every cursor; whoever still reads gets errClosed.
func (r *reader) close() {
	r.mu.Lock()
	r.closed = true
	r.mu.Unlock()
	r.cmu.Lock()
	defer r.cmu.Unlock()
	for c := range r.all {
		c.shut()
	}
	r.free, r.all = nil, nil
}

// get calls f with the value of a key; found is false when there is none. f must not keep the bytes.
func (r *reader) get(key []byte, f func([]byte) error) (found bool, err error) {
	r.mu.RLock()
	defer r.mu.RUnlock()
	if r.closed {
		return false, errClosed
	}
	return get(r.src, key, f)
}

func get(src pebble.Reader, key []byte, f func([]byte) error) (found bool, err error) {
	v, closer, err := src.Get(key)
	if errors.Is(err, pebble.ErrNotFound) {
		return false, nil
	}
	if err != nil {
		return false, fmt.Errorf("quads: reading: %w", err)
	}
	if f != nil {
		err = f(v)
	}
	if cerr := closer.Close(); err == nil && cerr != nil {
		err = fmt.Errorf("quads: reading: %w", cerr)
	}
	return true, err
}

// cursor takes a cursor from the pool. When the reader is closed the cursor is at its end with that error.
func (r *reader) cursor() *cursor {
	var epoch uint64
	if r.epoch != nil {
		epoch = r.epoch.Load()
	}
	r.cmu.Lock()
	for len(r.free) > 0 {
		c := r.free[len(r.free)-1]
		r.free = r.free[:len(r.free)-1]
		if c.epoch == epoch {
			r.cmu.Unlock()
			return c
		}
		delete(r.all, c)
		c.shut() // it would still show the store as it was before a commit
	}
	r.cmu.Unlock()

	c := &cursor{r: r, epoch: epoch}
	r.mu.RLock()
	defer r.mu.RUnlock()
	if !r.closed {
		c.it, c.err = r.src.NewIter(nil)
	} else {
		c.err = errClosed
	}
	if c.err != nil {
		c.closed = true
		return c
	}
	r.cmu.Lock()
	r.all[c] = struct{}{}
	r.cmu.Unlock()
	return c
}

func (r *reader) putCursor(c *cursor) {
	r.cmu.Lock()
	defer r.cmu.Unlock()
	if r.all == nil {
		return
	}
	if c.err != nil || len(r.free) >= 64 || r.epoch != nil && c.epoch != r.epoch.Load() {
		delete(r.all, c)
		c.shut()
		return
	}
	r.free = append(r.free, c)
}

// dropFree ends the cursors that nobody uses, which would keep tables of before a commit on the disk.
func (r *reader) dropFree() {
	r.cmu.Lock()
	defer r.cmu.Unlock()
	for _, c := range r.free {
		delete(r.all, c)
		c.shut()
	}
	r.free = nil
}

// scan takes a cursor over the quads whose directions in m equal those of q. The caller releases it.
func (r *reader) scan(m mask, q *ids) *cursor {
	c := r.cursor()
	c.reset(permFor(m), q, m.count())
	return c
}

// idOf finds the id of a value; 0 when no quad has it.
func (r *reader) idOf(v quad.Value) (uint64, error) {
	var buf [maxInline + 64]byte
	enc, err := appendValue(buf[:0], v)
	if err != nil {
		return 0, err
	}
	var kbuf [maxInline + 64]byte
	r.mu.RLock()
	defer r.mu.RUnlock()
	if r.closed {
		return 0, errClosed
	}
	return idOfEncoded(r.src, appendDictKey(kbuf[:0], enc))
}

// errDamaged is wrapped by the errors for records that can't be read.
var errDamaged = errors.New("quads: damaged record")

func idOfEncoded(src pebble.Reader, key []byte) (id uint64, err error) {
	_, err = get(src, key, func(b []byte) error {
		var ok bool
		if id, b, ok = cutID(b); !ok || len(b) != 0 {
			return fmt.Errorf("%w of a value's id: %x", errDamaged, b)
		}
		return nil
	})
	return id, err
}

// encodedOf calls f with the encoded value of an id; found is false for an id that is not in use.
func (r *reader) encodedOf(id uint64, f func(enc []byte) error) (found bool, err error) {
	var buf [16]byte
	apart := false
	found, err = r.get(idKey(buf[:0], partID, id), func(b []byte) error {
		if len(b) > 0 && b[0] == inlineMarker {
			apart = true
			return nil
		}
		return f(b)
	})
	if !found || err != nil || !apart {
		return found, err
	}
	found, err = r.get(idKey(buf[:0], partLong, id), f)
	if err == nil && !found {
		err = fmt.Errorf("quads: the value of id %d is missing", id)
	}
	return found, err
}

// valueOf decodes the value of an id, nil for an id that is not in use.
func (r *reader) valueOf(id uint64) (v quad.Value, err error) {
	if v := r.cache.get(id); v != nil {
		return v, nil
	}
	size := 0
	_, err = r.encodedOf(id, func(enc []byte) (err error) {
		size = len(enc)
		v, err = parseValue(enc)
		return err
	})
	if err != nil {
		return nil, err
	}
	if v != nil && size <= maxInline {
		r.cache.put(id, v)
	}
	return v, nil
}

// eachID calls f with every id in use in ascending order until it returns false.
func (r *reader) eachID(ctx context.Context, f func(id uint64) bool) error {
	lower, upper := []byte{partID}, []byte{partID + 1}
	next := lower
	var batch []uint64
	for n := 16; ; n = min(n*4, 1024) {
		batch = batch[:0]
		err := func() error {
			r.mu.RLock()
			defer r.mu.RUnlock()
			if r.closed {
				return errClosed
			}
			it, err := r.src.NewIter(&pebble.IterOptions{LowerBound: next, UpperBound: upper})
			if err != nil {
				return err
			}
			for it.First(); it.Valid() && len(batch) < n; it.Next() {
				id, _, ok := cutID(it.Key()[1:])
				if !ok {
					_ = it.Close()
					return fmt.Errorf("quads: damaged key %x", it.Key())
				}
				batch = append(batch, id)
			}
			return it.Close() // reports reading errors too
		}()
		if err != nil {
			return err
		}
		for _, id := range batch {
			if !f(id) {
				return nil
			}
		}
		if len(batch) < n {
			return nil
		}
		if err := ctx.Err(); err != nil {
			return err
		}
		next = append(idKey(nil, partID, batch[len(batch)-1]), 0)
	}
}

// counts are the exact totals that every commit brings along.
type counts struct {
	next     uint64 // the next id to give out
	nodes    uint64 // ids in use
	quads    uint64
	labelled uint64 // quads with a label
}

var (
	metaFormat = []byte{partMeta, 'f', 'o', 'r', 'm', 'a', 't'}
	metaCounts = []byte{partMeta, 'c', 'o', 'u', 'n', 't', 's'}
)

func (c *counts) append(b []byte) []byte {
	for _, n := range []uint64{c.next, c.nodes, c.quads, c.labelled} {
		b = binary.BigEndian.AppendUint64(b, n)
	}
	return b
}

func (c *counts) parse(b []byte) error {
	if len(b) != 32 {
		return fmt.Errorf("quads: damaged record of the counts: %x", b)
	}
	for i, p := range []*uint64{&c.next, &c.nodes, &c.quads, &c.labelled} {
		*p = binary.BigEndian.Uint64(b[8*i:])
	}
	return nil
}

func (r *reader) counts() (c counts, err error) {
	found, err := r.get(metaCounts, c.parse)
	if err == nil && !found {
		err = errors.New("quads: the record of the counts is missing")
	}
	return c, err
}

// predicateCount is the exact number of quads with this predicate.
func (r *reader) predicateCount(id uint64) (n uint64, err error) {
	var buf [16]byte
	_, err = r.get(idKey(buf[:0], partPredicate, id), func(b []byte) error {
		n, err = parseCount(b)
		return err
	})
	return n, err
}

func parseCount(b []byte) (uint64, error) {
	if len(b) != 8 {
		return 0, fmt.Errorf("quads: damaged record of a count: %x", b)
	}
	return binary.BigEndian.Uint64(b), nil
}

// countQuads counts the quads whose directions in m equal those of q, exactly as long as they are at most most;
// beyond it says "more" by exact = false and estimates from the size on disk.
func (r *reader) countQuads(m mask, q *ids, most int64) (n int64, exact bool, err error) {
	switch m {
	case 0:
		c, err := r.counts()
		return int64(c.quads), true, err
	case 1 << posP:
		n, err := r.predicateCount(q[posP])
		return int64(n), true, err
	}
	c := r.scan(m, q)
	defer c.release()
	n = c.count(most + 1)
	if c.err != nil || n <= most {
		return n, c.err == nil, c.err
	}
	const bytesPerKey = 8 // compressed, roughly
	r.mu.RLock()
	defer r.mu.RUnlock()
	if r.closed {
		return n, false, errClosed
	}
	if size, err := r.db.EstimateDiskUsage(c.prefix, c.limit); err == nil {
		n = max(n, int64(size/bytesPerKey))
	}
	return n, false, nil
}

// note remembers an error that a method of Cayley's interfaces had no way to return.
func (r *reader) note(err error) {
	if err != nil {
		r.lastErr.Store(&err)
	}
}

// Err is the last error of a method that can't return one (ValueOf, NameOf, Quad, QuadDirection), or nil.
func (r *reader) Err() error {
	if p := r.lastErr.Load(); p != nil {
		return *p
	}
	return nil
}
