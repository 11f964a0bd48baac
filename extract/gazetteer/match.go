package gazetteer

// Match is the longest name found at a token.
type Match struct {
	Entries []*Entry // all that have the form, the most prominent first; shared, never change them
	N       int      // tokens covered; 0 for no match
	// Exact is false where the text lacks the article that all entries' forms
	// have (عراق for العراق), as it does after لـ and in constructs.
	Exact bool
	// Ambiguous says that the form is a common word too for all of Entries, so
	// that it is a name only where the context says so.
	Ambiguous bool
}

// Word returns the number of a token in folded spelling, 0 for a token that
// occurs in no form.
func (t *Table) Word(key string) Word { return t.words[key] }

// Words appends the numbers of the tokens to dst.
func (t *Table) Words(dst []Word, keys []string) []Word {
	for _, k := range keys {
		dst = append(dst, t.words[k])
	}
	return dst
}

// Match returns the longest name that starts at words[from].
func (t *Table) Match(words []Word, from int) Match {
	return t.match(words[from], words, from, entryLayer)
}

// MatchAs is Match with first in the place of words[from]: the token without
// its proclitics (ببغداد as بغداد).
func (t *Table) MatchAs(first Word, words []Word, from int) Match {
	return t.match(first, words, from, entryLayer)
}

// MatchTitle returns the longest title (وزير الدفاع, الملك) that starts at
// words[from], with first in its place.
func (t *Table) MatchTitle(first Word, words []Word, from int) Match {
	return t.match(first, words, from, titleLayer)
}

func (t *Table) match(first Word, words []Word, from int, l layer) Match {
	var best, n int32
	length := 0
	for i, w := from, first; ; w = words[i] {
		if n = t.step(n, w); n == 0 {
			break
		}
		i++
		switch s := &t.nodes[n]; {
		case s.lists&t.block != 0:
			length = 0 // only a longer name may still match
		case s.spans[l].exact+s.spans[l].bare > 0:
			best, length = n, i-from
		}
		if i == len(words) {
			break
		}
	}
	if length == 0 {
		return Match{}
	}
	m := t.span(best, l)
	m.N = length
	return m
}
