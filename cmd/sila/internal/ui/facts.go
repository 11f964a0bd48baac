package ui

import (
	"encoding/json"
	"fmt"
	"strings"

	"github.com/sila-graph/sila/graph/query"
)

// JSON writes one value as a JSON text, indented on a terminal.
func (u *UI) JSON(v any) error {
	enc := json.NewEncoder(u.Out)
	enc.SetEscapeHTML(false)
	if u.Terminal {
		enc.SetIndent("", "  ")
	}
	return enc.Encode(v)
}

// Form says whether an answer is wanted as JSON; other formats than text and json are wrong usage.
func Form(format string) (asJSON bool, err error) {
	switch format {
	case "text":
		return false, nil
	case "json":
		return true, nil
	}
	return false, Usagef("there is no format %q; known are text, json", format)
}

// text isolates and cleans a text from the graph.
func (u *UI) text(s string) string { return u.Isolate(clean(s)) }

// remarks says of a fact what its line doesn't: how it stands, how often it is told, its IRI.
func (u *UI) remarks(f *query.Fact, lang string) string {
	var parts []string
	if f.Status.IRI != "sila:actual" {
		parts = append(parts, u.text(f.Status.Text(lang)))
	}
	if f.Ended {
		parts = append(parts, "ended")
	}
	if f.OneSided {
		parts = append(parts, "only the doer's side says so")
	}
	parts = append(parts, count(f.Reports, "report"), f.IRI.String())
	return strings.Join(parts, ", ")
}

// quote is a report's sentence with where it stands.
func (u *UI) quote(r *query.Report, lang string) string {
	s := "«" + clean(r.Evidence) + "»"
	if r.Evidence == "" {
		s = clean(r.Headline)
	}
	return u.Isolate(s) + "\n" + u.origin(r, lang)
}

// origin says which article a report stands in and who is quoted for it.
func (u *UI) origin(r *query.Report, lang string) string {
	var parts []string
	if r.Date != "" {
		parts = append(parts, r.Date)
	}
	if r.Outlet != "" {
		parts = append(parts, u.text(r.Outlet))
	}
	parts = append(parts, u.text(r.Article.String()))
	if r.Source.IRI != "" {
		parts = append(parts, "says "+u.text(r.Source.Text(lang)))
	} else if r.SourceKind != "" && r.SourceKind != "none" {
		parts = append(parts, "says a source: "+r.SourceKind)
	}
	return strings.Join(parts, ", ")
}

func count(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}

// indent begins each line with a margin.
func indent(margin, s string) string { return margin + strings.ReplaceAll(s, "\n", "\n"+margin) }

// events writes facts with their dates, one after the other.
func (u *UI) events(b *strings.Builder, rows []query.Event, lang string) {
	for _, e := range rows {
		when := e.When
		if e.About {
			when = "~" + when
		}
		fmt.Fprintf(b, "%-11s  %s\n", when, u.text(e.Fact.Text(lang)))
		if e.Report != nil {
			b.WriteString(indent("             ", u.quote(e.Report, lang)) + "\n")
		}
		b.WriteString("             " + u.remarks(e.Fact, lang) + "\n")
	}
}

// Timeline writes what happened with somebody.
func (u *UI) Timeline(t *query.Timeline, lang string) error {
	if len(t.Rows) == 0 {
		u.Notef("nothing is told of %s then", u.text(t.Of.Text(lang)))
		return nil
	}
	if t.More > 0 {
		u.Notef("%s before these; --limit 0 shows all", count(t.More, "more fact"))
	}
	var b strings.Builder
	u.events(&b, t.Rows, lang)
	_, err := u.Out.Write([]byte(b.String()))
	return err
}

// Control writes who held a place when.
func (u *UI) Control(c *query.Control, lang string) error {
	if len(c.Periods) == 0 {
		u.Notef("nothing is told of who holds %s", u.text(c.Place.Text(lang)))
		return nil
	}
	var rows [][]string
	for _, p := range c.Periods {
		holder := few(p.Holder, lang)
		if holder == "" {
			holder = "?"
		}
		how := p.Began.Type.Text(lang)
		if p.Claimed {
			how += " (claimed)"
		}
		rows = append(rows, []string{p.From, p.Seen, holder, how, fmt.Sprint(p.Reports), p.Began.IRI.String(), few(p.Others, lang)})
	}
	return u.Table([]string{"from", "last told", "holder", "began with", "reports", "fact", "also told"}, rows)
}

// few lists three of a cell's values at most.
func few(c query.Cell, lang string) string {
	const most = 3
	s := join(c[:min(len(c), most)], lang, "، ")
	if len(c) > most {
		s += "…"
	}
	return s
}

