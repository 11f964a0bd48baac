package mention

import (
	_ "embed"
	"slices"
	"sync"

	"github.com/sila-graph/sila/extract/arabic"
	"github.com/sila-graph/sila/extract/doc"
	"github.com/sila-graph/sila/extract/gazetteer"
)

type entry = gazetteer.Entry

// Recognizer finds the mentions of texts. It reuses its memory: one per
// goroutine; the gazetteer and the model behind it are shared.
type Recognizer struct {
	gaz      *gazetteer.Table
	bits     listBits
	model    *Model
	conll    *Model // for [Recognizer.TagTokens]
	groups   featureGroup
	rules    ruleSet
	table    wordTable // clusters and news names
	known    *wordSets
	capitals map[*entry]*entry // a capital's country
	kingdoms []*entry          // countries that are called المملكة
	offices  []office
	sizes    []int32

	words   words
	matches []match
	cover   []uint16
	views   []view
	quoted  []bool
	trigger []uint64
	forms   docForms
	lattice lattice
	feats   []feature
	labels  []label
	tags    []label // of all tokens
	inside  []class // per token: 1 + class of the span that covers it
	cands   []candidate
	order   []int32
	ents    []entity
}

//go:embed data/model.bin
var modelFile []byte

//go:embed data/model_conll.bin
var conllModelFile []byte

var (
	embedded      = sync.OnceValue(func() *Model { return mustModel(modelFile) })
	embeddedCoNLL = sync.OnceValue(func() *Model { return mustModel(conllModelFile) })
)

func mustModel(file []byte) *Model {
	w, err := decodeWeights(file)
	if err != nil {
		panic(err) // a test reads it, so this cannot reach a user
	}
	return w.model()
}

// New returns a recognizer over a gazetteer, with the model that is built in.
func New(g *gazetteer.Table) *Recognizer {
	r := newRecognizer(g)
	r.model = embedded()
	return r
}

// NewWith returns a recognizer with models that [Train] made. A missing CoNLL model
// or missing names stand for those that are built in.
func NewWith(g *gazetteer.Table, m Models) (*Recognizer, error) {
	w, err := decodeWeights(m.News)
	if err != nil {
		return nil, err
	}
	r := newRecognizer(g)
	r.model = w.model()
	if len(m.CoNLL) > 0 {
		if w, err = decodeWeights(m.CoNLL); err != nil {
			return nil, err
		}
		r.conll = w.model()
	}
	if len(m.Names) > 0 {
		r.table = newWordTable(clustersText, string(m.Names))
	}
	return r, nil
}

func newRecognizer(g *gazetteer.Table) *Recognizer {
	return &Recognizer{table: embeddedWords(), groups: allGroups, rules: allRules, gaz: g, bits: newListBits(g), known: loadWordSets(), capitals: capitalsOf(g), kingdoms: kingdomsOf(g)}
}

// Find fills res with what t names.
func (r *Recognizer) Find(t *arabic.Text, res *Result) {
	r.read(t)
	r.tagWith(t, r.model)
	r.propose(t)
	if r.rules&ruleGovernment != 0 {
		r.governments(t)
	}
	if r.rules&ruleOwnName != 0 {
		r.ownNames(t)
	}
	r.merge(t)
	r.nominals(t)
	r.emit(t, res)
}

// emit writes entities and spans, entities in the order of their first mention.
func (r *Recognizer) emit(t *arabic.Text, res *Result) {
	res.Entities, res.Spans = res.Entities[:0], res.Spans[:0]
	r.order = r.order[:0]
	for i := range r.cands {
		r.order = append(r.order, int32(i))
	}
	slices.SortStableFunc(r.order, func(a, b int32) int {
		x, y := &r.cands[a], &r.cands[b]
		if x.first != y.first {
			return int(x.first - y.first)
		}
		return int(y.last - x.last)
	})
	number := r.sizes[:0]
	for i := range r.ents {
		number = append(number, -1)
		r.ents[i].names, r.ents[i].nominals = 0, 0
	}
	r.sizes = number
	for i := range r.cands {
		if c := &r.cands[i]; c.kind == Nominal {
			r.ents[c.entity].nominals++
		} else {
			r.ents[c.entity].names++
		}
	}
	// One piece of memory for the forms of all entities, which may outlive the
	// result: documents keep them.
	forms := make([]string, len(r.cands))
	room := func(n int32) []string {
		if n == 0 {
			return nil
		}
		part := forms[:0:n]
		forms = forms[n:]
		return part
	}
	for _, i := range r.order {
		c := &r.cands[i]
		if number[c.entity] < 0 {
			number[c.entity] = int32(len(res.Entities))
			x := &r.ents[c.entity]
			e := Entity{Type: x.typ, Country: -1, Names: room(x.names), Nominals: room(x.nominals)}
			if ref := x.ref; ref != nil {
				e.Ref, e.Kind, e.Canonical = ref.Ref, ref.Kind, ref.Name
			}
			res.Entities = append(res.Entities, e)
		}
		n := number[c.entity]
		e := &res.Entities[n]
		form := t.Slice(int(c.start), int(c.end))
		if r.words.w[c.first].virtual {
			form = article + t.Slice(int(t.Tokens[c.first].Bare), int(c.end))
		}
		if c.kind == Nominal {
			if !slices.Contains(e.Nominals, form) {
				e.Nominals = append(e.Nominals, form)
			}
		} else if !slices.Contains(e.Names, form) {
			e.Names = append(e.Names, form)
		}
		res.Spans = append(res.Spans, Span{First: c.first, Last: c.last, Start: c.start, End: c.end, Entity: n, Kind: c.kind, Why: c.why, Merge: c.merge})
	}
	for i := range res.Entities {
		e := &res.Entities[i]
		fullestFirst(e)
		if e.Canonical == "" && len(e.Names) > 0 {
			e.Canonical = e.Names[0]
		}
	}
	res.Nest()
}

// fullestFirst puts the longest name in front, for a person the bare name.
func fullestFirst(e *Entity) {
	best := 0
	for i, n := range e.Names {
		if e.Type == doc.Person && len(n) > len(e.Names[best]) {
			best = i
		}
	}
	if best > 0 {
		n := e.Names[best]
		copy(e.Names[1:best+1], e.Names[:best])
		e.Names[0] = n
	}
}
