package query

import (
	"context"
	"maps"
	"slices"
	"strings"
	"sync"
	"unicode"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/quad"
	"golang.org/x/text/unicode/norm"

	"github.com/sila-graph/sila/graph/vocab"
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

	latin      sync.Once
	bySkeleton map[string][]sounded
}

// loadNames reads the names of all entities once, some 100,000 a second; exact
// names never come here.
func (e *Engine) loadNames(ctx context.Context) (*names, error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.names != nil {
		return e.names, nil
	}
	n := &names{byKey: map[string][]quad.IRI{}}
	iris := map[key]quad.IRI{}
	for _, predicate := range []quad.IRI{vocab.Label, vocab.Alias} {
		err := e.scan(ctx, func(q graph.Ref) error {
			s := e.qs.QuadDirection(q, quad.Subject)
			iri, ok := iris[s.Key()]
			if !ok {
				iri = e.iriOf(s)
				iris[s.Key()] = iri
			}
			if entityIRI(iri) { // the vocabulary has labels too
				n.add(iri, e.qs.NameOf(e.qs.QuadDirection(q, quad.Object)))
			}
			return nil
		}, part{quad.Predicate, e.qs.ValueOf(predicate)})
		if err != nil {
			return nil, err
		}
	}
	n.keys = slices.Sorted(maps.Keys(n.byKey))
	for _, iris := range n.byKey {
		slices.Sort(iris)
	}
	e.names = n
	return n, nil
}

func (n *names) add(iri quad.IRI, name quad.Value) {
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

// lookupFolded finds what a name stands for beyond exact names: with spelling
// variants folded; in Latin letters, an abbreviation, a part of an English label,
// what sounds like it. The first of these ways that leads to one alone is taken.
func (e *Engine) lookupFolded(ctx context.Context, kind queries.Kind, name string) (Candidate, error) {
	n, err := e.loadNames(ctx)
	if err != nil {
		return Candidate{}, err
	}
	key := Fold(name)
	tries := []func() []quad.IRI{func() []quad.IRI { return n.byKey[key] }}
	var like []quad.IRI // what might be meant too
	if isLatin(name) {
		tries = append(tries,
			func() []quad.IRI { return n.byKey[Fold(latinNames()[key])] },
			func() []quad.IRI { return n.withWord(key) },
			func() (closest []quad.IRI) {
				closest, like = n.soundsLike(name)
				return closest
			})
	}
	var several []Candidate
	for i, try := range tries {
		cands, err := e.candidates(ctx, kind, try())
		switch {
		case err != nil:
			return Candidate{}, err
		case len(cands) == 1:
			return cands[0], nil
		case len(cands) > 1 && several == nil:
			several = cands
		}
		if i < 2 && several != nil { // the very name of several
			break
		}
	}
	if several != nil {
		return Candidate{}, &NameError{Kind: kind, Name: name, Candidates: several[:min(len(several), 3*maxNear)], Ambiguous: true}
	}
	cands, err := e.candidates(ctx, kind, append(n.near(key), like...))
	if err != nil {
		return Candidate{}, err
	}
	return Candidate{}, &NameError{Kind: kind, Name: name, Candidates: cands[:min(len(cands), maxNear)]}
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
