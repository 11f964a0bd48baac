// Package resolve says which entities of which articles are one actor. In goes
// a document, out comes for each of its entities a key that says all the
// article tells of who it is ([Document]); keys fall into blocks ([Blocks]), and
// within a block a few functions join keys by what all articles together say of
// them ([Join], [Attach]). The answer follows from the documents and from what
// people decided alone, never from the order they came in, and a change needs a
// look at its own blocks only.
//
// Three steps, from sure to bold:
//
//   - Key (key.go): gazetteer ids, also through other spellings, titles and
//     adjectives; else the name in comparable parts, with the country or the
//     place that tells one وزارة الداخلية from another; else the article itself.
//   - Join (join.go): full names that are variants of each other, جروس and غروس,
//     «خالد اليوسف» and «خالد بن محمد اليوسف», where nothing speaks against it.
//   - Attach (attach.go): a name that isn't full finds the one actor that it
//     can be: العبيدي, the minister of Iraq's defence, خادم الحرمين الشريفين in 2015.
//
// People's decisions ([Decisions]) go before all of them.
package resolve

import (
	"slices"
	"strings"
	"unique"

	"github.com/sila-graph/sila/extract/arabic"
	"github.com/sila-graph/sila/extract/doc"
)

// Actor is one entity of an article as the graph knows it: the document's
// entities that share a key, as one.
type Actor struct {
	Key       string         // geonames:99532, Person:جون كيري
	Type      doc.EntityType // of the first of its entities
	Full      string         // its full name in the article
	Names     []string       // all forms, sorted, each once
	Canonical string         // the gazetteer's name, "" where unknown
	Country   string         // key of its country, "" where unknown
	Kind      string
	Offices   []string // of persons, as of [OfficeKey], with the month: وزير خارجيه|geonames:…|2015-07
	Scene     string   // of persons: the country that the article speaks of most
	Near      []string // of persons that the gazetteer doesn't know: keys of bodies and sites that the article names, at most [maxNear]
}

// Document resolves a document's entities: the actors in the order of their
// keys, and the key of each entity id.
func Document(d *doc.Document) (actors []Actor, keys map[string]string) {
	return DocumentBy(d, nil)
}

