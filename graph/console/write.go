package console

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/cayleygraph/quad"
	"github.com/cayleygraph/quad/nquads"
)

// Graph is what writing needs of a store; store.Store is one.
type Graph interface {
	// Match calls fn with each quad that has the parts that the pattern gives.
	Match(ctx context.Context, pattern quad.Quad, fn func(quad.Quad) error) error
	// Apply adds quads that aren't there and deletes quads that are, all or nothing.
	Apply(ctx context.Context, add, del []quad.Quad) error
}

const readOnlyReason = "the graph is read-only here: it follows from its articles, which sila load and sila remove change; for quads of your own start sila serve --write"

func readOnly(w http.ResponseWriter, _ *http.Request) { fail(w, http.StatusForbidden, readOnlyReason) }

// writeRoutes adds Cayley's endpoints for writing; without [Options.Write]
// they all say that the graph is read-only.
//
//	POST /api/v1/write, /api/v1/delete    a JSON list of {"subject", "predicate", "object", "label"}
//	POST /api/v1/write/file/nquad         a form with the file NQuadFile, gzipped or not
//	POST /api/v2/write, /api/v2/delete    N-Quads, or JSON with Content-Type: application/json
//
// Each request is one transaction: all of it or, with an error, nothing. Quads
// that are there already, or not there to be deleted, are passed over.
func (s *Server) writeRoutes(mux *http.ServeMux) {
	routes := map[string]http.HandlerFunc{
		"/api/v1/write":            s.write(false, quadList),
		"/api/v1/write/file/nquad": s.write(false, s.quadFile),
		"/api/v1/delete":           s.write(true, quadList),
		"/api/v2/write":            s.write(false, quadsByType),
		"/api/v2/delete":           s.write(true, quadsByType),
		"/api/v2/node/delete": func(w http.ResponseWriter, _ *http.Request) {
			fail(w, http.StatusNotImplemented, "delete the quads of the node instead")
		},
	}
	for path, handle := range routes {
		if s.opt.Write == nil {
			handle = readOnly
		}
		mux.HandleFunc(path, handle)
	}
}

// write handles a request that adds or deletes the quads that read finds in it.
func (s *Server) write(remove bool, read func(*http.Request) ([]quad.Quad, error)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodPost {
			w.Header().Set("Allow", "POST")
			fail(w, http.StatusMethodNotAllowed, "POST")
			return
		}
		r.Body = http.MaxBytesReader(w, r.Body, s.opt.Limits.Write)
		quads, err := read(r)
		if err != nil {
			s.failWrite(w, err)
			return
		}
		if err := checkQuads(quads); err != nil {
			s.failWrite(w, err)
			return
		}
		ctx, cancel := context.WithTimeout(r.Context(), s.opt.Limits.Time)
		defer cancel()
		n := 0
		err = s.opt.Write(ctx, func(g Graph) error {
			todo, err := differing(ctx, g, quads, remove)
			if err != nil {
				return err
			}
			n = len(todo)
			whole := context.WithoutCancel(ctx) // a store whose writing is broken off wants to be opened again
			if remove {
				return g.Apply(whole, nil, todo)
			}
			return g.Apply(whole, todo, nil)
		})
		if err != nil {
			s.failQuery(w, err)
			return
		}
		verb := "wrote"
		if remove {
			verb = "deleted"
		}
		s.metrics.written.WithLabelValues(verb).Add(float64(n))
		mediaType := "text/plain; charset=utf-8" // the page parses the reply of version 1 itself
		if strings.HasPrefix(r.URL.Path, "/api/v2/") {
			mediaType = "application/json"
		}
		w.Header().Set("Content-Type", mediaType)
		fmt.Fprintf(w, "{\"result\": \"Successfully %s %d quads.\", \"count\": %d, \"unchanged\": %d}\n", verb, n, n, len(quads)-n)
	}
}

func (s *Server) failWrite(w http.ResponseWriter, err error) {
	var large *http.MaxBytesError
	if errors.As(err, &large) || errors.Is(err, errLarge) {
		fail(w, http.StatusRequestEntityTooLarge, "what is written at a time may have "+strconv.FormatInt(s.opt.Limits.Write, 10)+" bytes; write it in parts")
		return
	}
	fail(w, http.StatusBadRequest, err.Error())
}

// differing returns, each once, the quads that a change concerns: those that
// are there to be removed, or aren't and come.
func differing(ctx context.Context, g Graph, quads []quad.Quad, there bool) ([]quad.Quad, error) {
	var out []quad.Quad
	seen := make(map[quad.Quad]bool, len(quads))
	for _, q := range quads {
		if seen[q] {
			continue
		}
		seen[q] = true
		found := false
		if err := g.Match(ctx, q, func(have quad.Quad) error {
			found = found || have == q // a pattern without label meets every label
			return nil
		}); err != nil {
			return nil, err
		}
		if found == there {
			out = append(out, q)
		}
	}
	return out, nil
}

