package main

import (
	"github.com/spf13/cobra"

	"github.com/sila-graph/sila/graph/inspect"
	"github.com/sila-graph/sila/graph/store"
)

func (a *app) checkCmd() *cobra.Command {
	return &cobra.Command{
		Use:   "check",
		Short: "Check that the graph is exactly what its articles give",
		Long: `Check the graph's integrity: derive it anew from the documents that it holds and
compare quad for quad. Takes about 1 kB of memory a quad.`,
		Args: exactly(),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.with(cmd.Context(), func(st *store.Store) error {
				r, err := inspect.Check(cmd.Context(), st)
				if err != nil {
					return err
				}
				return a.Checked(r)
			})
		},
	}
}
