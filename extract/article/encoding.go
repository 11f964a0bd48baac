package article

import (
	"bytes"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
)

// Encodings: what a page declares is a hint; its bytes decide. Valid UTF-8 beyond ASCII is no accident, so it goes before
// any declaration. For what is not UTF-8, the declared encoding and the two 8-bit ones of the Arab web are tried, and
// the one whose outcome looks most like Arabic is taken.

// decode turns bytes into text. label is the declared character set, or "". bad counts the bytes that had to be replaced
// by U+FFFD in text that is UTF-8 otherwise.
func decode(b []byte, label string) (text string, bad int, err error) {
	switch order := utf16Order(b[:min(len(b), peekLen)]); {
	case order != 0:
		out, err := utf16(order).NewDecoder().Bytes(b)
		if err != nil {
			return "", 0, fmt.Errorf("%w: broken UTF-16", ErrEncoding)
		}
		return string(out), 0, nil
	case bytes.HasPrefix(b, bomUTF8):
		b = b[len(bomUTF8):]
	}
	if utf8.Valid(b) {
		return repair(string(b)), 0, nil
	}
	sample := b[:min(len(b), 64<<10)]
	best, bestScore := encoding.Encoding(nil), 0
	var declared encoding.Encoding
	if label != "" {
		if e, err := htmlindex.Get(strings.TrimSpace(label)); err == nil && e != unicode.UTF8 {
			declared = e
		}
	}
	for i, e := range []encoding.Encoding{declared, charmap.Windows1256, charmap.ISO8859_6} {
		if e == nil {
			continue
		}
		out, err := e.NewDecoder().Bytes(sample)
		if err != nil {
			continue
		}
		score := arabicness(string(out))
		if i == 0 {
			score += score / 10
		}
		if score > bestScore {
			best, bestScore = e, score
		}
	}
	if arabicness(string(sample)) > bestScore { // UTF-8 with some bytes broken
		t, bad := replaceInvalid(b)
		return t, bad, nil
	}
	if best == nil {
		if declared == nil {
			return "", 0, fmt.Errorf("%w: neither UTF-8 nor UTF-16, Windows-1256 or ISO-8859-6", ErrEncoding)
		}
		best = declared
	}
	out, err := best.NewDecoder().Bytes(b)
	if err != nil {
		return "", 0, fmt.Errorf("%w: %w", ErrEncoding, err)
	}
	return string(out), 0, nil
}

func utf16(order byte) encoding.Encoding {
	if order == 'b' {
		return unicode.UTF16(unicode.BigEndian, unicode.UseBOM)
	}
	return unicode.UTF16(unicode.LittleEndian, unicode.UseBOM)
}

// utf16Reader turns a stream of UTF-16 into UTF-8.
func utf16Reader(r io.Reader, order byte) io.Reader {
	e := unicode.LittleEndian
	if order == 'b' {
		e = unicode.BigEndian
	}
	return transform.NewReader(r, unicode.UTF16(e, unicode.UseBOM).NewDecoder())
}

// replaceInvalid puts U+FFFD for each run of invalid bytes and counts the bytes.
func replaceInvalid(b []byte) (string, int) {
	bad := 0
	for p := b; len(p) > 0; {
		r, w := utf8.DecodeRune(p)
		if r == utf8.RuneError && w == 1 {
			bad++
		}
		p = p[w:]
	}
	return string(bytes.ToValidUTF8(b, []byte("\ufffd"))), bad
}

// arabicness scores how much a decoded text looks like Arabic: its letters count, the article at the start of a word
// («ال») counts more, and what never stands inside Arabic words (accented Latin letters, undefined characters) counts
// against it. Between Windows-1256 and ISO-8859-6 that decides within a few words: half of the letters differ, and those
// of one are é, ç or undefined in the other.
func arabicness(s string) int {
	score := 0
	var prev, before rune = ' ', ' '
	for _, r := range s {
		switch {
		case r >= 0x0621 && r <= 0x064a && r != 0x0640:
			score++
			if r == 'ل' && prev == 'ا' && !arabicLetter(before) {
				score += 2
			}
		case r == utf8.RuneError, r >= 0x80 && r < 0xa0:
			score -= 4
		case r >= 0xc0 && r <= 0x24f:
			score -= 2
			if arabicLetter(prev) {
				score -= 2
			}
		}
		before, prev = prev, r
	}
	return score
}

func arabicLetter(r rune) bool { return r >= 0x0621 && r <= 0x064a }

// repair undoes a wrong decoding that was saved as UTF-8: «ط§ظ„ط¹» or «Ø§Ù„Ø¹» for «الع» (UTF-8 taken for Windows-1256 or
// 1252), «ÇáÚ» (Windows-1256 taken for 1252). Text that shows no sign of it is returned as it is.
func repair(s string) string {
	latin, taza, letters, sampled := 0, 0, 0, 0
	for _, r := range s {
		if r < 0x80 {
			continue
		}
		switch {
		case r >= 0xc0 && r <= 0xff:
			latin++
		case r == 'ط' || r == 'ظ':
			taza++
			letters++
		case arabicLetter(r):
			letters++
		}
		if sampled++; sampled == 2000 {
			break
		}
	}
	var from []*charmap.Charmap
	switch {
	case latin > 20 && latin > 2*letters:
		from = []*charmap.Charmap{charmap.Windows1252, charmap.Windows1252}
	case taza > 20 && taza*3 > letters:
		from = []*charmap.Charmap{charmap.Windows1256}
	default:
		return s
	}
	want := arabicness(s)
	for i, cm := range from {
		raw, ok := encodeAll(cm, s)
		if !ok {
			continue
		}
		var t string
		if i == 0 {
			if !utf8.Valid(raw) {
				continue
			}
			t = string(raw)
		} else {
			out, err := charmap.Windows1256.NewDecoder().Bytes(raw)
			if err != nil {
				continue
			}
			t = string(out)
		}
		if arabicness(t) > want && hasArabic(t) {
			return t
		}
	}
	return s
}

// encodeAll writes s in an 8-bit encoding, bytes that it leaves undefined as themselves. ok is false if some character
// has no place in it.
func encodeAll(cm *charmap.Charmap, s string) (b []byte, ok bool) {
	b = make([]byte, 0, len(s)/2)
	for _, r := range s {
		c, ok := cm.EncodeRune(r)
		if !ok {
			if r >= 0x80 && r < 0xa0 {
				c = byte(r)
			} else {
				return nil, false
			}
		}
		b = append(b, c)
	}
	return b, true
}

// decode gives the text of a document, reporting what had to be replaced in it. ok is false when a problem was reported
// that leaves no text.
func (s *session) decode(o Origin, b []byte, label string) (t string, ok bool, err error) {
	t, bad, derr := decode(b, label)
	if derr != nil {
		return "", false, s.fail(o, derr, "convert it to UTF-8")
	}
	if bad > 0 {
		err = s.fail(o, badBytes(bad), badRemedy)
	}
	return t, err == nil, err
}

const badRemedy = "read with � in their place"

func badBytes(n int) error { return fmt.Errorf("%w: %d bytes are not valid UTF-8", ErrEncoding, n) }
