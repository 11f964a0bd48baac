package main

import (
	"github.com/spf13/cobra"

	"github.com/sila-graph/sila/queries"
)

func (a *app) queriesCmd() *cobra.Command {
	var lang string
	cmd := &cobra.Command{
		Use:   "queries [NAME]",
		Short: "List the named queries, or describe one",
		Example: `  sila queries
  sila queries who-took
  sila queries --labels ar`,
		Args: cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 {
				return a.QueryList(queries.All(), lang)
			}
			q, err := queries.Find(args[0])
			if err != nil {
				return err
			}
			return a.QueryHelp(q, lang)
		},
	}
	cmd.Flags().StringVar(&lang, "labels", "en", "language of the descriptions: en or ar")
	return cmd
}
