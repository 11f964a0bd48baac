package store

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
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
	s.write.Lock()
	defer s.write.Unlock()
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
