package quads

import (
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"sync/atomic"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cockroachdb/pebble/v2"
	"github.com/cockroachdb/pebble/v2/bloom"
	"github.com/cockroachdb/pebble/v2/sstable"
	"github.com/cockroachdb/pebble/v2/vfs"
)

// Type is the name under which Cayley knows the store.
const Type = "sila"

// Format is the version of the layout that this code reads and writes; see the package comment.
const Format = 1

func init() {
	graph.RegisterQuadStore(Type, graph.QuadStoreRegistration{
		NewFunc: func(path string, _ graph.Options) (graph.QuadStore, error) {
			return Open(path, Options{MustExist: true})
		},
		InitFunc: func(path string, _ graph.Options) error {
			s, err := Open(path, Options{MustNotExist: true})
			if err != nil {
				return err
			}
			return s.Close()
		},
		IsPersistent: true,
	})
}

// Options of Open. The zero value is right for everyday use.
type Options struct {
	MustExist    bool // a missing store is an error (graph.ErrNotInitialized) instead of being created
	MustNotExist bool // an existing store is an error (graph.ErrDatabaseExists)

	CacheBytes    int64 // memory for blocks read from disk; 0 means 64 MB
	MemTableBytes int64 // memory for writes not yet in tables, twice at most; 0 means 32 MB
	SortBytes     int64 // memory in which a Bulk sorts, see there; 0 means 128 MB
	TableQuads    int   // transactions of so many quads and more become sorted tables; 0 means 20,000

	NoSync bool // commits return before the disk confirms them: a crash of the machine may lose the last ones

	FS vfs.FS // the file system; nil means the operating system's. For tests.
}

// VersionError says that a folder holds a store of another format, or no store of ours at all.
type VersionError struct {
	Path  string
	Found string // "" when there is no version record
}

func (e *VersionError) Error() string {
	if e.Found == "" {
		return fmt.Sprintf("%s is a Pebble database but not a Sila store; give another --db, or move it away", e.Path)
	}
	return fmt.Sprintf("%s has store format %s, this program reads format %d; use the program that wrote it, or export there and load here", e.Path, e.Found, Format)
}

// Store is an open store. Any number of goroutines may read while one writes; writers wait for each other.
// It implements graph.QuadStore and shape.Optimizer over the live data. A query that should see one state from
// beginning to end runs on a Snapshot.
type Store struct {
	view
	path  string
	fs    vfs.FS
	db    *pebble.DB
	cache *pebble.Cache
	opts  Options
	sync  *pebble.WriteOptions
	log   *logger
	epoch atomic.Uint64

	snapMu sync.Mutex
	snaps  map[*Snapshot]struct{} // those that are open

	writer chan struct{} // holds one token; whoever has it may write
	// The rest belongs to the holder of that token.
	now      counts
	byPred   map[uint64]uint64 // counts of predicates, as far as they were needed
	byValue  map[string]uint64 // ids of values often seen, by dictionary key
	isClosed bool
}

var _ graph.QuadStore = (*Store)(nil)
var _ graph.BatchQuadStore = (*Store)(nil)

// Open opens the store in a folder, creating it if it isn't there. One process holds a store at a time.
func Open(path string, o Options) (_ *Store, err error) {
	if path == "" {
		return nil, errors.New("quads: no folder given for the store")
	}
	if o.CacheBytes == 0 {
		o.CacheBytes = 64 << 20
	}
	if o.MemTableBytes == 0 {
		o.MemTableBytes = 32 << 20
	}
	if o.SortBytes == 0 {
		o.SortBytes = 128 << 20
	}
	if o.TableQuads == 0 {
		o.TableQuads = 20_000
	}
	if o.FS == nil {
		o.FS = vfs.Default
	}
	desc, err := pebble.Peek(path, o.FS)
	if err != nil && !os.IsNotExist(err) {
		return nil, fmt.Errorf("opening the store %s: %w", path, err)
	}
	exists := err == nil && desc.Exists
	switch {
	case exists && o.MustNotExist:
		return nil, fmt.Errorf("%s: %w", path, graph.ErrDatabaseExists)
	case !exists && o.MustExist:
		return nil, fmt.Errorf("%s: %w", path, graph.ErrNotInitialized)
	}
	s := &Store{
		path: path, opts: o, sync: pebble.Sync, log: newLogger(),
		writer:  make(chan struct{}, 1),
		snaps:   make(map[*Snapshot]struct{}),
		byPred:  make(map[uint64]uint64),
		byValue: make(map[string]uint64),
	}
	s.fs = &logFS{FS: o.FS, log: s.log, path: path}
	if o.NoSync {
		s.sync = pebble.NoSync
	}
	s.cache = pebble.NewCache(o.CacheBytes)
	defer s.cache.Unref()
	s.db, err = pebble.Open(path, s.pebbleOptions(exists))
	if err != nil {
		return nil, fmt.Errorf("opening the store %s: %w", path, err)
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, s.db.Close())
		}
	}()
	if err := s.checkFormat(exists); err != nil {
		return nil, err
	}
	s.reader = newReader(s.db, s.db, &valueCache{}, &s.epoch)
	if s.now, err = s.counts(); err != nil {
		return nil, err
	}
	if err := s.fs.RemoveAll(s.tempDir()); err != nil {
		return nil, fmt.Errorf("opening the store %s: removing what an interrupted load left: %w", path, err)
	}
	s.writer <- struct{}{}
	return s, nil
}

