package vocab

import (
	"crypto/sha256"
	"encoding/hex"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/cayleygraph/quad"
	"github.com/sila-graph/sila/extract/doc"
)

var prefixes = map[doc.EntityType]string{
	doc.Person: "person/", doc.Organization: "org/", doc.Place: "place/", doc.Group: "group/", doc.Event: "event/",
}

// EntityBase returns the IRI that an entity of that type and name wants:
// <org/القوات_العراقية>. Where several entities want one IRI, each gets
// [Homonymous] of it. A type outside the inventory goes under entity/.
func EntityBase(t doc.EntityType, name string) quad.IRI {
	p, ok := prefixes[t]
	if !ok {
		p = "entity/"
	}
	return quad.IRI(p + slug(name))
}

// Homonymous sets an entity apart from others that want the same IRI, by the
// first n hexadecimal digits of the hash of what makes it one.
func Homonymous(base quad.IRI, key string, n int) quad.IRI {
	return base + "~" + quad.IRI(hash(key)[:n])
}

// ArticleIRI returns the IRI of an article; [ArticleID] reads it back.
func ArticleIRI(id string) quad.IRI { return quad.IRI("article/" + escape(id)) }

// ArticleID returns the id of the article with that IRI, false for another IRI.
func ArticleID(iri quad.IRI) (string, bool) {
	s, ok := strings.CutPrefix(string(iri), "article/")
	if !ok {
		return "", false
	}
	return unescape(s), true
}

// TextIRI returns the IRI of the text that articles are copies of, by the
// smallest of their ids; [TextID] reads that back.
func TextIRI(id string) quad.IRI { return quad.IRI("text/" + escape(id)) }

// TextID returns the smallest id among the articles of that text, false for another IRI.
func TextID(iri quad.IRI) (string, bool) {
	s, ok := strings.CutPrefix(string(iri), "text/")
	if !ok {
		return "", false
	}
	return unescape(s), true
}

// ReportIRI returns the IRI of an article's n-th fact as told, from 0.
func ReportIRI(article string, n int) quad.IRI {
	return quad.IRI("report/" + escape(article) + "/" + strconv.Itoa(n))
}

// ReportKey reads a report's IRI back.
func ReportKey(iri quad.IRI) (article string, n int, ok bool) {
	s, ok := strings.CutPrefix(string(iri), "report/")
	if !ok {
		return "", 0, false
	}
	i := strings.LastIndexByte(s, '/')
	if i < 0 {
		return "", 0, false
	}
	n, err := strconv.Atoi(s[i+1:])
	return unescape(s[:i]), n, err == nil
}

// FactIRI and IncidentIRI hash what a fact or a happening goes by.
func FactIRI(key string) quad.IRI     { return quad.IRI("fact/" + hash(key)[:16]) }
func IncidentIRI(key string) quad.IRI { return quad.IRI("incident/" + hash(key)[:16]) }

// EntityClass, FactClass and StatusIRI name classes and values of the inventory.
func EntityClass(t doc.EntityType) quad.IRI { return quad.IRI("sila:" + string(t)) }
func FactClass(name string) quad.IRI        { return quad.IRI("sila:" + name) }
func StatusIRI(s doc.Status) quad.IRI {
	if s == "" {
		s = doc.Actual
	}
	return quad.IRI("sila:" + string(s))
}

func hash(s string) string {
	sum := sha256.Sum256([]byte(s))
	return hex.EncodeToString(sum[:])
}

// slug makes a name part of an IRI: white space becomes one underscore;
// vowel signs, tatweel and marks that nobody sees go; what an IRI may not hold is escaped.
func slug(name string) string {
	var b strings.Builder
	for i, w := range strings.Fields(name) {
		if i > 0 {
			b.WriteByte('_')
		}
		for _, r := range w {
			if r == 'ـ' || unicode.Is(unicode.Mn, r) || unicode.Is(unicode.Cf, r) {
				continue
			}
			if r == '~' { // sets homonyms apart
				b.WriteString("%7E")
				continue
			}
			escapeRune(&b, r)
		}
	}
	return b.String()
}

// escape is one to one, so that an article's id can be read back from its IRI.
func escape(s string) string {
	var b strings.Builder
	for i := 0; i < len(s); {
		r, n := utf8.DecodeRuneInString(s[i:])
		if r == utf8.RuneError && n == 1 {
			hexByte(&b, s[i])
		} else if unicode.IsSpace(r) || unicode.Is(unicode.Cf, r) {
			for _, c := range []byte(s[i : i+n]) {
				hexByte(&b, c)
			}
		} else {
			escapeRune(&b, r)
		}
		i += n
	}
	return b.String()
}

func escapeRune(b *strings.Builder, r rune) {
	if r <= ' ' || r == 0x7f || strings.ContainsRune("<>\"{}|\\^`%", r) {
		hexByte(b, byte(r))
		return
	}
	b.WriteRune(r)
}

func hexByte(b *strings.Builder, c byte) {
	const digits = "0123456789ABCDEF"
	b.WriteByte('%')
	b.WriteByte(digits[c>>4])
	b.WriteByte(digits[c&15])
}

func unescape(s string) string {
	if !strings.Contains(s, "%") {
		return s
	}
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] == '%' && i+2 < len(s) {
			if v, err := strconv.ParseUint(s[i+1:i+3], 16, 8); err == nil {
				b.WriteByte(byte(v))
				i += 2
				continue
			}
		}
		b.WriteByte(s[i])
	}
	return b.String()
}
