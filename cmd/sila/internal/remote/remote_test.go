package remote

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"testing"
	"time"
)

func TestRun(t *testing.T) {
	db := t.TempDir()
	ln, err := Listen(db)
	if err != nil {
		t.Fatal(err)
	}
	ctx, end := context.WithCancel(context.Background())
	served := make(chan struct{})
	go func() {
		defer close(served)
		Serve(ctx, ln, func(interrupt context.Context, c Command, in io.Reader, out, errOut io.Writer) int {
			switch c.Args[0] {
			case "echo":
				_, _ = io.Copy(out, in)
				fmt.Fprintf(errOut, "in %s, width %d", c.Dir, c.Width)
				return 0
			case "wait":
				<-interrupt.Done()
				return 3
			}
			return 2
		})
	}()
	defer func() { end(); _ = ln.Close(); <-served }()
	if info, err := os.Stat(Socket(db)); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("socket: %v %v", info, err)
	}

	var out, errOut bytes.Buffer
	long := strings.Repeat("صلة ", 1<<19) // several frames
	if err := Run(context.Background(), db, Command{Args: []string{"echo"}, Dir: "/tmp", Width: 80}, strings.NewReader(long), &out, &errOut); err != nil {
		t.Fatal(err)
	}
	if out.String() != long || errOut.String() != "in /tmp, width 80" {
		t.Errorf("%d bytes back, %q", out.Len(), errOut.String())
	}
	var exit *Exit
	if err := Run(context.Background(), db, Command{Args: []string{"?"}}, strings.NewReader(""), &out, &errOut); !errors.As(err, &exit) || exit.Code != 2 {
		t.Errorf("have %v", err)
	}
	interrupt, cancel := context.WithTimeout(context.Background(), 50*time.Millisecond)
	defer cancel()
	if err := Run(interrupt, db, Command{Args: []string{"wait"}}, strings.NewReader(""), &out, &errOut); !errors.As(err, &exit) || exit.Code != 3 {
		t.Errorf("have %v", err)
	}
}

func TestNobody(t *testing.T) {
	if err := Run(context.Background(), t.TempDir(), Command{}, nil, nil, nil); !errors.Is(err, ErrNone) {
		t.Errorf("have %v", err)
	}
}
