package main

import (
	"context"
	"strings"

	"github.com/spf13/cobra"

	"github.com/sila-graph/sila/cmd/sila/internal/ui"
)

// app is what the commands share.
type app struct {
	*ui.UI
	db        string // --db
	decisions string // --decisions
	args      []string
	held      *held           // the graph that this process holds for others, in a command of theirs
	dir       string          // where the one who asked is; "": here
	interrupt context.Context // done when the one who asked wants the command ended
	command   string          // the command's name, for whoever finds the graph in use
	readOnly  bool            // the graph is opened so that it can't be written, where that can be had
}

func newRoot(a *app) *cobra.Command {
	u := a.UI
	root := &cobra.Command{
		Use:   "sila",
		Short: "Arabic news as a knowledge graph: who did what to whom, where and when, and who says so",
		Long: `Sila (صلة, "a link") reads Arabic news and builds a knowledge graph in Cayley:
who did what to whom, where and when, who said so, and in which sentence.

  sila load articles/                   read, extract, write the graph
  sila queries                          what can be asked
  sila query who-took place=الموصل      ask it
  sila show 'القوات العراقية'           what is known of an actor
  sila serve                            Cayley's console in the browser`,
		SilenceErrors: true,
		SilenceUsage:  true,
		Args:          cobra.ArbitraryArgs,
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 {
				return cmd.Help()
			}
			err := ui.Usagef("there is no command %q", args[0])
			if s := cmd.SuggestionsFor(args[0]); len(s) > 0 {
				return ui.Hint(err, "similar: "+strings.Join(s, ", "))
			}
			return ui.Hint(err, "sila --help lists the commands")
		},
	}
	root.SuggestionsMinimumDistance = 2
	root.PersistentFlags().StringVar(&a.decisions, "decisions", "", "the file of people's decisions; default: beside the graph's folder")
	root.SetIn(u.In)
	root.SetOut(u.Out)
	root.SetErr(u.Err)
	root.AddCommand(a.reviewCmd(), a.mergeCmd(), a.splitCmd(), a.aliasCmd(), a.judgeCmd(), a.logCmd())
	root.CompletionOptions.HiddenDefaultCmd = true
	root.SetFlagErrorFunc(func(cmd *cobra.Command, err error) error {
		return ui.Hint(&ui.Usage{Err: err}, cmd.CommandPath()+" --help lists the flags")
	})
	root.PersistentFlags().StringVar(&a.db, "db", "./sila.db", "the graph: a folder (kv:FOLDER: of the older backend), an N-Quads file (.nq, read only) or memory")
	root.PersistentPreRun = func(cmd *cobra.Command, args []string) { a.command = cmd.Name() }
	root.AddCommand(a.loadCmd(), a.extractCmd(), a.queryCmd(), a.queriesCmd(), a.showCmd(), a.pathCmd(), a.timelineCmd(), a.sourcesCmd(), a.diffCmd(), a.removeCmd(),
		a.exportCmd(), a.statsCmd(), a.checkCmd(), a.backupCmd(), a.restoreCmd(), a.evalCmd(), a.trainCmd(), a.serveCmd(), a.workerCmd(), a.versionCmd())
	return root
}

// exactly returns a check of a command's arguments that says what is missing.
func exactly(names ...string) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		switch {
		case len(args) < len(names):
			return ui.Hint(ui.Usagef("%s is missing", names[len(args)]), cmd.UseLine())
		case len(args) > len(names):
			return ui.Hint(ui.Usagef("%q is one argument too many", args[len(names)]), cmd.UseLine())
		}
		return nil
	}
}

// atLeast returns a check that at least the named arguments are there.
func atLeast(names ...string) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		if len(args) < len(names) {
			return ui.Hint(ui.Usagef("%s is missing", names[len(args)]), cmd.UseLine())
		}
		return nil
	}
}
