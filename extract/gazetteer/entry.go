package gazetteer

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/sila-graph/sila/extract/doc"
)

// Title is the type of the entries of titles*.tsv: offices, ranks and forms of
// address. They are no entities and are matched by [Table.MatchTitle] only.
const Title doc.EntityType = "Title"

// Entry is one thing that has a name. Entries are shared: never change one.
type Entry struct {
	Ref     string         // geonames:99532, wikidata:Q…, sila:org/…; unique in the table
	Type    doc.EntityType // from the file: Place, Organization, Person, Group, Event, or Title
	Name    string         // canonical Arabic form as displayed
	En      string         // English label, "" where none is known
	Aliases []string       // other Arabic forms; spellings that folding unifies aren't repeated
	Kind    string         // finer than Type: country, capital, city, village, army, party …
	Country string         // ISO 3166-1 alpha-2 (XK for Kosovo), "" where unknown or none
	Capital string         // ref of a country's capital
	Admin   string         // ref of the containing place, where sure

	Lat, Lon float64 // degrees north and east; see Located
	Located  bool    // whether Lat and Lon are known
	Pop      int     // inhabitants, 0 where unknown

	// Ambiguous says that Name is a common word too (هيت, القاع, نيس), so that
	// it names the entry only where the context says so. Of a match, see
	// [Match.Ambiguous], which knows about aliases too.
	Ambiguous bool

	attrs string // all attributes as written
	weak  string // forms parted by commas that are common words too
	rank  int32  // prominence; orders entries that share a form
}

// Attr returns an attribute that has no field of its own, such as "side" or
// "office" of organisations and persons; "" where it isn't given.
func (e *Entry) Attr(key string) string {
	v, _ := attr(e.attrs, key)
	return v
}

// attr finds key in "key=value;key=value".
func attr(attrs, key string) (string, bool) {
	for attrs != "" {
		var kv string
		kv, attrs, _ = strings.Cut(attrs, ";")
		if k, v, ok := strings.Cut(kv, "="); ok && k == key {
			return v, true
		}
	}
	return "", false
}

// setAttrs fills the fields that attributes stand for.
func (e *Entry) setAttrs(attrs string) error {
	e.attrs = attrs
	for rest := attrs; rest != ""; {
		var kv string
		kv, rest, _ = strings.Cut(rest, ";")
		k, v, ok := strings.Cut(kv, "=")
		if !ok || k == "" || v == "" || strings.TrimSpace(kv) != kv {
			return fmt.Errorf("attribute %q isn't key=value", kv)
		}
		var err error
		switch k {
		case "kind":
			e.Kind = v
		case "country":
			e.Country = v
		case "capital":
			e.Capital = v
		case "admin":
			e.Admin = v
		case "lat":
			e.Lat, err = strconv.ParseFloat(v, 64)
			e.Located = true
		case "lon":
			e.Lon, err = strconv.ParseFloat(v, 64)
		case "pop":
			e.Pop, err = strconv.Atoi(v)
		case "ambiguous":
			e.Ambiguous = v != "0"
		case "weak":
			e.weak = v
		}
		if err != nil {
			return fmt.Errorf("attribute %s: %w", k, err)
		}
	}
	if _, lon := attr(attrs, "lon"); lon != e.Located {
		return fmt.Errorf("lat and lon go together")
	}
	if e.Lat < -90 || e.Lat > 90 || e.Lon < -180 || e.Lon > 180 {
		return fmt.Errorf("%g,%g is nowhere on earth", e.Lat, e.Lon)
	}
	e.rank = rankOf(e)
	return nil
}

// isWeak reports whether a form of the entry, as written, is a common word too.
func (e *Entry) isWeak(form string) bool {
	if e.Ambiguous && form == e.Name {
		return true
	}
	for rest := e.weak; rest != ""; {
		var w string
		if w, rest, _ = strings.Cut(rest, ","); w == form {
			return true
		}
	}
	return false
}

// rankOf gives the prominence of an entry: how likely a form that several
// entries share means this one when nothing else is known. Countries come
// first, then capitals, then places by the number of digits of their
// inhabitants; hand-curated places of conflict news count as towns of 100,000.
func rankOf(e *Entry) int32 {
	var r int32
	switch e.Kind {
	case "country":
		return 100
	case "capital":
		r = 50
	case "continent", "sea", "ocean":
		r = 45
	case "city":
		r = 20
	case "province", "region":
		r = 18
	case "district", "town":
		r = 12
	default:
		r = 10
	}
	pop := e.Pop
	if pop == 0 && !strings.HasPrefix(e.Ref, "geonames:") {
		pop = 100_000
	}
	for ; pop > 0; pop /= 10 {
		r += 3
	}
	return r
}
