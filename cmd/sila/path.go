package main

import (
	"github.com/spf13/cobra"

	"github.com/sila-graph/sila/cmd/sila/internal/ui"
	"github.com/sila-graph/sila/graph/query"
)

func (a *app) pathCmd() *cobra.Command {
	var opt query.PathOptions
	var format, lang string
	cmd := &cobra.Command{
		Use:   "path A B",
		Short: "How two are connected, with the sentences",
		Long: `The shortest ties between two actors or places: by facts that happened or hold, each
step with the sentence that says it best. Of ways of one length those come first that
lead through less connected nodes.`,
		Example: `  sila path كيري الجعفري
  sila path Kerry 'Islamic State' --no-hubs
  sila path الحوثيون إيران --via Support --via Aid
  sila path الحوثيون إيران --via Person --max 6`,
		Args: exactly("the name of the one", "the name of the other"),
		RunE: func(cmd *cobra.Command, args []string) error {
			asJSON, err := ui.Form(format)
			if err != nil {
				return err
			}
			return a.withEngine(cmd.Context(), func(e *query.Engine) error {
				p, err := e.Paths(cmd.Context(), args[0], args[1], opt)
				if err != nil {
					return err
				}
				if asJSON {
					return a.JSON(p)
				}
				return a.Paths(p, lang)
			})
		},
	}
	f := cmd.Flags()
	f.IntVar(&opt.Max, "max", 4, "steps at most")
	f.IntVar(&opt.Limit, "limit", 5, "ways at most")
	f.StringSliceVar(&opt.Via, "via", nil, "by facts of this type only (Meet, Attack …), or through entities of this type only (Person …)")
	f.BoolVar(&opt.NoHubs, "no-hubs", false, "not through countries and others that have ties to hundreds")
	answerFlags(f, &format, &lang)
	return cmd
}
