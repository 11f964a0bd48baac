package mention

import (
	_ "embed"
	"strings"
	"sync"
)

//go:embed data/clusters.txt
var clustersText string

// clusterTable gives each frequent word, by the hash of its core form, the
// number of its cluster; 0 for words of none.
type clusterTable map[uint64]uint16

var embeddedClusters = sync.OnceValue(func() clusterTable {
	m := make(clusterTable, 1<<15)
	n := uint16(0)
	for line := range strings.Lines(clustersText) {
		if line[0] == '#' {
			continue
		}
		n++
		for w := range strings.FieldsSeq(line) {
			m[hashString(w)] = n
		}
	}
	return m
})
