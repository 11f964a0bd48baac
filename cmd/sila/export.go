package main

import (
	"github.com/spf13/cobra"

	"github.com/sila-graph/sila/cmd/sila/internal/ui"
	"github.com/sila-graph/sila/graph/export"
	"github.com/sila-graph/sila/graph/store"
)

func (a *app) exportCmd() *cobra.Command {
	var format string
	var sorted bool
	cmd := &cobra.Command{
		Use:   "export",
		Short: "Write the whole graph to standard output",
		Example: `  sila export > graph.nq
  sila export --sorted | sha256sum`,
		Args: exactly(),
		RunE: func(cmd *cobra.Command, args []string) error {
			if format != "nquads" {
				return ui.Usagef("there is no format %q; known is nquads", format)
			}
			return a.with(cmd.Context(), func(st *store.Store) error {
				if sorted {
					return export.Sorted(cmd.Context(), a.Out, st)
				}
				return export.NQuads(cmd.Context(), a.Out, st)
			})
		},
	}
	cmd.Flags().StringVar(&format, "format", "nquads", "nquads")
	cmd.Flags().BoolVar(&sorted, "sorted", false, "in the order of the lines, so that two graphs can be compared")
	return cmd
}
