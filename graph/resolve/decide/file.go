package decide

import (
	"bytes"
	"crypto/rand"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"unicode/utf8"
)

// Beside returns where the decisions of a store lie by default: beside its
// folder, so that a graph that is deleted and loaded anew still has them. ""
// for stores that aren't folders, which need a file named.
func Beside(store string) string {
	folder := strings.TrimPrefix(store, "kv:")
	if store == "memory" || strings.Contains(store, "://") || folder == "" {
		return ""
	}
	return filepath.Clean(folder) + ".decisions.jsonl"
}

// header begins a new file.
const header = `# Decisions of people on the graph beside this file, one a line, the later before the earlier where they disagree.
# A member is ["article id", "type", "fullest name in that article"]. A line may be edited or taken out (an id may be left out:
# it follows from the rest); the next sila command brings the graph up to date. sila log shows, undoes, imports and exports them.
`

// File is a decisions file as read. Comments, blank lines and the order stay.
type File struct {
	Path  string // "" for one that lives in memory
	lines []fileLine
	was   []byte // as read, nil where there was none
}

type fileLine struct {
	text string
	d    *Decision // nil for comments and blank lines
}

// LineError says what is wrong with a line.
type LineError struct {
	Path string
	Line int // from 1
	Err  error
}

func (e *LineError) Error() string { return fmt.Sprintf("%s:%d: %v", e.Path, e.Line, e.Err) }
func (e *LineError) Unwrap() error { return e.Err }

// ErrChanged says that somebody else changed the file meanwhile.
var ErrChanged = errors.New("the decisions file was changed by another program meanwhile: run the command again")

// Read reads a decisions file; one that isn't there is empty. A line that
// can't be read is a [LineError]: nothing is skipped.
func Read(path string) (*File, error) {
	if path == "" {
		return &File{}, nil
	}
	b, err := os.ReadFile(path)
	if errors.Is(err, os.ErrNotExist) {
		return &File{Path: path}, nil
	}
	if err != nil {
		return nil, fmt.Errorf("decisions: %w", err)
	}
	return Parse(path, b)
}

// Parse reads the text of a decisions file; path stands in errors.
func Parse(path string, text []byte) (*File, error) {
	f := &File{Path: path, was: text}
	if f.was == nil {
		f.was = []byte{}
	}
	ids := map[string]*Decision{}
	rest := string(bytes.TrimPrefix(text, []byte("\ufeff")))
	for n := 1; rest != ""; n++ {
		var l string
		l, rest, _ = strings.Cut(rest, "\n")
		l = strings.TrimRight(l, "\r")
		d, err := parseLine(l)
		if err == nil && d != nil {
			err = place(ids, d)
		}
		if err != nil {
			return nil, &LineError{path, n, err}
		}
		f.lines = append(f.lines, fileLine{l, d})
	}
	return f, nil
}

func parseLine(l string) (*Decision, error) {
	if !utf8.ValidString(l) {
		return nil, errors.New("not UTF-8: save the file as UTF-8")
	}
	t := strings.TrimSpace(l)
	if t == "" || t[0] == '#' || strings.HasPrefix(t, "//") {
		return nil, nil
	}
	dec := json.NewDecoder(strings.NewReader(t))
	dec.DisallowUnknownFields()
	d := new(Decision)
	if err := dec.Decode(d); err != nil {
		if errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, io.EOF) {
			err = errors.New("the line is cut off")
		}
		return nil, fmt.Errorf("%s; mend the line, or take it out or begin it with # to do without", strings.TrimPrefix(err.Error(), "json: "))
	}
	if _, err := dec.Token(); err != io.EOF {
		return nil, errors.New("more than one decision; give each its own line")
	}
	if err := d.tidy(); err != nil {
		return nil, fmt.Errorf("%w; mend the line, or take it out or begin it with # to do without", err)
	}
	return d, nil
}

// place checks a decision against those before it.
func place(ids map[string]*Decision, d *Decision) error {
	if d.Kind == Undo {
		if ids[d.Of] == nil {
			return fmt.Errorf("no decision above has the id %q, which this line undoes; take the line out", d.Of)
		}
		return nil
	}
	if was := ids[d.ID]; was != nil && was.hash() != d.hash() {
		return fmt.Errorf("the id %q belongs to another decision above; leave the id out", d.ID)
	}
	ids[d.ID] = d
	return nil
}

// Entry is a decision with what became of it.
type Entry struct {
	Decision
	Line   int       `json:"line"`
	Holds  bool      `json:"holds"`            // neither undone nor taken again further down
	Undone *Decision `json:"undone,omitempty"` // by this
}

