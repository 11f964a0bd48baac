// Package store opens a graph: a folder on disk, memory, or an SQL database
// that speaks Cayley. In goes a path or URL, out comes a [Store] with Cayley's
// quad store to query and one way of writing, [Store.Apply].
//
// Backends stand in a short list, see [Open]. A store writes down its format;
// one that an older program wrote has to be loaded again.
package store

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/quad"

	"github.com/sila-graph/sila/graph/store/quads"
)

// Errors that callers tell apart.
var (
	// ErrFormat: the store was written by a program with another format.
	ErrFormat = errors.New("the store has another format")
	// ErrLocked: another process holds the store.
	ErrLocked = errors.New("the store is in use")
	// ErrMissing: there is no store at the path.
	ErrMissing = errors.New("there is no store")
	// ErrReadOnly: the store was opened so that it can't be written.
	ErrReadOnly = errors.New("the store is open for reading alone")
	// ErrBroken: a write failed before; the store has to be opened again.
	ErrBroken = errors.New("an earlier write failed: close the store and open it again")
)

// Options say how to open a store. The zero value opens what is there with the
// backend that wrote it, and fails where there is nothing.
type Options struct {
	Backend string // "sila", "kv", "memory" or "postgres"; "" goes by the path, then by the folder, then is [Default]
	Create  bool   // make the store where there is none
	Holder  string // who opens it, for the error that another process gets: "sila load"
	// ReadOnly has an SQL database refuse to write on the connection, whatever is
	// asked of it. Other backends pass over it: who reads them has a copy.
	ReadOnly bool
}

// Default is the backend of new stores on disk.
const Default = "sila"

// A backend opens one kind of store.
type backend struct {
	name   string
	folder bool // keeps a folder with a format file
	format int
	open   func(ctx context.Context, path string, opt Options) (*Store, error)
}

// backends lists them; a folder's format file names the one that wrote it.
func backends() []backend {
	return []backend{
		{name: "sila", folder: true, format: quads.Format, open: openQuads},
		{name: "kv", folder: true, format: 1, open: openKV},
		{name: "memory", open: openMemory},
		{name: "postgres", open: openSQL},
	}
}

func byName(name string) (backend, error) {
	var names []string
	for _, b := range backends() {
		if b.name == name {
			return b, nil
		}
		names = append(names, b.name)
	}
	return backend{}, fmt.Errorf("store: no backend %q; there are %s", name, strings.Join(names, ", "))
}

// Open opens the graph at path: a folder, "memory", or postgres://… A new
// folder gets the default backend, "kv:folder" one of Cayley's key-value layer.
func Open(ctx context.Context, path string, opt Options) (*Store, error) {
	name := opt.Backend
	if folder, ok := strings.CutPrefix(path, "kv:"); ok {
		path, name = folder, "kv"
	}
	switch {
	case name != "":
	case path == "memory":
		name = "memory"
	case strings.HasPrefix(path, "postgres://"), strings.HasPrefix(path, "postgresql://"):
		name = "postgres"
	default:
		var err error
		if name, err = writtenBy(path); err != nil {
			return nil, err
		}
		if name == "" {
			name = Default
		}
	}
	b, err := byName(name)
	if err != nil {
		return nil, err
	}
	if b.folder {
		if err := checkFolder(path, b, opt.Create); err != nil {
			return nil, err
		}
	}
	s, err := b.open(ctx, path, opt)
	if err != nil {
		return nil, err
	}
	s.Path, s.Backend = path, b.name
	return s, nil
}

// Store is an open graph.
type Store struct {
	Path    string
	Backend string

	qs      graph.QuadStore
	journal *journaled // of the kv backend
	apply   func(ctx context.Context, add, del []quad.Quad) error
	close   func() error
	// snapshot gives the store as it is at this moment; nil where the backend has none.
	snapshot func() (snapshot, error)
	own      *quads.Store // of the sila backend
	// checkpoint copies the store to a folder; nil where the backend can't.
	checkpoint func(dir string) error

	// guard, where set, keeps readers and the writer apart: the backend can't.
	guard *sync.Mutex

	write  sync.Mutex
	broken error
}

// QuadStore returns the store underneath, as Cayley's own parts want it. While
// something may write, read inside [Store.View] instead.
func (s *Store) QuadStore() graph.QuadStore { return s.qs }

// snapshot is a read-only store that no write changes.
type snapshot interface {
	graph.QuadStore
	Err() error // what went wrong in calls that can't say so
}

// View calls fn with a store to read from, during which nothing it reads is
// half-written: with our own backend a snapshot, which no writer changes, waits
// for or keeps waiting. Elsewhere views don't nest, and fn mustn't call Apply.
func (s *Store) View(ctx context.Context, fn func(graph.QuadStore) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	if s.guard != nil {
		s.guard.Lock()
		defer s.guard.Unlock()
	}
	if s.snapshot == nil {
		return fn(s.qs)
	}
	snap, err := s.snapshot()
	if err != nil {
		return fmt.Errorf("store %s: %w", s.Path, err)
	}
	err = fn(snap)
	if err == nil { // else it says more
		err = snap.Err()
	}
	if cerr := snap.Close(); err == nil {
		err = cerr
	}
	return err
}

// Snapshots says whether a view hinders no writer, however long it lasts.
func (s *Store) Snapshots() bool { return s.snapshot != nil }

// Apply adds quads that aren't in the store and deletes quads that are. After
// a crash the store holds all of a change or nothing of it, once it is opened
// again. After an error it refuses to write until then.
func (s *Store) Apply(ctx context.Context, add, del []quad.Quad) error {
	s.write.Lock()
	defer s.write.Unlock()
	if s.broken != nil {
		return fmt.Errorf("store %s: %w (it was: %w)", s.Path, ErrBroken, s.broken)
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	if len(add)+len(del) == 0 {
		return nil
	}
	if s.guard != nil {
		s.guard.Lock()
		defer s.guard.Unlock()
	}
	if err := s.apply(ctx, add, del); err != nil {
		s.broken = err
		return fmt.Errorf("store %s: writing %d and deleting %d quads: %w", s.Path, len(add), len(del), err)
	}
	return nil
}

// Close closes the store.
func (s *Store) Close() error {
	s.write.Lock()
	defer s.write.Unlock()
	return s.close()
}

// deltas gives a change as Cayley wants it.
func deltas(quads []quad.Quad, action graph.Procedure) []graph.Delta {
	out := make([]graph.Delta, len(quads))
	for i, q := range quads {
		out[i] = graph.Delta{Quad: q, Action: action}
	}
	return out
}

// lenient is the only way to write to Cayley's stores: a refused transaction
// leaves ids in their caches that were never stored.
var lenient = graph.IgnoreOpts{IgnoreDup: true, IgnoreMissing: true}
