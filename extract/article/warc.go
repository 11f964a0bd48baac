package article

import (
	"bufio"
	"bytes"
	"compress/flate"
	"compress/zlib"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"net/url"
	"path"
	"strconv"
	"strings"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
)

// Web archives are read by a reader of our own rather than a library: when a record's length is wrong, the next record
// must still be found, also one that lies inside the block that the wrong length claims.

// maxHeader bounds the header of one record, in bytes.
const maxHeader = 256 << 10

// warcRecord is the header of one record.
type warcRecord struct {
	kind   string // response, resource, conversion, request …
	url    string
	media  string
	length int64 // of the block, as declared; -1 if it is not
}

// warc reads a web archive record by record. Pages, feeds and extracted texts become articles; requests, pictures and
// redirects are counted as ignored.
func (s *session) warc(src *source) error {
	w := &warcReader{r: src.r}
	for item := 1; ; item++ {
		o := Origin{File: src.file, Item: item}
		skipped, err := w.seek()
		if err == io.EOF && skipped == 0 {
			return nil
		}
		if skipped > 0 {
			if err := s.fail(o, fmt.Errorf("%w web archive: %d bytes lie between records", ErrBroken, skipped), "reading went on at the next record"); err != nil {
				return err
			}
		}
		if err == io.EOF {
			return nil
		}
		var rec warcRecord
		if err == nil {
			rec, err = w.header()
		}
		if err == errHeader {
			if err := s.fail(o, fmt.Errorf("%w web archive: unreadable record header", ErrBroken), "reading went on at the next record"); err != nil {
				return err
			}
			continue
		}
		if err != nil {
			src := *src
			src.origin = o
			return s.broken(&src, err)
		}
		wanted := rec.wanted()
		limit := 0
		if wanted {
			limit = s.opt.MaxBytes
		}
		block, n, wrong, err := w.block(rec.length, limit)
		if err == nil && wrong {
			said := n
			if n == int64(len(block)) {
				block = bytes.TrimRight(block, "\r\n")
				said = int64(len(block))
			}
			err2 := s.fail(o, fmt.Errorf("%w web archive: record of %s says it has %d bytes, but has %d", ErrBroken, or(rec.url, "unknown address"), rec.length, said), "read with the length found")
			if err2 != nil {
				return err2
			}
		}
		switch {
		case err != nil:
			src := *src
			src.origin = o
			return s.broken(&src, err)
		case !wanted:
			err = s.ignore()
		case n > int64(limit):
			err = s.fail(o, fmt.Errorf("%w: %s has more than %s", ErrTooLong, or(rec.url, "a record"), size(limit)), "")
		default:
			err = s.webRecord(src, o, rec, block)
		}
		if err != nil {
			return err
		}
	}
}

// wanted reports whether a record can hold an article.
func (r *warcRecord) wanted() bool {
	switch r.kind {
	case "response":
		return strings.HasPrefix(r.url, "http") && (strings.HasPrefix(r.media, "application/http") || r.media == "")
	case "resource":
		m, _, _ := mime.ParseMediaType(r.media)
		_, ok := mediaKinds[m]
		return ok
	case "conversion":
		return strings.HasPrefix(r.media, "text/plain")
	}
	return false
}

// webRecord reads the article in a record's block.
func (s *session) webRecord(src *source, o Origin, rec warcRecord, block []byte) error {
	in := &source{file: src.file, origin: o, key: src.key, url: rec.url, found: true, depth: src.depth + 1}
	if u, err := url.Parse(rec.url); err == nil {
		in.name = path.Base(u.Path)
	}
	body, media := block, rec.media
	switch rec.kind {
	case "conversion": // text extracted by others, as in Common Crawl's WET files
		t, ok, err := s.decode(o, block, "")
		if !ok {
			return err
		}
		return s.emit(in, o, plainArticle(t, rec.url))
	case "response":
		res, err := http.ReadResponse(bufio.NewReader(bytes.NewReader(block)), nil)
		if err != nil {
			return s.fail(o, fmt.Errorf("%w answer of %s: %w", ErrBroken, rec.url, err), "the other records were read")
		}
		media = res.Header.Get("Content-Type")
		m, _, _ := mime.ParseMediaType(media)
		if _, ok := mediaKinds[m]; res.StatusCode != http.StatusOK || !ok && m != "" {
			return s.ignore()
		}
		if body, err = httpBody(res, block, s.opt.MaxBytes); err != nil {
			return s.fail(o, fmt.Errorf("%w answer of %s: %w", ErrBroken, rec.url, err), "the other records were read")
		}
	}
	if len(body) == 0 {
		return s.fail(o, fmt.Errorf("%w: the answer of %s has no body", ErrEmpty, rec.url), "")
	}
	var params map[string]string
	in.media, params, _ = mime.ParseMediaType(media)
	in.label = params["charset"]
	in.r = s.buffer(bytes.NewReader(body))
	defer s.release(in.r)
	return s.stream(in)
}

