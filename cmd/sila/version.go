package main

import (
	"fmt"
	"runtime"
	"runtime/debug"

	"github.com/spf13/cobra"
)

func (a *app) versionCmd() *cobra.Command {
	return &cobra.Command{
		Use:   "version",
		Short: "Print the versions of sila, Cayley and Go",
		Args:  exactly(),
		RunE: func(cmd *cobra.Command, args []string) error {
			sila, cayley := "unknown", "unknown"
			if info, ok := debug.ReadBuildInfo(); ok {
				sila = info.Main.Version
				for _, d := range info.Deps {
					if d.Path == "github.com/cayleygraph/cayley" {
						cayley = d.Version
					}
				}
			}
			_, err := fmt.Fprintf(a.Out, "sila %s\ncayley %s\n%s\n", sila, cayley, runtime.Version())
			return err
		},
	}
}
