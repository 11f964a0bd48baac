package ui

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"github.com/sila-graph/sila/extract/eval"
	"github.com/sila-graph/sila/graph/inspect"
)

// Counts writes what a graph holds.
func (u *UI) Counts(c *inspect.Counts, asJSON bool) error {
	if asJSON {
		return u.object(c)
	}
	dates := ""
	if c.FirstDate != "" {
		dates = fmt.Sprintf(" (%s to %s)", c.FirstDate, c.LastDate)
	}
	if c.Copies > 0 {
		dates += fmt.Sprintf("; %d of them are copies of %s", c.Copies, plural(c.Texts, "text"))
	}
	_, err := fmt.Fprintf(u.Out, `articles  %d%s
reports   %d
facts     %d (%s; from one side only %d)
%s
entities  %d (%s)
quads     %d (%d of them evidence)
`, c.Articles, dates, c.Reports, c.Facts, list(c.ByStatus, ", "), c.OneSided, wrapped(c.ByFact), c.Entities, list(c.ByType, ", "), c.Quads, c.Evidence)
	return err
}

func list(ns []inspect.N, sep string) string {
	parts := make([]string, len(ns))
	for i, n := range ns {
		parts[i] = fmt.Sprintf("%s %d", n.Name, n.N)
	}
	return strings.Join(parts, sep)
}

// wrapped lists counts, some to a line.
func wrapped(ns []inspect.N) string {
	const perLine = 6
	var lines []string
	for len(ns) > 0 {
		n := min(perLine, len(ns))
		lines = append(lines, "          "+list(ns[:n], "  "))
		ns = ns[n:]
	}
	return strings.Join(lines, "\n")
}

// Checked writes what a check found; problems are an error.
func (u *UI) Checked(r *inspect.Result) error {
	for _, p := range r.Problems {
		if _, err := fmt.Fprintln(u.Out, p); err != nil {
			return err
		}
	}
	if r.Total > 0 {
		return Hint(fmt.Errorf("%s in %s of %s", plural(r.Total, "problem"), plural(r.Quads, "quad"), plural(r.Articles, "article")),
			"load the articles into a new graph: sila load --db NEW PATH...")
	}
	_, err := fmt.Fprintf(u.Out, "sound: %s of %s are exactly what the articles give\n", plural(r.Quads, "quad"), plural(r.Articles, "article"))
	return err
}

// Scores writes an evaluation.
func (u *UI) Scores(r *eval.Report, withErrors, asJSON bool) error {
	if r.Articles == 0 {
		return errors.New("the gold file holds no article")
	}
	if asJSON {
		return u.object(r)
	}
	return r.Print(u.Out, withErrors)
}

func (u *UI) object(v any) error {
	enc := json.NewEncoder(u.Out)
	enc.SetEscapeHTML(false)
	return enc.Encode(v)
}

// Serving says where the console is.
func (u *UI) Serving(addr, token string) {
	url := "http://" + addr + "/"
	if token != "" {
		url += "?token=" + token
	}
	u.Notef("Cayley's console: %s", url)
	u.Notef("end with Ctrl-C")
}
