// Package vocab names everything in the graph: the classes and predicates
// that follow from doc's inventory of types, and the IRIs of entities, facts,
// articles and reports. The vocabulary is itself part of the graph: [Quads]
// gives it with its labels and its counterparts in PLOVER, ACLED and schema.org.
//
// IRIs are short and readable, because Cayley's console shows them raw:
// <person/جون_كيري>, <sila:Liberate>, <liberated>.
package vocab

import "github.com/cayleygraph/quad"

// Classes beside the entity types and fact types of the inventory.
const (
	Article  = quad.IRI("sila:Article")
	Report   = quad.IRI("sila:Report")
	Incident = quad.IRI("sila:Incident")
	Text     = quad.IRI("sila:Text") // what several articles are copies of
	Class    = quad.IRI("rdfs:Class")
	Property = quad.IRI("rdf:Property")
)

// Predicates from elsewhere.
const (
	Type    = quad.IRI("rdf:type")
	Label   = quad.IRI("rdfs:label")
	Comment = quad.IRI("rdfs:comment")
	Sub     = quad.IRI("rdfs:subClassOf")
	Match   = quad.IRI("skos:closeMatch")
)

// Predicates of knowledge: entities and facts, without a label.
const (
	ID        = quad.IRI("sila:id")         // entity → what makes it one: gazetteer id, or type and name
	Also      = quad.IRI("sila:also")       // entity → the key of articles' actors that were joined to it; its id is one too
	NameBlock = quad.IRI("sila:name_block") // entity → what it may be called by: entities that may be one share it
	Alias     = quad.IRI("sila:alias")      // entity → another form of its name
	Country   = quad.IRI("sila:country")    // entity → its country
	Kind      = quad.IRI("sila:kind")       // entity → finer than its type: city, army
	Lat       = quad.IRI("sila:latitude")   // place → degrees north
	Long      = quad.IRI("sila:longitude")  // place → degrees east
	Homonym   = quad.IRI("sila:homonym")    // entity <x~1a2b3c> → the IRI <x> that others want too
	Tally     = quad.IRI("sila:tally")      // entity, lasting fact → what its articles say of it, counted
	Agent     = quad.IRI("sila:agent")      // fact → who does it
	Patient   = quad.IRI("sila:patient")    // fact → who undergoes it
	Place     = quad.IRI("sila:place")      // fact → where
	Time      = quad.IRI("sila:time")       // fact, report → when: YYYY-MM-DD, YYYY-MM or YYYY
	Reported  = quad.IRI("sila:reported")   // fact → date of the first article that tells it
	Title     = quad.IRI("sila:title")      // fact → the office held
	HeldFrom  = quad.IRI("sila:held_from")  // lasting fact → first month for which an article says that it holds: YYYY-MM
	HeldTo    = quad.IRI("sila:held_to")    // lasting fact → last such month
	OverBy    = quad.IRI("sila:over_by")    // lasting fact that has ended → first month in which an article says so
	Subtype   = quad.IRI("sila:subtype")    // fact → finer than its type: airstrike, phone
	Status    = quad.IRI("sila:status")     // fact, report → <sila:actual> …
	Ended     = quad.IRI("sila:ended")      // fact, report → true where it no longer holds
	KnownFrom = quad.IRI("sila:known_from") // fact → <sila:own_side> where only the doer's side tells it
	ReportOf  = quad.IRI("sila:report")     // fact → each report of it
	InCase    = quad.IRI("sila:incident")   // fact → the happening it belongs to
	Reflects  = quad.IRI("sila:reflects")   // <sila:Decisions> → people's decisions that knowledge follows, compressed
	CopyOf    = quad.IRI("sila:copy_of")    // article → the text that it and others are copies of
)

// Predicates of evidence: articles and reports, labelled with the article.
const (
	Headline   = quad.IRI("sila:headline")
	Date       = quad.IRI("sila:date")
	Outlet     = quad.IRI("sila:outlet")
	URL        = quad.IRI("sila:url")
	Hash       = quad.IRI("sila:hash")
	Topic      = quad.IRI("sila:topic")
	Digest     = quad.IRI("sila:digest")   // of the whole document
	Document   = quad.IRI("sila:document") // the whole document, compressed
	Mentions   = quad.IRI("sila:mentions") // article → entity
	CopyKey    = quad.IRI("sila:copy_key") // article → by which its copies are found
	KeyOf      = quad.IRI("sila:key")      // article → key of an actor as the article alone knows it
	InArticle  = quad.IRI("sila:article")  // report → its article
	Evidence   = quad.IRI("sila:evidence") // report → the snippet that states it
	Sentence   = quad.IRI("sila:sentence") // report → index of the sentence, 0 the title
	Start      = quad.IRI("sila:start")    // report → offset in code points of title + "\n" + text
	End        = quad.IRI("sila:end")
	Trigger    = quad.IRI("sila:trigger")
	Rule       = quad.IRI("sila:rule")
	Confidence = quad.IRI("sila:confidence")
	Wording    = quad.IRI("sila:wording")
	Low        = quad.IRI("sila:count_low")
	High       = quad.IRI("sila:count_high")
	Source     = quad.IRI("sila:source")
	SourceKind = quad.IRI("sila:source_kind")
	Verdict    = quad.IRI("sila:verdict") // report → right, wrong or change, as people judged it
	Block      = quad.IRI("sila:block")   // report → type and day: reports that may tell one fact share it
)

// Values of predicates.
const (
	Decisions = quad.IRI("sila:Decisions") // what people decided on this graph, as one
	Disputed  = quad.IRI("sila:disputed")
	OwnSide   = quad.IRI("sila:own_side")
)

// Attended is the direct edge from a participant to the fact of the meeting,
// the one edge that ends in a fact.
const Attended = quad.IRI("attended")

// DocumentType is the datatype of an article's compressed document.
const DocumentType = quad.IRI("sila:zstd+json")

// Claims returns the predicate of a deed that is known from the doer's own
// side alone: liberated → claims_liberated.
func Claims(edge quad.IRI) quad.IRI { return "claims_" + edge }
