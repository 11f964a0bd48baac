package query

import (
	"context"
	"maps"
	"slices"
	"strings"
	"unicode"

	"github.com/cayleygraph/cayley/graph/path"
	"github.com/cayleygraph/quad"
	"golang.org/x/text/unicode/norm"

	"github.com/sila-graph/sila/extract/doc"
	"github.com/sila-graph/sila/queries"
)

// Fold maps spellings of one Arabic name to one key: compatibility forms,
// diacritics and tatweel, the letters that writers confuse (أ إ آ ٱ → ا, ى → ي,
// ة → ه, ؤ → و, ئ → ي), punctuation, case, and the article of the first word
// (الموصل and موصل name one place).
func Fold(s string) string {
	var b strings.Builder
	space := false
	for _, r := range norm.NFKC.String(s) {
		switch r {
		case 'أ', 'إ', 'آ', 'ٱ':
			r = 'ا'
		case 'ى', 'ئ':
			r = 'ي'
		case 'ة':
			r = 'ه'
		case 'ؤ':
			r = 'و'
		case 'ـ':
			continue
		}
		if unicode.Is(unicode.Mn, r) {
			continue
		}
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			space = b.Len() > 0
			continue
		}
		if space {
			b.WriteByte(' ')
			space = false
		}
		b.WriteRune(unicode.ToLower(r))
	}
	key := b.String()
	if rest, ok := strings.CutPrefix(key, "ال"); ok && len([]rune(key)) > 4 {
		return rest
	}
	return key
}

// names holds every entity by its folded names.
type names struct {
	byKey map[string][]quad.IRI
	keys  []string // sorted
}

// loadNames reads the names of all entities once. A graph of a million entities
// takes some seconds; exact names never come here.
func (e *Engine) loadNames(ctx context.Context) (*names, error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.names != nil {
		return e.names, nil
	}
	n := &names{byKey: map[string][]quad.IRI{}}
	for _, t := range doc.EntityTypes {
		for _, predicate := range []quad.IRI{"rdfs:label", "sila:alias"} {
			err := path.StartPath(e.qs, quad.IRI("sila:"+string(t))).In(quad.IRI("rdf:type")).Save(predicate, "name").
				Tag("node").Iterate(ctx).Paths(true).TagValues(e.qs, func(tags map[string]quad.Value) { n.add(tags["node"], tags["name"]) })
			if err != nil {
				return nil, err
			}
		}
	}
	n.keys = slices.Sorted(maps.Keys(n.byKey))
	e.names = n
	return n, nil
}

func (n *names) add(node, name quad.Value) {
	iri, ok := node.(quad.IRI)
	if !ok {
		return
	}
	var text string
	switch v := name.(type) {
	case quad.LangString:
		text = string(v.Value)
	case quad.String:
		text = string(v)
	}
	if key := Fold(text); key != "" && !slices.Contains(n.byKey[key], iri) {
		n.byKey[key] = append(n.byKey[key], iri)
	}
}

func (e *Engine) lookupFolded(ctx context.Context, kind queries.Kind, name string) (Candidate, error) {
	n, err := e.loadNames(ctx)
	if err != nil {
		return Candidate{}, err
	}
	key := Fold(name)
	cands, err := e.candidates(ctx, kind, n.byKey[key])
	switch {
	case err != nil:
		return Candidate{}, err
	case len(cands) == 1:
		return cands[0], nil
	case len(cands) > 1:
		return Candidate{}, &NameError{Kind: kind, Name: name, Candidates: cands, Ambiguous: true}
	}
	near, err := e.candidates(ctx, kind, n.near(key))
	if err != nil {
		return Candidate{}, err
	}
	return Candidate{}, &NameError{Kind: kind, Name: name, Candidates: near[:min(len(near), maxNear)]}
}

const maxNear = 5

// near returns the entities whose keys are most like key: those that contain
// it or its words, then those a few letters away.
func (n *names) near(key string) []quad.IRI {
	type scored struct {
		iri   quad.IRI
		score int
	}
	var all []scored
	words := strings.Fields(key)
	for _, k := range n.keys {
		s := 0
		switch {
		case strings.Contains(" "+k+" ", " "+key+" "):
			s = 100
		case strings.Contains(k, key):
			s = 90
		default:
			for _, w := range words {
				if len(w) > 4 && slices.Contains(strings.Fields(k), w) {
					s += 20
				}
			}
			if d := distance(key, k, 3); d <= 2 && d*3 < len([]rune(key)) {
				s = max(s, 80-10*d)
			}
		}
		if s == 0 {
			continue
		}
		for _, iri := range n.byKey[k] {
			all = append(all, scored{iri, s})
		}
	}
	slices.SortStableFunc(all, func(a, b scored) int {
		if a.score != b.score {
			return b.score - a.score
		}
		return strings.Compare(string(a.iri), string(b.iri))
	})
	var out []quad.IRI
	for _, s := range all {
		if !slices.Contains(out, s.iri) {
			out = append(out, s.iri)
		}
		if len(out) == 4*maxNear { // some may be of another kind
			break
		}
	}
	return out
}

// distance returns the edit distance of two texts in letters, or limit where it is at least that.
func distance(a, b string, limit int) int {
	x, y := []rune(a), []rune(b)
	if len(x)-len(y) >= limit || len(y)-len(x) >= limit {
		return limit
	}
	row := make([]int, len(y)+1)
	for j := range row {
		row[j] = j
	}
	for i, r := range x {
		prev := row[0]
		row[0] = i + 1
		best := row[0]
		for j, s := range y {
			cost := prev
			if r != s {
				cost++
			}
			prev = row[j+1]
			row[j+1] = min(cost, row[j]+1, row[j+1]+1)
			best = min(best, row[j+1])
		}
		if best >= limit {
			return limit
		}
	}
	return min(row[len(y)], limit)
}
