package main

import (
	"context"
	"io"
	"net"
	"os"
	"path/filepath"
	"sync"

	"github.com/sila-graph/sila/cmd/sila/internal/remote"
	"github.com/sila-graph/sila/cmd/sila/internal/ui"
	"github.com/sila-graph/sila/graph/store"
)

// held is a graph that sila serve holds and on which it does the commands of others.
type held struct {
	st      *store.Store
	write   sync.Mutex // one load or removal at a time
	changed func()     // called after each
}

// change does a command that writes.
func (h *held) change(f func(*store.Store) error) error {
	h.write.Lock()
	defer h.write.Unlock()
	defer h.changed()
	return f(h.st)
}

// share does the commands of others until the listener is closed.
func (h *held) share(ctx context.Context, ln net.Listener) {
	remote.Serve(ctx, ln, func(interrupt context.Context, c remote.Command, in io.Reader, out, errOut io.Writer) int {
		u := &ui.UI{In: in, Out: out, Err: errOut, Terminal: c.Terminal, ErrTerm: c.ErrTerm, Width: c.Width}
		b := &app{UI: u, args: c.Args, held: h, dir: c.Dir, interrupt: interrupt}
		return b.run(ctx)
	})
}

// elsewhere has this command done by the process that holds the graph.
func (a *app) elsewhere(ctx context.Context) error {
	stop, cancel := a.interruptible(ctx)
	defer cancel()
	dir, err := os.Getwd()
	if err != nil {
		return err
	}
	c := remote.Command{Args: a.args, Dir: dir, Terminal: a.Terminal, ErrTerm: a.ErrTerm, Width: a.Width}
	return remote.Run(stop, a.db, c, a.In, a.Out, a.Err)
}

// paths makes a command's paths those of the one who asked.
func (a *app) paths(list []string) []string {
	if a.dir == "" {
		return list
	}
	out := make([]string, len(list))
	for i, p := range list {
		if out[i] = p; p != "-" && !filepath.IsAbs(p) {
			out[i] = filepath.Join(a.dir, p)
		}
	}
	return out
}
