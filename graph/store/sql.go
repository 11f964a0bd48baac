package store

import (
	"context"
	"errors"
	"fmt"
	"net/url"

	"github.com/cayleygraph/cayley/graph"
	_ "github.com/cayleygraph/cayley/graph/sql/postgres" // registers "postgres"
	"github.com/cayleygraph/quad"
)

// openSQL opens a graph in PostgreSQL, through Cayley's own store for it.
func openSQL(ctx context.Context, addr string, opt Options) (*Store, error) {
	if opt.Create {
		if err := graph.InitQuadStore("postgres", addr, nil); err != nil && !errors.Is(err, graph.ErrDatabaseExists) {
			return nil, fmt.Errorf("%s: %w", safeURL(addr), err)
		}
	}
	qs, err := graph.NewQuadStore("postgres", addr, nil)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", safeURL(addr), err)
	}
	return &Store{
		qs: qs,
		apply: func(ctx context.Context, add, del []quad.Quad) error {
			return oneTransaction(qs, add, del)
		},
		close: qs.Close,
	}, nil
}

// safeURL leaves the password out of messages.
func safeURL(addr string) string {
	u, err := url.Parse(addr)
	if err != nil {
		return "postgres"
	}
	return u.Redacted()
}
