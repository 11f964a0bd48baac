package index

import (
	"cmp"
	"maps"
	"slices"
	"sort"
	"strings"

	"github.com/sila-graph/sila/extract/doc"
	"github.com/sila-graph/sila/graph/query"
)

// words is the index over names: each word of each name, folded as
// [query.Fold] does and without the article ال, with the entities that it names.
type words struct {
	list []string // sorted
	of   postings // word → entities, those in most articles first
	full map[string][]int32
}

// fold takes a name apart into words without the article, which a reader may
// leave out or not have finished typing (الع).
func fold(s string) []string {
	parts := strings.Fields(query.Fold("x " + s))[1:] // Fold itself drops the article of the first word alone
	for i, w := range parts {
		if rest, ok := strings.CutPrefix(w, "ال"); ok && rest != "" {
			parts[i] = rest
		}
	}
	return parts
}

func (x *Index) indexWords() words {
	w := words{full: map[string][]int32{}}
	number := map[string]int32{}
	var pairs []pair
	for i := range x.Entities {
		e := &x.Entities[i]
		first := len(pairs)
		name := func(s string) {
			if s == "" {
				return
			}
			parts := fold(s)
			for _, p := range parts {
				n, ok := number[p]
				if !ok {
					n = int32(len(number))
					number[p] = n
				}
				if !slices.ContainsFunc(pairs[first:], func(q pair) bool { return q.key == n }) {
					pairs = append(pairs, pair{n, int32(i)})
				}
			}
			key := strings.Join(parts, " ")
			if l := w.full[key]; len(l) == 0 || l[len(l)-1] != int32(i) {
				w.full[key] = append(l, int32(i))
			}
		}
		name(e.Ar)
		name(e.En)
		for _, a := range e.Aliases {
			name(a)
		}
	}
	w.list = slices.Sorted(maps.Keys(number))
	to := make([]int32, len(number))
	for i, s := range w.list {
		to[number[s]] = int32(i)
	}
	for i := range pairs {
		pairs[i].key = to[pairs[i].key]
	}
	slices.SortFunc(pairs, func(a, b pair) int {
		return cmp.Or(cmp.Compare(x.Entities[b.val].NIn, x.Entities[a.val].NIn), cmp.Compare(a.val, b.val))
	})
	w.of = gather(len(w.list), pairs)
	return w
}

// Hit is what a search found.
type Hit struct {
	ID    int32
	Name  string // the form that fits, where it isn't the label
	Exact bool   // the whole name fits
	Near  bool   // only nearly: a letter is another
}

// Search finds entities by the words of their names, in any order, the last one
// perhaps unfinished: كيري, الجيش العراق, Kerry. Whole names come first, then
// those in most articles. kind, where not empty, is the type wanted; n is how many at most.
func (x *Index) Search(text string, kind doc.EntityType, n int) []Hit {
	parts := fold(text)
	if len(parts) == 0 || n <= 0 {
		return nil
	}
	if len(parts) > 8 {
		parts = parts[:8]
	}
	hits := x.find(parts, kind, n, x.prefixed)
	if len(hits) == 0 {
		if hits = x.find(parts, kind, n, x.nearly); len(hits) > 0 {
			for i := range hits {
				hits[i].Near = true
			}
		}
	}
	return hits
}

// prefixed lists the words that begin with one.
func (x *Index) prefixed(w string) (from, to int) {
	from = sort.SearchStrings(x.words.list, w)
	to = from + sort.Search(len(x.words.list)-from, func(i int) bool { return !strings.HasPrefix(x.words.list[from+i], w) })
	return from, to
}

// nearly finds the word that a writer may have meant: one letter more, less or another.
func (x *Index) nearly(w string) (from, to int) {
	if from, to = x.prefixed(w); from < to || len([]rune(w)) < 4 {
		return from, to
	}
	best, most := -1, int32(0)
	for i, s := range x.words.list {
		if d := len(s) - len(w); d > 2 || d < -2 || !oneAway(w, s) {
			continue
		}
		if l := x.words.of.of(int32(i)); best < 0 || x.Entities[l[0]].NIn > most {
			best, most = i, x.Entities[l[0]].NIn
		}
	}
	if best < 0 {
		return 0, 0
	}
	return best, best + 1
}

// oneAway says whether two words differ by one letter, or two neighbours changed places.
func oneAway(a, b string) bool {
	x, y := []rune(a), []rune(b)
	if len(x) > len(y) {
		x, y = y, x
	}
	i := 0
	for i < len(x) && x[i] == y[i] {
		i++
	}
	switch len(y) - len(x) {
	case 0:
		if i+1 < len(x) && x[i] == y[i+1] && x[i+1] == y[i] {
			return slices.Equal(x[i+2:], y[i+2:])
		}
		return i == len(x) || slices.Equal(x[i+1:], y[i+1:])
	case 1:
		return slices.Equal(x[i:], y[i+1:])
	}
	return false
}

func (x *Index) find(parts []string, kind doc.EntityType, n int, ranged func(string) (int, int)) []Hit {
	// the rarest word first: only its entities need a look
	type span struct{ from, to, size int }
	spans := make([]span, len(parts))
	for i, p := range parts {
		from, to := ranged(p)
		spans[i] = span{from, to, int(x.words.of.at[to] - x.words.of.at[from])}
	}
	slices.SortFunc(spans, func(a, b span) int { return cmp.Compare(a.size, b.size) })
	if len(spans) == 0 || spans[0].size == 0 {
		return nil
	}
	within := func(s span) []int32 { return x.words.of.list[x.words.of.at[s.from]:x.words.of.at[s.to]] }
	found := map[int32]int{}
	for _, id := range within(spans[0]) {
		if kind == "" || x.Entities[id].Type == kind {
			found[id] = 1
		}
	}
	for i, s := range spans[1:] {
		for _, id := range within(s) {
			if found[id] == i+1 {
				found[id] = i + 2
			}
		}
	}
	exact := map[int32]bool{}
	for _, id := range x.words.full[strings.Join(parts, " ")] {
		exact[id] = true
	}
	var out []Hit
	for id, c := range found {
		if c == len(parts) {
			out = append(out, Hit{ID: id, Exact: exact[id]})
		}
	}
	weight := func(h Hit) int32 { return x.Entities[h.ID].NIn + 3*x.Entities[h.ID].NFacts }
	slices.SortFunc(out, func(a, b Hit) int {
		return cmp.Or(less(b.Exact, a.Exact), cmp.Compare(weight(b), weight(a)), cmp.Compare(a.ID, b.ID))
	})
	out = slices.Clone(out[:min(len(out), n)])
	for i := range out {
		out[i].Name = x.fitting(out[i].ID, parts)
	}
	return out
}

// fitting returns the form of a name that fits the words, "" for the label.
func (x *Index) fitting(id int32, parts []string) string {
	e := &x.Entities[id]
	fits := func(s string) bool {
		have := fold(s)
		for _, p := range parts {
			if !slices.ContainsFunc(have, func(w string) bool { return strings.HasPrefix(w, p) }) {
				return false
			}
		}
		return true
	}
	if fits(e.Ar) {
		return ""
	}
	for _, a := range append([]string{e.En}, e.Aliases...) {
		if a != "" && fits(a) {
			return a
		}
	}
	return ""
}
