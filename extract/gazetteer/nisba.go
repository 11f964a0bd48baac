package gazetteer

import (
	"fmt"
	"slices"
	"strings"
)

// Nisba is an adjective of belonging: عراقي, أممي, حوثي.
type Nisba struct {
	Name      string // masculine singular, without article
	En        string
	Target    *Entry // what it belongs to: a country, region, city, people or body
	Kind      string // country, region, city, group or org
	Ambiguous bool   // also another word: مالي (Mali, or financial), قمري, بصري
}

// Gender and number of an adjective's form.
type (
	Gender byte
	Number byte
)

// Values of Gender and Number.
const (
	Masculine Gender = 'm'
	Feminine  Gender = 'f'
	Singular  Number = 's'
	Dual      Number = 'd'
	Plural    Number = 'p'
)

// NisbaForm is a form of an adjective as found in text.
type NisbaForm struct {
	*Nisba
	Gender   Gender
	Number   Number
	Definite bool // with the article
}

// Nisba returns the adjectives whose form starts at words[from], those with
// the most tokens (الكورية الجنوبية before الكورية), and that number of tokens.
func (t *Table) Nisba(words []Word, from int) ([]NisbaForm, int) {
	return t.NisbaAs(words[from], words, from)
}

// NisbaAs is Nisba with first in the place of words[from].
func (t *Table) NisbaAs(first Word, words []Word, from int) ([]NisbaForm, int) {
	var best, n int32
	length := 0
	for i, w := from, first; ; w = words[i] {
		if n = t.step(n, w); n == 0 {
			break
		}
		i++
		if t.nodes[n].nisbaN > 0 {
			best, length = n, i-from
		}
		if i == len(words) {
			break
		}
	}
	if length == 0 {
		return nil, 0
	}
	b := &t.nodes[best]
	end := b.nisba + b.nisbaN
	return t.nisbaHits[b.nisba:end:end], length
}

// NisbaWord returns the adjective that a single folded word is a form of. Where
// several belong to it, the first in the file's order of kinds is returned.
func (t *Table) NisbaWord(key string) (NisbaForm, bool) {
	f, n := t.Nisba([]Word{t.words[key]}, 0)
	if n == 0 {
		return NisbaForm{}, false
	}
	return f[0], true
}

// nisbaEndings are the regular endings after the masculine singular, and what
// they say. Plural and dual have a nominative and an oblique each, which in
// part look alike: ـيين is read as plural.
var nisbaEndings = [...]struct {
	end    string
	gender Gender
	number Number
	indef  bool // only without the article
}{
	{"", Masculine, Singular, false},
	{"ه", Feminine, Singular, false},
	{"ون", Masculine, Plural, false},
	{"ين", Masculine, Plural, false},
	{"ات", Feminine, Plural, false},
	{"ان", Masculine, Dual, false},
	{"تان", Feminine, Dual, false},
	{"تين", Feminine, Dual, false},
	{"ا", Masculine, Singular, true}, // accusative: مواطنا عراقيا
	{"و", Masculine, Plural, true},   // construct: عراقيو المهجر
}

// nisbaRow is an adjective before its target is known.
type nisbaRow struct {
	row
	file string
}

func (b *builder) nisbaRows(name, text string) error {
	rows, err := parseRows(name, text)
	for _, r := range rows {
		b.nisba = append(b.nisba, nisbaRow{r, name})
	}
	return err
}

// nisbaRank orders adjectives that share a form.
var nisbaRank = map[string]int32{"country": 5, "region": 4, "org": 3, "group": 2, "city": 1}

// addNisbas enters the forms of all adjectives. Postings number their forms
// as nisba*32 + feature, see nisbaForm.
func (b *builder) addNisbas() error {
	t := b.t
	t.nisbas = make([]Nisba, len(b.nisba))
	for i, r := range b.nisba {
		target := t.byRef[r.ref]
		if target == nil {
			return fmt.Errorf("%s:%d: %s: no entry has the ref %s", r.file, r.line, r.name, r.ref)
		}
		kind, _ := attr(r.attrs, "kind")
		rank := nisbaRank[kind]
		if rank == 0 {
			return fmt.Errorf("%s:%d: %s: kind=%s; want country, region, org, group or city", r.file, r.line, r.name, kind)
		}
		amb, _ := attr(r.attrs, "ambiguous")
		t.nisbas[i] = Nisba{Name: r.name, En: r.en, Target: target, Kind: kind, Ambiguous: amb == "1"}
		enter := func(ending int, definite bool, form []string) {
			id := int32(i)<<5 | int32(ending)<<1
			if definite {
				id |= 1
			}
			b.forms = append(b.forms, posting{node: t.insert(form), layer: nisbaLayer, rank: rank, id: id})
		}
		for _, stem := range append([]string{r.name}, r.aliases...) {
			words := slices.Clone(b.fold(stem))
			for e, end := range nisbaEndings {
				enter(e, false, inflect(words, end.end, false))
				if !end.indef {
					enter(e, true, inflect(words, end.end, true))
				}
			}
		}
		// Broken plurals and collectives (أتراك, أكراد) inflect no further.
		if pl, ok := attr(r.attrs, "pl"); ok {
			for _, form := range strings.Split(pl, ",") {
				words := slices.Clone(b.fold(form))
				enter(2, false, words)
				enter(2, true, inflect(words, "", true))
			}
		}
	}
	return nil
}

// inflect puts ending and article on an adjective of one or two words. In
// كوري شمالي both words change; in جنوب أفريقي only the second takes the
// ending and only the first the article.
func inflect(words []string, end string, definite bool) []string {
	out := append([]string(nil), words...)
	both := len(words) == 2 && strings.HasSuffix(words[0], "ي")
	for i := range out {
		if i == len(out)-1 || both {
			out[i] += end
		}
		if definite && (i == 0 || both) {
			out[i] = "ال" + out[i]
		}
	}
	return out
}

func (b *builder) nisbaForm(id int32) NisbaForm {
	e := nisbaEndings[id>>1&15]
	return NisbaForm{Nisba: &b.t.nisbas[id>>5], Gender: e.gender, Number: e.number, Definite: id&1 != 0}
}
