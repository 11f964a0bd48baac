package eval

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"

	"github.com/sila-graph/sila/extract/doc"
	"github.com/sila-graph/sila/extract/jsonl"
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
	var out []*doc.Document
	err := jsonl.ReadFile(name, func(d *doc.Document) error {
		out = append(out, d)
		return nil
	})
	return out, err
}
