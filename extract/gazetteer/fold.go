package gazetteer

import (
	"strings"

	"github.com/sila-graph/sila/extract/arabic"
)

// tokens folds a form and appends its tokens, split as text is: an acronym
// with full stops (بي.بي.سي) is one token, whose key holds spaces.
func tokens(dst []string, form string) []string {
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
