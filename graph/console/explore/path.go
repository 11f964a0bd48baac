package explore

import (
	"context"
	"net/http"
	"strings"

	"github.com/sila-graph/sila/graph/console/explore/index"
)

type pathData struct {
	A, B  string
	Asked bool
	Paths [][]step
	Same  []namesakes
}

// step is a node on the way, or the facts between two nodes.
type step struct {
	Node  *ref
	Facts []factRow
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
			d.Same = append(d.Same, namesakes{*p.to, v.hits(others)})
		}
		ids[i] = id
		if len(others) == 0 {
			*p.to = v.ref(id).Text
		}
	}
	d.Asked = ids[0] != index.None && ids[1] != index.None
	return &content{template: "path", title: v.T("path.heading"), nav: "path", data: d}, nil
}

func (s *Server) apiPaths(ctx context.Context, v *view, r *http.Request) (any, error) {
	return apiPaths{}, nil
}
