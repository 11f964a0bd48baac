package gazetteer

import (
	"bytes"
	"strings"

	"github.com/sila-graph/sila/extract/arabic"
)

// tokens folds a form and appends its tokens, split as text is: an acronym
// with full stops (بي.بي.سي) is one token, whose key holds spaces.
func tokens(dst []string, form string) []string {
	f := folder{}
	return f.tokens(dst, form)
}

// folder folds many forms into few strings: a token that known has already
// costs no new one.
type folder struct {
	buf   []byte
	known map[string]Word // with names, the trie's numbers and spellings
	names []string
}

func (f *folder) tokens(dst []string, form string) []string {
	if strings.IndexByte(form, '.') < 0 {
		f.buf = arabic.AppendKey(f.buf[:0], form)
		for rest := f.buf; len(rest) > 0; {
			var word []byte
			word, rest, _ = bytes.Cut(rest, []byte{' '})
			dst = append(dst, f.intern(word))
		}
		return dst
	}
	for field := range strings.FieldsFuncSeq(form, func(r rune) bool { return r == ' ' || r == '-' }) {
		k := arabic.Key(field)
		if strings.Contains(strings.TrimRight(field, "."), ".") {
			if k != "" {
				dst = append(dst, k)
			}
			continue
		}
		dst = append(dst, strings.Fields(k)...)
	}
	return dst
}

func (f *folder) intern(word []byte) string {
	if w, ok := f.known[string(word)]; ok {
		return f.names[w]
	}
	return string(word)
}
