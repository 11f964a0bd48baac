package main

import (
	"context"

	"github.com/sila-graph/sila/graph/query"
)

// withEngine opens the graph of --db, runs f on it and closes it.
func (a *app) withEngine(ctx context.Context, f func(*query.Engine) error) error {
	qs, err := query.ReadFile(ctx, a.db)
	if err != nil {
		return err
	}
	defer qs.Close()
	return f(query.New(qs))
}