// checkQuads holds quads to what the graph's own are like.
func checkQuads(quads []quad.Quad) error {
	if len(quads) == 0 {
		return errors.New("there are no quads in the request")
	}
	for i, q := range quads {
		bad := ""
		switch q.Subject.(type) {
		case quad.IRI, quad.BNode:
		default:
			bad = "subject"
		}
		if _, ok := q.Predicate.(quad.IRI); !ok {
			bad = "predicate"
		}
		if q.Object == nil {
			bad = "object"
		}
		switch q.Label.(type) {
		case nil, quad.IRI, quad.BNode:
		default:
			bad = "label"
		}
		if bad != "" {
			return fmt.Errorf("quad %d: the %s has to be a node in angle brackets such as <person/alice>%s: %s", i+1, bad,
				map[bool]string{true: `, or a text in quotes`}[bad == "object"], clip(fmt.Sprint(q)))
		}
	}
	return nil
}

var errLarge = errors.New("too large")

func readBody(r io.Reader) ([]byte, error) {
	b, err := io.ReadAll(r)
	if err == nil && !utf8.Valid(b) {
		err = errors.New("the request isn't UTF-8")
	}
	return b, err
}

// quadList reads what Cayley's write page sends.
func quadList(r *http.Request) ([]quad.Quad, error) {
	b, err := readBody(r.Body)
	if err != nil {
		return nil, err
	}
	var list []struct{ Subject, Predicate, Object, Label string }
	if err := json.Unmarshal(b, &list); err != nil {
		return nil, fmt.Errorf("want a JSON list of {\"subject\", \"predicate\", \"object\", \"label\"}: %w", err)
	}
	out := make([]quad.Quad, len(list))
	for i, q := range list {
		out[i] = quad.Quad{Subject: value(q.Subject), Predicate: value(q.Predicate), Object: value(q.Object), Label: value(q.Label)}
	}
	return out, nil
}

// value reads a value as Cayley writes it; numbers and dates become those of the graph.
func value(s string) quad.Value {
	v := quad.StringToValue(s)
	if t, ok := v.(quad.TypedString); ok {
		if parsed, err := t.ParseValue(); err == nil {
			return parsed
		}
	}
	return v
}

// quadFile reads a file in a form.
func (s *Server) quadFile(r *http.Request) ([]quad.Quad, error) {
	form, err := r.MultipartReader()
	if err != nil {
		return nil, fmt.Errorf("want a form with the file NQuadFile: %w", err)
	}
	for {
		part, err := form.NextPart()
		if err == io.EOF {
			return nil, errors.New("want a form with the file NQuadFile")
		}
		if err != nil {
			return nil, err
		}
		if part.FormName() != "NQuadFile" {
			continue
		}
		b, err := io.ReadAll(part)
		if err != nil {
			return nil, err
		}
		if bytes.HasPrefix(b, []byte{0x1f, 0x8b}) {
			z, err := gzip.NewReader(bytes.NewReader(b))
			if err != nil {
				return nil, err
			}
			if b, err = io.ReadAll(io.LimitReader(z, s.opt.Limits.Write+1)); err != nil {
				return nil, err
			}
			if int64(len(b)) > s.opt.Limits.Write {
				return nil, errLarge
			}
		}
		return nquadsOf(b)
	}
}

// quadsByType reads the body by its media type. JSON-LD isn't read: it may
// name other hosts to ask.
func quadsByType(r *http.Request) ([]quad.Quad, error) {
	media, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type"))
	switch media {
	case "application/json":
		return quadList(r)
	case "", "application/n-quads", "application/nquads", "text/plain", "text/x-nquads", "application/octet-stream", "application/x-www-form-urlencoded":
	default:
		return nil, fmt.Errorf("quads of type %s aren't read; send application/n-quads or application/json", clip(media))
	}
	b, err := io.ReadAll(r.Body)
	if err != nil {
		return nil, err
	}
	return nquadsOf(b)
}

func nquadsOf(b []byte) ([]quad.Quad, error) {
	if !utf8.Valid(b) {
		return nil, errors.New("the quads aren't UTF-8")
	}
	dec := nquads.NewReader(bytes.NewReader(b), false)
	defer dec.Close()
	var out []quad.Quad
	for {
		q, err := dec.ReadQuad()
		if err == io.EOF {
			return out, nil
		}
		if err != nil {
			return nil, fmt.Errorf("after %d quads: %w", len(out), err)
		}
		out = append(out, q)
	}
}
