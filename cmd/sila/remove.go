package main

import (
	"github.com/spf13/cobra"

	"github.com/sila-graph/sila/cmd/sila/internal/ui"
	"github.com/sila-graph/sila/graph/load"
	"github.com/sila-graph/sila/graph/store"
)

func (a *app) removeCmd() *cobra.Command {
	return &cobra.Command{
		Use:   "remove ARTICLE...",
		Short: "Take articles out of the graph, by id or IRI",
		Long: `Take articles out of the graph. What other articles support stays; what only these
told is as if it had never been there.`,
		Example: `  sila remove washington-coalition
  sila remove '<article/washington-coalition>'`,
		Args: atLeast("the id of an article"),
		RunE: func(cmd *cobra.Command, args []string) error {
			ctx := cmd.Context()
			return a.change(ctx, false, func(st *store.Store) error {
				ids := articleIDs(args)
				l, err := a.loader(ctx, st, load.Options{Remember: -1})
				if err != nil {
					return err
				}
				n, err := l.Remove(ctx, ids...)
				if err != nil {
					return err
				}
				if n < len(ids) {
					return ui.Hint(ui.Missing(len(ids)-n, len(ids)), "sila query -e 'g.V(\"<sila:Article>\").in(\"<rdf:type>\").all()' lists the articles")
				}
				a.Removed(n, l.Stats())
				return nil
			})
		},
	}
}
