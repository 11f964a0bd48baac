package article

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"io"
	"strings"
)

// columns maps the names that headers of tables use to the fields of an article.
var columns = map[string]string{
	"id": "id", "article id": "id", "المعرف": "id", "رقم": "id",
	"title": "title", "headline": "title", "العنوان": "title", "عنوان": "title",
	"text": "text", "body": "text", "content": "text", "article": "text", "fulltext": "text", "full text": "text", "النص": "text", "نص": "text", "المحتوي": "text", "الخبر": "text",
	"date": "date", "published": "date", "published at": "date", "publish date": "date", "pubdate": "date", "publication date": "date", "التاريخ": "date", "تاريخ": "date", "تاريخ النشر": "date",
	"source": "source", "publisher": "source", "outlet": "source", "newspaper": "source", "المصدر": "source", "الصحيفه": "source", "الموقع": "source",
	"url": "url", "link": "url", "address": "url", "الرابط": "url", "رابط": "url",
	"author": "author", "byline": "author", "writer": "author", "الكاتب": "author", "كاتب": "author",
	"lang": "lang", "language": "lang", "اللغه": "lang",
}

// tableHead reads a header line: the separator, and which field each column holds. ok says that the line names a text or
// a title, and so is the header of a table of articles.
func tableHead(line string) (comma rune, fields []string, ok bool) {
	most := 0
	comma = ','
	for _, c := range ",;\t|" {
		if n := strings.Count(line, string(c)); n > most {
			most, comma = n, c
		}
	}
	r := csv.NewReader(strings.NewReader(line))
	r.Comma, r.LazyQuotes = comma, true
	names, err := r.Read()
	if err != nil {
		return 0, nil, false
	}
	seen := map[string]bool{}
	for _, n := range names {
		f := columns[fold(n)]
		if seen[f] {
			f = "" // the first column of a kind counts
		}
		seen[f] = true
		fields = append(fields, f)
	}
	return comma, fields, seen["text"] || seen["title"]
}

// table reads a CSV or TSV file with a header. Rows are cut out one by one, so that a broken one costs itself alone and an
// open quotation mark can't take the rest of the file with it.
func (s *session) table(src *source) error {
	rows := &rowReader{lines: lineReader{r: src.r, max: s.opt.MaxBytes}, max: s.opt.MaxBytes}
	var comma rune
	var fields []string
	for {
		row, line, err := rows.next()
		o := Origin{File: src.file, Line: line}
		switch {
		case err == io.EOF:
			if fields == nil {
				return s.fail(src.at(), ErrEmpty, "")
			}
			return nil
		case err == ErrTooLong:
			if err := s.fail(o, fmt.Errorf("%w: a row of more than %s", ErrTooLong, size(s.opt.MaxBytes)), "look for a quotation mark that is never closed"); err != nil {
				return err
			}
			continue
		case err != nil:
			src := *src
			src.origin = o
			return s.broken(&src, err)
		case len(bytes.TrimSpace(row)) == 0:
			continue
		}
		t, ok, err := s.decode(o, row, src.label)
		if !ok {
			if err != nil {
				return err
			}
			continue
		}
		if fields == nil {
			var ok bool
			if comma, fields, ok = tableHead(t); !ok {
				return s.fail(o, fmt.Errorf("%w: no header with a column named text or title", ErrBroken), "name the columns in the first line: id, date, title, source, url, text")
			}
			rows.comma = byte(comma)
			continue
		}
		r := csv.NewReader(strings.NewReader(t))
		r.Comma, r.LazyQuotes, r.FieldsPerRecord = comma, true, -1
		values, err := r.Read()
		if err != nil || len(values) != len(fields) {
			// Where lines were joined wrongly, all but the first may be good rows.
			rows.giveBack(1)
			cause := fmt.Errorf("%w row: %d columns, %d in the header", ErrBroken, len(values), len(fields))
			if err != nil {
				cause = fmt.Errorf("%w row: %w", ErrBroken, err)
			}
			if err := s.fail(o, cause, "put quotation marks around text that holds separators"); err != nil {
				return err
			}
			continue
		}
		if err := s.emit(src, o, rowArticle(fields, values)); err != nil {
			return err
		}
	}
}

func rowArticle(fields, values []string) Article {
	var a Article
	for i, f := range fields {
		v := strings.TrimSpace(values[i])
		switch f {
		case "id":
			a.ID = v
		case "title":
			a.Title = oneLine(v)
		case "text":
			a.Text = strings.ReplaceAll(v, "\r\n", "\n")
		case "date":
			a.Date = parseDate(v)
		case "source":
			a.Source = v
		case "url":
			a.URL = v
		case "author":
			a.Author = v
		case "lang":
			a.Lang = v
		}
	}
	return a
}

// rowReader cuts a table into rows: lines, joined while a quoted field is open.
type rowReader struct {
	lines   lineReader
	max     int
	comma   byte // 0 while the header is awaited: then any separator counts
	buf     []byte
	held    []heldLine // the lines of the row handed out last, if it has several
	pending []heldLine // lines to be read again
}

type heldLine struct {
	b []byte
	n int
}

// maxRowLines bounds the lines of one row; with more, its quotation mark is taken for a stray one.
const maxRowLines = 2000

// next returns one row, valid until the next call, and its first line's number.
func (r *rowReader) next() ([]byte, int, error) {
	r.buf, r.held = r.buf[:0], nil
	open := false
	for {
		line, n, long, err := r.line()
		switch {
		case err != nil && (err != io.EOF || len(r.held) == 0):
			return nil, n, err
		case long:
			r.giveBack(0)
			return nil, n, ErrTooLong
		case err == nil:
			if open = quoteOpen(line, r.comma, open); !open && len(r.held) == 0 {
				return line, n, nil // the common case
			}
			r.held = append(r.held, heldLine{bytes.Clone(line), n})
			r.buf = append(append(r.buf, line...), '\n')
			if !open {
				return r.buf[:len(r.buf)-1], r.held[0].n, nil
			}
			if len(r.buf) <= r.max && len(r.held) < maxRowLines {
				continue
			}
		}
		first := r.held[0] // its quotation mark never closes
		r.giveBack(1)
		return first.b, first.n, nil
	}
}

// giveBack has the lines of the last row, from the given one on, read again as rows of their own. It reports whether
// there are any.
func (r *rowReader) giveBack(from int) bool {
	if from >= len(r.held) {
		return false
	}
	r.pending = append(r.held[from:len(r.held):len(r.held)], r.pending...)
	r.held = nil
	return true
}

func (r *rowReader) line() (line []byte, n int, long bool, err error) {
	if len(r.pending) > 0 {
		h := r.pending[0]
		r.pending = r.pending[1:]
		return h.b, h.n, false, nil
	}
	line, long, err = r.lines.next()
	return line, r.lines.n, long, err
}

// quoteOpen follows quotation marks through a line: one opens at the start of a field and closes at the end of one;
// others are part of the text, as for csv.Reader with LazyQuotes.
func quoteOpen(line []byte, comma byte, open bool) bool {
	sep := func(c byte) bool {
		if comma == 0 {
			return c == ',' || c == ';' || c == '\t' || c == '|'
		}
		return c == comma
	}
	for i := 0; i < len(line); i++ {
		if line[i] != '"' {
			continue
		}
		switch {
		case !open:
			open = i == 0 || sep(line[i-1])
		case i+1 < len(line) && line[i+1] == '"':
			i++
		case i+1 == len(line) || sep(line[i+1]):
			open = false
		}
	}
	return open
}
