package quads

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/cockroachdb/pebble/v2"
)

// logger receives what Pebble has to say. Pebble calls Fatalf when it can't go on writing (a disk that is full or
// fails) and expects the process to end; the store instead refuses all further writes and reports the first cause.
type logger struct {
	mu   sync.Mutex
	err  error
	done chan struct{} // closed by the first failure
}

func newLogger() *logger { return &logger{done: make(chan struct{})} }

func (l *logger) Infof(string, ...interface{})  {}
func (l *logger) Errorf(string, ...interface{}) {}
func (l *logger) Fatalf(format string, args ...interface{}) {
	l.fail(fmt.Errorf(format, args...))
}

func (l *logger) fail(err error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.err == nil {
		l.err = err
		close(l.done)
	}
}

func (l *logger) failed() error {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.err
}

// ErrFailed is wrapped by the errors of writes after the disk failed under an earlier one. What was committed before
// is intact; what happened to that write shows when the store is opened again.
var ErrFailed = errors.New("quads: the store can't be written since its disk failed; free or repair the disk and open the store again")

func (s *Store) failure() error {
	if err := s.log.failed(); err != nil {
		return fmt.Errorf("%w (%v)", ErrFailed, err)
	}
	return nil
}

// lockWriter waits until no one else writes.
func (s *Store) lockWriter(ctx context.Context) error {
	select {
	case <-s.writer:
	default:
		select {
		case <-s.writer:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	err := s.failure()
	if s.isClosed {
		err = errClosed
	}
	if err != nil {
		s.unlockWriter()
	}
	return err
}

func (s *Store) unlockWriter() { s.writer <- struct{}{} }

// commit applies a batch atomically and frees it. After an error the store refuses to write, and Pebble may still
// hold the batch.
func (s *Store) commit(b *pebble.Batch, o *pebble.WriteOptions) error {
	if err := s.write(func() error { return b.Commit(o) }); err != nil {
		return err
	}
	return b.Close()
}

// write runs something of Pebble's that changes the store. Pebble waits for ever when it can't write its tables, so
// this waits elsewhere and comes back at the first failure of the disk.
func (s *Store) write(f func() error) error {
	done := make(chan error, 1)
	go func() { done <- guard(f) }()
	select {
	case err := <-done:
		if err != nil {
			s.log.fail(err)
		}
	case <-s.log.done:
	}
	if err := s.failure(); err != nil {
		return err
	}
	s.epoch.Add(1)
	if s.reader != nil {
		s.reader.dropFree()
	}
	return nil
}

// guard turns a panic of Pebble's (it panics when the log can't be written) into an error.
func guard(f func() error) (err error) {
	defer func() {
		if p := recover(); p != nil {
			if e, ok := p.(error); ok {
				err = e
			} else {
				err = fmt.Errorf("%v", p)
			}
		}
	}()
	return f()
}

// closeDB closes Pebble. After a failed write Pebble may hold its own locks for ever, so then it gets a few seconds
// only; the operating system frees the rest when the process ends.
func (s *Store) closeDB() error {
	if s.failure() == nil && s.epoch.Load() > 0 {
		// What was written goes to tables now, so that the next Open has no log to replay.
		if err := s.write(s.db.Flush); err != nil {
			return err
		}
	}
	if s.failure() == nil {
		if err := s.db.Close(); err != nil {
			return fmt.Errorf("closing the store %s: %w", s.path, err)
		}
		return nil
	}
	done := make(chan error, 1)
	go func() { done <- guard(s.db.Close) }()
	select {
	case <-done:
	case <-time.After(3 * time.Second):
	}
	return s.failure()
}
