package mention

import (
	"bufio"
	"context"
	"io"
	"strings"

	"github.com/sila-graph/sila/extract/arabic"
)

// TagTokens tags the tokens of one sentence with B- and I- of PERS, LOC, ORG
// and MISC, or O, in the way of ANERcorp.
func (r *Recognizer) TagTokens(tokens []string) []string {
	return r.TagSentences([]CoNLL{{Tokens: tokens}})[0]
}

// TagCoNLL reads a token a line, with a blank line between sentences, and writes each
// with its tag. Further columns are left out. Sentences come in the order read, some
// twenty at a time.
func (r *Recognizer) TagCoNLL(ctx context.Context, in io.Reader, out io.Writer) error {
	sc := bufio.NewScanner(in)
	sc.Buffer(nil, 1<<20)
	w := bufio.NewWriter(out)
	var ss []CoNLL
	var cur CoNLL
	write := func() error {
		for i, tags := range r.TagSentences(ss) {
			for k, tag := range tags {
				w.WriteString(ss[i].Tokens[k])
				w.WriteByte(' ')
				w.WriteString(tag)
				w.WriteByte('\n')
			}
			w.WriteByte('\n')
		}
		ss = ss[:0]
		return ctx.Err()
	}
	end := func() error {
		if len(cur.Tokens) == 0 {
			return nil
		}
		ss, cur = append(ss, cur), CoNLL{}
		if len(ss) < chunk {
			return nil
		}
		return write()
	}
	for sc.Scan() {
		token, _, _ := strings.Cut(strings.TrimSpace(strings.ReplaceAll(sc.Text(), "\t", " ")), " ")
		if token != "" {
			cur.Tokens = append(cur.Tokens, token)
			continue
		}
		if err := end(); err != nil {
			return err
		}
	}
	if err := sc.Err(); err != nil {
		return err
	}
	if err := end(); err != nil {
		return err
	}
	if err := write(); err != nil {
		return err
	}
	return w.Flush()
}

// chunk is how many sentences are read as one text, about an article.
const chunk = 20

// TagSentences tags the sentences of one text, which tell of each other:
// what follows a title in one is known for a person in the next.
func (r *Recognizer) TagSentences(ss []CoNLL) [][]string {
	out := make([][]string, 0, len(ss))
	for len(ss) > 0 {
		n := min(chunk, len(ss))
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
