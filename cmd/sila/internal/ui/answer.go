package ui

import (
	"bufio"
	"encoding/csv"
	"encoding/json"
	"strings"

	"github.com/sila-graph/sila/graph/query"
)

// Formats are the formats of Answer.
var Formats = []string{"table", "json", "csv"}

// Answer writes a query's result.
//
//   - table: for reading. Nodes by their label in lang; several values of one
//     cell joined by "، "; what is cut off is said on standard error.
//   - json: a list of objects. A node is {"iri": …, "label": …}, other values
//     are plain; a cell without value is null, one with several a list.
//   - csv: as RFC 4180. A column that holds nodes is followed by NAME_iri;
//     several values are joined by "; ".
func (u *UI) Answer(res *query.Result, format, lang string) error {
	var err error
	switch format {
	case "json":
		err = u.json(res, lang)
	case "csv":
		err = u.csv(res, lang)
	case "table":
		err = u.table(res, lang)
	default:
		return Usagef("there is no format %q; known are %s", format, strings.Join(Formats, ", "))
	}
	if err == nil && res.Truncated {
		u.Warnf("only the first %d rows are shown; --limit 0 shows all", len(res.Rows))
	}
	return err
}

func (u *UI) table(res *query.Result, lang string) error {
	if len(res.Rows) == 0 {
		u.Notef("no answer")
		return nil
	}
	rows := make([][]string, len(res.Rows))
	for i, r := range res.Rows {
		rows[i] = make([]string, len(r))
		for j, c := range r {
			rows[i][j] = join(c, lang, "، ")
		}
	}
	return u.Table(res.Columns, rows)
}

func join(c query.Cell, lang, sep string) string {
	if len(c) == 1 {
		return c[0].Text(lang)
	}
	parts := make([]string, len(c))
	for i, v := range c {
		parts[i] = v.Text(lang)
	}
	return strings.Join(parts, sep)
}

// json writes the objects one a line, with the columns in their order.
func (u *UI) json(res *query.Result, lang string) error {
	w := bufio.NewWriter(u.Out)
	w.WriteByte('[')
	for i, r := range res.Rows {
		if i > 0 {
			w.WriteByte(',')
		}
		w.WriteString("\n{")
		for j, c := range r {
			if j > 0 {
				w.WriteString(", ")
			}
			b, err := marshal(res.Columns[j])
			if err != nil {
				return err
			}
			w.WriteString(b + ": ")
			if b, err = marshal(jsonCell(c, lang)); err != nil {
				return err
			}
			w.WriteString(b)
		}
		w.WriteByte('}')
	}
	w.WriteString("\n]\n")
	return w.Flush()
}

func jsonCell(c query.Cell, lang string) any {
	one := func(v query.Value) any {
		if v.IRI == "" {
			return v.Plain
		}
		return struct {
			IRI   string `json:"iri"`
			Label string `json:"label,omitempty"`
		}{v.IRI.String(), label(v, lang)}
	}
	switch len(c) {
	case 0:
		return nil
	case 1:
		return one(c[0])
	}
	list := make([]any, len(c))
	for i, v := range c {
		list[i] = one(v)
	}
	return list
}

// label returns a node's label, "" where it has none.
func label(v query.Value, lang string) string {
	if t := v.Text(lang); t != v.IRI.String() {
		return t
	}
	return ""
}

func marshal(v any) (string, error) {
	var b strings.Builder
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		return "", err
	}
	return strings.TrimSuffix(b.String(), "\n"), nil
}

func (u *UI) csv(res *query.Result, lang string) error {
	nodes := make([]bool, len(res.Columns)) // columns that hold nodes, as declared or else as found
	if res.Query != nil {
		for j, c := range res.Query.Columns {
			nodes[j] = c.Node
		}
	}
	for _, r := range res.Rows {
		for j, c := range r {
			for _, v := range c {
				nodes[j] = nodes[j] || v.IRI != ""
			}
		}
	}
	w := csv.NewWriter(u.Out)
	var header []string
	for j, c := range res.Columns {
		header = append(header, c)
		if nodes[j] {
			header = append(header, c+"_iri")
		}
	}
	if err := w.Write(header); err != nil {
		return err
	}
	for _, r := range res.Rows {
		var line []string
		for j, c := range r {
			line = append(line, join(c, lang, "; "))
			if nodes[j] {
				line = append(line, join(c, "", "; "))
			}
		}
		if err := w.Write(line); err != nil {
			return err
		}
	}
	w.Flush()
	return w.Error()
}
