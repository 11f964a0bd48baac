package decide

import (
	"fmt"

	"github.com/sila-graph/sila/extract/doc"
)

// Gold turns a document into gold for sila eval and sila train, as far as people
// judged its facts: right ones stand, changed ones stand as changed, wrong ones
// are missing, so that finding them costs. What nobody judged is optional: it
// neither counts for nor against. nil where nobody judged anything.
func Gold(d *doc.Document, s *Set) (*doc.Document, error) {
	verdicts := s.Judge(d)
	if verdicts == nil {
		return nil, nil
	}
	out := &doc.Document{V: d.V, ID: d.ID, Date: d.Date, Title: d.Title, Text: d.Text}
	sure := map[string]bool{}
	for i, f := range d.Facts {
		v := verdicts[i]
		switch {
		case v == nil:
			f.Optional = true
		case v.Kind == Wrong:
			continue
		case v.Kind == Change:
			var err error
			if f, err = v.To.Apply(d, f); err != nil {
				return nil, fmt.Errorf("decision %s: %w", v.ID, err)
			}
		}
		if v != nil {
			f.Optional = false
			for _, role := range [][]string{f.Agent, f.Patient, f.Place} {
				for _, id := range role {
					sure[id] = true
				}
			}
		}
		f.Confidence, f.Rule, f.Trigger = 0, "", "" // of the extraction, not of people
		out.Facts = append(out.Facts, f)
	}
	for _, e := range d.Entities {
		e.Optional = !sure[e.ID]
		e.Mentions, e.Ref, e.Kind, e.Country = nil, "", "", ""
		out.Entities = append(out.Entities, e)
	}
	return out, nil
}

// Articles lists the articles on whose facts there are verdicts, sorted.
func (s *Set) Articles() []string {
	if s == nil {
		return nil
	}
	return Diff(nil, s).Articles
}
