package ui

import (
	"bufio"
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/sila-graph/sila/extract/doc"
)

// mark is a mention with the entity that it is of.
type mark struct {
	start, end int
	entity     *doc.Entity
}

// colours tell types of entity apart on a terminal.
var colours = map[doc.EntityType]string{
	doc.Person: "\x1b[36m", doc.Organization: "\x1b[33m", doc.Place: "\x1b[32m", doc.Group: "\x1b[35m", doc.Event: "\x1b[34m",
}

const (
	plain         = "\x1b[0m"
	rightIsolate  = "\u2067" // what follows runs from right to left …
	isolateEnd    = "\u2069" // … up to here
	colourOfIDs   = "\x1b[2m"
	markOpen      = "["
	markClose     = "]"
	markSeparator = " "
)

// marked writes the article's text, a paragraph a line, with its mentions marked: in
// brackets with the entity's id, «[آشتون كارتر e1]»; on a terminal in the colour of the
// type, and every line as a right-to-left paragraph of its own. A mention inside another
// one is marked too.
func (u *UI) marked(w *bufio.Writer, d *doc.Document) {
	text := []rune(d.Full())
	marks := marksOf(d, len(text))
	if u.Terminal {
		for i, t := range doc.EntityTypes {
			if i > 0 {
				w.WriteString("  ")
			}
			fmt.Fprintf(w, "%s%s%s", colours[t], t, plain)
		}
		w.WriteString("\n\n")
	}
	for from := 0; from <= len(text); {
		to := from
		for to < len(text) && text[to] != '\n' {
			to++
		}
		if to > from {
			if u.Terminal {
				w.WriteString(rightIsolate)
			}
			marks = u.markedLine(w, text, from, to, marks)
			if u.Terminal {
				w.WriteString(isolateEnd)
			}
			w.WriteByte('\n')
		}
		from = to + 1
	}
	w.WriteByte('\n')
}

// marksOf lists the mentions of a document in reading order, outer before inner
// ones; those whose offsets lie beyond the text or cross another one are left out.
func marksOf(d *doc.Document, letters int) []mark {
	var all []mark
	for i := range d.Entities {
		for _, m := range d.Entities[i].Mentions {
			if m.Start >= 0 && m.Start < m.End && m.End <= letters {
				all = append(all, mark{m.Start, m.End, &d.Entities[i]})
			}
		}
	}
	slices.SortStableFunc(all, func(a, b mark) int { return cmp.Or(cmp.Compare(a.start, b.start), cmp.Compare(b.end, a.end)) })
	kept := all[:0]
	var open []mark
	for _, m := range all {
		for len(open) > 0 && open[len(open)-1].end <= m.start {
			open = open[:len(open)-1]
		}
		if n := len(open); n > 0 && (m.end > open[n-1].end || m.start == open[n-1].start && m.end == open[n-1].end) {
			continue
		}
		open = append(open, m)
		kept = append(kept, m)
	}
	return kept
}

// markedLine writes the letters from to to and returns the marks behind them.
func (u *UI) markedLine(w *bufio.Writer, text []rune, from, to int, marks []mark) []mark {
	var open []mark
	at := from
	upTo := func(i int) {
		w.WriteString(clean(string(text[at:i])))
		at = i
	}
	closeTo := func(i int) {
		for len(open) > 0 && open[len(open)-1].end <= i {
			m := open[len(open)-1]
			upTo(m.end)
			open = open[:len(open)-1]
			if !u.Terminal {
				w.WriteString(markSeparator + m.entity.ID + markClose)
				continue
			}
			w.WriteString(plain + colourOfIDs + markSeparator + m.entity.ID + plain)
			if len(open) > 0 {
				w.WriteString(colours[open[len(open)-1].entity.Type])
			}
		}
	}
	for len(marks) > 0 && marks[0].start < to {
		m := marks[0]
		marks = marks[1:]
		if m.start < from || m.end > to {
			continue // over a line's end
		}
		closeTo(m.start)
		upTo(m.start)
		if u.Terminal {
			w.WriteString(colours[m.entity.Type])
		} else {
			w.WriteString(markOpen)
		}
		open = append(open, m)
	}
	closeTo(to)
	upTo(to)
	return marks
}

// mentions says of each mention of an entity why it is one, and why of this entity.
func (u *UI) mentions(w *bufio.Writer, e *doc.Entity) {
	for _, m := range e.Mentions {
		fmt.Fprintf(w, "       %s  letters %d to %d", u.Isolate(clean(m.Text)), m.Start, m.End)
		if m.Why != "" {
			fmt.Fprintf(w, "  found by: %s; joined by: %s", m.Why, strings.TrimSpace(m.Merge))
		}
		w.WriteByte('\n')
	}
}
