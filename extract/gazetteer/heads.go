package gazetteer

import (
	"fmt"
	"slices"
	"strings"
)

// Kinds is a set of kinds of place.
type Kinds uint32

// kindNames lists the kinds that heads speak of; the index is the bit.
var kindNames = [...]string{
	"country", "capital", "city", "town", "village", "province", "region", "district",
	"camp", "base", "airport", "crossing", "front", "river", "island", "mountain",
	"sea", "strait", "desert", "port", "dam", "oilfield", "facility", "road",
	"neighbourhood", "continent", "valley", "state", "quarter",
}

// Head returns the kinds of place that may follow a head noun (محافظة:
// province; قريتي: village), 0 for a word that is no head noun.
func (t *Table) Head(w Word) Kinds { return t.nodes[t.root[w]].heads }

// Has reports whether the set holds the kind of an entry.
func (k Kinds) Has(kind string) bool {
	i := slices.Index(kindNames[:], kind)
	return i >= 0 && k>>i&1 != 0
}

// Choose returns the first entry whose kind the set holds, nil for none: after
// محافظة the form حلب means the province, after مدينة the city.
func (k Kinds) Choose(entries []*Entry) *Entry {
	for _, e := range entries {
		if k.Has(e.Kind) {
			return e
		}
	}
	return nil
}

// headFile reads heads.tsv: a head noun, a tab, kinds parted by spaces.
func (b *builder) headFile(name, text string) error {
	n := 0
	for line := range strings.Lines(text) {
		n++
		line = strings.TrimRight(line, "\n")
		if line == "" || line[0] == '#' {
			continue
		}
		noun, kinds, ok := strings.Cut(line, "\t")
		words := tokens(nil, noun)
		if !ok || len(words) != 1 {
			return fmt.Errorf("%s:%d: %q: want one word, a tab and kinds", name, n, line)
		}
		var set Kinds
		for kind := range strings.FieldsSeq(kinds) {
			i := slices.Index(kindNames[:], kind)
			if i < 0 {
				return fmt.Errorf("%s:%d: unknown kind %q", name, n, kind)
			}
			set |= 1 << i
		}
		b.t.nodes[b.t.insert(words)].heads |= set
	}
	return nil
}
