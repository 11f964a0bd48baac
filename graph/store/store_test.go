package store

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/quad"
)

func open(t *testing.T, path string) *Store {
	t.Helper()
	s, err := Open(context.Background(), path, Options{Create: true, Holder: "sila load"})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func q(s, p, o, l string) quad.Quad {
	out := quad.Quad{Subject: quad.IRI(s), Predicate: quad.IRI(p), Object: quad.IRI(o)}
	if strings.HasPrefix(o, "=") {
		out.Object = quad.String(o[1:])
	}
	if l != "" {
		out.Label = quad.IRI(l)
	}
	return out
}

func match(t *testing.T, s *Store, pattern quad.Quad) map[quad.Quad]bool {
	t.Helper()
	out := map[quad.Quad]bool{}
	err := s.Match(context.Background(), pattern, func(q quad.Quad) error {
		if out[q] {
			t.Errorf("%v comes twice", q)
		}
		out[q] = true
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestApplyAndMatch(t *testing.T) {
	ctx := context.Background()
	for _, path := range []string{"memory", filepath.Join(t.TempDir(), "db"), "kv:" + filepath.Join(t.TempDir(), "db")} {
		s := open(t, path)
		all := []quad.Quad{q("a", "knows", "b", ""), q("a", "knows", "c", "x"), q("b", "knows", "c", "x"), q("b", "name", "=باء", "y"), q("b", "name", "=باء", "")}
		if err := s.Apply(ctx, all, nil); err != nil {
			t.Fatal(err)
		}
		for i := range 16 { // every combination of given parts
			for _, like := range all {
				pattern := quad.Quad{}
				for n, d := range quad.Directions {
					if i&(1<<n) != 0 {
						pattern.Set(d, like.Get(d))
					}
				}
				want := map[quad.Quad]bool{}
				for _, q := range all {
					fits := true
					for _, d := range quad.Directions {
						fits = fits && (pattern.Get(d) == nil || pattern.Get(d) == q.Get(d))
					}
					if fits {
						want[q] = true
					}
				}
				if have := match(t, s, pattern); fmt.Sprint(have) != fmt.Sprint(want) {
					t.Errorf("%s: %v:\nhave %v\nwant %v", path, pattern, have, want)
				}
			}
		}
		// a node loses its last quads and comes back, in one change and over two
		if err := s.Apply(ctx, []quad.Quad{q("b", "is", "c", "")}, []quad.Quad{all[1], all[2], all[3], all[4]}); err != nil {
			t.Fatal(err)
		}
		if err := s.Apply(ctx, nil, []quad.Quad{q("b", "is", "c", "")}); err != nil {
			t.Fatal(err)
		}
		if err := s.Apply(ctx, []quad.Quad{all[2], all[4]}, nil); err != nil {
			t.Fatal(err)
		}
		want := map[quad.Quad]bool{all[0]: true, all[2]: true, all[4]: true}
		if have := match(t, s, quad.Quad{}); fmt.Sprint(have) != fmt.Sprint(want) {
			t.Errorf("%s: have %v, want %v", path, have, want)
		}
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	}
}

func TestReopenAndLock(t *testing.T) {
	ctx := context.Background()
	path := filepath.Join(t.TempDir(), "db")
	if _, err := Open(ctx, path, Options{}); !errors.Is(err, ErrMissing) || !strings.Contains(err.Error(), "sila load") {
		t.Errorf("nothing there: %v", err)
	}
	s := open(t, path)
	if err := s.Apply(ctx, []quad.Quad{q("a", "knows", "b", "")}, nil); err != nil {
		t.Fatal(err)
	}
	_, err := Open(ctx, path, Options{})
	if !errors.Is(err, ErrLocked) || !strings.Contains(err.Error(), fmt.Sprintf("process %d (sila load)", os.Getpid())) {
		t.Errorf("locked: %v", err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if s, err = Open(ctx, path, Options{}); err != nil {
		t.Fatal(err)
	}
	if n := len(match(t, s, quad.Quad{})); n != 1 {
		t.Errorf("%d quads after opening again", n)
	}
	s.Close()

	for text, want := range map[string]string{
		"sila kv 0\n":   "written by an older sila",
		"sila kv 99\n":  "written by a newer sila",
		"sila odd 1\n":  `no backend "odd"`,
		"a shop list\n": "another format",
	} {
		if err := os.WriteFile(filepath.Join(path, formatFile), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		if _, err := Open(ctx, path, Options{}); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %q", text, err, want)
		}
	}
	other := t.TempDir()
	os.WriteFile(filepath.Join(other, "letter.txt"), nil, 0o644)
	if _, err := Open(ctx, other, Options{Create: true}); !errors.Is(err, ErrMissing) {
		t.Errorf("somebody's folder: %v", err)
	}
	if _, err := Open(ctx, "x", Options{Backend: "cloud"}); err == nil || !strings.Contains(err.Error(), "there are sila, kv, memory, postgres") {
		t.Errorf("unknown backend: %v", err)
	}
}

// TestInterrupted stops between the two halves of a change, as a crash would,
// and finds the change whole after opening again.
func TestInterrupted(t *testing.T) {
	ctx := context.Background()
	path := "kv:" + filepath.Join(t.TempDir(), "db")
	s := open(t, path)
	old, now := q("a", "name", "=قديم", "x"), q("a", "name", "=جديد", "x")
	if err := s.Apply(ctx, []quad.Quad{old}, nil); err != nil {
		t.Fatal(err)
	}
	real := s.qs
	j := &journaled{db: nil, qs: dying{real}}
	j.db = s.journal.db
	if err := j.apply(ctx, []quad.Quad{now}, []quad.Quad{old}); !errors.Is(err, errDied) {
		t.Fatal(err)
	}
	if n := len(match(t, s, quad.Quad{})); n != 2 {
		t.Fatalf("%d quads in between, want both", n)
	}
	s.Close()
	s = open(t, path)
	defer s.Close()
	if have := match(t, s, quad.Quad{}); len(have) != 1 || !have[now] {
		t.Errorf("after opening again: %v", have)
	}
	if err := s.Apply(ctx, []quad.Quad{old}, []quad.Quad{now}); err != nil {
		t.Error(err)
	}
}

var errDied = errors.New("died")

type dying struct{ graph.QuadStore }

func (d dying) ApplyDeltas(in []graph.Delta, opts graph.IgnoreOpts) error {
	if in[0].Action == graph.Delete {
		return errDied
	}
	return d.QuadStore.ApplyDeltas(in, opts)
}

// TestKeptBackend: a folder opens with the backend that wrote it, and a view
// of our own backend doesn't see later writes nor hinders them.
func TestKeptBackend(t *testing.T) {
	ctx := context.Background()
	for _, prefix := range []string{"", "kv:"} {
		path := filepath.Join(t.TempDir(), "db")
		if err := open(t, prefix+path).Close(); err != nil {
			t.Fatal(err)
		}
		s := open(t, path)
		if want := map[string]string{"": Default, "kv:": "kv"}[prefix]; s.Backend != want {
			t.Errorf("%q opens with %q", prefix, s.Backend)
		}
		s.Close()
	}
	s := open(t, filepath.Join(t.TempDir(), "db"))
	defer s.Close()
	one, two := q("a", "knows", "b", ""), q("a", "knows", "c", "")
	if err := s.Apply(ctx, []quad.Quad{one}, nil); err != nil {
		t.Fatal(err)
	}
	if err := s.View(ctx, func(qs graph.QuadStore) error {
		if err := s.Apply(ctx, []quad.Quad{two}, []quad.Quad{one}); err != nil {
			return err
		}
		n := 0
		err := Match(ctx, qs, quad.Quad{}, func(have quad.Quad) error {
			if n++; have != one {
				t.Errorf("the view has %v", have)
			}
			return nil
		})
		if n != 1 {
			t.Errorf("the view has %d quads", n)
		}
		return err
	}); err != nil {
		t.Fatal(err)
	}
	if have := match(t, s, quad.Quad{}); len(have) != 1 || !have[two] {
		t.Errorf("have %v", have)
	}
	if problems, ok, err := s.Damage(ctx); len(problems) > 0 || !ok || err != nil {
		t.Error(problems, ok, err)
	}
}

// TestBroken: after a failed write the store refuses to write until it is opened again.
func TestBroken(t *testing.T) {
	ctx := context.Background()
	s := open(t, "kv:"+filepath.Join(t.TempDir(), "db"))
	defer s.Close()
	s.journal.qs = dying{s.qs}
	if err := s.Apply(ctx, nil, []quad.Quad{q("a", "b", "c", "")}); !errors.Is(err, errDied) {
		t.Error(err)
	}
	if err := s.Apply(ctx, []quad.Quad{q("a", "b", "c", "")}, nil); !errors.Is(err, ErrBroken) {
		t.Error(err)
	}
}

// TestReadWhileWriting reads from several goroutines while quads come and go,
// and finds no quad with a wrong node afterwards.
func TestReadWhileWriting(t *testing.T) {
	ctx := context.Background()
	for _, path := range []string{"memory", filepath.Join(t.TempDir(), "db"), "kv:" + filepath.Join(t.TempDir(), "db")} {
		s := open(t, path)
		done := make(chan struct{})
		var wg sync.WaitGroup
		for range 3 {
			wg.Go(func() {
				for {
					select {
					case <-done:
						return
					default:
					}
					for i := range 5 {
						s.Match(ctx, quad.Quad{Subject: quad.IRI(fmt.Sprint("n", i))}, func(quad.Quad) error { return nil })
					}
				}
			})
		}
		var all []quad.Quad
		for i := range 5 {
			all = append(all, q(fmt.Sprint("n", i), "p", fmt.Sprint("n", (i+1)%5), "l"))
		}
		for range 60 {
			if err := s.Apply(ctx, all, nil); err != nil {
				t.Fatal(err)
			}
			if err := s.Apply(ctx, nil, all); err != nil {
				t.Fatal(err)
			}
		}
		s.Apply(ctx, all, nil)
		close(done)
		wg.Wait()
		have := match(t, s, quad.Quad{})
		for _, q := range all {
			if !have[q] {
				t.Errorf("%s: %v is missing", path, q)
			}
		}
		if len(have) != len(all) {
			t.Errorf("%s: %v", path, have)
		}
		s.Close()
	}
}
