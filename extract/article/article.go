package article

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"
)

// Article is one news article as read. Only Text or Title is sure to be there; the rest is "" where unknown.
type Article struct {
	// ID names the article for good: the id of its metadata, else its address without scheme and tracking
	// parameters, else the name of its file, else a part of Hash. Derived IDs hold no white space.
	ID string
	// Title is one line; Text is the body, paragraphs separated by "\n". Offsets elsewhere in Sila count code points
	// from the start of Title + "\n" + Text.
	Title, Text string
	// Date of publication as YYYY-MM-DD, or "".
	Date string
	// Source is the outlet («وكالة الأنباء العراقية»), URL the address of the page, Author the byline.
	Source, URL, Author string
	// Lang is a language tag as declared ("ar", "ar-IQ"), or "".
	Lang string
	// Hash is the SHA-256 of Title + "\n" + Text, first 16 bytes in hex: equal hash, equal content.
	Hash string
	// Origin tells where the article was read.
	Origin Origin
}

// Origin is a place in the input.
type Origin struct {
	// File as given or found; members of archives follow a "!": "july.zip!reports/a.txt". Standard input is "-".
	File string
	// Line where the article starts, from 1, in files that hold one article per line or row; else 0.
	Line int
	// Item is the article's number, from 1, in feeds, mailboxes and web archives; else 0.
	Item int
}

func (o Origin) String() string {
	switch {
	case o.Line > 0:
		return fmt.Sprintf("%s:%d", o.File, o.Line)
	case o.Item > 0:
		return fmt.Sprintf("%s, item %d", o.File, o.Item)
	}
	return o.File
}

// Problem says what could not be read, where, why, and what the user can do.
type Problem struct {
	Origin
	// Cause wraps one of this package's Err values where one fits.
	Cause error
	// Remedy is a short piece of advice, or "".
	Remedy string
}

func (p *Problem) Error() string {
	s := p.Origin.String() + ": " + p.Cause.Error()
	if p.Remedy != "" {
		s += " (" + p.Remedy + ")"
	}
	return s
}

func (p *Problem) Unwrap() error { return p.Cause }

// Summary counts what one Read did.
type Summary struct {
	Files    int   // files opened, folders and members of archives not counted
	Articles int   // articles handed on
	Problems int   // problems reported
	Ignored  int   // files and records that hold no article by their kind: pictures, scripts, redirects, annotations
	Bytes    int64 // bytes read from the files, before any decompression
}

// Hash returns the content hash of an article with this title and text, as in [Article.Hash].
func Hash(title, text string) string {
	h := sha256.New()
	h.Write([]byte(title))
	h.Write([]byte{'\n'})
	h.Write([]byte(text))
	var sum [sha256.Size]byte
	return hex.EncodeToString(h.Sum(sum[:0])[:16])
}

// Full returns Title + "\n" + Text, the string that offsets refer to.
func (a *Article) Full() string {
	var b strings.Builder
	b.Grow(len(a.Title) + 1 + len(a.Text))
	b.WriteString(a.Title)
	b.WriteByte('\n')
	b.WriteString(a.Text)
	return b.String()
}
