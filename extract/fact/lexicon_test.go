package fact

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"github.com/sila-graph/sila/extract/arabic"
)

func TestLexicon(t *testing.T) {
	l, err := newLexicon()
	if err != nil {
		t.Fatal(err)
	}
	types := map[string]bool{}
	for _, f := range l.frames {
		types[f.typ.Name] = true
		for _, w := range f.words {
			if arabic.Normalize(w) != w {
				t.Errorf("%s: %q is not normalised", f.line, w)
			}
		}
	}
	for _, ty := range l.inv.List {
		if !ty.State && !types[ty.Name] && ty.Name != "Ceasefire" {
			t.Errorf("no frame tells %s", ty.Name)
		}
	}
	if n := len(l.lemmas); n < 450 {
		t.Errorf("%d lemmas, want 450", n)
	}
}

func TestInflect(t *testing.T) {
	for _, c := range []struct{ past, present, want string }{
		{"حرر", "يحرر", "حرر حررت حرروا يحرر تحرر يحررون"},
		{"استعاد", "يستعيد", "استعاد استعادت استعادوا يستعيد تستعيد يستعيدون يستعد"},
		{"استولى", "يستولي", "استولى استولت استولوا يستولي تستولي يستولون يستول"},
		{"دعا", "يدعو", "دعا دعت دعوا يدعو تدعو يدعون يدع"},
		{"زار", "يزور", "زار زارت زاروا يزور تزور يزورون يزر"},
		{"التقى", "يلتقي", "التقى التقت التقيا التقوا يلتقي تلتقي يلتقون"},
		{"اصاب", "يصيب", "اصاب اصابت اصابوا يصيب تصيب يصيبون يصب"},
		{"تبنى", "يتبنى", "تبنى تبنت تبنوا يتبنى تتبنى يتبنون"},
	} {
		var forms []string
		for _, x := range inflect(c.past, c.present) {
			forms = append(forms, x.form)
		}
		for w := range strings.FieldsSeq(c.want) {
			if !slices.Contains(forms, w) {
				t.Errorf("%s: %s is not among %v", c.past, w, forms)
			}
		}
	}
}

func TestModel(t *testing.T) {
	m, err := unmarshalModel(modelBytes)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(m.marshal(), modelBytes) {
		t.Error("the model changes when it is written again")
	}
	for n := 0; n < min(len(modelBytes), 4000); n += 211 {
		if _, err := unmarshalModel(modelBytes[:n]); err == nil {
			t.Fatalf("a model cut to %d bytes reads without an error", n)
		}
	}
}

// TestLists keeps the word lists sorted, normalised and free of duplicates.
func TestLists(t *testing.T) {
	for _, name := range []string{"adverbs", "not_verbs", "numbers"} {
		lines, err := listLines(name)
		if err != nil {
			t.Fatal(err)
		}
		if !slices.IsSorted(lines) || len(slices.Compact(slices.Clone(lines))) != len(lines) {
			t.Errorf("data/%s.txt is not sorted or says something twice", name)
		}
		for _, line := range lines {
			if w, _, _ := strings.Cut(line, "\t"); arabic.Normalize(w) != w {
				t.Errorf("data/%s.txt: %q is not normalised", name, w)
			}
		}
	}
}
