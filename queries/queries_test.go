package queries

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"unicode"

	"github.com/dop251/goja"
)

// TestFiles reads every query file and holds it to the rules of the package comment.
func TestFiles(t *testing.T) {
	all, err := Read(files)
	if err != nil {
		t.Fatal(err)
	}
	if len(all) < 16 {
		t.Errorf("only %d queries", len(all))
	}
	for _, q := range all {
		t.Run(q.Name, func(t *testing.T) {
			for _, l := range append([]Labels{q.Title, q.About}, columnLabels(q)...) {
				if !script(l.Ar, unicode.Arabic) || !script(l.En, unicode.Latin) {
					t.Errorf("not in both languages: %q | %q", l.En, l.Ar)
				}
			}
			if len(q.Params) > 0 && len(q.Example) == 0 {
				t.Error("no example")
			}
			if _, err := goja.Compile(q.Name, q.Text, false); err != nil {
				t.Errorf("no valid script: %v", err)
			}
			if strings.Contains(q.Text, "\t") || !strings.HasSuffix(q.Text, "\n") {
				t.Error("tab, or no newline at the end")
			}
			for _, c := range q.Columns {
				if !strings.Contains(q.Text[strings.Index(q.Text, "\nvar"):], c.Name) {
					t.Errorf("column %s doesn't occur in the script", c.Name)
				}
			}
		})
	}
}

func columnLabels(q *Query) (out []Labels) {
	for _, c := range q.Columns {
		out = append(out, c.Labels)
	}
	for _, p := range q.Params {
		out = append(out, p.Labels)
	}
	return out
}

func script(s string, table *unicode.RangeTable) bool {
	return strings.IndexFunc(s, func(r rune) bool { return unicode.Is(table, r) }) >= 0
}

const small = `// title: A | أ
// en: Something.
// ar: شيء.
// param: a actor | one | طرف
// param: b text? | two | نص
// column: x | an answer | جواب
// example: a=x
var a = "<x>"
var b = ""

g.V(a).tag("x").all()
`

func TestBind(t *testing.T) {
	q, err := Parse("small.js", small)
	if err != nil {
		t.Fatal(err)
	}
	// A value stays a value, whatever is in it.
	evil := `"; while(true){} //` + "\n\u2028\\u003c </script>"
	got := q.Bind(map[string]string{"a": "<place/الموصل>", "b": evil})
	if !strings.Contains(got, "\nvar a = \"<place/الموصل>\"\n") {
		t.Errorf("IRI not readable in\n%s", got)
	}
	vm := goja.New()
	_ = vm.Set("g", vm.NewObject())
	script, _, _ := strings.Cut(got, "\ng.V")
	if _, err := vm.RunString(script); err != nil {
		t.Fatal(err)
	}
	if v := vm.Get("b").String(); v != evil {
		t.Errorf("value %q came back as %q", evil, v)
	}
}

func TestArgs(t *testing.T) {
	q, err := Parse("small.js", small)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ args, want string }{
		{"a=داعش", ""},
		{"داعش", ""},
		{"a=x=y;b=z", ""},
		{"", `parameter "a" is missing (one)`},
		{"a=1;c=2", `there is no parameter "c"`},
		{"a=1;a=2", `parameter "a" is given twice`},
		{"a=1;2", `"2" is no key=value`},
	} {
		_, err := q.Args(slices.DeleteFunc(strings.Split(c.args, ";"), func(s string) bool { return s == "" }))
		var ae *ArgError
		switch {
		case c.want == "" && err != nil:
			t.Errorf("%q: %v", c.args, err)
		case c.want != "" && (!errors.As(err, &ae) || ae.Reason != c.want):
			t.Errorf("%q: have %v, want %s", c.args, err, c.want)
		}
	}
	if got, want := q.Usage(), "small a=ACTOR [b=TEXT]"; got != want {
		t.Errorf("usage %q, want %q", got, want)
	}
}

func TestParseErrors(t *testing.T) {
	for _, c := range []struct{ old, new, want string }{
		{"// title: A | أ", "// title: A", `x.js:1: title: want "English | عربي"`},
		{"// ar: شيء.\n", "", "both languages"},
		{"a actor", "a acter", `x.js:4: param: unknown kind "acter"`},
		{"// column: x | an answer | جواب\n", "", "no columns"},
		{"// example", "// key: y\n// example", `"y", which is no column`},
		{"// en:", "// en-gb:", `x.js:2: unknown field "en-gb"`},
		{"var b = \"\"\n", "", "must agree"},
		{"example: a=x", "example: c=x", `no parameter "c"`},
	} {
		_, err := Parse("x.js", strings.Replace(small, c.old, c.new, 1))
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("with %q: have %v, want %s", c.new, err, c.want)
		}
	}
}

func TestShort(t *testing.T) {
	q, err := Parse("small.js", small)
	if err != nil {
		t.Fatal(err)
	}
	if got, want := q.Short(), "// A\n// أ\nvar a = \"<x>\"\nvar b = \"\"\n\ng.V(a).tag(\"x\").all()\n"; got != want {
		t.Errorf("have\n%s\nwant\n%s", got, want)
	}
}

func TestFind(t *testing.T) {
	if _, err := Find("who-took"); err != nil {
		t.Error(err)
	}
	var ue *UnknownError
	if _, err := Find("attack"); !errors.As(err, &ue) || !slices.Contains(ue.Near, "attacks-on") {
		t.Errorf("attack: %v %+v", err, ue)
	}
}

func FuzzParse(f *testing.F) {
	f.Add(small)
	for _, q := range All() {
		f.Add(q.Text)
	}
	f.Fuzz(func(t *testing.T, s string) {
		q, err := Parse("f.js", s)
		if err == nil {
			q.Bind(q.Example)
		}
	})
}
