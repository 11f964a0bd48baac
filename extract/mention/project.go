package mention

import (
	"cmp"
	"slices"
	"strings"

	"github.com/sila-graph/sila/extract/arabic"
	"github.com/sila-graph/sila/extract/doc"
)

// Project finds the names and nominals of given entities in a text. Where forms
// overlap the longer one wins; a shorter one inside it remains as a nested span
// (العراقية inside القوات العراقية). Forms may stand behind proclitics.
func Project(t *arabic.Text, entities []doc.Entity) *Result {
	res := &Result{}
	type form struct {
		words  []string
		entity int32
		kind   SpanKind
	}
	byFirst := map[string][]form{}
	add := func(s string, e int, kind SpanKind) {
		x := arabic.Analyze(s)
		f := form{entity: int32(e), kind: kind}
		for i := range x.Tokens {
			if x.Tokens[i].Kind != arabic.Punct {
				f.words = append(f.words, arabic.Key(x.Form(i)))
			}
		}
		if len(f.words) > 0 {
			byFirst[f.words[0]] = append(byFirst[f.words[0]], f)
		}
	}
	for i, e := range entities {
		res.Entities = append(res.Entities, Entity{Type: e.Type, Kind: e.Kind, Names: e.Names, Nominals: e.Nominals,
			Canonical: e.Canonical, Ref: e.Ref, Country: -1, Optional: e.Optional, ID: e.ID})
		for _, n := range e.Names {
			kind := Name
			if e.Type == doc.Place && isAdjective(n, e.Names) {
				kind = Nisba
			}
			add(n, i, kind)
		}
		for _, n := range e.Nominals {
			add(n, i, Nominal)
		}
	}
	for i := range t.Tokens {
		if t.Tokens[i].Kind == arabic.Punct {
			continue
		}
		seen := map[int]bool{}
		for _, start := range starts(t, i) {
			word := t.Norm[start:t.Tokens[i].End]
			fs := byFirst[arabic.Key(word)]
			if rest, ok := strings.CutPrefix(word, "لل"); ok && len(fs) == 0 {
				fs = byFirst[arabic.Key("ال"+rest)] // للجيش: the article's alef is not written behind ل
				start += int32(len("لل"))
			}
			best := -1
			var bestLast int
			for k, f := range fs {
				last, ok := matchWords(t, i, f.words)
				if !ok || seen[last] {
					continue
				}
				if best < 0 || last > bestLast || last == bestLast && f.kind < fs[best].kind {
					best, bestLast = k, last
				}
			}
			if best >= 0 {
				seen[bestLast] = true
				f := fs[best]
				res.Spans = append(res.Spans, Span{First: int32(i), Last: int32(bestLast), Start: start, End: t.Tokens[bestLast].End, Entity: f.entity, Kind: f.kind})
				break
			}
		}
	}
	res.Nest()
	return res
}

// starts lists the bytes at which the word of token i may begin: as it stands,
// then behind each proclitic that analysis found or that may be one.
func starts(t *arabic.Text, i int) []int32 {
	k := &t.Tokens[i]
	out := []int32{k.Start}
	if k.Kind != arabic.Word {
		return out
	}
	at := k.Start
	for n := 0; n < 3 && at+4 < k.End; n++ {
		w := t.Norm[at:k.End]
		if !strings.HasPrefix(w, "و") && !strings.HasPrefix(w, "ف") && !strings.HasPrefix(w, "ب") && !strings.HasPrefix(w, "ل") && !strings.HasPrefix(w, "ك") {
			break
		}
		at += 2
		out = append(out, at)
	}
	return out
}

// matchWords says whether words stand from token i on, whose first was compared already.
func matchWords(t *arabic.Text, i int, words []string) (int, bool) {
	j := i
	for _, w := range words[1:] {
		j++
		for j < len(t.Tokens) && t.Tokens[j].Kind == arabic.Punct {
			if t.Form(j) == "\n" {
				return 0, false
			}
			j++
		}
		if j >= len(t.Tokens) || arabic.Key(t.Form(j)) != w {
			return 0, false
		}
	}
	return j, true
}

// isAdjective guesses whether a place's form is its nisba: one word in ي, ية,
// يين, while another form of the place is not.
func isAdjective(form string, all []string) bool {
	suffix := func(s string) bool {
		s = arabic.Normalize(s)
		for _, x := range [...]string{"ي", "ية", "يون", "يين", "ان"} {
			if strings.HasSuffix(s, x) && !strings.Contains(s, " ") {
				return true
			}
		}
		return false
	}
	if !suffix(form) {
		return false
	}
	for _, other := range all {
		if !suffix(other) {
			return true
		}
	}
	return len(all) == 1 && strings.HasPrefix(form, "ال")
}

// Nest sorts the spans and finds each one's parent.
func (r *Result) Nest() {
	slices.SortStableFunc(r.Spans, func(a, b Span) int {
		return cmp.Or(cmp.Compare(a.First, b.First), cmp.Compare(b.Last, a.Last), cmp.Compare(a.Entity, b.Entity))
	})
	var open []int32
	for i := range r.Spans {
		s := &r.Spans[i]
		for len(open) > 0 && r.Spans[open[len(open)-1]].Last < s.Last {
			open = open[:len(open)-1]
		}
		for len(open) > 0 && r.Spans[open[len(open)-1]].Last < s.First {
			open = open[:len(open)-1]
		}
		s.Parent = -1
		if n := len(open); n > 0 && r.Spans[open[n-1]].First <= s.First {
			s.Parent = open[n-1]
		}
		open = append(open, int32(i))
	}
}
