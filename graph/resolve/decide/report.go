package decide

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/sila-graph/sila/extract/arabic"
	"github.com/sila-graph/sila/extract/doc"
)

// Report is a fact as one article tells it. It names the members in its roles
// and the sentence, so it is found again after the article is extracted anew.
type Report struct {
	Article  string   `json:"article"`
	Type     string   `json:"type"` // of the fact: Attack
	Agent    []string `json:"agent,omitempty"`
	Patient  []string `json:"patient,omitempty"`  // roles as "Person:جون كيري"
	Place    []string `json:"place,omitempty"`    // only where both others are empty
	Sentence *int     `json:"sentence,omitempty"` // nil: wherever the article says it
}

// ReportOf returns a document's n-th fact as a report.
func ReportOf(d *doc.Document, n int) Report {
	f := &d.Facts[n]
	s := f.Sentence
	r := Report{Article: d.ID, Type: f.Type, Agent: roles(d, f.Agent), Patient: roles(d, f.Patient), Sentence: &s}
	if len(r.Agent)+len(r.Patient) == 0 {
		r.Place = roles(d, f.Place)
	}
	return r
}

// Role names an entity in a role.
func Role(e *doc.Entity) string { return string(e.Type) + ":" + NameOf(e) }

func roles(d *doc.Document, ids []string) []string {
	var out []string
	for _, id := range ids {
		if e := d.EntityByID(id); e != nil {
			out = append(out, Role(e))
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

func (r *Report) tidy() error {
	if r.Article == "" {
		return errors.New("a report lacks its article")
	}
	if _, ok := doc.Types().ByName(r.Type); !ok {
		return fmt.Errorf("there is no type of fact %q", r.Type)
	}
	if r.Sentence != nil && *r.Sentence < 0 {
		return fmt.Errorf("%d is no sentence: they count from 0, the title", *r.Sentence)
	}
	return tidyRoles(&r.Agent, &r.Patient, &r.Place)
}

func tidyRoles(lists ...*[]string) error {
	for _, l := range lists {
		out := slices.Clone(*l)
		for i, x := range out {
			typ, name, ok := strings.Cut(x, ":")
			if !strings.HasPrefix(name, "#") {
				name = arabic.Key(name)
			}
			if !ok || name == "" || !slices.Contains(doc.EntityTypes[:], doc.EntityType(typ)) {
				return fmt.Errorf("%q is nobody in a role: write Person:NAME, with one of the types %s", x, list(doc.EntityTypes[:]))
			}
			out[i] = typ + ":" + name
		}
		slices.Sort(out)
		*l = slices.Compact(out)
	}
	return nil
}

// Compare orders reports.
func (r Report) Compare(q Report) int {
	return cmp.Or(strings.Compare(r.Article, q.Article), cmp.Compare(r.sentence(), q.sentence()), strings.Compare(r.Type, q.Type),
		slices.Compare(r.Agent, q.Agent), slices.Compare(r.Patient, q.Patient), slices.Compare(r.Place, q.Place))
}

func (r Report) sentence() int {
	if r.Sentence == nil {
		return -1
	}
	return *r.Sentence
}

// key is the report as one text; s is the sentence or -1.
func (r Report) key(s int) string {
	return fmt.Sprintf("%d\x00%s\x00%s\x00%s\x00%s\x00%s", s, r.Article, r.Type,
		strings.Join(r.Agent, "\x01"), strings.Join(r.Patient, "\x01"), strings.Join(r.Place, "\x01"))
}

// articleOf reads the article back from a key.
func articleOf(key string) string { return strings.Split(key, "\x00")[1] }

// Revision is how a report reads in truth. What is nil stays.
type Revision struct {
	Type    string      `json:"type,omitempty"`
	Subtype *string     `json:"subtype,omitempty"`
	Agent   *[]string   `json:"agent,omitempty"` // roles as in [Report]; an empty list leaves the role empty
	Patient *[]string   `json:"patient,omitempty"`
	Place   *[]string   `json:"place,omitempty"`
	Status  *doc.Status `json:"status,omitempty"`
	Ended   *bool       `json:"ended,omitempty"`
	Time    *string     `json:"time,omitempty"` // YYYY-MM-DD, YYYY-MM, YYYY or ""
	Title   *string     `json:"title,omitempty"`
}

func (v *Revision) tidy() error {
	if *v == (Revision{}) {
		return errors.New("a decision \"change\" changes nothing: give type, agent, patient, place, status, ended, time, title or subtype")
	}
	if v.Type != "" {
		if _, ok := doc.Types().ByName(v.Type); !ok {
			return fmt.Errorf("there is no type of fact %q", v.Type)
		}
	}
	for _, l := range []*[]string{v.Agent, v.Patient, v.Place} {
		if l != nil {
			if err := tidyRoles(l); err != nil {
				return err
			}
			if *l == nil {
				*l = []string{}
			}
		}
	}
	if v.Status != nil {
		if all := []doc.Status{doc.Actual, doc.Intended, doc.Negated, doc.Possible}; !slices.Contains(all, *v.Status) {
			return fmt.Errorf("there is no status %q; known are %s", *v.Status, list(all))
		}
	}
	if v.Time != nil && *v.Time != "" && !isTime(*v.Time) {
		return fmt.Errorf("%q is no time; write 2016, 2016-07 or 2016-07-21", *v.Time)
	}
	return nil
}

// isTime knows YYYY, YYYY-MM and YYYY-MM-DD by their shape.
func isTime(s string) bool {
	const shape = "dddd-dd-dd"
	if len(s) != 4 && len(s) != 7 && len(s) != 10 {
		return false
	}
	for i := range len(s) {
		if digit := s[i] >= '0' && s[i] <= '9'; digit != (shape[i] == 'd') || !digit && s[i] != '-' {
			return false
		}
	}
	return true
}

// Apply returns a fact of a document as revised. A role that names nobody of the
// document is an error.
func (v *Revision) Apply(d *doc.Document, f doc.Fact) (doc.Fact, error) {
	if v.Type != "" && v.Type != f.Type {
		f.Type, f.Subtype = v.Type, ""
	}
	for _, r := range []struct {
		to   *[]string
		from *[]string
	}{{&f.Agent, v.Agent}, {&f.Patient, v.Patient}, {&f.Place, v.Place}} {
		if r.from == nil {
			continue
		}
		ids := make([]string, 0, len(*r.from))
		for _, role := range *r.from {
			i := slices.IndexFunc(d.Entities, func(e doc.Entity) bool { return Role(&e) == role })
			if i < 0 {
				return f, fmt.Errorf("article %s names no %s", d.ID, role)
			}
			ids = append(ids, d.Entities[i].ID)
		}
		*r.to = ids
	}
	set(&f.Subtype, v.Subtype)
	set(&f.Status, v.Status)
	set(&f.Ended, v.Ended)
	set(&f.Time, v.Time)
	set(&f.Title, v.Title)
	return f, nil
}

func set[T any](to *T, from *T) {
	if from != nil {
		*to = *from
	}
}
