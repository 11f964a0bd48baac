package main

import (
	"strings"

	"github.com/spf13/cobra"

	"github.com/sila-graph/sila/cmd/sila/internal/ui"
	"github.com/sila-graph/sila/graph/query"
)

func (a *app) showCmd() *cobra.Command {
	var format, lang string
	cmd := &cobra.Command{
		Use:   "show NAME",
		Short: "Show the card of an actor or place: names, offices, ties, the latest facts, who tells of it",
		Long: `Show what is known of an actor or place: names, offices over time, ties by type with the
number of facts behind each, the latest of what happened, and where it is told. Names
may be in Latin letters: an English label or a part of it, an abbreviation, or as it sounds.`,
		Example: `  sila show 'القوات العراقية'
  sila show Kerry
  sila show place/الموصل`,
		Args: atLeast("the name of an actor or place"),
		RunE: func(cmd *cobra.Command, args []string) error {
			asJSON, err := ui.Form(format)
			if err != nil {
				return err
			}
			return a.withEngine(cmd.Context(), func(e *query.Engine) error {
				c, err := e.Card(cmd.Context(), strings.Join(args, " "))
				if err != nil {
					return err
				}
				if asJSON {
					return a.JSON(c)
				}
				return a.Card(c, lang)
			})
		},
	}
	answerFlags(cmd.Flags(), &format, &lang)
	return cmd
}
