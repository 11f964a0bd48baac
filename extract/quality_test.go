package extract_test

import (
	"context"
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/sila-graph/sila/extract"
	"github.com/sila-graph/sila/extract/article"
	"github.com/sila-graph/sila/extract/doc"
	"github.com/sila-graph/sila/extract/eval"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// ours extracts the project's own articles, in the order of their ids.
func ours(t *testing.T) []*doc.Document {
	t.Helper()
	x := extract.New()
	var out []*doc.Document
	_, err := article.Read(context.Background(), []string{"../testdata/articles"}, nil, article.Options{}, func(a article.Article) error {
		out = append(out, x.Extract(a))
		return nil
	}, func(p *article.Problem) { t.Error(p) })
	if err != nil {
		t.Fatal(err)
	}
	slices.SortFunc(out, func(a, b *doc.Document) int { return strings.Compare(a.ID, b.ID) })
	return out
}

// TestQuality keeps precision and recall by type as a golden file, so that each
// change shows what it gained and lost. The fact model has seen these articles
// in training: the figures tell of change, not of how it does on new text.
func TestQuality(t *testing.T) {
	gold, err := eval.ReadFile("../testdata/gold/gold.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	r := eval.Score(gold, ours(t), nil)
	var b strings.Builder
	row := func(name string, p eval.PRF) {
		fmt.Fprintf(&b, "%-18s P %.2f  R %.2f  F1 %.2f  right %3d wrong %3d missed %3d\n", name, p.Precision, p.Recall, p.F1, p.TP, p.FP, p.FN)
	}
	row("entities", r.Entities)
	row("facts", r.Facts)
	row("events", r.Events)
	row("status not actual", r.Status)
	row("source", r.Source)
	var types []string
	for k := range r.Types {
		types = append(types, k)
	}
	slices.Sort(types)
	for _, k := range types {
		row("  "+k, r.Types[k])
	}
	golden(t, "../testdata/quality.golden", b.String())
}

// TestGolden keeps what is extracted from each article, in a form that reads
// well in a diff.
func TestGolden(t *testing.T) {
	var b strings.Builder
	for _, d := range ours(t) {
		fmt.Fprintf(&b, "== %s (%s) %s\n", d.ID, d.Date, d.Title)
		label := map[string]string{}
		for _, e := range d.Entities {
			label[e.ID] = e.Names[0]
			fmt.Fprintf(&b, "  %-12s %s", e.Type, strings.Join(e.Names, " = "))
			if len(e.Nominals) > 0 {
				fmt.Fprintf(&b, " (%s)", strings.Join(e.Nominals, ", "))
			}
			if e.Ref != "" {
				fmt.Fprintf(&b, " [%s]", e.Ref)
			}
			b.WriteByte('\n')
		}
		for _, f := range d.Facts {
			fmt.Fprintf(&b, "  %s(%s → %s)", f.Type, names(label, f.Agent), names(label, f.Patient))
			for _, x := range []struct{ k, v string }{{"title", f.Title}, {"place", names(label, f.Place)}, {"time", f.Time}, {"source", label[f.Source]}} {
				if x.v != "" {
					fmt.Fprintf(&b, " %s %s", x.k, x.v)
				}
			}
			if f.Status != doc.Actual && f.Status != "" {
				fmt.Fprintf(&b, " %s", f.Status)
			}
			if f.Ended {
				b.WriteString(" ended")
			}
			fmt.Fprintf(&b, " | %s\n", f.Evidence)
		}
	}
	golden(t, "../testdata/extract.golden", b.String())
}

func names(label map[string]string, ids []string) string {
	var out []string
	for _, id := range ids {
		out = append(out, label[id])
	}
	return strings.Join(out, "، ")
}

func golden(t *testing.T, path, got string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if string(want) == got {
		return
	}
	g, w := strings.Split(got, "\n"), strings.Split(string(want), "\n")
	for i := range min(len(g), len(w)) {
		if g[i] != w[i] {
			t.Errorf("%s:%d: now %q, was %q; if the change is wanted: go test ./extract -update", path, i+1, g[i], w[i])
			break
		}
	}
	if len(g) != len(w) {
		t.Errorf("%s: now %d lines, was %d; if the change is wanted: go test ./extract -update", path, len(g), len(w))
	}
}
