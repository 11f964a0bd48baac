package fact_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/sila-graph/sila/extract"
	"github.com/sila-graph/sila/extract/article"
	"github.com/sila-graph/sila/extract/doc"
)

// TestSeed extracts the article that the project started from and asks for the
// facts that it is known for.
func TestSeed(t *testing.T) {
	shared := os.Getenv("SILA_SHARED")
	if shared == "" {
		shared = filepath.Join("..", "..", "..", "shared")
	}
	text, err := os.ReadFile(filepath.Join(shared, "gold", "seed", "articles.jsonl"))
	if err != nil {
		t.Skip("no shared data: ", err)
	}
	var a doc.Document
	if err := json.Unmarshal(text, &a); err != nil {
		t.Fatal(err)
	}
	d := extract.New().Extract(article.Article{ID: a.ID, Date: a.Date, Title: a.Title, Text: a.Text})
	named := func(ids []string, part string) bool {
		for _, id := range ids {
			for _, n := range d.EntityByID(id).Names {
				if strings.Contains(n, part) {
					return true
				}
			}
		}
		return part == ""
	}
	for _, want := range []struct{ typ, agent, patient, place string }{
		{"Liberate", "القوات العراقية", "الرمادي", ""},
		{"Liberate", "القوات العراقية", "مخمور", ""},
		{"Liberate", "القوات العراقية", "هيت", ""},
		{"Liberate", "القوات العراقية", "الرطبة", ""},
		{"Liberate", "القوات العراقية", "القيارة", ""},
		{"Capture", "قوات محلية", "الشدادي", ""},
		{"Besiege", "قوات محلية", "منبج", ""},
		{"Meet", "الجعفري", "", "واشنطن"},
		{"Meet", "العبيدي", "", "واشنطن"},
	} {
		found := false
		for _, f := range d.Facts {
			found = found || f.Type == want.typ && f.Status == doc.Actual && named(f.Agent, want.agent) && named(f.Patient, want.patient) && named(f.Place, want.place)
		}
		if !found {
			t.Errorf("not found: %v", want)
		}
	}
}
