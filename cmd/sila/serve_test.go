package main

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// output collects what a process says, while it says it.
type output struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (o *output) Write(p []byte) (int, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.b.Write(p)
}

func (o *output) String() string {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.b.String()
}

// TestServe loads a graph, serves it in a process, asks it through workers, and ends it.
func TestServe(t *testing.T) {
	if testing.Short() {
		t.Skip("builds the program")
	}
	dir := t.TempDir()
	bin := filepath.Join(dir, "sila")
	if out, err := exec.Command("go", "build", "-o", bin, ".").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	db := filepath.Join(dir, "graph.db")
	if out, err := exec.Command(bin, "load", "--documents", "../../testdata/gold/gold.jsonl", "--db", db).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Minute)
	defer cancel()
	cmd := exec.CommandContext(ctx, bin, "serve", "--db", db, "--listen", "127.0.0.1:0", "--query-time", "2s")
	var said output
	cmd.Stderr = &said
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	address := regexp.MustCompile(`http://[^ \n]+/`)
	for !address.MatchString(said.String()) {
		if ctx.Err() != nil {
			t.Fatalf("it says nothing of where it is: %s", said.String())
		}
		time.Sleep(20 * time.Millisecond)
	}
	url := address.FindString(said.String())
	post := func(path, body string) (int, string) {
		resp, err := http.Post(url+path, "text/plain", strings.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		defer resp.Body.Close()
		b, err := io.ReadAll(resp.Body)
		if err != nil {
			t.Fatal(err)
		}
		return resp.StatusCode, string(b)
	}
	for _, c := range []struct {
		text   string
		status int
		want   string
	}{
		{`g.V("<place/العراق>").in("<affiliated_with>").all()`, 200, "القوات_العراقية"},
		{`while (true) {}`, 504, "longer than 2s"},
		{`g.V("<place/العراق>").in("<affiliated_with>").all()`, 200, "القوات_العراقية"},
	} {
		if status, body := post("api/v1/query/gizmo", c.text); status != c.status || !strings.Contains(body, c.want) {
			t.Errorf("%s: %d %s", c.text, status, body)
		}
	}
	// Meanwhile the process does the commands of others, from their folder.
	command := func(in string, args ...string) string {
		c := exec.Command(bin, append(args, "--db", db)...)
		c.Dir = dir
		c.Stdin = strings.NewReader(in)
		out, err := c.CombinedOutput()
		if err != nil && !strings.Contains(string(out), "sila: error") {
			t.Fatalf("%v: %v %s", args, err, out)
		}
		return string(out)
	}
	if out := command("", "stats"); !strings.Contains(out, "articles  17") {
		t.Errorf("stats: %s", out)
	}
	if err := os.WriteFile(filepath.Join(dir, "new.txt"), []byte("القوات العراقية تحرر بلدة هيت\nحررت القوات العراقية بلدة هيت من تنظيم داعش."), 0o644); err != nil {
		t.Fatal(err)
	}
	if out := command("", "load", "new.txt"); !strings.Contains(out, "1 new, 0 replaced") {
		t.Errorf("load: %s", out)
	}
	if out := command("بدأت المفاوضات\nبدأت المفاوضات في بغداد أمس.", "load", "-"); !strings.Contains(out, "1 new, 0 replaced") {
		t.Errorf("load from standard input: %s", out)
	}
	if status, body := post("api/v1/query/gizmo", `g.V("<article/new>").out("<sila:headline>").all()`); status != 200 || !strings.Contains(body, "هيت") {
		t.Errorf("the console doesn't see what was loaded: %d %s", status, body)
	}
	if out := command("", "remove", "nothing"); !strings.Contains(out, "the graph has no such article") {
		t.Errorf("remove: %s", out)
	}
	if out := command("", "serve"); !strings.Contains(out, "the graph is served already") {
		t.Errorf("serve: %s", out)
	}
	if err := cmd.Process.Signal(syscall.SIGINT); err != nil {
		t.Fatal(err)
	}
	if err := cmd.Wait(); err != nil {
		t.Errorf("ended with %v: %s", err, said.String())
	}
	left, err := filepath.Glob(filepath.Join(dir, ".*.console-*"))
	if err != nil || len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
	if _, err := os.Stat(db); err != nil {
		t.Error(err)
	}
}
