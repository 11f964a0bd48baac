// Package jsonl reads and writes documents as JSON lines, the format of
// sila extract: one object a line, UTF-8.
package jsonl

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"unicode/utf8"

	"github.com/sila-graph/sila/extract/doc"
)

// maxLine bounds one document, in bytes.
const maxLine = 64 << 20

// Read calls fn with each document of r, in order; name is for errors, which
// carry the line. Fields that a document doesn't have are ignored. What fn
// returns ends the reading.
func Read(name string, r io.Reader, fn func(*doc.Document) error) error {
	lines := bufio.NewScanner(r)
	lines.Buffer(nil, maxLine)
	n := 1
	for ; lines.Scan(); n++ {
		b := bytes.TrimSpace(lines.Bytes())
		if len(b) == 0 {
			continue
		}
		d := &doc.Document{}
		switch err := json.Unmarshal(b, d); {
		case err != nil:
			return fmt.Errorf("%s:%d: %w", name, n, err)
		case !utf8.Valid(b):
			return fmt.Errorf("%s:%d: not valid UTF-8", name, n)
		case d.ID == "":
			return fmt.Errorf("%s:%d: an object without id", name, n)
		}
		if err := fn(d); err != nil {
			return err
		}
	}
	if err := lines.Err(); err != nil {
		return fmt.Errorf("%s:%d: %w", name, n, err)
	}
	return nil
}

// ReadFile is Read on a file.
func ReadFile(name string, fn func(*doc.Document) error) error {
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	defer f.Close()
	return Read(name, f, fn)
}

// Write writes one document as a line. Letters stand as they are, not escaped.
func Write(w io.Writer, d *doc.Document) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(d); err != nil {
		return fmt.Errorf("document %s: %w", d.ID, err)
	}
	return nil
}
