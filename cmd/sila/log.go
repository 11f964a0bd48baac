package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"github.com/sila-graph/sila/cmd/sila/internal/ui"
	"github.com/sila-graph/sila/extract/doc"
	"github.com/sila-graph/sila/graph/query"
	"github.com/sila-graph/sila/graph/resolve/decide"
)

func (a *app) logCmd() *cobra.Command {
	var format string
	cmd := &cobra.Command{
		Use:   "log",
		Short: "The decisions that people took: list, undo, import, export",
		Long: `List the decisions on identity and on facts in the order they were taken. They lie
beside the graph as JSON lines (--decisions names another file), may be edited, and go
under version control. Where decisions disagree, the later holds.`,
		Example: `  sila log
  sila log undo 5f3a9c21e0
  sila log export > decisions.csv
  sila log import decisions.csv
  sila log gold judged/ && sila eval judged/gold.jsonl`,
		Args: exactly(),
		RunE: func(cmd *cobra.Command, args []string) error {
			f, err := a.readDecisions(a.graphPath())
			if err != nil {
				return err
			}
			if asJSON, err := ui.Form(format); err != nil {
				return err
			} else if asJSON {
				log := f.Log()
				if log == nil {
					log = []decide.Entry{}
				}
				return a.JSON(log)
			}
			return a.Log(f)
		},
	}
	cmd.Flags().StringVar(&format, "format", "text", "text or json")
	cmd.AddCommand(a.logUndoCmd(), a.logImportCmd(), a.logExportCmd(), a.logGoldCmd())
	return cmd
}

// graphPath is the path of the graph beside which decisions lie.
func (a *app) graphPath() string {
	if a.held != nil {
		return a.held.st.Path
	}
	return a.db
}

func (a *app) logUndoCmd() *cobra.Command {
	var sig signature
	cmd := &cobra.Command{
		Use:     "undo ID...",
		Short:   "Take decisions back, by the ids that sila log shows",
		Example: `  sila log undo 5f3a9c21e0`,
		Args:    atLeast("the id of a decision"),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.deciding(cmd.Context(), func(d *desk) error {
				var ds []decide.Decision
				for _, id := range args {
					u := decide.Decision{Kind: decide.Undo, Of: id}
					sig.sign(&u)
					ds = append(ds, u)
				}
				t, err := d.take(cmd.Context(), ds...)
				if t != nil {
					a.Took(t)
				}
				return err
			})
		},
	}
	sig.flags(cmd.Flags())
	return cmd
}

func (a *app) logImportCmd() *cobra.Command {
	return &cobra.Command{
		Use:   "import FILE",
		Short: "Take the decisions of a table (CSV) or of another decisions file",
		Long: `Take the decisions of a table as sila log export writes it, or of another decisions
file (.jsonl); - is a table on standard input. Decisions that hold already are passed over.`,
		Example: `  sila log import decisions.csv
  sila log import colleague.decisions.jsonl`,
		Args: exactly("a file"),
		RunE: func(cmd *cobra.Command, args []string) error {
			ds, err := a.tableOf(args[0])
			if err != nil {
				return err
			}
			return a.deciding(cmd.Context(), func(d *desk) error {
				t, err := d.take(cmd.Context(), ds...)
				if t != nil {
					a.Took(t)
				}
				return err
			})
		},
	}
}

// tableOf reads decisions from a table or decisions file.
func (a *app) tableOf(path string) ([]decide.Decision, error) {
	if path == "-" {
		return decide.ReadCSV("standard input", a.In)
	}
	path = a.paths([]string{path})[0]
	b, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	if strings.HasSuffix(path, ".jsonl") {
		f, err := decide.Parse(path, b)
		if err != nil {
			return nil, err
		}
		return f.Decisions(), nil
	}
	return decide.ReadCSV(path, bytes.NewReader(b))
}

func (a *app) logExportCmd() *cobra.Command {
	return &cobra.Command{
		Use:     "export",
		Short:   "Write the decisions that hold as a table (CSV)",
		Example: `  sila log export > decisions.csv`,
		Args:    exactly(),
		RunE: func(cmd *cobra.Command, args []string) error {
			f, err := a.readDecisions(a.graphPath())
			if err != nil {
				return err
			}
			return decide.WriteCSV(a.Out, f.Decisions())
		},
	}
}

func (a *app) logGoldCmd() *cobra.Command {
	return &cobra.Command{
		Use:   "gold FOLDER",
		Short: "Write the judged facts as gold for sila eval and sila train",
		Long: `Write gold.jsonl and articles.jsonl of the articles whose facts were judged: right and
changed facts stand, wrong ones don't, and what nobody judged is optional.`,
		Example: `  sila log gold judged/ && sila eval judged/gold.jsonl`,
		Args:    exactly("a folder"),
		RunE: func(cmd *cobra.Command, args []string) error {
			ctx := cmd.Context()
			f, err := a.readDecisions(a.graphPath())
			if err != nil {
				return err
			}
			dir := a.paths(args)[0]
			return a.withEngine(ctx, func(e *query.Engine) (err error) {
				if err := os.MkdirAll(dir, 0o755); err != nil {
					return err
				}
				var gold, articles bytes.Buffer
				n := 0
				missing, err := e.Gold(ctx, f.Set(), func(g, d *doc.Document) error {
					n++
					for _, x := range []struct {
						to io.Writer
						v  any
					}{{&gold, g}, {&articles, map[string]string{"id": d.ID, "date": d.Date, "title": d.Title, "text": d.Text}}} {
						enc := json.NewEncoder(x.to)
						enc.SetEscapeHTML(false)
						if err := enc.Encode(x.v); err != nil {
							return err
						}
					}
					return nil
				})
				if err != nil {
					return err
				}
				if missing > 0 {
					a.Warnf("%d judged articles aren't in the graph and are left out", missing)
				}
				a.Notef("%d articles", n)
				return errors.Join(os.WriteFile(filepath.Join(dir, "gold.jsonl"), gold.Bytes(), 0o644),
					os.WriteFile(filepath.Join(dir, "articles.jsonl"), articles.Bytes(), 0o644))
			})
		},
	}
}
