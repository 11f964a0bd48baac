package fact

import (
	"slices"
	"testing"

	"github.com/sila-graph/sila/extract/arabic"
	"github.com/sila-graph/sila/extract/rec"
)

// TestOperators lints data/operators.txt: normalised words, sorted, each once in
// its record, verbs with their imperfect.
func TestOperators(t *testing.T) {
	text, err := dataFiles.ReadFile("data/operators.txt")
	if err != nil {
		t.Fatal(err)
	}
	records, err := rec.Parse("data/operators.txt", string(text))
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range records {
		for _, field := range []struct{ name, sep string }{{"verb", "|"}, {"noun", "|"}, {"word", " "}} {
			words := r.List(field.name, field.sep)
			for i, w := range words {
				if n := arabic.Normalize(w); n != w {
					t.Errorf("%v", r.Errorf("%q is not normalised: %q", w, n))
				}
				if i > 0 && words[i-1] >= w {
					t.Errorf("%v", r.Errorf("%q out of order behind %q", w, words[i-1]))
				}
			}
			if field.name == "verb" && slices.ContainsFunc(words, func(w string) bool { return !slices.Contains([]byte(w), ' ') }) {
				t.Errorf("%v", r.Errorf("a verb needs its imperfect"))
			}
		}
	}
}
