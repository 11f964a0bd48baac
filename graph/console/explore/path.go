package explore

import (
	"context"
	"net/http"
	"strings"

	"github.com/sila-graph/sila/graph/console/explore/index"
	"github.com/sila-graph/sila/graph/query"
)

type pathData struct {
	A, B  string
	Asked bool
	Same  bool // both are one
	Paths [][]step
	More  bool
	Max   int
	Names []namesakes
}

// step is a node on the way, then how it is tied to the next.
type step struct {
	Node     ref
	Fact     *factRow // the latest that ties them; nil at the end of the way
	Evidence string
	Words    string // address of the sentence
	N        int    // facts that tell this tie
	Facts    string // address of their list
}

// ways finds the shortest paths between two, around hubs first: that two were
// in one country says little.
func (v *view) ways(ctx context.Context, a, b int32) (res *query.Paths, around bool, err error) {
	from, to := v.Entities[a].IRI.String(), v.Entities[b].IRI.String()
	if res, err = v.names.Paths(ctx, from, to, query.PathOptions{NoHubs: true}); err != nil || len(res.Paths) > 0 {
		return res, true, err
	}
	res, err = v.names.Paths(ctx, from, to, query.PathOptions{})
	return res, false, err
}

func (s *Server) path(ctx context.Context, v *view, r *http.Request) (*content, error) {
	q := r.URL.Query()
	d := pathData{A: strings.TrimSpace(q.Get("a")), B: strings.TrimSpace(q.Get("b"))}
	ids := [2]int32{index.None, index.None}
	for i, p := range []struct {
		name string
		to   *string
	}{{"a", &d.A}, {"b", &d.B}} {
		if *p.to == "" {
			continue
		}
		id, others, err := v.entity(p.name, *p.to, "")
		if err != nil {
			return nil, err
		}
		if len(others) > 0 {
			d.Names = append(d.Names, namesakes{*p.to, v.hits(others)})
		}
		ids[i] = id
		*p.to = v.fieldText(p.name, id)
	}
	d.Asked = ids[0] != index.None && ids[1] != index.None
	d.Same = d.Asked && ids[0] == ids[1]
	if d.Asked && !d.Same {
		res, _, err := v.ways(ctx, ids[0], ids[1])
		if err != nil {
			return nil, err
		}
		d.More, d.Max = res.More, res.Max
		for _, p := range res.Paths {
			d.Paths = append(d.Paths, v.steps(p))
		}
	}
	return &content{template: "path", title: v.T("path.heading"), nav: "path", data: d}, nil
}

// steps lists the nodes of a way with what ties each to the next.
func (v *view) steps(p query.Path) []step {
	var out []step
	node := func(val query.Value) ref {
		if id, ok := v.Find(val.IRI); ok {
			return v.ref(id)
		}
		return ref{URL: entityURL(val.IRI), Text: val.Text(v.Code), IRI: string(val.IRI)}
	}
	for i, s := range p.Steps {
		st := step{Node: node(s.From), N: s.Facts}
		if s.Fact != nil {
			if id, ok := v.FindFact(s.Fact.IRI); ok {
				row := v.fact(id)
				st.Fact = &row
				st.Words = row.Sentence
				st.Facts = eventsURL("actor", string(s.From.IRI), "other", string(s.To.IRI), "type", v.Facts[id].Type.Name)
			}
		}
		if s.Report != nil {
			st.Evidence = s.Report.Evidence
		}
		out = append(out, st)
		if i == len(p.Steps)-1 {
			out = append(out, step{Node: node(s.To)})
		}
	}
	return out
}

func (s *Server) apiPaths(ctx context.Context, v *view, r *http.Request) (any, error) {
	a, err := v.one(r, "a", "")
	if err != nil {
		return nil, err
	}
	b, err := v.one(r, "b", "")
	if err != nil {
		return nil, err
	}
	out := apiPaths{From: v.apiNode(a), To: v.apiNode(b), Paths: [][]apiStep{}}
	if a == b {
		return out, nil
	}
	res, _, err := v.ways(ctx, a, b)
	if err != nil {
		return nil, err
	}
	for _, p := range res.Paths {
		way := []apiStep{}
		for _, s := range p.Steps {
			step := apiStep{Back: s.Back, N: s.Facts}
			for _, end := range []struct {
				val query.Value
				to  *apiNode
			}{{s.From, &step.From}, {s.To, &step.To}} {
				if id, ok := v.Find(end.val.IRI); ok {
					*end.to = v.apiNode(id)
				}
			}
			if s.Fact != nil {
				if id, ok := v.FindFact(s.Fact.IRI); ok {
					f := &v.Facts[id]
					step.Type, step.Family, step.Fact, step.Text, step.Page = f.Type.Name, f.Type.Family, string(f.IRI), v.headline(id), sentenceURL(f.IRI)
				}
			}
			if s.Report != nil {
				step.Evidence = s.Report.Evidence
			}
			way = append(way, step)
		}
		out.Paths = append(out.Paths, way)
	}
	return out, nil
}

type apiPaths struct {
	From  apiNode     `json:"from"`
	To    apiNode     `json:"to"`
	Paths [][]apiStep `json:"paths"`
}

// apiStep is one tie on the way.
type apiStep struct {
	From     apiNode `json:"from"`
	To       apiNode `json:"to"`
	Type     string  `json:"type"`
	Family   string  `json:"family"`
	Back     bool    `json:"back,omitempty"` // it is To who does it
	Fact     string  `json:"fact"`           // the latest that ties them
	N        int     `json:"n"`              // facts that do
	Text     string  `json:"text"`
	Evidence string  `json:"evidence,omitempty"`
	Page     string  `json:"page"`
}