// httpBody undoes transfer and content encoding. Archives often hold bodies that were unchunked or unpacked already
// under headers that say otherwise, and bodies cut short; what can be had is returned.
func httpBody(res *http.Response, block []byte, max int) ([]byte, error) {
	body, err := io.ReadAll(io.LimitReader(res.Body, int64(max)))
	if err != nil && len(res.TransferEncoding) > 0 {
		if _, raw, ok := bytes.Cut(block, []byte("\r\n\r\n")); ok {
			body = raw
		}
	}
	for _, enc := range strings.Split(res.Header.Get("Content-Encoding"), ",") {
		var r io.Reader
		in := bytes.NewReader(body)
		var err error
		switch strings.ToLower(strings.TrimSpace(enc)) {
		case "gzip", "x-gzip":
			if !bytes.HasPrefix(body, []byte{0x1f, 0x8b}) {
				continue
			}
			r, err = gzip.NewReader(in)
		case "deflate":
			if r, err = zlib.NewReader(in); err != nil {
				in.Reset(body)
				r, err = flate.NewReader(in), nil
			}
		case "br":
			r = brotli.NewReader(in)
		case "zstd":
			var z *zstd.Decoder
			if z, err = zstd.NewReader(in, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxWindow(zstdWindow)); err == nil {
				defer z.Close()
				r = z
			}
		default:
			continue
		}
		if err != nil {
			return nil, err
		}
		out, err := io.ReadAll(io.LimitReader(r, int64(max)+1))
		switch {
		case len(out) > max:
			return nil, ErrTooLong
		case err != nil && len(out) == 0 && bytes.IndexByte(body, '<') >= 0 && !looksBinary(body[:min(len(body), peekLen)]):
			continue // not packed after all
		case err != nil && len(out) == 0:
			return nil, err
		}
		body = out
	}
	return body, nil
}

// warcReader finds records in a stream.
type warcReader struct{ r *bufio.Reader }

var errHeader = errors.New("unreadable record header")

// seek moves to the next line that starts a record and returns how many bytes other than line ends were passed over.
func (w *warcReader) seek() (skipped int64, err error) {
	start := true // at the start of a line
	for {
		head, err := w.r.Peek(7)
		if start && len(head) >= 6 && isRecordStart(head) {
			return skipped, nil
		}
		if len(head) == 0 {
			return skipped, err
		}
		line, err := w.r.ReadSlice('\n')
		start = err == nil
		skipped += int64(len(bytes.TrimRight(line, "\r\n")))
		if err == io.EOF && len(line) == 0 {
			return skipped, io.EOF
		}
		if err != nil && err != bufio.ErrBufferFull && err != io.EOF {
			return skipped, err
		}
	}
}

func isRecordStart(b []byte) bool {
	return bytes.HasPrefix(b, []byte("WARC/0.")) || bytes.HasPrefix(b, []byte("WARC/1."))
}

// header reads a record's header up to and including the blank line.
func (w *warcReader) header() (warcRecord, error) {
	rec := warcRecord{length: -1}
	lr := &lineReader{r: w.r, max: maxHeader}
	if _, _, err := lr.next(); err != nil {
		return rec, err
	}
	for total := 0; ; {
		if head, _ := w.r.Peek(7); isRecordStart(head) {
			return rec, errHeader // the header broke off
		}
		line, long, err := lr.next()
		if err == io.EOF {
			err = io.ErrUnexpectedEOF
		}
		if err != nil {
			return rec, err
		}
		if total += len(line); long || total > maxHeader {
			return rec, errHeader
		}
		if len(line) == 0 {
			break
		}
		k, v, ok := strings.Cut(string(line), ":")
		if !ok {
			continue // folded lines carry nothing that is read here
		}
		v = strings.TrimSpace(v)
		switch strings.ToLower(strings.TrimSpace(k)) {
		case "warc-type":
			rec.kind = strings.ToLower(v)
		case "warc-target-uri":
			rec.url = strings.Trim(v, "<>")
		case "content-type":
			rec.media = strings.ToLower(v)
		case "content-length":
			if n, err := strconv.ParseInt(v, 10, 64); err == nil && n >= 0 {
				rec.length = n
			}
		}
	}
	return rec, nil
}

var recordMark = []byte("\nWARC/")

// block reads the block of a record, keeping up to max bytes of it; n is its length. It ends at the declared length, but
// earlier where another record starts inside it, and later where none starts behind it; wrong says so.
func (w *warcReader) block(declared int64, max int) (data []byte, n int64, wrong bool, err error) {
	keep := func(b []byte) {
		if room := max - len(data); room > 0 && len(b) > 0 {
			data = append(data, b[:min(room, len(b))]...)
		}
		n += int64(len(b))
	}
	for declared < 0 || n < declared {
		buf, perr := w.r.Peek(bufSize)
		if len(buf) == 0 {
			if perr != io.EOF {
				return data, n, false, perr
			}
			return data, n, declared >= 0, nil
		}
		if i := recordIn(buf); i >= 0 && (declared < 0 || n+int64(i) < declared) {
			keep(buf[:i])
			if _, err := w.r.Discard(i); err != nil {
				return data, n, false, err
			}
			return data, n, declared >= 0, nil
		}
		take := len(buf)
		if perr == nil { // more may follow: leave what could be half a mark
			take -= 64
		}
		if declared >= 0 {
			take = int(min(int64(take), declared-n))
		}
		keep(buf[:take])
		if _, err := w.r.Discard(take); err != nil {
			return data, n, false, err
		}
	}
	if declared < 0 {
		return data, n, false, nil
	}
	// Behind the block two line ends and the next record are due.
	buf, _ := w.r.Peek(64)
	if rest := bytes.TrimLeft(buf, "\r\n"); len(rest) == 0 || isRecordStart(rest) {
		return data, n, false, nil
	}
	more, extra, _, err := w.block(-1, max-len(data))
	data = append(data, more...)
	return data, n + extra, true, err
}

// recordIn finds in b a line that starts a record, with a plausible second line, and returns where it starts, or -1.
func recordIn(b []byte) int {
	for at := 0; ; {
		i := bytes.Index(b[at:], recordMark)
		if i < 0 {
			return -1
		}
		at += i + 1
		if line := b[at:]; isRecordStart(line) {
			if j := bytes.IndexByte(line, '\n'); j > 0 && j < 16 && (bytes.HasPrefix(line[j+1:], []byte("WARC-")) || bytes.HasPrefix(line[j+1:], []byte("Content-"))) {
				return at
			}
		}
	}
}
