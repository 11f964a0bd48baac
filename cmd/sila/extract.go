package main

import (
	"github.com/spf13/cobra"

	"github.com/sila-graph/sila/cmd/sila/internal/ui"
)

func (a *app) extractCmd() *cobra.Command {
	var in input
	var from, format string
	cmd := &cobra.Command{
		Use:   "extract PATH...",
		Short: "Extract entities and facts, without a graph",
		Long: `Extract entities and facts and print them.

  jsonl   one object an article, with offsets in code points (default when piped)
  text    for reading: the text with its mentions marked, entities, facts
          (default on a terminal)
  nquads  the quads that sila load would write for these articles alone
  conll   with --from conll: a token and its tag a line

With --from conll the files hold a token a line and a blank line between sentences; each
token is tagged with B- and I- of PERS, LOC, ORG and MISC, or O, as ANERcorp has it.`,
		Example: `  sila extract article.txt
  sila extract --explain article.txt
  sila extract news/ --jobs 4 > docs.jsonl
  sila extract --from conll --format conll test.txt > tagged.txt
  echo 'وصل وزير الخارجية جون كيري إلى بغداد' | sila extract -`,
		Args: atLeast("a file or folder"),
		RunE: func(cmd *cobra.Command, args []string) error {
			in.paths = a.paths(args)
			if from == "conll" || format == "conll" {
				return a.tagCoNLL(cmd, in.paths, from, format)
			}
			if from != "" {
				return ui.Usagef("there is no input format %q; known is conll", from)
			}
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
	cmd.Flags().StringVar(&format, "format", "", "jsonl, text, nquads or conll")
	cmd.Flags().StringVar(&from, "from", "", "conll: the files hold tokens, not articles")
	cmd.Flags().BoolVar(&in.explain, "explain", false, "say for each mention why it is one and of which entity, and for each fact how it came about: rule, trigger, clause, arguments, why status and source")
	return cmd
}
