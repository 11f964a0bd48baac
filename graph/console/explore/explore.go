// Package explore serves the explorer: pages for people who look up an actor,
// follow a tie and read the sentence behind it, and an API of the same content.
//
// In go a [Graph] and some [Options], out comes an http.Handler ([New]), which
// package console mounts behind its guards. Pages are rendered here, whole
// without JavaScript, in Arabic and English; the script in static/ only adds
// completion, copying and the two drawn views. Each request reads one snapshot
// of the graph, together with the index over it; [Server.Renew] says that the
// graph has changed.
//
//	GET /                       the start page
//	GET /search?q=              entities by name
//	GET /entity/IRI             an actor's or place's page
//	GET /fact/ID                a fact with all its reports; /sentence/ID leads to the words
//	GET /article/ID             an article, mentions and facts marked in place
//	GET /events, /timeline      facts by filter; .csv and .json of the same rows
//	GET /path                   how two are connected
//	GET /network, /map          the drawn views, where they were built in
//	GET /decisions, POST /decide  people's decisions, where they may be taken
//	GET /api/sila/v1/…          the API; /api/sila/v1/openapi.json describes it
package explore

import (
	"context"
	"embed"
	"errors"
	"io/fs"
	"net/http"
	"runtime/debug"
	"sync"
	"time"

	"github.com/cayleygraph/cayley/graph"

	"github.com/sila-graph/sila/graph/console/explore/index"
	"github.com/sila-graph/sila/graph/query"
)

//go:embed static
var static embed.FS

// Graph is what the explorer reads.
type Graph interface {
	// View calls fn with a store that nothing changes meanwhile.
	View(ctx context.Context, fn func(graph.QuadStore) error) error
}

// Options say how to explore.
type Options struct {
	// Snapshots says that a view hinders no writer, so that one may be held for
	// as long as the index over it serves. Elsewhere requests take turns with writers.
	Snapshots bool
	// Web holds the built scripts and data of the network view and the map
	// (make); nil: pages say how to get them.
	Web fs.FS
	// Desk takes people's decisions; nil: the pages only read. Who may reach the
	// server may decide, so that it must want a token from everybody.
	Desk Desk
	// Time is how long a request may take; 30 s where 0.
	Time time.Duration
	// Version is sila's, for citations; that of the build where "".
	Version string
	// Lexicons is the version of sila's word lists and models, for citations;
	// that of the program, which holds them, where "".
	Lexicons string
}

// Server serves the explorer.
type Server struct {
	g       Graph
	opt     Options
	pages   *pages
	handler http.Handler
	places  chan struct{} // as many as requests may read at a time

	mu      sync.Mutex
	gen     *generation   // nil until the first index is there
	ready   chan struct{} // closed when gen is there, or building it has failed
	failed  error
	stale   bool // the graph has changed since the build began
	working bool
	ended   bool

	background sync.WaitGroup
	ctx        context.Context
	cancel     context.CancelFunc
}

// generation is one state of the graph with the index over it.
type generation struct {
	*index.Index
	qs    graph.QuadStore // nil where requests take views of their own
	names *query.Engine   // over qs
	built time.Time
	users sync.WaitGroup
}

// New makes a server and begins to index the graph. [Server.Close] gives up what it holds.
func New(g Graph, opt Options) (*Server, error) {
	if opt.Time == 0 {
		opt.Time = 30 * time.Second
	}
	if opt.Version == "" {
		opt.Version = buildVersion()
	}
	s := &Server{g: g, opt: opt, ready: make(chan struct{}), places: make(chan struct{}, most)}
	var err error
	if s.pages, err = newPages(); err != nil {
		return nil, err
	}
	s.ctx, s.cancel = context.WithCancel(context.Background())
	mux := http.NewServeMux()
	s.routes(mux)
	s.handler = mux
	s.Renew()
	go programHash() // some tenths of a second that no reader need wait for
	return s, nil
}

