package console

import (
	"bytes"
	"context"
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

	"github.com/chromedp/chromedp"
)

// said collects what a process says, while it says it.
type said struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (s *said) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.Write(p)
}

func (s *said) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.String()
}

// TestMade takes the program that make built, named by SILA_MADE, to an empty
// folder, without Go, its modules or a home, loads articles there and goes
// through its console in Chromium, where there is one.
func TestMade(t *testing.T) {
	made := os.Getenv("SILA_MADE")
	if made == "" {
		t.Skip("make, then set SILA_MADE to bin/sila")
	}
	articles, err := filepath.Abs("../../testdata/articles")
	if err != nil {
		t.Fatal(err)
	}
	program, err := os.ReadFile(made)
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "sila"), program, 0o755); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(context.Background(), 4*time.Minute)
	defer cancel()
	run := func(args ...string) *exec.Cmd {
		cmd := exec.CommandContext(ctx, "./sila", args...)
		cmd.Dir = dir
		cmd.Env = []string{"HOME=" + dir + "/nobody", "GOMODCACHE=" + dir + "/none", "GOPATH=" + dir + "/none", "PATH=/nowhere"}
		return cmd
	}
	if out, err := run("load", articles).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	cmd := run("serve", "--listen", "127.0.0.1:0")
	var out said
	cmd.Stderr = &out
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	address := regexp.MustCompile(`http://[^ \n]+/`)
	for !address.MatchString(out.String()) {
		if ctx.Err() != nil {
			t.Fatalf("it says nothing of where it is: %s", out.String())
		}
		time.Sleep(20 * time.Millisecond)
	}
	home := strings.TrimSuffix(address.FindString(out.String()), "/")
	for path, want := range map[string]string{"/ui/query": "Run Query", "/static/js/cayley_main.js": "CodeMirror", "/sila/queries": "who-took"} {
		resp, err := http.Get(home + path)
		if err != nil {
			t.Fatal(err)
		}
		var b bytes.Buffer
		_, _ = b.ReadFrom(resp.Body)
		resp.Body.Close()
		if resp.StatusCode != 200 || !strings.Contains(b.String(), want) {
			t.Errorf("%s: %d %.100s", path, resp.StatusCode, b.String())
		}
	}
	t.Run("browser", func(t *testing.T) { throughMade(newBrowser(t, home)) })
	if err := cmd.Process.Signal(syscall.SIGINT); err != nil {
		t.Fatal(err)
	}
	if err := cmd.Wait(); err != nil {
		t.Errorf("ended with %v: %s", err, out.String())
	}
	left, err := os.ReadDir(dir)
	if err != nil || len(left) != 2 {
		t.Errorf("left behind beside the program and the graph: %v", left)
	}
}

// throughMade picks a query, runs it, follows a name, and draws.
func throughMade(b *browser) {
	t := b.t
	b.open("/ui/query")
	b.pick("inside")
	b.runQuery("#sila-table td")
	if text := eval[string](b, `$("#sila-table").text()`); !strings.Contains(text, "الموصل") {
		t.Errorf("the table lacks Arabic names:\n%s", text)
	}
	b.shot("made-query")
	b.do(chromedp.Click(chromedp.CSS("#sila-table td bdi[title]")), chromedp.Sleep(2*time.Second), chromedp.WaitVisible(chromedp.CSS("#sila-table td")))
	if n := eval[int](b, `$("#sila-table td").length`); n < 3 {
		t.Errorf("following a name shows %d cells", n)
	}
	b.shot("made-follow")
	b.open("/ui/visualize")
	b.pick("network")
	b.runQuery("#visualize canvas")
	b.do(chromedp.Sleep(7 * time.Second))
	if n := eval[int](b, `sigmaGraph.graph.edges().filter(function (e) { return /[\u0600-\u06ff]/.test(e.label) }).length`); n < 3 {
		t.Errorf("%d edges with an Arabic name are drawn", n)
	}
	b.shot("made-visualize")
	b.open("/ui/query_shape")
	b.pick("who-took")
	b.runQuery("#viz svg circle.node")
	b.sound()
}
