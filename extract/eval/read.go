package eval

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"

	"github.com/sila-graph/sila/extract/doc"
)

// World holds LocatedIn and AffiliatedWith pairs that are true anywhere, as
// type, form and form; forms are normal and bare.
type World map[[3]string]bool

// ReadWorld reads a file of tab-separated type, form, form. A file that isn't
// there is an empty world.
func ReadWorld(name string) (World, error) {
	b, err := os.ReadFile(name)
	if errors.Is(err, fs.ErrNotExist) {
		return World{}, nil
	}
	if err != nil {
		return nil, err
	}
	w := World{}
	n := 0
	for line := range strings.Lines(string(b)) {
		n++
		f := strings.Split(strings.TrimRight(line, "\r\n"), "\t")
		if len(f) != 3 {
			return nil, fmt.Errorf("%s:%d: want type, form and form between tabs, have %d fields", name, n, len(f))
		}
		w[[3]string(f)] = true
	}
	return w, nil
}

// ReadFile reads documents or gold annotations, one JSON object a line.
func ReadFile(name string) ([]*doc.Document, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return Read(name, f)
}

// Read is ReadFile on an open reader; name is for errors.
func Read(name string, r io.Reader) ([]*doc.Document, error) {
	var out []*doc.Document
	lines := bufio.NewScanner(r)
	lines.Buffer(nil, 64<<20)
	for n := 1; lines.Scan(); n++ {
		if strings.TrimSpace(lines.Text()) == "" {
			continue
		}
		d := &doc.Document{}
		if err := json.Unmarshal(lines.Bytes(), d); err != nil {
			return nil, fmt.Errorf("%s:%d: %w", name, n, err)
		}
		if d.ID == "" {
			return nil, fmt.Errorf("%s:%d: an object without id", name, n)
		}
		out = append(out, d)
	}
	if err := lines.Err(); err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return out, nil
}
