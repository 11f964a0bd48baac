package store

import (
	"context"
	"errors"
	"path/filepath"
	"testing"

	"github.com/cayleygraph/quad"
)

func TestCheckpoint(t *testing.T) {
	ctx := context.Background()
	dir := t.TempDir()
	s, err := Open(ctx, filepath.Join(dir, "a"), Options{Create: true})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	count := func(s *Store) (n int) {
		if err := s.Match(ctx, quad.Quad{}, func(quad.Quad) error { n++; return nil }); err != nil {
			t.Fatal(err)
		}
		return n
	}
	one := quad.Make(quad.IRI("a"), quad.IRI("b"), quad.IRI("c"), nil)
	two := quad.Make(quad.IRI("a"), quad.IRI("b"), quad.IRI("d"), nil)
	if err := s.Apply(ctx, []quad.Quad{one}, nil); err != nil {
		t.Fatal(err)
	}
	was := count(s)
	if err := s.Checkpoint(filepath.Join(dir, "b")); err != nil {
		t.Fatal(err)
	}
	if err := s.Apply(ctx, []quad.Quad{two}, nil); err != nil {
		t.Fatal(err)
	}
	c, err := Open(ctx, filepath.Join(dir, "b"), Options{}) // beside the open one
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	if have := count(c); have != was || count(s) != was+1 {
		t.Errorf("the checkpoint has %d quads, the store had %d and has %d", have, was, count(s))
	}
	m, err := Open(ctx, "memory", Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer m.Close()
	if err := m.Checkpoint(filepath.Join(dir, "c")); !errors.Is(err, ErrNoCheckpoint) {
		t.Errorf("have %v", err)
	}
}
