package quads

import (
	"fmt"
	"path/filepath"

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
	return &tableWriter{
		fs: s.fs, dir: s.tempDir(), name: name,
		o: o.MakeWriterOptions(6, s.db.FormatMajorVersion().MaxTableFormat()),
	}
}

func (t *tableWriter) set(key, value []byte) error {
	if t.w == nil {
		path := filepath.Join(t.dir, fmt.Sprintf("%s-%d.sst", t.name, len(t.paths)))
		f, err := t.fs.Create(path, vfs.WriteCategoryUnspecified)
		if err != nil {
			return fmt.Errorf("quads: writing a table: %w", err)
		}
		t.paths = append(t.paths, path)
		t.w = sstable.NewWriter(objstorageprovider.NewFileWritable(f), t.o)
		t.n = 0
	}
	if err := t.w.Set(key, value); err != nil {
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
