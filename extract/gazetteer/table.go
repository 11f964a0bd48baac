package gazetteer

import (
	"cmp"
	"embed"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
	"sync"
)

//go:embed data/*.tsv lists/*.txt lists/*.tsv
var files embed.FS

// Default returns the table of the embedded data. It is built on first use;
// data that don't parse are a mistake of the build and panic.
var Default = sync.OnceValue(func() *Table {
	t, err := Load(files)
	if err != nil {
		panic("gazetteer: " + err.Error())
	}
	return t
})

// Table is the gazetteer, ready for look-up.
type Table struct {
	entries []Entry
	byRef   map[string]*Entry
	nisbas  []Nisba
	lists   []string // names of the lists, sorted; the index is the List
	trie
}

// Load builds a table from the files data/*.tsv and lists/*.txt of fsys.
func Load(fsys fs.FS) (*Table, error) {
	b := &builder{t: &Table{byRef: map[string]*Entry{}}}
	b.t.trie.init()
	names, err := fs.Glob(fsys, "data/*.tsv")
	if err != nil {
		return nil, err
	}
	lists, err := fs.Glob(fsys, "lists/*.txt")
	if err != nil {
		return nil, err
	}
	read := func(name string, use func(name, text string) error) error {
		text, err := fs.ReadFile(fsys, name)
		if err != nil {
			return err
		}
		return use(path.Base(name), string(text))
	}
	b.t.entries = make([]Entry, 0, 1<<14)
	b.forms = make([]posting, 0, 1<<16)
	for _, name := range names {
		use := b.entryFile
		switch base := path.Base(name); {
		case strings.HasPrefix(base, "nisba"):
			use = b.nisbaRows
		case strings.HasPrefix(base, "heads"):
			use = b.headFile
		}
		if err := read(name, use); err != nil {
			return nil, err
		}
	}
	if len(lists) > maxLists {
		return nil, fmt.Errorf("%d lists; at most %d fit the table's bit sets", len(lists), maxLists)
	}
	for _, name := range lists {
		if err := read(name, b.listFile); err != nil {
			return nil, err
		}
	}
	if _, err := fs.Stat(fsys, "lists/jobs.tsv"); err == nil {
		if err := read("lists/jobs.tsv", b.jobFile); err != nil {
			return nil, err
		}
	}
	return b.finish()
}

// builder gathers rows before the table's slices stand still.
type builder struct {
	t      *Table
	nisba  []nisbaRow
	forms  []posting
	tokens []string // scratch
	folder folder
}

// posting says that a trie node names something.
type posting struct {
	node      int32
	layer     layer
	bare      bool  // reached without the article only
	ambiguous bool  // the form is a common word too
	rank      int32 // higher comes first
	id        int32 // entry, or index into nisba forms
}

// fold returns the tokens of a form. They are overwritten by the next call.
func (b *builder) fold(form string) []string {
	b.folder.known, b.folder.names = b.t.words, b.t.names
	return b.folder.tokens(b.tokens[:0], form)
}

func (b *builder) entryFile(name, text string) error {
	typ, err := typeOfFile(name)
	if err != nil {
		return err
	}
	rows, err := parseRows(name, text)
	if err != nil {
		return err
	}
	for _, r := range rows {
		e := Entry{Ref: r.ref, Type: typ, Name: r.name, En: r.en, Aliases: r.aliases}
		if err := e.setAttrs(r.attrs); err != nil {
			return fmt.Errorf("%s:%d: %s: %w", name, r.line, r.ref, err)
		}
		b.t.entries = append(b.t.entries, e)
	}
	return nil
}

func (b *builder) listFile(name, text string) error {
	id := len(b.t.lists)
	b.t.lists = append(b.t.lists, strings.TrimSuffix(name, ".txt"))
	for line := range strings.Lines(text) {
		line = strings.TrimRight(line, "\n")
		if line == "" || line[0] == '#' {
			continue
		}
		b.tokens = b.fold(line)
		if len(b.tokens) == 0 {
			continue
		}
		n := b.t.insert(b.tokens)
		b.t.nodes[n].lists |= 1 << id
	}
	return nil
}

