// Package remote lets one process that holds a graph do the commands of others:
// a command that finds the graph in use sends its arguments through a Unix
// socket in the graph's folder, and what the holder answers comes back as if it
// had been done here.
//
// The protocol: the one who asks sends frames, first the [Command] as JSON, then
// its standard input; the holder sends frames of output and in the end the exit
// code. A frame is a byte of kind, four bytes of length (big endian), data.
package remote

import (
	"bufio"
	"context"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"path/filepath"
	"sync"
)

// Version of the protocol; both sides must agree.
const Version = 1

// Command is what is asked of the holder.
type Command struct {
	Version  int      `json:"version"`
	Args     []string `json:"args"`
	Dir      string   `json:"dir"` // paths are relative to it
	Terminal bool     `json:"terminal"`
	ErrTerm  bool     `json:"err_term"`
	Width    int      `json:"width"`
}

// Kinds of frame.
const (
	frameCommand   = 'c'
	frameIn        = 'i' // empty: the end of standard input
	frameInterrupt = 'x'
	frameOut       = 'o'
	frameErr       = 'e'
	frameExit      = 'q' // one byte, the exit code
)

// maxFrame bounds a frame's data in bytes.
const maxFrame = 1 << 20

// Socket returns the path of a graph's socket.
func Socket(db string) string { return filepath.Join(db, "sila.sock") }

// ErrNone says that nobody answers at a graph's socket.
var ErrNone = errors.New("nobody answers at the graph's socket")

// Exit is the error of a command that was done elsewhere and failed there,
// where it has been said already.
type Exit struct{ Code int }

func (e *Exit) Error() string { return fmt.Sprintf("exit code %d", e.Code) }

// Run has a command done by the holder of a graph. interrupt, when done, is
// passed on. A nil error means exit code 0.
func Run(interrupt context.Context, db string, c Command, in io.Reader, out, errOut io.Writer) error {
	conn, err := net.Dial("unix", Socket(db))
	if err != nil {
		return fmt.Errorf("%w: %v", ErrNone, err)
	}
	defer conn.Close()
	w := &frames{w: conn}
	c.Version = Version
	b, err := json.Marshal(c)
	if err != nil {
		return err
	}
	if err := w.write(frameCommand, b); err != nil {
		return fmt.Errorf("%w: %v", ErrNone, err)
	}
	stop := context.AfterFunc(interrupt, func() { _ = w.write(frameInterrupt, nil) })
	defer stop()
	go func() {
		_, _ = io.Copy(stream{w, frameIn}, in) // the holder may not want it all
		_ = w.write(frameIn, nil)
	}()
	r := bufio.NewReader(conn)
	for {
		kind, data, err := read(r)
		if err != nil {
			return fmt.Errorf("the process that holds the graph ended in the middle of the command: %w", err)
		}
		switch kind {
		case frameOut:
			_, err = out.Write(data)
		case frameErr:
			_, err = errOut.Write(data)
		case frameExit:
			if len(data) == 1 && data[0] == 0 {
				return nil
			}
			return &Exit{int(data[0])}
		}
		if err != nil {
			return err
		}
	}
}

// Handler does a command and returns its exit code. interrupt is done when the
// one who asked wants it ended, or is gone.
type Handler func(interrupt context.Context, c Command, in io.Reader, out, errOut io.Writer) int

// Listen makes a graph's socket, for the user of this process alone.
func Listen(db string) (net.Listener, error) {
	path := Socket(db)
	if err := os.Remove(path); err != nil && !errors.Is(err, os.ErrNotExist) { // of a process that was killed: we hold the graph now
		return nil, err
	}
	ln, err := net.Listen("unix", path)
	if err != nil {
		return nil, err
	}
	if err := os.Chmod(path, 0o600); err != nil {
		return nil, errors.Join(err, ln.Close())
	}
	return ln, nil
}

// Serve answers until ln is closed, then waits for what is being done.
func Serve(ctx context.Context, ln net.Listener, do Handler) {
	var all sync.WaitGroup
	defer all.Wait()
	for {
		conn, err := ln.Accept()
		if err != nil {
			return
		}
		all.Go(func() {
			defer conn.Close()
			serve(ctx, conn, do)
		})
	}
}

func serve(ctx context.Context, conn net.Conn, do Handler) {
	r, w := bufio.NewReader(conn), &frames{w: conn}
	kind, data, err := read(r)
	var c Command
	if err != nil || kind != frameCommand || json.Unmarshal(data, &c) != nil {
		return
	}
	if c.Version != Version {
		_ = w.write(frameErr, fmt.Appendf(nil, "sila: error: the process that holds the graph is another version of sila; end it first\n"))
		_ = w.write(frameExit, []byte{1})
		return
	}
	interrupt, cancel := context.WithCancel(ctx)
	defer cancel()
	in, feed := io.Pipe()
	defer in.Close()
	go func() {
		defer cancel() // the one who asked is gone
		for {
			kind, data, err := read(r)
			switch {
			case err != nil:
				_ = feed.CloseWithError(io.ErrUnexpectedEOF)
				return
			case kind == frameInterrupt:
				cancel()
			case kind == frameIn && len(data) == 0:
				_ = feed.Close()
			case kind == frameIn:
				_, _ = feed.Write(data) // fails when nobody reads it any more
			}
		}
	}()
	code := do(interrupt, c, in, stream{w, frameOut}, stream{w, frameErr})
	_ = w.write(frameExit, []byte{byte(code)})
}

// frames writes frames, from several goroutines.
type frames struct {
	mu sync.Mutex
	w  io.Writer
}

func (f *frames) write(kind byte, data []byte) error {
	b := make([]byte, 5, 5+len(data))
	b[0] = kind
	binary.BigEndian.PutUint32(b[1:], uint32(len(data)))
	f.mu.Lock()
	defer f.mu.Unlock()
	_, err := f.w.Write(append(b, data...))
	return err
}

// stream writes as frames of one kind.
type stream struct {
	f    *frames
	kind byte
}

func (s stream) Write(p []byte) (int, error) {
	for n := 0; n < len(p); n += maxFrame {
		if err := s.f.write(s.kind, p[n:min(len(p), n+maxFrame)]); err != nil {
			return n, err
		}
	}
	return len(p), nil
}

func read(r *bufio.Reader) (kind byte, data []byte, err error) {
	var head [5]byte
	if _, err := io.ReadFull(r, head[:]); err != nil {
		return 0, nil, err
	}
	n := binary.BigEndian.Uint32(head[1:])
	if n > maxFrame {
		return 0, nil, fmt.Errorf("a frame of %d bytes", n)
	}
	data = make([]byte, n)
	_, err = io.ReadFull(r, data)
	return head[0], data, err
}
