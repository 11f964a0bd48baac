package main

import (
	"strings"

	"github.com/spf13/cobra"

	"github.com/sila-graph/sila/graph/query"
)

func (a *app) showCmd() *cobra.Command {
	var lang string
	cmd := &cobra.Command{
		Use:   "show NAME",
		Short: "Show the card of an actor or place: names, offices, ties",
		Example: `  sila show 'القوات العراقية'
  sila show place/الموصل`,
		Args: atLeast("the name of an actor or place"),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.withEngine(cmd.Context(), func(e *query.Engine) error {
				c, err := e.Card(cmd.Context(), strings.Join(args, " "))
				if err != nil {
					return err
				}
				return a.Card(c, lang)
			})
		},
	}
	cmd.Flags().StringVar(&lang, "labels", "ar", "language of the labels: ar or en")
	return cmd
}
