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
	use := addr
	if opt.ReadOnly {
		var err error
		if use, err = readOnlyURL(addr); err != nil {
			return nil, fmt.Errorf("%s: %w", safeURL(addr), err)
		}
	}
	qs, err := graph.NewQuadStore("postgres", use, nil)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", safeURL(addr), err)
	}
	s := &Store{
		qs: qs,
		apply: func(ctx context.Context, add, del []quad.Quad) error {
			return oneTransaction(qs, add, del)
		},
		close: qs.Close,
	}
	if opt.ReadOnly {
		// The database refuses what a query might try; a transaction that asks to
		// write, as this function's would, it grants, so that one is refused here.
		s.apply = func(context.Context, []quad.Quad, []quad.Quad) error { return ErrReadOnly }
	}
	return s, nil
}

// readOnlyURL has the database itself refuse statements that write, on
// connections to it, unless a transaction is begun for writing.
func readOnlyURL(addr string) (string, error) {
	u, err := url.Parse(addr)
	if err != nil {
		return "", errors.New("no address of a database") // the error of url.Parse would hold the password
	}
	v := u.Query()
	v.Set("default_transaction_read_only", "on")
	u.RawQuery = v.Encode()
	return u.String(), nil
}

// safeURL leaves the password out of messages.
func safeURL(addr string) string {
	u, err := url.Parse(addr)
	if err != nil {
		return "postgres"
	}
	return u.Redacted()
}
