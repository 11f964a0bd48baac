package article

import (
	"fmt"
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
	t, err := decodeText(b)
	if err != nil {
		return s.fail(src.at(), err, "convert the file to UTF-8")
	}
	return s.emit(src, src.at(), plainArticle(t, src.url))
}

// decodeText gives the text of a file.
func decodeText(b []byte) (string, error) {
	b = b[len(b)-len(strings.TrimPrefix(string(b), string(bomUTF8))):]
	if !utf8.Valid(b) {
		return "", fmt.Errorf("%w: invalid UTF-8", ErrEncoding)
	}
	return string(b), nil
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
	// Furniture goes, but what it says of the date counts.
	a.Date = textDate(strings.Join(lines, "\n"))
	return a
}
