package ui

import (
	"fmt"
	"slices"
	"strings"

	"github.com/sila-graph/sila/graph/query"
)

// How many of each a card shows.
const (
	maxEnds    = 8 // of one tie
	maxNames   = 12
	maxOffices = 8
	maxOutlets = 4
)

// Card writes an actor's card.
func (u *UI) Card(c *query.Card, lang string) error {
	var b strings.Builder
	fmt.Fprintf(&b, "%s\n", u.Isolate(c.Text(lang)))
	line := func(key string, parts ...string) {
		for i, p := range parts {
			parts[i] = u.Isolate(clean(p))
		}
		if text := strings.Join(parts, "، "); text != "" {
			fmt.Fprintf(&b, "  %-9s %s\n", key, text)
		}
	}
	line("iri", c.IRI.String())
	kind := strings.ToLower(c.Type)
	if c.Kind != "" {
		kind += ", " + c.Kind
	}
	line("type", kind)
	if other := c.Text(map[string]string{"ar": "en"}[lang]); other != c.Text(lang) && other != c.IRI.String() {
		line("label", other)
	}
	also := c.Aliases[:min(len(c.Aliases), maxNames)]
	if more := len(c.Aliases) - len(also); more > 0 {
		also = append(slices.Clone(also), fmt.Sprintf("and %d more", more))
	}
	line("also", also...)
	line("id", c.ID)
	line("country", join(c.Country, lang, "، "))
	if c.Lat != 0 || c.Long != 0 {
		line("at", fmt.Sprintf("%.4f, %.4f", c.Lat, c.Long))
	}
	offices := func(key string, list []query.Office) {
		for i, o := range list {
			if i == maxOffices {
				line("", fmt.Sprintf("and %d more", len(list)-i))
				break
			}
			line(key, u.office(o, lang))
			key = ""
		}
	}
	offices("office", c.Offices)
	offices("held by", c.Holders)
	facts := fmt.Sprintf("%d as doer, %d as the one it befell", c.Did, c.Underwent)
	if c.Quoted > 0 {
		facts += fmt.Sprintf(", quoted for %d", c.Quoted)
	}
	line("facts", facts)
	if c.Articles > 0 {
		told := count(c.Articles, "article")
		if c.First != "" {
			told += ", " + c.First
			if c.Last != c.First {
				told += " to " + c.Last
			}
		}
		var outlets []string
		for i, o := range c.Outlets {
			if i == maxOutlets {
				outlets = append(outlets, fmt.Sprintf("%d others", len(c.Outlets)-i))
				break
			}
			outlets = append(outlets, fmt.Sprintf("%s %d", u.text(o.Name), o.Articles))
		}
		if len(outlets) > 0 {
			told += ": " + strings.Join(outlets, ", ")
		}
		fmt.Fprintf(&b, "  %-9s %s\n", "told in", told)
	}
	for i, t := range c.Ties {
		if i == 0 || t.Back != c.Ties[i-1].Back {
			b.WriteString(map[bool]string{false: "what it did\n", true: "what others did to it\n"}[t.Back])
		}
		var ends []string
		for _, e := range t.Ends[:min(len(t.Ends), maxEnds)] {
			end := u.text(e.Text(lang))
			if e.Facts > 1 {
				end += fmt.Sprintf(" (%d)", e.Facts)
			}
			ends = append(ends, end)
		}
		if more := len(t.Ends) - len(ends); more > 0 {
			ends = append(ends, fmt.Sprintf("and %d more", more))
		}
		fmt.Fprintf(&b, "  %s: %s\n", u.text(t.Edge.Text(lang)), strings.Join(ends, "، "))
	}
	if len(c.Latest) > 0 {
		b.WriteString("latest\n")
		for _, e := range c.Latest {
			when := e.When
			if e.About {
				when = "~" + when
			}
			fmt.Fprintf(&b, "  %-11s %s, %s\n", when, u.text(e.Fact.Text(lang)), u.remarks(e.Fact, lang))
		}
	}
	_, err := u.Out.Write([]byte(b.String()))
	return err
}

// office says who holds what where since when, as articles tell.
func (u *UI) office(o query.Office, lang string) string {
	var parts []string
	for _, s := range []string{o.Title, join(o.Holder, lang, "، "), join(o.Body, lang, "، ")} {
		if s != "" {
			parts = append(parts, s)
		}
	}
	s := strings.Join(parts, " — ")
	switch {
	case o.Ended && o.Former != "":
		s += " (former by " + o.Former + ")"
	case o.Ended:
		s += " (former)"
	case o.First != "" && o.Last != o.First:
		s += " (" + o.First + " to " + o.Last + ")"
	case o.First != "":
		s += " (" + o.First + ")"
	}
	return s
}
