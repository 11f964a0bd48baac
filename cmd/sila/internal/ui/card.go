package ui

import (
	"fmt"
	"strings"

	"github.com/sila-graph/sila/graph/query"
)

// maxEnds is how many ends of one tie a card shows.
const maxEnds = 8

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
	line("also", c.Aliases...)
	line("id", c.ID)
	line("country", join(c.Country, lang, "، "))
	if c.Lat != 0 || c.Long != 0 {
		line("at", fmt.Sprintf("%.4f, %.4f", c.Lat, c.Long))
	}
	for _, o := range c.Offices {
		text := o.Title
		if body := join(o.Body, lang, "، "); body != "" {
			text += " — " + body
		}
		if o.Ended {
			text += " (former)"
		}
		line("office", text)
	}
	line("facts", fmt.Sprintf("%d as doer, %d as the one it befell, in %d articles", c.Did, c.Underwent, c.Articles))
	for i, t := range c.Ties {
		if i == 0 || t.Back != c.Ties[i-1].Back {
			b.WriteString(map[bool]string{false: "what it did\n", true: "what others did to it\n"}[t.Back])
		}
		var ends []string
		for _, e := range t.Ends[:min(len(t.Ends), maxEnds)] {
			ends = append(ends, u.Isolate(clean(e.Text(lang))))
		}
		if more := len(t.Ends) - len(ends); more > 0 {
			ends = append(ends, fmt.Sprintf("and %d more", more))
		}
		fmt.Fprintf(&b, "  %s: %s\n", u.Isolate(clean(t.Edge.Text(lang))), strings.Join(ends, "، "))
	}
	_, err := u.Out.Write([]byte(b.String()))
	return err
}
