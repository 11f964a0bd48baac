package store

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/cockroachdb/pebble/v2/vfs"
)

// ErrNoCheckpoint says that a backend can't copy itself.
var ErrNoCheckpoint = errors.New("this backend has no checkpoints")

// Checkpoints says whether the store can copy itself.
func (s *Store) Checkpoints() bool { return s.checkpoint != nil }

// Checkpoint writes a copy of the store as it is now to a folder, which mustn't
// exist yet; [Open] opens it. On the same file system it takes little room,
// because files that don't change are shared.
func (s *Store) Checkpoint(dir string) error {
	if s.checkpoint == nil {
		return fmt.Errorf("store %s: %w", s.Path, ErrNoCheckpoint)
	}
	if s.own == nil {
		s.write.Lock()
		defer s.write.Unlock()
	}
	if err := os.Mkdir(dir, 0o700); err != nil {
		return err
	}
	if err := s.checkpoint(dir); err != nil {
		return fmt.Errorf("store %s: checkpoint: %w", s.Path, err)
	}
	format, err := os.ReadFile(filepath.Join(s.Path, formatFile))
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(dir, formatFile), format, 0o600)
}

// Restore makes the store at path, where there is nothing yet, from a backup
// that [Store.Checkpoint] wrote, and makes sure that it opens. The backup stays.
func Restore(ctx context.Context, backup, path string) error {
	if _, err := os.Stat(path); !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("%s: there is something already: move it away, or name another folder with --db (%w)", path, fs.ErrExist)
	}
	check := func(path string) error {
		s, err := Open(ctx, path, Options{Holder: "sila restore"})
		if err != nil {
			return err
		}
		return s.Close()
	}
	if err := check(backup); err != nil {
		return fmt.Errorf("the backup %w", err)
	}
	tmp := path + ".restoring"
	if err := os.RemoveAll(tmp); err != nil {
		return err
	}
	// copied beside it first: an interrupted restore leaves no half store under the name
	if _, err := vfs.Clone(vfs.Default, vfs.Default, backup, tmp, vfs.CloneSync); err != nil {
		return errors.Join(fmt.Errorf("restoring %s to %s: %w", backup, path, err), os.RemoveAll(tmp))
	}
	if err := check(tmp); err != nil {
		return errors.Join(err, os.RemoveAll(tmp))
	}
	return os.Rename(tmp, path)
}
