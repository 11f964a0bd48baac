package rec

import (
	"reflect"
	"strings"
	"testing"
)

func TestParse(t *testing.T) {
	text := "# words\n\ntype: A\nlabel: x | y\nlabel: z\n# inside\nnote: a: b\n\n\ntype: B\n"
	got, err := Parse("t.txt", text)
	if err != nil {
		t.Fatal(err)
	}
	if len(got) != 2 || got[0].Line != 3 || got[1].Line != 10 {
		t.Fatalf("records %+v", got)
	}
	if l := got[0].List("label", "|"); !reflect.DeepEqual(l, []string{"x", "y", "z"}) {
		t.Errorf("list %q", l)
	}
	if v := got[0].Get("note"); v != "a: b" {
		t.Errorf("note %q", v)
	}
	if err := got[0].Known("type", "label"); err == nil || !strings.Contains(err.Error(), "t.txt:7") {
		t.Errorf("unknown field: %v", err)
	}
}

func TestParseErrors(t *testing.T) {
	for _, bad := range []string{"no field", ": value", "two words: x"} {
		if _, err := Parse("t.txt", "a: b\n"+bad); err == nil || !strings.Contains(err.Error(), "t.txt:2") {
			t.Errorf("%q: %v", bad, err)
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add("type: A\nlabel: x | y\n")
	f.Fuzz(func(t *testing.T, text string) {
		rs, err := Parse("f", text)
		if err != nil {
			return
		}
		for _, r := range rs {
			if len(r.Fields) == 0 {
				t.Fatal("record without fields")
			}
		}
	})
}
