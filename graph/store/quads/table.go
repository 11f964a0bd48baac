package quads

import (
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"sync"

	"github.com/cockroachdb/pebble/v2/objstorage/objstorageprovider"
	"github.com/cockroachdb/pebble/v2/sstable"
	"github.com/cockroachdb/pebble/v2/vfs"
)

// tableBytes is the size at which a sorted table is closed and the next begun.
const tableBytes = 32 << 20

// tableWriter writes ascending keys into sorted tables, as many as it takes.
type tableWriter struct {
	fs    vfs.FS
	dir   string
	name  string
	o     sstable.WriterOptions
	w     *sstable.Writer
	n     int
	paths []string
}

func (s *Store) newTables(name string) *tableWriter {
	o := s.pebbleOptions(true)
	o.EnsureDefaults()
	level := 6
	if s.now.quads > 0 {
		level = 5 // what meets older keys stays above them for a while, and is asked for single keys there
	}
	return &tableWriter{
		fs: s.fs, dir: s.tempDir(), name: name,
		o: o.MakeWriterOptions(level, s.db.FormatMajorVersion().MaxTableFormat()),
	}
}

func (t *tableWriter) set(key, value []byte) error {
	if err := t.begin(); err != nil {
		return err
	}
	return t.done(t.w.Set(key, value))
}

// del writes that a key goes; it takes a value, which doesn't count, to look like set.
func (t *tableWriter) del(key, _ []byte) error {
	if err := t.begin(); err != nil {
		return err
	}
	return t.done(t.w.Delete(key))
}

// begin opens a table where none is open.
func (t *tableWriter) begin() error {
	if t.w != nil {
		return nil
	}
	path := filepath.Join(t.dir, fmt.Sprintf("%s-%d.sst", t.name, len(t.paths)))
	f, err := t.fs.Create(path, vfs.WriteCategoryUnspecified)
	if err != nil {
		return fmt.Errorf("quads: writing a table: %w", err)
	}
	t.paths = append(t.paths, path)
	t.w = sstable.NewWriter(objstorageprovider.NewFileWritable(f), t.o)
	t.n = 0
	return nil
}

func (t *tableWriter) done(err error) error {
	if err != nil {
		return fmt.Errorf("quads: writing a table: %w", err)
	}
	if t.n++; t.n%4096 == 0 && t.w.Raw().EstimatedSize() > tableBytes {
		return t.close()
	}
	return nil
}

// close finishes the table that is being written; it is on the disk then.
func (t *tableWriter) close() error {
	if t.w == nil {
		return nil
	}
	err := t.w.Close()
	t.w = nil
	if err != nil {
		return fmt.Errorf("quads: writing a table: %w", err)
	}
	return nil
}

// abandon closes without caring for what was written.
func (t *tableWriter) abandon() { _ = guard(t.close) }

// tableSet writes several tables at a time.
type tableSet struct {
	s     *Store
	slots chan struct{}
	wg    sync.WaitGroup
	mu    sync.Mutex
	paths []string
	errs  []error
}

func (s *Store) newTableSet() *tableSet { return &tableSet{s: s, slots: make(chan struct{}, 2)} }

// run calls f with a writer of its own, beside others, and closes that writer.
func (t *tableSet) run(name string, f func(w *tableWriter) error) {
	t.slots <- struct{}{}
	t.wg.Go(func() {
		defer func() { <-t.slots }()
		w := t.s.newTables(name)
		err := guard(func() error { return f(w) })
		if err == nil {
			err = w.close()
		} else {
			w.abandon()
		}
		t.mu.Lock()
		defer t.mu.Unlock()
		t.paths = append(t.paths, w.paths...)
		if err != nil {
			t.errs = append(t.errs, err)
		}
	})
}

// wait returns all tables when they are written.
func (t *tableSet) wait() ([]string, error) {
	t.wg.Wait()
	slices.Sort(t.paths) // the order in which they were finished doesn't matter, but let it not show
	return t.paths, errors.Join(t.errs...)
}
