package article

import (
	"bytes"
	"path"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html/atom"
)

const (
	bufSize = 64 << 10 // of each stream's buffer, so also the most that can be peeked at
	peekLen = 4 << 10  // enough to tell kinds apart
)

// kind is what a stream holds.
type kind int

const (
	kindText kind = iota
	kindJSONL
	kindJSON // values that span lines: an array of articles, or one article written over several lines
	kindHTML
	kindFeed
	kindTable
	kindMbox
	kindEmail
	kindWARC
	kindGzip
	kindZstd
	kindBzip2
	kindZip
	kindTar
	kindBinary // no text: pictures, programs, office files
	kindOther  // text that is no article: style sheets, scripts
)

// extKinds says what an extension promises; what the first bytes show goes before it.
var extKinds = map[string]kind{
	".txt": kindText, ".text": kindText,
	".jsonl": kindJSONL, ".ndjson": kindJSONL, ".json": kindJSONL,
	".html": kindHTML, ".htm": kindHTML, ".xhtml": kindHTML, ".shtml": kindHTML, ".php": kindHTML, ".asp": kindHTML, ".aspx": kindHTML, ".jsp": kindHTML,
	".rss": kindFeed, ".atom": kindFeed, ".rdf": kindFeed, ".xml": kindFeed,
	".csv": kindTable, ".tsv": kindTable, ".tab": kindTable,
	".mbox": kindMbox, ".mbx": kindMbox, ".eml": kindEmail,
	".warc": kindWARC, ".wet": kindWARC, ".gz": kindGzip, ".tgz": kindGzip, ".zst": kindZstd, ".zstd": kindZstd, ".tzst": kindZstd,
	".bz2": kindBzip2, ".tbz2": kindBzip2, ".zip": kindZip, ".tar": kindTar,
	".css": kindOther, ".js": kindOther, ".mjs": kindOther, ".md": kindOther, ".py": kindOther, ".go": kindOther, ".sh": kindOther, ".log": kindOther,
	".cdx": kindOther, ".cdxj": kindOther, ".svg": kindOther, ".map": kindOther,
	".jpg": kindBinary, ".jpeg": kindBinary, ".png": kindBinary, ".gif": kindBinary, ".webp": kindBinary, ".ico": kindBinary,
	".mp3": kindBinary, ".mp4": kindBinary, ".pdf": kindBinary, ".woff": kindBinary, ".woff2": kindBinary,
	".ttf": kindBinary, ".doc": kindBinary, ".docx": kindBinary, ".xls": kindBinary, ".xlsx": kindBinary, ".ppt": kindBinary, ".pptx": kindBinary,
	".odt": kindBinary, ".epub": kindBinary, ".jar": kindBinary, ".apk": kindBinary, ".exe": kindBinary, ".xz": kindBinary, ".7z": kindBinary, ".rar": kindBinary,
}

// knownExt holds the extensions that a derived ID goes without.
var knownExt = func() map[string]bool {
	m := map[string]bool{}
	for e, k := range extKinds {
		m[e] = k != kindOther && k != kindBinary
	}
	return m
}()

// mediaKinds maps media types of web archives. Types that are not here hold no article.
var mediaKinds = map[string]kind{
	"text/html": kindHTML, "application/xhtml+xml": kindHTML, "application/rss+xml": kindFeed, "application/atom+xml": kindFeed,
	"application/rdf+xml": kindFeed, "text/xml": kindFeed, "application/xml": kindFeed,
}

