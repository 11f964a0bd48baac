package main

import (
	"context"
	"errors"
	"os"
	"regexp"

	"github.com/cayleygraph/cayley/graph"
	"github.com/spf13/cobra"

	"github.com/sila-graph/sila/cmd/sila/internal/ui"
	"github.com/sila-graph/sila/graph/query"
	"github.com/sila-graph/sila/graph/store"
)

func (a *app) diffCmd() *cobra.Command {
	var opt query.NewsOptions
	var since, format, lang string
	cmd := &cobra.Command{
		Use:   "diff --since DATE|GRAPH",
		Short: "What is new: facts, confirmations, denials, actors",
		Long: `What is new since a day, month or year, by the dates of articles, or since an older state of
the graph: a folder that sila backup wrote, or an N-Quads file of sila export. Facts that only new articles tell;
facts known before that new texts, not copies, tell again; those that are disputed now; actors never mentioned before.`,
		Example: `  sila diff --since 2015-07-20
  sila backup monday.db; sila load articles/; sila diff --since monday.db`,
		Args: exactly(),
		RunE: func(cmd *cobra.Command, args []string) error {
			asJSON, err := ui.Form(format)
			if err != nil {
				return err
			}
			if since == "" {
				return ui.Hint(ui.Usagef("--since is missing"), cmd.UseLine())
			}
			if opt.Limit == 0 {
				opt.Limit = -1
			}
			ctx := cmd.Context()
			return a.older(ctx, since, &opt, func() error {
				return a.withEngine(ctx, func(e *query.Engine) error {
					n, err := e.News(ctx, opt)
					if err != nil {
						return err
					}
					if asJSON {
						return a.JSON(n)
					}
					return a.News(n, lang)
				})
			})
		},
	}
	f := cmd.Flags()
	f.StringVar(&since, "since", "", "a day, month or year; or an older graph: a folder or N-Quads file")
	f.StringSliceVar(&opt.Types, "type", nil, "only facts of this type; without it all that happen")
	f.IntVar(&opt.Limit, "limit", 20, "facts of each kind at most; 0: all")
	answerFlags(f, &format, &lang)
	return cmd
}

var dateLike = regexp.MustCompile(`^\d{4}(-\d{2}){0,2}$`)

// older runs f with what --since names, a date or an older graph.
func (a *app) older(ctx context.Context, since string, opt *query.NewsOptions, f func() error) error {
	if dateLike.MatchString(since) {
		opt.Since = since
		return f()
	}
	path := a.paths([]string{since})[0]
	if _, err := os.Stat(path); errors.Is(err, os.ErrNotExist) {
		return ui.Hint(ui.Usagef("--since %s: neither a date nor a graph", since), "write 2016, 2016-07 or 2016-07-21, or name a folder of sila backup or a file of sila export")
	}
	if isQuads(path) {
		qs, err := query.ReadFile(ctx, path)
		if err != nil {
			return err
		}
		defer qs.Close()
		opt.Old = qs
		return f()
	}
	st, err := store.Open(ctx, path, store.Options{Holder: "sila " + a.command})
	if err != nil {
		return err
	}
	err = st.View(ctx, func(qs graph.QuadStore) error {
		opt.Old = qs
		return f()
	})
	return errors.Join(err, st.Close())
}
