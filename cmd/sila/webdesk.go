package main

import (
	"context"

	"github.com/sila-graph/sila/graph/query"
	"github.com/sila-graph/sila/graph/resolve/decide"
)

// webDesk takes decisions in the browser as sila judge and sila merge take them,
// one at a time and never beside a load.
type webDesk struct {
	a *app
	h *held
}

// Log implements explore.Desk.
func (w *webDesk) Log(context.Context) ([]decide.Entry, error) {
	f, err := w.a.readDecisions(w.h.st.Path)
	if err != nil {
		return nil, err
	}
	return f.Log(), nil
}

// Take implements explore.Desk.
func (w *webDesk) Take(ctx context.Context, fn func(*query.Engine, *decide.Set) ([]decide.Decision, error)) (added []decide.Decision, err error) {
	inside := *w.a
	inside.held = w.h // the graph is open here already
	err = inside.deciding(ctx, func(d *desk) error {
		var ds []decide.Decision
		if err := d.ask(ctx, func(e *query.Engine) (err error) {
			ds, err = fn(e, d.file.Set())
			return err
		}); err != nil {
			return err
		}
		t, err := d.take(ctx, ds...)
		if t != nil {
			added = t.Added
		}
		return err
	})
	return added, err
}
