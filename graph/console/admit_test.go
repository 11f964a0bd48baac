package console

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"testing"
	"time"
)

// TestAdmission: one address leaves a place for others, and all of them wait no longer than a second.
func TestAdmission(t *testing.T) {
	a := newAdmission(3)
	var leave []func()
	for range 2 {
		l, err := a.enter(context.Background(), "10.0.0.1")
		if err != nil {
			t.Fatal(err)
		}
		leave = append(leave, l)
	}
	if _, err := a.enter(context.Background(), "10.0.0.1"); !errors.Is(err, ErrBusy) {
		t.Errorf("a third of one address: %v", err)
	}
	l, err := a.enter(context.Background(), "10.0.0.2")
	if err != nil {
		t.Errorf("of another: %v", err)
	}
	leave = append(leave, l)
	gone, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := a.enter(gone, "10.0.0.1"); !errors.Is(err, context.Canceled) {
		t.Errorf("one who has left: %v", err)
	}
	for _, l := range leave {
		l()
	}
	if len(a.of)+len(a.n)+len(a.all) > 0 {
		t.Errorf("left behind: %v %v %d", a.of, a.n, len(a.all))
	}
}

// TestConnections opens more connections from one address than it may have.
func TestConnections(t *testing.T) {
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s, err := New(NewLocal(fixture(t), 1), Options{})
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- s.Serve(ctx, ln) }()
	refused := 0
	var open []net.Conn
	for range maxConnsOfOne + 20 {
		c, err := net.Dial("tcp", ln.Addr().String())
		if err != nil {
			t.Fatal(err)
		}
		open = append(open, c)
	}
	time.Sleep(200 * time.Millisecond)
	for _, c := range open {
		_ = c.SetReadDeadline(time.Now().Add(2 * time.Millisecond))
		if _, err := c.Read(make([]byte, 1)); err == io.EOF || err != nil && !errors.Is(err, os.ErrDeadlineExceeded) {
			refused++
		}
	}
	if refused != 20 {
		t.Errorf("%d connections refused, want 20", refused)
	}
	for _, c := range open {
		c.Close()
	}
	for range 50 { // until the server has noticed
		resp, err := http.Get("http://" + ln.Addr().String() + "/healthz")
		if err == nil {
			resp.Body.Close()
			break
		}
		time.Sleep(20 * time.Millisecond)
	}
	if _, err := http.Get("http://" + ln.Addr().String() + "/healthz"); err != nil {
		t.Errorf("afterwards: %v", err)
	}
	cancel()
	if err := <-done; err != nil {
		t.Error(err)
	}
}

// TestSlowReader asks for a long answer and doesn't take it: the server lets go.
func TestSlowReader(t *testing.T) {
	if testing.Short() {
		t.Skip("waits")
	}
	returned := make(chan time.Duration, 1)
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		start := time.Now()
		send(w, make([]byte, 64<<20))
		returned <- time.Since(start)
	}))
	defer srv.Close()
	c, err := net.Dial("tcp", srv.Listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	_, _ = io.WriteString(c, "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")
	select {
	case d := <-returned:
		if d < chunkTime/2 {
			t.Errorf("gave up after %s", d)
		}
	case <-time.After(4 * chunkTime):
		t.Error("the server keeps an answer that nobody takes")
	}
}

// TestStaleCopies: what a killed server left is removed, what is another graph's isn't.
func TestStaleCopies(t *testing.T) {
	dir := t.TempDir()
	for name, stays := range map[string]bool{".news.db.console-123": false, ".old.news.db.console-123": true, ".news.db.console-keep": true, "news.db": true} {
		if err := os.MkdirAll(filepath.Join(dir, name, "1"), 0o755); err != nil {
			t.Fatal(err)
		}
		defer func() {
			if _, err := os.Stat(filepath.Join(dir, name)); (err == nil) != stays {
				t.Errorf("%s: %v", name, err)
			}
		}()
	}
	p, err := NewPool(fixture(t), PoolOptions{Parent: dir, Name: "news.db", Workers: 1, Checkpoint: func(string) error { return nil }})
	if err != nil {
		t.Fatal(err)
	}
	if err := p.Close(); err != nil {
		t.Error(err)
	}
}
