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

// workerDB is the variable that names a worker's graph: the address of a
// database may hold a password, which a command line shows to everybody.
const workerDB = "SILA_WORKER_DB"

// workerCmd is what sila serve starts for queries; it isn't for people.
func (a *app) workerCmd() *cobra.Command {
	var memory int64
	cmd := &cobra.Command{
		Use:    "worker",
		Hidden: true,
		Args:   exactly(),
		RunE: func(cmd *cobra.Command, args []string) error {
			if db := os.Getenv(workerDB); db != "" {
				a.db = db
			}
			a.readOnly = true
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
		cmd := exec.Command(self, "worker", "--memory", strconv.FormatInt(limits.Memory, 10))
		cmd.Env = append(os.Environ(), workerDB+"="+db)
		return cmd
	}}
	if st.Checkpoints() {
		opt.Checkpoint, opt.Parent = st.Checkpoint, filepath.Dir(filepath.Clean(st.Path))
		opt.Name = filepath.Base(filepath.Clean(st.Path))
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