func buildVersion() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "unknown"
	}
	if info.Main.Version != "" && info.Main.Version != "(devel)" {
		return info.Main.Version
	}
	for _, v := range info.Settings {
		if v.Key == "vcs.revision" && len(v.Value) >= 12 {
			return v.Value[:12]
		}
	}
	return "(devel)"
}

// ServeHTTP implements http.Handler.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Security-Policy", "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; "+
		"connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'")
	s.handler.ServeHTTP(w, r)
}

// Renew lets requests see the graph as it is now as soon as the index over it
// is made; until then they see it as it was.
func (s *Server) Renew() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.stale = true
	if s.working || s.ended {
		return
	}
	s.working = true
	s.background.Go(s.build)
}

// Close ends what runs in the background and gives up the snapshot, once the
// requests that read it have ended.
func (s *Server) Close() {
	s.mu.Lock()
	gen, again := s.gen, s.ended
	s.ended = true
	s.mu.Unlock()
	if again {
		return
	}
	s.cancel()
	if gen != nil {
		gen.release()
	}
	s.background.Wait()
}

// release gives up the server's own share in a generation.
func (g *generation) release() {
	if g.qs != nil {
		g.users.Done()
	}
}

// build makes indexes until the graph no longer changes meanwhile.
func (s *Server) build() {
	for {
		s.mu.Lock()
		if !s.stale || s.ended {
			s.working = false
			s.mu.Unlock()
			return
		}
		s.stale = false
		s.mu.Unlock()
		gen, err := s.generate()
		s.mu.Lock()
		old := s.gen
		switch {
		case err != nil:
			s.failed, old = err, nil
		case s.ended:
			old = gen // Close has looked already
		default:
			s.gen, s.failed = gen, nil
		}
		select {
		case <-s.ready:
		default:
			close(s.ready)
		}
		s.mu.Unlock()
		if old != nil {
			old.release()
		}
	}
}

// generate makes the index over the graph as it is now. Where there are
// snapshots, a goroutine holds the one it was made from until nobody reads it.
func (s *Server) generate() (*generation, error) {
	type outcome struct {
		gen *generation
		err error
	}
	made := make(chan outcome, 2)
	s.background.Go(func() {
		err := s.g.View(s.ctx, func(qs graph.QuadStore) error {
			x, err := index.Build(s.ctx, qs)
			if err != nil {
				return err
			}
			gen := &generation{Index: x, built: time.Now()}
			if s.opt.Snapshots {
				gen.qs, gen.names = qs, query.New(qs)
				gen.users.Add(1)
			}
			made <- outcome{gen: gen}
			gen.users.Wait()
			return nil
		})
		made <- outcome{err: err} // nobody listens if the generation was handed over
	})
	o := <-made
	return o.gen, o.err
}

// errPreparing says that the first index isn't there yet.
var errPreparing = errors.New("the index over the graph is being made")

// most is how many requests read at a time; others wait.
const most = 32

// patience is how long a request waits for the first index.
const patience = 10 * time.Second

// with calls fn with one state of the graph.
func (s *Server) with(ctx context.Context, fn func(ctx context.Context, g *generation) error) error {
	wait := time.NewTimer(patience)
	defer wait.Stop()
	select {
	case <-s.ready:
	case <-wait.C:
		return errPreparing
	case <-ctx.Done():
		return ctx.Err()
	}
	ctx, cancel := context.WithTimeout(ctx, s.opt.Time)
	defer cancel()
	select {
	case s.places <- struct{}{}:
		defer func() { <-s.places }()
	case <-ctx.Done():
		return ctx.Err()
	}
	s.mu.Lock()
	gen, err := s.gen, s.failed
	if gen != nil && gen.qs != nil {
		if s.ended {
			s.mu.Unlock()
			return http.ErrServerClosed
		}
		gen.users.Add(1)
		defer gen.users.Done()
	}
	s.mu.Unlock()
	if gen == nil {
		return err
	}
	if gen.qs != nil {
		return fn(ctx, gen)
	}
	return s.g.View(ctx, func(qs graph.QuadStore) error {
		return fn(ctx, &generation{Index: gen.Index, qs: qs, names: query.New(qs), built: gen.built})
	})
}