// sniff tells the kind of a stream from its first bytes, its media type and its name.
func sniff(src *source) kind {
	head, _ := src.r.Peek(peekLen)
	ext := strings.ToLower(path.Ext(src.name))
	byName, named := extKinds[ext]
	if byName == kindBinary && (src.found || bytes.HasPrefix(head, []byte("PK"))) {
		return kindBinary
	}
	for _, m := range magic {
		if bytes.HasPrefix(head, []byte(m.bytes)) {
			return m.kind
		}
	}
	if len(head) > 262 && bytes.HasPrefix(head[257:], []byte("ustar")) {
		return kindTar
	}
	if looksBinary(head) {
		return kindBinary
	}
	text := bytes.TrimLeft(bytes.TrimPrefix(head, bomUTF8), " \t\r\n")
	switch {
	case len(text) > 0 && text[0] == '[' && (ext == ".json" || looksJSON(text)):
		return kindJSON
	case len(text) > 0 && text[0] == '{' && (byName == kindJSONL || looksJSON(text)):
		line, _, more := bytes.Cut(text, []byte{'\n'})
		if line = bytes.TrimRight(line, " \t\r"); more && (len(line) == 0 || line[len(line)-1] != '}') {
			return kindJSON
		}
		return kindJSONL
	case len(text) > 0 && text[0] == '<':
		switch markup(text) {
		case "rss", "feed", "rdf":
			return kindFeed
		case "html":
			return kindHTML
		}
		if k, ok := mediaKinds[src.media]; ok && k == kindHTML || byName == kindHTML {
			return kindHTML
		}
		return kindOther // other XML: site maps, office formats
	case bytes.HasPrefix(text, []byte("From ")) && (byName == kindMbox || mailHeaders(text) >= 2):
		return kindMbox
	case mailHeaders(text) >= 3 || byName == kindEmail && mailHeaders(text) >= 1:
		return kindEmail
	}
	if src.media != "" {
		if k, ok := mediaKinds[src.media]; ok && k == kindHTML {
			return kindHTML
		}
		return kindOther
	}
	line, _, _ := bytes.Cut(text, []byte{'\n'})
	switch {
	case byName == kindTable:
		return kindTable
	case !named || byName == kindText:
		if _, fields, ok := tableHead(string(bytes.TrimSpace(line))); ok && len(fields) > 2 && known(fields) > 2 {
			return kindTable
		}
	}
	switch byName {
	case kindJSONL, kindText, kindHTML, kindOther:
		if named {
			if byName == kindOther && !src.found {
				return kindText // named by the user, who wants it read
			}
			return byName
		}
	}
	if src.found {
		return kindOther
	}
	return kindText
}

// known counts the columns that have a meaning.
func known(fields []string) int {
	n := 0
	for _, f := range fields {
		if f != "" {
			n++
		}
	}
	return n
}

// markup names the kind of a document that starts with "<": "rss", "feed" or "rdf" for feeds, "html", or "" for other XML.
func markup(text []byte) string {
	t := bytes.ToLower(text)
	for len(t) > 0 {
		t = bytes.TrimLeft(t, " \t\r\n")
		var end string
		switch {
		case bytes.HasPrefix(t, []byte("<!doctype html")):
			return "html"
		case bytes.HasPrefix(t, []byte("<!--")):
			end = "-->"
		case bytes.HasPrefix(t, []byte("<?")), bytes.HasPrefix(t, []byte("<!")):
			end = ">"
		}
		if end != "" {
			i := bytes.Index(t, []byte(end))
			if i < 0 {
				return ""
			}
			t = t[i+len(end):]
			continue
		}
		if len(t) == 0 || t[0] != '<' {
			return "html" // text after a comment
		}
		i := 1
		for i < len(t) && (t[i] >= 'a' && t[i] <= 'z' || t[i] >= '0' && t[i] <= '9' || t[i] == ':') {
			i++
		}
		switch name := strings.TrimPrefix(string(t[1:i]), "atom:"); name {
		case "rss", "feed":
			return name
		case "rdf:rdf", "rdf":
			return "rdf"
		default:
			if a := atom.Lookup([]byte(name)); a != 0 && (block[a] || textless[a] || a == atom.Meta || a == atom.Title || a == atom.Link || a == atom.A || a == atom.Span || a == atom.B || a == atom.Font) {
				return "html"
			}
			return ""
		}
	}
	return ""
}

// mailHeaders counts the header fields of mail at the start of text, after a "From " line.
func mailHeaders(text []byte) int {
	n := 0
	for i, line := range bytes.SplitN(text, []byte{'\n'}, 40) {
		if i == 0 && bytes.HasPrefix(line, []byte("From ")) {
			continue
		}
		if len(line) > 0 && (line[0] == ' ' || line[0] == '\t') && i > 0 {
			continue
		}
		name, _, ok := bytes.Cut(line, []byte{':'})
		if !ok || len(name) == 0 || bytes.ContainsAny(name, " \t<{") || name[0] >= 0x80 {
			return n
		}
		switch strings.ToLower(string(name)) {
		case "from", "to", "date", "subject", "message-id", "mime-version", "received", "return-path", "content-type", "delivered-to":
			n++
		}
	}
	return n
}

