package quads

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	osexec "os/exec"
	"slices"
	"strconv"
	"syscall"
	"testing"
	"time"

	"github.com/cayleygraph/quad"
)

// article is the quads of one article in one of its two versions, which have none in common.
func article(n, version int) []quad.Quad {
	r := rand.New(rand.NewPCG(uint64(n), uint64(version)))
	label := quad.IRI(fmt.Sprintf("article/%d", n))
	out := []quad.Quad{{Subject: label, Predicate: quad.IRI("sila:text"), Object: longText(10 + n%5 + 5*version), Label: label}}
	for i := range 12 + r.IntN(6) {
		report := quad.IRI(fmt.Sprintf("report/%d/%d/%d", n, version, i))
		out = append(out,
			quad.Quad{Subject: report, Predicate: quad.IRI("sila:version"), Object: quad.Int(version), Label: label},
			quad.Quad{Subject: report, Predicate: quad.IRI("sila:source"), Object: quad.IRI(fmt.Sprintf("person/%d", r.IntN(30))), Label: label},
		)
	}
	return out
}

// killArticles is the number of articles of the workload that is killed.
const killArticles = 120

// killWorkload loads articles one by one and in bulk, changes some and removes some. Whatever of it was done before,
// a whole run ends in the same state.
func killWorkload(ctx context.Context, s *Store) error {
	for n := 0; n < killArticles; n++ {
		if n%10 < 5 {
			if err := s.Apply(ctx, article(n, 1), article(n, 2)); err != nil {
				return err
			}
			continue
		}
		if n%10 == 5 {
			// A bulk load only adds, so what an earlier run made of these articles goes first.
			for k := n; k < n+5; k++ {
				if err := s.Apply(ctx, nil, article(k, 2)); err != nil {
					return err
				}
			}
			b, err := s.Bulk(ctx)
			if err != nil {
				return err
			}
			for k := n; k < n+5; k++ {
				if err := b.Add(article(k, 1)...); err != nil {
					b.Abort()
					return err
				}
			}
			if err := b.Commit(); err != nil {
				return err
			}
		}
	}
	for n := 0; n < killArticles; n++ {
		var err error
		switch n % 3 {
		case 0: // changed
			err = s.Apply(ctx, article(n, 2), article(n, 1))
		case 1: // removed; in both versions, since an earlier run may have got further
			err = s.Apply(ctx, nil, append(article(n, 1), article(n, 2)...))
		default:
			err = s.Apply(ctx, article(n, 1), article(n, 2))
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// TestKilled kills a process at random moments of the workload (SIGKILL). Each time the store must open, the check find
// nothing, and each article be there wholly, in one version, or not at all. A last whole run must give the same quads
// as one that was never disturbed. SILA_LONG kills 50 times.
func TestKilled(t *testing.T) {
	const env = "SILA_KILL_STORE"
	if dir := os.Getenv(env); dir != "" {
		s, err := Open(dir, Options{MemTableBytes: 256 << 10, SortBytes: 1, TableQuads: 56})
		if err != nil {
			t.Fatal(err)
		}
		if err := killWorkload(t.Context(), s); err != nil {
			t.Fatal(err)
		}
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
		return
	}
	kills := 4
	if os.Getenv("SILA_LONG") != "" {
		kills = 50
	}
	calm := testStore(t, Options{NoSync: true})
	if err := killWorkload(t.Context(), calm); err != nil {
		t.Fatal(err)
	}
	want := dump(t, calm)

	dir := t.TempDir()
	child := func() *osexec.Cmd {
		cmd := osexec.Command(os.Args[0], "-test.run=^TestKilled$")
		cmd.Env = append(os.Environ(), env+"="+dir)
		return cmd
	}
	start := time.Now()
	if out, err := child().CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	whole := time.Since(start)
	if err := os.RemoveAll(dir); err != nil {
		t.Fatal(err)
	}
	r := rand.New(rand.NewPCG(15, 16))
	killed := 0
	for n := 0; killed < kills && n < 4*kills; n++ {
		if n%10 == 0 { // from the beginning, so that all moments have their turn
			if err := os.RemoveAll(dir); err != nil {
				t.Fatal(err)
			}
		}
		cmd := child()
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Duration(r.Int64N(int64(whole))))
		_ = cmd.Process.Signal(syscall.SIGKILL)
		if err := cmd.Wait(); err != nil {
			killed++
		}
		s, err := Open(dir, Options{})
		if err != nil {
			t.Fatalf("kill %d: %v", n, err)
		}
		mustCheck(t, s)
		if half := halfThere(t, s); half != "" {
			t.Errorf("kill %d: half an article: %s", n, half)
		}
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	}
	if out, err := child().CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	s, err := Open(dir, Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	mustCheck(t, s)
	if got := dump(t, s); !slices.Equal(got, want) {
		t.Errorf("%d quads after %d kills, %d undisturbed", len(got), killed, len(want))
	}
	t.Logf("%d kills; a whole run takes %v", killed, whole.Round(time.Millisecond))
}

// halfThere names an article of which some but not all quads of a version are there.
func halfThere(t *testing.T, s *Store) string {
	have := make(map[string][]string)
	it := s.QuadsAllIterator()
	defer it.Close()
	for it.Next(t.Context()) {
		q := s.Quad(it.Result())
		have[quad.StringOf(q.Label)] = append(have[quad.StringOf(q.Label)], q.NQuad())
	}
	for n := range killArticles {
		label := quad.IRI("article/" + strconv.Itoa(n)).String()
		got := have[label]
		slices.Sort(got)
		ok := len(got) == 0
		for version := 1; version <= 2; version++ {
			all := make(map[quad.Quad]bool)
			for _, q := range article(n, version) {
				all[q] = true
			}
			ok = ok || slices.Equal(got, texts(all))
		}
		if !ok {
			return fmt.Sprintf("%s has %d quads", label, len(got))
		}
	}
	return ""
}
