package article

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
)

// DefaultMaxBytes bounds the raw input of one article: far above any article, far below what hurts.
const DefaultMaxBytes = 16 << 20

// Options steer a Read. The zero value is right for most.
type Options struct {
	// Date as YYYY-MM-DD for articles in which none is found; "" leaves them undated.
	Date string
	// MaxBytes bounds the raw size of one article in bytes; 0 means DefaultMaxBytes. What is longer is a Problem.
	MaxBytes int
	// Workers bounds how many web pages are taken apart at a time; 0 means one for each core. Order and outcome are the
	// same with any number.
	Workers int
	// Progress, if set, is told of each piece of input taken from a file or standard input, in bytes as stored.
	Progress func(bytes int64)
}

// Causes that a caller may want to tell apart with errors.Is.
var (
	ErrEmpty    = errors.New("nothing in it")
	ErrBinary   = errors.New("not text")
	ErrTooLong  = errors.New("too long for one article")
	ErrNoText   = errors.New("no title and no text")
	ErrForeign  = errors.New("no Arabic letters in it")
	ErrBroken   = errors.New("broken")
	ErrEncoding = errors.New("unknown character encoding")
)

// Read reads articles from paths, in the order given, and calls yield for each. A path is a file, a folder (walked in
// sorted order, hidden files left out) or "-" for stdin. Files may be compressed. Calls of yield and problem come from
// the calling goroutine, one at a time; problem may be nil.
//
// The error is ctx's, or yield's, or tells of wrong options: reading stops on these alone. All else is a Problem, and
// counted in the Summary, which is valid also beside an error.
func Read(ctx context.Context, paths []string, stdin io.Reader, opt Options, yield func(Article) error, problem func(*Problem)) (Summary, error) {
	s := &session{ctx: ctx, opt: opt, yield: yield, problem: problem, seen: map[string]string{}}
	if s.opt.MaxBytes <= 0 {
		s.opt.MaxBytes = DefaultMaxBytes
	}
	if s.opt.Workers <= 0 {
		s.opt.Workers = runtime.GOMAXPROCS(0)
	}
	defer s.running.Wait()
	if opt.Date != "" && isoDate(opt.Date) != opt.Date {
		return s.sum, fmt.Errorf("date %q: not a day of the calendar as YYYY-MM-DD", opt.Date)
	}
	for _, p := range paths {
		if err := s.path(p, stdin); err != nil {
			return s.sum, err
		}
	}
	return s.sum, s.drain(0)
}

// Size adds up the sizes in bytes of the files that Read would open; standard input and what can't be looked at count
// as nothing.
func Size(paths []string) int64 {
	var n int64
	for _, p := range paths {
		if p == "-" {
			continue
		}
		_ = filepath.WalkDir(p, func(path string, d fs.DirEntry, err error) error {
			if err != nil {
				return nil
			}
			if path != p && hidden(d.Name()) {
				if d.IsDir() {
					return filepath.SkipDir
				}
				return nil
			}
			if info, err := os.Stat(path); err == nil && info.Mode().IsRegular() {
				n += info.Size()
			}
			return nil
		})
	}
	return n
}

// session is one run of Read.
type session struct {
	ctx     context.Context
	opt     Options
	yield   func(Article) error
	problem func(*Problem)
	sum     Summary
	// seen maps the keys handed out to files on disk to the file that has each. It grows with files, not articles.
	seen map[string]string
	free []*bufio.Reader
	// queue holds what is to be handed on after pages that are still being taken apart, in order.
	queue   []*task
	working int // tasks in queue with a goroutine
	running sync.WaitGroup
}

// task is one outcome: an article, a problem or something to count.
type task struct {
	done chan struct{} // closed when hand may be called; nil if it may at once
	hand func() error
}

// maxQueue bounds the tasks that may wait behind a page.
const maxQueue = 64

// hand passes an outcome on, behind those before it.
func (s *session) hand(f func() error) error {
	if len(s.queue) == 0 {
		return f()
	}
	s.queue = append(s.queue, &task{hand: f})
	return s.drain(maxQueue)
}

