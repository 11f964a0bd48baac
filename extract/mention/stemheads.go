package mention

import (
	_ "embed"
	"strings"

	"github.com/sila-graph/sila/extract/arabic"
)

//go:embed data/stem_heads.txt
var stemHeadsText string

//go:embed data/office_words.txt
var officeWordsText string

//go:embed data/place_nominals.txt
var placeNominalsText string

// wordSets are this package's own lists, folded.
type wordSets struct {
	stem   map[string]bool // nouns that may be left out of a body's name
	office map[string]bool // words that go on an office
	place  map[string]bool // definite nouns for a place
}

func newWordSets() *wordSets {
	return &wordSets{stem: wordSet(stemHeadsText), office: wordSet(officeWordsText), place: wordSet(placeNominalsText)}
}

func wordSet(text string) map[string]bool {
	m := map[string]bool{}
	for line := range strings.Lines(text) {
		if line = strings.TrimSpace(line); line != "" && line[0] != '#' {
			m[arabic.Key(line)] = true
		}
	}
	return m
}
