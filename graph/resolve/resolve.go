// Package resolve says which entities of which articles are one actor. In goes
// a document, out comes for each of its entities the key of the cluster that it
// belongs to; equal keys are one actor. The answer follows from the documents
// alone, never from the order they came in.
//
// This first version joins by gazetteer id, else by type and normalised full
// name. An entity without a name stays alone within its article.
package resolve

import (
	"slices"
	"strings"
	"unique"

	"github.com/sila-graph/sila/extract/arabic"
	"github.com/sila-graph/sila/extract/doc"
	"github.com/sila-graph/sila/extract/gazetteer"
)

// Actor is one entity of an article as the graph knows it: the document's
// entities that share a key, as one.
type Actor struct {
	Key       string         // of its cluster: geonames:99532, Person:جون كيري
	Type      doc.EntityType // of the first of its entities
	Full      string         // its full name in the article
	Names     []string       // all forms, sorted, each once
	Canonical string         // the gazetteer's name, "" where unknown
	Ref       string
	Country   string // key of its country, "" where unknown
	Kind      string
}

// Key returns the key of an entity's cluster.
func Key(d *doc.Document, e *doc.Entity) string {
	if e.Ref != "" {
		return e.Ref
	}
	if full := fullName(e); full != "" {
		return string(e.Type) + ":" + arabic.Key(full)
	}
	return string(e.Type) + ":" + d.ID + "#" + e.ID
}

// Document resolves a document's entities: the actors in the order of their
// keys, and the key of each entity id.
func Document(d *doc.Document) (actors []Actor, keys map[string]string) {
	keys = make(map[string]string, len(d.Entities))
	for i := range d.Entities {
		keys[d.Entities[i].ID] = unique.Make(Key(d, &d.Entities[i])).Value() // each key once in memory
	}
	at := make(map[string]int, len(d.Entities))
	for i := range d.Entities {
		e := &d.Entities[i]
		k := keys[e.ID]
		n, ok := at[k]
		if !ok {
			n = len(actors)
			at[k] = n
			actors = append(actors, Actor{Key: k, Type: e.Type, Full: fullName(e), Ref: e.Ref})
		}
		a := &actors[n]
		for _, name := range e.Names {
			if name = tidy(name); name != "" {
				a.Names = append(a.Names, unique.Make(name).Value())
			}
		}
		a.Canonical = first(a.Canonical, tidy(e.Canonical))
		a.Kind = first(a.Kind, e.Kind)
		if c := keys[e.Country]; c != k {
			a.Country = first(a.Country, c)
		}
	}
	for i := range actors {
		a := &actors[i]
		slices.Sort(a.Names)
		a.Names = slices.Compact(a.Names)
		if a.Full == "" {
			a.Full = a.Key[strings.IndexByte(a.Key, ':')+1:]
		}
	}
	slices.SortFunc(actors, func(a, b Actor) int { return strings.Compare(a.Key, b.Key) })
	return actors, keys
}

// fullName is the fullest bare name: the first that the document lists.
func fullName(e *doc.Entity) string {
	for _, n := range e.Names {
		if n = tidy(n); n != "" {
			return n
		}
	}
	if c := tidy(e.Canonical); c != "" {
		return c
	}
	return ""
}

func first(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

func tidy(s string) string { return strings.Join(strings.Fields(s), " ") }

// Known is what the gazetteer says of an actor.
type Known struct {
	Name, En string // labels; En "" where unknown
	Kind     string
	Lat, Lon float64 // degrees north and east, where Located
	Located  bool
}

// Gazetteer returns what is known of the actor with that key, false where the
// key is no gazetteer id.
func Gazetteer(key string) (Known, bool) {
	e := gazetteer.Default().Ref(key)
	if e == nil {
		return Known{}, false
	}
	return Known{Name: e.Name, En: e.En, Kind: e.Kind, Lat: e.Lat, Lon: e.Lon, Located: e.Located}, true
}
