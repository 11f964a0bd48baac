package ui

import (
	"bytes"
	"strings"
	"testing"
	"time"
)

// TestProgress draws on a terminal what was read and written, with rate and
// time left, and nothing where there is none.
func TestProgress(t *testing.T) {
	var b bytes.Buffer
	u := &UI{Err: &b, ErrTerm: true}
	p := u.Progress(4000)
	for n := range 3 {
		p.Add(7)
		p.Quads(150 * (n + 1))
		time.Sleep(120 * time.Millisecond) // it draws ten times a second at most
		p.Set(int64(1000 * (n + 1)))
	}
	last := b.String()[strings.LastIndex(b.String(), "\r")+1:]
	for _, want := range []string{"3 articles, 21 facts, 450 quads, ", " articles/s", "75%", "kB/s", "[0s:0s]"} {
		if !strings.Contains(last, want) {
			t.Errorf("no %q in %q", want, last)
		}
	}
	p.Done()
	if end := b.String(); !strings.HasSuffix(end, "\r") {
		t.Errorf("the display isn't taken away: %q", end[max(0, len(end)-20):])
	}

	b.Reset()
	p = u.Progress(0) // of standard input no one knows the end
	p.Add(1)
	time.Sleep(120 * time.Millisecond)
	p.Set(10)
	if !strings.Contains(b.String(), "1 article, 1 fact, ") || strings.Contains(b.String(), "%") {
		t.Errorf("of unknown length: %q", b.String())
	}

	b.Reset()
	u.ErrTerm = false
	p = u.Progress(4000)
	p.Add(7)
	p.Quads(150)
	p.Set(1000)
	p.Done()
	if b.Len() > 0 {
		t.Errorf("not a terminal, and yet: %q", b.String())
	}
}
