package doc

import (
	"encoding/json"
	"strings"
	"testing"
)

func TestInventory(t *testing.T) {
	inv := Types()
	guide := 0
	edges := map[string]string{}
	for _, ty := range inv.List {
		if !ty.Extra {
			guide++
		}
		if other := edges[ty.Edge]; other != "" {
			t.Errorf("%s and %s share the edge %s", ty.Name, other, ty.Edge)
		}
		edges[ty.Edge] = ty.Name
		if got, ok := inv.ByName(ty.Name); !ok || got.Name != ty.Name {
			t.Errorf("ByName(%s) = %v, %v", ty.Name, got, ok)
		}
	}
	if guide != 36 {
		t.Errorf("%d types of the guide, want 36", guide)
	}
	if l, _ := inv.ByName("Liberate"); l.Edge != "liberated" || l.Also != "took" || l.Backward.Ar == "" {
		t.Errorf("Liberate: %+v", l)
	}
}

func TestParseTypesErrors(t *testing.T) {
	for text, want := range map[string]string{
		"type: X\nmening: y":                  "unknown field",
		"type: X\nmeaning: y":                 "lacks one of",
		"type: X\nlabel: only english":        "label: want",
		"type: X\nshape: round":               "unknown shape",
		"type: X\nscore: 101\nmeaning: a b c": "score",
	} {
		if _, err := ParseTypes("t", text); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %q", text, err, want)
		}
	}
}

func TestRangeJSON(t *testing.T) {
	for _, s := range []string{"[12,null]", "[3,3]", "[0,7]"} {
		var r Range
		if err := json.Unmarshal([]byte(s), &r); err != nil {
			t.Fatal(err)
		}
		if b, _ := json.Marshal(r); string(b) != s {
			t.Errorf("%s came back as %s", s, b)
		}
	}
	for _, s := range []string{"12", "[1]", `["a",2]`} {
		if err := json.Unmarshal([]byte(s), new(Range)); err == nil {
			t.Errorf("%s: no error", s)
		}
	}
}
