package ui

import (
	"bufio"
	"strings"
	"testing"

	"github.com/sila-graph/sila/extract/doc"
)

// TestMarked writes a text with nested mentions, one beyond the end and two that cross.
func TestMarked(t *testing.T) {
	d := &doc.Document{ID: "a1", Title: "بيان", Text: "رحبت وزارة الدفاع العراقية.\nثم عاد", Entities: []doc.Entity{
		{ID: "e1", Type: doc.Organization, Mentions: []doc.Mention{{Start: 10, End: 31}, {Start: 3, End: 8}}},
		{ID: "e2", Type: doc.Place, Mentions: []doc.Mention{{Start: 23, End: 31}, {Start: 40, End: 99}}},
		{ID: "e3", Type: doc.Person, Mentions: []doc.Mention{{Start: 12, End: 33}}},
	}}
	for _, c := range []struct {
		terminal bool
		want     string
	}{
		{false, "بيان\nرحبت [وزارة الدفاع [العراقية e2] e1].\nثم عاد\n\n"},
		{true, "\u2067بيان\u2069\n\u2067رحبت \x1b[33mوزارة الدفاع \x1b[32mالعراقية\x1b[0m\x1b[2m e2\x1b[0m\x1b[33m\x1b[0m\x1b[2m e1\x1b[0m.\u2069\n\u2067ثم عاد\u2069\n\n"},
	} {
		var b strings.Builder
		w := bufio.NewWriter(&b)
		(&UI{Terminal: c.terminal}).marked(w, d)
		w.Flush()
		got := b.String()
		if c.terminal {
			legend, rest, _ := strings.Cut(got, "\n\n")
			for _, typ := range doc.EntityTypes {
				if !strings.Contains(legend, colours[typ]+string(typ)) {
					t.Errorf("the legend %q lacks %s", legend, typ)
				}
			}
			got = rest
		}
		if got != c.want {
			t.Errorf("terminal %v\n got %q\nwant %q", c.terminal, got, c.want)
		}
	}
}
