package mention

import (
	"strings"
	"testing"

	"github.com/sila-graph/sila/extract/arabic"
	"github.com/sila-graph/sila/extract/gazetteer"
)

// describe writes entities as "Type: form | form".
func describe(res *Result) []string {
	var out []string
	for _, e := range res.Entities {
		out = append(out, string(e.Type)+": "+strings.Join(e.Names, " | "))
	}
	return out
}

func TestFind(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"قال وزير الخارجية الأردني أيمن الصفدي إن عمّان ترحب بالاتفاق. وأضاف الصفدي أن القوات العراقية دخلت مدينة الموصل، ثم غادرت الموصل.",
			"Place: الأردني; Person: أيمن الصفدي | الصفدي; Organization: القوات العراقية; Place: العراقية; Place: مدينة الموصل | الموصل"},
		{"أعلنت وزارة الدفاع التركية مقتل جنديين في شمال سوريا.",
			"Organization: وزارة الدفاع التركية; Place: التركية; Place: سوريا"},
	} {
		var res Result
		New(gazetteer.Default()).Find(arabic.Analyze(c.text), &res)
		got := describe(&res)
		for _, w := range strings.Split(c.want, "; ") {
			found := false
			for _, g := range got {
				found = found || g == w
			}
			if !found {
				t.Errorf("%s\n got %q\nwant %q", c.text, got, w)
			}
		}
	}
}

// TestEmbeddedModel reads the model that is built in and writes it again.
func TestEmbeddedModel(t *testing.T) {
	w, err := decodeWeights(modelFile)
	if err != nil {
		t.Fatal(err)
	}
	if string(w.encode()) != string(modelFile) {
		t.Error("the model's file isn't what encoding its weights gives")
	}
	if _, err := decodeWeights(modelFile[:len(modelFile)/2]); err == nil {
		t.Error("half a model was accepted")
	}
}
