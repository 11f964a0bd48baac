// Package index keeps what the explorer's pages ask for most in memory: the
// entities, facts, reports and articles of one snapshot of the graph, in
// columns, with postings from each entity to its facts and articles and a
// search index over names. Texts stay in the store.
//
// In goes a graph.QuadStore ([Build], some 3 s for 10,000 articles and 100 MB
// for 100,000 entities with 70,000 facts), out comes an [Index], which never
// changes and which any number of goroutines may ask: [Index.Search],
// [Index.Events], [Index.FactsOf], [Index.Ties], [Index.Together],
// [Index.Reports] and [Index.Article].
package index

import (
	"fmt"
	"slices"
	"strings"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/quad"

	"github.com/sila-graph/sila/extract/doc"
)

// None stands for "no entity".
const None = int32(-1)

// Index is what one snapshot holds.
type Index struct {
	Entities []Entity // in the order of their IRIs
	Facts    []Fact   // the latest first; states, which have no date of their own, where they were first told
	Articles []Article
	Actors   []int32 // persons, organisations and groups, those with most facts first; at most 200
	Places   []int32 // places, the same
	Outlets  []string
	Topics   []string

	reports  []report
	ofEntity postings // entity → facts in which it has a role
	ofSource postings // entity → facts for which it is quoted
	mentions postings // article → entities
	inside   postings // entity → articles, the latest first
	told     postings // fact → reports, the earliest article first
	words    words
	byFact   []int32 // facts in the order of their IRIs
	byID     map[string]int32
}

// Entity is one actor, place or event.
type Entity struct {
	IRI      quad.IRI
	Ar, En   string
	Aliases  []string
	Type     doc.EntityType
	Kind     string
	Key      string // its id in the graph: gazetteer id, or type and name
	Country  int32  // None where unknown
	Located  bool
	Lat, Lon float64 // degrees
	NFacts   int32   // in which it has a role
	NIn      int32   // articles that mention it
}

// Status of a fact as the graph sums it up.
type Status uint8

// The statuses in the order in which menus list them.
const (
	Actual Status = iota
	Disputed
	Negated
	Possible
	Intended
)

var statusNames = [...]string{"actual", "disputed", "negated", "possible", "intended"}

func (s Status) String() string { return statusNames[s] }

// ParseStatus reads what String writes.
func ParseStatus(s string) (Status, bool) {
	i := slices.Index(statusNames[:], s)
	return Status(max(i, 0)), i >= 0
}

// Statuses lists them all.
func Statuses() []string { return statusNames[:] }

// Fact is one fact.
type Fact struct {
	IRI        quad.IRI
	Type       *doc.Type
	Status     Status
	Claimed    bool // known from the doer's own side alone
	Ended      bool
	When       Day // told, 0 where not
	Reported   Day // date of the first article that tells it, 0 where unknown
	Agents     []int32
	Patients   []int32
	Places     []int32
	Title      string
	Subtype    string
	Low, High  int32 // least and greatest number that a report gives, -1 where none; High -1 also where open
	Confidence uint8 // of its surest report, per cent
	NReports   int32
	Kinds      uint16 // set of kinds of source, by [SourceKinds]
}

// Date is the day, month or year by which a fact is ordered: told, else reported.
func (f *Fact) Date() Day {
	if f.When != 0 {
		return f.When
	}
	return f.Reported
}

// Roles yields each entity that has a role, with that role; one with two roles comes twice.
func (f *Fact) Roles(yield func(role string, id int32) bool) {
	for _, r := range []struct {
		name string
		ids  []int32
	}{{"agent", f.Agents}, {"patient", f.Patients}, {"place", f.Places}} {
		for _, id := range r.ids {
			if !yield(r.name, id) {
				return
			}
		}
	}
}

// Article is one article; its text is read from the store.
type Article struct {
	IRI      quad.IRI
	Headline string
	Date     Day
	Outlet   uint16 // in Index.Outlets; 0 is ""
	Topic    uint16 // in Index.Topics; 0 is ""
	Text     int32  // articles with one number are copies of one text; None where it has no copy
}

// report is one article's telling of a fact.
type report struct {
	ref        graph.Ref
	article    int32
	source     int32
	low, high  int32
	confidence uint8
	kind       uint8
	status     Status
}

// SourceKinds are the kinds of source, in the order of the bits of Fact.Kinds.
var SourceKinds = []string{"none", "named", "official", "security", "medical", "witness", "monitor", "party", "agency", "media"}

// Day is a date as the number 20160721; 20160700 is a month, 20160000 a year, 0 none.
type Day int32

