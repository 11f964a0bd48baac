package batch

import (
	"context"
	"errors"
	"runtime"
	"testing"
	"time"
)

func count(n int) func(func(int) error) error {
	return func(yield func(int) error) error {
		for i := range n {
			if err := yield(i); err != nil {
				return err
			}
		}
		return nil
	}
}

func TestOrder(t *testing.T) {
	for _, jobs := range []int{0, 1, 3} {
		next := 0
		for r, err := range Ordered(context.Background(), jobs, count(200), func(i int) int {
			if i%7 == 0 {
				time.Sleep(time.Millisecond) // the slow ones must not be overtaken
			}
			return i * i
		}) {
			if err != nil || r.Err != nil || r.In != next || r.Out != next*next {
				t.Fatalf("have %+v, %v; want %d", r, err, next)
			}
			next++
		}
		if next != 200 {
			t.Errorf("%d jobs: %d results", jobs, next)
		}
	}
}

func TestPanicSpoilsOneOnly(t *testing.T) {
	bad, good := 0, 0
	for r, err := range Ordered(context.Background(), 2, count(50), func(i int) int { return 10 / (i % 10) }) {
		var p *Panic
		switch {
		case err != nil:
			t.Fatal(err)
		case errors.As(r.Err, &p):
			bad++
			if r.In%10 != 0 || len(p.Stack) == 0 {
				t.Errorf("%d: %v", r.In, p)
			}
		default:
			good++
		}
	}
	if bad != 5 || good != 45 {
		t.Errorf("%d bad, %d good", bad, good)
	}
}

var errSource = errors.New("disk gone")

func TestSourceErrorComesLast(t *testing.T) {
	n := 0
	var last error
	for _, err := range Ordered(context.Background(), 2, func(yield func(int) error) error {
		if err := count(5)(yield); err != nil {
			return err
		}
		return errSource
	}, func(i int) int { return i }) {
		if err == nil {
			n++
		}
		last = err
	}
	if n != 5 || last != errSource {
		t.Errorf("%d results, then %v", n, last)
	}
}

// TestStops leaves early, by break and by context, and looks for goroutines left behind.
func TestStops(t *testing.T) {
	before := runtime.NumGoroutine()
	for r := range Ordered(context.Background(), 2, count(1_000_000), func(i int) int { return i }) {
		if r.In == 10 {
			break
		}
	}
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	var err error
	for r, e := range Ordered(ctx, 2, count(1_000_000), func(i int) int { return i }) {
		if err = e; e == nil && r.In == 10 {
			cancel()
		}
	}
	if !errors.Is(err, context.Canceled) {
		t.Errorf("have %v", err)
	}
	if after := runtime.NumGoroutine(); after > before {
		t.Errorf("%d goroutines before, %d after", before, after)
	}
}
