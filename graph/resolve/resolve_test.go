package resolve

import (
	"slices"
	"testing"

	"github.com/sila-graph/sila/extract/doc"
)

func TestDocument(t *testing.T) {
	d := &doc.Document{ID: "a1", Entities: []doc.Entity{
		{ID: "e1", Type: doc.Person, Names: []string{"إبراهيم  الجعفري", "الجعفري"}, Country: "e4"},
		{ID: "e2", Type: doc.Person, Names: []string{"ابراهيم الجعفرى"}, Kind: "minister"},
		{ID: "e3", Type: doc.Organization, Names: []string{"إبراهيم الجعفري"}},
		{ID: "e4", Type: doc.Place, Names: []string{"العراق", "العراقي"}, Ref: "geonames:99237", Country: "e4"},
		{ID: "e5", Type: doc.Group, Nominals: []string{"المسلحين"}},
	}}
	actors, keys := Document(d)
	if len(actors) != 4 {
		t.Fatalf("%d actors: %+v", len(actors), actors)
	}
	if keys["e1"] != keys["e2"] || keys["e1"] == keys["e3"] || keys["e4"] != "geonames:99237" || keys["e5"] == "" {
		t.Errorf("keys %v", keys)
	}
	i := slices.IndexFunc(actors, func(a Actor) bool { return a.Key == keys["e1"] })
	a := actors[i]
	if a.Full != "إبراهيم الجعفري" || !slices.Equal(a.Names, []string{"إبراهيم الجعفري", "ابراهيم الجعفرى", "الجعفري"}) ||
		a.Country != "geonames:99237" || a.Kind != "minister" {
		t.Errorf("%+v", a)
	}
	for _, a := range actors {
		if a.Country == a.Key {
			t.Errorf("%s is its own country", a.Key)
		}
	}
	other := &doc.Document{ID: "a2", Entities: []doc.Entity{{ID: "x", Type: doc.Person, Names: []string{"ابراهيم الجعفري"}}, {ID: "e5", Type: doc.Group, Nominals: []string{"المسلحين"}}}}
	_, more := Document(other)
	if more["x"] != keys["e1"] {
		t.Errorf("%q and %q in two articles", more["x"], keys["e1"])
	}
	if more["e5"] == keys["e5"] {
		t.Error("the nameless of two articles became one")
	}
}
