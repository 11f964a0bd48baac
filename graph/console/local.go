package console

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/cayley/graph/path"
	cquery "github.com/cayleygraph/cayley/query"
	"github.com/cayleygraph/quad"

	"github.com/sila-graph/sila/graph/query"
	"github.com/sila-graph/sila/graph/vocab"
	"github.com/sila-graph/sila/queries"
)

// Viewer gives a store to read from; store.Store is one.
type Viewer interface {
	View(ctx context.Context, fn func(graph.QuadStore) error) error
}

// Local answers in this process: time and rows are bounded, memory isn't, and
// a query that can't be interrupted (a shape with a loop) keeps its place until
// it ends. It serves graphs in memory, and is what the processes of a [Pool] run.
type Local struct {
	graph Viewer
	slots chan struct{}
}

// NewLocal returns a Local that runs n queries at a time.
func NewLocal(g Viewer, n int) *Local { return &Local{graph: g, slots: make(chan struct{}, n)} }

// Query implements [Runner].
func (l *Local) Query(ctx context.Context, q Query) (*Answer, error) {
	select {
	case l.slots <- struct{}{}:
	case <-ctx.Done():
		return nil, ErrBusy
	}
	type outcome struct {
		a   *Answer
		err error
	}
	done := make(chan outcome, 1)
	go func() {
		defer func() { <-l.slots }()
		var o outcome
		o.err = l.graph.View(ctx, func(qs graph.QuadStore) (err error) {
			defer func() {
				if v := recover(); v != nil {
					err = &QueryError{Reason: fmt.Sprint("the query broke: ", v)}
				}
			}()
			o.a, err = run(ctx, qs, q)
			return err
		})
		done <- o
	}()
	select {
	case o := <-done:
		if o.err != nil && ctx.Err() == context.DeadlineExceeded {
			return nil, ErrTime
		}
		return o.a, o.err
	case <-ctx.Done():
		if ctx.Err() == context.DeadlineExceeded {
			return nil, ErrTime
		}
		return nil, ctx.Err()
	}
}

// run runs one query over a store.
func run(ctx context.Context, qs graph.QuadStore, q Query) (*Answer, error) {
	if q.Shape {
		return shape(ctx, qs, q)
	}
	lang := cquery.GetLanguage(q.Lang)
	if lang == nil || lang.Session == nil {
		return nil, unknownLanguage(q.Lang)
	}
	it, err := lang.Session(qs).Execute(ctx, q.Text, cquery.Options{Collation: cquery.JSON, Limit: -1})
	if err != nil {
		return nil, queryError(err)
	}
	defer it.Close()
	e := query.New(qs)
	var out bytes.Buffer
	out.WriteByte('[')
	n := 0
	for ; it.Next(ctx); n++ {
		row := it.Result()
		if row == nil { // the value of the last statement
			n--
			continue
		}
		if q.Label {
			if err := addLabels(ctx, e, row); err != nil {
				return nil, err
			}
		}
		b, err := encode(row)
		if err != nil {
			return nil, &QueryError{Reason: "a row can't be written as JSON: " + err.Error()}
		}
		if n == q.Limit || out.Len()+len(b) > q.Bytes {
			out.WriteByte(']')
			return &Answer{Result: out.Bytes(), More: true}, nil
		}
		if n > 0 {
			out.WriteByte(',')
		}
		out.Write(b)
	}
	if err := it.Err(); err != nil {
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		return nil, queryError(err)
	}
	out.WriteByte(']')
	return &Answer{Result: out.Bytes()}, nil
}

// encode writes JSON in which IRIs stay readable.
func encode(v any) ([]byte, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	err := enc.Encode(v)
	return bytes.TrimSuffix(b.Bytes(), []byte("\n")), err
}

// addLabels gives rows that can be drawn the labels of their nodes and edges.
func addLabels(ctx context.Context, e *query.Engine, row any) error {
	m, ok := row.(map[string]any)
	if !ok {
		return nil
	}
	if m["source"] == nil || m["target"] == nil {
		return nil
	}
	for _, end := range []string{"source", "target", "edge", "predicate"} {
		iri, ok := m[end].(string)
		if !ok || m[end+"_label"] != nil || !strings.HasPrefix(iri, "<") {
			continue
		}
		v := query.Value{IRI: quad.IRI(strings.Trim(iri, "<>"))}
		var err error
		if v.Label, err = e.LabelsOf(ctx, v.IRI); err != nil {
			return err
		}
		m[end+"_label"] = v.Text("ar")
	}
	return nil
}

var position = regexp.MustCompile(`(?:Line |:)(\d+):(\d+)`)

// queryError finds the place in an error of a query language.
func queryError(err error) *QueryError {
	e := &QueryError{Reason: strings.ReplaceAll(err.Error(), "(anonymous): ", "")}
	if m := position.FindStringSubmatch(err.Error()); m != nil {
		e.Line, _ = strconv.Atoi(m[1])
		e.Col, _ = strconv.Atoi(m[2])
	}
	return e
}

// Labels implements [Runner].
func (l *Local) Labels(ctx context.Context, iris []string) ([]queries.Labels, error) {
	out := make([]queries.Labels, len(iris))
	err := l.graph.View(ctx, func(qs graph.QuadStore) error {
		e := query.New(qs)
		for i, s := range iris {
			var err error
			iri := quad.IRI(strings.Trim(s, "<>"))
			if out[i], err = e.LabelsOf(ctx, iri); err != nil {
				return err
			}
			if out[i] == (queries.Labels{}) && strings.HasPrefix(string(iri), "article/") {
				if err := path.StartPath(qs, iri).Out(vocab.Headline).Iterate(ctx).EachValue(qs, func(v quad.Value) {
					out[i].Ar = strings.TrimSpace(fmt.Sprint(v.Native()))
				}); err != nil {
					return err
				}
			}
		}
		return nil
	})
	return out, err
}
