package console

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/sila-graph/sila/graph/query"
)

const testMemory = 256 << 20

// TestMain makes the test program a worker when it is started as one.
func TestMain(m *testing.M) {
	if db := os.Getenv("SILA_TEST_WORKER"); db != "" {
		qs, err := query.ReadFile(context.Background(), db)
		if err == nil {
			err = Work(&viewer{qs: qs}, os.Stdin, os.Stdout, testMemory)
		}
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	os.Exit(m.Run())
}

func pool(t testing.TB, workers int) *Pool {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	p, err := NewPool(fixture(t), PoolOptions{DB: "../query/testdata/fixture.nq", Workers: workers, Command: func(db string) *exec.Cmd {
		cmd := exec.Command(self)
		cmd.Env = append(os.Environ(), "SILA_TEST_WORKER="+db)
		return cmd
	}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := p.Close(); err != nil {
			t.Error(err)
		}
	})
	return p
}

func TestPool(t *testing.T) {
	p := pool(t, 1)
	ask := func(text string, d time.Duration) (*Answer, error) {
		ctx, cancel := context.WithTimeout(context.Background(), d)
		defer cancel()
		return p.Query(ctx, Query{Lang: "gizmo", Text: text, Limit: 100, Bytes: 1 << 20})
	}
	const good = `g.V("<place/الموصل>").in("<liberated>").all()`
	for range 2 { // started, then reused
		a, err := ask(good, 10*time.Second)
		if err != nil || string(a.Result) != `[{"id":"<org/القوات_العراقية>"}]` {
			t.Fatalf("%v %v", a, err)
		}
	}
	var q *QueryError
	if _, err := ask("g.V(", 10*time.Second); !errors.As(err, &q) || q.Line != 1 {
		t.Errorf("have %v", err)
	}
	if _, err := ask("while (true) {}", 500*time.Millisecond); err != ErrTime {
		t.Errorf("have %v", err)
	}
	if _, err := ask(good, 10*time.Second); err != nil {
		t.Errorf("after a killed query: %v", err)
	}
	p.Renew()
	if _, err := ask(good, 10*time.Second); err != nil {
		t.Errorf("after renewal: %v", err)
	}
}

// TestAttacks runs what is known to hurt against a server with a pool: each
// gets the outcome that is wanted, and the server answers others meanwhile. With
// -v it prints the table of the README.
func TestAttacks(t *testing.T) {
	if testing.Short() {
		t.Skip("takes its time")
	}
	s, err := New(pool(t, 3), Options{Limits: Limits{Time: 3 * time.Second, Rows: 1000, Bytes: 4 << 20}})
	if err != nil {
		t.Fatal(err)
	}
	srv := httptest.NewServer(s)
	defer srv.Close()
	const path = "/api/v1/query/gizmo"
	for _, c := range []struct {
		name, path, body string
		header           []string
		status           []int
	}{
		{"endless loop", path, `while (true) {}`, nil, []int{504}},
		{"endless loop in a query's shape", "/api/v1/shape/gizmo", `while (true) {}`, nil, []int{504}},
		{"native recursion", path, `var a = []; for (var i = 0; i < 1e6; i++) a = [a]; JSON.stringify(a)`, nil, []int{400, 422, 504}},
		{"backtracking regular expression", path, `/^(?=(a+)+$)(a+)+\2$/.test("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!")`, nil, []int{504}},
		{"growing array", path, `var a = []; while (true) a.push("xxxxxxxxxxxxxxxx" + a.length)`, nil, []int{422, 504}}, // whichever limit comes first
		{"growing string", path, `var s = "x"; while (true) s += s`, nil, []int{400, 422}},
		{"answer of 1 GB", path, `var s = "x".repeat(1 << 20); for (var i = 0; i < 1024; i++) g.emit(s)`, nil, []int{200}},
		{"everything, squared", path, `g.V().both().both().both().all()`, nil, []int{200, 504}},
		{"argument that isn't one", path, `g.V().out([{}, [[]]]).all()`, nil, []int{400}},
		{"oversized body", path, strings.Repeat("x", 2<<20), nil, []int{413}},
		{"write", "/api/v1/write", `[{"subject":"a","predicate":"b","object":"c"}]`, nil, []int{403}},
		{"write from a page elsewhere", "/api/v1/write", `[]`, []string{"Origin: http://evil.example", "Content-Type: text/plain"}, []int{403}},
		{"read from a page elsewhere", path, `g.V().all()`, []string{"Origin: http://evil.example"}, []int{403}},
		{"foreign host (DNS rebinding)", path, `g.V().all()`, []string{"Host: evil.example"}, []int{421}},
	} {
		start := time.Now()
		r := ask(t, srv, "POST", c.path, c.body, c.header...)
		took := time.Since(start).Round(10 * time.Millisecond)
		ok := false
		for _, want := range c.status {
			ok = ok || r.status == want
		}
		if !ok || took > 5*time.Second {
			t.Errorf("%s: status %d after %s, want %v: %.200s", c.name, r.status, took, c.status, r.body)
		}
		t.Logf("| %s | %d %s | %s |", c.name, r.status, http.StatusText(r.status), took)
		if r := ask(t, srv, "POST", path, `g.V("<place/عدن>").all()`); r.status != 200 {
			t.Errorf("after %s: %d %s", c.name, r.status, r.body)
		}
	}

	// 200 heavy queries at a time: the server says that it is busy, and answers what needs no query at once.
	var wg sync.WaitGroup
	var mu sync.Mutex
	seen := map[int]int{}
	for range 200 {
		wg.Go(func() {
			r := ask(t, srv, "POST", path, `while (true) {}`)
			mu.Lock()
			seen[r.status]++
			mu.Unlock()
		})
	}
	time.Sleep(300 * time.Millisecond)
	start := time.Now()
	if r := ask(t, srv, "GET", "/healthz", ""); r.status != 200 || time.Since(start) > time.Second {
		t.Errorf("meanwhile: %d after %s", r.status, time.Since(start))
	}
	wg.Wait()
	if seen[503]+seen[504] != 200 || seen[504] == 0 {
		t.Errorf("200 heavy queries: %v", seen)
	}
	t.Logf("| 200 heavy queries at a time | %v | |", seen)
	if r := ask(t, srv, "POST", path, `g.V("<place/عدن>").all()`); r.status != 200 {
		t.Errorf("after them: %d %s", r.status, r.body)
	}

	// A client that sends nothing keeps nobody waiting.
	slow, err := net.Dial("tcp", srv.Listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer slow.Close()
	_, _ = io.WriteString(slow, "POST "+path+" HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\ng.")
	if r := ask(t, srv, "POST", path, `g.V("<place/عدن>").all()`); r.status != 200 {
		t.Errorf("beside a slow client: %d", r.status)
	}
}
