package article

import (
	"bufio"
	"io"
)

// lineReader hands out lines of bounded length and passes over longer ones without holding them.
type lineReader struct {
	r   *bufio.Reader
	max int
	n   int // number of the line handed out last, from 1
	buf []byte
}

// next returns the next line without its end; it is valid until the next call. long says that the line was longer
// than max bytes and is gone. At the end of input err is io.EOF; any other error comes with what was read of the line.
func (l *lineReader) next() (line []byte, long bool, err error) {
	l.buf = l.buf[:0]
	for {
		part, err := l.r.ReadSlice('\n')
		if err == nil && len(l.buf) == 0 && !long && len(part) <= l.max {
			l.n++
			return trimEOL(part), false, nil // the common case, without a copy
		}
		if len(l.buf)+len(part) > l.max {
			long, l.buf = true, l.buf[:0]
		}
		if !long {
			l.buf = append(l.buf, part...)
		}
		switch err {
		case nil:
			l.n++
			return trimEOL(l.buf), long, nil
		case bufio.ErrBufferFull:
			continue
		case io.EOF:
			if len(l.buf) == 0 && !long {
				return nil, false, io.EOF
			}
			l.n++
			return trimEOL(l.buf), long, nil
		default:
			l.n++
			return trimEOL(l.buf), long, err
		}
	}
}

func trimEOL(b []byte) []byte {
	if n := len(b); n > 0 && b[n-1] == '\n' {
		b = b[:n-1]
	}
	if n := len(b); n > 0 && b[n-1] == '\r' {
		b = b[:n-1]
	}
	return b
}
