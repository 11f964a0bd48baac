package article

import (
	"bytes"
	"fmt"
	"io"
	"mime"
	"strings"

	"github.com/emersion/go-message"
)

// mbox reads a mailbox: messages set apart by lines that begin with "From ".
func (s *session) mbox(src *source) error {
	lr := &lineReader{r: src.r, max: s.opt.MaxBytes}
	var msg []byte
	item, start, long, blank := 0, 0, false, true
	flush := func() error {
		if item == 0 {
			return nil
		}
		o := Origin{File: src.file, Item: item}
		if long {
			return s.fail(o, fmt.Errorf("%w: a message of more than %s", ErrTooLong, size(s.opt.MaxBytes)), "its attachments may be the reason; save its text alone")
		}
		return s.message(src, o, msg)
	}
	for {
		line, tooLong, err := lr.next()
		if err != nil {
			if e := flush(); e != nil {
				return e
			}
			if err == io.EOF {
				return nil
			}
			src := *src
			src.origin = Origin{File: src.file, Line: start}
			return s.broken(&src, err)
		}
		if blank && bytes.HasPrefix(line, []byte("From ")) {
			if err := flush(); err != nil {
				return err
			}
			item, start, long, msg = item+1, lr.n, false, msg[:0]
			blank = false
			continue
		}
		blank = len(line) == 0
		if quoted := bytes.TrimLeft(line, ">"); len(quoted) < len(line) && bytes.HasPrefix(quoted, []byte("From ")) {
			line = line[1:]
		}
		if long = long || tooLong || len(msg)+len(line) > s.opt.MaxBytes; !long {
			msg = append(append(msg, line...), '\r', '\n')
		}
	}
}

// email reads a file of one message.
func (s *session) email(src *source) error {
	b, ok, err := s.readAll(src)
	if !ok {
		return err
	}
	return s.message(src, src.at(), b)
}

// message reads one message: its subject is the title, its text the first plain part, or the first HTML part.
func (s *session) message(src *source, o Origin, raw []byte) error {
	e, err := message.Read(bytes.NewReader(raw))
	if e == nil {
		return s.fail(o, fmt.Errorf("%w message: %w", ErrBroken, err), "")
	}
	a := Article{
		ID:     strings.Trim(strings.TrimSpace(e.Header.Get("Message-Id")), "<>"),
		Title:  oneLine(headerText(e.Header.Get("Subject"))),
		Author: senderName(headerText(e.Header.Get("From"))),
		Date:   parseDate(dropComment(e.Header.Get("Date"))),
		URL:    strings.Trim(e.Header.Get("Archived-At"), "<> "),
		Lang:   strings.TrimSpace(e.Header.Get("Content-Language")),
	}
	var plain, page part
	err = findParts(e, &plain, &page, s.opt.MaxBytes, 0)
	best := plain
	if best.data == nil || len(bytes.TrimSpace(best.data)) == 0 {
		best = page
	}
	if best.data == nil {
		if err != nil {
			return s.fail(o, fmt.Errorf("%w message: %w", ErrBroken, err), "")
		}
		return s.fail(o, ErrNoText, "the message has no text part")
	}
	t, ok, err := s.decode(o, best.data, best.label)
	if !ok {
		return err
	}
	if best.html {
		a.Text = fragmentText(a.Title, t)
	} else {
		a.Text = clean(a.Title, strings.Split(strings.ReplaceAll(t, "\r\n", "\n"), "\n"))
	}
	return s.emit(src, o, a)
}

// part is one text of a message, as bytes in its own character set.
type part struct {
	data  []byte
	label string
	html  bool
}

// findParts fills in the first plain and the first HTML part, down to a fixed depth of parts within parts.
func findParts(e *message.Entity, plain, page *part, max, depth int) error {
	media, params, _ := e.Header.ContentType()
	media = strings.ToLower(media)
	if mr := e.MultipartReader(); mr != nil && depth < 8 {
		for {
			p, err := mr.NextPart()
			if p == nil {
				if err == io.EOF {
					return nil
				}
				return err
			}
			if err := findParts(p, plain, page, max, depth+1); err != nil {
				return err
			}
		}
	}
	if d, _, _ := e.Header.ContentDisposition(); strings.EqualFold(d, "attachment") {
		return nil
	}
	to := plain
	switch media {
	case "text/plain", "":
	case "text/html":
		to = page
	default:
		return nil
	}
	if to.data != nil {
		return nil
	}
	b, err := io.ReadAll(io.LimitReader(e.Body, int64(max)))
	if len(b) == 0 {
		return err
	}
	*to = part{data: b, label: params["charset"], html: to == page}
	return nil
}

// headerText decodes the encoded words of a header field, also where it is raw bytes of some encoding.
func headerText(v string) string {
	dec := mime.WordDecoder{CharsetReader: func(label string, r io.Reader) (io.Reader, error) {
		b, err := io.ReadAll(r)
		if err != nil {
			return nil, err
		}
		t, _, err := decode(b, label)
		return strings.NewReader(t), err
	}}
	if t, err := dec.DecodeHeader(v); err == nil {
		v = t
	}
	if t, _, err := decode([]byte(v), ""); err == nil {
		return t
	}
	return strings.ToValidUTF8(v, "\ufffd")
}

// senderName is the name in «الاسم <address>», or the address.
func senderName(v string) string {
	if i := strings.LastIndexByte(v, '<'); i > 0 {
		return strings.Trim(strings.TrimSpace(v[:i]), `"`)
	}
	return strings.Trim(strings.TrimSpace(v), "<>")
}

// dropComment cuts a trailing "(UTC)" from a mail date.
func dropComment(v string) string {
	if i := strings.IndexByte(v, '('); i > 0 {
		v = v[:i]
	}
	return strings.TrimSpace(v)
}
