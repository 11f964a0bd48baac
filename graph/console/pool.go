package console

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"github.com/sila-graph/sila/queries"
)

const (
	waitForPlace = time.Second            // how long a query waits for a worker before the server says that it is busy
	grace        = 250 * time.Millisecond // how long after its time a worker may take to say so itself
	maxStderr    = 4 << 10
)

// Pool runs each query in a process of its own, over a copy of the graph: a
// query that takes more time or memory than it may is killed with its process,
// and nothing else notices.
type Pool struct {
	opt    PoolOptions
	own    *Local        // for labels, which nobody can misuse
	places chan struct{} // as many as there may be workers

	mu   sync.Mutex
	idle []*worker
	age  int // counts Renew
	next int
	dir  string
	done bool
}

// PoolOptions say how to run workers.
type PoolOptions struct {
	// Command starts a worker over a graph: a process that calls [Work].
	Command func(db string) *exec.Cmd
	// DB is where workers find the graph if Checkpoint is nil.
	DB string
	// Checkpoint copies the graph to a folder, one for each worker.
	Checkpoint func(dir string) error
	// Parent is the folder for the copies; on the file system of the graph they take no room.
	Parent string
	// Name starts the names of copies in Parent: a dot and the graph's name, so
	// that what a killed server of this graph left there is known, and removed.
	Name string
	// Workers are how many may run at a time.
	Workers int
}

// NewPool makes a pool; workers start when they are needed. [Pool.Close] ends them.
func NewPool(g Viewer, opt PoolOptions) (*Pool, error) {
	p := &Pool{opt: opt, own: NewLocal(g, opt.Workers), places: make(chan struct{}, opt.Workers)}
	if opt.Checkpoint != nil {
		prefix := "." + opt.Name + ".console-"
		if opt.Parent != "" && opt.Name != "" {
			removeStale(opt.Parent, prefix)
		}
		var err error
		if p.dir, err = os.MkdirTemp(opt.Parent, prefix); err != nil {
			return nil, fmt.Errorf("a folder for copies of the graph: %w", err)
		}
	}
	return p, nil
}

// removeStale removes copies that a server left which was killed. Only one
// process holds the graph, and it is this one.
func removeStale(parent, prefix string) {
	list, _ := os.ReadDir(parent) // what can't be listed stays
	for _, e := range list {
		if digits, ok := strings.CutPrefix(e.Name(), prefix); ok && e.IsDir() && strings.Trim(digits, "0123456789") == "" {
			_ = os.RemoveAll(filepath.Join(parent, e.Name()))
		}
	}
}

// worker is one process.
type worker struct {
	cmd    *exec.Cmd
	in     io.WriteCloser
	out    *json.Decoder
	stderr *tail
	exited chan struct{} // closed when the process has ended
	dir    string        // its copy of the graph
	age    int
}

