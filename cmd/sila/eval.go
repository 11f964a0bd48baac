package main

import (
	"context"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/sila-graph/sila/cmd/sila/internal/ui"
	"github.com/sila-graph/sila/extract/doc"
	"github.com/sila-graph/sila/extract/eval"
)

func (a *app) evalCmd() *cobra.Command {
	var world string
	var withErrors, asJSON bool
	var in input
	cmd := &cobra.Command{
		Use:   "eval GOLD [DOCUMENTS]",
		Short: "Score extraction against gold annotations",
		Long: `Score documents against gold annotations: precision, recall and F1 of entities and
facts. GOLD is a file of annotations, one JSON object a line. Without DOCUMENTS the
articles in articles.jsonl beside it are extracted and scored.`,
		Example: `  sila eval gold/dev/gold.jsonl
  sila eval gold.jsonl docs.jsonl --errors
  sila eval testdata/gold/gold.jsonl --articles testdata/articles`,
		Args: atLeast("the file of gold annotations"),
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) > 2 {
				return ui.Usagef("%q is one argument too many", args[2])
			}
			gold, err := eval.ReadFile(args[0])
			if err != nil {
				return err
			}
			if world == "" {
				world = filepath.Join(filepath.Dir(filepath.Dir(args[0])), "world.tsv")
			}
			known, err := eval.ReadWorld(world)
			if err != nil {
				return err
			}
			if len(args) == 2 {
				in.paths, in.documents = args[1:], true
			} else if len(in.paths) == 0 {
				in.paths = []string{filepath.Join(filepath.Dir(args[0]), "articles.jsonl")}
			}
			var all []*doc.Document
			for d, err := range a.docs(cmd.Context(), context.Background(), in, ui.NewReport()) {
				if err != nil {
					return err
				}
				all = append(all, d)
			}
			return a.Scores(eval.Score(gold, all, known), withErrors, asJSON)
		},
	}
	f := cmd.Flags()
	f.StringSliceVar(&in.paths, "articles", nil, "the articles to extract, where they aren't beside GOLD")
	f.StringVar(&world, "world", "", "pairs that are true anywhere; default world.tsv in the folder above GOLD's")
	f.BoolVar(&withErrors, "errors", false, "list every missed and wrong entity and fact")
	f.BoolVar(&asJSON, "json", false, "as one JSON object")
	return cmd
}
