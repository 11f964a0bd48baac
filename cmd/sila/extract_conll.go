package main

import (
	"fmt"
	"io"
	"os"

	"github.com/spf13/cobra"

	"github.com/sila-graph/sila/cmd/sila/internal/ui"
	"github.com/sila-graph/sila/extract/gazetteer"
	"github.com/sila-graph/sila/extract/mention"
)

// tagCoNLL tags the tokens of files, one a line.
func (a *app) tagCoNLL(cmd *cobra.Command, paths []string, from, format string) error {
	if from != "conll" || format != "conll" && format != "" {
		return ui.Hint(ui.Usagef("tokens and articles are two things"), "use --from conll and --format conll together")
	}
	stop, cancel := a.interruptible(cmd.Context())
	defer cancel()
	r := mention.New(gazetteer.Default())
	for _, path := range paths {
		var in io.Reader = a.In
		if path != "-" {
			f, err := os.Open(path)
			if err != nil {
				return err
			}
			defer f.Close()
			in = f
		}
		if err := r.TagCoNLL(stop, in, a.Out); err != nil {
			return fmt.Errorf("%s: %w", path, err)
		}
	}
	return nil
}