// ParseDay reads YYYY-MM-DD, YYYY-MM or YYYY; anything else is 0.
func ParseDay(s string) Day {
	var n [3]int
	for i, part := range strings.SplitN(s, "-", 3) {
		if want := []int{4, 2, 2}[i]; len(part) < want || i < 2 && len(part) != want {
			return 0
		} else if len(part) > want {
			part = part[:want] // a time of day follows
		}
		for _, c := range []byte(part) {
			if c < '0' || c > '9' {
				return 0
			}
			n[i] = n[i]*10 + int(c-'0')
		}
	}
	if n[1] > 12 || n[2] > 31 || n[1] == 0 && n[2] > 0 {
		return 0
	}
	return Day(n[0]*10000 + n[1]*100 + n[2])
}

func (d Day) String() string {
	switch y, m, day := d.Parts(); {
	case d == 0:
		return ""
	case m == 0:
		return fmt.Sprintf("%04d", y)
	case day == 0:
		return fmt.Sprintf("%04d-%02d", y, m)
	default:
		return fmt.Sprintf("%04d-%02d-%02d", y, m, day)
	}
}

// Parts returns year, month and day; month and day are 0 where not known.
func (d Day) Parts() (year, month, day int) { return int(d) / 10000, int(d) / 100 % 100, int(d) % 100 }

// Month returns the month as 201607, 0 where only the year is known.
func (d Day) Month() int {
	if _, m, _ := d.Parts(); m == 0 {
		return 0
	}
	return int(d) / 100
}

// Last is the greatest day that a month or year holds, the day itself for a day.
func (d Day) Last() Day {
	switch _, m, day := d.Parts(); {
	case d == 0:
		return 0
	case m == 0:
		return d + 1231
	case day == 0:
		return d + 31
	}
	return d
}

// postings are lists of numbers, one for each key, in one piece of memory.
type postings struct {
	at   []int32
	list []int32
}

func (p *postings) of(key int32) []int32 {
	if key < 0 || int(key)+1 >= len(p.at) {
		return nil
	}
	return p.list[p.at[key]:p.at[key+1]]
}

// pair is one entry of a list to be.
type pair struct{ key, val int32 }

// gather makes postings of pairs; within a key values keep the order of the pairs, each once if they come sorted.
func gather(n int, pairs []pair) postings {
	p := postings{at: make([]int32, n+1), list: make([]int32, len(pairs))}
	for _, x := range pairs {
		p.at[x.key+1]++
	}
	for i := range n {
		p.at[i+1] += p.at[i]
	}
	next := slices.Clone(p.at[:n])
	for _, x := range pairs {
		p.list[next[x.key]] = x.val
		next[x.key]++
	}
	return p
}

// Find returns the entity with that IRI.
func (x *Index) Find(iri quad.IRI) (int32, bool) {
	i, ok := slices.BinarySearchFunc(x.Entities, iri, func(e Entity, iri quad.IRI) int { return strings.Compare(string(e.IRI), string(iri)) })
	return int32(i), ok
}

// FindKey returns the entity with that id of the graph (sila:id).
func (x *Index) FindKey(key string) (int32, bool) {
	i, ok := x.byID[key]
	return i, ok
}

// FindFact returns the fact with that IRI.
func (x *Index) FindFact(iri quad.IRI) (int32, bool) {
	i, ok := slices.BinarySearchFunc(x.byFact, iri, func(f int32, iri quad.IRI) int { return strings.Compare(string(x.Facts[f].IRI), string(iri)) })
	if !ok {
		return None, false
	}
	return x.byFact[i], true
}

// FindArticle returns the article with that IRI.
func (x *Index) FindArticle(iri quad.IRI) (int32, bool) {
	i, ok := slices.BinarySearchFunc(x.Articles, iri, func(a Article, iri quad.IRI) int { return strings.Compare(string(a.IRI), string(iri)) })
	return int32(i), ok
}

// FactsOf lists the facts in which an entity has a role, the latest first.
func (x *Index) FactsOf(entity int32) []int32 { return x.ofEntity.of(entity) }

// SaidBy lists the facts for which an entity is quoted, the latest first.
func (x *Index) SaidBy(entity int32) []int32 { return x.ofSource.of(entity) }

// ArticlesOf lists the articles that mention an entity, the latest first.
func (x *Index) ArticlesOf(entity int32) []int32 { return x.inside.of(entity) }

// Mentioned lists the entities that an article mentions.
func (x *Index) Mentioned(article int32) []int32 { return x.mentions.of(article) }
