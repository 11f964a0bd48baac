package article

import (
	"bytes"
	"fmt"
	"io"
	"regexp"
	"strings"

	"github.com/mmcdole/gofeed"
	"golang.org/x/net/html"
)

// A feed is read item by item: each is cut out of the stream and parsed by gofeed within a copy of the feed's head. So a
// broken item costs that item alone, and a feed of any length takes the memory of one item.

var (
	itemOpen  = regexp.MustCompile(`(?i)<(item|entry|atom:entry)[\s>]`)
	xmlLabel  = regexp.MustCompile(`(?i)^[^<]{0,8}<\?xml[^>]*encoding\s*=\s*["']([^"']+)["'][^>]*\?>`)
	channelIn = regexp.MustCompile(`(?i)<channel[\s>]`)
	rootName  = regexp.MustCompile(`(?is)<((?:rdf:)?rdf|rss|feed|atom:feed)[\s>]`)
)

// feedHeadMax bounds what may precede the first item of a feed.
const feedHeadMax = 1 << 20

// feed reads RSS 0.9x, 1.0, 2.0 and Atom.
func (s *session) feed(src *source) error {
	label := src.label
	if head, _ := src.r.Peek(512); label == "" {
		if m := xmlLabel.FindSubmatch(head); m != nil {
			label = string(m[1])
		}
	}
	cut := &cutter{r: src.r}
	head, name, err := cut.until(itemOpen, min(feedHeadMax, s.opt.MaxBytes))
	if err != nil {
		if err == io.EOF {
			return s.fail(src.at(), ErrEmpty, "the feed has no items")
		}
		return s.broken(src, err)
	}
	for item := 1; ; item++ {
		o := Origin{File: src.file, Item: item}
		raw, err := cut.through("</"+name+">", s.opt.MaxBytes)
		switch {
		case err == ErrTooLong:
			err = s.fail(o, fmt.Errorf("%w: more than %s", ErrTooLong, size(s.opt.MaxBytes)), "")
		case err == io.EOF:
			return s.fail(o, fmt.Errorf("%w: the feed ends within an item", ErrBroken), "what came before was read; fetch the feed again")
		case err != nil:
			return s.broken(src, err)
		default:
			err = s.feedItem(src, o, head, raw, label)
		}
		if err != nil {
			return err
		}
		if _, name, err = cut.until(itemOpen, -1); err == io.EOF {
			return nil
		} else if err != nil {
			return s.broken(src, err)
		}
	}
}

// feedItem parses one item within the feed's head.
func (s *session) feedItem(src *source, o Origin, head, raw []byte, label string) error {
	t, ok, err := s.decode(o, raw, label)
	if !ok {
		return err
	}
	h, _, derr := decode(head, label)
	root := rootName.FindStringSubmatch(h)
	if derr != nil || root == nil {
		return s.fail(o, fmt.Errorf("%w: the feed has no readable head", ErrBroken), "fetch the feed again")
	}
	if i := strings.Index(h, "?>"); i >= 0 && i < 200 {
		h = h[i+2:] // its encoding is no longer true
	}
	var b strings.Builder
	b.WriteString(h)
	b.WriteString(t)
	if channelIn.MatchString(h) && !strings.Contains(strings.ToLower(h), "</channel>") {
		b.WriteString("</channel>")
	}
	b.WriteString("</" + root[1] + ">")
	f, err := parseFeed(b.String())
	if err == nil && len(f.Items) == 0 {
		err = ErrEmpty
	}
	if err != nil {
		return s.fail(o, fmt.Errorf("%w item: %w", ErrBroken, err), "the other items were read")
	}
	return s.emit(src, o, feedArticle(f, f.Items[0], src.url))
}

// parseFeed keeps a fault of the library from ending the load.
func parseFeed(t string) (f *gofeed.Feed, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("%v", r)
		}
	}()
	return gofeed.NewParser().ParseString(t)
}

