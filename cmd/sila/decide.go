package main

import (
	"context"
	"fmt"
	"os/user"
	"time"

	"github.com/cayleygraph/cayley/graph"
	"github.com/spf13/pflag"

	"github.com/sila-graph/sila/cmd/sila/internal/ui"
	"github.com/sila-graph/sila/graph/load"
	"github.com/sila-graph/sila/graph/query"
	"github.com/sila-graph/sila/graph/resolve/decide"
	"github.com/sila-graph/sila/graph/store"
)

// signature is who takes a decision and why.
type signature struct{ by, note string }

func (s *signature) flags(f *pflag.FlagSet) {
	f.StringVar(&s.by, "by", "", "who decides; default: the user's name")
	f.StringVar(&s.note, "note", "", "why, for those who read the decisions")
}

// sign writes it on a decision.
func (s *signature) sign(d *decide.Decision) {
	d.By, d.Note, d.At = s.by, s.note, time.Now()
	if d.By == "" {
		if u, err := user.Current(); err == nil {
			d.By = u.Username
		}
	}
}

// decisionsPath is where the decisions on a graph lie.
func (a *app) decisionsPath(graph string) (string, error) {
	if a.decisions != "" {
		return a.paths([]string{a.decisions})[0], nil
	}
	path := decide.Beside(graph)
	if path == "" && graph != "memory" {
		return "", ui.Hint(ui.Usagef("the graph is no folder: there is no place beside it for decisions"), "name their file with --decisions FILE")
	}
	return path, nil
}

// readDecisions reads the decisions file of a graph.
func (a *app) readDecisions(graph string) (*decide.File, error) {
	path, err := a.decisionsPath(graph)
	if err != nil {
		return nil, err
	}
	return decide.Read(path)
}

// loader makes a loader that keeps to people's decisions, and brings the graph
// up to date with them first.
func (a *app) loader(ctx context.Context, st *store.Store, opt load.Options) (*load.Loader, error) {
	if a.decisions == "" && decide.Beside(st.Path) == "" {
		return load.New(ctx, st, opt) // no file: those that the graph reflects
	}
	f, err := a.readDecisions(st.Path)
	if err != nil {
		return nil, err
	}
	if !f.Exists() {
		set, err := load.Decisions(ctx, st)
		if err != nil {
			return nil, err
		}
		if n := len(set.Decisions()); n > 0 {
			return nil, ui.Hint(fmt.Errorf("the graph reflects %d decisions of people, but their file %s isn't there", n, f.Path),
				"put it back, or name it with --decisions", "to undo them all, make an empty file of that name")
		}
	}
	opt.Decisions = f.Set()
	return load.New(ctx, st, opt)
}

// desk is where decisions are taken: the file, and the graph that follows it.
type desk struct {
	st   *store.Store
	file *decide.File
	l    *load.Loader
}

// deciding opens the graph and its decisions for change.
func (a *app) deciding(ctx context.Context, f func(*desk) error) error {
	if isQuads(a.db) {
		return ui.Hint(ui.Usagef("%s is an N-Quads file, which can only be read", a.db), "name a folder with --db")
	}
	return a.change(ctx, false, func(st *store.Store) error {
		file, err := a.readDecisions(st.Path)
		if err != nil {
			return err
		}
		l, err := a.loader(ctx, st, load.Options{Remember: -1})
		if err != nil {
			return err
		}
		return f(&desk{st, file, l})
	})
}

// ask runs f on an engine over the graph as it stands.
func (d *desk) ask(ctx context.Context, f func(*query.Engine) error) error {
	return d.st.View(ctx, func(qs graph.QuadStore) error { return f(query.New(qs)) })
}

// take writes decisions to the file, then makes the graph follow. It returns
// those that are new and what the graph gained and lost by them.
func (d *desk) take(ctx context.Context, ds ...decide.Decision) (*ui.Taken, error) {
	was := d.l.Stats()
	added, err := d.file.Add(ds...)
	if err != nil {
		return nil, err
	}
	if err := d.file.Write(); err != nil {
		return nil, err
	}
	set := d.file.Set()
	err = d.l.Decide(ctx, set)
	if err != nil {
		err = ui.Hint(err, "the decision is in "+d.file.Path+"; the next command that writes brings the graph up to date")
	}
	is := d.l.Stats()
	return &ui.Taken{Path: d.file.Path, Added: added, Quads: [2]int{is.Added - was.Added, is.Deleted - was.Deleted}, Conflicts: set.Conflicts}, err
}

// takeWith makes decisions by asking the graph, signs and takes them.
func (a *app) takeWith(ctx context.Context, sig *signature, make func(*query.Engine, *decide.Set) ([]decide.Decision, error)) error {
	return a.deciding(ctx, func(d *desk) error {
		var ds []decide.Decision
		err := d.ask(ctx, func(e *query.Engine) (err error) {
			ds, err = make(e, d.file.Set())
			return err
		})
		if err != nil {
			return err
		}
		for i := range ds {
			sig.sign(&ds[i])
		}
		t, err := d.take(ctx, ds...)
		if t != nil {
			a.Took(t)
		}
		return err
	})
}