// later has work done on a goroutine and its outcome handed on in its turn.
func (s *session) later(work func(), hand func() error) error {
	if s.opt.Workers <= 1 {
		work()
		return s.hand(hand)
	}
	for s.working >= s.opt.Workers {
		if err := s.drain(len(s.queue) - 1); err != nil {
			return err
		}
	}
	t := &task{done: make(chan struct{}), hand: hand}
	s.queue = append(s.queue, t)
	s.working++
	s.running.Add(1)
	go func() {
		defer s.running.Done()
		defer close(t.done)
		work()
	}()
	return s.drain(maxQueue)
}

// drain hands on outcomes from the front until at most n wait, and beyond that those that are ready.
func (s *session) drain(n int) error {
	for len(s.queue) > 0 {
		t := s.queue[0]
		if t.done != nil {
			if len(s.queue) <= n {
				select {
				case <-t.done:
				default:
					return nil
				}
			}
			<-t.done
			s.working--
		}
		s.queue = s.queue[1:]
		if err := t.hand(); err != nil {
			return err
		}
	}
	return nil
}

// source is one stream of bytes with what its surroundings say of it.
type source struct {
	file   string // for messages: Origin.File
	name   string // base name, for its extension; compression suffixes are cut as they are undone
	key    string // what a derived ID starts with
	found  bool   // found in a folder or archive, not named by the user: unknown kinds are passed over
	depth  int    // how many archives and compressions lie around it
	origin Origin // overrides file in messages when the stream is a record of a larger file
	url    string // address, where a web archive gives it
	media  string // media type, where a header gives it
	label  string // character set, where a header gives it
	r      *bufio.Reader
	at0    io.ReaderAt // the whole file, where it is one on disk; for zip
	size   int64       // of at0, in bytes
}

// buffer returns a buffered reader of r; release takes it back. Archives open one for each member.
func (s *session) buffer(r io.Reader) *bufio.Reader {
	if n := len(s.free); n > 0 {
		b := s.free[n-1]
		s.free = s.free[:n-1]
		b.Reset(r)
		return b
	}
	return bufio.NewReaderSize(r, bufSize)
}

func (s *session) release(b *bufio.Reader) {
	b.Reset(nil)
	s.free = append(s.free, b)
}

func (s *session) path(p string, stdin io.Reader) error {
	if p == "-" {
		if stdin == nil {
			return s.fail(Origin{File: "-"}, errors.New("no standard input"), "name a file or folder")
		}
		s.sum.Files++
		return s.stream(&source{file: "-", name: "-", key: "stdin", r: bufio.NewReaderSize(&counter{s, stdin}, bufSize)})
	}
	info, err := os.Stat(p)
	if err != nil {
		return s.fail(Origin{File: p}, plainCause(err), "check the path")
	}
	if !info.IsDir() {
		return s.open(p, filepath.Base(p), false)
	}
	found := false
	err = filepath.WalkDir(p, func(path string, d fs.DirEntry, err error) error {
		if e := s.ctx.Err(); e != nil {
			return e
		}
		if err != nil {
			return s.fail(Origin{File: path}, plainCause(err), "check its permissions")
		}
		if path != p && hidden(d.Name()) {
			if d.IsDir() {
				return filepath.SkipDir
			}
			return nil
		}
		if d.IsDir() {
			return nil
		}
		info, err := os.Stat(path) // follows links to files
		if err != nil {
			return s.fail(Origin{File: path}, plainCause(err), "check its permissions")
		}
		if !info.Mode().IsRegular() {
			return nil
		}
		found = true
		rel, err := filepath.Rel(p, path)
		if err != nil {
			rel = d.Name()
		}
		return s.open(path, rel, true)
	})
	if err == nil && !found {
		return s.fail(Origin{File: p}, ErrEmpty, "the folder has no files")
	}
	return err
}

