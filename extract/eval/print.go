package eval

import (
	"fmt"
	"io"
	"maps"
	"slices"
)

// maxEvidence is how many letters of a fact's evidence an error shows.
const maxEvidence = 90

// Print writes the figures for reading, the errors first if they are wanted.
func (r *Report) Print(w io.Writer, withErrors bool) error {
	p := printer{w: w}
	if withErrors {
		for _, e := range r.Errors {
			p.f("%s\n", e)
		}
	}
	for _, l := range []struct {
		name string
		PRF
	}{{"entities", r.Entities}, {"facts", r.Facts}, {"events", r.Events}, {"facts_by_family", r.Families},
		{"status_not_actual", r.Status}, {"source", r.Source}} {
		p.f("%-18s P %.3f  R %.3f  F1 %.3f   (right %d, wrong %d, missed %d)\n", l.name, l.Precision, l.Recall, l.F1, l.TP, l.FP, l.FN)
	}
	for _, k := range slices.Sorted(maps.Keys(r.Agree)) {
		p.f("%-18s right in %.3f of %d matched facts that have one\n", k, r.Agree[k].Accuracy, r.Agree[k].Of)
	}
	for _, k := range slices.Sorted(maps.Keys(r.Types)) {
		t := r.Types[k]
		p.f("  %-14s P %.2f R %.2f F1 %.2f  (right %d, wrong %d, missed %d)\n", k, t.Precision, t.Recall, t.F1, t.TP, t.FP, t.FN)
	}
	return p.err
}

// String gives the error as one line.
func (e Error) String() string {
	verdict := map[bool]string{true: "missed", false: "wrong"}[e.Missed]
	if !e.Fact {
		s := fmt.Sprintf("%s entity %s: %s %s", e.Article, verdict, e.Type, e.Names[0])
		if e.TypedAs != "" {
			s += " (typed " + e.TypedAs + ")"
		}
		return s
	}
	evidence := []rune(e.Evidence)
	return fmt.Sprintf("%s fact %s: %s(%s, %s) | %s", e.Article, verdict, e.Type, orNone(e.Names[0]), orNone(e.Names[1]),
		string(evidence[:min(len(evidence), maxEvidence)]))
}

func orNone(s string) string {
	if s == "" {
		return "None"
	}
	return s
}

type printer struct {
	w   io.Writer
	err error
}

func (p *printer) f(format string, args ...any) {
	if p.err == nil {
		_, p.err = fmt.Fprintf(p.w, format, args...)
	}
}
