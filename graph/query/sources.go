package query

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"github.com/cayleygraph/quad"

	"github.com/sila-graph/sila/extract/doc"
	"github.com/sila-graph/sila/graph/vocab"
)

// Sources sets the reports of a fact side by side.
type Sources struct {
	Fact    *Fact    `json:"fact"`
	Voices  []Voice  `json:"voices"`  // those who tell it, most reports first
	Texts   int      `json:"texts"`   // different texts: copies count once
	Denied  int      `json:"denied"`  // voices that deny it
	Numbers []Number `json:"numbers"` // that are told, the smallest first
	Differ  bool     `json:"differ"`  // two of the numbers can't both be right
}

// Voice is somebody who tells a fact: who is quoted, else the kind of source
// through one outlet, else the outlet itself. Two anonymous sources through one
// outlet are one voice; so are copies of one text.
type Voice struct {
	Who     Value    `json:"who,omitzero"`
	Kind    string   `json:"kind,omitempty"`
	Outlet  string   `json:"outlet,omitempty"` // of an anonymous voice
	Status  Value    `json:"status"`           // of its latest report
	Reports []Report `json:"reports"`          // one for each text
	Copies  int      `json:"copies"`           // further articles that print these texts
}

// Number is a count that reports give.
type Number struct {
	Low     *int64 `json:"low,omitempty"`
	High    *int64 `json:"high,omitempty"`
	Reports int    `json:"reports"` // that give it; copies count once
	First   string `json:"first,omitempty"`
	Last    string `json:"last,omitempty"` // dates of their articles
}

// Sources shows who tells a fact, in which words, with which numbers, and who
// denies it. fact is its IRI.
func (e *Engine) Sources(ctx context.Context, fact string) (*Sources, error) {
	f, reports, err := e.Fact(ctx, fact)
	if err != nil {
		return nil, err
	}
	res := &Sources{Fact: f}
	type identity struct {
		who          quad.IRI
		kind, outlet string
	}
	at := map[identity]int{}
	type told struct {
		text quad.IRI
		who  identity
	}
	seen := map[told]bool{}
	outlets := map[quad.IRI]string{} // text → who printed it first
	numbers := map[[2]int64]*Number{}
	for _, r := range reports {
		text := cmp.Or(r.Text, r.Article)
		if _, ok := outlets[text]; !ok {
			outlets[text] = r.Outlet
		}
		id := identity{who: r.Source.IRI}
		if id.who == "" { // who copies an agency adds no voice to its own
			id.kind, id.outlet = r.SourceKind, outlets[text]
		}
		i, ok := at[id]
		if !ok {
			i = len(res.Voices)
			at[id] = i
			res.Voices = append(res.Voices, Voice{Who: r.Source, Kind: r.SourceKind, Outlet: id.outlet})
		}
		v := &res.Voices[i]
		v.Status = r.Status
		k := told{text, id}
		if seen[k] && !slices.ContainsFunc(v.Reports, func(q Report) bool { return q.Article == r.Article }) {
			v.Copies++
			continue
		}
		seen[k] = true
		v.Reports = append(v.Reports, r)
		if r.Low == nil && r.High == nil {
			continue
		}
		span := [2]int64{bound(r.Low, -1), bound(r.High, -1)}
		n := numbers[span]
		if n == nil {
			n = &Number{Low: r.Low, High: r.High, First: r.Date}
			numbers[span] = n
		}
		n.Reports++
		n.Last = r.Date
	}
	res.Texts = len(outlets)
	for _, n := range numbers {
		res.Numbers = append(res.Numbers, *n)
	}
	slices.SortFunc(res.Numbers, func(a, b Number) int {
		return cmp.Or(cmp.Compare(bound(a.Low, 0), bound(b.Low, 0)), cmp.Compare(bound(a.High, 1<<62), bound(b.High, 1<<62)))
	})
	for i, a := range res.Numbers {
		for _, b := range res.Numbers[i+1:] {
			if bound(a.High, 1<<62) < bound(b.Low, 0) || bound(b.High, 1<<62) < bound(a.Low, 0) {
				res.Differ = true
			}
		}
	}
	for _, v := range res.Voices {
		if v.Status.IRI == vocab.StatusIRI(doc.Negated) {
			res.Denied++
		}
	}
	slices.SortStableFunc(res.Voices, func(a, b Voice) int {
		return cmp.Or(cmp.Compare(len(b.Reports), len(a.Reports)), strings.Compare(string(a.Who.IRI), string(b.Who.IRI)))
	})
	return res, nil
}

func bound(n *int64, none int64) int64 {
	if n == nil {
		return none
	}
	return *n
}
