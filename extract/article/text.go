package article

import (
	"strings"
	"unicode/utf8"
)

// titleLimit bounds a title in code points: a longer first line is the story itself.
const titleLimit = 250

// text reads a plain text file: the first line that is not blank is the title, the rest the story, less what furniture of
// a saved page lies around it.
func (s *session) text(src *source) error {
	b, ok, err := s.readAll(src)
	if !ok {
		return err
	}
	t, ok, err := s.decode(src.at(), b, src.label)
	if !ok {
		return err
	}
	return s.emit(src, src.at(), plainArticle(t, src.url))
}

// plainArticle makes an article of a plain text.
func plainArticle(t, url string) Article {
	t = strings.ReplaceAll(strings.ReplaceAll(t, "\r\n", "\n"), "\r", "\n")
	lines := strings.Split(t, "\n")
	for len(lines) > 0 && trimLine(lines[0]) == "" {
		lines = lines[1:]
	}
	a := Article{URL: url}
	if len(lines) > 0 && utf8.RuneCountInString(lines[0]) <= titleLimit {
		a.Title = trimLine(lines[0])
		lines = lines[1:]
	}
	a.Text = clean(a.Title, lines)
	// Furniture goes, but what it says of date and author counts.
	a.Date = textDate(strings.Join(lines, "\n"))
	a.Author = bylineIn(lines)
	return a
}
