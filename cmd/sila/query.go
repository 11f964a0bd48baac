package main

import (
	"context"
	"time"

	"github.com/spf13/cobra"

	"github.com/sila-graph/sila/cmd/sila/internal/ui"
	"github.com/sila-graph/sila/graph/query"
	"github.com/sila-graph/sila/queries"
)

func (a *app) queryCmd() *cobra.Command {
	var expr, lang, format, labels string
	var limit int
	var timeout time.Duration
	var gizmo bool
	cmd := &cobra.Command{
		Use:   "query NAME [key=value...]",
		Short: "Ask the graph: a named query, or any Gizmo, GraphQL or MQL",
		Long: `Ask the graph: a named query with its arguments (sila queries lists them), or any
Gizmo, GraphQL or MQL with -e. Actors and places are named in Arabic or by IRI.`,
		Example: `  sila query who-took place=الموصل
  sila query deeds actor='القوات العراقية' since=2016-07 --format csv
  sila query -e 'g.V("<place/الموصل>").in("<liberated>").all()'
  sila query -e '{ nodes(id: <place/الموصل>) { id } }' --lang graphql`,
		RunE: func(cmd *cobra.Command, args []string) error {
			if expr == "" {
				if err := atLeast("the name of a query")(cmd, args); err != nil {
					return err
				}
			} else if len(args) > 0 {
				return ui.Usagef("a named query and -e don't go together")
			}
			ctx, cancel := context.WithTimeout(cmd.Context(), timeout)
			defer cancel()
			var q *queries.Query
			var values map[string]string
			if expr == "" {
				var err error
				if q, err = queries.Find(args[0]); err != nil {
					return err
				}
				if values, err = q.Args(args[1:]); err != nil {
					return err
				}
			}
			return a.withEngine(ctx, func(e *query.Engine) error {
				if e.Limit = limit; limit == 0 {
					e.Limit = -1
				}
				if gizmo && q != nil {
					text, err := e.Gizmo(ctx, q, values)
					if err == nil {
						_, err = a.Out.Write([]byte(text))
					}
					return err
				}
				var res *query.Result
				var err error
				if q != nil {
					res, err = e.Named(ctx, q, values)
				} else {
					res, err = e.AdHoc(ctx, lang, expr)
				}
				if err != nil {
					return err
				}
				return a.Answer(res, format, labels)
			})
		},
	}
	f := cmd.Flags()
	f.StringVarP(&expr, "expr", "e", "", "a query in the language of --lang, instead of a named one")
	f.StringVar(&lang, "lang", "gizmo", "language of -e: gizmo, graphql, mql")
	f.StringVar(&format, "format", "table", "table, json or csv")
	f.StringVar(&labels, "labels", "ar", "how nodes are shown: by their label in ar or en")
	f.IntVar(&limit, "limit", query.DefaultLimit, "rows at most; 0: no limit")
	f.DurationVar(&timeout, "timeout", time.Minute, "time for the query")
	f.BoolVar(&gizmo, "gizmo", false, "print the Gizmo of a named query, for Cayley's console, instead of running it")
	return cmd
}
