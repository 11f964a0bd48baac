package article

import (
	"bytes"
	"path"
	"strings"
	"unicode/utf8"
)

const (
	bufSize = 64 << 10 // of each stream's buffer, so also the most that can be peeked at
	peekLen = 4 << 10  // enough to tell kinds apart
)

// kind is what a stream holds.
type kind int

const (
	kindUnknown kind = iota
	kindText
	kindJSONL
	kindJSON // values that span lines: an array of articles, or one article written over several lines
	kindGzip
	kindBinary // recognised as holding no text: pictures, programs, office files
	kindOther  // text that is no article: style sheets, scripts
)

// extKinds says what an extension promises; what the first bytes show goes before it.
var extKinds = map[string]kind{
	".txt": kindText, ".text": kindText,
	".jsonl": kindJSONL, ".ndjson": kindJSONL, ".json": kindJSONL,
	".gz":  kindGzip,
	".css": kindOther, ".js": kindOther, ".md": kindOther, ".py": kindOther, ".go": kindOther, ".sh": kindOther,
	".jpg": kindBinary, ".jpeg": kindBinary, ".png": kindBinary, ".gif": kindBinary, ".webp": kindBinary, ".ico": kindBinary,
	".svg": kindBinary, ".mp3": kindBinary, ".mp4": kindBinary, ".pdf": kindBinary, ".woff": kindBinary, ".woff2": kindBinary,
	".ttf": kindBinary, ".doc": kindBinary, ".docx": kindBinary, ".xls": kindBinary, ".xlsx": kindBinary,
}

// knownExt holds the extensions that a derived ID goes without.
var knownExt = func() map[string]bool {
	m := map[string]bool{}
	for e, k := range extKinds {
		m[e] = k != kindOther && k != kindBinary
	}
	return m
}()

// sniff tells the kind of a stream from its first bytes and its name.
func sniff(src *source) kind {
	head, _ := src.r.Peek(peekLen)
	ext := strings.ToLower(path.Ext(src.name))
	byName := extKinds[ext]
	if bytes.HasPrefix(head, []byte{0x1f, 0x8b}) {
		return kindGzip
	}
	text := bytes.TrimLeft(bytes.TrimPrefix(head, bomUTF8), " \t\r\n")
	switch {
	case byName == kindBinary && src.found:
		return kindBinary
	case looksBinary(head):
		return kindBinary
	case len(text) > 0 && text[0] == '[' && (ext == ".json" || looksJSON(text)):
		return kindJSON
	case len(text) > 0 && text[0] == '{' && (byName == kindJSONL || looksJSON(text)):
		line, _, more := bytes.Cut(text, []byte{'\n'})
		if line = bytes.TrimRight(line, " \t\r"); more && (len(line) == 0 || line[len(line)-1] != '}') {
			return kindJSON
		}
		return kindJSONL
	case byName == kindJSONL, byName == kindText:
		return byName
	case src.found:
		return kindOther
	}
	return kindText
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
	for _, m := range binaryMagic {
		if bytes.HasPrefix(head, []byte(m)) {
			return true
		}
	}
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

var binaryMagic = []string{"\x89PNG", "\xff\xd8\xff", "GIF8", "%PDF-", "\x7fELF", "\xd0\xcf\x11\xe0", "RIFF", "ID3", "OggS", "wOFF", "wOF2", "MZ\x90"}

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
