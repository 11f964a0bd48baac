package main

import (
	"context"
	"errors"
	"strings"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/quad"

	"github.com/sila-graph/sila/cmd/sila/internal/remote"
	"github.com/sila-graph/sila/cmd/sila/internal/ui"
	"github.com/sila-graph/sila/graph/query"
	"github.com/sila-graph/sila/graph/store"
	"github.com/sila-graph/sila/graph/vocab"
)

// open opens the graph of --db; create makes it where there is none.
func (a *app) open(ctx context.Context, create bool) (*store.Store, error) {
	if isQuads(a.db) {
		return nil, ui.Hint(ui.Usagef("%s is an N-Quads file, which can only be read", a.db), "name a folder with --db")
	}
	return store.Open(ctx, a.db, store.Options{Create: create, Holder: "sila " + a.command, ReadOnly: a.readOnly})
}

func isQuads(path string) bool {
	return strings.HasSuffix(path, ".nq") || strings.HasSuffix(path, ".nq.gz")
}

// with opens the graph of --db to read from it, runs f on it and closes it.
// Where another process holds it, that one does the whole command.
func (a *app) with(ctx context.Context, f func(*store.Store) error) error {
	if a.held != nil {
		return f(a.held.st)
	}
	return a.opened(ctx, false, f)
}

// change is with for commands that write; create makes the graph where there is none.
func (a *app) change(ctx context.Context, create bool, f func(*store.Store) error) error {
	if a.held != nil {
		return a.held.change(f)
	}
	return a.opened(ctx, create, f)
}

func (a *app) opened(ctx context.Context, create bool, f func(*store.Store) error) error {
	st, err := a.open(ctx, create)
	if errors.Is(err, store.ErrLocked) {
		if rerr := a.elsewhere(ctx); !errors.Is(rerr, remote.ErrNone) {
			return rerr
		}
	}
	if err != nil {
		return err
	}
	return errors.Join(f(st), st.Close())
}

// view opens the graph of --db to read from it, also an N-Quads file.
func (a *app) view(ctx context.Context, f func(graph.QuadStore) error) error {
	if isQuads(a.db) && a.held == nil {
		qs, err := query.ReadFile(ctx, a.db)
		if err != nil {
			return err
		}
		defer qs.Close()
		return f(qs)
	}
	return a.with(ctx, func(st *store.Store) error { return st.View(ctx, f) })
}

// withEngine is view with an engine to ask.
func (a *app) withEngine(ctx context.Context, f func(*query.Engine) error) error {
	return a.view(ctx, func(qs graph.QuadStore) error { return f(query.New(qs)) })
}

// articleIDs reads ids of articles or their IRIs.
func articleIDs(args []string) []string {
	out := make([]string, len(args))
	for i, x := range args {
		iri := strings.TrimSuffix(strings.TrimPrefix(x, "<"), ">")
		if id, ok := vocab.ArticleID(quad.IRI(iri)); ok {
			out[i] = id
		} else {
			out[i] = x
		}
	}
	return out
}
