package fact

import (
	"slices"
	"sync"

	"github.com/sila-graph/sila/extract/arabic"
	"github.com/sila-graph/sila/extract/doc"
)

// incidentTypes are the types whose facts can be parts of one happening: the
// deed, and what it did to people.
var incidentTypes = []string{"Attack", "Clash", "Kill", "Injure", "Arrest", "Displace", "Protest"}

// harm are the types that tell what a deed did.
func harm(typ string) bool { return typ == "Kill" || typ == "Injure" || typ == "Displace" }

var resultWords = sync.OnceValue(func() map[string]bool { return wordSet("results") })

// Reach of an incident: how many sentences apart its facts may be told, and how
// many tokens apart in one sentence without a word of result between.
const (
	incidentSentences = 2
	incidentTokens    = 14
)

// happening is a group of facts while incidents are found.
type happening struct {
	facts  []int
	time   string
	places []string
	deed   string // first type that is no harm
}

// incidents numbers the facts of one happening in an article: an attack, its
// dead and its wounded. Facts belong together where
//   - one sentence tells a deed and its harm, by a word of result («هجوم أسفر عن
//     مقتل …», «ما أدى إلى إصابة …»), or next to each other;
//   - sentences that follow each other tell of the same place or the same
//     parties, and one of both is harm or both are the same type;
//   - day and place are the same wherever the article tells them.
//
// Times or places that contradict each other keep facts apart; what did not
// happen belongs to none. Numbers go by the first fact, from 1.
func incidents(t *arabic.Text, facts []doc.Fact) {
	group := make([]*happening, len(facts))
	for i := range facts {
		f := &facts[i]
		f.Incident = 0
		if eligible(f) {
			group[i] = &happening{facts: []int{i}, time: f.Time, places: spots(f)}
			if !harm(f.Type) {
				group[i].deed = f.Type
			}
		}
	}
	// Closest first: what one sentence tells, then neighbours, then the day.
	for _, near := range []func(f, g *doc.Fact) bool{
		func(f, g *doc.Fact) bool { return f.Sentence == g.Sentence && inSentence(t, f, g) },
		func(f, g *doc.Fact) bool { return inNeighbours(f, g) },
		func(f, g *doc.Fact) bool {
			return len(f.Time) == len("2006-01-02") && f.Time == g.Time && meet(spots(f), spots(g)) && (harm(f.Type) || harm(g.Type) || f.Type == g.Type)
		},
	} {
		for i := range facts {
			for j := i + 1; j < len(facts); j++ {
				a, b := group[i], group[j]
				if a == nil || b == nil || a == b || !near(&facts[i], &facts[j]) || !joinable(a, b) {
					continue
				}
				a.facts = append(a.facts, b.facts...)
				if a.time == "" {
					a.time = b.time
				}
				if a.deed == "" {
					a.deed = b.deed
				}
				a.places = append(a.places, b.places...)
				for _, k := range b.facts {
					group[k] = a
				}
			}
		}
	}
	number := map[*happening]int{}
	for i, h := range group {
		if h == nil || len(h.facts) < 2 {
			continue
		}
		if number[h] == 0 {
			number[h] = len(number) + 1
		}
		facts[i].Incident = number[h]
	}
}

func eligible(f *doc.Fact) bool {
	return slices.Contains(incidentTypes, f.Type) && f.Status != doc.Intended && f.Status != doc.Negated
}

// spots lists where a fact happened: its places, and what it hit.
func spots(f *doc.Fact) []string {
	if f.Type == "Attack" {
		return append(slices.Clone(f.Place), f.Patient...)
	}
	return f.Place
}

// joinable says whether two groups contradict each other in neither time nor place.
func joinable(a, b *happening) bool {
	if a.time != "" && b.time != "" && !prefix(a.time, b.time) {
		return false
	}
	if a.deed != "" && b.deed != "" && a.deed != b.deed && (a.deed == "Arrest" || b.deed == "Arrest" || a.deed == "Protest" || b.deed == "Protest") {
		return false
	}
	return len(a.places) == 0 || len(b.places) == 0 || meet(a.places, b.places)
}

// prefix says whether one time holds the other: 2015-07 holds 2015-07-21.
func prefix(a, b string) bool {
	n := min(len(a), len(b))
	return a[:n] == b[:n]
}

func meet(a, b []string) bool {
	return slices.ContainsFunc(a, func(x string) bool { return slices.Contains(b, x) })
}

// inSentence says whether two facts of one sentence are one happening: a deed and
// its harm, or two harms, with a word of result between or close to each other.
func inSentence(t *arabic.Text, f, g *doc.Fact) bool {
	if !harm(f.Type) && !harm(g.Type) {
		return f.Type == g.Type && (meet(f.Patient, g.Patient) || f.Trigger == g.Trigger && f.Start == g.Start)
	}
	a, b := triggerAt(t, f), triggerAt(t, g)
	if a > b {
		a, b = b, a
	}
	if b-a <= incidentTokens {
		return true
	}
	for k := a; k < b; k++ {
		if resultWords()[t.Base(int(k))] || resultWords()[t.Bare(int(k))] {
			return true
		}
	}
	return false
}

// triggerAt returns the token of a fact's trigger within its evidence.
func triggerAt(t *arabic.Text, f *doc.Fact) int32 {
	s := t.Sentences[f.Sentence]
	for k := s.First; k < s.Last; k++ {
		tok := &t.Tokens[k]
		start, end := t.Points(int(tok.Start), int(tok.End))
		if start < f.Start {
			continue
		}
		if end > f.End {
			break
		}
		if t.Slice(int(tok.Bare), int(tok.End)) == f.Trigger {
			return k
		}
	}
	return s.First
}

// inNeighbours says whether two facts of sentences close to each other share
// place or parties.
func inNeighbours(f, g *doc.Fact) bool {
	d := g.Sentence - f.Sentence
	if d < 0 {
		d = -d
	}
	if d > incidentSentences || f.Sentence == 0 && g.Sentence > 3 {
		return false
	}
	if f.Type != g.Type && !harm(f.Type) && !harm(g.Type) {
		return false
	}
	if meet(spots(f), spots(g)) {
		return true
	}
	return meet(f.Patient, g.Patient) || meet(f.Agent, g.Agent) && len(f.Agent) > 0 && (len(f.Patient) == 0 || len(g.Patient) == 0)
}
