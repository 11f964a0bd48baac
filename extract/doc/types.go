package doc

import (
	_ "embed"
	"fmt"
	"strings"
	"sync"

	"github.com/sila-graph/sila/extract/rec"
)

//go:embed types.txt
var typesText string

// Type is one entry of the inventory: what a fact of that type means, which
// roles it has, and how it reads in the graph in either direction.
type Type struct {
	Name      string // Liberate
	Meaning   string // one line of English
	Plover    string // PLOVER root, "" for states
	ACLED     string // ACLED event type, "" where it has none
	Schema    string // schema.org counterpart, "" where it has none
	Family    string // types of one family differ in nuance: territory, assault …
	Score     int    // conflict–cooperation, Goldstein's scale × 10, −100 to 100
	Symmetric bool   // all parties are agents: Meet, Agree, Cooperate, Clash
	Undirect  bool   // two ends without direction: Borders
	State     bool   // holds rather than happens; Say counts as one, as in the guide's scorer
	Extra     bool   // beyond the guide's vocabulary
	Agent     Role   // what its agent is called; its patient
	Patient   Role
	Edge      string // predicate of the direct edge from agent to patient, past tense: liberated
	Also      string // a second direct edge that it gives: took
	Label     Labels // of the type: تحرير
	Forward   Labels // of the edge, agent first: "حرّرت"
	Backward  Labels // of the edge read from the patient: "حُرّرت على يد"
}

// Role names a role of a type in both languages; empty where the type has no such role.
type Role struct{ En, Ar string }

// Labels is a text in both languages of the interface.
type Labels struct{ En, Ar string }

// Inventory is the list of types in the order of the guide, with look-up by name.
type Inventory struct {
	List   []Type
	byName map[string]int
}

// Types returns the inventory that is built into the program. It is read-only.
func Types() *Inventory { return loadTypes() }

var loadTypes = sync.OnceValue(func() *Inventory {
	inv, err := ParseTypes("types.txt", typesText)
	if err != nil {
		panic("doc: embedded inventory: " + err.Error()) // a test parses it, so this cannot reach a user
	}
	return inv
})

// ByName returns the type of that name.
func (inv *Inventory) ByName(name string) (*Type, bool) {
	i, ok := inv.byName[name]
	if !ok {
		return nil, false
	}
	return &inv.List[i], true
}

// ParseTypes reads an inventory from a record file.
func ParseTypes(name, text string) (*Inventory, error) {
	records, err := rec.Parse(name, text)
	if err != nil {
		return nil, err
	}
	inv := &Inventory{byName: make(map[string]int, len(records))}
	for _, r := range records {
		t, err := parseType(r)
		if err != nil {
			return nil, err
		}
		if _, dup := inv.byName[t.Name]; dup {
			return nil, r.Errorf("type %s is there twice", t.Name)
		}
		inv.byName[t.Name] = len(inv.List)
		inv.List = append(inv.List, t)
	}
	return inv, nil
}

func parseType(r rec.Record) (Type, error) {
	if err := r.Known("type", "meaning", "plover", "acled", "schema", "family", "score", "shape",
		"agent", "patient", "edge", "also", "label", "forward", "backward"); err != nil {
		return Type{}, err
	}
	pair := func(key string) (en, ar string, err error) {
		v := r.Get(key)
		if v == "" {
			return "", "", nil
		}
		en, ar, ok := strings.Cut(v, "|")
		if !ok {
			return "", "", r.Errorf("%s: want \"English | عربي\", have %q", key, v)
		}
		return strings.TrimSpace(en), strings.TrimSpace(ar), nil
	}
	t := Type{Name: r.Get("type"), Meaning: r.Get("meaning"), Plover: r.Get("plover"), ACLED: r.Get("acled"),
		Schema: r.Get("schema"), Family: r.Get("family"), Edge: r.Get("edge"), Also: r.Get("also")}
	for _, s := range r.List("shape", " ") {
		switch s {
		case "symmetric":
			t.Symmetric = true
		case "undirected":
			t.Undirect = true
		case "state":
			t.State = true
		case "extra":
			t.Extra = true
		default:
			return t, r.Errorf("unknown shape %q; known are symmetric, undirected, state, extra", s)
		}
	}
	if v := r.Get("score"); v != "" {
		if _, err := fmt.Sscanf(v, "%d", &t.Score); err != nil || t.Score < -100 || t.Score > 100 {
			return t, r.Errorf("score %q: want a whole number from -100 to 100", v)
		}
	}
	var err error
	for _, f := range []struct {
		key    string
		en, ar *string
	}{{"agent", &t.Agent.En, &t.Agent.Ar}, {"patient", &t.Patient.En, &t.Patient.Ar}, {"label", &t.Label.En, &t.Label.Ar},
		{"forward", &t.Forward.En, &t.Forward.Ar}, {"backward", &t.Backward.En, &t.Backward.Ar}} {
		if *f.en, *f.ar, err = pair(f.key); err != nil {
			return t, err
		}
	}
	if t.Name == "" || t.Meaning == "" || t.Family == "" || t.Edge == "" || t.Label.Ar == "" || t.Forward.Ar == "" {
		return t, r.Errorf("type %q lacks one of type, meaning, family, edge, label, forward", t.Name)
	}
	if !t.Symmetric && !t.Undirect && t.Name != "Say" && t.Backward.Ar == "" {
		return t, r.Errorf("type %s has a direction and so needs a backward label", t.Name)
	}
	return t, nil
}
