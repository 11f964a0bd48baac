package main

import (
	"github.com/spf13/cobra"

	"github.com/sila-graph/sila/cmd/sila/internal/ui"
)

func (a *app) trainCmd() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "train",
		Short: "Train the models from annotated files",
		Long: `Train the models that sila is built with, from annotated files. The same files give
the same bytes on any machine.`,
		Args: cobra.ArbitraryArgs,
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 {
				return cmd.Help()
			}
			return ui.Hint(ui.Usagef("there is no model %q to train", args[0]), "sila train --help lists them")
		},
	}
	cmd.AddCommand(a.trainMentionCmd(), a.trainClustersCmd())
	return cmd
}
