package main

import (
	"github.com/spf13/cobra"

	"github.com/sila-graph/sila/cmd/sila/internal/ui"
)

func (a *app) extractCmd() *cobra.Command {
	var in input
	var format string
	cmd := &cobra.Command{
		Use:   "extract PATH...",
		Short: "Extract entities and facts, without a graph",
		Long: `Extract entities and facts and print them.

  jsonl   one object an article, with offsets in code points (default when piped)
  text    for reading (default on a terminal)
  nquads  the quads that sila load would write for these articles alone`,
		Example: `  sila extract article.txt
  sila extract --explain article.txt
  sila extract news/ --jobs 4 > docs.jsonl
  echo 'وصل وزير الخارجية جون كيري إلى بغداد' | sila extract -`,
		Args: atLeast("a file or folder"),
		RunE: func(cmd *cobra.Command, args []string) error {
			in.paths = a.paths(args)
			if format == "" {
				format = "jsonl"
				if a.Terminal {
					format = "text"
				}
			}
			w, err := a.DocumentWriter(format, in.explain)
			if err != nil {
				return err
			}
			stop, cancel := a.interruptible(cmd.Context())
			defer cancel()
			rep := ui.NewReport()
			if err := w(cmd.Context(), a.docs(cmd.Context(), stop, in, rep)); err != nil {
				return err
			}
			a.Found(rep)
			return rep.Err()
		},
	}
	in.flags(cmd.Flags())
	cmd.Flags().StringVar(&format, "format", "", "jsonl, text or nquads")
	cmd.Flags().BoolVar(&in.explain, "explain", false, "say for each fact how it came about: rule, trigger, clause, arguments, why status and source")
	return cmd
}
