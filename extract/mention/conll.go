package mention

import (
	"strings"

	"github.com/sila-graph/sila/extract/arabic"
)

// TagTokens tags the tokens of one sentence with B- and I- of PERS, LOC, ORG
// and MISC, or O, in the way of ANERcorp.
func (r *Recognizer) TagTokens(tokens []string) []string {
	return r.TagSentences([]CoNLL{{Tokens: tokens}})[0]
}

// TagSentences tags the sentences of one text, which tell of each other:
// what follows a title in one is known for a person in the next.
func (r *Recognizer) TagSentences(ss []CoNLL) [][]string {
	const size = 20 // sentences at a time, about an article
	out := make([][]string, 0, len(ss))
	for len(ss) > 0 {
		n := min(size, len(ss))
		out = r.tagChunk(ss[:n], out)
		ss = ss[n:]
	}
	return out
}

func (r *Recognizer) tagChunk(ss []CoNLL, out [][]string) [][]string {
	var b strings.Builder
	var ends []int // of each token, in bytes
	for _, s := range ss {
		for _, tok := range s.Tokens {
			b.WriteString(tok)
			ends = append(ends, b.Len())
			b.WriteByte(' ')
		}
		b.WriteByte('\n')
	}
	t := arabic.Analyze(b.String())
	r.read(t)
	m := r.conll
	if m == nil {
		m = embeddedCoNLL()
	}
	r.tagWith(t, m)
	// The label of a token is that of the first analysed token in it that has one.
	labels := make([]label, len(ends))
	j := 0
	for i := range t.Tokens {
		start, _ := t.Source(int(t.Tokens[i].Start), int(t.Tokens[i].End))
		for j < len(ends) && ends[j] <= start {
			j++
		}
		if j < len(ends) && labels[j] == outside {
			labels[j] = r.tags[i]
		}
	}
	k := 0
	for _, s := range ss {
		tags := make([]string, len(s.Tokens))
		prev := outside
		for i := range tags {
			l := labels[k]
			k++
			switch {
			case l == outside || l.class() == classGroup:
				tags[i], l = "O", outside
			case l.isInside() && l.follows(prev):
				tags[i] = "I-" + classNames[conllClass(l.class())]
			default:
				tags[i] = "B-" + classNames[conllClass(l.class())]
			}
			prev = l
		}
		out = append(out, tags)
	}
	return out
}

// conllClass folds events into MISC, as ANERcorp does.
func conllClass(c class) class {
	if c == classEvent {
		return classMisc
	}
	return c
}
