package quads

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"

	"github.com/cayleygraph/quad"
)

// Bulk adds many quads in one atomic step, several times faster than transactions: quads are sorted and written as
// tables of the store's own format, and Commit takes these in at once. Quads that are there already are passed over.
//
// It holds the writer's lock from Store.Bulk to Commit or Abort: readers go on, other writers wait, so load an archive
// in steps of half a million quads, whole articles each (Quads says how many there are). Memory: Options.SortBytes,
// and some 40 bytes for each different value. A Bulk is for one goroutine.
type Bulk struct {
	s    *Store
	ctx  context.Context
	now  counts
	old  uint64 // ids below this were there before
	ids  map[[16]byte]uint64
	last [4]lastValue

	buf     sortBuffer
	quads   []ids
	chunk   int // quads that are sorted at once
	n       int64
	runs    [len(perms)][]string
	dict    dictSorter
	dictMax int
	values  *tableWriter // partID
	long    *tableWriter // partLong
	enc     []byte
	key     []byte
	err     error
	done    bool
}

type lastValue struct {
	v  quad.Value
	id uint64
}

// Bulk begins a bulk load, waiting for other writers as long as ctx allows. ctx also ends Add and Commit.
func (s *Store) Bulk(ctx context.Context) (*Bulk, error) {
	if err := s.lockWriter(ctx); err != nil {
		return nil, err
	}
	if err := s.fs.MkdirAll(s.tempDir(), 0o755); err != nil {
		s.unlockWriter()
		return nil, fmt.Errorf("quads: beginning a bulk load: %w", err)
	}
	const perQuad = 5 * 32 // four ids; two buffers to sort in, three copies at most while tables are written
	return &Bulk{
		s: s, ctx: ctx, now: s.now, old: s.now.next,
		ids:     make(map[[16]byte]uint64),
		chunk:   max(1000, int(s.opts.SortBytes*3/5/perQuad)),
		dictMax: int(s.opts.SortBytes * 2 / 5),
		values:  s.newTables("values"),
		long:    s.newTables("long"),
	}, nil
}

// Quads is the number of quads added so far, duplicates included.
func (b *Bulk) Quads() int64 { return b.n }

// Add adds quads. After an error only Abort is left.
func (b *Bulk) Add(quads ...quad.Quad) error {
	if b.err != nil {
		return b.err
	}
	for i := range quads {
		if b.err = b.add(&quads[i]); b.err != nil {
			return b.err
		}
	}
	b.err = b.ctx.Err()
	return b.err
}

func (b *Bulk) add(q *quad.Quad) error {
	if b.done {
		return errors.New("quads: the bulk load is over")
	}
	if q.Subject == nil || q.Predicate == nil || q.Object == nil {
		return fmt.Errorf("%w: %v", ErrInvalidQuad, *q)
	}
	var k ids
	for pos, v := range [4]quad.Value{q.Subject, q.Predicate, q.Object, q.Label} {
		if v == nil {
			continue
		}
		l := &b.last[pos]
		if l.v != v {
			id, err := b.id(v)
			if err != nil {
				return err
			}
			l.v, l.id = v, id
		}
		k[pos] = l.id
	}
	b.quads = append(b.quads, k)
	b.n++
	if len(b.quads) < b.chunk {
		return nil
	}
	return b.spill()
}

// id finds or gives out the id of a value.
func (b *Bulk) id(v quad.Value) (id uint64, err error) {
	if b.enc, err = appendValue(b.enc[:0], v); err != nil {
		return 0, err
	}
	var h [16]byte
	sum := sha256.Sum256(b.enc)
	copy(h[:], sum[:])
	if id, ok := b.ids[h]; ok {
		return id, nil
	}
	if len(b.enc) <= maxInline {
		b.key = append(append(b.key[:0], partValue), b.enc...)
	} else {
		b.key = append(append(b.key[:0], partHash), h[:]...)
	}
	if b.old > 1 {
		if id, err = idOfEncoded(b.s.db, b.key); err != nil {
			return 0, err
		}
	}
	if id == 0 {
		id = b.now.next
		if id >= maxID {
			return 0, errors.New("quads: no ids left")
		}
		b.now.next++
		b.now.nodes++
		if err := b.record(id); err != nil {
			return 0, err
		}
	}
	b.ids[h] = id
	return id, nil
}

// record writes the dictionary's records of a new value, which b.enc and b.key hold.
func (b *Bulk) record(id uint64) error {
	b.dict.add(b.key, id)
	rec, apart := appendIDRecord(b.key[:0], b.enc)
	b.key = rec
	var kbuf [16]byte
	if err := b.values.set(idKey(kbuf[:0], partID, id), rec); err != nil {
		return err
	}
	if apart {
		if err := b.long.set(idKey(kbuf[:0], partLong, id), b.enc); err != nil {
			return err
		}
	}
	if b.dict.bytes() < b.dictMax {
		return nil
	}
	return b.spillDict()
}

func (b *Bulk) spillDict() error {
	b.dict.sort()
	w, path, err := newRun(b.s.fs, b.s.tempDir(), fmt.Sprintf("dict-%d.run", len(b.dict.runs)))
	if err != nil {
		return err
	}
	b.dict.runs = append(b.dict.runs, path)
	for _, r := range b.dict.recs {
		if err := w.add(b.dict.key(r), r.id); err != nil {
			return errors.Join(err, w.close())
		}
	}
	b.dict.clear()
	return w.close()
}

// spill sorts the quads in memory and writes each permutation as a run.
func (b *Bulk) spill() error {
	err := b.buf.eachPerm(b.quads, func(p int, sorted []ids) error {
		w, path, err := newRun(b.s.fs, b.s.tempDir(), fmt.Sprintf("%s-%d.run", perms[p].name, len(b.runs[p])))
		if err != nil {
			return err
		}
		b.runs[p] = append(b.runs[p], path)
		var key []byte
		for i := range sorted {
			key = perms[p].appendKey(key[:0], &sorted[i])
			if err := w.add(key, 0); err != nil {
				return errors.Join(err, w.close())
			}
		}
		return w.close()
	})
	b.quads = b.buf.a[:0]
	return err
}

// Abort gives the load up: the store is as it was.
func (b *Bulk) Abort() {
	if b.done {
		return
	}
	b.done = true
	b.values.abandon()
	b.long.abandon()
	_ = b.s.fs.RemoveAll(b.s.tempDir())
	b.s.unlockWriter()
}

// Commit takes all that was added into the store, in one atomic step that survives a crash, and ends the load. After
// an error nothing of it is in the store (but see ErrFailed).
func (b *Bulk) Commit() error {
	if b.done {
		return errors.New("quads: the bulk load is over")
	}
	defer b.Abort() // frees what is left, whatever happened
	if b.err != nil {
		return b.err
	}
	if b.n == 0 {
		return nil
	}
	paths, preds, err := b.tables()
	if err != nil {
		return err
	}
	meta, err := b.meta(preds)
	if err != nil {
		return err
	}
	if err := b.ctx.Err(); err != nil {
		return err
	}
	s := b.s
	// From here on the context no longer counts: Pebble would be left half way.
	if err := s.write(func() error {
		return s.db.Ingest(context.WithoutCancel(b.ctx), append(paths, meta...))
	}); err != nil {
		return fmt.Errorf("quads: taking in a bulk load: %w", err)
	}
	s.now = b.now
	clear(s.byPred)
	return nil
}
