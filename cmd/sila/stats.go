package main

import (
	"github.com/spf13/cobra"

	"github.com/sila-graph/sila/graph/inspect"
	"github.com/sila-graph/sila/graph/store"
)

func (a *app) statsCmd() *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "stats",
		Short: "Count what the graph holds",
		Args:  exactly(),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.with(cmd.Context(), func(st *store.Store) error {
				c, err := inspect.Count(cmd.Context(), st)
				if err != nil {
					return err
				}
				return a.Counts(c, asJSON)
			})
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "as one JSON object")
	return cmd
}
