// Package console serves Cayley's web console over an open graph, made whole
// and safe: its pages complete offline, its endpoints our own.
//
// In go a [Runner], which answers queries, the assets of Cayley's console
// ([FindAssets]) and some [Options]; out comes an http.Handler. [Local] runs
// queries in this process, [Pool] in processes of their own, which can be
// bounded and killed.
//
// The pages and what they call:
//
//	GET  /                        the explorer, where Options has one; else the query page
//	GET  /ui/query                the query page; /ui/query_shape, /ui/visualize
//	POST /api/v1/query/LANG       Cayley's API, version 1; ?limit=N
//	POST /api/v1/shape/LANG       the shape of a query
//	GET, POST /api/v2/query       Cayley's API, version 2; ?lang=LANG&qu=QUERY
//	POST /api/v1/write, …         quads of people's own, where that is allowed; see [Options]
//	GET  /sila/queries            the named queries
//	POST /sila/labels             what nodes are called
//	GET  /healthz, /metrics       for those who look after it
//
// Errors come with their status and as {"error": …}, with line and column of
// the query where they are known.
package console

import (
	"context"
	"encoding/json"
	"errors"
	"io/fs"
	"net"
	"net/http"
	"time"

	"github.com/sila-graph/sila/queries"
)

// Limits bound what one request may take. The zero value of a field means its default.
type Limits struct {
	Time    time.Duration // for one query; 30 s
	Rows    int           // of one answer; 10,000
	Bytes   int           // of one answer; 16 MB
	Body    int64         // of a query in bytes; 256 kB
	Write   int64         // of a request that writes, in bytes; 16 MB
	Queries int           // at a time; 4. Others wait until one ends, or their time.
	Memory  int64         // of a query in a process of its own, in bytes; 512 MB
}

func (l Limits) withDefaults() Limits {
	or := func(v *int, d int) {
		if *v == 0 {
			*v = d
		}
	}
	if l.Time == 0 {
		l.Time = 30 * time.Second
	}
	if l.Body == 0 {
		l.Body = 256 << 10
	}
	if l.Write == 0 {
		l.Write = 16 << 20
	}
	if l.Memory == 0 {
		l.Memory = 512 << 20
	}
	or(&l.Rows, 10_000)
	or(&l.Bytes, 16<<20)
	or(&l.Queries, 4)
	return l
}

// Runner answers queries. Its methods may be called from many goroutines.
type Runner interface {
	// Query runs a query and returns the rows as a JSON list, as Cayley's console
	// wants them. Errors: *QueryError, ErrTime, ErrMemory, ErrBusy, others.
	Query(ctx context.Context, q Query) (*Answer, error)
	// Labels returns what nodes are called, in the order of the IRIs.
	Labels(ctx context.Context, iris []string) ([]queries.Labels, error)
}

// Query is what a Runner is asked.
type Query struct {
	Lang  string `json:"lang"`
	Text  string `json:"text"`
	Limit int    `json:"limit"` // rows at most
	Bytes int    `json:"bytes"` // of the answer at most
	Shape bool   `json:"shape"` // the query's shape instead of its rows
	Label bool   `json:"label"` // add source_label, target_label and edge_label to rows with source and target
}

// Answer is what a Runner answers.
type Answer struct {
	Result json.RawMessage `json:"result"` // a list of rows, or a shape
	More   bool            `json:"more"`   // there are more rows than the limits allow
}

// Errors of queries beside *QueryError.
var (
	ErrTime   = errors.New("the query took longer than it may")
	ErrMemory = errors.New("the query took more memory than it may")
	ErrBusy   = errors.New("too many queries are running; try again later")
)

// QueryError says what is wrong with a query, and where, from 1; 0: unknown.
type QueryError struct {
	Reason    string `json:"error"`
	Line, Col int    `json:"-"`
}

func (e *QueryError) Error() string { return e.Reason }

// Options say how to serve.
type Options struct {
	Assets fs.FS  // Cayley's static/ and templates/; nil: a page says what to do
	Token  string // wanted from everybody; "": nobody needs one
	Hosts  []string
	Limits Limits
	// Write calls do with the graph while nobody else writes to it. With it, the
	// server has Cayley's write page and endpoints, and must have a Token; nil
	// makes it read-only.
	Write func(ctx context.Context, do func(Graph) error) error
	// Explorer serves every address that isn't the console's own, behind the
	// same guards; nil: there is the console alone. It sets its own content policy.
	Explorer http.Handler
}

// Server serves the console.
type Server struct {
	run     Runner
	opt     Options
	pages   *pages
	metrics *metrics
	places  *admission
	handler http.Handler
}

// New makes a server.
func New(run Runner, opt Options) (*Server, error) {
	opt.Limits = opt.Limits.withDefaults()
	if opt.Write != nil && opt.Token == "" {
		return nil, errors.New("a server that writes wants a token")
	}
	s := &Server{run: run, opt: opt, metrics: newMetrics(), places: newAdmission(opt.Limits.Queries)}
	var err error
	if s.pages, err = newPages(opt.Assets, opt.Write != nil); err != nil {
		return nil, err
	}
	mux := http.NewServeMux()
	s.routes(mux)
	s.handler = s.guard(mux)
	return s, nil
}

func (s *Server) routes(mux *http.ServeMux) {
	if s.opt.Explorer != nil {
		mux.Handle("/", s.opt.Explorer)
	} else {
		mux.HandleFunc("GET /{$}", s.pages.serve)
	}
	mux.HandleFunc("GET /ui/{page}", s.pages.serve)
	mux.HandleFunc("GET /static/", s.pages.static)
	mux.HandleFunc("GET /sila/web/", s.pages.web)
	mux.HandleFunc("POST /api/v1/query/{lang}", s.query)
	mux.HandleFunc("POST /api/v1/shape/{lang}", s.shape)
	mux.HandleFunc("/api/v2/query", s.queryV2)
	s.writeRoutes(mux)
	mux.HandleFunc("GET /sila/queries", s.named)
	mux.HandleFunc("POST /sila/labels", s.labels)
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, r *http.Request) { _, _ = w.Write([]byte("ok\n")) })
	mux.Handle("GET /metrics", s.metrics.handler())
}

// ServeHTTP implements http.Handler.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) { s.handler.ServeHTTP(w, r) }

// Serve serves until ctx is done, then lets running requests end for a moment.
func (s *Server) Serve(ctx context.Context, ln net.Listener) error {
	srv := &http.Server{
		Handler:           s,
		ReadHeaderTimeout: 5 * time.Second,
		ReadTimeout:       15 * time.Second,
		WriteTimeout:      s.opt.Limits.Time + 30*time.Second,
		IdleTimeout:       time.Minute,
		MaxHeaderBytes:    32 << 10,
	}
	done := make(chan error, 1)
	go func() { done <- srv.Serve(newLimited(ln)) }()
	select {
	case err := <-done:
		return err
	case <-ctx.Done():
	}
	grace, cancel := context.WithTimeout(context.WithoutCancel(ctx), 2*time.Second)
	defer cancel()
	if err := srv.Shutdown(grace); err != nil {
		_ = srv.Close() // those that are still running have had their time
	}
	if err := <-done; !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}