func (b *builder) finish() (*Table, error) {
	t := b.t
	for i := range t.entries {
		e := &t.entries[i]
		if other := t.byRef[e.Ref]; other != nil {
			return nil, fmt.Errorf("ref %s names both %s and %s; refs are unique over all files", e.Ref, other.Name, e.Name)
		}
		t.byRef[e.Ref] = e
		layer := entryLayer
		if e.Type == Title {
			layer = titleLayer
		}
		b.addForm(e, int32(i), layer, e.Name)
		for _, a := range e.Aliases {
			b.addForm(e, int32(i), layer, a)
		}
	}
	if err := b.addNisbas(); err != nil {
		return nil, err
	}
	// Postings of a node: layer by layer, exact before bare, prominent first.
	slices.SortFunc(b.forms, func(x, y posting) int {
		return cmp.Or(
			cmp.Compare(x.node, y.node), cmp.Compare(x.layer, y.layer),
			cmpBool(x.bare, y.bare), cmp.Compare(y.rank, x.rank), cmp.Compare(x.id, y.id))
	})
	b.forms = dropRepeats(b.forms)
	for _, p := range b.forms {
		n := &t.nodes[p.node]
		switch p.layer {
		case nisbaLayer:
			if n.nisbaN == 0 {
				n.nisba = int32(len(t.nisbaHits))
			}
			n.nisbaN++
			t.nisbaHits = append(t.nisbaHits, b.nisbaForm(p.id))
		default:
			s := &n.spans[p.layer]
			if s.exact+s.bare == 0 {
				s.first = int32(len(t.hits))
			}
			// Hits of a span are ambiguous together or not at all: one certain
			// reading makes the form a name.
			switch {
			case p.bare:
				s.bareSure = s.bareSure || !p.ambiguous
				s.bare++
			default:
				s.exactSure = s.exactSure || !p.ambiguous
				s.exact++
			}
			t.hits = append(t.hits, &t.entries[p.id])
		}
	}
	t.names = nil
	if l, ok := t.List("not_names"); ok {
		t.block = 1 << l
	}
	return t, nil
}

// addForm enters a form of an entry with its variants.
func (b *builder) addForm(e *Entry, id int32, l layer, form string) {
	b.tokens = b.fold(form)
	if len(b.tokens) == 0 {
		return
	}
	ambiguous := e.isWeak(form)
	for _, v := range variants(b.tokens, e.Type) {
		b.forms = append(b.forms, posting{node: b.t.insert(v), layer: l, ambiguous: ambiguous, rank: e.rank, id: id})
		if v, ok := bare(v); ok {
			b.forms = append(b.forms, posting{node: b.t.insert(v), layer: l, bare: true, ambiguous: ambiguous, rank: e.rank, id: id})
		}
	}
}

// dropRepeats leaves one posting per node, layer and id: the exact one where
// there are both.
func dropRepeats(ps []posting) []posting {
	out := ps[:0]
	start := 0 // first posting in out of the present node and layer
	for _, p := range ps {
		if start < len(out) && (out[start].node != p.node || out[start].layer != p.layer) {
			start = len(out)
		}
		if !slices.ContainsFunc(out[start:], func(o posting) bool { return o.id == p.id }) {
			out = append(out, p)
		}
	}
	return out
}

func cmpBool(x, y bool) int {
	switch {
	case x == y:
		return 0
	case y:
		return -1
	}
	return 1
}

// Len returns the number of entries.
func (t *Table) Len() int { return len(t.entries) }

// Entry returns the i-th entry, in the order of the files and their lines.
func (t *Table) Entry(i int) *Entry { return &t.entries[i] }

// Ref returns the entry with this ref, nil where there is none.
func (t *Table) Ref(ref string) *Entry { return t.byRef[ref] }

// Lookup returns the entries (not the titles) that have this form, given as it
// stands in text. It folds and splits, so it is for callers with few forms;
// text goes through [Table.Match].
func (t *Table) Lookup(form string) []*Entry {
	n := int32(0)
	for _, w := range tokens(nil, form) {
		if n = t.step(n, t.words[w]); n == 0 {
			return nil
		}
	}
	return t.span(n, entryLayer).Entries
}
