package main

import (
	"github.com/spf13/cobra"

	"github.com/sila-graph/sila/cmd/sila/internal/ui"
	"github.com/sila-graph/sila/graph/query"
	"github.com/sila-graph/sila/graph/resolve/decide"
)

func (a *app) mergeCmd() *cobra.Command {
	var sig signature
	cmd := &cobra.Command{
		Use:   "merge A B...",
		Short: "Decide that two or more are one actor",
		Long: `Decide that two or more actors or places are one. The decision is a line of the
decisions file beside the graph, names members of articles, and outlives every reload;
sila log undo takes it back.`,
		Example: `  sila merge person/كيري 'جون كيري' --note 'the only Kerry of 2015'
  sila log undo 5f3a9c21e0`,
		Args: atLeast("the name of the one", "the name of the other"),
		RunE: func(cmd *cobra.Command, args []string) error {
			ctx := cmd.Context()
			return a.takeWith(ctx, &sig, func(e *query.Engine, taken *decide.Set) ([]decide.Decision, error) {
				d, err := e.Merge(ctx, taken, args...)
				return []decide.Decision{d}, err
			})
		},
	}
	sig.flags(cmd.Flags())
	return cmd
}

func (a *app) splitCmd() *cobra.Command {
	var sig signature
	var part query.Part
	cmd := &cobra.Command{
		Use:   "split NAME --articles ID,... | --called FORM",
		Short: "Decide that one node is two actors",
		Long: `Decide that what the graph takes for one are two: the one of some articles, or the one
that articles call most fully by some name, is another than the rest.`,
		Example: `  sila split 'أحمد علي' --articles a17,a21
  sila split 'جون كيري' --called 'كيري كينيدي'`,
		Args: atLeast("the name of an actor or place"),
		RunE: func(cmd *cobra.Command, args []string) error {
			if (len(part.Articles) > 0) == (part.Name != "") {
				return ui.Hint(ui.Usagef("either --articles or --called is wanted"), cmd.UseLine())
			}
			part.Articles = articleIDs(part.Articles)
			ctx := cmd.Context()
			return a.takeWith(ctx, &sig, func(e *query.Engine, _ *decide.Set) ([]decide.Decision, error) {
				return e.Split(ctx, args[0], part)
			})
		},
	}
	cmd.Flags().StringSliceVar(&part.Articles, "articles", nil, "those of these articles, by id or IRI, are another")
	cmd.Flags().StringVar(&part.Name, "called", "", "those that are called this most fully are another")
	sig.flags(cmd.Flags())
	return cmd
}

func (a *app) aliasCmd() *cobra.Command {
	var sig signature
	cmd := &cobra.Command{
		Use:   "alias NAME ALIAS",
		Short: "Decide that an actor has another name",
		Long: `Decide that an actor or place is also called by another name: it is found by it, and
whoever articles call so is that actor.`,
		Example: `  sila alias 'تنظيم الدولة الإسلامية' 'دولة الخلافة المزعومة'`,
		Args:    exactly("the name of an actor or place", "its other name"),
		RunE: func(cmd *cobra.Command, args []string) error {
			ctx := cmd.Context()
			return a.takeWith(ctx, &sig, func(e *query.Engine, _ *decide.Set) ([]decide.Decision, error) {
				d, err := e.Alias(ctx, args[0], args[1])
				return []decide.Decision{d}, err
			})
		},
	}
	sig.flags(cmd.Flags())
	return cmd
}