// DocumentBy is Document with the keys that people decided on: by, where given,
// turns the key that the article gives to an entity into another.
func DocumentBy(d *doc.Document, by func(e *doc.Entity, key string) string) (actors []Actor, keys map[string]string) {
	x := words()
	s := x.scene(d)
	keys = make(map[string]string, len(d.Entities))
	for i := range d.Entities {
		k := s.keyOf(i)
		if by != nil {
			k = by(&d.Entities[i], k)
		}
		keys[d.Entities[i].ID] = unique.Make(k).Value() // each key once in memory
	}
	at := make(map[string]int, len(d.Entities))
	for i := range d.Entities {
		e := &d.Entities[i]
		k := keys[e.ID]
		n, ok := at[k]
		if !ok {
			n = len(actors)
			at[k] = n
			actors = append(actors, Actor{Key: k, Type: e.Type, Full: unique.Make(called(e)).Value()})
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
		if e.Type == doc.Person {
			a.Scene = s.country
		}
	}
	s.offices(actors, at, keys)
	s.near(actors, keys)
	for i := range actors {
		a := &actors[i]
		slices.Sort(a.Names)
		a.Names = slices.Compact(a.Names)
		slices.Sort(a.Offices)
		a.Offices = slices.Compact(a.Offices)
		if a.Full == "" {
			a.Full = a.Key[strings.IndexAny(a.Key, ":~")+1:]
		}
	}
	slices.SortFunc(actors, func(a, b Actor) int { return strings.Compare(a.Key, b.Key) })
	return actors, keys
}

// maxNear bounds how many bodies are noted beside a person.
const maxNear = 8

// near notes the bodies and sites that an article names beside its persons:
// the university, the club, the company that tells two of one name from each
// other. Those of a whole country tell nothing, nor do the media, which the
// article may quote, nor forces.
func (s *scene) near(actors []Actor, keys map[string]string) {
	var near []string
	for i := range s.d.Entities {
		e := &s.d.Entities[i]
		k := keys[e.ID]
		if e.Type != doc.Organization && !strings.HasPrefix(k, "Site:") || strings.ContainsAny(k, "#|") || len(near) == maxNear || slices.Contains(near, k) {
			continue
		}
		if g := s.x.gaz.Ref(k); g != nil {
			switch g.Kind {
			case "company", "club", "university", "bank", "body", "ngo", "party", "court", "sport", "thinktank", "union":
			default:
				continue
			}
		}
		near = append(near, k)
	}
	for i := range actors {
		if a := &actors[i]; a.Type == doc.Person && s.x.gaz.Ref(a.Key) == nil && len(near) > 0 {
			a.Near = near
		}
	}
}

// offices notes which offices the article gives to whom.
func (s *scene) offices(actors []Actor, at map[string]int, keys map[string]string) {
	month, ok := monthOf(s.d.Date)
	if !ok {
		return
	}
	for i := range actors {
		a := &actors[i]
		if a.Type != doc.Person || Loose(a.Key) {
			continue
		}
		for _, form := range a.Names {
			if title, all := s.x.honour(strings.Fields(arabic.Key(form))); title != "" && !all {
				a.Offices = append(a.Offices, unique.Make(title+"||"+month).Value())
			}
		}
	}
	for i := range s.d.Facts {
		f := &s.d.Facts[i]
		if f.Type != "HoldsPosition" || f.Ended || f.Title == "" || f.Status != "" && f.Status != doc.Actual {
			continue
		}
		for _, p := range f.Patient {
			k := OfficeKey(f.Title, keys[p])
			for _, a := range f.Agent {
				if n, ok := at[keys[a]]; ok && k != "" {
					actors[n].Offices = append(actors[n].Offices, unique.Make(k+"|"+month).Value())
				}
			}
		}
	}
}

// OfficeKey names an office: the job in folded words without article, honours
// and forms of address, and the key of the country or body. "" for a job that
// tells nobody from others.
func OfficeKey(title, of string) string {
	x := words()
	var out []string
	for _, w := range strings.Fields(arabic.Key(title)) {
		switch w = bare(w); w {
		case "دكتور", "مهندس", "شيخ", "امير", "سيد", "سيده", "استاذ", "سابق", "حالي", "جديد", "باسم", "رسمي", "لواء", "عميد", "عقيد", "فريق", "ركن":
			continue
		}
		out = append(out, w)
	}
	if len(out) == 0 || of == "" || strings.Contains(of, "#") {
		return ""
	}
	if j, ok := x.jobs[out[0]]; !ok || len(out) == 1 && j.Class != "gov" && j.Class != "org" {
		return ""
	}
	return strings.Join(out, " ") + "|" + of
}

// fullName is the fullest bare name: the first that the document lists.
func fullName(e *doc.Entity) string {
	for _, n := range e.Names {
		if n = tidy(n); n != "" {
			return n
		}
	}
	return tidy(e.Canonical)
}

// called is what an entity is shown as: its full name, else what refers to it.
func called(e *doc.Entity) string {
	if n := fullName(e); n != "" || len(e.Nominals) == 0 {
		return n
	}
	return tidy(e.Nominals[0])
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
	Type     doc.EntityType
	Kind     string
	Country  string  // gazetteer id, "" where unknown
	Lat, Lon float64 // degrees north and east, where Located
	Located  bool
}

// Gazetteer returns what is known of the actor with that key, false where the
// key is no gazetteer id.
func Gazetteer(key string) (Known, bool) {
	x := words()
	e := x.gaz.Ref(key)
	if e == nil {
		return Known{}, false
	}
	k := Known{Name: e.Name, En: e.En, Type: e.Type, Kind: e.Kind, Lat: e.Lat, Lon: e.Lon, Located: e.Located}
	if c := x.country[e.Country]; c != key {
		k.Country = c
	}
	return k, true
}
