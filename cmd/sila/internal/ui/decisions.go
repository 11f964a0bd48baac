package ui

import (
	"fmt"
	"strings"
	"time"

	"github.com/sila-graph/sila/graph/query"
	"github.com/sila-graph/sila/graph/resolve/decide"
)

// Taken is what came of taking decisions.
type Taken struct {
	Path      string
	Added     []decide.Decision
	Quads     [2]int // that the graph gained and lost
	Conflicts []decide.Conflict
}

// Took says which decisions were taken.
func (u *UI) Took(t *Taken) {
	if len(t.Added) == 0 {
		u.Notef("that holds already")
		return
	}
	if len(t.Added) > 5 {
		u.Notef("%d decisions in %s", len(t.Added), t.Path)
	} else {
		for i := range t.Added {
			d := &t.Added[i]
			if d.Kind == decide.Undo {
				u.Notef("%s is undone", d.Of)
				continue
			}
			u.Notef("%s %s; sila log undo %s takes it back", d.ID, u.what(d), d.ID)
		}
	}
	for _, c := range t.Conflicts {
		u.Warnf("decision %s holds no longer in part: %s", c.ID, c.What)
	}
	u.Notef("graph: %d quads added, %d deleted", t.Quads[0], t.Quads[1])
}

// what says a decision in a line.
func (u *UI) what(d *decide.Decision) string {
	switch d.Kind {
	case decide.Same:
		return "same: " + u.members(d.Members)
	case decide.Different, decide.Unsure:
		return string(d.Kind) + ": " + u.members(d.Members) + " | " + u.members(d.Others)
	case decide.Alias:
		return "alias: " + u.members(d.Members) + " is also called " + u.text(d.Name)
	case decide.Undo:
		return "undo " + d.Of
	}
	var parts []string
	for i, r := range d.Reports {
		if i == 2 {
			parts = append(parts, fmt.Sprintf("and %d more", len(d.Reports)-i))
			break
		}
		roles := r.Agent
		if len(r.Patient)+len(r.Place) > 0 {
			roles = append(append(append([]string{}, r.Agent...), "→"), append(append([]string{}, r.Patient...), r.Place...)...)
		}
		parts = append(parts, fmt.Sprintf("%s %s in %s", r.Type, u.text(strings.Join(roles, " ")), u.text(r.Article)))
	}
	s := string(d.Kind) + ": " + strings.Join(parts, "; ")
	if d.To != nil {
		if b, err := marshal(d.To); err == nil {
			s += " to " + u.text(b)
		}
	}
	return s
}

// members names three of those that are one side of a decision.
func (u *UI) members(ms []decide.Member) string {
	const most = 3
	var parts []string
	seen := map[string]bool{}
	for _, m := range ms {
		if !seen[m.Name] {
			seen[m.Name] = true
			parts = append(parts, u.text(m.Name))
		}
	}
	n := len(parts)
	if n > most {
		parts = append(parts[:most], fmt.Sprintf("and %d more", n-most))
	}
	s := strings.Join(parts, ", ")
	if n == 1 && len(ms) > 1 {
		s += fmt.Sprintf(" of %d articles", len(ms))
	} else if n == 1 {
		s += " of " + u.text(ms[0].Article)
	}
	return s
}

// Log lists decisions.
func (u *UI) Log(f *decide.File) error {
	var rows [][]string
	for _, e := range f.Log() {
		state := ""
		switch {
		case e.Undone != nil:
			state = "undone"
		case !e.Holds:
			state = "taken again"
		}
		when := ""
		if !e.At.IsZero() {
			when = e.At.Format(time.DateOnly)
		}
		what := u.what(&e.Decision)
		if e.Note != "" {
			what += " (" + u.text(e.Note) + ")"
		}
		rows = append(rows, []string{e.ID, when, e.By, state, what})
	}
	if len(rows) == 0 {
		u.Notef("nobody decided anything yet: sila review proposes")
		return nil
	}
	for _, c := range f.Set().Conflicts {
		u.Warnf("decision %s doesn't hold in part: %s", c.ID, c.What)
	}
	return u.Table([]string{"id", "when", "by", "state", "decision"}, rows)
}

// Ask shows that an answer is wanted.
func (u *UI) Ask() {
	if u.Terminal {
		fmt.Fprint(u.Out, "> ")
	}
}

// Proposal shows two who may be one.
func (u *UI) Proposal(i, n int, p *query.Proposal, lang string) {
	fmt.Fprintf(u.Out, "\n%d of %d: one? (%s; moves %s)\n", i, n, p.Why, count(p.Facts, "fact"))
	for _, s := range []*query.Side{&p.A, &p.B} {
		fmt.Fprintf(u.Out, "  %s  %s, %s in %s\n", u.text(s.Text(lang)), u.text(s.IRI.String()), count(s.Facts, "fact"), count(s.Articles, "article"))
		for _, e := range s.Latest {
			fmt.Fprintf(u.Out, "    %s %s\n", e.When, u.text(e.Fact.Text(lang)))
			if e.Report != nil {
				fmt.Fprintf(u.Out, "%s\n", indent("      ", u.quote(e.Report, lang)))
			}
		}
	}
	fmt.Fprintln(u.Out, "s same, d different, u unsure, Enter next, q end")
}

// Proposals lists pairs who may be one.
func (u *UI) Proposals(all []query.Proposal, asJSON bool, lang string) error {
	if asJSON {
		return u.JSON(all)
	}
	var rows [][]string
	for _, p := range all {
		rows = append(rows, []string{fmt.Sprint(p.Facts), p.Why, p.A.Text(lang), p.A.IRI.String(), p.B.Text(lang), p.B.IRI.String()})
	}
	if len(rows) == 0 {
		u.Notef("nothing to decide")
		return nil
	}
	return u.Table([]string{"facts", "why", "one", "iri", "other", "iri"}, rows)
}

// Doubt shows a doubtful fact.
func (u *UI) Doubt(i, n int, d *query.Doubt, lang string) {
	fmt.Fprintf(u.Out, "\n%d of %d: right? (confidence %.2f)\n", i, n, d.Confidence)
	fmt.Fprintf(u.Out, "  %s %s\n  %s\n", d.When, u.text(d.Fact.Text(lang)), u.remarks(d.Fact, lang))
	if d.Report != nil {
		fmt.Fprintf(u.Out, "%s\n", indent("    ", u.quote(d.Report, lang)))
	}
	fmt.Fprintln(u.Out, "r right, w wrong, c PART=VALUE; … change, Enter next, q end")
}

// Doubts lists doubtful facts.
func (u *UI) Doubts(all []query.Doubt, asJSON bool, lang string) error {
	if asJSON {
		return u.JSON(all)
	}
	var rows [][]string
	for _, d := range all {
		rows = append(rows, []string{fmt.Sprintf("%.2f", d.Confidence), d.When, d.Fact.Text(lang), d.Fact.IRI.String()})
	}
	if len(rows) == 0 {
		u.Notef("nothing to decide")
		return nil
	}
	return u.Table([]string{"confidence", "when", "fact", "iri"}, rows)
}
