// Package kvpebble puts hidalgo's flat key-value interface, which Cayley's
// generic store stands on, over a Pebble database: a reading transaction is a
// snapshot, a writing one an indexed batch that is committed with a sync.
//
// Two things go beyond the interface. [DB.Attach] hands a key and a value to
// the next commit, so that a note about a change is written with the change
// itself. And ids of IRIs are never dropped, see [tx.Del].
package kvpebble

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"sync"

	"github.com/cayleygraph/cayley/graph/proto"
	"github.com/cayleygraph/quad"
	"github.com/cayleygraph/quad/pquads"
	"github.com/cockroachdb/pebble/v2"
	"github.com/hidal-go/hidalgo/kv/flat"
)

// DB is a flat key-value store over Pebble.
type DB struct {
	db *pebble.DB

	mu       sync.Mutex
	attached []attachment
}

type attachment struct{ key, val []byte }

// New wraps an open database; [DB.Close] closes it.
func New(db *pebble.DB) *DB { return &DB{db: db} }

// Close closes the database.
func (db *DB) Close() error { return db.db.Close() }

// Pebble returns the database underneath.
func (db *DB) Pebble() *pebble.DB { return db.db }

// Attach writes key and value together with the next transaction that commits;
// a nil value deletes the key. Only one writer may be at work.
func (db *DB) Attach(key, val []byte) {
	db.mu.Lock()
	defer db.mu.Unlock()
	db.attached = append(db.attached, attachment{key, val})
}

// Tx begins a transaction.
func (db *DB) Tx(rw bool) (flat.Tx, error) {
	if rw {
		b := db.db.NewIndexedBatch()
		return &tx{db: db, batch: b, reader: b}, nil
	}
	s := db.db.NewSnapshot()
	return &tx{db: db, snap: s, reader: s}, nil
}

type tx struct {
	db     *DB
	snap   *pebble.Snapshot
	batch  *pebble.Batch
	reader pebble.Reader
}

// Commit writes a writing transaction to disk; a reading one just ends.
func (t *tx) Commit(ctx context.Context) error {
	if t.batch == nil {
		return t.Close()
	}
	t.db.mu.Lock()
	defer t.db.mu.Unlock()
	for _, a := range t.db.attached {
		var err error
		if a.val == nil {
			err = t.batch.Delete(a.key, nil)
		} else {
			err = t.batch.Set(a.key, a.val, nil)
		}
		if err != nil {
			return err
		}
	}
	if err := t.batch.Commit(pebble.Sync); err != nil {
		return fmt.Errorf("pebble: commit: %w", err)
	}
	t.db.attached = nil
	return t.Close()
}

// Close ends the transaction; what isn't committed is gone. Closing twice is fine.
func (t *tx) Close() (err error) {
	if t.batch != nil {
		err = t.batch.Close()
	}
	if t.snap != nil {
		err = t.snap.Close()
	}
	t.batch, t.snap, t.reader = nil, nil, nil
	return err
}

// Get returns a copy of the value of a key.
func (t *tx) Get(ctx context.Context, key flat.Key) (flat.Value, error) {
	val, closer, err := t.reader.Get(key)
	if errors.Is(err, pebble.ErrNotFound) {
		return nil, flat.ErrNotFound
	} else if err != nil {
		return nil, err
	}
	out := append(make(flat.Value, 0, len(val)), val...)
	return out, closer.Close()
}

// GetBatch returns the values of several keys, nil where there is none.
func (t *tx) GetBatch(ctx context.Context, keys []flat.Key) ([]flat.Value, error) {
	return flat.GetBatch(ctx, t, keys)
}

// Put sets a key.
func (t *tx) Put(k flat.Key, v flat.Value) error {
	if t.batch == nil {
		return flat.ErrReadOnly
	}
	return t.batch.Set(k, v, nil)
}

// Del removes a key, but keeps what ties an IRI to its id.
//
// Cayley drops the id of a node together with its last quad and gives a new
// one when the node comes back. A reader whose snapshot is older can put the
// dropped id into Cayley's shared cache in between, and from then on new quads
// are written with an id that names nothing. So an IRI keeps its id for good.
// Literals, a removed article's text above all, do go.
func (t *tx) Del(k flat.Key) error {
	if t.batch == nil {
		return flat.ErrReadOnly
	}
	if keep, err := t.isIRI(k); keep || err != nil {
		return err
	}
	return t.batch.Delete(k, nil)
}

var (
	valuePrefix = []byte("v") // "v" and two bytes of the hash, "/", hash → id
	logPrefix   = []byte("log/")
)

// isIRI says whether k is the key of an IRI's id or of the IRI itself.
func (t *tx) isIRI(k flat.Key) (bool, error) {
	ctx := context.Background()
	node := k
	switch {
	case bytes.HasPrefix(k, logPrefix):
	case bytes.HasPrefix(k, valuePrefix):
		id, err := t.Get(ctx, k)
		if err != nil {
			return false, ignoreMissing(err)
		}
		n, _ := binary.Uvarint(id)
		node = logKey(n)
	default:
		return false, nil
	}
	buf, err := t.Get(ctx, node)
	if err != nil {
		return false, ignoreMissing(err)
	}
	var p proto.Primitive
	if err := p.Unmarshal(buf); err != nil || !p.IsNode() {
		return false, err
	}
	v, err := pquads.UnmarshalValue(p.Value)
	_, iri := v.(quad.IRI)
	return iri, err
}

func ignoreMissing(err error) error {
	if errors.Is(err, flat.ErrNotFound) {
		return nil
	}
	return err
}

// logKey is the key of a node in Cayley's log, escaped as hidalgo does it.
func logKey(id uint64) flat.Key {
	k := append(make(flat.Key, 0, 20), logPrefix...)
	var b [8]byte
	binary.BigEndian.PutUint64(b[:], id)
	for _, c := range b {
		if c == '/' || c == '\\' {
			k = append(k, '\\')
		}
		k = append(k, c)
	}
	return k
}

// Scan iterates over the keys with a prefix.
func (t *tx) Scan(prefix flat.Key) flat.Iterator {
	it, err := t.reader.NewIter(&pebble.IterOptions{LowerBound: prefix, UpperBound: after(prefix)})
	return &iterator{it: it, err: err}
}

// after returns the first key beyond all keys with that prefix, nil for none.
func after(prefix []byte) []byte {
	end := bytes.Clone(prefix)
	for i := len(end) - 1; i >= 0; i-- {
		if end[i]++; end[i] != 0 {
			return end[:i+1]
		}
	}
	return nil
}

type iterator struct {
	it      *pebble.Iterator
	started bool
	err     error
}

func (it *iterator) Next(ctx context.Context) bool {
	if it.err != nil || it.it == nil {
		return false
	}
	if err := ctx.Err(); err != nil {
		it.err = err
		return false
	}
	if !it.started {
		it.started = true
		return it.it.First()
	}
	return it.it.Next()
}

func (it *iterator) Key() flat.Key   { return it.it.Key() }
func (it *iterator) Val() flat.Value { return it.it.Value() }

func (it *iterator) Err() error {
	if it.err != nil || it.it == nil {
		return it.err
	}
	return it.it.Error()
}

func (it *iterator) Close() error {
	if it.it == nil {
		return it.err
	}
	err := it.it.Close()
	it.it = nil
	return err
}
