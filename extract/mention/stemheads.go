package mention

import (
	_ "embed"
	"strings"

	"github.com/sila-graph/sila/extract/arabic"
)

//go:embed data/stem_heads.txt
var stemHeadsText string

// stemHeads are the nouns that may be left out of a body's name, folded.
func stemHeads() map[string]bool {
	m := map[string]bool{}
	for line := range strings.Lines(stemHeadsText) {
		if line = strings.TrimSpace(line); line != "" && line[0] != '#' {
			m[arabic.Key(line)] = true
		}
	}
	return m
}
