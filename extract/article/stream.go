package article

import (
	"bytes"
	"errors"
	"fmt"
	"io"
)

// stream reads what src holds, by its kind. Like every reader here it returns only errors that end the whole run.
func (s *session) stream(src *source) error {
	if err := s.ctx.Err(); err != nil {
		return err
	}
	if _, err := src.r.Peek(1); err != nil {
		if err == io.EOF {
			return s.fail(src.at(), ErrEmpty, "")
		}
		return s.broken(src, err)
	}
	if head, _ := src.r.Peek(peekLen); !bytes.HasPrefix(head, []byte("PK")) {
		if order := utf16Order(head); order != 0 {
			inner := *src
			inner.label = ""
			inner.r = s.buffer(utf16Reader(src.r, order))
			defer s.release(inner.r)
			src = &inner
		}
	}
	switch k := sniff(src); k {
	case kindGzip, kindZstd, kindBzip2:
		return s.packed(src, k)
	case kindZip:
		return s.zip(src)
	case kindTar:
		return s.tar(src)
	case kindWARC:
		return s.warc(src)
	case kindHTML:
		return s.page(src)
	case kindFeed:
		return s.feed(src)
	case kindTable:
		return s.table(src)
	case kindMbox:
		return s.mbox(src)
	case kindEmail:
		return s.email(src)
	case kindJSONL:
		return s.jsonLines(src)
	case kindJSON:
		return s.jsonValues(src)
	case kindText:
		return s.text(src)
	case kindOther:
		if src.found {
			return s.ignore()
		}
		return s.fail(src.at(), fmt.Errorf("%w: XML that is neither feed nor page", ErrBinary), "save its text, or one article per line as JSON")
	}
	if src.found {
		return s.ignore()
	}
	return s.fail(src.at(), ErrBinary, "articles come as text, JSON lines, web pages, feeds, mailboxes, CSV, WARC, or archives of these; save other files as text")
}

// at is src's own place in messages.
func (src *source) at() Origin {
	if src.origin != (Origin{}) {
		return src.origin
	}
	return Origin{File: src.file}
}

// broken reports that src failed in the middle.
func (s *session) broken(src *source, err error) error {
	if e := s.ctx.Err(); e != nil {
		return e
	}
	if errors.Is(err, ErrBomb) {
		return s.fail(src.at(), ErrBomb, "unpack it by other means if you trust it")
	}
	if errors.Is(err, io.ErrUnexpectedEOF) {
		return s.fail(src.at(), fmt.Errorf("%w: ends too early", ErrBroken), "what came before the break was read; fetch the file again")
	}
	return s.fail(src.at(), fmt.Errorf("%w: %w", ErrBroken, err), "what came before the break was read")
}

// readAll takes the rest of src, up to the limit of one article. ok is false when a problem was reported.
func (s *session) readAll(src *source) (b []byte, ok bool, err error) {
	b, rerr := io.ReadAll(io.LimitReader(src.r, int64(s.opt.MaxBytes)+1))
	if rerr != nil {
		return nil, false, s.broken(src, rerr)
	}
	if len(b) > s.opt.MaxBytes {
		return nil, false, s.fail(src.at(), fmt.Errorf("%w: more than %s", ErrTooLong, size(s.opt.MaxBytes)), "split it, one article per file or per line of JSON")
	}
	return b, true, nil
}

// size writes a number of bytes for people.
func size(n int) string {
	switch {
	case n >= 1<<20:
		return fmt.Sprintf("%d MB", n>>20)
	case n >= 1<<10:
		return fmt.Sprintf("%d kB", n>>10)
	}
	return fmt.Sprintf("%d bytes", n)
}
