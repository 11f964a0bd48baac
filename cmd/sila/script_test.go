package main

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){
		"sila": func() { os.Exit(run(context.Background(), os.Args[1:], os.Stdin, os.Stdout, os.Stderr)) },
	})
}

// TestScripts runs testdata/script/*.txtar: one file per command, with every
// error that it can give. They read as documentation.
// Rewrite their expected outputs with UPDATE_SCRIPTS=1.
func TestScripts(t *testing.T) {
	root, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}
	testscript.Run(t, testscript.Params{
		Dir:           "testdata/script",
		UpdateScripts: os.Getenv("UPDATE_SCRIPTS") != "",
		Setup: func(env *testscript.Env) error {
			env.Setenv("REPO", root)
			env.Setenv("STORY", filepath.Join(root, "cmd", "sila", "testdata", "story.jsonl"))
			env.Setenv("GRAPH", filepath.Join(root, "graph", "query", "testdata", "fixture.nq"))
			return nil
		},
	})
}