// Log lists all decisions but undoings, in the order of the file.
func (f *File) Log() []Entry {
	var out []Entry
	last := map[string]int{} // id → entry that holds
	for n, l := range f.lines {
		switch {
		case l.d == nil:
		case l.d.Kind == Undo:
			if i, ok := last[l.d.Of]; ok {
				out[i].Holds, out[i].Undone = false, l.d
				delete(last, l.d.Of)
			}
		default:
			if i, ok := last[l.d.ID]; ok {
				out[i].Holds = false
			}
			last[l.d.ID] = len(out)
			out = append(out, Entry{Decision: *l.d, Line: n + 1, Holds: true})
		}
	}
	return out
}

// Decisions lists those that hold, in the order of the file.
func (f *File) Decisions() []Decision {
	var out []Decision
	for _, e := range f.Log() {
		if e.Holds {
			out = append(out, e.Decision)
		}
	}
	return out
}

// Set returns what the decisions that hold come to.
func (f *File) Set() *Set { return NewSet(f.Decisions()) }

// Add takes decisions: each becomes a line at the end, unless it holds already
// and nothing later speaks against it. It returns those that were added, with their ids.
func (f *File) Add(ds ...Decision) ([]Decision, error) {
	holds := map[string]bool{}
	for _, e := range f.Log() {
		if e.Holds {
			holds[e.ID] = true
		}
	}
	overruled := map[string]bool{}
	for _, c := range f.Set().Conflicts {
		overruled[c.ID] = true
	}
	ids := map[string]*Decision{}
	for _, l := range f.lines {
		if l.d != nil && l.d.Kind != Undo {
			ids[l.d.ID] = l.d
		}
	}
	var added []Decision
	var lines []fileLine
	for i := range ds {
		d := ds[i]
		if err := d.tidy(); err != nil {
			return nil, err
		}
		if d.Kind == Undo && ids[d.Of] == nil {
			return nil, fmt.Errorf("there is no decision %q; sila log lists them", d.Of)
		}
		if err := place(ids, &d); err != nil {
			return nil, err
		}
		switch {
		case d.Kind == Undo && !holds[d.Of]:
			return nil, fmt.Errorf("the decision %q is undone already", d.Of)
		case d.Kind == Undo:
			delete(holds, d.Of)
		case holds[d.ID] && !overruled[d.ID]:
			continue
		default:
			holds[d.ID] = true
		}
		text, err := marshal(d)
		if err != nil {
			return nil, err
		}
		lines = append(lines, fileLine{string(text), &d})
		added = append(added, d)
	}
	if len(f.lines) == 0 && len(lines) > 0 {
		for l := range strings.Lines(header) {
			f.lines = append(f.lines, fileLine{text: strings.TrimSuffix(l, "\n")})
		}
	}
	f.lines = append(f.lines, lines...)
	return added, nil
}

// Text returns the file as it will be written.
func (f *File) Text() []byte {
	var b bytes.Buffer
	for _, l := range f.lines {
		b.WriteString(l.text)
		b.WriteByte('\n')
	}
	return b.Bytes()
}

// Exists says whether there was a file when it was read, or one was written.
func (f *File) Exists() bool { return f.was != nil }

// Write writes the file, whole or not at all, also when the machine stops.
// [ErrChanged] says that somebody else wrote it since it was read.
func (f *File) Write() error {
	if f.Path == "" {
		return nil
	}
	text := f.Text()
	if is, err := os.ReadFile(f.Path); err == nil && !bytes.Equal(is, f.was) || errors.Is(err, os.ErrNotExist) && f.was != nil {
		return fmt.Errorf("%s: %w", f.Path, ErrChanged)
	} else if err != nil && !errors.Is(err, os.ErrNotExist) {
		return fmt.Errorf("decisions: %w", err)
	}
	if f.was == nil && len(text) == 0 || f.was != nil && bytes.Equal(text, f.was) {
		return nil
	}
	if err := writeWhole(f.Path, text); err != nil {
		return fmt.Errorf("decisions: %w", err)
	}
	f.was = text
	return nil
}

// writeWhole puts a file in the place of another in one step.
func writeWhole(path string, text []byte) (err error) {
	if real, err := filepath.EvalSymlinks(path); err == nil {
		path = real // else the link would be replaced
	}
	mode := os.FileMode(0o644)
	if st, err := os.Stat(path); err == nil {
		mode = st.Mode().Perm()
	}
	var tag [6]byte
	_, _ = rand.Read(tag[:]) // never fails
	tmp, err := os.OpenFile(path+"."+hex.EncodeToString(tag[:])+".tmp", os.O_WRONLY|os.O_CREATE|os.O_EXCL, mode)
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			_ = os.Remove(tmp.Name())
		}
	}()
	_, err = tmp.Write(text)
	if err = errors.Join(err, tmp.Sync(), tmp.Close()); err != nil {
		return err
	}
	if err = os.Rename(tmp.Name(), path); err != nil {
		return err
	}
	dir, err := os.Open(filepath.Dir(path))
	if err != nil {
		return err
	}
	_ = dir.Sync() // not everywhere can folders be synced
	return dir.Close()
}
