package main

import (
	"github.com/spf13/cobra"

	"github.com/sila-graph/sila/cmd/sila/internal/ui"
	"github.com/sila-graph/sila/graph/store"
)

func (a *app) backupCmd() *cobra.Command {
	return &cobra.Command{
		Use:   "backup DIR",
		Short: "Copy the graph to a new folder, also while it is in use",
		Long: `Copy the graph as it is now to a folder that doesn't exist yet. It may be in use, also
by sila serve. On the same file system it takes no time and at first no room. The copy is a
graph: ask it with --db DIR, or bring it back with sila restore.`,
		Example: `  sila backup /backup/sila-2026-11-25`,
		Args:    exactly("the new folder"),
		RunE: func(cmd *cobra.Command, args []string) error {
			dir := a.paths(args)[0]
			return a.with(cmd.Context(), func(st *store.Store) error {
				if err := st.Checkpoint(dir); err != nil {
					return err
				}
				a.Notef("graph %s is copied to %s", a.db, args[0])
				return nil
			})
		},
	}
}

func (a *app) restoreCmd() *cobra.Command {
	return &cobra.Command{
		Use:     "restore DIR",
		Short:   "Make a graph from a backup",
		Long:    `Make the graph of --db, which mustn't exist yet, from a backup. The backup stays.`,
		Example: `  sila restore /backup/sila-2026-11-25 --db new.db`,
		Args:    exactly("the backup's folder"),
		RunE: func(cmd *cobra.Command, args []string) error {
			if a.db == "memory" || isQuads(a.db) {
				return ui.Hint(ui.Usagef("a backup can't be restored to %s", a.db), "name a new folder with --db")
			}
			if err := store.Restore(cmd.Context(), args[0], a.db); err != nil {
				return err
			}
			a.Notef("graph %s is restored from %s", a.db, args[0])
			return nil
		},
	}
}
