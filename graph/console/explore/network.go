package explore

import (
	"cmp"
	"context"
	"net/http"
	"slices"

	"github.com/sila-graph/sila/extract/doc"
	"github.com/sila-graph/sila/graph/console/explore/index"
)

// apiNetwork is what the network view draws.
type apiNetwork struct {
	Nodes []apiNetNode `json:"nodes"`
	Edges []apiNetEdge `json:"edges"`
}

type apiNetNode struct {
	apiNode
	Degree int `json:"degree"` // facts in which it has a role, in the whole graph
	More   int `json:"more"`   // neighbours that the limit left out; of those asked for
}

// apiNetEdge is all facts of one type between two, in one direction.
type apiNetEdge struct {
	ID       string `json:"id"`
	Source   string `json:"source"`
	Target   string `json:"target"`
	Type     string `json:"type"`
	Family   string `json:"family"`
	Text     string `json:"text"`
	Directed bool   `json:"directed"`
	Claimed  bool   `json:"claimed,omitempty"`
	N        int    `json:"n"`
	First    string `json:"first,omitempty"`
	Last     string `json:"last,omitempty"`
	Page     string `json:"page"` // the facts, or the words of the one
}

type edgeKey struct {
	from, to int32
	t        *doc.Type
	claimed  bool
}

func (s *Server) apiNetwork(ctx context.Context, v *view, r *http.Request) (any, error) {
	q := r.URL.Query()
	limit, err := number(q, "limit", 30, 200)
	if err != nil {
		return nil, err
	}
	centres, err := v.several("of", q["of"])
	if err != nil {
		return nil, err
	}
	with, err := v.several("with", q["with"])
	if err != nil {
		return nil, err
	}
	if len(centres)+len(with) == 0 {
		return nil, &inputError{param: "of", key: "error.required", args: []any{"of"}}
	}
	only := index.NewFilter()
	if f, _, err := v.filter(map[string][]string{"type": q["type"], "from": q["from"], "to": q["to"]}); err != nil {
		return nil, err
	} else {
		only = f
	}
	only.States, only.Status = true, []string{index.Actual.String()}
	among := map[int32]bool{}
	more := map[int32]int{}
	for _, c := range centres {
		among[c] = true
	}
	for _, c := range centres {
		n := map[int32]int{}
		if err := v.around(ctx, c, only, func(other int32, _ int32) { n[other]++ }); err != nil {
			return nil, err
		}
		var others []int32
		for o := range n {
			others = append(others, o)
		}
		slices.SortFunc(others, func(a, b int32) int {
			return cmp.Or(cmp.Compare(n[b], n[a]), cmp.Compare(v.Entities[b].NFacts, v.Entities[a].NFacts), cmp.Compare(a, b))
		})
		for i, o := range others {
			if i >= limit {
				if !among[o] {
					more[c]++
				}
				continue
			}
			among[o] = true
		}
	}
	shown := make([]int32, 0, len(among))
	for id := range among {
		shown = append(shown, id)
	}
	slices.Sort(shown)
	fresh := shown
	if len(centres) == 0 {
		fresh = with
	}
	for _, id := range with {
		if !among[id] {
			among[id] = true
			shown = append(shown, id)
		}
	}
	edges := map[edgeKey][]int32{}
	for _, id := range fresh {
		if err := v.around(ctx, id, only, func(other, fact int32) {
			if !among[other] {
				return
			}
			f := &v.Facts[fact]
			k := edgeKey{id, other, f.Type, f.Claimed}
			if f.Type.Symmetric || f.Type.Undirect {
				k.from, k.to = min(id, other), max(id, other)
			} else if !slices.Contains(f.Agents, id) || !slices.Contains(f.Patients, other) {
				k.from, k.to = other, id
			}
			if l := edges[k]; !slices.Contains(l[max(0, len(l)-64):], fact) {
				edges[k] = append(l, fact)
			}
		}); err != nil {
			return nil, err
		}
	}
	out := apiNetwork{Nodes: []apiNetNode{}, Edges: []apiNetEdge{}}
	for _, id := range shown {
		out.Nodes = append(out.Nodes, apiNetNode{v.apiNode(id), int(v.Entities[id].NFacts), more[id]})
	}
	for k, facts := range edges {
		slices.Sort(facts)
		facts = slices.Compact(facts)
		out.Edges = append(out.Edges, v.edge(k, facts))
	}
	slices.SortFunc(out.Edges, func(a, b apiNetEdge) int { return cmp.Compare(a.ID, b.ID) })
	return out, nil
}

// several reads a parameter that names entities.
func (v *generation) several(param string, names []string) ([]int32, error) {
	if len(names) > 1000 {
		return nil, &inputError{param: param, value: "", key: "error.number", args: []any{"…", "1000"}}
	}
	var out []int32
	for _, n := range names {
		id, _, err := v.entity(param, n, "")
		if err != nil {
			return nil, err
		}
		if !slices.Contains(out, id) {
			out = append(out, id)
		}
	}
	return out, nil
}

// around calls fn with everyone whom a fact that fits ties to an entity.
func (v *generation) around(ctx context.Context, id int32, only index.Filter, fn func(other, fact int32)) error {
	only.Actor = id
	return v.Index.Events(ctx, &only, func(fact int32) bool {
		if v.Facts[fact].Ended {
			return true
		}
		for _, o := range v.Tied(fact, id) {
			fn(o, fact)
		}
		return true
	})
}

func (v *view) edge(k edgeKey, facts []int32) apiNetEdge {
	from, to := &v.Entities[k.from], &v.Entities[k.to]
	e := apiNetEdge{Source: string(from.IRI), Target: string(to.IRI), Type: k.t.Name, Family: k.t.Family, Text: v.Pick(k.t.Forward), Directed: !k.t.Symmetric && !k.t.Undirect,
		Claimed: k.claimed, N: len(facts), Page: sentenceURL(v.Facts[facts[0]].IRI)}
	e.ID = e.Source + " " + e.Type + " " + e.Target
	if k.claimed {
		e.ID += " claimed"
	}
	for _, id := range facts {
		if d := v.Facts[id].Date(); d != 0 {
			if s := d.String(); e.First == "" || s < e.First {
				e.First = s
			}
			e.Last = max(e.Last, d.String())
		}
	}
	if e.N > 1 {
		e.Page = eventsURL("actor", e.Source, "other", e.Target, "type", e.Type, "status", "actual")
	}
	return e
}