func (s *Store) pebbleOptions(exists bool) *pebble.Options {
	o := &pebble.Options{
		FS:                          s.fs,
		Cache:                       s.cache,
		Logger:                      s.log,
		EventListener:               &pebble.EventListener{BackgroundError: s.log.fail},
		FormatMajorVersion:          pebble.FormatColumnarBlocks,
		MemTableSize:                uint64(s.opts.MemTableBytes),
		MemTableStopWritesThreshold: 3,
		L0CompactionThreshold:       4,
		L0StopWritesThreshold:       24,
		LBaseMaxBytes:               64 << 20,
		MaxOpenFiles:                1000,
		ErrorIfNotExists:            exists,
		CompactionConcurrencyRange:  func() (int, int) { return 1, 2 },
	}
	last := len(o.Levels) - 1
	for i := range o.Levels {
		o.Levels[i] = pebble.LevelOptions{
			BlockSize:      16 << 10,
			IndexBlockSize: 64 << 10,
			FilterPolicy:   pointFilter{bloom.FilterPolicy(10)},
			FilterType:     pebble.TableFilter,
			Compression:    func() *sstable.CompressionProfile { return sstable.SnappyCompression },
		}
		// One size at all levels: a filter is read as a whole, and must fit in the cache beside others.
		o.TargetFileSizes[i] = 16 << 20
	}
	o.Levels[last].FilterPolicy = pebble.NoFilterPolicy // Pebble never asks those of the last level
	o.TargetFileSizes[0] = 8 << 20
	return o
}

// checkFormat reads the version of an existing store, or writes the first records of a new one.
func (s *Store) checkFormat(exists bool) error {
	found := ""
	ok, err := get(s.db, metaFormat, func(b []byte) error {
		found = string(b)
		return nil
	})
	if err != nil {
		return err
	}
	want := fmt.Sprint(Format)
	if ok {
		if found != want {
			return &VersionError{Path: s.path, Found: found}
		}
		return nil
	}
	// A crash may have come between creating the database and these first records: then it is still empty.
	if exists {
		it, err := s.db.NewIter(nil)
		if err != nil {
			return err
		}
		empty := !it.First()
		if err := it.Close(); err != nil {
			return err
		}
		if !empty {
			return &VersionError{Path: s.path}
		}
	}
	b := s.db.NewBatch()
	_ = b.Set(metaFormat, []byte(want), nil)
	_ = b.Set(metaCounts, (&counts{next: 1}).append(nil), nil)
	return s.commit(b, pebble.Sync)
}

// Path is the store's folder.
func (s *Store) Path() string { return s.path }

func (s *Store) tempDir() string { return filepath.Join(s.path, "bulk") }

// Close waits for the writer and closes the store. Reads that still run end with an error, also those of snapshots,
// which should be closed before.
func (s *Store) Close() error {
	<-s.writer
	if s.isClosed {
		s.writer <- struct{}{}
		return nil
	}
	s.isClosed = true
	s.reader.close()
	s.snapMu.Lock()
	open := slices.Collect(maps.Keys(s.snaps))
	s.snapMu.Unlock()
	for _, snap := range open {
		_ = snap.Close()
	}
	err := s.closeDB()
	s.writer <- struct{}{}
	return err
}

// Snapshot returns the store as it is now: a read-only graph.QuadStore and shape.Optimizer that no later write
// changes. Taking one costs microseconds; it never waits for a writer nor keeps one waiting. Close it.
func (s *Store) Snapshot() (*Snapshot, error) {
	s.reader.mu.RLock()
	defer s.reader.mu.RUnlock()
	if s.reader.closed {
		return nil, errClosed
	}
	snap := s.db.NewSnapshot()
	out := &Snapshot{view: view{newReader(s.db, snap, s.reader.cache, nil)}, snap: snap, store: s}
	s.snapMu.Lock()
	defer s.snapMu.Unlock()
	s.snaps[out] = struct{}{}
	return out, nil
}
