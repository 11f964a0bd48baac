package ui

import (
	"fmt"
	"io"
	"strings"
	"unicode"

	"github.com/mattn/go-runewidth"
)

// Isolates of the bidirectional algorithm: what stands between them doesn't
// change the order of what stands around.
const (
	firstStrong = "\u2068"
	popIsolate  = "\u2069"
)

// Table writes columns aligned by the cells that a terminal uses for them.
// Cells may hold Arabic; on a terminal each is isolated and long ones are cut
// so that a row stays on its line.
func (u *UI) Table(header []string, rows [][]string) error {
	width := make([]int, len(header))
	for i, h := range header {
		width[i] = runewidth.StringWidth(h)
	}
	for _, r := range rows {
		for i, c := range r {
			width[i] = max(width[i], runewidth.StringWidth(clean(c)))
		}
	}
	if u.Terminal && u.Width > 0 {
		shrink(width, u.Width-2*(len(width)-1))
	}
	if err := u.tableRow(u.Out, header, width); err != nil {
		return err
	}
	rule := make([]string, len(header))
	for i := range rule {
		rule[i] = strings.Repeat("-", width[i])
	}
	if err := u.tableRow(u.Out, rule, width); err != nil {
		return err
	}
	for _, r := range rows {
		if err := u.tableRow(u.Out, r, width); err != nil {
			return err
		}
	}
	return nil
}

func (u *UI) tableRow(w io.Writer, cells []string, width []int) error {
	var b strings.Builder
	for i, c := range cells {
		c = clean(c)
		if runewidth.StringWidth(c) > width[i] {
			c = runewidth.Truncate(c, width[i], "…")
		}
		pad := width[i] - runewidth.StringWidth(c)
		if i > 0 {
			b.WriteString("  ")
		}
		b.WriteString(u.Isolate(c))
		if i < len(cells)-1 {
			b.WriteString(strings.Repeat(" ", pad))
		}
	}
	_, err := fmt.Fprintln(w, strings.TrimRight(b.String(), " "))
	return err
}

// Isolate sets a text with right-to-left letters apart from its line, on a terminal.
func (u *UI) Isolate(s string) string {
	if !u.Terminal || strings.IndexFunc(s, rightToLeft) < 0 {
		return s
	}
	return firstStrong + s + popIsolate
}

func rightToLeft(r rune) bool {
	return unicode.In(r, unicode.Arabic, unicode.Hebrew, unicode.Syriac)
}

// clean makes one line of a cell and drops what would steer the terminal:
// texts come from anywhere.
func clean(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\t' || r == '\r':
			return ' '
		case unicode.IsControl(r), unicode.Is(unicode.Bidi_Control, r):
			return -1
		}
		return r
	}, s)
}

// shrink takes cells from the widest columns until all fit, or none is wider than 12.
func shrink(width []int, room int) {
	for {
		sum, widest := 0, 0
		for i, w := range width {
			sum += w
			if w > width[widest] {
				widest = i
			}
		}
		if sum <= room || width[widest] <= 12 {
			return
		}
		width[widest]--
	}
}
