package ui

import (
	"fmt"
	"sync"
	"time"

	"github.com/schollz/progressbar/v3"
)

// Progress shows how far a long command is: articles, facts, quads and articles
// a second; and of the input, how much is read, how fast, and what time is left.
// Its methods may be called on nil, and from several goroutines.
type Progress struct {
	mu                     sync.Mutex
	bar                    *progressbar.ProgressBar
	start                  time.Time
	articles, facts, quads int
}

// Progress starts a progress display of total bytes (0: unknown) on standard
// error if that is a terminal; else it returns nil.
func (u *UI) Progress(total int64) *Progress {
	if !u.ErrTerm {
		return nil
	}
	if total <= 0 {
		total = -1
	}
	return &Progress{start: time.Now(), bar: progressbar.NewOptions64(total,
		progressbar.OptionSetWriter(u.Err),
		progressbar.OptionSetDescription("reading"),
		progressbar.OptionShowBytes(true),
		progressbar.OptionSetWidth(16),
		progressbar.OptionThrottle(100*time.Millisecond),
		progressbar.OptionClearOnFinish(),
		progressbar.OptionSetPredictTime(true),
	)}
}

// Set says how many bytes are read.
func (p *Progress) Set(done int64) {
	if p != nil {
		_ = p.bar.Set64(done) // a bar that can't be drawn is no reason to stop
	}
}

// Add counts an article that is extracted, with its facts.
func (p *Progress) Add(facts int) {
	if p != nil {
		p.mu.Lock()
		defer p.mu.Unlock()
		p.articles++
		p.facts += facts
		p.describe()
	}
}

// Quads says how many quads are written.
func (p *Progress) Quads(n int) {
	if p != nil {
		p.mu.Lock()
		defer p.mu.Unlock()
		p.quads = n
		p.describe()
	}
}

// describe sets the counts before the bar, which draws itself now and then.
func (p *Progress) describe() {
	if p.bar.IsFinished() { // the last quads are written when all is read
		return
	}
	text := fmt.Sprintf("%s, %s", plural(p.articles, "article"), plural(p.facts, "fact"))
	if p.quads > 0 {
		text += ", " + plural(p.quads, "quad")
	}
	p.bar.Describe(fmt.Sprintf("%s, %.0f articles/s", text, float64(p.articles)/max(time.Since(p.start).Seconds(), 0.001)))
}

// Done takes the display away.
func (p *Progress) Done() {
	if p != nil {
		_ = p.bar.Finish()
	}
}
