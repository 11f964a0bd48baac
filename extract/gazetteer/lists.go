package gazetteer

import "slices"

// List is one of the word lists, such as given_names.
type List uint8

const maxLists = 64

// List returns the list of this name (its file's without .txt).
func (t *Table) List(name string) (List, bool) {
	i := slices.Index(t.lists, name)
	return List(max(i, 0)), i >= 0
}

// Lists returns the names of all lists; a List is an index of it.
func (t *Table) Lists() []string { return slices.Clone(t.lists) }

// In reports whether the list holds the word by itself.
func (t *Table) In(w Word, l List) bool {
	return t.InMask(w)>>l&1 != 0
}

// InMask returns the set of lists that hold the word by itself, a bit each.
func (t *Table) InMask(w Word) uint64 {
	return t.nodes[t.root[w]].lists // the root is in no list
}

// MatchList returns the length in tokens of the longest phrase of the list
// that starts at words[from], 0 for none.
func (t *Table) MatchList(l List, words []Word, from int) int {
	var n int32
	length := 0
	for i := from; i < len(words); i++ {
		if n = t.step(n, words[i]); n == 0 {
			break
		}
		if t.nodes[n].lists>>l&1 != 0 {
			length = i + 1 - from
		}
	}
	return length
}
