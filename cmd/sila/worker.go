package main

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"

	"github.com/spf13/cobra"

	"github.com/sila-graph/sila/graph/console"
	"github.com/sila-graph/sila/graph/store"
)

// workerCmd is what sila serve starts for queries; it isn't for people.
func (a *app) workerCmd() *cobra.Command {
	var memory int64
	cmd := &cobra.Command{
		Use:    "worker",
		Hidden: true,
		Args:   exactly(),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.with(cmd.Context(), func(st *store.Store) error {
				return console.Work(st, a.In, a.Out, memory)
			})
		},
	}
	cmd.Flags().Int64Var(&memory, "memory", 512<<20, "in bytes")
	return cmd
}

// runner returns what answers the console's queries over a store, and how to end it.
func (a *app) runner(st *store.Store, limits console.Limits) (console.Runner, func(), error) {
	if st.Backend == "memory" {
		a.Warnf("a graph in memory: queries run in this process, without a limit of memory")
		return console.NewLocal(st, limits.Queries), func() {}, nil
	}
	self, err := os.Executable()
	if err != nil {
		return nil, nil, err
	}
	opt := console.PoolOptions{DB: a.db, Workers: limits.Queries, Command: func(db string) *exec.Cmd {
		return exec.Command(self, "worker", "--db", db, "--memory", strconv.FormatInt(limits.Memory, 10))
	}}
	if st.Checkpoints() {
		opt.Checkpoint, opt.Parent = st.Checkpoint, filepath.Dir(filepath.Clean(a.db))
	}
	p, err := console.NewPool(st, opt)
	if errors.Is(err, os.ErrPermission) { // beside the graph nothing may be written: elsewhere copies take room
		opt.Parent = ""
		p, err = console.NewPool(st, opt)
	}
	if err != nil {
		return nil, nil, err
	}
	return p, func() {
		if err := p.Close(); err != nil {
			a.Warnf("%v", err)
		}
	}, nil
}
