package fact

import (
	"strings"
	"sync"

	"github.com/sila-graph/sila/extract/arabic"
	"github.com/sila-graph/sila/extract/doc"
)

// The kinds of source. A narrator's own fact has none of them.
const (
	kindNamed    = "named"    // a person by name
	kindOfficial = "official" // government, ministry, diplomats
	kindSecurity = "security" // police, security services
	kindMedical  = "medical"
	kindWitness  = "witness"
	kindMonitor  = "monitor" // observatories, rights groups, activists
	kindParty    = "party"   // a side of the fight: army, armed group
	kindAgency   = "agency"  // news agency
	kindMedia    = "media"   // newspaper, channel, site
	kindNone     = "none"    // somebody of whom nothing is known: مصدر مطلع
)

// kindRank orders kinds by how much they say: «مسؤول أمني» is security.
var kindRank = map[string]int{kindNone: 1, kindOfficial: 2, kindMedia: 3, kindParty: 4, kindAgency: 5, kindMonitor: 6, kindWitness: 7, kindSecurity: 8, kindMedical: 9}

var sourceWords = sync.OnceValue(func() map[string]string {
	lines, err := listLines("sources")
	if err != nil {
		panic("fact: embedded data: " + err.Error()) // TestSourceWords loads it
	}
	m := make(map[string]string, len(lines))
	for _, line := range lines {
		w, kind, _ := strings.Cut(line, "\t")
		m[w] = kind
	}
	return m
})

// gazetteerKinds says which kind of source a body of the gazetteer is.
var gazetteerKinds = map[string]string{
	"ministry": kindOfficial, "government": kindOfficial, "authorities": kindOfficial, "parliament": kindOfficial, "embassy": kindOfficial,
	"court": kindOfficial, "country": kindOfficial, "capital": kindOfficial, "alliance": kindParty, "coalition": kindParty, "army": kindParty,
	"branch": kindParty, "militia": kindParty, "movement": kindParty, "security": kindSecurity, "police": kindSecurity,
	"newspaper": kindMedia, "tv": kindMedia, "web": kindMedia, "magazine": kindMedia, "radio": kindMedia, "newsagency": kindAgency, "ngo": kindMonitor,
}

// kindOfSource says what kind of source an entity is: a person is named; a body
// by the gazetteer, else by the head of its name (وكالة, صحيفة, مرصد, وزارة).
func (p *parser) kindOfSource(e int32) string {
	x := &p.m.Entities[e]
	if x.Type == doc.Person || x.Type == doc.Group {
		return kindNamed
	}
	if k := gazetteerKinds[x.Kind]; k != "" {
		return k
	}
	if len(x.Names) > 0 {
		head, _, _ := strings.Cut(x.Names[0], " ")
		if k := sourceWords()[arabic.StripArticle(arabic.Normalize(head))]; k != "" && k != kindNone {
			return k
		}
	}
	return kindNamed
}

// anonymous returns the kind of a voice that nobody is named for: «قال مصدر
// طبي», «بحسب شهود عيان». "" where no speaker is told at all.
func (x *run) anonymous(v *voice) string {
	if v.verb < 0 {
		return ""
	}
	p := &x.parser
	best, words := "", 0
	for m := v.verb + 1; m < len(p.items) && words < 8; m++ {
		it := &p.items[m]
		switch it.kind {
		case itComp, itColon, itQuote, itRel:
			return best
		case itComma, itConj:
			if best != "" {
				return best
			}
		}
		if m > v.verb+1 && it.kind == itVerb {
			return best
		}
		for i := it.first; i <= it.last; i++ {
			words++
			if k := sourceWords()[p.t.Base(int(i))]; kindRank[k] > kindRank[best] {
				best = k
			}
		}
	}
	return best
}
