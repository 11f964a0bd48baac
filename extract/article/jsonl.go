package article

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"
)

// record is an article as JSON. Fields beyond these are ignored.
type record struct {
	ID     loose   `json:"id"`
	Date   loose   `json:"date"`
	Title  loose   `json:"title"`
	Source loose   `json:"source"`
	URL    loose   `json:"url"`
	Author loose   `json:"author"`
	Lang   loose   `json:"lang"`
	Text   *string `json:"text"`
	// Annotations of the gold format have these and no text; they are no articles, and no error either.
	Entities json.RawMessage `json:"entities"`
	Facts    json.RawMessage `json:"facts"`
}

// loose is a string that JSON may also give as a number; null, objects and lists count as absent.
type loose string

func (l *loose) UnmarshalJSON(b []byte) error {
	switch {
	case len(b) == 0 || b[0] == 'n' || b[0] == '{' || b[0] == '[':
		*l = ""
	case b[0] == '"':
		var s string
		if err := json.Unmarshal(b, &s); err != nil {
			return err
		}
		*l = loose(s)
	default:
		*l = loose(b)
	}
	return nil
}

// jsonLines reads one article per line. A broken line costs that line alone.
func (s *session) jsonLines(src *source) error {
	lr := &lineReader{r: src.r, max: s.opt.MaxBytes}
	for {
		line, long, err := lr.next()
		if err == io.EOF {
			return nil
		}
		o := Origin{File: src.file, Line: lr.n}
		if lr.n == 1 {
			line = bytes.TrimPrefix(line, bomUTF8)
		}
		switch {
		case err != nil:
			src := *src
			src.origin = o
			return s.broken(&src, err)
		case long:
			if err := s.fail(o, fmt.Errorf("%w: a line of more than %s", ErrTooLong, size(s.opt.MaxBytes)), "one article per line"); err != nil {
				return err
			}
			continue
		case len(bytes.TrimSpace(line)) == 0:
			continue
		}
		if err := s.jsonArticle(src, o, line); err != nil {
			return err
		}
	}
}

// jsonArticle reads one object.
func (s *session) jsonArticle(src *source, o Origin, b []byte) error {
	if !utf8.Valid(b) {
		t, ok, err := s.decode(o, b, src.label)
		if !ok {
			return err
		}
		b = []byte(t)
	}
	var rec record
	if err := json.Unmarshal(b, &rec); err != nil {
		return s.fail(o, jsonCause(err), "one JSON object per line, with at least title or text")
	}
	if rec.Text == nil && (rec.Entities != nil || rec.Facts != nil) {
		return s.ignore()
	}
	a := Article{ID: strings.TrimSpace(string(rec.ID)), Title: string(rec.Title), Source: string(rec.Source), URL: string(rec.URL),
		Author: string(rec.Author), Lang: string(rec.Lang), Date: parseDate(string(rec.Date))}
	if rec.Text != nil {
		a.Text = *rec.Text
	}
	return s.emit(src, o, a)
}

func jsonCause(err error) error {
	var se *json.SyntaxError
	var te *json.UnmarshalTypeError
	switch {
	case errors.As(err, &se):
		return fmt.Errorf("%w JSON at byte %d: %s", ErrBroken, se.Offset, strings.TrimPrefix(se.Error(), "json: "))
	case errors.As(err, &te) && te.Field == "":
		return fmt.Errorf("%w: JSON %s where an object should be", ErrBroken, te.Value)
	case errors.As(err, &te):
		return fmt.Errorf("%w: field %q is a JSON %s", ErrBroken, te.Field, te.Value)
	}
	return fmt.Errorf("%w JSON: %w", ErrBroken, err)
}

// jsonValues reads objects that span lines, alone, one after another, or in an array.
func (s *session) jsonValues(src *source) error {
	js := &jsonSplitter{r: src.r, max: s.opt.MaxBytes, line: 1}
	for {
		b, line, err := js.next()
		o := Origin{File: src.file, Line: line}
		switch {
		case err == io.EOF:
			return nil
		case errors.Is(err, ErrTooLong):
			err = s.fail(o, fmt.Errorf("%w: an object of more than %s", ErrTooLong, size(s.opt.MaxBytes)), "one object per article")
		case err != nil:
			src := *src
			src.origin = o
			return s.broken(&src, err)
		default:
			err = s.jsonArticle(src, o, b)
		}
		if err != nil {
			return err
		}
	}
}

// jsonSplitter cuts a stream into its outermost objects by counting braces outside strings, in bounded memory and
// without minding what lies between them.
type jsonSplitter struct {
	r    *bufio.Reader
	max  int
	line int
	buf  []byte
}

// next returns the bytes of one object, valid until the next call, and the line on which it starts.
func (j *jsonSplitter) next() ([]byte, int, error) {
	j.buf = j.buf[:0]
	start, depth, long := j.line, 0, false
	inString, escaped := false, false
	for {
		c, err := j.r.ReadByte()
		if err != nil {
			if err == io.EOF && depth > 0 {
				err = io.ErrUnexpectedEOF
			}
			return nil, start, err
		}
		if c == '\n' {
			j.line++
		}
		if depth == 0 {
			if c != '{' {
				continue
			}
			start = j.line
		}
		if !long {
			if len(j.buf) >= j.max {
				long, j.buf = true, j.buf[:0]
			} else {
				j.buf = append(j.buf, c)
			}
		}
		switch {
		case escaped:
			escaped = false
		case inString:
			escaped = c == '\\'
			inString = c != '"'
		case c == '"':
			inString = true
		case c == '{':
			depth++
		case c == '}':
			if depth--; depth == 0 {
				if long {
					return nil, start, ErrTooLong
				}
				return j.buf, start, nil
			}
		}
	}
}