// looksJSON reports whether text starts like a JSON object or an array of objects: «{"» with blanks allowed.
func looksJSON(text []byte) bool {
	t := bytes.TrimLeft(text, "[ \t\r\n")
	if len(t) == 0 || t[0] != '{' {
		return false
	}
	t = bytes.TrimLeft(t[1:], " \t\r\n")
	return len(t) == 0 || t[0] == '"'
}

// looksBinary reports whether head holds bytes that no text has, in any encoding that is read here.
func looksBinary(head []byte) bool {
	if utf16Order(head) != 0 {
		return false
	}
	ctl := 0
	for _, c := range head {
		if c == 0 {
			return true
		}
		if c < 0x20 && c != '\n' && c != '\r' && c != '\t' && c != '\f' && c != 0x1b {
			ctl++
		}
	}
	return ctl*50 > len(head)
}

// magic lists the first bytes of formats.
var magic = []struct {
	bytes string
	kind  kind
}{
	{"\x1f\x8b", kindGzip}, {"\x28\xb5\x2f\xfd", kindZstd}, {"BZh", kindBzip2}, {"PK\x03\x04", kindZip}, {"PK\x05\x06", kindZip}, {"WARC/", kindWARC},
	{"\x89PNG", kindBinary}, {"\xff\xd8\xff", kindBinary}, {"GIF8", kindBinary}, {"%PDF-", kindBinary}, {"\x7fELF", kindBinary}, {"\xd0\xcf\x11\xe0", kindBinary},
	{"RIFF", kindBinary}, {"ID3", kindBinary}, {"OggS", kindBinary}, {"wOFF", kindBinary}, {"wOF2", kindBinary}, {"MZ\x90", kindBinary},
	{"\xfd7zXZ", kindBinary}, {"7z\xbc\xaf", kindBinary}, {"Rar!", kindBinary},
}

var bomUTF8 = []byte("\xef\xbb\xbf")

// utf16Order returns 'l' or 'b' if head is UTF-16 of that byte order, by its mark or, failing that, by the zero or
// Arabic (06) high bytes of most of its characters; else 0.
func utf16Order(head []byte) byte {
	switch {
	case bytes.HasPrefix(head, []byte{0xff, 0xfe}):
		return 'l'
	case bytes.HasPrefix(head, []byte{0xfe, 0xff}):
		return 'b'
	case len(head) < 8 || utf8.Valid(trimPartial(head)) && bytes.IndexByte(head, 0) < 0:
		return 0
	}
	var even, odd int
	n := len(head) &^ 1
	for i := 0; i < n; i += 2 {
		if head[i] == 0 || head[i] == 6 {
			even++
		}
		if head[i+1] == 0 || head[i+1] == 6 {
			odd++
		}
	}
	switch pairs := n / 2; {
	case odd*10 > pairs*8 && even*10 < pairs*3:
		return 'l'
	case even*10 > pairs*8 && odd*10 < pairs*3:
		return 'b'
	}
	return 0
}

// trimPartial cuts an unfinished UTF-8 sequence from the end of b.
func trimPartial(b []byte) []byte {
	for i := 1; i <= 3 && i <= len(b); i++ {
		if c := b[len(b)-i]; c >= 0xc0 {
			if !utf8.FullRune(b[len(b)-i:]) {
				return b[:len(b)-i]
			}
			break
		} else if c < 0x80 {
			break
		}
	}
	return b
}

// hasArabic reports whether s holds an Arabic letter.
func hasArabic(s string) bool {
	for _, r := range s {
		if r >= 0x0621 && r <= 0x064a || r >= 0x0671 && r <= 0x06d3 || r >= 0xfb50 && r <= 0xfdff || r >= 0xfe70 && r <= 0xfefc {
			return true
		}
	}
	return false
}
