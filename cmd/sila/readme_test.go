package main

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

// TestReadme runs the README's tour: each `$ sila` line of its console blocks, in
// order and over one graph, and asks that the answer holds the lines that are
// shown. Lines of … stand for more; what load reports has its time left out.
func TestReadme(t *testing.T) {
	root, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(filepath.Join(root, "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	script, n := tour(string(text))
	if n < 6 {
		t.Fatalf("README.md shows %d commands to run; want the tour", n)
	}
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "readme.txtar"), []byte(script), 0o600); err != nil {
		t.Fatal(err)
	}
	testscript.Run(t, testscript.Params{Dir: dir, Setup: func(env *testscript.Env) error {
		return os.Symlink(filepath.Join(root, "testdata"), filepath.Join(env.WorkDir, "testdata"))
	}})
}

var duration = regexp.MustCompile(`\\\([0-9.]+m?s\\\)`)

// tour turns the console blocks of a page into a testscript.
func tour(page string) (script string, commands int) {
	var b strings.Builder
	block, from := false, "" // from: where the answer of the command at hand goes
	for line := range strings.Lines(page) {
		line = strings.TrimRight(line, "\n")
		switch {
		case strings.HasPrefix(line, "```"):
			block, from = line == "```console", ""
		case !block:
		case strings.HasPrefix(line, "$ "):
			from = ""
			command, ok := strings.CutPrefix(line, "$ sila ")
			if !ok || strings.HasPrefix(command, "serve") {
				continue
			}
			command, _, _ = strings.Cut(command, " > ")
			fmt.Fprintf(&b, "exec sila %s\n", command)
			commands++
			if from = "stdout"; strings.HasPrefix(command, "load") {
				from = "stderr"
			}
		case from != "" && strings.TrimSpace(line) != "" && strings.TrimSpace(line) != "…":
			want := duration.ReplaceAllString(regexp.QuoteMeta(strings.TrimSpace(line)), `\(.*\)`)
			fmt.Fprintf(&b, "%s '%s'\n", from, strings.ReplaceAll(want, "'", "''"))
		}
	}
	return b.String(), commands
}