// open reads one file on disk; rel is its path below the folder that the user named.
func (s *session) open(path, rel string, found bool) error {
	f, err := os.Open(path)
	if err != nil {
		return s.fail(Origin{File: path}, plainCause(err), "check its permissions")
	}
	defer f.Close()
	s.sum.Files++
	src := &source{file: path, name: filepath.Base(path), key: s.fileKey(path, rel), found: found}
	if info, err := f.Stat(); err == nil {
		src.at0, src.size = f, info.Size()
	}
	src.r = s.buffer(&counter{s, f})
	defer s.release(src.r)
	return s.stream(src)
}

// fileKey makes the key of a file from its path below the named folder: "2016/07/a.txt" gives "2016:07:a". Should a
// second file claim the same key, it gets six digits of its path's hash.
func (s *session) fileKey(path, rel string) string {
	k := keyOf(rel)
	clean := filepath.ToSlash(filepath.Clean(path))
	if other, ok := s.seen[k]; ok && other != clean {
		k += "~" + Hash("", clean)[:6]
	}
	s.seen[k] = clean
	return k
}

// fail reports a problem. It returns only what ends the run, so that callers can write "return s.fail(…)".
func (s *session) fail(o Origin, cause error, remedy string) error {
	return s.hand(func() error { return s.failNow(o, cause, remedy) })
}

func (s *session) failNow(o Origin, cause error, remedy string) error {
	s.sum.Problems++
	if s.problem != nil {
		s.problem(&Problem{Origin: o, Cause: cause, Remedy: remedy})
	}
	return s.ctx.Err()
}

// ignore counts a file or record that holds no article by its kind.
func (s *session) ignore() error {
	s.sum.Ignored++ // no one sees in what order
	return s.ctx.Err()
}

// emit completes an article and hands it on. Texts of other scripts and empty ones become problems.
func (s *session) emit(src *source, o Origin, a Article) error {
	if err := s.ctx.Err(); err != nil {
		return err
	}
	if len(s.queue) == 0 { // the common case, without a closure
		return s.emitNow(src, o, a)
	}
	return s.hand(func() error { return s.emitNow(src, o, a) })
}

func (s *session) emitNow(src *source, o Origin, a Article) error {
	if err := s.ctx.Err(); err != nil {
		return err
	}
	if p := s.complete(src, o, &a); p != nil {
		return s.failNow(o, p.Cause, p.Remedy)
	}
	s.sum.Articles++
	return s.yield(a)
}

// complete fills in what an article's own data leave open.
func (s *session) complete(src *source, o Origin, a *Article) *Problem {
	if strings.TrimSpace(a.Title) == "" && strings.TrimSpace(a.Text) == "" {
		return &Problem{Cause: ErrNoText}
	}
	if !hasArabic(a.Text) && !hasArabic(a.Title) {
		return &Problem{Cause: ErrForeign, Remedy: "Sila reads Arabic; a wrong character encoding can look like this too"}
	}
	a.Hash = Hash(a.Title, a.Text)
	a.Origin = o
	if a.ID == "" {
		a.ID = deriveID(src.key, a)
	}
	if a.Date == "" {
		a.Date = findDate(a, src)
	}
	if a.Date == "" {
		a.Date = s.opt.Date
	}
	return nil
}

// counter passes reads on, counts them and keeps an eye on the context.
type counter struct {
	s *session
	r io.Reader
}

func (c *counter) Read(p []byte) (int, error) {
	if err := c.s.ctx.Err(); err != nil {
		return 0, err
	}
	n, err := c.r.Read(p)
	c.s.sum.Bytes += int64(n)
	if c.s.opt.Progress != nil && n > 0 {
		c.s.opt.Progress(int64(n))
	}
	return n, err
}

func hidden(name string) bool { return len(name) > 1 && name[0] == '.' && name != ".." }

// plainCause drops operation and path from a file error: the message has the path already.
func plainCause(err error) error {
	var pe *fs.PathError
	if errors.As(err, &pe) {
		return pe.Err
	}
	return err
}
