package main

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"github.com/sila-graph/sila/cmd/sila/internal/ui"
	"github.com/sila-graph/sila/graph/inspect"
	"github.com/sila-graph/sila/graph/store"
)

func (a *app) checkCmd() *cobra.Command {
	var only bool
	cmd := &cobra.Command{
		Use:   "check",
		Short: "Check that the graph is exactly what its articles give",
		Long: `Check the graph's integrity: first that the store agrees with itself (each of its six
orders with every other, the dictionary, the counts), then that the graph is what its
articles give, by deriving it anew and comparing quad for quad. The second takes about
1 kB of memory a quad; --store leaves it out.`,
		Args: exactly(),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.with(cmd.Context(), func(st *store.Store) error {
				problems, checks, err := st.Damage(cmd.Context())
				if err != nil {
					return err
				}
				if len(problems) > 0 {
					return ui.Hint(fmt.Errorf("the store is damaged:\n%s", strings.Join(problems, "\n")),
						"sila restore DIR brings back a backup; without one, load the articles into another folder")
				}
				if only && !checks {
					return fmt.Errorf("a store of the backend %q can't check itself: leave --store out", st.Backend)
				}
				if only {
					a.Notef("the store agrees with itself")
					return nil
				}
				r, err := inspect.Check(cmd.Context(), st)
				if err != nil {
					return err
				}
				return a.Checked(r)
			})
		},
	}
	cmd.Flags().BoolVar(&only, "store", false, "check the store alone, not what it holds")
	return cmd
}
