package article

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// block elements start a new line of text.
var block = map[atom.Atom]bool{
	atom.Address: true, atom.Article: true, atom.Aside: true, atom.Blockquote: true, atom.Body: true, atom.Dd: true, atom.Details: true,
	atom.Div: true, atom.Dl: true, atom.Dt: true, atom.Fieldset: true, atom.Figcaption: true, atom.Figure: true, atom.Footer: true, atom.Form: true,
	atom.H1: true, atom.H2: true, atom.H3: true, atom.H4: true, atom.H5: true, atom.H6: true, atom.Header: true, atom.Hr: true, atom.Html: true,
	atom.Li: true, atom.Main: true, atom.Nav: true, atom.Ol: true, atom.P: true, atom.Pre: true, atom.Section: true, atom.Summary: true, atom.Table: true,
	atom.Tbody: true, atom.Td: true, atom.Tfoot: true, atom.Th: true, atom.Thead: true, atom.Tr: true, atom.Ul: true, atom.Center: true, atom.Br: true,
}

// textless elements hold nothing that a reader sees as text of the story.
var textless = map[atom.Atom]bool{
	atom.Script: true, atom.Style: true, atom.Noscript: true, atom.Template: true, atom.Head: true, atom.Iframe: true, atom.Object: true,
	atom.Embed: true, atom.Svg: true, atom.Math: true, atom.Canvas: true, atom.Video: true, atom.Audio: true, atom.Button: true,
	atom.Select: true, atom.Textarea: true, atom.Input: true, atom.Figcaption: true, atom.Map: true,
}

// pageLine is one line of a page's text.
type pageLine struct {
	text string
	link int // bytes of it that are link text
}

// nodeLines writes a tree as lines: one per block element or br, white space collapsed.
func nodeLines(n *html.Node) []pageLine {
	var w lineWriter
	w.walk(n, false)
	w.flush()
	return w.lines
}

type lineWriter struct {
	lines []pageLine
	cur   strings.Builder
	link  int
	space bool
}

func (w *lineWriter) walk(n *html.Node, inLink bool) {
	switch n.Type {
	case html.TextNode:
		w.text(n.Data, inLink)
		return
	case html.ElementNode:
		if textless[n.DataAtom] {
			return
		}
		inLink = inLink || n.DataAtom == atom.A
		if block[n.DataAtom] {
			w.flush()
			defer w.flush()
		}
	case html.DocumentNode:
	default:
		return
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		w.walk(c, inLink)
	}
}

func (w *lineWriter) text(s string, inLink bool) {
	for _, r := range s {
		if r == lineMark {
			w.flush()
			continue
		}
		if unicode.IsSpace(r) {
			w.space = true
			continue
		}
		if w.space && w.cur.Len() > 0 {
			w.cur.WriteByte(' ')
		}
		w.space = false
		w.cur.WriteRune(r)
		if inLink {
			w.link += utf8.RuneLen(r)
		}
	}
}

func (w *lineWriter) flush() {
	if t := trimLine(w.cur.String()); t != "" {
		w.lines = append(w.lines, pageLine{t, w.link})
	}
	w.cur.Reset()
	w.link, w.space = 0, false
}

// lineMark ends a line within a text node. It is no character of any text.
const lineMark = '\ufdd0'

// markLines puts a lineMark at the end of each line of a page, into its last text node. Readability joins blocks and
// drops line breaks when it rebuilds a page; the marks keep paragraphs and sentences apart.
func markLines(doc *html.Node) {
	var last *html.Node
	end := func() {
		if last != nil {
			last.Data += string(lineMark)
			last = nil
		}
	}
	var walk func(n *html.Node)
	walk = func(n *html.Node) {
		if n.Type == html.TextNode {
			if strings.TrimSpace(n.Data) != "" {
				last = n
			}
			return
		}
		if n.Type == html.ElementNode {
			if textless[n.DataAtom] {
				return
			}
			if block[n.DataAtom] {
				end()
				defer end()
			}
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			walk(c)
		}
	}
	walk(doc)
}

// inlineText is a subtree's text on one line.
func inlineText(n *html.Node) string {
	var w lineWriter
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		w.walk(c, false)
	}
	w.flush()
	parts := make([]string, len(w.lines))
	for i, l := range w.lines {
		parts[i] = l.text
	}
	return strings.Join(parts, " ")
}

// fragmentText gives the text of a piece of HTML, as feeds and mail carry it, less furniture.
func fragmentText(title, fragment string) string {
	doc, err := html.Parse(strings.NewReader(fragment))
	if err != nil {
		return ""
	}
	strip(doc)
	return clean(title, storyLines(nodeLines(doc)))
}

