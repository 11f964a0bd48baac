package fact

import (
	"slices"

	"github.com/sila-graph/sila/extract/doc"
)

// Qualified is one required pair of gold that was found, with gold's qualifiers
// beside ours.
type Qualified struct {
	ID, Type, Agent, Patient string
	Gold, Got                Qualifiers
	Evidence, Sentence, Rule string // gold's evidence; the sentence that ours was read in
}

// Qualifiers are what the scorer compares of a matched fact.
type Qualifiers struct {
	Status       doc.Status
	Source, Time string
	Place        []string
}

// Qualify measures status, source, time and place on the pairs that gold
// requires, with the names of the examples. With proposed, every pair that the
// rules propose counts, by the candidate that the model likes best, whether it
// would state it or not: far more pairs, and the same rules of qualification,
// which the model has no part in.
func Qualify(examples []Example, proposed bool) []Qualified {
	var out []Qualified
	for i := range examples {
		ex := &examples[i]
		x := New()
		var facts []doc.Fact
		if proposed {
			x.run.wide = true
			x.run.candidates(ex.Text, ex.Names, ex.Doc.Date)
			facts = x.run.everything()
		} else {
			facts = x.Extract(ex.Text, ex.Names, ex.Doc.Date)
		}
		out = append(out, compareQualified(ex, &x.run, facts)...)
	}
	return out
}

// everything returns the best candidate of each pair as a fact, whatever its score.
func (r *run) everything() []doc.Fact {
	r.chain()
	r.judge()
	best := map[told]int{}
	for i := range r.cands {
		c := &r.cands[i]
		if j, ok := best[c.told()]; !ok || r.cands[j].final < c.final {
			best[c.told()] = i
		}
	}
	order := make([]int, 0, len(best))
	for _, i := range best {
		order = append(order, i)
	}
	slices.Sort(order)
	out := make([]doc.Fact, 0, len(order))
	for _, i := range order {
		out = append(out, r.fact(r.settle(i)))
	}
	r.sameHappening(out)
	r.dateByNews(out)
	parties(out, confidence(r.model.events))
	return out
}

func compareQualified(ex *Example, r *run, facts []doc.Fact) []Qualified {
	ids := map[string]string{"": ""}
	for e := range ex.IDs {
		ids[r.id(int32(e))] = ex.IDs[e]
	}
	to := func(es []string) []string {
		out := make([]string, len(es))
		for i, e := range es {
			out[i] = ids[e]
		}
		return out
	}
	optional := map[string]bool{}
	for _, e := range ex.Doc.Entities {
		optional[e.ID] = e.Optional
	}
	c := newCollector(ex, nil)
	got := map[tripleKey]*doc.Fact{}
	for i := range facts {
		f := &facts[i]
		for _, t := range c.triples(f.Type, to(f.Agent), to(f.Patient)) {
			if got[t] == nil {
				got[t] = f
			}
		}
	}
	seen := map[tripleKey]bool{}
	var out []Qualified
	for i := range ex.Doc.Facts {
		g := &ex.Doc.Facts[i]
		if g.Optional {
			continue
		}
		for _, t := range c.goldTriples(g) {
			f := got[t]
			if f == nil || seen[t] || optional[t.a] || optional[t.b] {
				continue
			}
			seen[t] = true
			name := func(id string) string {
				if e := ex.Doc.EntityByID(id); e != nil {
					return e.Names[0]
				}
				return id
			}
			q := Qualified{ID: ex.Doc.ID, Type: t.typ, Agent: name(t.a), Patient: name(t.b), Evidence: g.Evidence, Rule: f.Rule,
				Gold: Qualifiers{g.Status, name(g.Source), g.Time, g.Place}, Got: Qualifiers{f.Status, name(ids[f.Source]), f.Time, to(f.Place)}}
			if q.Gold.Status == "" {
				q.Gold.Status = doc.Actual
			}
			if f.Source != "" && q.Got.Source == "" {
				q.Got.Source = "?"
			}
			s := ex.Text.Sentences[f.Sentence]
			q.Sentence = ex.Text.Slice(int(s.Start), int(s.End))
			out = append(out, q)
		}
	}
	return out
}
