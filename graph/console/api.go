package console

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/sila-graph/sila/queries"
)

// fail writes an error as Cayley's pages expect it.
func fail(w http.ResponseWriter, status int, reason string) {
	failWith(w, status, map[string]any{"error": reason})
}

func failWith(w http.ResponseWriter, status int, body map[string]any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(body) // a client that has left needs no error
}

// query is POST /api/v1/query/LANG. The page parses the reply itself, so it
// mustn't come as application/json.
func (s *Server) query(w http.ResponseWriter, r *http.Request) {
	text, ok := s.body(w, r)
	if !ok {
		return
	}
	s.answer(w, r, Query{Lang: r.PathValue("lang"), Text: text, Label: strings.Contains(r.Referer(), "/ui/visualize")}, "text/plain; charset=utf-8")
}

func (s *Server) shape(w http.ResponseWriter, r *http.Request) {
	text, ok := s.body(w, r)
	if !ok {
		return
	}
	s.answer(w, r, Query{Lang: r.PathValue("lang"), Text: text, Shape: true}, "text/plain; charset=utf-8")
}

// queryV2 is Cayley's second API: the query in the address or the body.
func (s *Server) queryV2(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodGet && r.Method != http.MethodPost {
		w.Header().Set("Allow", "GET, POST")
		fail(w, http.StatusMethodNotAllowed, "GET or POST")
		return
	}
	v := r.URL.Query()
	text := v.Get("qu")
	if text == "" {
		var ok bool
		if text, ok = s.body(w, r); !ok {
			return
		}
	}
	lang := v.Get("lang")
	if lang == "" {
		lang = "gizmo"
	}
	s.answer(w, r, Query{Lang: lang, Text: text}, "application/json")
}

func (s *Server) body(w http.ResponseWriter, r *http.Request) (string, bool) {
	b, err := io.ReadAll(http.MaxBytesReader(w, r.Body, s.opt.Limits.Body))
	var large *http.MaxBytesError
	switch {
	case errors.As(err, &large):
		fail(w, http.StatusRequestEntityTooLarge, "a query may have "+strconv.FormatInt(s.opt.Limits.Body, 10)+" bytes")
		return "", false
	case err != nil:
		fail(w, http.StatusBadRequest, "the request broke off")
		return "", false
	}
	return string(b), true
}

func (s *Server) answer(w http.ResponseWriter, r *http.Request, q Query, mediaType string) {
	q.Limit, q.Bytes = s.opt.Limits.Rows, s.opt.Limits.Bytes
	if v := r.URL.Query().Get("limit"); v != "" {
		n, err := strconv.Atoi(v)
		if err != nil {
			fail(w, http.StatusBadRequest, "limit: want a number")
			return
		}
		if n > 0 {
			q.Limit = min(n, q.Limit)
		}
	}
	ctx, cancel := context.WithTimeout(r.Context(), s.opt.Limits.Time)
	defer cancel()
	start := time.Now()
	s.metrics.running.Inc()
	leave, err := s.places.enter(ctx, clientOf(r))
	var a *Answer
	if err == nil {
		defer leave()
		a, err = s.run.Query(ctx, q)
	}
	s.metrics.running.Dec()
	s.metrics.done(err, time.Since(start))
	if err != nil {
		s.failQuery(w, err)
		return
	}
	h := w.Header()
	h.Set("Content-Type", mediaType)
	if a.More {
		h.Set("X-Sila-Truncated", strconv.Itoa(q.Limit))
	}
	if q.Shape {
		send(w, a.Result)
		return
	}
	send(w, []byte(`{"result":`), a.Result, []byte("}\n"))
}

// failQuery gives each error of a query its status.
func (s *Server) failQuery(w http.ResponseWriter, err error) {
	var q *QueryError
	switch {
	case errors.As(err, &q):
		body := map[string]any{"error": q.Reason}
		if q.Line > 0 {
			body["line"], body["column"] = q.Line, q.Col
		}
		failWith(w, http.StatusBadRequest, body)
	case errors.Is(err, ErrTime), errors.Is(err, context.DeadlineExceeded):
		fail(w, http.StatusGatewayTimeout, "the query took longer than "+s.opt.Limits.Time.String())
	case errors.Is(err, ErrMemory):
		fail(w, http.StatusUnprocessableEntity, "the query took more memory than "+strconv.FormatInt(s.opt.Limits.Memory>>20, 10)+" MB")
	case errors.Is(err, ErrBusy):
		w.Header().Set("Retry-After", "5")
		fail(w, http.StatusServiceUnavailable, err.Error())
	case errors.Is(err, context.Canceled): // the client has left
		w.WriteHeader(499)
	default:
		fail(w, http.StatusInternalServerError, err.Error())
	}
}

// named lists the named queries for the menu.
func (s *Server) named(w http.ResponseWriter, _ *http.Request) {
	type entry struct {
		Name  string         `json:"name"`
		Title queries.Labels `json:"title"`
		About queries.Labels `json:"about"`
		Text  string         `json:"text"`
	}
	var list []entry
	for _, q := range queries.All() {
		list = append(list, entry{q.Name, q.Title, q.About, q.Short()})
	}
	writeJSON(w, list)
}

// maxLabels is how many nodes may be asked for at a time.
const maxLabels = 2000

// labels answers a list of IRIs with what they are called: {"<iri>": {"en": …, "ar": …}}.
func (s *Server) labels(w http.ResponseWriter, r *http.Request) {
	text, ok := s.body(w, r)
	if !ok {
		return
	}
	var iris []string
	if err := json.Unmarshal([]byte(text), &iris); err != nil || len(iris) > maxLabels {
		fail(w, http.StatusBadRequest, "want a list of at most "+strconv.Itoa(maxLabels)+" IRIs")
		return
	}
	ctx, cancel := context.WithTimeout(r.Context(), s.opt.Limits.Time)
	defer cancel()
	leave, err := s.places.enter(ctx, clientOf(r))
	if err != nil {
		s.failQuery(w, err)
		return
	}
	defer leave()
	list, err := s.run.Labels(ctx, iris)
	if err != nil {
		s.failQuery(w, err)
		return
	}
	out := make(map[string]queries.Labels, len(iris))
	for i, l := range list {
		out[iris[i]] = l
	}
	writeJSON(w, out)
}

func writeJSON(w http.ResponseWriter, v any) {
	w.Header().Set("Content-Type", "application/json")
	enc := json.NewEncoder(w)
	_ = enc.Encode(v) // a client that has left needs no error
}
