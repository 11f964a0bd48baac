package vocab

import (
	"strings"
	"testing"

	"github.com/cayleygraph/quad"
	"github.com/sila-graph/sila/extract/doc"
)

func TestEntityBase(t *testing.T) {
	for _, c := range []struct {
		t    doc.EntityType
		name string
		want quad.IRI
	}{
		{doc.Person, "جون كيري", "person/جون_كيري"},
		{doc.Organization, "القوّات  العراقيـة", "org/القوات_العراقية"},
		{doc.Place, "الموصل\u200f", "place/الموصل"},
		{doc.Event, "<جنيف> 2", "event/%3Cجنيف%3E_2"},
		{doc.Group, "a~b", "group/a%7Eb"},
		{"Ship", "بحر", "entity/بحر"},
	} {
		if have := EntityBase(c.t, c.name); have != c.want {
			t.Errorf("EntityBase(%s, %q) = %s, want %s", c.t, c.name, have, c.want)
		}
	}
	a, b := Homonymous("place/x", "k1", 6), Homonymous("place/x", "k2", 6)
	if a == b || !strings.HasPrefix(string(a), "place/x~") || len(a) != len("place/x~")+6 {
		t.Errorf("homonyms %s and %s", a, b)
	}
}

func FuzzArticleIRI(f *testing.F) {
	for _, s := range []string{"snn:2015-07-21:1023", "a b/c%20", "مقال ١\u200f", "\xff<>|", "", "x/12"} {
		f.Add(s, 12)
	}
	f.Fuzz(func(t *testing.T, id string, n int) {
		iri := ArticleIRI(id)
		if strings.ContainsAny(string(iri), "<>\"{}|\\^` \n") {
			t.Errorf("%q gives the IRI %q", id, iri)
		}
		if back, ok := ArticleID(iri); !ok || back != id {
			t.Errorf("%q came back as %q", id, back)
		}
		if back, m, ok := ReportKey(ReportIRI(id, n)); !ok || back != id || m != n {
			t.Errorf("report %q %d came back as %q %d", id, n, back, m)
		}
	})
}

func TestQuads(t *testing.T) {
	labels := map[quad.Value][2]bool{}
	seen := map[quad.Quad]bool{}
	for _, q := range Quads() {
		if q.Label != nil || seen[q] {
			t.Errorf("%v has a label or comes twice", q)
		}
		seen[q] = true
		l := labels[q.Subject]
		if s, ok := q.Object.(quad.LangString); ok && q.Predicate == Label {
			l[0], l[1] = l[0] || s.Lang == "ar", l[1] || s.Lang == "en"
		}
		labels[q.Subject] = l
	}
	for s, l := range labels {
		if !l[0] || !l[1] {
			t.Errorf("%v lacks an Arabic or English label", s)
		}
	}
	for _, ty := range doc.Types().List {
		for _, iri := range []quad.IRI{FactClass(ty.Name), quad.IRI(ty.Edge)} {
			if _, ok := labels[iri]; !ok {
				t.Errorf("%v isn't described", iri)
			}
		}
	}
	if !seen[quad.Quad{Subject: quad.IRI("sila:MemberOf"), Predicate: Type, Object: Class}] ||
		!seen[quad.Quad{Subject: quad.IRI("member_of"), Predicate: Match, Object: quad.IRI("schema:memberOf")}] {
		t.Error("MemberOf isn't as expected")
	}
}
