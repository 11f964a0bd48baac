// Command sila turns Arabic news into a knowledge graph and answers questions
// about it: sila load articles/, then sila query who-took place=الموصل.
//
// Each command has its file here and no logic of its own: reading and
// extraction are in package extract and below, the graph in graph and below,
// the named queries in queries, what people see in internal/ui.
package main

import (
	"context"
	"io"
	"os"

	"github.com/sila-graph/sila/cmd/sila/internal/ui"
)

func main() {
	os.Exit(run(context.Background(), os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
}

// run runs sila with arguments and returns its exit code.
func run(ctx context.Context, args []string, in io.Reader, out, err io.Writer) int {
	return (&app{UI: ui.New(in, out, err), args: args}).run(ctx)
}

func (a *app) run(ctx context.Context) int {
	cmd := newRoot(a)
	cmd.SetArgs(a.args)
	return a.Fail(cmd.ExecuteContext(ctx))
}
