package quads

import (
	"fmt"

	"github.com/cockroachdb/pebble/v2"
	"github.com/cockroachdb/pebble/v2/vfs"
)

// Checkpoint writes a copy of the store, as it is now, to a folder that doesn't exist yet, while readers and the
// writer go on. On the same file system the tables are linked, so that it takes no time and at first no space. The copy
// is a store: open it, or Restore from it.
func (s *Store) Checkpoint(dir string) error {
	s.reader.mu.RLock()
	defer s.reader.mu.RUnlock()
	if s.reader.closed {
		return errClosed
	}
	if err := s.db.Checkpoint(dir, pebble.WithFlushedWAL()); err != nil {
		return fmt.Errorf("quads: backup to %s: %w", dir, err)
	}
	return nil
}

// Restore copies a backup made by Checkpoint to a folder that doesn't exist yet, and makes sure that it opens.
func Restore(backup, path string) error {
	b, err := Open(backup, Options{MustExist: true})
	if err != nil {
		return fmt.Errorf("quads: restoring: %w", err)
	}
	if err := b.Close(); err != nil {
		return fmt.Errorf("quads: restoring: %w", err)
	}
	if _, err := vfs.Default.Stat(path); err == nil {
		return fmt.Errorf("quads: restoring: %s is there already; move it away or give another folder", path)
	}
	if _, err := vfs.Clone(vfs.Default, vfs.Default, backup, path, vfs.CloneSync); err != nil {
		return fmt.Errorf("quads: restoring %s to %s: %w", backup, path, err)
	}
	s, err := Open(path, Options{MustExist: true})
	if err != nil {
		return fmt.Errorf("quads: restoring: %w", err)
	}
	return s.Close()
}
