package fact_test

import (
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/sila-graph/sila/extract"
	"github.com/sila-graph/sila/extract/article"
	"github.com/sila-graph/sila/extract/doc"
)

var update = flag.Bool("update", false, "write the golden files anew")

// snippet is one line of testdata/challenge/status.jsonl: a text of ours and the
// facts that it states, their roles by name.
type snippet struct {
	ID, Date, Text string
	Facts          []struct {
		Type, Agent, Patient, Status, Source string
		Ended                                bool
	}
}

// TestChallenge scores the challenge set: by kind of snippet, how many facts are
// found at all, and of these how many have status, ended and source right. The
// summary is a golden file, so that each change shows what it gained and lost.
func TestChallenge(t *testing.T) {
	text, err := os.ReadFile(filepath.Join("..", "..", "testdata", "challenge", "status.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	x := extract.New()
	type tally struct{ all, found, status, ended, source int }
	kinds, total := map[string]*tally{}, &tally{}
	for line := range strings.Lines(string(text)) {
		var s snippet
		if err := json.Unmarshal([]byte(line), &s); err != nil {
			t.Fatal(err)
		}
		d := x.Extract(article.Article{ID: s.ID, Date: s.Date, Text: s.Text})
		named := func(ids []string, name string) bool {
			return name == "" || slices.ContainsFunc(ids, func(id string) bool {
				return slices.ContainsFunc(d.EntityByID(id).Names, func(n string) bool {
					return strings.Contains(n, name) || strings.Contains(name, n)
				})
			})
		}
		kind := s.ID[:strings.LastIndex(s.ID, "-")]
		if kinds[kind] == nil {
			kinds[kind] = &tally{}
		}
		for _, want := range s.Facts {
			i := slices.IndexFunc(d.Facts, func(f doc.Fact) bool {
				return f.Type == want.Type && named(f.Agent, want.Agent) && named(f.Patient, want.Patient)
			})
			for _, c := range [...]*tally{kinds[kind], total} {
				c.all++
				if i < 0 {
					continue
				}
				f := &d.Facts[i]
				c.found++
				if string(f.Status) == want.Status {
					c.status++
				}
				if f.Ended == want.Ended {
					c.ended++
				}
				if want.Source == "" && f.Source == "" || want.Source != "" && f.Source != "" && named([]string{f.Source}, want.Source) {
					c.source++
				}
			}
		}
	}
	names := make([]string, 0, len(kinds))
	for k := range kinds {
		names = append(names, k)
	}
	slices.Sort(names)
	var out strings.Builder
	out.WriteString("kind            facts found status  ended source\n")
	row := func(k string, c *tally) {
		fmt.Fprintf(&out, "%-15s %5d %5d %6d %6d %6d\n", k, c.all, c.found, c.status, c.ended, c.source)
	}
	for _, k := range names {
		row(k, kinds[k])
	}
	row("all", total)
	golden := filepath.Join("testdata", "challenge.golden")
	if *update {
		if err := os.MkdirAll("testdata", 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(golden, []byte(out.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if out.String() != string(want) {
		t.Errorf("the summary has changed; if for the better, run go test ./extract/fact -update\n%s\nbefore:\n%s", out.String(), want)
	}
}
