package decide

import (
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/sila-graph/sila/extract/doc"
)

// columns of the CSV form. One decision takes a row for each of its members or
// reports; rows of one decision follow each other and have one id. In a table
// from elsewhere the ids may be any numbers, and by, at and note may be left out.
var columns = []string{"id", "decision", "side", "article", "type", "name", "agent", "patient", "place", "sentence", "to", "by", "at", "note"}

// sides of a decision in CSV.
const (
	oneSide   = "a"
	otherSide = "b"
)

// WriteCSV writes decisions as a table, for spreadsheets.
func WriteCSV(w io.Writer, ds []Decision) error {
	out := csv.NewWriter(w)
	row := func(cells map[string]string) error {
		line := make([]string, len(columns))
		for i, c := range columns {
			line[i] = guard(cells[c])
		}
		return out.Write(line)
	}
	if err := out.Write(columns); err != nil {
		return err
	}
	for i := range ds {
		d := &ds[i]
		head := map[string]string{"id": d.ID, "decision": string(d.Kind), "by": d.By, "note": d.Note}
		if !d.At.IsZero() {
			head["at"] = d.At.Format(time.RFC3339)
		}
		switch {
		case d.Kind == Alias:
			head["to"] = d.Name
		case d.Kind == Undo:
			head["to"] = d.Of
		case d.To != nil:
			b, err := marshal(d.To)
			if err != nil {
				return err
			}
			head["to"] = string(b)
		}
		if d.Kind == Undo {
			if err := row(head); err != nil {
				return err
			}
		}
		for n, side := range [][]Member{d.Members, d.Others} {
			for _, m := range side {
				head["side"] = []string{oneSide, otherSide}[n]
				head["article"], head["type"], head["name"] = m.Article, string(m.Type), m.Name
				if err := row(head); err != nil {
					return err
				}
			}
		}
		for _, r := range d.Reports {
			head["article"], head["type"] = r.Article, r.Type
			head["agent"], head["patient"], head["place"] = strings.Join(r.Agent, "; "), strings.Join(r.Patient, "; "), strings.Join(r.Place, "; ")
			head["sentence"] = ""
			if r.Sentence != nil {
				head["sentence"] = strconv.Itoa(*r.Sentence)
			}
			if err := row(head); err != nil {
				return err
			}
		}
	}
	out.Flush()
	return out.Error()
}

// guard keeps a spreadsheet from taking a text for a formula; [unguard] takes it back.
func guard(s string) string {
	if s != "" && strings.ContainsRune("=+-@'\t\r", rune(s[0])) {
		return "'" + s
	}
	return s
}

func unguard(s string) string { return strings.TrimPrefix(s, "'") }

// ReadCSV reads a table of decisions as [WriteCSV] writes it, with columns in
// any order. name stands in errors, which are [LineError]s.
func ReadCSV(name string, r io.Reader) ([]Decision, error) {
	in := csv.NewReader(r)
	in.FieldsPerRecord = -1
	header, err := in.Read()
	if errors.Is(err, io.EOF) {
		return nil, &LineError{name, 1, errors.New("an empty table: the first line names the columns " + strings.Join(columns, ","))}
	}
	if err != nil {
		return nil, csvError(name, err)
	}
	at := map[string]int{}
	for i, c := range header {
		c = strings.ToLower(strings.TrimSpace(strings.TrimPrefix(c, "\ufeff")))
		if !slices.Contains(columns, c) {
			return nil, &LineError{name, 1, fmt.Errorf("there is no column %q; known are %s", c, strings.Join(columns, ", "))}
		}
		at[c] = i
	}
	var out []Decision
	var group string // id of the rows that are being gathered
	var first int    // line of the first of them
	open := false
	end := func() error {
		if !open {
			return nil
		}
		open = false
		d := &out[len(out)-1]
		d.ID = ""
		if err := d.tidy(); err != nil {
			return &LineError{name, first, err}
		}
		return nil
	}
	for {
		row, err := in.Read()
		if errors.Is(err, io.EOF) {
			return out, end()
		}
		if err != nil {
			return nil, csvError(name, err)
		}
		n, _ := in.FieldPos(0)
		cell := func(c string) string {
			if i, ok := at[c]; ok && i < len(row) {
				return unguard(strings.TrimSpace(row[i]))
			}
			return ""
		}
		if cell("decision") == "" && cell("article") == "" {
			continue // an empty row
		}
		if id := cell("id"); !open || id == "" || id != group {
			if err := end(); err != nil {
				return nil, err
			}
			d := Decision{Kind: Kind(cell("decision")), By: cell("by"), Note: cell("note")}
			if v := cell("at"); v != "" {
				if d.At, err = time.Parse(time.RFC3339, v); err != nil {
					return nil, &LineError{name, n, fmt.Errorf("at %q: write 2016-07-21T18:00:00Z", v)}
				}
			}
			if err := d.readTo(cell("to")); err != nil {
				return nil, &LineError{name, n, err}
			}
			out = append(out, d)
			group, first, open = id, n, true
		}
		if err := out[len(out)-1].readRow(cell); err != nil {
			return nil, &LineError{name, n, err}
		}
	}
}

func csvError(name string, err error) error {
	var pe *csv.ParseError
	if errors.As(err, &pe) {
		return &LineError{name, pe.Line, pe.Err}
	}
	return fmt.Errorf("%s: %w", name, err)
}

func (d *Decision) readTo(text string) error {
	switch {
	case d.Kind == Alias:
		d.Name = text
	case d.Kind == Undo:
		d.Of = text
	case d.Kind == Change:
		d.To = new(Revision)
		dec := json.NewDecoder(strings.NewReader(text))
		dec.DisallowUnknownFields()
		if err := dec.Decode(d.To); err != nil {
			return fmt.Errorf(`to %q: write what changes, as {"status":"negated"}`, text)
		}
	case text != "":
		return fmt.Errorf("a decision %q has nothing in the column to", d.Kind)
	}
	return nil
}

func (d *Decision) readRow(cell func(string) string) error {
	switch d.Kind {
	case Undo:
	case Right, Wrong, Change:
		r := Report{Article: cell("article"), Type: cell("type"), Agent: splitRoles(cell("agent")), Patient: splitRoles(cell("patient")), Place: splitRoles(cell("place"))}
		if v := cell("sentence"); v != "" {
			n, err := strconv.Atoi(v)
			if err != nil {
				return fmt.Errorf("sentence %q is no number", v)
			}
			r.Sentence = &n
		}
		d.Reports = append(d.Reports, r)
	default:
		m := Member{cell("article"), doc.EntityType(cell("type")), cell("name")}
		switch side := cell("side"); side {
		case "", oneSide:
			d.Members = append(d.Members, m)
		case otherSide:
			d.Others = append(d.Others, m)
		default:
			return fmt.Errorf("side %q: write a or b", side)
		}
	}
	return nil
}

func splitRoles(s string) []string {
	var out []string
	for x := range strings.SplitSeq(s, ";") {
		if x = strings.TrimSpace(x); x != "" {
			out = append(out, x)
		}
	}
	return out
}
