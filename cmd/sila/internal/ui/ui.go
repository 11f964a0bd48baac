// Package ui is how sila speaks to people: messages, tables, other formats of
// answers, progress. The rules stand here once, so that every command keeps them.
//
//   - Answers go to standard output and nothing else does.
//   - Messages go to standard error, in lower case, each a line that begins with
//     "sila: error:", "sila: warning:" or "sila: hint:". An error says what failed
//     and where; a hint says what to do. What a command reports at its end
//     (how much was loaded) is plain text on standard error.
//   - Exit codes: 0 done, 1 failed, 2 wrong usage.
//   - Progress is drawn on a terminal only. So are bidi isolates, which keep an
//     Arabic name in a table from pulling its neighbours out of order.
package ui

import (
	"fmt"
	"io"
	"os"
	"strings"

	"golang.org/x/term"
)

// UI is where a command reads and writes.
type UI struct {
	In       io.Reader
	Out, Err io.Writer
	Terminal bool // Out is a terminal
	ErrTerm  bool // Err is a terminal
	Width    int  // of the terminal in cells; 0: unknown
}

// New returns a UI on the given streams and looks which of them are terminals.
func New(in io.Reader, out, err io.Writer) *UI {
	u := &UI{In: in, Out: out, Err: err}
	if f, ok := out.(*os.File); ok && term.IsTerminal(int(f.Fd())) {
		u.Terminal = true
		if w, _, err := term.GetSize(int(f.Fd())); err == nil {
			u.Width = w
		}
	}
	if f, ok := err.(*os.File); ok {
		u.ErrTerm = term.IsTerminal(int(f.Fd()))
	}
	return u
}

// Warnf writes one warning.
func (u *UI) Warnf(format string, args ...any) { u.message("warning", format, args) }

// Hintf writes one hint.
func (u *UI) Hintf(format string, args ...any) { u.message("hint", format, args) }

// Notef writes plain text to standard error.
func (u *UI) Notef(format string, args ...any) { fmt.Fprintf(u.Err, format+"\n", args...) }

func (u *UI) message(kind, format string, args []any) {
	text := strings.TrimRight(fmt.Sprintf(format, args...), "\n")
	fmt.Fprintf(u.Err, "sila: %s: %s\n", kind, strings.ReplaceAll(text, "\n", "\n  "))
}

// Usage marks an error as wrong usage.
type Usage struct{ Err error }

func (e *Usage) Error() string { return e.Err.Error() }
func (e *Usage) Unwrap() error { return e.Err }

// Usagef returns an error of wrong usage.
func Usagef(format string, args ...any) error { return &Usage{fmt.Errorf(format, args...)} }

// Hinted is an error together with what to do about it.
type Hinted struct {
	Err   error
	Hints []string
}

func (e *Hinted) Error() string { return e.Err.Error() }
func (e *Hinted) Unwrap() error { return e.Err }

// Hint adds hints to an error.
func Hint(err error, hints ...string) error { return &Hinted{err, hints} }
