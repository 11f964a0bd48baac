// Package mention finds the actors, places and events that an article names:
// where, of which type, and which names belong to one of them. In comes an
// [arabic.Text]; out comes a [Result]: entities, and spans of tokens that refer
// to them, nested ones included (the country inside «وزارة الدفاع الأميركية»).
//
// [Project] makes a Result from entities that are given, as in gold
// annotations: for training, and for measuring facts apart from names.
package mention

import "github.com/sila-graph/sila/extract/doc"

// SpanKind says how a span refers to its entity.
type SpanKind uint8

// The kinds of span.
const (
	Name    SpanKind = iota // جون كيري, القوات العراقية, الموصل
	Nisba                   // a country or side by its adjective: الأميركي
	Nominal                 // التنظيم, الوزير القطري, العاصمة
)

// Span is one mention. Tokens First to Last (inclusive); bytes Start to End of
// the normalised text, proclitics left out and the article kept.
type Span struct {
	First, Last int32
	Start, End  int32
	Entity      int32 // index into Result.Entities
	Parent      int32 // index of the innermost span around it, -1 if none
	Kind        SpanKind
	Why, Merge  Reason // why it is a mention, why of this entity; for --explain
}

// Entity is one actor, place or event with what is known of it.
type Entity struct {
	Type      doc.EntityType
	Kind      string // finer: country, city, army, party …; "" unknown
	Names     []string
	Nominals  []string
	Canonical string
	Ref       string // gazetteer id
	Country   int32  // index of its country's entity, -1 unknown
	Optional  bool   // of gold entities
	ID        string // of gold entities; otherwise set by the pipeline
}

// Result is what an article names. Spans are sorted by First, longer ones
// first where they begin together.
type Result struct {
	Entities []Entity
	Spans    []Span
}
