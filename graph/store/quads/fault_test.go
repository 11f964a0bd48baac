package quads

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"syscall"
	"testing"

	"github.com/cayleygraph/quad"
	"github.com/cockroachdb/pebble/v2/vfs"
	"github.com/cockroachdb/pebble/v2/vfs/errorfs"

	"github.com/sila-graph/sila/graph/internal/faultfs"
)

// workload is a fixed list of steps; each is one commit.
func workload() (steps []func(s *Store) error, after [][]string) {
	r := rand.New(rand.NewPCG(11, 12))
	state := make(map[quad.Quad]bool)
	some := func(n int) (out []quad.Quad) {
		for range n {
			out = append(out, newsQuad(r))
		}
		return out
	}
	for n := range 8 {
		adds, dels := some(20), some(40)
		if n%3 == 1 {
			steps = append(steps, func(s *Store) error {
				b, err := s.Bulk(context.Background())
				if err != nil {
					return err
				}
				defer b.Abort()
				if err := b.Add(adds...); err != nil {
					return err
				}
				return b.Commit()
			})
			dels = nil
		} else {
			steps = append(steps, func(s *Store) error {
				err := s.Apply(context.Background(), adds, dels)
				if err == nil && n%4 == 3 {
					err = s.write(s.db.Flush)
				}
				return err
			})
		}
		for _, q := range dels {
			delete(state, q)
		}
		for _, q := range adds {
			state[q] = true
		}
		after = append(after, texts(state))
	}
	return steps, after
}

// TestFailingDisk lets each single file operation of a load and removal fail in turn, with all that follow it or
// alone. What was committed before must be there after a crash, the failed step wholly or not at all, nothing else.
func TestFailingDisk(t *testing.T) {
	stride := int64(7)
	if os.Getenv("SILA_LONG") != "" {
		stride = 1
	} else if testing.Short() {
		stride = 31
	}
	steps, after := workload()
	for _, once := range []bool{false, true} {
		failed := 0
		for n := int64(1); ; n += stride {
			f := &faultfs.Faults{Once: once}
			f.Left.Store(1 << 60)
			mem := vfs.NewCrashableMem()
			s, err := Open("db", Options{FS: errorfs.Wrap(mem, f), SortBytes: 1, TableQuads: 22})
			if err != nil {
				t.Fatal(err)
			}
			f.Left.Store(n)
			done, at := 0, ""
			for i, step := range steps {
				if err := step(s); err != nil {
					at = fmt.Sprintf("step %d: %v", i, err)
					if !errors.Is(err, syscall.ENOSPC) && !strings.Contains(err.Error(), syscall.ENOSPC.Error()) {
						t.Errorf("operation %d: the error doesn't say why: %v", n, err)
					}
					break
				}
				done++
			}
			if st, err := s.Stats(t.Context(), true); err != nil || done > 0 && st.Quads.Size == 0 {
				t.Errorf("operation %d: reading after a failed write: %+v %v", n, st, err)
			}
			used := n - f.Left.Load()
			crashed := mem.CrashClone(vfs.CrashCloneCfg{})
			f.Left.Store(1 << 60)
			_ = s.Close()

			again, err := Open("db", Options{FS: crashed})
			if err != nil {
				t.Fatalf("operation %d (%s): opening again: %v", n, at, err)
			}
			mustCheck(t, again)
			got := dump(t, again)
			ok := done > 0 && slices.Equal(got, after[done-1]) || done == 0 && len(got) == 0 ||
				done < len(after) && slices.Equal(got, after[done])
			if !ok {
				t.Fatalf("operation %d (%s): %d quads are no state after %d steps", n, at, len(got), done)
			}
			if err := again.Apply(t.Context(), []quad.Quad{quad.MakeIRI("a", "b", "c", "")}, nil); err != nil {
				t.Errorf("operation %d: writing again: %v", n, err)
			}
			if err := again.Close(); err != nil {
				t.Error(err)
			}
			if used < n {
				break
			}
			failed++
		}
		t.Logf("alone %v: %d runs with a fault", once, failed)
	}
}

// TestFailingReads lets reads fail during a check: it says so and finds nothing wrong.
func TestFailingReads(t *testing.T) {
	mem := vfs.NewMem()
	f := &faultfs.Faults{Reads: true}
	f.Left.Store(1 << 60)
	fs := errorfs.Wrap(mem, f)
	s, err := Open("db", Options{FS: fs})
	if err != nil {
		t.Fatal(err)
	}
	r := rand.New(rand.NewPCG(13, 14))
	var quads []quad.Quad
	for range 3000 {
		q := newsQuad(r)
		q.Subject = quad.IRI(fmt.Sprint("fact/", r.IntN(2000)))
		quads = append(quads, q)
	}
	if err := errors.Join(s.Apply(t.Context(), quads, nil), s.db.Flush()); err != nil {
		t.Fatal(err)
	}
	whole := int64(s.now.quads)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	seen := 0
	for n := int64(1); n < 40; n++ {
		s, err := Open("db", Options{FS: fs, CacheBytes: 1})
		if err != nil {
			t.Fatal(err)
		}
		f.Left.Store(n)
		rep, err := s.Check(t.Context())
		f.Left.Store(1 << 60)
		if err != nil {
			seen++
		} else if rep.Quads != whole {
			t.Errorf("read %d failed and the check said %v", n, rep)
		}
		if rep != nil && !rep.OK() {
			t.Errorf("read %d failed and the check found %q", n, rep.Problems)
		}
		_ = s.Close() // says so if Pebble met the failing reads too, behind the scenes
	}
	if seen == 0 {
		t.Error("no read failed")
	}
}
