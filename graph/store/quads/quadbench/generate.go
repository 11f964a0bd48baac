package main

import (
	"fmt"
	"math/rand/v2"

	"github.com/cayleygraph/quad"
)

// generator makes quads in the shape of Sila's graph: evidence under its article's label, knowledge without one.
// Actors and places are distributed as in news: few are named often, many once. The same seed gives the same quads.
type generator struct {
	r      *rand.Rand
	actors *rand.Zipf
	places *rand.Zipf
	n      int // articles made
}

// The hub is an actor with one in fifty of all facts, more than anyone else; its place has one in ten.
const (
	hub      = quad.IRI("org/القوات_العراقية")
	hubPlace = quad.IRI("place/الموصل")
)

func newGenerator(quads int) *generator {
	r := rand.New(rand.NewPCG(1, 1))
	return &generator{
		r:      r,
		actors: rand.NewZipf(r, 1.1, 50, uint64(quads/40)),
		places: rand.NewZipf(r, 1.2, 20, uint64(quads/200)),
	}
}

func actorName(n uint64) string { return fmt.Sprintf("القيادي محمد الحسن %d", n) }
func actor(n uint64) quad.IRI {
	return quad.IRI(fmt.Sprintf("person/القيادي_محمد_الحسن_%d", n))
}

var predicates = struct {
	rdfType, label, kind, agent, patient, place, time, status, report, article, evidence, source, confidence, rule, start, end, sentence, title, date, outlet, url quad.IRI
}{"rdf:type", "rdfs:label", "sila:kind", "sila:agent", "sila:patient", "sila:place", "sila:time", "sila:status", "sila:report", "sila:article", "sila:evidence",
	"sila:source", "sila:confidence", "sila:rule", "sila:start", "sila:end", "sila:sentence", "sila:title", "sila:date", "sila:outlet", "sila:url"}

func factIRI(n, i int) quad.IRI { return quad.IRI(fmt.Sprintf("fact/%06x%02x", n*7919, i)) }
func articleIRI(n int) quad.IRI { return quad.IRI(fmt.Sprintf("article/%d", n)) }

// article makes the next article's quads.
func (g *generator) article() (out []quad.Quad) {
	p := &predicates
	n := g.n
	g.n++
	art := articleIRI(n)
	evidence := func(s quad.Value, pred quad.IRI, o quad.Value) {
		out = append(out, quad.Quad{Subject: s, Predicate: pred, Object: o, Label: art})
	}
	knowledge := func(s quad.Value, pred quad.IRI, o quad.Value) {
		out = append(out, quad.Quad{Subject: s, Predicate: pred, Object: o})
	}
	ar := func(s string) quad.Value { return quad.LangString{Value: quad.String(s), Lang: "ar"} }
	evidence(art, p.rdfType, quad.IRI("sila:Article"))
	evidence(art, p.title, ar(fmt.Sprintf("القوات العراقية تعلن استعادة الحي رقم %d من المدينة", n)))
	evidence(art, p.date, quad.String(fmt.Sprintf("2016-%02d-%02d", n%12+1, n%28+1)))
	evidence(art, p.outlet, quad.IRI(fmt.Sprintf("org/وكالة_%d", n%40)))
	evidence(art, p.url, quad.String(fmt.Sprintf("https://example.org/news/%d", n)))
	for i := range 7 {
		fact, report := factIRI(n, i), quad.IRI(fmt.Sprintf("report/%d/%d", n, i))
		var who quad.Value = hub
		if g.r.IntN(50) != 0 {
			who = actor(g.actors.Uint64())
		}
		whom := actor(g.actors.Uint64())
		var where quad.Value = hubPlace
		if g.r.IntN(10) != 0 {
			where = quad.IRI(fmt.Sprintf("place/بلدة_%d", g.places.Uint64()))
		}
		knowledge(fact, p.rdfType, quad.IRI("sila:Event"))
		knowledge(fact, p.kind, quad.IRI(fmt.Sprintf("sila:Kind%d", g.r.IntN(25))))
		knowledge(fact, p.agent, who)
		knowledge(fact, p.patient, whom)
		knowledge(fact, p.place, where)
		knowledge(fact, p.time, quad.String(fmt.Sprintf("2016-%02d-%02d", n%12+1, g.r.IntN(28)+1)))
		knowledge(fact, p.status, quad.IRI("sila:actual"))
		knowledge(fact, p.report, report)
		knowledge(who, quad.IRI(fmt.Sprintf("did_%d", g.r.IntN(25))), whom)
		var k int
		if a, _ := fmt.Sscanf(string(whom), "person/القيادي_محمد_الحسن_%d", &k); a == 1 {
			knowledge(whom, p.label, ar(actorName(uint64(k))))
		}
		evidence(report, p.article, art)
		evidence(report, p.evidence, ar(fmt.Sprintf("وقال المتحدث باسم القوات في بيان تلقت الوكالة نسخة منه إن القوات استعادت السيطرة على الحي رقم %d بعد معارك استمرت %d ساعات مع مسلحي التنظيم", n*7+i, i+2)))
		evidence(report, p.source, actor(g.actors.Uint64()))
		evidence(report, p.confidence, quad.Float(float64(g.r.IntN(100))/100))
		evidence(report, p.rule, quad.String(fmt.Sprintf("rule-%d", g.r.IntN(60))))
		evidence(report, p.sentence, quad.Int(i))
		evidence(report, p.start, quad.Int(g.r.IntN(4000)))
		evidence(report, p.end, quad.Int(g.r.IntN(4000)))
		evidence(report, p.status, quad.IRI("sila:actual"))
		evidence(report, p.kind, quad.IRI("sila:official"))
		evidence(report, p.time, quad.String(fmt.Sprintf("2016-%02d", n%12+1)))
	}
	return out
}
