package main

import (
	"github.com/spf13/cobra"

	"github.com/sila-graph/sila/cmd/sila/internal/ui"
	"github.com/sila-graph/sila/graph/query"
)

func (a *app) sourcesCmd() *cobra.Command {
	var format, lang string
	cmd := &cobra.Command{
		Use:   "sources FACT",
		Short: "Who tells a fact: the reports side by side",
		Long: `The reports of a fact side by side, by who tells it: copies of one text and unnamed
sources through one outlet count once; denials and numbers that contradict each other
are pointed out.`,
		Example: `  sila sources '<fact/117eb57a6a519858>'
  sila sources 117eb57a6a519858`,
		Args: exactly("the IRI of a fact"),
		RunE: func(cmd *cobra.Command, args []string) error {
			asJSON, err := ui.Form(format)
			if err != nil {
				return err
			}
			return a.withEngine(cmd.Context(), func(e *query.Engine) error {
				s, err := e.Sources(cmd.Context(), args[0])
				if err != nil {
					return err
				}
				if asJSON {
					return a.JSON(s)
				}
				return a.Sources(s, lang)
			})
		},
	}
	answerFlags(cmd.Flags(), &format, &lang)
	return cmd
}
