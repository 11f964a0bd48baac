package mention

import (
	_ "embed"
	"strings"
	"sync"
)

//go:embed data/clusters.txt
var clustersText string

// wordInfo is what unlabelled news says of a word.
type wordInfo struct {
	cluster uint16 // 0: none
	news    uint8  // see newsOf; 0: nothing known
}

// wordTable gives that by the hash of a word's core form.
type wordTable map[uint64]wordInfo

var embeddedWords = sync.OnceValue(func() wordTable { return newWordTable(clustersText, newsNamesText) })

// newWordTable reads the files of clusters and of news names.
func newWordTable(clusters, news string) wordTable {
	m := make(wordTable, 1<<16)
	n := uint16(0)
	for line := range strings.Lines(clusters) {
		if line[0] == '#' {
			continue
		}
		n++
		for w := range strings.FieldsSeq(line) {
			m[hashString(w)] = wordInfo{cluster: n}
		}
	}
	m.addNewsNames(news)
	return m
}

// Cluster returns the number of the cluster of words that keep the same company
// as word, normalised and without proclitics but with its article; 0 for none.
func Cluster(word string) uint16 { return embeddedWords()[hashString(word)].cluster }
