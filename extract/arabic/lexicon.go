package arabic

import (
	_ "embed"
	"strings"
	"sync"
)

//go:embed data/words.txt
var wordsText string

//go:embed data/closed.txt
var closedText string

// lexicon knows how often words stand in news, and the words of closed classes
// that look as if they began with a proclitic or ended in a pronoun.
type lexicon struct {
	count  map[string]uint32   // occurrences in 3 million words
	closed map[string]analysis // كان, فيها, والى …
}

// analysis is a split of a word: bytes before Bare are proclitics, bytes from
// Base on the enclitic.
type analysis struct {
	bare, base int32
	pro        Clitic
	enc        Enclitic
}

var loadLexicon = sync.OnceValue(func() *lexicon {
	l := &lexicon{count: make(map[string]uint32, 1<<16), closed: make(map[string]analysis, 1<<9)}
	for line := range strings.Lines(wordsText) {
		line = strings.TrimSuffix(line, "\n")
		if line == "" || line[0] == '#' {
			continue
		}
		word, num, _ := strings.Cut(line, "\t")
		n := uint32(0)
		for _, c := range []byte(num) {
			n = n*10 + uint32(c-'0')
		}
		l.count[word] = n
	}
	for line := range strings.Lines(closedText) {
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' {
			continue
		}
		word, a := parseClosed(line)
		l.closed[word] = a
	}
	return l
})

// parseClosed reads a line of closed.txt: the word with "+" after each
// proclitic and before the enclitic: "و+في+ها" is وفيها.
func parseClosed(line string) (string, analysis) {
	parts := strings.Split(line, "+")
	word := strings.Join(parts, "")
	a := analysis{base: int32(len(word))}
	i := 0
	for ; i < len(parts)-1; i++ {
		c, ok := cliticOf[parts[i]]
		if !ok || c&(Wa|Fa) == 0 && i == len(parts)-2 && encliticOf[parts[i+1]] != NoEnclitic {
			break // the preposition of ب+ه, ل+هم is the word itself
		}
		a.pro |= c
		a.bare += int32(len(parts[i]))
	}
	if i < len(parts)-1 {
		if e, ok := encliticOf[parts[len(parts)-1]]; ok {
			a.enc = e
			a.base -= int32(len(parts[len(parts)-1]))
		}
	}
	return word, a
}

var cliticOf = map[string]Clitic{"و": Wa, "ف": Fa, "س": Sa, "ب": Ba, "ك": Ka, "ل": La, "ال": Al, "لل": La | Al}

var encliticOf = map[string]Enclitic{"ه": Hu, "ها": Ha, "هم": Hum, "هما": Huma, "هن": Hunna, "نا": Na, "ي": Ya, "ني": Ya, "كم": Kum, "ك": Kum}

// Count says how often a normalised word form, as it stands with its clitics,
// occurs in 3 million words of news; 0 for forms too rare for the list.
// It tells common words from names.
func Count(form string) uint32 { return loadLexicon().count[form] }
