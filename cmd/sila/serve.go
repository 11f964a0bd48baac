package main

import (
	"context"
	"errors"
	"net"
	"time"

	"github.com/spf13/cobra"

	"github.com/sila-graph/sila/cmd/sila/internal/remote"
	"github.com/sila-graph/sila/cmd/sila/internal/ui"
	"github.com/sila-graph/sila/graph/console"
	"github.com/sila-graph/sila/graph/console/explore"
	"github.com/sila-graph/sila/graph/store"
)

func (a *app) serveCmd() *cobra.Command {
	var listen, token string
	var write bool
	var hosts []string
	var limits console.Limits
	var memory int64
	cmd := &cobra.Command{
		Use:   "serve",
		Short: "Serve the explorer and Cayley's console over the graph",
		Long: `Serve the explorer and Cayley's console over the graph, read-only, on this machine alone unless
--listen says otherwise; then a token is wanted from everybody.

With --write it takes decisions on facts and on who is who, as sila review does, has
Cayley's page and endpoints for writing quads of your own, and wants a token from
everybody too. What is written so belongs to no article: loading leaves it
alone, and sila check names it.

Each query runs in a process of its own with limits of time, memory and rows. A graph
in memory is the exception: there only time and rows are bounded.`,
		Example: `  sila serve
  sila serve --db news.db --listen 127.0.0.1:8080
  sila serve --write
  sila serve --listen 0.0.0.0:64210 --host graph.example.org`,
		Args: exactly(),
		RunE: func(cmd *cobra.Command, args []string) error {
			ctx, cancel := a.interruptible(cmd.Context())
			defer cancel()
			limits.Memory = memory << 20
			assets, err := console.FindAssets()
			if errors.Is(err, console.ErrNoAssets) {
				a.Warnf("%v", err)
			} else if err != nil {
				return err
			}
			if token == "" && (write || !console.Loopback(listen)) {
				token = console.NewToken()
			}
			return a.with(ctx, func(st *store.Store) error {
				if a.held != nil {
					return ui.Usagef("the graph is served already")
				}
				run, end, err := a.runner(st, limits)
				if err != nil {
					return err
				}
				defer end()
				h := &held{st: st}
				xopt := explore.Options{Snapshots: st.Snapshots(), Time: limits.Time, Web: console.Web()}
				if write {
					xopt.Desk = &webDesk{a, h}
				}
				x, err := explore.New(st, xopt)
				if err != nil {
					return err
				}
				defer x.Close()
				h.changed = x.Renew
				if p, ok := run.(*console.Pool); ok {
					h.changed = func() {
						p.Renew()
						x.Renew()
					}
				}
				if !isQuads(a.db) && st.Checkpoints() {
					ln, err := remote.Listen(a.db)
					if err != nil {
						a.Warnf("other commands can't use the graph meanwhile: %v", err)
					} else {
						done := make(chan struct{})
						go func() {
							defer close(done)
							h.share(ctx, ln)
						}()
						defer func() {
							_ = ln.Close() // ends share when what it does is done
							<-done
						}()
					}
				}
				opt := console.Options{Assets: assets, Token: token, Hosts: hosts, Limits: limits, Explorer: x}
				if write {
					opt.Write = func(_ context.Context, do func(console.Graph) error) error {
						return h.change(func(st *store.Store) error { return do(st) })
					}
				}
				s, err := console.New(run, opt)
				if err != nil {
					return err
				}
				ln, err := net.Listen("tcp", listen)
				if err != nil {
					return ui.Hint(err, "another address: sila serve --listen 127.0.0.1:0 takes any free port")
				}
				a.Serving(ln.Addr().String(), token)
				return s.Serve(ctx, ln)
			})
		},
	}
	f := cmd.Flags()
	f.StringVar(&listen, "listen", "127.0.0.1:64210", "address and port")
	f.StringVar(&token, "token", "", "token wanted from everybody; made up where --listen is open to other machines")
	f.BoolVar(&write, "write", false, "let those who have the token write quads of their own")
	f.StringSliceVar(&hosts, "host", nil, "names under which browsers may ask for it, beside those of this machine")
	f.DurationVar(&limits.Time, "query-time", 30*time.Second, "time that a query may take")
	f.IntVar(&limits.Queries, "query-jobs", 4, "queries that may run at a time")
	f.Int64Var(&memory, "query-memory", 512, "memory that a query may take, in MB")
	f.IntVar(&limits.Rows, "query-rows", 10_000, "rows that a query may give")
	return cmd
}
