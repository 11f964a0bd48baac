package store

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"

	"github.com/sila-graph/sila/graph/store/quads"
)

// openQuads opens our own backend, which keeps its tables in a folder of its
// own beside the format file.
func openQuads(ctx context.Context, path string, opt Options) (*Store, error) {
	dir := filepath.Join(path, quads.Type)
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, err
	}
	qs, err := quads.Open(dir, quads.Options{})
	if err != nil {
		// Pebble names two kinds of lock: of another process, and of this one
		if errors.Is(err, syscall.EAGAIN) || errors.Is(err, syscall.EACCES) || strings.Contains(err.Error(), "lock held by current process") {
			return nil, lockedBy(path, err)
		}
		var v *quads.VersionError
		if errors.As(err, &v) {
			return nil, fmt.Errorf("%s: %w: %w", path, ErrFormat, err)
		}
		return nil, err
	}
	if err := startQuads(path, opt); err != nil {
		return nil, errors.Join(err, qs.Close())
	}
	return &Store{
		qs:         qs,
		own:        qs,
		apply:      qs.Apply,
		snapshot:   func() (snapshot, error) { return qs.Snapshot() },
		checkpoint: func(to string) error { return qs.Checkpoint(filepath.Join(to, quads.Type)) },
		close: func() error {
			_ = os.Remove(filepath.Join(path, holderFile))
			return qs.Close()
		},
	}, nil
}

// startQuads says who has the store, and of which format a new one is.
func startQuads(path string, opt Options) error {
	if err := os.WriteFile(filepath.Join(path, holderFile), holder(opt.Holder), 0o644); err != nil {
		return err
	}
	name, err := writtenBy(path)
	if err != nil || name != "" {
		return err
	}
	b, err := byName(quads.Type)
	if err != nil {
		return err
	}
	return writeFormat(path, b)
}

// Damage reads the whole store and lists, in words, where its parts disagree:
// permutations, dictionary, counts. Only our own backend can do so; ok is false
// elsewhere. Readers and the writer go on meanwhile.
func (s *Store) Damage(ctx context.Context) (problems []string, ok bool, err error) {
	if s.own == nil {
		return nil, false, nil
	}
	r, err := s.own.Check(ctx)
	if err != nil {
		return nil, true, fmt.Errorf("store %s: %w", s.Path, err)
	}
	if r.More > 0 {
		r.Problems = append(r.Problems, fmt.Sprintf("and %d more", r.More))
	}
	return r.Problems, true, nil
}

// Summary counts in milliseconds what the store holds, by predicate too; nil
// with other backends than our own.
func (s *Store) Summary(ctx context.Context) (*quads.Summary, error) {
	if s.own == nil {
		return nil, nil
	}
	return s.own.Summary(ctx)
}
