package quads

import (
	"context"
	"fmt"
	"os"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/cayley/graph/path"
	"github.com/cayleygraph/quad"
)

// TestReadersAndWriter runs four readers and a writer side by side. The writer keeps two things true in each state: a
// fact has as many agents as patients, and every article has ten quads; each reader takes a snapshot and checks both,
// and that it is never kept waiting. SILA_LONG runs it for a minute.
func TestReadersAndWriter(t *testing.T) {
	took := 2 * time.Second
	if os.Getenv("SILA_LONG") != "" {
		took = time.Minute
	} else if testing.Short() {
		took = 300 * time.Millisecond
	}
	s := testStore(t, Options{NoSync: true, MemTableBytes: 1 << 20})
	ctx, cancel := context.WithTimeout(t.Context(), took)
	defer cancel()

	news := func(n int) (out []quad.Quad) {
		label := quad.IRI(fmt.Sprintf("article/%d", n))
		fact := quad.IRI(fmt.Sprintf("fact/%d", n%50))
		for i := range 5 {
			out = append(out,
				quad.Quad{Subject: fact, Predicate: quad.IRI("sila:agent"), Object: quad.IRI(fmt.Sprintf("org/%d-%d", n, i)), Label: label},
				quad.Quad{Subject: fact, Predicate: quad.IRI("sila:patient"), Object: quad.IRI(fmt.Sprintf("place/%d-%d", n, i)), Label: label})
		}
		return out
	}
	if err := s.Apply(ctx, news(0), nil); err != nil {
		t.Fatal(err)
	}
	var wg sync.WaitGroup
	var writes, reads atomic.Int64
	wg.Go(func() {
		for n := 1; ctx.Err() == nil; n++ {
			var err error
			switch {
			case n%7 == 0:
				var b *Bulk
				if b, err = s.Bulk(ctx); err == nil {
					if err = b.Add(news(n)...); err == nil {
						err = b.Commit()
					}
					b.Abort()
				}
			case n > 300:
				err = s.Apply(ctx, news(n), news(n-300))
			default:
				err = s.Apply(ctx, news(n), nil)
			}
			if err != nil && ctx.Err() == nil {
				t.Errorf("write %d: %v", n, err)
				return
			}
			writes.Add(1)
		}
	})
	// How long a goroutine that wants nothing of the store is kept waiting says what the machine adds.
	var idle atomic.Int64
	wg.Go(func() {
		for ctx.Err() == nil {
			start := time.Now()
			time.Sleep(time.Millisecond)
			idle.Store(max(idle.Load(), int64(time.Since(start)-time.Millisecond)))
		}
	})
	var mu sync.Mutex
	var rounds []time.Duration
	for range 4 {
		wg.Go(func() {
			for n := 0; ctx.Err() == nil; n++ {
				start := time.Now()
				snap, err := s.Snapshot()
				if err != nil {
					t.Error(err)
					return
				}
				fact := quad.IRI(fmt.Sprintf("fact/%d", n%50))
				count := func(qs graph.QuadStore, pred string) int64 {
					k, err := path.StartPath(qs, fact).Out(quad.IRI(pred)).Iterate(t.Context()).Count()
					if err != nil {
						t.Error(err)
					}
					return k
				}
				a, p := count(snap, "sila:agent"), count(snap, "sila:patient")
				if a != p || a%5 != 0 {
					t.Errorf("%s has %d agents and %d patients", fact, a, p)
				}
				st, err := snap.Stats(t.Context(), true)
				if err != nil || st.Quads.Size%10 != 0 {
					t.Errorf("%d quads, %v", st.Quads.Size, err)
				}
				// Live reads have no fixed state, but must not fail either.
				count(s, "sila:agent")
				if err := snap.Close(); err != nil {
					t.Error(err)
				}
				mu.Lock()
				rounds = append(rounds, time.Since(start))
				mu.Unlock()
				reads.Add(1)
				time.Sleep(2 * time.Millisecond) // a machine with nothing left to give makes everyone wait
			}
		})
	}
	wg.Wait()
	mustCheck(t, s)
	slices.Sort(rounds)
	at := func(f float64) time.Duration {
		return rounds[int(f*float64(len(rounds)-1))].Round(10 * time.Microsecond)
	}
	t.Logf("%d writes, %d rounds of four reads; a round takes %v at the median, %v at 99 %%, %v at 99.9 %%, %v at most; "+
		"a goroutine that only sleeps was late by %v at most", writes.Load(), reads.Load(), at(.5), at(.99), at(.999), at(1), time.Duration(idle.Load()).Round(10*time.Microsecond))
}

// TestClosingUnderReaders closes snapshots and the store while queries run: they end with an error, nothing worse.
func TestClosingUnderReaders(t *testing.T) {
	s, err := Open(t.TempDir(), Options{NoSync: true})
	if err != nil {
		t.Fatal(err)
	}
	for n := range 20 {
		if err := s.Apply(t.Context(), article(n, 1), nil); err != nil {
			t.Fatal(err)
		}
	}
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			for {
				snap, err := s.Snapshot()
				if err != nil {
					return
				}
				done := make(chan struct{})
				go func() {
					defer close(done)
					_, _ = path.StartPath(snap).Out().Out().In().Iterate(context.Background()).Limit(5000).AllValues(snap)
				}()
				time.Sleep(time.Millisecond)
				_ = snap.Close()
				<-done
			}
		})
	}
	time.Sleep(100 * time.Millisecond)
	if err := s.Close(); err != nil {
		t.Error(err)
	}
	wg.Wait()
}