// Paths writes how two are connected.
func (u *UI) Paths(p *query.Paths, lang string) error {
	if len(p.Paths) == 0 {
		u.Notef("nothing ties %s and %s within %s; --max looks farther", u.text(p.From.Text(lang)), u.text(p.To.Text(lang)), count(p.Max, "step"))
		return nil
	}
	var b strings.Builder
	for i, way := range p.Paths {
		names := []string{u.text(way.Steps[0].From.Text(lang))}
		for _, s := range way.Steps {
			names = append(names, u.text(s.To.Text(lang)))
		}
		fmt.Fprintf(&b, "%d. %s\n", i+1, strings.Join(names, " – "))
		for _, s := range way.Steps {
			x, y := s.From, s.To
			if s.Back {
				x, y = y, x
			}
			fmt.Fprintf(&b, "   %s", u.text(x.Text(lang)+" "+s.Edge.Text(lang)+" "+y.Text(lang)))
			if s.Fact == nil {
				b.WriteByte('\n')
				continue
			}
			if s.Facts > 1 {
				fmt.Fprintf(&b, " (%s, the latest:)", count(s.Facts, "fact"))
			}
			b.WriteByte('\n')
			if s.Report != nil {
				b.WriteString(indent("      ", u.quote(s.Report, lang)) + "\n")
			}
			b.WriteString("      " + u.remarks(s.Fact, lang) + "\n")
		}
	}
	if p.More {
		u.Notef("there are more ways as short; --limit shows more")
	}
	_, err := u.Out.Write([]byte(b.String()))
	return err
}

// News writes what is new.
func (u *UI) News(n *query.News, lang string) error {
	var b strings.Builder
	fmt.Fprintf(&b, "%s\n", count(n.Articles, "new article"))
	for _, l := range []struct {
		name, title string
		rows        []query.Event
	}{{"facts", "new", n.Facts}, {"confirmed", "told again by others", n.Confirmed}, {"disputed", "disputed", n.Disputed}} {
		if len(l.rows) == 0 {
			continue
		}
		fmt.Fprintf(&b, "\n%s\n", l.title)
		u.events(&b, l.rows, lang)
		if m := n.More[l.name]; m > 0 {
			fmt.Fprintf(&b, "and %d more\n", m)
		}
	}
	if len(n.Actors) > 0 {
		b.WriteString("\nfirst mentioned\n")
		for _, a := range n.Actors {
			fmt.Fprintf(&b, "  %s (%s) %s\n", u.text(a.Text(lang)), count(a.Articles, "article"), u.text(a.IRI.String()))
		}
		if m := n.More["actors"]; m > 0 {
			fmt.Fprintf(&b, "and %d more\n", m)
		}
	}
	_, err := u.Out.Write([]byte(b.String()))
	return err
}

// Sources writes the reports of a fact side by side.
func (u *UI) Sources(s *query.Sources, lang string) error {
	var b strings.Builder
	f := s.Fact
	fmt.Fprintf(&b, "%s\n  %s", u.text(f.Text(lang)), u.remarks(f, lang))
	if w := f.When(); w != "" {
		fmt.Fprintf(&b, ", %s", w)
	}
	fmt.Fprintf(&b, "\n  %s in %s", count(len(s.Voices), "voice"), count(s.Texts, "text"))
	if s.Denied > 0 {
		fmt.Fprintf(&b, "; denied by %d", s.Denied)
	}
	b.WriteByte('\n')
	for i, n := range s.Numbers {
		if i == 0 {
			b.WriteString("  numbers: ")
			if s.Differ {
				b.WriteString("they contradict each other: ")
			}
		} else {
			b.WriteString(", ")
		}
		fmt.Fprintf(&b, "%s (%s)", number(n.Low, n.High), count(n.Reports, "report"))
	}
	if len(s.Numbers) > 0 {
		b.WriteByte('\n')
	}
	for _, v := range s.Voices {
		who := v.Who.Text(lang)
		if v.Who.IRI == "" {
			who = "unnamed"
			if v.Kind != "" && v.Kind != "none" {
				who += " (" + v.Kind + ")"
			}
			if v.Outlet != "" {
				who += ", " + v.Outlet
			}
		}
		b.WriteString(u.text(who))
		if v.Copies > 0 {
			fmt.Fprintf(&b, " (and %s)", strings.Replace(count(v.Copies, "copy"), "copys", "copies", 1))
		}
		b.WriteByte('\n')
		for i := range v.Reports {
			r := &v.Reports[i]
			line := u.text("«" + r.Evidence + "»")
			if r.Status.IRI != "sila:actual" {
				line = u.text(r.Status.Text(lang)) + ": " + line
			}
			fmt.Fprintf(&b, "  %s\n", line)
			where := []string{}
			if r.Date != "" {
				where = append(where, r.Date)
			}
			if r.Outlet != "" {
				where = append(where, u.text(r.Outlet))
			}
			if r.Low != nil || r.High != nil {
				where = append(where, "number "+number(r.Low, r.High))
			}
			fmt.Fprintf(&b, "  %s\n", strings.Join(append(where, u.text(r.Article.String())), ", "))
		}
	}
	_, err := u.Out.Write([]byte(b.String()))
	return err
}

// number writes a range: 12, at least 12, 12–15.
func number(low, high *int64) string {
	switch {
	case low != nil && high != nil && *low == *high:
		return fmt.Sprint(*low)
	case low != nil && high != nil:
		return fmt.Sprintf("%d–%d", *low, *high)
	case low != nil:
		return fmt.Sprintf("at least %d", *low)
	}
	return fmt.Sprintf("at most %d", *high)
}
