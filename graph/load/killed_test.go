package load

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"github.com/sila-graph/sila/graph/store"
)

const childEnv = "SILA_TEST_LOAD_CHILD"

func TestMain(m *testing.M) {
	if path := os.Getenv(childEnv); path != "" {
		child(path)
	}
	os.Exit(m.Run())
}

func killedDocs() ([]int, uint64) { return []int{2, 25, 60, 110}, 21 }

// child loads in another process, until it is killed.
func child(path string) {
	s, err := store.Open(context.Background(), path, store.Options{Create: true})
	if err != nil {
		panic(err)
	}
	_, seed := killedDocs()
	for round := uint64(0); ; round++ { // the same articles again with other content, so that quads go too
		l, err := New(context.Background(), s, Options{Batch: 8})
		if err != nil {
			panic(err)
		}
		if _, err := l.Load(context.Background(), each(synthetic(seed+round%2, 30)), nil); err != nil {
			panic(err)
		}
	}
}

// TestKilled kills a process in the midst of loading, several times over one
// store, loads again and finds what a calm load gives.
func TestKilled(t *testing.T) {
	if testing.Short() {
		t.Skip("runs processes")
	}
	delays, seed := killedDocs()
	path := filepath.Join(t.TempDir(), "db")
	for _, ms := range delays {
		cmd := exec.Command(os.Args[0])
		cmd.Env = append(os.Environ(), childEnv+"="+path)
		cmd.Stderr = os.Stderr
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		time.Sleep(300*time.Millisecond + time.Duration(ms)*time.Millisecond)
		if err := cmd.Process.Kill(); err != nil {
			t.Fatal(err)
		}
		if err := cmd.Wait(); err == nil || err.Error() != "signal: killed" {
			t.Fatalf("the child ended by itself: %v", err)
		}
	}
	docs := synthetic(seed, 30)
	kv := openStore(t, path)
	loadAll(t, kv, Options{}, docs...)
	mem := openStore(t, "memory")
	loadAll(t, mem, Options{}, docs...)
	if want, have := dump(t, mem), dump(t, kv); want != have {
		t.Errorf("after being killed and loaded again\n%s", diff(want, have))
	}
}

// TestCancelled stops at a batch and goes on later.
func TestCancelled(t *testing.T) {
	docs := synthetic(22, 30)
	s := openStore(t, "memory")
	ctx, cancel := context.WithCancel(context.Background())
	l := newLoader(t, s, Options{Batch: 40})
	st, err := l.Load(ctx, each(docs), func(s Stats) {
		if s.New > 8 {
			cancel()
		}
	})
	if err == nil || st.New == 0 || st.New == len(docs) {
		t.Fatalf("%+v, %v", st, err)
	}
	if again := loadAll(t, s, Options{}, docs...); again.Unchanged != st.New {
		t.Errorf("%d were there before, then %d", st.New, again.Unchanged)
	}
	fresh := openStore(t, "memory")
	loadAll(t, fresh, Options{}, docs...)
	if want, have := dump(t, fresh), dump(t, s); want != have {
		t.Error(diff(want, have))
	}
}
