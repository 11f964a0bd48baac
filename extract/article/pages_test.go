package article

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "rewrite golden files")

const pagesDir = "../../testdata/pages"

// TestPages reads the pages, feeds, tables and mailboxes written for this project and compares all that comes out with
// a golden file; run with -update after looking at the difference.
func TestPages(t *testing.T) {
	as, ps, sum := read(t, Options{Workers: 4}, nil, pagesDir)
	if one, _, _ := read(t, Options{Workers: 1}, nil, pagesDir); !reflect.DeepEqual(one, as) {
		t.Error("one worker and four give different articles")
	}
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", " ")
	for _, a := range as {
		a.Origin.File = strings.TrimPrefix(filepath.ToSlash(a.Origin.File), pagesDir+"/")
		enc.Encode(a)
	}
	for _, p := range ps {
		b.WriteString(strings.ReplaceAll(filepath.ToSlash(p.Error()), pagesDir+"/", "") + "\n")
	}
	enc.Encode(sum)
	golden := filepath.Join("testdata", "pages.golden")
	if *update {
		if err := os.MkdirAll("testdata", 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(golden, b.Bytes(), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	got := strings.Split(b.String(), "\n")
	for i, w := range strings.Split(string(want), "\n") {
		if i >= len(got) || got[i] != w {
			t.Fatalf("line %d of %s:\ngot  %s\nwant %s", i+1, golden, got[min(i, len(got)-1)], w)
		}
	}
}
