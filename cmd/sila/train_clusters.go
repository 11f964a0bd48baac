package main

import (
	"fmt"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/sila-graph/sila/extract/mention"
)

func (a *app) trainClustersCmd() *cobra.Command {
	var out string
	cmd := &cobra.Command{
		Use:   "clusters NEWS...",
		Short: "Group words by the company that they keep in unlabelled news",
		Long: `Group words by the company that they keep in unlabelled news (files of articles, a JSON
object a line, gzipped or not) and write clusters.txt. The models that find names are to
be trained again after that.`,
		Args: atLeast("a file of articles"),
		RunE: func(cmd *cobra.Command, args []string) error {
			stop, cancel := a.interruptible(cmd.Context())
			defer cancel()
			b, err := mention.TrainClusters(stop, a.paths(args))
			if err != nil {
				return fmt.Errorf("training: %w", err)
			}
			return os.WriteFile(filepath.Join(out, "clusters.txt"), b, 0o644)
		},
	}
	cmd.Flags().StringVar(&out, "out", ".", "the folder to write to")
	return cmd
}