func feedArticle(f *gofeed.Feed, it *gofeed.Item, base string) Article {
	a := Article{Title: oneLine(stripTags(it.Title)), Source: oneLine(f.Title), URL: it.Link, Lang: f.Language}
	if a.URL == "" && urlID(it.GUID) != "" {
		a.URL = it.GUID
	}
	if urlID(a.URL) == "" {
		a.URL = pageURL(a.URL, or(f.Link, base))
	}
	if a.URL == "" {
		a.ID = strings.TrimSpace(it.GUID)
	}
	a.Date = parseDate(it.Published)
	if a.Date == "" && it.PublishedParsed != nil {
		a.Date = isoDate(it.PublishedParsed.Format("2006-01-02"))
	}
	if a.Date == "" {
		a.Date = parseDate(it.Updated)
	}
	var names []string
	for _, p := range it.Authors {
		if n := oneLine(or(p.Name, p.Email)); n != "" && n != a.Source {
			names = append(names, n)
		}
	}
	a.Author = strings.Join(names, "، ")
	body := it.Content
	if len(body) < len(it.Description) {
		body = it.Description
	}
	a.Text = fragmentText(a.Title, body)
	return a
}

// stripTags drops markup from a title.
func stripTags(s string) string {
	if !strings.ContainsAny(s, "<&") {
		return s
	}
	doc, err := html.Parse(strings.NewReader(s))
	if err != nil {
		return s
	}
	return inlineText(doc)
}

// cutter cuts pieces from a stream at marks, in bounded memory.
type cutter struct {
	r   interface{ Read([]byte) (int, error) }
	buf []byte
	err error
}

// fill reads more into the buffer.
func (c *cutter) fill() error {
	if c.err != nil {
		return c.err
	}
	n := len(c.buf)
	c.buf = append(c.buf, make([]byte, 32<<10)...)
	m, err := c.r.Read(c.buf[n:])
	c.buf = c.buf[:n+m]
	if err != nil {
		c.err = err
		if m > 0 {
			return nil
		}
	}
	return err
}

// until takes all before the next match of re, and returns it with the first group of the match, which stays in the
// stream. With max < 0 what is passed over is dropped instead of returned.
func (c *cutter) until(re *regexp.Regexp, max int) (before []byte, group string, err error) {
	from := 0
	for {
		if loc := re.FindSubmatchIndex(c.buf[from:]); loc != nil {
			for i := range loc {
				loc[i] += from
			}
			if max >= 0 {
				before = bytes.Clone(c.buf[:loc[0]])
			}
			group = string(c.buf[loc[2]:loc[3]])
			c.buf = c.buf[loc[0]:]
			return before, group, nil
		}
		if from = len(c.buf) - 16; from < 0 { // a mark may lie across the edge
			from = 0
		}
		if max < 0 {
			c.buf = append(c.buf[:0], c.buf[from:]...)
			from = 0
		} else if len(c.buf) > max {
			return nil, "", ErrTooLong
		}
		if err := c.fill(); err != nil {
			return nil, "", err
		}
	}
}

// through takes all up to and including mark, whose case does not matter. ErrTooLong says that it took more than max
// bytes and was dropped.
func (c *cutter) through(mark string, max int) ([]byte, error) {
	from, long := 0, false
	for {
		if i := indexFold(c.buf[from:], mark); i >= 0 {
			end := from + i + len(mark)
			out := c.buf[:end:end]
			c.buf = c.buf[end:]
			if long || end > max {
				return nil, ErrTooLong
			}
			return out, nil
		}
		if from = len(c.buf) - len(mark); from < 0 {
			from = 0
		}
		if len(c.buf) > max {
			long = true
		}
		if long {
			c.buf = append(c.buf[:0], c.buf[from:]...)
			from = 0
		}
		if err := c.fill(); err != nil {
			return nil, err
		}
	}
}

// indexFold is bytes.Index for an ASCII mark, whatever its case.
func indexFold(b []byte, mark string) int {
	for i := 0; ; {
		j := bytes.IndexByte(b[i:], mark[0])
		if j < 0 || i+j+len(mark) > len(b) {
			return -1
		}
		i += j
		if strings.EqualFold(string(b[i:i+len(mark)]), mark) {
			return i
		}
		i++
	}
}
