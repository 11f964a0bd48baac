// Package batch does slow work on many things on all cores and hands the
// results on in the order in which the things came: articles to documents,
// while the one who takes them writes a graph.
//
// [Ordered] is all there is. It holds a few things a worker at a time, however
// many there are.
package batch

import (
	"context"
	"fmt"
	"iter"
	"runtime"
	"runtime/debug"
	"sync"
)

// ahead is how many things a worker may be ahead of the one who takes them.
const ahead = 8

// Result is what became of one thing.
type Result[In, Out any] struct {
	In  In
	Out Out
	Err error // a *Panic where the work panicked: the others go on
}

// Panic is a panic of the work on one thing.
type Panic struct {
	Value any
	Stack []byte
}

func (p *Panic) Error() string { return fmt.Sprintf("internal error: %v", p.Value) }

// Ordered runs work on everything that source yields, with jobs workers (0: one
// a core), and returns the results in order. source is called once, in another
// goroutine, and must return when yield returns an error. Its own error comes
// last; that of ctx ends the sequence as soon as it is seen.
func Ordered[In, Out any](ctx context.Context, jobs int, source func(yield func(In) error) error, work func(In) Out) iter.Seq2[Result[In, Out], error] {
	if jobs <= 0 {
		jobs = runtime.GOMAXPROCS(0)
	}
	return func(yield func(Result[In, Out], error) bool) {
		ctx, cancel := context.WithCancel(ctx)
		var all sync.WaitGroup
		defer all.Wait()
		defer cancel()

		type job struct {
			Result[In, Out]
			done chan struct{}
		}
		todo := make(chan *job)
		queue := make(chan *job, jobs*ahead) // in order
		var sourceErr error                  // written before queue is closed
		all.Go(func() {
			defer close(queue)
			defer close(todo)
			sourceErr = source(func(in In) error {
				j := &job{done: make(chan struct{})}
				j.In = in
				for _, c := range []chan<- *job{queue, todo} {
					select {
					case c <- j:
					case <-ctx.Done():
						return ctx.Err()
					}
				}
				return nil
			})
		})
		for range jobs {
			all.Go(func() {
				for j := range todo {
					j.Out, j.Err = guarded(work, j.In)
					close(j.done)
				}
			})
		}
		for j := range queue {
			select {
			case <-j.done:
			case <-ctx.Done():
				yield(Result[In, Out]{}, ctx.Err())
				return
			}
			if !yield(j.Result, nil) {
				return
			}
		}
		if sourceErr != nil {
			yield(Result[In, Out]{}, sourceErr)
		}
	}
}

// guarded runs work and turns a panic into an error.
func guarded[In, Out any](work func(In) Out, in In) (out Out, err error) {
	defer func() {
		if v := recover(); v != nil {
			err = &Panic{v, debug.Stack()}
		}
	}()
	return work(in), nil
}
