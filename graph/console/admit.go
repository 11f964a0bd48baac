package console

import (
	"context"
	"net"
	"net/http"
	"sync"
	"time"
)

// What one address and all of them together may take of the server. With the
// limits of bodies and answers they bound its memory, whatever clients do.
const (
	maxConns       = 512             // connections at a time
	maxConnsOfOne  = 128             // of them from one address; more are closed at once
	waitingPerSlot = 4               // requests under way, reading of the answer included, for each query that may run
	chunk          = 256 << 10       // bytes of an answer that a client has to take …
	chunkTime      = 5 * time.Second // … within this time
	waitToEnter    = time.Second
)

// admission lets so many requests in at a time, of one address all but one of
// the queries that may run: a place is left for others.
type admission struct {
	all chan struct{}
	own int

	mu sync.Mutex
	of map[string]chan struct{} // by address, while it has requests
	n  map[string]int           // who hold or want a place there
}

func newAdmission(queries int) *admission {
	return &admission{all: make(chan struct{}, waitingPerSlot*queries), own: max(1, queries-1),
		of: map[string]chan struct{}{}, n: map[string]int{}}
}

// enter waits for a place; leave gives it back.
func (a *admission) enter(ctx context.Context, client string) (leave func(), err error) {
	a.mu.Lock()
	own := a.of[client]
	if own == nil {
		own = make(chan struct{}, a.own)
		a.of[client] = own
	}
	a.n[client]++
	a.mu.Unlock()
	forget := func() {
		a.mu.Lock()
		defer a.mu.Unlock()
		if a.n[client]--; a.n[client] == 0 {
			delete(a.n, client)
			delete(a.of, client)
		}
	}
	wait := time.NewTimer(waitToEnter)
	defer wait.Stop()
	var got []chan struct{}
	leave = func() {
		for _, c := range got {
			<-c
		}
		forget()
	}
	for _, c := range []chan struct{}{own, a.all} {
		select {
		case c <- struct{}{}:
			got = append(got, c)
		case <-wait.C:
			leave()
			return nil, ErrBusy
		case <-ctx.Done():
			leave()
			return nil, ctx.Err()
		}
	}
	return leave, nil
}

// clientOf names who asks, by address: nothing else of a request can be trusted.
func clientOf(r *http.Request) string { return hostOf(r.RemoteAddr) }

func hostOf(addr string) string {
	if host, _, err := net.SplitHostPort(addr); err == nil {
		return host
	}
	return addr
}

// send writes an answer to a client that takes it; one that takes its time is
// let go, so that nobody makes the server keep answers.
func send(w http.ResponseWriter, parts ...[]byte) {
	c := http.NewResponseController(w)
	for _, b := range parts {
		for len(b) > 0 {
			n := min(len(b), chunk)
			_ = c.SetWriteDeadline(time.Now().Add(chunkTime)) // not every writer has one
			if _, err := w.Write(b[:n]); err != nil {
				return
			}
			b = b[n:]
		}
	}
}

// limited is a listener that bounds connections.
type limited struct {
	net.Listener
	mu  sync.Mutex
	all int
	of  map[string]int
}

func newLimited(ln net.Listener) *limited { return &limited{Listener: ln, of: map[string]int{}} }

func (l *limited) Accept() (net.Conn, error) {
	for {
		c, err := l.Listener.Accept()
		if err != nil {
			return nil, err
		}
		from := hostOf(c.RemoteAddr().String())
		l.mu.Lock()
		full := l.all >= maxConns || l.of[from] >= maxConnsOfOne
		if !full {
			l.all++
			l.of[from]++
		}
		l.mu.Unlock()
		if !full {
			return &limitedConn{Conn: c, l: l, from: from}, nil
		}
		_ = c.Close()
	}
}

type limitedConn struct {
	net.Conn
	l    *limited
	from string
	once sync.Once
}

func (c *limitedConn) Close() error {
	c.once.Do(func() {
		c.l.mu.Lock()
		defer c.l.mu.Unlock()
		c.l.all--
		if c.l.of[c.from]--; c.l.of[c.from] == 0 {
			delete(c.l.of, c.from)
		}
	})
	return c.Conn.Close()
}