// storyLines leaves out the lines that are links and little else: related stories, tags, share bars.
func storyLines(lines []pageLine) []string {
	out := make([]string, 0, len(lines))
	for _, l := range lines {
		if l.link*10 >= len(l.text)*8 {
			continue
		}
		out = append(out, l.text)
	}
	return out
}

// words of class and id attributes that mark what is not story. Matched on whole words of the attribute, cut at anything
// but letters and at capitals ("relatedPosts", "share-bar_top").
var furnitureMarks = map[string]bool{
	"related": true, "share": true, "sharing": true, "social": true, "comments": true, "comment": true, "respond": true, "disqus": true, "breadcrumb": true,
	"breadcrumbs": true, "tags": true, "newsletter": true, "subscribe": true, "popular": true, "sidebar": true, "advert": true, "advertisement": true,
	"ads": true, "banner": true, "promo": true, "recommended": true, "recommendations": true, "trending": true, "ticker": true, "menu": true, "navbar": true,
	"nav": true, "navigation": true, "pagination": true, "pager": true, "footer": true, "copyright": true, "cookie": true, "cookies": true, "toolbar": true,
	"addthis": true, "addtoany": true, "sharedaddy": true, "relatedposts": true, "outbrain": true, "taboola": true, "seealso": true, "readmore": true,
	"mostread": true, "screen": true, "caption": true, "byline": true, "postmeta": true, "popup": true, "modal": true, "login": true,
}

// dateMarks are words of class, id and itemprop attributes of elements that hold the day of publication.
var dateMarks = map[string]bool{"date": true, "published": true, "pubdate": true, "time": true, "timestamp": true, "datetime": true, "dateline": true, "postdate": true}

// marked reports whether a class or id of n has one of the words.
func marked(n *html.Node, words map[string]bool) bool {
	for i := range n.Attr {
		switch n.Attr[i].Key {
		case "class", "id", "itemprop", "role":
		default:
			continue
		}
		v := n.Attr[i].Val
		start := 0
		for j := 0; j <= len(v); j++ {
			if j < len(v) && (v[j] >= 'a' && v[j] <= 'z' || j == start && v[j] >= 'A' && v[j] <= 'Z') {
				continue
			}
			if j > start && words[strings.ToLower(v[start:j])] {
				return true
			}
			start = j
			if j < len(v) && !(v[j] >= 'A' && v[j] <= 'Z') {
				start = j + 1
			}
		}
	}
	return false
}

// strip removes from a page what is furniture by element or by mark, unless it holds most of the page's text: then a
// template's odd naming («class="comments-on main"») must not cost the story.
func strip(doc *html.Node) {
	total := textLen(doc)
	var walk func(n *html.Node)
	walk = func(n *html.Node) {
		for c := n.FirstChild; c != nil; {
			next := c.NextSibling
			if c.Type == html.ElementNode && c.DataAtom != atom.Html && c.DataAtom != atom.Body && c.DataAtom != atom.Head && c.DataAtom != atom.Article && c.DataAtom != atom.Main {
				drop := false
				switch c.DataAtom {
				case atom.Nav, atom.Footer, atom.Aside, atom.Form, atom.Button, atom.Script, atom.Style, atom.Noscript, atom.Template, atom.Iframe, atom.Svg:
					drop = true
				default:
					drop = marked(c, furnitureMarks) || hiddenNode(c)
				}
				if drop && textLen(c)*2 < total+1 {
					n.RemoveChild(c)
					c = next
					continue
				}
			}
			walk(c)
			c = next
		}
	}
	walk(doc)
}

func hiddenNode(n *html.Node) bool {
	for i := range n.Attr {
		switch a := &n.Attr[i]; a.Key {
		case "hidden":
			return true
		case "aria-hidden":
			if a.Val == "true" {
				return true
			}
		case "style":
			v := strings.ReplaceAll(strings.ToLower(a.Val), " ", "")
			if strings.Contains(v, "display:none") || strings.Contains(v, "visibility:hidden") {
				return true
			}
		}
	}
	return false
}

// textLen counts the bytes of text below n that a reader sees.
func textLen(n *html.Node) int {
	if n.Type == html.TextNode {
		return len(strings.TrimSpace(n.Data))
	}
	if n.Type == html.ElementNode && textless[n.DataAtom] {
		return 0
	}
	t := 0
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		t += textLen(c)
	}
	return t
}
