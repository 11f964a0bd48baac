package eval

import (
	"cmp"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"github.com/sila-graph/sila/extract/doc"
)

var fold = strings.NewReplacer("أ", "ا", "إ", "ا", "آ", "ا", "ٱ", "ا", "ى", "ي", "ة", "ه", "ؤ", "و", "ئ", "ي")

// normal is the form in which names are compared: NFKC without vowel signs and
// tatweel, variants of letters folded, words of letters and digits.
func normal(form string) string {
	s := strings.Map(func(r rune) rune {
		if r >= 0x610 && r <= 0x61a || r >= 0x64b && r <= 0x65f || r == 0x670 || r == 0x640 {
			return -1
		}
		return r
	}, norm.NFKC.String(form))
	return strings.Join(strings.FieldsFunc(fold.Replace(s), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsNumber(r) && r != '_'
	}), " ")
}

// bare is the form without the article of its first word: الموصل and موصل name one place.
func bare(form string) string {
	if rest, ok := strings.CutPrefix(form, "ال"); ok && len([]rune(form)) > 4 {
		return rest
	}
	return form
}

// forms returns the different normal forms of a list of names, sorted.
func forms(names []string) []string {
	var out []string
	for _, n := range names {
		if f := normal(n); f != "" {
			out = append(out, bare(f))
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// shape is what alignment needs of an entity.
type shape struct {
	id       string
	typ      doc.EntityType
	forms    []string
	nominals []string
	words    [][]string // of each form, sorted, each once
}

func shapes(list []doc.Entity) []shape {
	out := make([]shape, len(list))
	for i, e := range list {
		out[i] = shape{id: e.ID, typ: e.Type, forms: forms(e.Names)}
		for _, n := range e.Nominals {
			out[i].nominals = append(out[i].nominals, bare(normal(n)))
		}
		for _, f := range out[i].forms {
			w := strings.Fields(f)
			slices.Sort(w)
			out[i].words = append(out[i].words, slices.Compact(w))
		}
	}
	return out
}

// similarity is 2 and more for a shared form, 1 for a form that the other has
// as a nominal, 0.5 and more where the words of one form are among the other's.
func similarity(g, p *shape) float64 {
	shared, length := 0, 0
	for _, f := range g.forms {
		if slices.Contains(p.forms, f) {
			shared++
			length += len([]rune(f))
		}
	}
	if shared > 0 {
		return 2 + float64(length)/100
	}
	for _, n := range g.nominals {
		if slices.Contains(p.forms, n) {
			return 1
		}
	}
	best := 0.0
	for _, a := range g.words {
		for _, b := range p.words {
			if len(a) > 0 && len(b) > 0 && (within(a, b) || within(b, a)) {
				best = max(best, float64(min(len(a), len(b)))/float64(max(len(a), len(b))))
			}
		}
	}
	if best >= 0.5 {
		return best
	}
	return 0
}

func within(a, b []string) bool {
	for _, w := range a {
		if !slices.Contains(b, w) {
			return false
		}
	}
	return true
}

// Align pairs entities one to one, the most similar first, those of one type
// first among equals, then in the order of the lists. It maps predicted to gold ids.
func Align(gold, pred []doc.Entity) map[string]string {
	type pair struct {
		similarity float64
		otherType  bool
		g, p       int
	}
	var pairs []pair
	gs, ps := shapes(gold), shapes(pred)
	for i := range gs {
		for j := range ps {
			if s := similarity(&gs[i], &ps[j]); s > 0 {
				pairs = append(pairs, pair{s, gs[i].typ != ps[j].typ, i, j})
			}
		}
	}
	slices.SortFunc(pairs, func(a, b pair) int {
		if a.similarity != b.similarity {
			return cmp.Compare(b.similarity, a.similarity)
		}
		if a.otherType != b.otherType {
			if b.otherType {
				return -1
			}
			return 1
		}
		return cmp.Or(a.g-b.g, a.p-b.p)
	})
	usedG, usedP := make([]bool, len(gs)), make([]bool, len(ps))
	out := map[string]string{}
	for _, x := range pairs {
		if !usedG[x.g] && !usedP[x.p] {
			usedG[x.g], usedP[x.p] = true, true
			out[ps[x.p].id] = gs[x.g].id
		}
	}
	return out
}
