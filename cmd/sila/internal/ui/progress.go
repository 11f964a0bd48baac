package ui

import (
	"time"

	"github.com/schollz/progressbar/v3"
)

// Progress shows how far a long command is. Its methods may be called on nil.
type Progress struct{ bar *progressbar.ProgressBar }

// Progress starts a progress display of total bytes (0: unknown) on standard
// error if that is a terminal; else it returns nil.
func (u *UI) Progress(total int64) *Progress {
	if !u.ErrTerm {
		return nil
	}
	if total <= 0 {
		total = -1
	}
	return &Progress{progressbar.NewOptions64(total,
		progressbar.OptionSetWriter(u.Err),
		progressbar.OptionSetDescription("reading"),
		progressbar.OptionShowBytes(true),
		progressbar.OptionSetWidth(30),
		progressbar.OptionThrottle(100*time.Millisecond),
		progressbar.OptionClearOnFinish(),
		progressbar.OptionSetPredictTime(true),
	)}
}

// Set says how many bytes are done.
func (p *Progress) Set(done int64) {
	if p != nil {
		_ = p.bar.Set64(done) // a bar that can't be drawn is no reason to stop
	}
}

// Done takes the display away.
func (p *Progress) Done() {
	if p != nil {
		_ = p.bar.Finish()
	}
}
