package ui

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/sila-graph/sila/cmd/sila/internal/remote"
	"github.com/sila-graph/sila/graph/query"
	"github.com/sila-graph/sila/queries"
)

// Fail writes an error with the hints that belong to it and returns the exit
// code. A nil error is 0 without a word.
func (u *UI) Fail(err error) int {
	if err == nil {
		return 0
	}
	var elsewhere *remote.Exit
	if errors.As(err, &elsewhere) { // who did the command has said why
		return elsewhere.Code
	}
	u.message("error", "%s", []any{err})
	for _, h := range hints(err) {
		u.Hintf("%s", h)
	}
	if u.usage(err) {
		return 2
	}
	return 1
}

func (u *UI) usage(err error) bool {
	var usage *Usage
	var arg *queries.ArgError
	var unknown *queries.UnknownError
	return errors.As(err, &usage) || errors.As(err, &arg) || errors.As(err, &unknown)
}

// hints says what to do about an error.
func hints(err error) []string {
	var out []string
	var hinted *Hinted
	if errors.As(err, &hinted) {
		out = append(out, hinted.Hints...)
	}
	var arg *queries.ArgError
	if errors.As(err, &arg) {
		out = append(out, "sila query "+arg.Query.Usage(), "for example: sila query "+Command(arg.Query))
	}
	var unknown *queries.UnknownError
	if errors.As(err, &unknown) {
		if len(unknown.Near) > 0 {
			out = append(out, "similar: "+strings.Join(unknown.Near, ", "))
		}
		out = append(out, "sila queries lists them all")
	}
	var name *query.NameError
	if errors.As(err, &name) {
		switch {
		case name.Ambiguous:
			out = append(out, "give one of these in its place:\n"+candidates(name.Candidates))
		case len(name.Candidates) > 0:
			out = append(out, "the nearest names are:\n"+candidates(name.Candidates))
		}
	}
	if errors.Is(err, context.DeadlineExceeded) {
		out = append(out, "allow more time with --timeout, or narrow the query")
	}
	return out
}

func candidates(list []query.Candidate) string {
	var b strings.Builder
	for _, c := range list {
		fmt.Fprintf(&b, "%s (%s) %s\n", c.Label, strings.ToLower(c.Type), c.IRI.String())
	}
	return strings.TrimRight(b.String(), "\n")
}

// Command returns a query's example as it is typed into a shell.
func Command(q *queries.Query) string {
	parts := []string{q.Name}
	for _, a := range q.ExampleArgs() {
		if strings.ContainsAny(a, " <>|&;()$`\\\"'*?[]#~%") {
			key, value, _ := strings.Cut(a, "=")
			a = key + "='" + strings.ReplaceAll(value, "'", `'\''`) + "'"
		}
		parts = append(parts, a)
	}
	return strings.Join(parts, " ")
}
