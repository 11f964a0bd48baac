// Package decide holds what people decided: that two are one actor or aren't,
// that an actor has another name, that a fact was read rightly, wrongly or
// otherwise. Decisions name members of articles and never IRIs, so they outlive
// every reload: a [Member] is an article's id, the entity's type and its fullest
// name in that article, normalised; a [Report] is an article's id, a fact's type
// and the members in its roles.
//
// In goes the decisions file ([Read]), which lies beside the graph and can be
// read, edited and kept under version control: JSON lines in the order they were
// taken, with comments; out comes a [Set], which answers in constant time what
// linking and loading ask: who must be one ([Set.Group]), who must not
// ([Sides.Opposed]), what else a name stands for ([Set.Named]), and what is
// wrong or different about a document's facts ([Set.Judge]). [Diff] says which
// members and articles a new set touches.
//
// The file is written first and whole ([File.Write]), then the graph, which
// records the [Set.Hash] that it reflects: after a crash in between the next
// command finds another hash in the graph and does the rest.
package decide

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/sila-graph/sila/extract/arabic"
	"github.com/sila-graph/sila/extract/doc"
)

// Member is one entity of one article. In JSON it is a list of three,
// ["a1", "Person", "جون كيري"].
type Member struct {
	Article string
	Type    doc.EntityType
	Name    string // [NameOf] the entity
}

// NameOf is what an entity goes by among decisions: the key of its fullest name,
// or #ID, its id in the document, where it has none.
func NameOf(e *doc.Entity) string {
	for _, n := range e.Names {
		if n = arabic.Key(n); n != "" {
			return n
		}
	}
	if n := arabic.Key(e.Canonical); n != "" {
		return n
	}
	return "#" + e.ID
}

// MemberOf returns an entity of a document as a member.
func MemberOf(d *doc.Document, e *doc.Entity) Member { return Member{d.ID, e.Type, NameOf(e)} }

// Compare orders members by article, type and name.
func (m Member) Compare(n Member) int {
	return cmp.Or(strings.Compare(m.Article, n.Article), strings.Compare(string(m.Type), string(n.Type)), strings.Compare(m.Name, n.Name))
}

// Key is the member as one text, for IRIs of homonyms and for messages.
func (m Member) Key() string { return m.Article + " " + string(m.Type) + ":" + m.Name }

func (m Member) String() string { return fmt.Sprintf("%s %q of article %s", m.Type, m.Name, m.Article) }

// MarshalJSON writes [article, type, name].
func (m Member) MarshalJSON() ([]byte, error) {
	return marshal([3]string{m.Article, string(m.Type), m.Name})
}

// UnmarshalJSON reads [article, type, name].
func (m *Member) UnmarshalJSON(b []byte) error {
	var v []string
	if err := json.Unmarshal(b, &v); err != nil || len(v) != 3 {
		return fmt.Errorf("%s is no member: write [\"article id\", \"Person\", \"name\"]", b)
	}
	*m = Member{v[0], doc.EntityType(v[1]), v[2]}
	return nil
}

// Kind says what a decision decides.
//
// A member stands for the actor that it belongs to by itself: [Same] makes these
// actors one, whole, also with members that no decision names; one member of
// each name is enough. Only [Different] takes members away from those whose name
// they share, and it names all of them, on both sides.
type Kind string

// The kinds.
const (
	Same      Kind = "same"      // the actors that have Members are one
	Different Kind = "different" // none of Members is one of Others
	Unsure    Kind = "unsure"    // somebody looked at Members and Others and couldn't tell: ask no more
	Alias     Kind = "alias"     // the actor that has Members is also called Name
	Right     Kind = "right"     // the text says what Reports say
	Wrong     Kind = "wrong"     // it doesn't
	Change    Kind = "change"    // it says that, but with the parts of To
	Undo      Kind = "undo"      // the decision with the id Of holds no more
)

// Kinds lists them.
var Kinds = []Kind{Same, Different, Unsure, Alias, Right, Wrong, Change, Undo}

// Decision is one line of the decisions file.
type Decision struct {
	Kind    Kind      `json:"decision"`
	Members []Member  `json:"members,omitempty"`
	Others  []Member  `json:"others,omitempty"`
	Name    string    `json:"name,omitempty"`
	Reports []Report  `json:"reports,omitempty"`
	To      *Revision `json:"to,omitempty"`
	Of      string    `json:"of,omitempty"`

	ID   string    `json:"id,omitempty"` // follows from what is decided; the same decision twice has one id
	By   string    `json:"by,omitempty"`
	At   time.Time `json:"at,omitzero"` // to the second, UTC
	Note string    `json:"note,omitempty"`
}

