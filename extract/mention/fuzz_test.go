package mention

import (
	"context"
	"strings"
	"testing"

	"github.com/sila-graph/sila/extract/arabic"
	"github.com/sila-graph/sila/extract/gazetteer"
)

// FuzzFind proves that spans lie in the text and in each other, and that every entity
// has a name.
func FuzzFind(f *testing.F) {
	for _, c := range ruleCases {
		f.Add(c.text)
	}
	f.Add("واشنطن: (")
	f.Add("الاتحاد الدولي (فيفا")
	r := New(gazetteer.Default())
	f.Fuzz(func(t *testing.T, s string) {
		x := arabic.Analyze(s)
		var res Result
		r.Find(x, &res)
		for i, p := range res.Spans {
			if p.First < 0 || p.Last < p.First || int(p.Last) >= len(x.Tokens) || p.Start > p.End || int(p.End) > len(x.Norm) || int(p.Entity) >= len(res.Entities) {
				t.Fatalf("span %d %+v of %d tokens", i, p, len(x.Tokens))
			}
			if p.Parent >= 0 {
				if q := res.Spans[p.Parent]; q.First > p.First || q.Last < p.Last || int(p.Parent) >= i {
					t.Fatalf("span %d %+v isn't inside of %+v", i, p, q)
				}
			}
		}
		for i, e := range res.Entities {
			if len(e.Names)+len(e.Nominals) == 0 {
				t.Fatalf("entity %d %+v has no form", i, e)
			}
		}
	})
}

// FuzzTagCoNLL proves that every token comes back with a legal tag.
func FuzzTagCoNLL(f *testing.F) {
	for _, s := range []string{"قال\nجون\nكيري\n.\n\nوصل\n", "أ B-PERS\n\n\n", "\t\n x\ty\n", "", "بي.بي.سي\n"} {
		f.Add(s)
	}
	r := New(gazetteer.Default())
	f.Fuzz(func(t *testing.T, s string) {
		var b strings.Builder
		if err := r.TagCoNLL(context.Background(), strings.NewReader(s), &b); err != nil {
			return // a line beyond all bounds
		}
		prev := "O"
		for line := range strings.Lines(b.String()) {
			if line = strings.TrimSuffix(line, "\n"); line == "" {
				prev = "O"
				continue
			}
			tag := line[strings.LastIndexByte(line, ' ')+1:]
			if c, inside := strings.CutPrefix(tag, "I-"); inside && prev != "B-"+c && prev != "I-"+c {
				t.Fatalf("%s after %s", tag, prev)
			}
			prev = tag
		}
	})
}

// FuzzModel proves that a damaged model is refused and a good one comes back as it was.
func FuzzModel(f *testing.F) {
	w := &weights{note: "small", keys: []feature{3, 9}, rows: make([][numLabels]int16, 2)}
	w.rows[1][2] = -7
	f.Add(w.encode())
	f.Add([]byte(magic))
	f.Fuzz(func(t *testing.T, b []byte) {
		w, err := decodeWeights(b)
		if err != nil {
			return
		}
		again, err := decodeWeights(w.encode())
		if err != nil || len(again.keys) != len(w.keys) {
			t.Fatalf("%d features became %d: %v", len(w.keys), len(again.keys), err)
		}
	})
}
