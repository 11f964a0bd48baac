package explore

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/cayleygraph/quad"

	"github.com/sila-graph/sila/extract/doc"
	"github.com/sila-graph/sila/graph/console/explore/index"
)

// How much a page shows before it leads on.
const (
	mostEnds     = 12
	latestFacts  = 15
	mostTogether = 15
	mostAliases  = 30
	mostArticles = 10
)

type startData struct {
	Articles, Facts, Entities int
	First, Last               string // dates of the articles
	Actors, Places            []hit
	Latest                    []factRow
	Questions                 []question
	Empty                     bool
}

// question is one to try, with the page that answers it.
type question struct{ URL, Text string }

func (s *Server) start(ctx context.Context, v *view, r *http.Request) (*content, error) {
	d := startData{Articles: len(v.Articles), Facts: len(v.Facts), Entities: len(v.Entities), Empty: len(v.Articles) == 0}
	var first, last index.Day
	for i := range v.Articles {
		if a := v.Articles[i].Date; a != 0 {
			if first == 0 || a < first {
				first = a
			}
			last = max(last, a)
		}
	}
	d.First, d.Last = v.Date(first), v.Date(last)
	top := func(ids []int32) []hit {
		var hits []index.Hit
		for _, id := range ids[:min(12, len(ids))] {
			hits = append(hits, index.Hit{ID: id})
		}
		return v.hits(hits)
	}
	d.Actors, d.Places = top(v.Index.Actors), top(v.Index.Places)
	f := index.NewFilter()
	f.To = last // what is announced for later isn't the latest
	if err := v.Events(ctx, &f, func(id int32) bool {
		d.Latest = append(d.Latest, v.fact(id))
		return len(d.Latest) < 8
	}); err != nil {
		return nil, err
	}
	d.Questions = v.questions(ctx)
	return &content{template: "start", title: v.T("start.title"), nav: "start", feed: "/api/sila/v1/feed", data: d}, nil
}

// questions makes three that this graph can answer.
func (v *view) questions(ctx context.Context) []question {
	var out []question
	some := func(f index.Filter) (found int32) {
		found = index.None
		_ = v.Events(ctx, &f, func(id int32) bool { found = id; return false }) // a question less
		return found
	}
	for _, p := range v.Index.Places {
		f := index.NewFilter()
		f.Place, f.Types, f.Status = p, []string{"Attack", "Kill"}, []string{"actual"}
		if some(f) != index.None {
			out = append(out, question{"/events?" + url.Values{"place": {string(v.Entities[p].IRI)}, "type": {"Attack", "Kill"}}.Encode(), v.T("ask.attacks", isolate(v.ref(p).Text))})
			break
		}
	}
	for _, a := range v.Index.Actors {
		f := index.NewFilter()
		f.Actor, f.Types = a, []string{"Meet"}
		if v.Entities[a].Type == doc.Person && some(f) != index.None {
			out = append(out, question{"/events?" + url.Values{"actor": {string(v.Entities[a].IRI)}, "type": {"Meet"}}.Encode(), v.T("ask.met", isolate(v.ref(a).Text))})
			break
		}
	}
	if as := v.Index.Actors; len(as) > 1 {
		a, b := as[0], as[1]
		if len(as) > 4 {
			b = as[4]
		}
		out = append(out, question{"/path?" + url.Values{"a": {string(v.Entities[a].IRI)}, "b": {string(v.Entities[b].IRI)}}.Encode(),
			v.T("ask.path", isolate(v.ref(a).Text), isolate(v.ref(b).Text))})
	}
	return out
}

// isolate keeps a name's direction to itself within a sentence (U+2068 … U+2069).
func isolate(s string) string { return "\u2068" + s + "\u2069" }

type searchData struct {
	Query string
	Type  string
	Hits  []hit
	Near  bool
	Types []choice
}

const mostHits = 50

func (s *Server) search(ctx context.Context, v *view, r *http.Request) (*content, error) {
	q := strings.TrimSpace(r.URL.Query().Get("q"))
	kind := doc.EntityType(r.URL.Query().Get("type"))
	d := searchData{Query: q, Type: string(kind)}
	for _, t := range doc.EntityTypes {
		d.Types = append(d.Types, choice{Text: v.T("entity." + string(t)), Code: string(t), Here: t == kind})
	}
	if id, ok := v.Find(iri(q)); ok {
		return &content{redirect: entityURL(v.Entities[id].IRI)}, nil
	}
	hits := v.lookup(q, kind, mostHits)
	d.Near = len(hits) > 0 && hits[0].Near
	d.Hits = v.hits(hits)
	return &content{template: "search", title: v.T("search.title", q), nav: "search", query: q, data: d}, nil
}

// lookup finds entities by name.
func (v *generation) lookup(q string, kind doc.EntityType, n int) []index.Hit {
	return v.Search(clipRunes(q, 200), kind, n)
}

func clipRunes(s string, n int) string {
	if r := []rune(s); len(r) > n {
		return string(r[:n])
	}
	return s
}

