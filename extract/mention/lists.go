package mention

import (
	"math/bits"

	"github.com/sila-graph/sila/extract/gazetteer"
)

// Word lists of the gazetteer as bits of this package's own, so that features
// stay what they are when the gazetteer gains a list.
const (
	listGivenM uint64 = 1 << iota
	listGivenF
	listFamily
	listNameParts
	listOrgHeads
	listPlaceHeads
	listEventHeads
	listGroups
	listTitlesM
	listTitlesF
	listJobs
	listPortfolios
	listSaying
	listDirections

	listNames  = listGivenM | listGivenF | listFamily | listNameParts
	listTitles = listTitlesM | listTitlesF
	listHeads  = listOrgHeads | listPlaceHeads | listEventHeads | listGroups
)

var listNamesOf = [...]string{"given_names_m", "given_names_f", "family_names", "name_parts", "org_heads", "place_heads", "event_heads",
	"group_words", "titles_m", "titles_f", "jobs", "portfolios", "saying_verbs", "directions"}

// listBits translates the gazetteer's numbers of lists into bits.
type listBits [64]uint64

func newListBits(g *gazetteer.Table) (b listBits) {
	for i, name := range listNamesOf {
		if l, ok := g.List(name); ok {
			b[l] = 1 << i
		}
	}
	return b
}

func (b *listBits) of(mask uint64) (out uint64) {
	for ; mask != 0; mask &= mask - 1 {
		out |= b[bits.TrailingZeros64(mask)]
	}
	return out
}
