package main

import (
	"crypto/sha256"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"

	"github.com/spf13/cobra"

	"github.com/sila-graph/sila/cmd/sila/internal/ui"
	"github.com/sila-graph/sila/extract/gazetteer"
	"github.com/sila-graph/sila/extract/mention"
)

func (a *app) trainMentionCmd() *cobra.Command {
	var data mention.TrainingData
	var gold []string
	var out string
	var check bool
	cmd := &cobra.Command{
		Use:   "mention --gold FOLDER --conll FILE --nested FILE --news FILE [--out FOLDER]",
		Short: "Train the models that find names",
		Long: `Train the models that find names and write them into a folder: model.bin (articles),
model_conll.bin (tags as ANERcorp has them), news_names.txt (what words are tagged as
in unlabelled news). Copied into extract/mention/data they are what the next build has.

  --gold    folders with articles.jsonl and gold.jsonl, annotated by the project's guide
  --conll   files of a token and a PERS, LOC, ORG or MISC tag a line (ANERcorp)
  --nested  files of a token and its nested tags a line (Wojood)
  --news    files of unlabelled articles, a JSON object a line, gzipped or not

With --check nothing is written: it says whether the models are those built in.`,
		Example: `  sila train mention --gold gold/train --conll ANERCorp_CamelLab_train.txt \
    --nested wojood-sample/train.txt --news news-2015-07.jsonl.gz --out extract/mention/data`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(gold) == 0 {
				return ui.Hint(ui.Usagef("there is nothing to learn from"), "name a folder of annotated articles with --gold")
			}
			for _, dir := range gold {
				data.Articles = append(data.Articles, filepath.Join(dir, "articles.jsonl"))
				data.Gold = append(data.Gold, filepath.Join(dir, "gold.jsonl"))
			}
			stop, cancel := a.interruptible(cmd.Context())
			defer cancel()
			m, err := mention.Train(stop, gazetteer.Default(), data)
			if err != nil {
				return fmt.Errorf("training: %w", err)
			}
			files := m.Files()
			for _, name := range slices.Sorted(maps.Keys(files)) {
				fmt.Fprintf(a.Out, "%x  %s\n", sha256.Sum256(files[name]), name)
				if check {
					continue
				}
				if err := os.WriteFile(filepath.Join(out, name), files[name], 0o644); err != nil {
					return err
				}
			}
			switch {
			case check && m.Same(mention.BuiltIn()):
				fmt.Fprintln(a.Out, "the same as built in")
			case check:
				return ui.Hint(fmt.Errorf("the models differ from those built in"),
					"they were trained from other files, or sila's code or lists have changed since; see extract/mention/README.md")
			}
			return nil
		},
	}
	f := cmd.Flags()
	f.StringSliceVar(&gold, "gold", nil, "folders of annotated articles")
	f.StringSliceVar(&data.CoNLL, "conll", nil, "files in CoNLL format, tagged as ANERcorp is")
	f.StringSliceVar(&data.Nested, "nested", nil, "files in CoNLL format with nested tags, as Wojood's")
	f.StringSliceVar(&data.News, "news", nil, "files of unlabelled articles")
	f.StringVar(&out, "out", ".", "the folder to write to")
	f.BoolVar(&check, "check", false, "write nothing; compare with the models built in")
	return cmd
}
