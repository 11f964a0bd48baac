package ui

import (
	"fmt"
	"strings"

	"github.com/sila-graph/sila/queries"
)

// QueryList writes the named queries with their parameters.
func (u *UI) QueryList(list []*queries.Query, lang string) error {
	var rows [][]string
	for _, q := range list {
		rows = append(rows, []string{q.Usage(), in(q.Title, lang)})
	}
	if err := u.Table([]string{"query", "answers"}, rows); err != nil {
		return err
	}
	u.Notef("sila queries NAME describes one")
	return nil
}

// QueryHelp describes one query.
func (u *UI) QueryHelp(q *queries.Query, lang string) error {
	var b strings.Builder
	fmt.Fprintf(&b, "%s\n%s\n\nsila query %s\n", u.Isolate(in(q.Title, lang)), u.Isolate(in(q.About, lang)), q.Usage())
	if len(q.Params) > 0 {
		b.WriteString("\nparameters:\n")
	}
	for _, p := range q.Params {
		optional := ""
		if p.Optional {
			optional = ", may be left out"
		}
		fmt.Fprintf(&b, "  %-10s %s (%s%s)\n", p.Name, u.Isolate(in(p.Labels, lang)), p.Kind, optional)
	}
	b.WriteString("\ncolumns:\n")
	for _, c := range q.Columns {
		fmt.Fprintf(&b, "  %-10s %s\n", c.Name, u.Isolate(in(c.Labels, lang)))
	}
	fmt.Fprintf(&b, "\nexample:\n  sila query %s\n", Command(q))
	_, err := u.Out.Write([]byte(b.String()))
	return err
}

func in(l queries.Labels, lang string) string {
	if lang == "ar" {
		return l.Ar
	}
	return l.En
}
