package article

import (
	"encoding/json"
	"net/url"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// pageMeta is what a page says of itself outside its story. Each field is filled from the best source that has it:
// JSON-LD, then OpenGraph and other meta elements, then the elements of the page.
type pageMeta struct {
	title, date, author, source, url, lang string
	body                                   string // JSON-LD's articleBody
	h1                                     string
	docTitle                               string // the title element, most often with the site's name after it
	visibleDate                            string // a date that stands alone in an element meant for it
	article                                bool   // declared to be an article
}

// metaNames lists the names of meta elements for each field, best first.
var metaNames = map[string][]string{
	"title":  {"og:title", "twitter:title", "dc.title", "headline"},
	"date":   {"article:published_time", "og:published_time", "datepublished", "parsely-pub-date", "sailthru.date", "dc.date.issued", "dc.date", "dcterms.created", "pubdate", "publishdate", "publish-date", "publication_date", "date"},
	"author": {"author", "article:author", "dc.creator", "parsely-author", "twitter:creator"},
	"source": {"og:site_name", "dc.publisher", "publisher", "application-name"},
	"url":    {"og:url"},
}

// collectMeta walks a parsed page once.
func collectMeta(doc *html.Node, base string) pageMeta {
	var m pageMeta
	metas := map[string]string{}
	var ld ldArticle
	var canonical, timeAttr, timeText, rel string
	var walk func(n *html.Node, depth int)
	walk = func(n *html.Node, depth int) {
		if n.Type == html.ElementNode {
			switch n.DataAtom {
			case atom.Html:
				m.lang = attr(n, "lang")
			case atom.Meta:
				for _, k := range [3]string{"property", "name", "itemprop"} {
					if name := strings.ToLower(strings.TrimSpace(attr(n, k))); name != "" {
						if v := strings.TrimSpace(attr(n, "content")); v != "" && metas[name] == "" {
							metas[name] = v
						}
					}
				}
			case atom.Link:
				if strings.EqualFold(attr(n, "rel"), "canonical") {
					canonical = attr(n, "href")
				}
			case atom.Title:
				if m.docTitle == "" && (n.Parent == nil || n.Parent.Data != "svg") {
					m.docTitle = inlineText(n)
				}
			case atom.H1:
				// A site's name often is the first h1, the story's title the last before the story.
				if t := inlineText(n); t != "" && (m.h1 == "" || len(strings.Fields(m.h1)) < 4) {
					m.h1 = t
				}
			case atom.Time:
				if v := attr(n, "datetime"); timeAttr == "" && v != "" {
					timeAttr = parseDate(v)
				}
				if timeText == "" {
					timeText = parseDate(inlineText(n))
				}
			case atom.Script:
				if strings.HasPrefix(strings.ToLower(strings.TrimSpace(attr(n, "type"))), "application/ld+json") && n.FirstChild != nil {
					ld.read(n.FirstChild.Data)
				}
				return
			case atom.Style, atom.Noscript, atom.Template:
				return
			default:
				if m.visibleDate == "" && marked(n, dateMarks) {
					if t := inlineText(n); len(t) < 200 {
						m.visibleDate = lineDate(t)
					}
				}
				if rel == "" && (attr(n, "rel") == "author" || attr(n, "itemprop") == "author" || attr(n, "itemprop") == "name" && n.Parent != nil && attr(n.Parent, "itemprop") == "author") {
					if t := inlineText(n); len(t) < 120 {
						rel = t
					}
				}
			}
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			walk(c, depth+1)
		}
	}
	walk(doc, 0)
	first := func(field string) string {
		for _, name := range metaNames[field] {
			if v := metas[name]; v != "" {
				return oneLine(v)
			}
		}
		return ""
	}
	m.title = or(ld.Headline, first("title"))
	m.date = parseDate(ld.Date)
	for _, name := range metaNames["date"] {
		if m.date == "" {
			m.date = parseDate(metas[name])
		}
	}
	m.date = or(m.date, timeAttr, timeText, m.visibleDate)
	m.author = ld.Author
	for _, v := range []string{first("author"), rel} {
		if m.author == "" && !strings.Contains(v, "://") && !strings.HasPrefix(v, "@") {
			m.author = oneLine(v)
		}
	}
	m.source = or(ld.Publisher, first("source"))
	if fold(m.author) == fold(m.source) {
		m.author = ""
	}
	m.lang = or(ld.Lang, m.lang)
	m.body = ld.Body
	m.article = ld.found || strings.EqualFold(metas["og:type"], "article")
	near := or(base, pageURL(ld.URL, ""), pageURL(first("url"), ""))
	for _, u := range []string{canonical, first("url"), ld.URL} {
		if m.url == "" {
			m.url = pageURL(u, near)
		}
	}
	m.url = or(m.url, base)
	return m
}

// pageURL makes u absolute. A canonical address that names the site's front page where the fetched one did not is an
// error of the site's template and counts as none.
func pageURL(u, base string) string {
	p, err := url.Parse(strings.TrimSpace(u))
	if err != nil || u == "" {
		return ""
	}
	if b, err := url.Parse(base); err == nil && base != "" {
		p = b.ResolveReference(p)
		if strings.Trim(p.Path, "/") == "" && p.RawQuery == "" && strings.Trim(b.Path, "/") != "" {
			return ""
		}
	}
	if urlID(p.String()) == "" || strings.Trim(p.Path, "/") == "" && p.RawQuery == "" {
		return ""
	}
	return p.String()
}

// ldArticle gathers what JSON-LD says of the page's article. Blocks that are broken or speak of other things are passed
// over: it is metadata, and the page itself remains.
type ldArticle struct {
	Headline, Date, Author, Publisher, URL, Lang, Body string
	found                                              bool
}

func (a *ldArticle) read(s string) {
	s = strings.TrimSpace(s)
	for _, wrap := range [][2]string{{"<!--", "-->"}, {"//<![CDATA[", "//]]>"}, {"<![CDATA[", "]]>"}} {
		if strings.HasPrefix(s, wrap[0]) {
			s = strings.TrimSpace(strings.TrimSuffix(strings.TrimPrefix(s, wrap[0]), wrap[1]))
		}
	}
	// Line ends inside strings are common and not allowed; elsewhere a space is as good.
	s = strings.Map(func(r rune) rune {
		if r < ' ' {
			return ' '
		}
		return r
	}, s)
	var v any
	if json.Unmarshal([]byte(s), &v) == nil {
		a.visit(v, 0)
	}
}

func (a *ldArticle) visit(v any, depth int) {
	if depth > 4 || a.found {
		return
	}
	switch v := v.(type) {
	case []any:
		for _, x := range v {
			a.visit(x, depth+1)
		}
	case map[string]any:
		if !ldType(v["@type"]) {
			for _, k := range [3]string{"@graph", "mainEntity", "itemReviewed"} {
				a.visit(v[k], depth+1)
			}
			return
		}
		a.found = true
		a.Headline = oneLine(html.UnescapeString(or(ldString(v["headline"]), ldString(v["name"]))))
		a.Date = or(ldString(v["datePublished"]), ldString(v["dateCreated"]))
		a.Author = ldNames(v["author"])
		a.Publisher = ldNames(v["publisher"])
		a.URL = or(ldString(v["url"]), ldString(v["mainEntityOfPage"]))
		a.Lang = ldString(v["inLanguage"])
		a.Body = html.UnescapeString(ldString(v["articleBody"]))
	}
}

// ldType reports whether a JSON-LD type is one of schema.org's articles.
func ldType(v any) bool {
	switch v := v.(type) {
	case string:
		return strings.HasSuffix(v, "Article") || strings.HasSuffix(v, "BlogPosting") || v == "Report"
	case []any:
		for _, x := range v {
			if ldType(x) {
				return true
			}
		}
	}
	return false
}

// ldString reads a value that may be a string, or an object with an @id, @value or url.
func ldString(v any) string {
	switch v := v.(type) {
	case string:
		return strings.TrimSpace(v)
	case map[string]any:
		for _, k := range [3]string{"@value", "@id", "url"} {
			if s, ok := v[k].(string); ok {
				return strings.TrimSpace(s)
			}
		}
	case []any:
		if len(v) > 0 {
			return ldString(v[0])
		}
	}
	return ""
}

// ldNames reads persons or organisations: strings, objects with a name, or lists of these.
func ldNames(v any) string {
	switch v := v.(type) {
	case string:
		if !strings.Contains(v, "://") {
			return oneLine(v)
		}
	case map[string]any:
		return ldNames(v["name"])
	case []any:
		var names []string
		for _, x := range v {
			if n := ldNames(x); n != "" {
				names = append(names, n)
			}
		}
		return strings.Join(names, "، ")
	}
	return ""
}

// or returns the first of its arguments that is not empty.
func or(ss ...string) string {
	for _, s := range ss {
		if s != "" {
			return s
		}
	}
	return ""
}

// oneLine writes s with single spaces and no line ends.
func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

func attr(n *html.Node, key string) string {
	for i := range n.Attr {
		if n.Attr[i].Key == key {
			return n.Attr[i].Val
		}
	}
	return ""
}
