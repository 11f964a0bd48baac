package ui

import (
	"bufio"
	"context"
	"fmt"
	"iter"
	"strings"

	"github.com/sila-graph/sila/extract/doc"
	"github.com/sila-graph/sila/extract/jsonl"
	"github.com/sila-graph/sila/graph/export"
	"github.com/sila-graph/sila/graph/load"
	"github.com/sila-graph/sila/graph/store"
)

// Documents is a sequence of documents; an error ends it.
type Documents = iter.Seq2[*doc.Document, error]

// DocumentWriter returns what writes documents in a format: jsonl, text or nquads.
func (u *UI) DocumentWriter(format string, explain bool) (func(context.Context, Documents) error, error) {
	switch format {
	case "jsonl":
		return u.each(func(w *bufio.Writer, d *doc.Document) error { return jsonl.Write(w, d) }), nil
	case "text":
		return u.each(func(w *bufio.Writer, d *doc.Document) error {
			u.document(w, d, explain)
			return nil
		}), nil
	case "nquads":
		return u.nquads, nil
	}
	return nil, Usagef("there is no format %q; known are jsonl, text, nquads", format)
}

// each writes document by document, so that a reader of a pipe sees each at once.
func (u *UI) each(write func(*bufio.Writer, *doc.Document) error) func(context.Context, Documents) error {
	return func(_ context.Context, docs Documents) error {
		w := bufio.NewWriterSize(u.Out, 1<<16)
		for d, err := range docs {
			if err != nil {
				return err
			}
			if err := write(w, d); err != nil {
				return err
			}
			if err := w.Flush(); err != nil {
				return err
			}
		}
		return nil
	}
}

// nquads writes what a graph of these documents alone holds, in the order of the lines.
func (u *UI) nquads(ctx context.Context, docs Documents) error {
	st, err := store.Open(ctx, "memory", store.Options{})
	if err != nil {
		return err
	}
	defer st.Close()
	l, err := load.New(ctx, st, load.Options{Rejected: func(id string, err error) { u.Warnf("article %s: %v", id, err) }})
	if err != nil {
		return err
	}
	if _, err := l.Load(ctx, docs, nil); err != nil {
		return err
	}
	return export.Sorted(ctx, u.Out, st)
}

// document writes one document for reading.
func (u *UI) document(w *bufio.Writer, d *doc.Document, explain bool) {
	fmt.Fprintf(w, "== %s", d.ID)
	if d.Date != "" {
		fmt.Fprintf(w, "  %s", d.Date)
	}
	w.WriteString("\n")
	u.marked(w, d)
	for i := range d.Entities {
		e := &d.Entities[i]
		fmt.Fprintf(w, "  %-4s %-12s %s", e.ID, e.Type, u.isolated(e.Names))
		if e.Ref != "" {
			fmt.Fprintf(w, "  [%s]", e.Ref)
		}
		w.WriteByte('\n')
		if explain {
			u.mentions(w, e)
		}
	}
	w.WriteByte('\n')
	for i := range d.Facts {
		u.fact(w, d, &d.Facts[i], explain)
	}
	w.WriteByte('\n')
}

func (u *UI) fact(w *bufio.Writer, d *doc.Document, f *doc.Fact, explain bool) {
	fmt.Fprintf(w, "  %-13s %s", f.Type, u.named(d, f.Agent))
	if len(f.Patient) > 0 {
		fmt.Fprintf(w, " > %s", u.named(d, f.Patient))
	}
	part := func(key, value string) {
		if value != "" {
			fmt.Fprintf(w, "  %s: %s", key, value)
		}
	}
	part("kind", f.Subtype)
	part("title", u.Isolate(f.Title))
	if len(f.Place) > 0 {
		part("at", u.named(d, f.Place))
	}
	part("on", f.Time)
	if f.Status != "" && f.Status != doc.Actual {
		part("status", string(f.Status))
	}
	if f.Ended {
		part("ended", "yes")
	}
	if f.Count != nil {
		part("count", countText(f.Count))
	}
	if f.Incident != 0 {
		part("incident", fmt.Sprint(f.Incident))
	}
	if f.Source != "" {
		part("says", u.named(d, []string{f.Source}))
	}
	w.WriteByte('\n')
	if !explain {
		return
	}
	fmt.Fprintf(w, "    %s\n    rule %s, trigger %s, confidence %.2f, sentence %d, letters %d to %d", u.Isolate("«"+clean(f.Evidence)+"»"),
		orDash(f.Rule), u.Isolate(orDash(f.Trigger)), f.Confidence, f.Sentence, f.Start, f.End)
	if f.SourceKind != "" {
		fmt.Fprintf(w, ", source %s", f.SourceKind)
	}
	w.WriteByte('\n')
	for _, why := range f.Why {
		fmt.Fprintf(w, "    %s\n", u.Isolate(clean(why)))
	}
}

// named lists entities by their first names.
func (u *UI) named(d *doc.Document, ids []string) string {
	if len(ids) == 0 {
		return "-"
	}
	names := make([]string, len(ids))
	for i, id := range ids {
		names[i] = id
		if e := d.EntityByID(id); e != nil && len(e.Names) > 0 {
			names[i] = e.Names[0]
		}
	}
	return u.isolated(names)
}

func (u *UI) isolated(names []string) string {
	parts := make([]string, len(names))
	for i, n := range names {
		parts[i] = u.Isolate(clean(n))
	}
	return strings.Join(parts, "، ")
}

func countText(r *doc.Range) string {
	switch {
	case r.High == nil:
		return fmt.Sprintf("%d or more", r.Low)
	case *r.High == r.Low:
		return fmt.Sprint(r.Low)
	}
	return fmt.Sprintf("%d to %d", r.Low, *r.High)
}

func orDash(s string) string {
	if s == "" {
		return "-"
	}
	return s
}