// tidy puts a decision into the one form that its id is taken of, and returns
// what is wrong with it.
func (d *Decision) tidy() error {
	if !slices.Contains(Kinds, d.Kind) {
		return fmt.Errorf("there is no decision %q; known are %s", d.Kind, list(Kinds))
	}
	var err error
	if d.Members, err = members(d.Members); err != nil {
		return err
	}
	if d.Others, err = members(d.Others); err != nil {
		return err
	}
	for i := range d.Reports {
		if err := d.Reports[i].tidy(); err != nil {
			return err
		}
	}
	slices.SortFunc(d.Reports, Report.Compare)
	d.Reports = slices.CompactFunc(d.Reports, func(a, b Report) bool { return a.Compare(b) == 0 })
	d.Name, d.By, d.Note = line(d.Name), line(d.By), line(d.Note)
	if !d.At.IsZero() {
		d.At = d.At.UTC().Truncate(time.Second)
	}
	if err := d.check(); err != nil {
		return err
	}
	if (d.Kind == Different || d.Kind == Unsure) && slices.CompareFunc(d.Members, d.Others, Member.Compare) > 0 {
		d.Members, d.Others = d.Others, d.Members
	}
	d.ID = line(d.ID)
	if d.ID == "" {
		d.ID = d.hash()
	}
	return nil
}

// check says which parts of a decision are missing or one too many.
func (d *Decision) check() error {
	type part struct {
		name          string
		there, needed bool
	}
	two := d.Kind == Different || d.Kind == Unsure
	facts := d.Kind == Right || d.Kind == Wrong || d.Kind == Change
	for _, p := range []part{
		{"members", len(d.Members) > 0, two || d.Kind == Same || d.Kind == Alias},
		{"others", len(d.Others) > 0, two},
		{"name", d.Name != "", d.Kind == Alias},
		{"reports", len(d.Reports) > 0, facts},
		{"to", d.To != nil, d.Kind == Change},
		{"of", d.Of != "", d.Kind == Undo},
	} {
		switch {
		case p.needed && !p.there:
			return fmt.Errorf("a decision %q lacks %q", d.Kind, p.name)
		case p.there && !p.needed:
			return fmt.Errorf("a decision %q has no %q", d.Kind, p.name)
		}
	}
	switch {
	case d.Kind == Same && len(d.Members) < 2:
		return errors.New("a decision \"same\" needs two different members")
	case d.Kind == Alias && arabic.Key(d.Name) == "":
		return fmt.Errorf("%q is no name", d.Name)
	case two:
		for _, m := range d.Members {
			if _, both := slices.BinarySearchFunc(d.Others, m, Member.Compare); both {
				return fmt.Errorf("%v stands on both sides", m)
			}
		}
	}
	if d.To != nil {
		return d.To.tidy()
	}
	return nil
}

// hash is ten hexadecimal digits of what is decided, whoever decides it and when.
func (d *Decision) hash() string {
	c := *d
	c.ID, c.By, c.At, c.Note = "", "", time.Time{}, ""
	b, err := marshal(c)
	if err != nil {
		panic("decide: " + err.Error()) // texts, numbers and lists alone
	}
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:5])
}

// members normalises, checks, sorts and thins out members.
func members(ms []Member) ([]Member, error) {
	if len(ms) == 0 {
		return nil, nil
	}
	out := slices.Clone(ms)
	for i := range out {
		m := &out[i]
		if !strings.HasPrefix(m.Name, "#") {
			m.Name = arabic.Key(m.Name)
		}
		switch {
		case m.Article == "":
			return nil, errors.New("a member lacks its article")
		case m.Name == "" || m.Name == "#":
			return nil, fmt.Errorf("a member of article %s lacks its name", m.Article)
		case !slices.Contains(doc.EntityTypes[:], m.Type):
			return nil, fmt.Errorf("there is no type of entity %q; known are %s", m.Type, list(doc.EntityTypes[:]))
		}
	}
	slices.SortFunc(out, Member.Compare)
	return slices.Compact(out), nil
}

func list[T ~string](of []T) string {
	parts := make([]string, len(of))
	for i, x := range of {
		parts[i] = string(x)
	}
	return strings.Join(parts, ", ")
}

// line makes one line of a text.
func line(s string) string {
	return strings.Join(strings.Fields(strings.ToValidUTF8(s, "\ufffd")), " ")
}

// marshal is json.Marshal that leaves <, > and & readable.
func marshal(v any) ([]byte, error) {
	var b strings.Builder
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		return nil, err
	}
	return []byte(strings.TrimSuffix(b.String(), "\n")), nil
}
