package resolve

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/sila-graph/sila/extract/arabic"
)

// TestLists keeps the word lists in the one form that lists have: a comment on
// top, one entry a line, sorted, normalised, each once.
func TestLists(t *testing.T) {
	paths, err := filepath.Glob("lists/*.txt")
	if err != nil || len(paths) < 10 {
		t.Fatalf("%d lists, %v", len(paths), err)
	}
	for _, path := range paths {
		b, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		lines := strings.Split(strings.TrimSuffix(string(b), "\n"), "\n")
		if !strings.HasPrefix(lines[0], "# ") {
			t.Errorf("%s doesn't say what it is", path)
		}
		lines = lines[1:]
		if !slices.IsSorted(lines) || len(slices.Compact(slices.Clone(lines))) != len(lines) {
			t.Errorf("%s isn't sorted or has an entry twice", path)
		}
		for _, l := range lines {
			if l != arabic.Normalize(l) || strings.TrimSpace(l) != l || l == "" {
				t.Errorf("%s: %q isn't normalised", path, l)
			}
		}
	}
}
