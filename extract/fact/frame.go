package fact

import (
	"embed"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"github.com/sila-graph/sila/extract/arabic"
	"github.com/sila-graph/sila/extract/doc"
	"github.com/sila-graph/sila/extract/rec"
)

//go:embed frames/*.txt
var frameFiles embed.FS

// frame says how one group of words tells facts of one type: which words, and
// what brings the agent and the patient. Marks are "subj", "obj", "gen" (the
// second part of an idafa), or a preposition as it stands in the text.
type frame struct {
	id       int
	typ      *doc.Type
	subtype  string
	words    []string // lemmas, for features: past form, masdar or noun
	verbs    []string // of these, past forms
	nouns    []string // of these, nouns that are no masdar
	agent    []string
	patient  []string
	types    []doc.EntityType // what the patient has to be; empty: anything
	loser    []string         // of Liberate: who is driven out (Control of the place)
	needs    []string         // words one of which has to follow
	examples []string         // «sentence => agents | patients», for the tests
	line     string           // file:line
}

// trigger is one form of one word of a frame.
type trigger struct {
	frame  *frame
	lemma  int32 // number of the lemma, over all frames
	kind   formKind
	fem    bool
	plural bool
}

var frameFields = []string{"type", "subtype", "verb", "masdar", "noun", "part", "passpart", "passive", "agent", "patient", "types",
	"loser", "needs", "example"}

// parseFrames reads the frames of all files and calls add for every form.
func parseFrames(fsys fs.FS, inv *doc.Inventory, add func(form string, t trigger)) ([]*frame, []string, error) {
	names, err := fs.Glob(fsys, "frames/*.txt")
	if err != nil {
		return nil, nil, err
	}
	slices.Sort(names)
	var frames []*frame
	var lemmas []string
	number := map[string]int32{}
	for _, name := range names {
		text, err := fs.ReadFile(fsys, name)
		if err != nil {
			return nil, nil, err
		}
		records, err := rec.Parse(name, string(text))
		if err != nil {
			return nil, nil, err
		}
		for _, r := range records {
			if err := r.Known(frameFields...); err != nil {
				return nil, nil, err
			}
			typ, ok := inv.ByName(r.Get("type"))
			if !ok {
				return nil, nil, r.Errorf("type %q is not in the inventory", r.Get("type"))
			}
			f := &frame{id: len(frames), typ: typ, subtype: r.Get("subtype"), agent: r.List("agent", "|"), patient: r.List("patient", "|"),
				loser: r.List("loser", "|"), needs: r.List("needs", "|"),
				examples: r.List("example", "\x00"), line: fmt.Sprintf("%s:%d", r.File, r.Line)}
			for _, t := range r.List("types", " ") {
				f.types = append(f.types, doc.EntityType(t))
			}
			if len(f.agent) == 0 {
				f.agent = []string{"subj", "gen", "من قبل", "على يد"}
			}
			lemma := func(w string) int32 {
				f.words = append(f.words, w)
				key := typ.Name + "/" + w
				if n, ok := number[key]; ok {
					return n
				}
				number[key] = int32(len(lemmas))
				lemmas = append(lemmas, key)
				return number[key]
			}
			for _, v := range r.List("verb", "|") {
				p, q, _ := strings.Cut(v, " ")
				if w := arabic.Normalize(v); w != v {
					return nil, nil, r.Errorf("verb %q is not normalised: %q", v, w)
				}
				n := lemma(p)
				f.verbs = append(f.verbs, p)
				for _, x := range inflect(p, strings.TrimSpace(q)) {
					add(x.form, trigger{f, n, x.kind, x.fem, x.plural})
				}
				if slices.Contains(f.patient, "obj") {
					for _, x := range passives(p, strings.TrimSpace(q)) {
						add(x.form, trigger{f, n, passive, x.fem, x.plural})
					}
				}
			}
			for _, k := range [...]struct {
				key  string
				kind formKind
			}{{"masdar", masdar}, {"noun", noun}, {"part", part}, {"passpart", passivePart}, {"passive", passive}} {
				for _, w := range r.List(k.key, "|") {
					n := lemma(w)
					if k.kind == noun {
						f.nouns = append(f.nouns, w)
					}
					if k.kind == passive {
						p, q, _ := strings.Cut(w, " ")
						for _, x := range inflect(p, strings.TrimSpace(q)) {
							add(x.form, trigger{f, n, passive, x.fem, x.plural})
						}
						continue
					}
					for _, form := range nounForms(strings.TrimPrefix(w, "ال")) {
						add(form, trigger{f, n, k.kind, strings.HasSuffix(w, "ة"), false})
					}
				}
			}
			frames = append(frames, f)
		}
	}
	return frames, lemmas, nil
}
