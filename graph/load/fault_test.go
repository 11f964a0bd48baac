package load

import (
	"context"
	"errors"
	"os"
	"slices"
	"strings"
	"syscall"
	"testing"

	"github.com/cayleygraph/quad"
	"github.com/cockroachdb/pebble/v2/vfs"
	"github.com/cockroachdb/pebble/v2/vfs/errorfs"

	"github.com/sila-graph/sila/graph/internal/faultfs"
	"github.com/sila-graph/sila/graph/store"
	"github.com/sila-graph/sila/graph/store/quads"
)

// onDisk is a graph in a store of our own on any file system; it calls after with each change made.
type onDisk struct {
	*quads.Store
	after func()
}

func (g onDisk) Match(ctx context.Context, pattern quad.Quad, fn func(quad.Quad) error) error {
	snap, err := g.Snapshot()
	if err != nil {
		return err
	}
	defer snap.Close()
	return errors.Join(store.Match(ctx, snap, pattern, fn), snap.Err())
}

func (g onDisk) Apply(ctx context.Context, add, del []quad.Quad) error {
	err := g.Store.Apply(ctx, add, del)
	if err == nil && g.after != nil {
		g.after()
	}
	return err
}

// TestFailingDisk lets file operations fail during loads, replacements and removals. The error says why; what the disk
// holds then is a state between two changes of an undisturbed run, the store agrees with itself, and doing all again
// gives the same graph.
func TestFailingDisk(t *testing.T) {
	stride := int64(61)
	if os.Getenv("SILA_LONG") != "" {
		stride = 5
	} else if testing.Short() {
		stride = 193
	}
	docs, changed := synthetic(31, 10), synthetic(32, 10)
	// Short and long transactions, an index that reads and one that remembers.
	opts := quads.Options{TableQuads: 300, CacheBytes: 1 << 10, SortBytes: 1}
	work := func(g Graph, loads Options) error {
		loads.Rejected = func(id string, err error) { t.Errorf("rejected %s: %v", id, err) }
		for _, step := range []func(l *Loader) error{
			func(l *Loader) error { _, err := l.Load(t.Context(), each(docs), nil); return err },
			func(l *Loader) error { _, err := l.Load(t.Context(), each(changed[:4]), nil); return err },
			func(l *Loader) error { _, err := l.Remove(t.Context(), docs[7].ID, docs[2].ID); return err },
		} {
			l, err := New(t.Context(), g, loads)
			if err != nil {
				return err
			}
			if err := step(l); err != nil {
				return err
			}
		}
		return nil
	}
	open := func(fs vfs.FS) onDisk {
		o := opts
		o.FS = fs
		s, err := quads.Open("db", o)
		if err != nil {
			t.Fatal(err)
		}
		return onDisk{Store: s}
	}
	loads := Options{Batch: 40}

	var states []string // after each change of an undisturbed run
	calm := open(vfs.NewMem())
	calm.after = func() { states = append(states, dump(t, calm)) }
	if err := work(calm, loads); err != nil {
		t.Fatal(err)
	}
	_ = calm.Close()
	want := states[len(states)-1]

	for _, kind := range []struct{ once, reads bool }{{}, {once: true}, {once: true, reads: true}} {
		runs, stride := 0, stride
		if kind.reads { // there are many more of them
			stride *= 31
		}
		for n := int64(1); ; n += stride {
			mem := vfs.NewCrashableMem()
			f := &faultfs.Faults{Once: kind.once, Reads: kind.reads}
			f.Left.Store(1 << 60)
			g := open(errorfs.Wrap(mem, f))
			done := 0
			g.after = func() { done++ }
			if kind.reads { // what is only in memory isn't read from the disk: load, close, open again
				if err := errors.Join(work(g, loads), g.Close()); err != nil {
					t.Fatal(err)
				}
				g = open(errorfs.Wrap(mem, f))
			}
			f.Left.Store(n)
			err := work(g, Options{Batch: 40, Remember: -1})
			met := f.Left.Load() <= 0
			if met && err != nil && !strings.Contains(err.Error(), syscall.ENOSPC.Error()) {
				t.Errorf("operation %d of %+v: the error doesn't say why: %v", n, kind.once, err)
			}
			if !met && err != nil {
				t.Fatalf("operation %d: nothing failed, and yet: %v", n, err)
			}
			crashed := mem.CrashClone(vfs.CrashCloneCfg{})
			f.Left.Store(1 << 60)
			_ = g.Close()

			again := open(crashed)
			rep, cerr := again.Check(t.Context())
			if cerr != nil || !rep.OK() {
				t.Fatalf("operation %d (%v): check: %v %v", n, err, cerr, rep)
			}
			if have := dump(t, again); !kind.reads && have != "" && !slices.Contains(states, have) {
				t.Fatalf("operation %d (%v): after %d changes the graph is in no state of an undisturbed run", n, err, done)
			}
			if err := work(again, loads); err != nil {
				t.Fatalf("operation %d: doing it again: %v", n, err)
			}
			if have := dump(t, again); have != want {
				t.Fatalf("operation %d: after doing it again\n%s", n, diff(want, have))
			}
			if err := again.Close(); err != nil {
				t.Error(err)
			}
			if !met {
				break
			}
			runs++
		}
		t.Logf("alone %v, reads %v: %d runs with a fault", kind.once, kind.reads, runs)
	}
}
