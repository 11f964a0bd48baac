package console

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"os"
	"runtime/debug"
	gometrics "runtime/metrics"
	"time"
)

// exitMemory is the exit code of a worker that took more memory than it may.
const exitMemory = 3

// request is what a worker is asked, one JSON object a line.
type request struct {
	Query
	Time time.Duration `json:"time"`
}

// response is what it answers.
type response struct {
	*Answer
	Kind string `json:"kind,omitempty"` // "": answered; query, time, failed
	Text string `json:"text,omitempty"`
	Line int    `json:"line,omitempty"`
	Col  int    `json:"col,omitempty"`
}

// Work answers requests from in on out, one at a time, until in ends: the life
// of a process of a [Pool]. It exits by itself when it takes more than memory
// bytes, and when the one who asks is gone.
func Work(g Viewer, in io.Reader, out io.Writer, memory int64) error {
	debug.SetMemoryLimit(memory)
	limitData(2*memory + 512<<20) // the last resort, for growth that is quicker than the watch
	go watch(memory)
	stepBack()
	requests := make(chan request)
	go func() {
		dec := json.NewDecoder(in)
		for {
			var r request
			if dec.Decode(&r) != nil {
				os.Exit(0) // also in the middle of a query: nobody waits for it
			}
			requests <- r
		}
	}()
	l := NewLocal(g, 1)
	enc := json.NewEncoder(out)
	enc.SetEscapeHTML(false)
	for r := range requests {
		ctx, cancel := context.WithTimeout(context.Background(), r.Time)
		a, err := l.Query(ctx, r.Query)
		cancel()
		if err := enc.Encode(respond(a, err)); err != nil {
			return err
		}
	}
	return nil
}

func respond(a *Answer, err error) response {
	var q *QueryError
	switch {
	case err == nil:
		return response{Answer: a}
	case errors.As(err, &q):
		return response{Kind: "query", Text: q.Reason, Line: q.Line, Col: q.Col}
	case errors.Is(err, ErrTime), errors.Is(err, ErrBusy): // busy: with a query that can't be stopped
		return response{Kind: "time"}
	}
	return response{Kind: "failed", Text: err.Error()}
}

// result turns a response back into what Query returns.
func (r *response) result() (*Answer, error) {
	switch r.Kind {
	case "":
		return r.Answer, nil
	case "query":
		return nil, &QueryError{Reason: r.Text, Line: r.Line, Col: r.Col}
	case "time":
		return nil, ErrTime
	}
	return nil, errors.New(r.Text)
}

// watch ends the process when it holds more memory than it may.
func watch(limit int64) {
	s := []gometrics.Sample{{Name: "/memory/classes/total:bytes"}, {Name: "/memory/classes/heap/released:bytes"}}
	for range time.Tick(5 * time.Millisecond) {
		gometrics.Read(s)
		if int64(s[0].Value.Uint64()-s[1].Value.Uint64()) > limit {
			os.Exit(exitMemory)
		}
	}
}
