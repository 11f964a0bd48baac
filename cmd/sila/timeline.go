package main

import (
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/sila-graph/sila/cmd/sila/internal/ui"
	"github.com/sila-graph/sila/graph/query"
)

// answerFlags are the flags of commands whose answers are read as text.
func answerFlags(f *pflag.FlagSet, format, lang *string) {
	f.StringVar(format, "format", "text", "text or json")
	f.StringVar(lang, "labels", "ar", "language of the labels: ar or en")
}

func (a *app) timelineCmd() *cobra.Command {
	var opt query.TimelineOptions
	var format, lang string
	var control bool
	cmd := &cobra.Command{
		Use:   "timeline NAME",
		Short: "What happened with an actor or at a place, in order; who held it when",
		Long: `What happened with an actor or at a place, the earliest first, each fact with the
sentence that says it best. A ~ stands before the date of the first report where the
time itself isn't told. With --control: who held a place when, as far as it is told.`,
		Example: `  sila timeline الحوثيون --since 2015-07
  sila timeline الموصل --type Capture --type Liberate
  sila timeline --control تعز`,
		Args: atLeast("the name of an actor or place"),
		RunE: func(cmd *cobra.Command, args []string) error {
			asJSON, err := ui.Form(format)
			if err != nil {
				return err
			}
			ctx, name := cmd.Context(), strings.Join(args, " ")
			return a.withEngine(ctx, func(e *query.Engine) error {
				if control {
					c, err := e.Control(ctx, name)
					if err != nil {
						return err
					}
					if asJSON {
						return a.JSON(c)
					}
					return a.Control(c, lang)
				}
				if opt.Limit == 0 {
					opt.Limit = -1
				}
				t, err := e.Timeline(ctx, name, opt)
				if err != nil {
					return err
				}
				if asJSON {
					return a.JSON(t)
				}
				return a.Timeline(t, lang)
			})
		},
	}
	f := cmd.Flags()
	f.StringVar(&opt.Since, "since", "", "from this day, month or year on")
	f.StringVar(&opt.Until, "until", "", "up to this day, month or year")
	f.StringSliceVar(&opt.Types, "type", nil, "only facts of this type; without it all that happen, none that lasts")
	f.IntVar(&opt.Limit, "limit", 50, "the latest so many facts; 0: all")
	f.BoolVar(&control, "control", false, "who held the place when")
	answerFlags(f, &format, &lang)
	return cmd
}