// Query implements [Runner].
func (p *Pool) Query(ctx context.Context, q Query) (*Answer, error) {
	wait := time.NewTimer(waitForPlace)
	defer wait.Stop()
	select {
	case p.places <- struct{}{}:
	case <-wait.C:
		return nil, ErrBusy
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	defer func() { <-p.places }()
	w, err := p.take()
	if err != nil {
		return nil, fmt.Errorf("starting a process for the query: %w", err)
	}
	a, err, reusable := w.ask(ctx, q)
	if reusable {
		p.put(w)
	} else {
		p.end(w)
	}
	return a, err
}

// Labels implements [Runner].
func (p *Pool) Labels(ctx context.Context, iris []string) ([]queries.Labels, error) {
	return p.own.Labels(ctx, iris)
}

// Renew lets queries that begin from now on see the graph as it is now.
func (p *Pool) Renew() {
	p.mu.Lock()
	old := p.idle
	p.idle = nil
	p.age++
	p.mu.Unlock()
	for _, w := range old {
		p.end(w)
	}
}

// Close ends all workers and removes their copies.
func (p *Pool) Close() error {
	p.Renew()
	p.mu.Lock()
	p.done = true
	p.mu.Unlock()
	if p.dir == "" {
		return nil
	}
	return os.RemoveAll(p.dir)
}

// take returns an idle worker, or starts one.
func (p *Pool) take() (*worker, error) {
	p.mu.Lock()
	if n := len(p.idle); n > 0 {
		w := p.idle[n-1]
		p.idle = p.idle[:n-1]
		p.mu.Unlock()
		return w, nil
	}
	p.next++
	n, age, done := p.next, p.age, p.done
	p.mu.Unlock()
	if done {
		return nil, errors.New("the server is ending")
	}
	db, dir := p.opt.DB, ""
	if p.opt.Checkpoint != nil {
		dir = filepath.Join(p.dir, fmt.Sprint(n))
		db = dir
		if err := p.opt.Checkpoint(dir); err != nil {
			_ = os.RemoveAll(dir)
			return nil, err
		}
	}
	w := &worker{cmd: p.opt.Command(db), stderr: &tail{}, exited: make(chan struct{}), dir: dir, age: age}
	w.cmd.Stderr = w.stderr
	var err error
	if w.in, err = w.cmd.StdinPipe(); err != nil {
		return nil, err
	}
	out, err := w.cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	w.out = json.NewDecoder(out)
	if err := w.cmd.Start(); err != nil {
		_ = os.RemoveAll(dir)
		return nil, err
	}
	return w, nil
}

func (p *Pool) put(w *worker) {
	p.mu.Lock()
	if w.age == p.age && !p.done {
		p.idle = append(p.idle, w)
		p.mu.Unlock()
		return
	}
	p.mu.Unlock()
	p.end(w)
}

// end kills a worker and removes its copy of the graph.
func (p *Pool) end(w *worker) {
	_ = w.cmd.Process.Kill() // it may have ended already
	w.wait()
	if w.dir != "" {
		_ = os.RemoveAll(w.dir)
	}
}

// wait waits for the end of the process once.
func (w *worker) wait() {
	select {
	case <-w.exited:
	default:
		_ = w.cmd.Wait() // the state tells
		close(w.exited)
	}
}

// ask puts one query. reusable says whether the worker may go on.
func (w *worker) ask(ctx context.Context, q Query) (a *Answer, err error, reusable bool) {
	deadline, ok := ctx.Deadline()
	if !ok {
		deadline = time.Now().Add(Limits{}.withDefaults().Time)
	}
	type outcome struct {
		r   response
		err error
	}
	got := make(chan outcome, 1)
	go func() {
		var o outcome
		if o.err = json.NewEncoder(w.in).Encode(request{q, time.Until(deadline)}); o.err == nil {
			o.err = w.out.Decode(&o.r)
		}
		got <- o
	}()
	late := time.NewTimer(time.Until(deadline) + grace)
	defer late.Stop()
	left := ctx.Done()
	for {
		select {
		case o := <-got:
			if o.err != nil {
				return nil, w.died(), false
			}
			a, err = o.r.result()
			return a, err, !errors.Is(err, ErrTime)
		case <-late.C:
			return nil, ErrTime, false
		case <-left:
			if errors.Is(ctx.Err(), context.DeadlineExceeded) {
				left = nil // the worker says so itself, or late does
				continue
			}
			return nil, ctx.Err(), false
		}
	}
}

// died says why a worker ended in the middle of a query.
func (w *worker) died() error {
	w.wait()
	text := w.stderr.String()
	if w.cmd.ProcessState.ExitCode() == exitMemory || strings.Contains(text, "out of memory") || strings.Contains(text, "cannot allocate memory") {
		return ErrMemory
	}
	first, _, _ := strings.Cut(text, "\n")
	return &QueryError{Reason: "the query broke the process that ran it: " + clip(first)}
}

// tail keeps the beginning of what a process says.
type tail struct {
	mu sync.Mutex
	b  []byte
}

func (t *tail) Write(p []byte) (int, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.b = append(t.b, p[:min(len(p), maxStderr-min(len(t.b), maxStderr))]...)
	return len(p), nil
}

func (t *tail) String() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	return string(t.b)
}
