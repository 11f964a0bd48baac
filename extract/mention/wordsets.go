package mention

import (
	"embed"
	"strings"
	"sync"

	"github.com/sila-graph/sila/extract/arabic"
	"github.com/sila-graph/sila/extract/gazetteer"
)

//go:embed data/stem_heads.txt data/office_words.txt data/place_nominals.txt data/own_name_heads.txt data/holder_heads.txt data/people_heads.txt
//go:embed data/direction_adjectives.txt data/latter_before.txt data/city_before.txt data/government_before.txt data/government_after.txt data/kingdoms.txt
var wordFiles embed.FS

// wordSet is a list of words, folded by [arabic.Key].
type wordSet map[string]bool

// wordSets are this package's own lists.
type wordSets struct {
	stem      wordSet // nouns that may be left out of a body's name
	ownName   wordSet // nouns that with a country's adjective name the country
	holders   wordSet // nouns of what a person heads: قوات, نظام
	peoples   wordSet // nouns that with a country's adjective name a people
	direction wordSet // adjectives that tell one place from another

	office       wordSet // words that go on an office
	place        wordSet // definite nouns for a place
	beforeLatter wordSet // words before الأخير that stands for a person

	// Words beside a capital's name: before the city, before its government, behind its government.
	inCity, withGovernment, governs wordSet

	bodies synonyms
}

var loadWordSets = sync.OnceValue(func() *wordSets {
	return &wordSets{
		stem: readWords("stem_heads"), ownName: readWords("own_name_heads"), holders: readWords("holder_heads"),
		peoples: readWords("people_heads"), direction: readWords("direction_adjectives"),
		office: readWords("office_words"), place: readWords("place_nominals"), beforeLatter: readWords("latter_before"),
		inCity: readWords("city_before"), withGovernment: readWords("government_before"), governs: readWords("government_after"),
		bodies: newSynonyms(),
	}
})

// readList returns the entries of an embedded list.
func readList(name string) []string {
	b, err := wordFiles.ReadFile("data/" + name + ".txt")
	if err != nil {
		panic(err) // the directive above names it
	}
	return listLines(string(b))
}

func readWords(name string) wordSet {
	m := wordSet{}
	for _, line := range readList(name) {
		m[arabic.Key(line)] = true
	}
	return m
}

// listLines returns the entries of a list's text.
func listLines(text string) (out []string) {
	for line := range strings.Lines(text) {
		if line = strings.TrimSpace(line); line != "" && line[0] != '#' {
			out = append(out, line)
		}
	}
	return out
}

// kingdomsOf returns the countries that call themselves المملكة.
func kingdomsOf(g *gazetteer.Table) (out []*entry) {
	for _, name := range readList("kingdoms") {
		for _, e := range g.Lookup(name) {
			if e.Kind == "country" {
				out = append(out, e)
			}
		}
	}
	return out
}
