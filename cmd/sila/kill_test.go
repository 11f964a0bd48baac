package main

import (
	"bytes"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/sila-graph/sila/extract/doc"
	"github.com/sila-graph/sila/extract/jsonl"
)

// TestKilled ends real sila load and sila remove processes at random moments, by
// SIGINT and by SIGKILL. Each time the graph must open and sila check find it
// sound: the store agrees with itself, and the graph is what its articles give,
// none of them half there. Loading again must give the same sorted dump as a
// load that nobody disturbed. SILA_LONG does it 50 times.
func TestKilled(t *testing.T) {
	if testing.Short() {
		t.Skip("runs processes")
	}
	kills, times := 3, 3
	if os.Getenv("SILA_LONG") != "" {
		kills, times = 50, 6
	}
	dir := t.TempDir()
	exe, err := filepath.Abs(os.Args[0])
	if err != nil {
		t.Fatal(err)
	}
	sila := filepath.Join(dir, "sila") // the name makes the test binary the command, see TestMain
	if err := os.Symlink(exe, sila); err != nil {
		t.Skipf("no symbolic links: %v", err)
	}
	docs, ids := manyDocs(t, dir, times)
	command := func(args ...string) (*exec.Cmd, *bytes.Buffer) {
		cmd := exec.Command(sila, args...)
		var b bytes.Buffer
		cmd.Stdout, cmd.Stderr = &b, &b
		return cmd, &b
	}
	must := func(args ...string) string {
		t.Helper()
		cmd, out := command(args...)
		if err := cmd.Run(); err != nil {
			t.Fatalf("sila %s: %v\n%s", strings.Join(args, " "), err, out)
		}
		return out.String()
	}
	// Batches that go through the store's log, and such that become tables.
	load := func(db string, n int) []string {
		return []string{"load", "--db", db, "--documents", "--batch", []string{"150", "1200"}[n%2], docs}
	}
	calm := filepath.Join(dir, "calm.db")
	start := time.Now()
	must(load(calm, 0)...)
	whole := time.Since(start)
	must("check", "--db", calm)
	want := must("export", "--sorted", "--db", calm)

	r := rand.New(rand.NewPCG(7, 8))
	db := filepath.Join(dir, "killed.db")
	done, ended := 0, map[string]int{}
	for n := 0; done < kills && n < 5*kills; n++ {
		if n%8 == 0 { // from the beginning, so that all moments have their turn
			if err := os.RemoveAll(db); err != nil {
				t.Fatal(err)
			}
		}
		args, most := load(db, r.IntN(2)), whole
		if n%4 == 3 {
			some := slices.Clone(ids)
			r.Shuffle(len(some), func(i, j int) { some[i], some[j] = some[j], some[i] })
			args, most = append([]string{"remove", "--db", db}, some[:len(some)/2]...), whole/2
		}
		sig := []os.Signal{syscall.SIGKILL, os.Interrupt}[r.IntN(2)]
		cmd, out := command(args...)
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Duration(r.Int64N(int64(most))))
		_ = cmd.Process.Signal(sig)
		err := cmd.Wait()
		if strings.Contains(out.String(), "panic") || strings.Contains(out.String(), "damaged") {
			t.Fatalf("%v after %v: %s", args[0], sig, out)
		}
		if err != nil {
			done++
			ended[fmt.Sprintf("%s, %v", args[0], sig)]++
		}
		cmd, out = command("check", "--db", db)
		if err := cmd.Run(); err != nil && !strings.Contains(out.String(), "there is no store") { // killed before it was made
			t.Fatalf("after %s, %v: %v\n%s", args[0], sig, err, out)
		}
	}
	must(load(db, 0)...)
	must("check", "--db", db)
	if got := must("export", "--sorted", "--db", db); got != want {
		t.Errorf("after %d kills the graph has %d bytes, undisturbed %d", done, len(got), len(want))
	}
	t.Logf("%d ended before they were done: %v; an undisturbed load takes %v", done, ended, whole.Round(time.Millisecond))
}

// manyDocs writes the documents of the project's own articles several times, under other ids.
func manyDocs(t *testing.T, dir string, times int) (path string, ids []string) {
	t.Helper()
	path = filepath.Join(dir, "docs.jsonl")
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	for n := range times {
		err = errors.Join(err, jsonl.ReadFile("../../testdata/gold/gold.jsonl", func(d *doc.Document) error {
			d.ID = fmt.Sprintf("%s-%d", d.ID, n)
			d.Title = fmt.Sprintf("%s %d", d.Title, n)
			ids = append(ids, d.ID)
			return jsonl.Write(f, d)
		}))
	}
	if err := errors.Join(err, f.Close()); err != nil {
		t.Fatal(err)
	}
	return path, ids
}
