// Package doc holds what extraction hands over: the [Document] with its
// entities, facts and quotes, and the inventory of types and roles ([Types])
// from which code, graph vocabulary, labels and documentation follow.
//
// Offsets count Unicode code points from the start of title + "\n" + text.
// The package knows nothing of how a document was made.
package doc

import (
	"encoding/json"
	"fmt"
)

// Version is the version of the document format, field "v".
const Version = 1

// Document is one article with what it tells.
type Document struct {
	V        int      `json:"v"`
	ID       string   `json:"id"`
	Date     string   `json:"date"` // YYYY-MM-DD, "" where unknown
	Title    string   `json:"title"`
	Source   string   `json:"source,omitempty"`
	URL      string   `json:"url,omitempty"`
	Hash     string   `json:"hash,omitempty"` // of title and text, hexadecimal
	Text     string   `json:"text"`           // the body, without the title
	Topic    string   `json:"topic,omitempty"`
	Entities []Entity `json:"entities"`
	Facts    []Fact   `json:"facts"`
	Quotes   []Quote  `json:"quotes,omitempty"`
}

// EntityType is one of the five kinds of entity.
type EntityType string

// The entity types of the guide.
const (
	Person       EntityType = "Person"
	Organization EntityType = "Organization"
	Place        EntityType = "Place"
	Group        EntityType = "Group"
	Event        EntityType = "Event"
)

// EntityTypes lists all of them, in a fixed order.
var EntityTypes = [...]EntityType{Person, Organization, Place, Group, Event}

// Entity is one actor, place or event of the article, whatever it is called there.
type Entity struct {
	ID        string     `json:"id"` // e1, e2 … within the document
	Type      EntityType `json:"type"`
	Names     []string   `json:"names"`              // different forms in the text, the fullest bare name first
	Nominals  []string   `json:"nominals,omitempty"` // other expressions that refer to it: التنظيم, الوزير الأمريكي
	Canonical string     `json:"canonical,omitempty"`
	Ref       string     `json:"ref,omitempty"`     // gazetteer id: geonames:99532, wikidata:Q…, sila:org/…
	Country   string     `json:"country,omitempty"` // entity id of its country in this document
	Kind      string     `json:"kind,omitempty"`    // finer than Type: country, city, army … where known
	Mentions  []Mention  `json:"mentions,omitempty"`
	Optional  bool       `json:"optional,omitempty"` // gold only
}

// Mention is one occurrence of an entity. Offsets in code points.
type Mention struct {
	Start   int    `json:"start"`
	End     int    `json:"end"`
	Text    string `json:"text"`
	Nominal bool   `json:"nominal,omitempty"`

	// Why it is a mention and why of this entity, in words; known where the
	// document was extracted, not where it was read.
	Why   string `json:"-"`
	Merge string `json:"-"`
}

// Status says whether a fact happened.
type Status string

// The statuses of the guide. The empty string reads as Actual.
const (
	Actual   Status = "actual"
	Intended Status = "intended"
	Negated  Status = "negated"
	Possible Status = "possible"
)

// Fact is one thing that the article tells, typed, with its roles filled by
// entity ids.
type Fact struct {
	Type       string   `json:"type"`
	Subtype    string   `json:"subtype,omitempty"`
	Agent      []string `json:"agent,omitempty"`
	Patient    []string `json:"patient,omitempty"`
	Place      []string `json:"place,omitempty"`
	Time       string   `json:"time,omitempty"` // YYYY-MM-DD, YYYY-MM or YYYY
	Status     Status   `json:"status,omitempty"`
	Ended      bool     `json:"ended,omitempty"`
	Source     string   `json:"source,omitempty"`
	SourceKind string   `json:"source_kind,omitempty"` // named, official, security, medical, witness, monitor, party, agency, media
	Title      string   `json:"title,omitempty"`       // of HoldsPosition: the job without the country
	Count      *Range   `json:"count,omitempty"`
	Wording    string   `json:"wording,omitempty"`
	Confidence float64  `json:"confidence,omitempty"` // 0 to 1, two decimals
	Evidence   string   `json:"evidence,omitempty"`
	Sentence   int      `json:"sentence,omitempty"` // index of the sentence in the analysed text, 0 the title
	Start      int      `json:"start,omitempty"`    // of the evidence, code points
	End        int      `json:"end,omitempty"`
	Trigger    string   `json:"trigger,omitempty"`
	Rule       string   `json:"rule,omitempty"`
	Incident   int      `json:"incident,omitempty"` // facts with one number belong to one happening; 0 none
	Why        []string `json:"why,omitempty"`      // how it came about, where asked for
	Optional   bool     `json:"optional,omitempty"` // gold only
}

// Quote is a span of the text in somebody's words. Offsets in code points.
type Quote struct {
	Speaker string   `json:"speaker"`
	Start   int      `json:"start"`
	End     int      `json:"end"`
	About   []string `json:"about,omitempty"`
}

// Range is a number that may be open upwards: "at least 12" is {12, nil}.
// In JSON it is a list of two, [12, null].
type Range struct {
	Low  int
	High *int
}

// MarshalJSON writes [low, high].
func (r Range) MarshalJSON() ([]byte, error) { return json.Marshal([2]any{r.Low, r.High}) }

// UnmarshalJSON reads [low, high]; null for low reads as 0.
func (r *Range) UnmarshalJSON(b []byte) error {
	var v []*int
	if err := json.Unmarshal(b, &v); err != nil {
		return fmt.Errorf("count %s: want [low, high]: %w", b, err)
	}
	if len(v) != 2 {
		return fmt.Errorf("count %s: want two numbers, [low, high]", b)
	}
	*r = Range{High: v[1]}
	if v[0] != nil {
		r.Low = *v[0]
	}
	return nil
}

// Exactly returns the range that holds n alone.
func Exactly(n int) *Range { return &Range{Low: n, High: &n} }

// Full returns title and text as the one text that offsets refer to.
func (d *Document) Full() string { return d.Title + "\n" + d.Text }

// EntityByID returns the entity with that id, or nil.
func (d *Document) EntityByID(id string) *Entity {
	for i := range d.Entities {
		if d.Entities[i].ID == id {
			return &d.Entities[i]
		}
	}
	return nil
}
