package fact

import (
	"slices"
	"strings"
	"testing"

	"github.com/sila-graph/sila/extract/arabic"
	"github.com/sila-graph/sila/extract/doc"
	"github.com/sila-graph/sila/extract/gazetteer"
	"github.com/sila-graph/sila/extract/mention"
)

// exampleOf is one example of a frame: a sentence, and who are the agents and
// patients of the fact that it tells.
type exampleOf struct {
	text            string
	agent, patients []string
}

// parseExample reads «sentence => agent + agent | patient + patient».
func parseExample(s string) (exampleOf, bool) {
	text, roles, ok := strings.Cut(s, "=>")
	if !ok {
		return exampleOf{}, false
	}
	a, p, ok := strings.Cut(roles, "|")
	if !ok {
		return exampleOf{}, false
	}
	names := func(s string) (out []string) {
		for _, n := range strings.Split(s, "+") {
			if n = strings.TrimSpace(n); n != "" {
				out = append(out, n)
			}
		}
		return out
	}
	e := exampleOf{strings.TrimSpace(text), names(a), names(p)}
	return e, len(e.agent)+len(e.patients) > 0
}

// entityOf guesses the type of a name in an example: the gazetteer's; else that
// of the frame's patient where it takes only one; else two words without an
// article are a person, anything else an organisation.
func entityOf(id, name string, f *frame, patient bool) doc.Entity {
	e := doc.Entity{ID: id, Type: doc.Organization, Names: []string{name}}
	words := strings.Fields(name)
	switch {
	case strings.HasPrefix(words[0], "مؤتمر"), strings.HasPrefix(words[0], "قمة"):
		e.Type = doc.Event
	case patient && len(f.types) == 1:
		e.Type = f.types[0]
	case len(words) >= 2 && !strings.HasPrefix(words[1], "ال") && !strings.HasPrefix(words[0], "ال"):
		e.Type = doc.Person
	}
	for _, x := range gazetteer.Default().Lookup(name) {
		if !x.Ambiguous {
			e.Type, e.Kind, e.Ref = x.Type, x.Kind, x.Ref
			break
		}
	}
	return e
}

// TestFrameExamples asks each frame for an example, and that the rules propose
// the fact that the example states: type, agents and patients. It prints which
// are not proposed or not as grammar reads the clause, and how many the model
// keeps; parties of symmetric facts are chosen by the model in any case.
func TestFrameExamples(t *testing.T) {
	x := newExtractor(loadModel())
	examples, given, byGrammar, stated := 0, 0, 0, 0
	for _, f := range x.run.lex.frames {
		if len(f.examples) == 0 {
			t.Errorf("%s: %s has no example", f.line, f.typ.Name)
		}
		for _, s := range f.examples {
			e, ok := parseExample(s)
			if !ok {
				t.Errorf("%s: example %q; want sentence => agent | patient", f.line, s)
				continue
			}
			examples++
			text := arabic.Analyze("خبر\n" + e.text)
			var es []doc.Entity
			for _, n := range e.agent {
				es = append(es, entityOf(n, n, f, false))
			}
			for _, n := range e.patients {
				es = append(es, entityOf(n, n, f, true))
			}
			names := mention.Project(text, es)
			found := map[string]bool{}
			for i := range names.Spans {
				found[names.Entities[names.Spans[i].Entity].ID] = true
			}
			for _, e := range es {
				if !found[e.ID] {
					t.Errorf("%s: example %q does not name %s", f.line, s, e.ID)
				}
			}
			wanted := func(fact doc.Fact) bool {
				if fact.Type != f.typ.Name {
					return false
				}
				if f.typ.Symmetric {
					return same(append(slices.Clone(fact.Agent), fact.Patient...), append(slices.Clone(e.agent), e.patients...))
				}
				return same(fact.Agent, e.agent) && same(fact.Patient, e.patients)
			}
			facts := x.Extract(text, names, "2026-03-02")
			if slices.ContainsFunc(facts, wanted) {
				stated++
			}
			proposed, grammar := false, false
			for i := range x.run.cands {
				c := &x.run.cands[i]
				if !wanted(x.run.fact(c)) {
					continue
				}
				proposed = true
				grammar = grammar || c.grammar || f.typ.Symmetric
			}
			if proposed && grammar {
				byGrammar++
			} else if proposed {
				t.Logf("%s: not as grammar reads it: %s", f.line, s)
			}
			if proposed {
				given++
			} else {
				t.Logf("%s: not proposed: %s", f.line, s)
			}
		}
	}
	t.Logf("%d frames, %d examples: %d proposed, %d of them as grammar reads them in full, %d kept by the model", len(x.run.lex.frames), examples, given, byGrammar, stated)
	if given*100 < examples*95 || byGrammar*100 < examples*90 {
		t.Errorf("of %d examples %d are proposed, %d by grammar; want 95 and 90 in a hundred", examples, given, byGrammar)
	}
}

// same says whether two lists hold the same names.
func same(a, b []string) bool {
	a, b = slices.Clone(a), slices.Clone(b)
	slices.Sort(a)
	slices.Sort(b)
	return slices.Equal(slices.Compact(a), slices.Compact(b))
}

// TestLemmas counts verbs and nouns by type and prints them. A verb counts with
// its masdar and participles as one; a noun counts where no verb of its type has
// its letters.
func TestLemmas(t *testing.T) {
	l := loadLexicon()
	verbs, nouns := map[string]map[string]bool{}, map[string]map[string]bool{}
	for _, ty := range l.inv.List {
		verbs[ty.Name], nouns[ty.Name] = map[string]bool{}, map[string]bool{}
	}
	for _, f := range l.frames {
		for _, v := range f.verbs {
			verbs[f.typ.Name][v] = true
		}
		for _, n := range f.nouns {
			nouns[f.typ.Name][singular(n)] = true
		}
	}
	total, totalNouns := 0, 0
	for _, ty := range l.inv.List {
		if ty.State {
			continue
		}
		v, n := len(verbs[ty.Name]), len(nouns[ty.Name])
		t.Logf("%-10s %3d verbs %3d nouns", ty.Name, v, n)
		total, totalNouns = total+v, totalNouns+n
		if v+n < 3 {
			t.Errorf("%s has %d words, want 3", ty.Name, v+n)
		}
	}
	t.Logf("%d verbs and %d nouns of events, beside %d forms of saying", total, totalNouns, len(l.sayNouns))
	if total+totalNouns < 450 {
		t.Errorf("%d lemmas, want 450", total+totalNouns)
	}
}

// singular folds the forms of a noun that lists give one by one: هجوم, هجوما,
// هجومين, هجمات.
func singular(n string) string {
	n = strings.TrimPrefix(n, "ال")
	for _, end := range [...]string{"اتهما", "اته", "اتها", "هما", "ات", "ين", "ون", "ها", "ه", "ة", "ا"} {
		if s, ok := strings.CutSuffix(n, end); ok && len(s) >= 6 {
			return s
		}
	}
	return n
}

// TestFramesOnce asks that no word stands in two frames of one type, unless what
// has to follow tells them apart.
func TestFramesOnce(t *testing.T) {
	type key struct{ typ, word string }
	seen := map[key]*frame{}
	for _, f := range loadLexicon().frames {
		if len(f.needs) > 0 || len(f.verbs) == 0 {
			continue
		}
		for _, v := range f.verbs {
			k := key{f.typ.Name, v}
			if g := seen[k]; g != nil && slices.Equal(f.patient, g.patient) {
				t.Errorf("%s: %s of %s stands in %s too", f.line, v, f.typ.Name, g.line)
			}
			seen[k] = f
		}
	}
}
