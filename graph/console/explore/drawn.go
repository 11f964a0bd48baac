package explore

import (
	"cmp"
	"context"
	"encoding/json"
	"net/http"
	"slices"

	"github.com/sila-graph/sila/graph/console/explore/index"
)

type networkData struct {
	Built     bool
	Start     []ref
	StartJSON string // their IRIs, for the script
	Families  []tag
}

// network is the page of the network view: around the actors of of=, else around the best connected.
func (s *Server) network(ctx context.Context, v *view, r *http.Request) (*content, error) {
	d := networkData{Built: s.opt.Web != nil, Families: v.familyTags()}
	d.Start = v.refs(v.Index.Actors[:min(1, len(v.Index.Actors))])
	ids, err := v.several("of", r.URL.Query()["of"])
	if err != nil {
		return nil, err
	}
	if len(ids) > 0 {
		d.Start = v.refs(ids)
	}
	iris := []string{}
	for _, r := range d.Start {
		iris = append(iris, r.IRI)
	}
	b, err := json.Marshal(iris)
	if err != nil {
		return nil, err
	}
	d.StartJSON = string(b)
	c := &content{template: "network", title: v.T("network.heading"), nav: "network", data: d}
	if d.Built {
		c.scripts = []string{"/explore/web/network.js"}
	}
	return c, nil
}

func (v *view) familyTags() []tag {
	var out []tag
	for _, f := range families() {
		out = append(out, tag{f, v.T("family." + f)})
	}
	return out
}

type mapData struct {
	Built    bool
	Form     filterForm
	Families []tag
	Places   []placeRow
}

type placeRow struct {
	ref
	N      int
	Events string
}

// mostPlaces is how many places stand under the map before its script counts anew.
const mostPlaces = 100

// mapPage is the page of the map: without its script a table of places.
func (s *Server) mapPage(ctx context.Context, v *view, r *http.Request) (*content, error) {
	q := r.URL.Query()
	f, _, err := v.filter(q)
	if err != nil {
		return nil, err
	}
	d := mapData{Built: s.opt.Web != nil, Form: v.form("/map", kept(q), &f), Families: v.familyTags()}
	n := map[int32]int{}
	if err := v.Index.Events(ctx, &f, func(id int32) bool {
		if p, ok := v.spotID(&v.Facts[id]); ok {
			n[p]++
		}
		return true
	}); err != nil {
		return nil, err
	}
	for id, c := range n {
		keep := kept(q)
		keep.Set("place", string(v.Entities[id].IRI))
		d.Places = append(d.Places, placeRow{v.ref(id), c, "/events?" + keep.Encode()})
	}
	slices.SortFunc(d.Places, func(a, b placeRow) int { return cmp.Or(cmp.Compare(b.N, a.N), cmp.Compare(a.IRI, b.IRI)) })
	d.Places = d.Places[:min(mostPlaces, len(d.Places))]
	c := &content{template: "map", title: v.T("map.heading"), nav: "map", data: d}
	if d.Built {
		c.scripts = []string{"/explore/web/map.js"}
	}
	return c, nil
}

type apiPlaces struct {
	Items []apiPlace `json:"items"`
}

type apiPlace struct {
	apiNode
	Located []float64     `json:"located"` // latitude and longitude, degrees
	Page    string        `json:"page"`
	Events  []apiDayCount `json:"events"`
}

type apiDayCount struct {
	Date   string `json:"date"`
	Family string `json:"family"`
	N      int    `json:"n"`
}

func (s *Server) apiPlaces(ctx context.Context, v *view, r *http.Request) (any, error) {
	f, _, err := v.filter(r.URL.Query())
	if err != nil {
		return nil, err
	}
	type key struct {
		place  int32
		day    index.Day
		family string
	}
	n := map[key]int{}
	if err := v.Index.Events(ctx, &f, func(id int32) bool {
		e := &v.Facts[id]
		if p, ok := v.spotID(e); ok {
			n[key{p, e.Date(), e.Type.Family}]++
		}
		return true
	}); err != nil {
		return nil, err
	}
	keys := make([]key, 0, len(n))
	for k := range n {
		keys = append(keys, k)
	}
	slices.SortFunc(keys, func(a, b key) int {
		return cmp.Or(cmp.Compare(a.place, b.place), cmp.Compare(a.day, b.day), cmp.Compare(a.family, b.family))
	})
	out := apiPlaces{Items: []apiPlace{}}
	last := index.None
	for _, k := range keys {
		if k.place != last {
			last = k.place
			e := &v.Entities[k.place]
			out.Items = append(out.Items, apiPlace{apiNode: v.apiNode(k.place), Located: []float64{e.Lat, e.Lon}, Page: entityURL(e.IRI)})
		}
		p := &out.Items[len(out.Items)-1]
		p.Events = append(p.Events, apiDayCount{k.day.String(), k.family, n[k]})
	}
	return out, nil
}
