package fact

import (
	"fmt"
	"strings"
	"sync"

	"github.com/sila-graph/sila/extract/arabic"
	"github.com/sila-graph/sila/extract/doc"
	"github.com/sila-graph/sila/extract/rec"
)

// subtype is one record of data/subtypes.txt.
type subtype struct {
	name        string
	words, near map[string]bool
}

var subtypes = sync.OnceValue(func() map[string][]subtype {
	s, err := readSubtypes()
	if err != nil {
		panic("fact: embedded data: " + err.Error()) // TestSubtypes loads it
	}
	return s
})

// readSubtypes returns the records by type, in their order.
func readSubtypes() (map[string][]subtype, error) {
	const name = "data/subtypes.txt"
	text, err := dataFiles.ReadFile(name)
	if err != nil {
		return nil, err
	}
	records, err := rec.Parse(name, string(text))
	if err != nil {
		return nil, err
	}
	out := map[string][]subtype{}
	for _, r := range records {
		if err := r.Known("type", "subtype", "words", "near"); err != nil {
			return nil, err
		}
		typ := r.Get("type")
		if _, ok := doc.Types().ByName(typ); !ok {
			return nil, r.Errorf("type %q is not in the inventory", typ)
		}
		s := subtype{r.Get("subtype"), map[string]bool{}, map[string]bool{}}
		if s.name == "" || strings.ContainsAny(s.name, " |") {
			return nil, r.Errorf("subtype %q; want one word", s.name)
		}
		for key, set := range map[string]map[string]bool{"words": s.words, "near": s.near} {
			for _, w := range r.List(key, " ") {
				if n := arabic.Normalize(w); n != w {
					return nil, fmt.Errorf("%s:%d: %q is not normalised: %q", name, r.Line, w, n)
				}
				set[w] = true
			}
		}
		if len(s.words)+len(s.near) == 0 {
			return nil, r.Errorf("subtype %s of %s has no words", s.name, typ)
		}
		out[typ] = append(out[typ], s)
	}
	return out, nil
}

// Reach of the words that refine a type, in tokens around the trigger.
const (
	nearBefore = 2
	nearAfter  = 4
)

// subtypeOf returns what refines the type of a candidate, "" for nothing.
func (r *run) subtypeOf(c *cand) string {
	if c.frame == nil || c.trigger < 0 {
		return ""
	}
	if c.frame.subtype != "" {
		return c.frame.subtype
	}
	list := subtypes()[c.typ.Name]
	if len(list) == 0 {
		return ""
	}
	t := r.parser.t
	_, lemma, _ := strings.Cut(r.lex.lemmas[c.lemma], "/")
	s := t.Sentences[c.sentence]
	from, to := max(s.First, c.trigger-nearBefore), min(s.Last, c.trigger+nearAfter+1)
	for i := range list {
		if list[i].words[lemma] {
			return list[i].name
		}
		for k := from; k < to; k++ {
			if t.Tokens[k].Kind == arabic.Punct {
				if k > c.trigger {
					break
				}
				continue
			}
			if list[i].near[t.Base(int(k))] {
				return list[i].name
			}
		}
	}
	return ""
}