type entityData struct {
	ref
	Kind        tag
	Ar, En      string
	Aliases     []string
	MoreAliases int
	Key         string
	Country     *ref
	Located     bool
	Lat, Lon    float64
	Facts, In   int
	Did, Had    int
	Offices     []office
	Ties        []tie
	Latest      []factRow
	Together    []together
	Chart       *chart
	Holders     []office // for bodies: who holds offices in them
	Articles    []articleRow
	Events      string // addresses
	Timeline    string
	Network     string
	Map         string
	Path        string
	Said        int
	SaidURL     string
	Write       bool // decisions may be taken
}

type office struct {
	Title   string
	Who     []ref
	Ended   bool
	Span    string
	Reports int
	URL     string
}

type together struct {
	ref
	N   int
	URL string // how the two are connected
}

func (s *Server) entity(ctx context.Context, v *view, r *http.Request) (*content, error) {
	name := nodeArg(r)
	id, ok := v.Find(quad.IRI(name))
	if !ok {
		return nil, &notFound{"entity", name}
	}
	e := &v.Entities[id]
	self := string(e.IRI)
	d := entityData{ref: v.ref(id), Kind: v.entityTag(e), Ar: e.Ar, En: e.En, Key: e.Key, Located: e.Located, Lat: e.Lat, Lon: e.Lon,
		Facts: int(e.NFacts), In: int(e.NIn)}
	d.Write = s.opt.Desk != nil
	d.Aliases = e.Aliases[:min(mostAliases, len(e.Aliases))]
	d.MoreAliases = len(e.Aliases) - len(d.Aliases)
	if e.Country != index.None {
		c := v.ref(e.Country)
		d.Country = &c
	}
	one := url.Values{"actor": {self}}
	if e.Type == doc.Place {
		one = url.Values{"place": {self}}
	}
	d.Events = "/events?" + one.Encode()
	d.Timeline = "/timeline?" + one.Encode()
	d.Network = "/network?" + url.Values{"of": {self}}.Encode()
	d.Path = "/path?" + url.Values{"a": {self}}.Encode()
	if e.Located {
		d.Map = "/map?" + one.Encode()
	}
	facts := v.FactsOf(id)
	for _, f := range facts {
		if slices.Contains(v.Facts[f].Agents, id) {
			d.Did++
		}
		if slices.Contains(v.Facts[f].Patients, id) {
			d.Had++
		}
	}
	for _, f := range facts {
		if len(d.Latest) == latestFacts {
			break
		}
		if !v.Facts[f].Type.State {
			d.Latest = append(d.Latest, v.fact(f))
		}
	}
	for _, o := range v.Offices(id) {
		d.Offices = append(d.Offices, v.office(o, o.Body))
	}
	d.Holders = v.holders(id)
	d.Ties = v.ties(id, mostEnds)
	for _, c := range v.Together(id, mostTogether) {
		d.Together = append(d.Together, together{v.ref(c.ID), c.N, "/path?" + url.Values{"a": {self}, "b": {string(v.Entities[c.ID].IRI)}}.Encode()})
	}
	d.Chart = v.chart(facts, one)
	for _, a := range v.ArticlesOf(id) {
		if len(d.Articles) == mostArticles {
			break
		}
		d.Articles = append(d.Articles, v.article(a))
	}
	if d.Said = len(v.SaidBy(id)); d.Said > 0 {
		d.SaidURL = "/events?" + url.Values{"source": {self}, "states": {"1"}}.Encode()
	}
	return &content{template: "entity", title: d.Text, query: "", feed: "/api/sila/v1/feed?" + one.Encode(), data: d}, nil
}

func (v *view) office(o index.Office, who []int32) office {
	row := office{Title: o.Title, Who: v.refs(who), Ended: o.Ended, Reports: int(o.N), URL: factURL(v.Facts[o.Fact].IRI)}
	switch {
	case o.First == 0:
	case o.First == o.Last:
		row.Span = v.Date(o.First)
	default:
		row.Span = v.T("span", v.Date(o.First), v.Date(o.Last))
	}
	return row
}

// holders lists who holds offices in a body, those told most first.
func (v *view) holders(id int32) []office {
	var out []office
	seen := map[int32]bool{}
	for _, f := range v.FactsOf(id) {
		e := &v.Facts[f]
		if e.Type.Name != "HoldsPosition" || !slices.Contains(e.Patients, id) {
			continue
		}
		for _, a := range e.Agents {
			if seen[a] {
				continue
			}
			seen[a] = true
			for _, o := range v.Index.Offices(a) {
				if slices.Contains(o.Body, id) {
					out = append(out, v.office(o, []int32{a}))
				}
			}
		}
		if len(seen) > 200 {
			break
		}
	}
	slices.SortStableFunc(out, func(a, b office) int { return b.Reports - a.Reports })
	return out[:min(len(out), 20)]
}

// nodeArg is the node that a page is about: the rest of the path, or iri= where that is no good path.
func nodeArg(r *http.Request) string {
	if s := r.PathValue("id"); s != "" {
		return s
	}
	return r.URL.Query().Get("iri")
}
