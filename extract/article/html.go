package article

import (
	"errors"
	"fmt"
	"net/url"
	"strings"

	readability "codeberg.org/readeck/go-readability/v2"
	"golang.org/x/net/html"
	"golang.org/x/net/html/charset"
)

// ErrNoArticle marks a page without a story: a front page, a list of headlines, an error page.
var ErrNoArticle = errors.New("no article on the page")

// Bounds for what passes as a story.
const (
	minWords     = 20     // fewer words than these are no story but a picture's caption or an error message
	maxElements  = 100000 // of a page; readability's time grows with them
	minReadable  = 140    // code points that readability has to find before it stops trying harder
	maxLinkShare = 50     // percent of a story's text that may be link text
)

// page reads an HTML document.
func (s *session) page(src *source) error {
	b, ok, err := s.readAll(src)
	if !ok {
		return err
	}
	var a Article
	var bad int
	var perr error
	remedy := "convert it to UTF-8"
	return s.later(func() {
		var t string
		if t, bad, perr = decode(b, pageCharset(b, src)); perr == nil {
			a, perr = pageArticle(t, src.url)
			remedy = "front pages and lists of headlines hold no article; else save the text alone"
		}
		b = nil
	}, func() error {
		if perr != nil {
			return s.failNow(src.at(), perr, remedy)
		}
		if bad > 0 {
			if err := s.failNow(src.at(), badBytes(bad), badRemedy); err != nil {
				return err
			}
		}
		return s.emitNow(src, src.at(), a)
	})
}

// pageCharset returns the character set that the page's surroundings or its own head declare, or "".
func pageCharset(b []byte, src *source) string {
	if src.label != "" {
		return src.label
	}
	if _, name, certain := charset.DetermineEncoding(b, ""); certain || name != "windows-1252" {
		return name
	}
	return ""
}

// pageArticle finds the story on a page and what the page says of it. base is the address that the page came from, or "".
func pageArticle(t, base string) (a Article, err error) {
	defer func() {
		if r := recover(); r != nil { // a fault of a library on a hostile page must not end a load of millions
			a, err = Article{}, fmt.Errorf("%w: reading the page failed: %v", ErrBroken, r)
		}
	}()
	doc, err := html.Parse(strings.NewReader(t))
	if err != nil {
		return a, fmt.Errorf("%w: %w", ErrBroken, err)
	}
	m := collectMeta(doc, base)
	a = Article{Date: m.date, Source: m.source, URL: m.url, Author: m.author, Lang: m.lang}
	a.Title = pageTitle(&m, doc)

	strip(doc)
	markLines(doc)
	lines, readErr := mainLines(doc, m.url)
	raw := storyLines(lines)
	a.Text = clean(a.Title, raw)
	words, share := len(strings.Fields(a.Text)), linkShare(lines)
	if bodyWords := len(strings.Fields(m.body)); bodyWords > minWords && (words < minWords || words*2 < bodyWords) {
		// The story is not in the page's own text but loaded by a script; its metadata has it.
		body := m.body
		if strings.Contains(body, "</") {
			a.Text = fragmentText(a.Title, body)
		} else {
			a.Text = clean(a.Title, strings.Split(body, "\n"))
		}
		words, share = len(strings.Fields(a.Text)), 0
	}
	if words < minWords || share > maxLinkShare && !m.article {
		return Article{}, or2(readErr, ErrNoArticle)
	}
	if a.Date == "" {
		a.Date = textDate(strings.Join(raw, "\n"))
	}
	if a.Author == "" {
		a.Author = bylineIn(raw)
	}
	return a, nil
}

func or2(err, otherwise error) error {
	if err != nil {
		return err
	}
	return otherwise
}

// mainLines finds the part of a page that holds the story and returns its lines.
func mainLines(doc *html.Node, pageAddr string) ([]pageLine, error) {
	base, err := url.Parse(or(pageAddr, "http://localhost/"))
	if err != nil {
		base = &url.URL{Scheme: "http", Host: "localhost", Path: "/"}
	}
	p := readability.NewParser()
	p.CharThresholds = minReadable
	p.MaxElemsToParse = maxElements
	p.DisableJSONLD = true // read in collectMeta, with dates and publishers
	res, err := p.ParseAndMutate(doc, base)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrNoArticle, err)
	}
	if res.Node == nil {
		return nil, nil
	}
	return nodeLines(res.Node), nil
}

// linkShare is the percentage of link text in lines.
func linkShare(lines []pageLine) int {
	total, link := 0, 0
	for _, l := range lines {
		total += len(l.text)
		link += l.link
	}
	if total == 0 {
		return 0
	}
	return link * 100 / total
}

// pageTitle takes the title from metadata or page, less the site's name that templates add («عنوان الخبر | اسم الموقع»).
func pageTitle(m *pageMeta, doc *html.Node) string {
	for _, t := range []string{m.title, m.h1, m.docTitle} {
		if t = cutSite(oneLine(t), m, doc); t != "" && fold(t) != fold(m.source) {
			return t
		}
	}
	return ""
}

// cutSite removes a site's name from either end of a title, where a bar or dash sets it off. It counts as the site's name
// if the metadata says so, or if what remains is the page's heading or, failing one, some line of the page.
func cutSite(t string, m *pageMeta, doc *html.Node) string {
	site := fold(m.source)
	var headings map[string]bool
	heading := func(s string) bool {
		if headings == nil {
			headings = map[string]bool{}
			if m.h1 != "" {
				headings[fold(m.h1)] = true
			} else {
				for _, l := range nodeLines(doc) {
					headings[fold(l.text)] = true
				}
			}
		}
		return headings[fold(s)]
	}
	for _, sep := range [...]string{" | ", " – ", " - ", " — ", " :: ", " » ", " • ", "|"} {
		i, j := strings.Index(t, sep), strings.LastIndex(t, sep)
		if i <= 0 {
			continue
		}
		if head, tail := t[:j], t[j+len(sep):]; fold(tail) == site && site != "" || heading(head) {
			return strings.TrimSpace(head)
		}
		if head, tail := t[:i], t[i+len(sep):]; fold(head) == site && site != "" || heading(tail) {
			return strings.TrimSpace(tail)
		}
	}
	return t
}
