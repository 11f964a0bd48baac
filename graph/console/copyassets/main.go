// Command copyassets copies the files of Cayley's console from Go's module
// cache to a folder, for a build that carries them: see the Makefile.
package main

import (
	"fmt"
	"os"

	"github.com/sila-graph/sila/graph/console"
)

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: copyassets FOLDER")
		os.Exit(2)
	}
	if err := console.CopyAssets(os.Args[1]); err != nil {
		fmt.Fprintln(os.Stderr, "copyassets: error:", err)
		os.Exit(1)
	}
}
