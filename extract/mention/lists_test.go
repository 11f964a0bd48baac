package mention

import (
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/sila-graph/sila/extract/arabic"
)

// TestLists proves that the lists in data say what they are, are sorted as bytes, hold
// nothing twice, folded, and that README.md names each with its source.
func TestLists(t *testing.T) {
	readme, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	files, err := filepath.Glob("data/*")
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range files {
		name := filepath.Base(path)
		if !strings.Contains(string(readme), "`"+name+"`") {
			t.Errorf("README.md doesn't say where %s is from", name)
		}
		if filepath.Ext(name) != ".txt" {
			continue
		}
		b, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		text := string(b)
		if !strings.HasPrefix(text, "# ") || !strings.HasSuffix(text, "\n") {
			t.Errorf("%s: must begin with a comment that says what it lists and end with a line end", name)
		}
		if name == "clusters.txt" {
			continue // written by training; acronyms in it are several words
		}
		if name == "news_names.txt" {
			newsNames(t, text)
			continue
		}
		seen := map[string]string{}
		prev := ""
		for _, line := range listLines(text) {
			if line <= prev {
				t.Errorf("%s: %q isn't in order; sort as bytes (LC_ALL=C sort -u)", name, line)
			}
			prev = line
			for form := range strings.SplitSeq(line, "=") {
				form = strings.TrimSpace(form)
				key := arabic.Key(form)
				if key == "" || strings.Join(strings.Fields(form), " ") != form || strings.ContainsRune(form, 'ـ') {
					t.Errorf("%s: %q isn't in normal form", name, form)
				}
				if other, twice := seen[key]; twice {
					t.Errorf("%s: %q and %q are one, folded", name, other, form)
				}
				seen[key] = form
			}
		}
	}
}

// newsNames checks the file that training makes: on each line a number, each greater
// than the one before, and folded words, each once.
func newsNames(t *testing.T, text string) {
	seen := map[string]bool{}
	last := 0
	for _, line := range listLines(text) {
		words := strings.Fields(line)
		n, err := strconv.Atoi(words[0])
		if err != nil || n <= last || n > 125 {
			t.Errorf("news_names.txt: %q after %d", words[0], last)
		}
		last = n
		for _, w := range words[1:] {
			if seen[w] || arabic.Key(w) != w {
				t.Errorf("news_names.txt: %q stands twice or isn't folded", w)
			}
			seen[w] = true
		}
	}
}
