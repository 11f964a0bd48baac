package store

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/cayley/graph/kv"
	"github.com/cayleygraph/quad"
	"github.com/cockroachdb/pebble/v2"
	"github.com/cockroachdb/pebble/v2/bloom"
	hkv "github.com/hidal-go/hidalgo/kv"
	"github.com/hidal-go/hidalgo/kv/flat"
	"github.com/sila-graph/sila/graph/store/kvpebble"
)

// kvIndexes are Cayley's two and one by label, which makes "all quads of one
// article" a short scan. The subject stands beside the label because quads of
// knowledge have none: under the label alone all of them would share one list,
// rewritten with every change.
var kvIndexes = []kv.QuadIndex{
	{Dirs: []quad.Direction{quad.Subject, quad.Predicate}},
	{Dirs: []quad.Direction{quad.Object, quad.Predicate, quad.Subject}},
	{Dirs: []quad.Direction{quad.Label, quad.Subject}},
}

// iterateKV scans the index that fits most of the parts. Cayley's own planner
// takes an index only when all of its directions are given, and else may walk
// the whole log.
func iterateKV(qs graph.QuadStore, have map[quad.Direction]graph.Ref) graph.Iterator {
	kqs, ok := qs.(*kv.QuadStore)
	if !ok {
		return nil
	}
	var best kv.QuadIndex
	var vals []uint64
	for _, ind := range kvIndexes {
		var v []uint64
		for _, d := range ind.Dirs {
			id, ok := have[d].(kv.Int64Value)
			if !ok {
				break
			}
			v = append(v, uint64(id))
		}
		if len(v) > len(vals) {
			best, vals = ind, v
		}
	}
	if len(vals) == 0 {
		return nil
	}
	return kv.NewQuadIterator(kqs, best, vals)
}

// journalKey holds the deletions of a change whose additions are committed.
var journalKey = []byte("sila/journal")

const (
	kvCache    = 128 << 20 // bytes of cached blocks
	kvMemTable = 32 << 20
)

// openKV opens Cayley's generic key-value store over Pebble.
func openKV(ctx context.Context, path string, opt Options) (*Store, error) {
	dir := filepath.Join(path, "kv")
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, err
	}
	cache := pebble.NewCache(kvCache)
	defer cache.Unref()
	opts := &pebble.Options{Cache: cache, MemTableSize: kvMemTable, Logger: quiet{}}
	for i := range opts.Levels {
		// most keys that Cayley asks for while it writes aren't there yet
		opts.Levels[i].FilterPolicy = bloom.FilterPolicy(10)
		opts.Levels[i].BlockSize = 16 << 10
	}
	pdb, err := pebble.Open(dir, opts)
	if err != nil {
		// Pebble names two kinds of lock: of another process, and of this one
		if errors.Is(err, syscall.EAGAIN) || errors.Is(err, syscall.EACCES) || strings.Contains(err.Error(), "lock held by current process") {
			return nil, lockedBy(path, err)
		}
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	db := kvpebble.New(pdb)
	s, err := startKV(ctx, path, opt, db)
	if err != nil {
		_ = db.Close()
		return nil, err
	}
	return s, nil
}

func startKV(ctx context.Context, path string, opt Options, db *kvpebble.DB) (*Store, error) {
	if err := os.WriteFile(filepath.Join(path, holderFile), holder(opt.Holder), 0o644); err != nil {
		return nil, err
	}
	h := flat.Upgrade(db)
	if name, err := writtenBy(path); err != nil {
		return nil, err
	} else if name == "" {
		if err := createKV(ctx, path, h); err != nil {
			return nil, fmt.Errorf("%s: making the store: %w", path, err)
		}
	}
	qs, err := kv.New(h, graph.Options{kv.OptNoBloom: true})
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	j := &journaled{db: db, qs: qs}
	if err := j.finish(); err != nil {
		return nil, fmt.Errorf("%s: finishing an interrupted change: %w", path, err)
	}
	return &Store{
		qs:      qs,
		journal: j,
		apply:   j.apply,
		checkpoint: func(dir string) error {
			return db.Pebble().Checkpoint(filepath.Join(dir, "kv"), pebble.WithFlushedWAL())
		},
		close: func() error {
			_ = os.Remove(filepath.Join(path, holderFile))
			return qs.Close()
		},
	}, nil
}

// createKV initialises Cayley's layout with our indexes. They are written over
// the ones that Init writes: setting kv.DefaultQuadIndexes would be a race
// between two stores that open at a time.
func createKV(ctx context.Context, path string, h hkv.KV) error {
	if err := kv.Init(h, nil); err != nil && !errors.Is(err, graph.ErrDatabaseExists) {
		return err
	}
	idx, err := json.Marshal(kvIndexes)
	if err != nil {
		return err
	}
	if err := hkv.Update(ctx, h, func(tx hkv.Tx) error { return tx.Put(hkv.SKey("meta", "indexes"), idx) }); err != nil {
		return err
	}
	b, err := byName("kv")
	if err != nil {
		return err
	}
	return writeFormat(path, b)
}

// journaled applies a change in two transactions, first all additions, then
// all deletions, since Cayley's layer loses a node whose last quad goes while a
// new one comes. The additions carry a journal of the deletions, so that a
// crash in between is repaired when the store is next opened.
type journaled struct {
	db *kvpebble.DB
	qs graph.QuadStore
}

func (j *journaled) apply(ctx context.Context, add, del []quad.Quad) error {
	if len(add) > 0 {
		if len(del) > 0 {
			b, err := encodeQuads(del)
			if err != nil {
				return err
			}
			j.db.Attach(journalKey, b)
		}
		if err := j.qs.ApplyDeltas(deltas(add, graph.Add), lenient); err != nil {
			return err
		}
	}
	if len(del) > 0 {
		return j.delete(del)
	}
	return nil
}

func (j *journaled) delete(del []quad.Quad) error {
	j.db.Attach(journalKey, nil)
	return j.qs.ApplyDeltas(deltas(del, graph.Delete), lenient)
}

// finish does the deletions that a journal still names.
func (j *journaled) finish() error {
	val, closer, err := j.db.Pebble().Get(journalKey)
	if errors.Is(err, pebble.ErrNotFound) {
		return nil
	} else if err != nil {
		return err
	}
	del, err := decodeQuads(val)
	if cerr := closer.Close(); err == nil {
		err = cerr
	}
	if err != nil {
		return fmt.Errorf("the journal: %w", err)
	}
	return j.delete(del)
}

// quiet drops Pebble's notices; its errors come back from the calls.
type quiet struct{}

func (quiet) Infof(string, ...any)  {}
func (quiet) Errorf(string, ...any) {}
func (quiet) Fatalf(format string, args ...any) {
	panic(fmt.Sprintf("pebble: "+format, args...))
}
