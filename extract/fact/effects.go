package fact

import (
	"strings"

	"github.com/sila-graph/sila/extract/rec"
)

// readEffects reads data/operators.txt.
func (l *lexicon) readEffects() error {
	l.effects, l.tPast = map[string]effect{}, map[string]bool{}
	l.uses = map[string]use{}
	l.ends, l.leaves, l.verbForms = map[string]bool{}, map[string]bool{}, map[string]bool{}
	text, err := dataFiles.ReadFile("data/operators.txt")
	if err != nil {
		return err
	}
	records, err := rec.Parse("data/operators.txt", string(text))
	if err != nil {
		return err
	}
	var nouns []string
	for _, r := range records {
		if err := r.Known("effect", "use", "verb", "noun", "word"); err != nil {
			return err
		}
		e, ok := effectNames[r.Get("effect")]
		list := map[string]map[string]bool{"end": l.ends, "leave": l.leaves}[r.Get("effect")]
		part := useNames[r.Get("use")]
		if !ok && list == nil && part == 0 {
			return r.Errorf("unknown effect %q or use %q", r.Get("effect"), r.Get("use"))
		}
		set := func(w string) {
			switch {
			case part != 0:
				l.uses[w] |= part
				return
			case list != nil:
				list[w] = true
				return
			}
			if _, have := l.effects[w]; !have {
				l.effects[w] = e
			}
		}
		for _, v := range r.List("verb", "|") {
			p, q, ok := strings.Cut(v, " ")
			if !ok {
				return r.Errorf("verb %q needs its imperfect", v)
			}
			for _, x := range inflect(p, q) {
				set(x.form)
				l.verbForms[x.form] = true
				if x.kind == past && strings.HasPrefix(x.form, "ت") {
					l.tPast[x.form] = true
				}
			}
		}
		for _, v := range r.List("noun", "|") {
			for _, f := range nounForms(v) {
				set(f)
				nouns = append(nouns, f)
			}
		}
		for _, w := range r.List("word", " ") {
			set(w)
		}
	}
	for _, f := range nouns {
		delete(l.verbForms, f) // طلب, عرض: as likely a noun
	}
	return nil
}
