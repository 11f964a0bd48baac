package main

import (
	"errors"

	"github.com/spf13/cobra"

	"github.com/sila-graph/sila/cmd/sila/internal/ui"
	"github.com/sila-graph/sila/extract/article"
	"github.com/sila-graph/sila/graph/load"
	"github.com/sila-graph/sila/graph/store"
)

func (a *app) loadCmd() *cobra.Command {
	var in input
	var batch int
	cmd := &cobra.Command{
		Use:   "load PATH...",
		Short: "Read articles, extract and write the graph",
		Long: `Read articles, extract entities and facts and write them to the graph.

Paths are files, folders or - for standard input: plain text (the first line is the
title), JSON lines, web pages, feeds and archives of them. Loading again changes
nothing; a changed article replaces its old facts. An interrupted load keeps what it
wrote, and the same command does the rest.`,
		Example: `  sila load articles/
  sila load news-2015-07.jsonl.gz --db news.db
  curl -s https://example.org/feed.xml | sila load -
  sila extract articles/ > docs.jsonl && sila load --documents docs.jsonl`,
		Args: atLeast("a file or folder"),
		RunE: func(cmd *cobra.Command, args []string) error {
			in.paths = a.paths(args)
			ctx := cmd.Context()
			stop, cancel := a.interruptible(ctx)
			defer cancel()
			return a.change(ctx, true, func(st *store.Store) error {
				rep := ui.NewReport()
				l, err := a.loader(ctx, st, load.Options{Batch: batch, Rejected: func(id string, err error) { rep.Rejected(a.UI, id, err) }})
				if err != nil {
					return err
				}
				in.bar = a.Progress(article.Size(in.paths))
				stats, err := l.Load(ctx, a.docs(ctx, stop, in, rep), func(s load.Stats) { in.bar.Quads(s.Added - s.Deleted) })
				a.Loaded(rep, stats, a.db, stop.Err() != nil || err != nil)
				if err == nil && stop.Err() != nil {
					err = errors.New("interrupted")
				}
				return errors.Join(err, rep.Err())
			})
		},
	}
	in.flags(cmd.Flags())
	cmd.Flags().IntVar(&batch, "batch", 0, "facts written in one step; 0: 8,000")
	return cmd
}
