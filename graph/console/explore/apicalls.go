package explore

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"strings"
	"sync"

	"github.com/sila-graph/sila/extract/doc"
	"github.com/sila-graph/sila/graph/console/explore/index"
	"github.com/sila-graph/sila/graph/query"
	"github.com/sila-graph/sila/queries"
)

// filters are the parameters of everything that lists facts; [generation.filter] reads them.
func filters() []param {
	types := []string{}
	for _, t := range doc.Types().List {
		types = append(types, t.Name)
	}
	var entity = func(name, about string) param { return text(name, about+": name or IRI") }
	return []param{
		many(oneOf("type", "type of fact; repeated: any of them", types...)), entity("actor", "who has a role in it"), entity("other", "who else has"),
		entity("place", "where, or a place that it befell; a country takes its places along"), entity("source", "who is quoted for it"),
		text("from", "first date"), text("to", "last date"), many(oneOf("status", "whether it happened", index.Statuses()...)),
		text("outlet", "an outlet that reports it"), oneOf("kind", "kind of source", index.SourceKinds...), text("topic", "topic of an article that tells it"),
		text("confidence", "at least, from 0 to 1"), oneOf("states", "1: also facts that hold rather than happen, and statements", "1"),
	}
}

var endpoints = sync.OnceValue(func() []*endpoint {
	var types []string
	for _, t := range doc.EntityTypes {
		types = append(types, string(t))
	}
	return []*endpoint{
		{path: "/search", about: "Entities by name, for completion too: whole names first, then those in most articles",
			params: []param{need(text("q", "words of the name, the last perhaps unfinished")), oneOf("type", "of entity", types...), whole("limit", "hits at most; 20", 100)},
			result: apiHits{}, call: (*Server).apiSearch},
		{path: "/entity", about: "What is known of an actor or place", params: []param{need(text("id", "name or IRI"))}, result: apiCard{}, call: (*Server).apiCard},
		{path: "/fact", about: "A fact with all its reports", params: []param{need(text("id", "IRI"))}, result: apiFactFull{}, call: (*Server).apiFactFull},
		{path: "/article", about: "An article with its text, mentions and facts; offsets count Unicode code points of title, line feed, text",
			params: []param{need(text("id", "id or IRI"))}, result: apiArticle{}, call: (*Server).apiArticle},
		{path: "/events", about: "Facts by filter, the latest first", params: append(filters(), whole("limit", "facts at most; 100", 1000), text("after", "the next of the answer before")),
			result: apiEvents{}, call: (*Server).apiEvents},
		{path: "/path", about: "The shortest ways between two by what happened or holds", params: []param{need(text("a", "one, name or IRI")), need(text("b", "the other"))},
			result: apiPaths{}, call: (*Server).apiPaths},
		{path: "/network", about: "Entities around some, with what happened between them", params: append([]param{many(text("of", "whose neighbours, name or IRI; repeated: several")),
			many(text("with", "others, who are shown too, with the edges to them; without of, with those among them"))}, append(filters()[:1:1], text("from", "first date"), text("to", "last date"),
			whole("limit", "neighbours of each at most; 30", 200))...), result: apiNetwork{}, form: true, call: (*Server).apiNetwork},
		{path: "/places", about: "Events by filter, counted by place with coordinates, day and family of types", params: filters(), result: apiPlaces{}, call: (*Server).apiPlaces},
		{path: "/decisions", about: "People's decisions, the earliest first", result: apiDecisions{}, call: (*Server).apiDecisions,
			post: &endpoint{path: "/decisions", about: "Takes a decision", params: decideParams, result: apiDecisions{}, takes: true, call: (*Server).apiDecide}},
		{path: "/queries", about: "The named queries with their parameters", result: []apiQuery{}, call: (*Server).apiQueries},
		{path: "/query", about: "Runs a named query", params: []param{need(text("name", "of the query"))}, others: true, result: apiRows{}, call: (*Server).apiRun},
		{path: "/feed", about: "What is new, as an Atom feed: facts by filter in the order of their first report", params: filters(), media: "application/atom+xml", call: (*Server).apiFeed},
	}
})

type apiHits struct {
	Items []apiEntity `json:"items"`
}

func (s *Server) apiSearch(ctx context.Context, v *view, r *http.Request) (any, error) {
	q := r.URL.Query()
	n, err := number(q, "limit", 20, 100)
	if err != nil {
		return nil, err
	}
	kind := doc.EntityType(q.Get("type"))
	if kind != "" && !slices.Contains(doc.EntityTypes[:], kind) {
		return nil, &inputError{param: "type", value: string(kind), key: "error.type", args: []any{clip(string(kind))}}
	}
	out := apiHits{Items: []apiEntity{}}
	if id, ok := v.Find(iri(q.Get("q"))); ok {
		return apiHits{Items: []apiEntity{v.apiEntity(id)}}, nil
	}
	for _, h := range v.lookup(q.Get("q"), kind, n) {
		e := v.apiEntity(h.ID)
		e.Also, e.Near = h.Name, h.Near
		again := v.Search(e.Name, kind, 2)
		e.Unique = len(again) > 0 && again[0].ID == h.ID && again[0].Exact && (len(again) == 1 || !again[1].Exact)
		out.Items = append(out.Items, e)
	}
	return out, nil
}

type apiCard struct {
	apiEntity
	Aliases  []string     `json:"aliases"`
	Offices  []apiOffice  `json:"offices"`
	Ties     []apiTie     `json:"ties"`
	Together []apiCount   `json:"together"` // in most articles with it
	Months   []apiMonth   `json:"months"`   // events by month and type
	Latest   []apiFact    `json:"latest"`
	InNews   []apiArticle `json:"in_articles"` // the latest, without texts
}

type apiOffice struct {
	Title string    `json:"title,omitempty"`
	Body  []apiNode `json:"body"`
	Ended bool      `json:"ended,omitempty"`
	First string    `json:"first,omitempty"`
	Last  string    `json:"last,omitempty"`
	Fact  string    `json:"fact"`
}

type apiTie struct {
	Type    string     `json:"type"`
	Text    string     `json:"text"`
	Back    bool       `json:"back,omitempty"` // the entity is the one it befell
	Claimed bool       `json:"claimed,omitempty"`
	Facts   int        `json:"facts"`
	Ends    []apiCount `json:"ends"`
}

type apiCount struct {
	apiNode
	N      int    `json:"n"`
	Latest string `json:"latest,omitempty"` // fact
}

type apiMonth struct {
	Month string `json:"month"`
	Type  string `json:"type"`
	N     int    `json:"n"`
}

func (s *Server) apiCard(ctx context.Context, v *view, r *http.Request) (any, error) {
	id, err := v.one(r, "id", "")
	if err != nil {
		return nil, err
	}
	e := &v.Entities[id]
	c := apiCard{apiEntity: v.apiEntity(id), Aliases: append([]string{}, e.Aliases...), Offices: []apiOffice{}, Ties: []apiTie{}, Together: []apiCount{}, Months: []apiMonth{}, Latest: []apiFact{}, InNews: []apiArticle{}}
	for _, o := range v.Index.Offices(id) {
		c.Offices = append(c.Offices, apiOffice{o.Title, v.apiNodes(o.Body), o.Ended, o.First.String(), o.Last.String(), string(v.Facts[o.Fact].IRI)})
	}
	for _, t := range v.Index.Ties(id) {
		text := v.Pick(t.Type.Forward)
		if t.Back {
			text = v.Pick(t.Type.Backward)
		}
		row := apiTie{Type: t.Type.Name, Text: text, Back: t.Back, Claimed: t.Claimed, Facts: t.N, Ends: []apiCount{}}
		for _, end := range t.Ends {
			row.Ends = append(row.Ends, apiCount{v.apiNode(end.ID), len(end.Facts), string(v.Facts[end.Facts[0]].IRI)})
		}
		c.Ties = append(c.Ties, row)
	}
	for _, o := range v.Index.Together(id, 50) {
		c.Together = append(c.Together, apiCount{v.apiNode(o.ID), o.N, ""})
	}
	facts := v.FactsOf(id)
	for _, m := range v.Months(facts) {
		c.Months = append(c.Months, apiMonth{index.Day(m.Month * 100).String(), m.Type.Name, m.N})
	}
	for _, f := range facts {
		if len(c.Latest) < latestFacts && !v.Facts[f].Type.State {
			c.Latest = append(c.Latest, v.apiFact(f))
		}
	}
	for _, a := range v.ArticlesOf(id) {
		if len(c.InNews) < mostArticles {
			c.InNews = append(c.InNews, v.apiHead(a))
		}
	}
	return c, nil
}

// one reads the parameter that names one entity.
func (v *view) one(r *http.Request, name string, kind doc.EntityType) (int32, error) {
	id, others, err := v.entity(name, r.URL.Query().Get(name), kind)
	if err != nil {
		return 0, err
	}
	if len(others) > 0 { // a program can't look twice
		return 0, &inputError{param: name, value: r.URL.Query().Get(name), key: "error.ambiguous", args: []any{clip(r.URL.Query().Get(name))}, near: append([]index.Hit{{ID: id, Exact: true}}, others...)}
	}
	return id, nil
}

type apiFactFull struct {
	apiFact
	Said     []apiReport `json:"said"`     // at most 200
	Incident []apiFact   `json:"incident"` // others of the same happening
	Citation string      `json:"citation,omitempty"`
}

type apiReport struct {
	IRI        string     `json:"iri"`
	Article    apiArticle `json:"article"` // without its text
	Evidence   string     `json:"evidence,omitempty"`
	Status     string     `json:"status"`
	Source     *apiNode   `json:"source,omitempty"`
	SourceKind string     `json:"source_kind"`
	Confidence float64    `json:"confidence"`
	CountLow   *int32     `json:"count_low,omitempty"`
	CountHigh  *int32     `json:"count_high,omitempty"`
	Time       string     `json:"time,omitempty"`
	Wording    string     `json:"wording,omitempty"`
	Trigger    string     `json:"trigger,omitempty"`
	Rule       string     `json:"rule,omitempty"`
	Page       string     `json:"page"` // the words in their article
}

func (v *view) apiReport(rep index.Report) apiReport {
	out := apiReport{IRI: string(rep.IRI), Evidence: rep.Evidence, Status: rep.Status.String(), SourceKind: rep.SourceKind, Confidence: float64(rep.Confidence) / 100,
		Time: rep.Time, Wording: rep.Wording, Trigger: rep.Trigger, Rule: rep.Rule}
	if rep.Article != index.None {
		out.Article = v.apiHead(rep.Article)
		out.Page = articleURL(v.Articles[rep.Article].IRI, rep.N)
	}
	if rep.Source != index.None {
		n := v.apiNode(rep.Source)
		out.Source = &n
	}
	if rep.Low >= 0 {
		out.CountLow = &rep.Low
	}
	if rep.High >= 0 {
		out.CountHigh = &rep.High
	}
	return out
}

func (s *Server) apiFactFull(ctx context.Context, v *view, r *http.Request) (any, error) {
	name := r.URL.Query().Get("id")
	id, ok := v.FindFact(iri(name))
	if !ok {
		if id, ok = v.FindFact("fact/" + iri(name)); !ok {
			return nil, &notFound{"fact", name}
		}
	}
	out := apiFactFull{apiFact: v.apiFact(id), Said: []apiReport{}, Incident: []apiFact{}}
	reports, err := v.Index.Reports(ctx, v.qs, id, mostReports)
	if err != nil {
		return nil, err
	}
	for _, rep := range reports {
		out.Said = append(out.Said, v.apiReport(rep))
	}
	others, err := v.incident(ctx, id)
	if err != nil {
		return nil, err
	}
	for _, o := range others {
		out.Incident = append(out.Incident, v.apiFact(o.ID))
	}
	if len(reports) > 0 {
		if out.Citation, err = s.citation(ctx, v, r, id, reports[best(reports)]); err != nil {
			return nil, err
		}
	}
	return out, nil
}

type apiArticle struct {
	IRI      string       `json:"iri"`
	Title    string       `json:"title"`
	Date     string       `json:"date,omitempty"`
	Outlet   string       `json:"outlet,omitempty"`
	Topic    string       `json:"topic,omitempty"`
	Page     string       `json:"page"`
	URL      string       `json:"url,omitempty"`
	Hash     string       `json:"hash,omitempty"`
	Text     string       `json:"text,omitempty"`
	Mentions []apiMention `json:"mentions,omitempty"`
	Facts    []apiTold    `json:"facts,omitempty"`
}

type apiMention struct {
	Entity  string `json:"entity"`
	Start   int    `json:"start"`
	End     int    `json:"end"`
	Nominal bool   `json:"nominal,omitempty"`
}

type apiTold struct {
	N     int       `json:"n"`
	Start int       `json:"start"`
	End   int       `json:"end"`
	Facts []apiFact `json:"facts"`
}

// apiHead is an article without its text.
func (v *view) apiHead(id int32) apiArticle {
	a := &v.Articles[id]
	return apiArticle{IRI: string(a.IRI), Title: a.Headline, Date: a.Date.String(), Outlet: v.Outlets[a.Outlet], Topic: v.Topics[a.Topic], Page: articleURL(a.IRI, -1)}
}

func (s *Server) apiArticle(ctx context.Context, v *view, r *http.Request) (any, error) {
	name := r.URL.Query().Get("id")
	id, ok := v.FindArticle(iri(name))
	if !ok {
		if id, ok = v.FindArticle("article/" + iri(name)); !ok {
			return nil, &notFound{"article", name}
		}
	}
	t, err := v.Index.Article(ctx, v.qs, id)
	if err != nil {
		return nil, err
	}
	out := v.apiHead(id)
	out.URL, out.Hash, out.Text = t.Doc.URL, t.Doc.Hash, t.Doc.Text
	full := []rune(t.Doc.Full())
	for _, m := range v.spots(t, len(full)) {
		out.Mentions = append(out.Mentions, apiMention{m.entity.IRI, m.start, m.end, m.nominal})
	}
	for n := range t.Doc.Facts {
		if len(t.Facts[n]) == 0 {
			continue
		}
		told := apiTold{N: n}
		if sp, ok := spanOf(&t.Doc.Facts[n], full); ok {
			told.Start, told.End = sp.start, sp.end
		}
		for _, f := range t.Facts[n] {
			told.Facts = append(told.Facts, v.apiFact(f))
		}
		out.Facts = append(out.Facts, told)
	}
	return out, nil
}

type apiEvents struct {
	Items []apiFact `json:"items"`
	Total int       `json:"total"`
	Next  string    `json:"next,omitempty"` // after= for the rest
}

func (s *Server) apiEvents(ctx context.Context, v *view, r *http.Request) (any, error) {
	q := r.URL.Query()
	f, others, err := v.filter(q)
	if err != nil {
		return nil, err
	}
	for _, p := range []string{"actor", "other", "place", "source"} {
		if len(others[p]) > 0 {
			return nil, &inputError{param: p, value: q.Get(p), key: "error.ambiguous", args: []any{clip(q.Get(p))}, near: others[p]}
		}
	}
	limit, err := number(q, "limit", 100, 1000)
	if err != nil {
		return nil, err
	}
	skip := 0
	if c := q.Get("after"); c != "" {
		if skip, err = readCursor(c, v.generation, &f); err != nil {
			return nil, err
		}
	}
	out := apiEvents{Items: []apiFact{}}
	if err := v.Index.Events(ctx, &f, func(id int32) bool {
		out.Total++
		if out.Total > skip && len(out.Items) < limit {
			out.Items = append(out.Items, v.apiFact(id))
		}
		return true
	}); err != nil {
		return nil, err
	}
	if n := skip + len(out.Items); n < out.Total && len(out.Items) > 0 {
		out.Next = cursor(out.Items[len(out.Items)-1].IRI, n)
	}
	return out, nil
}

type apiQuery struct {
	Name     string     `json:"name"`
	Title    string     `json:"title"`
	About    string     `json:"about"`
	Params   []apiParam `json:"params"`
	Columns  []string   `json:"columns"`
	Gizmo    string     `json:"gizmo,omitempty"`
	Computed bool       `json:"computed,omitempty"` // more than its Gizmo says
}

type apiParam struct {
	Name     string `json:"name"`
	Kind     string `json:"kind"`
	Optional bool   `json:"optional,omitempty"`
	About    string `json:"about"`
}

func (s *Server) apiQueries(ctx context.Context, v *view, r *http.Request) (any, error) {
	out := []apiQuery{}
	for _, q := range queries.All() {
		a := apiQuery{Name: q.Name, Title: v.Pick2(q.Title.En, q.Title.Ar), About: v.Pick2(q.About.En, q.About.Ar), Params: []apiParam{}, Gizmo: q.Short(), Computed: q.Aggregate != ""}
		for _, p := range q.Params {
			a.Params = append(a.Params, apiParam{p.Name, string(p.Kind), p.Optional, v.Pick2(p.En, p.Ar)})
		}
		for _, c := range q.Columns {
			a.Columns = append(a.Columns, c.Name)
		}
		out = append(out, a)
	}
	return out, nil
}

type apiRows struct {
	Columns   []string     `json:"columns"`
	Rows      [][][]apiVal `json:"rows"` // a list of values in each cell
	Truncated bool         `json:"truncated,omitempty"`
}

type apiVal struct {
	IRI   string `json:"iri,omitempty"`
	Text  string `json:"text"`
	Value any    `json:"value,omitempty"`
}

func (s *Server) apiRun(ctx context.Context, v *view, r *http.Request) (any, error) {
	params := r.URL.Query()
	q, err := queries.Find(params.Get("name"))
	if err != nil {
		return nil, &inputError{param: "name", value: params.Get("name"), key: "error.inside", args: []any{err.Error()}}
	}
	args := map[string]string{}
	for name := range params {
		if name == "name" || name == "lang" {
			continue
		}
		if !slices.ContainsFunc(q.Params, func(p queries.Param) bool { return p.Name == name }) {
			return nil, &inputError{param: name, value: params.Get(name), key: "error.param", args: []any{clip(name), paramNames(q)}}
		}
		args[name] = params.Get(name)
	}
	for _, p := range q.Params {
		if !p.Optional && args[p.Name] == "" {
			return nil, &inputError{param: p.Name, key: "error.required", args: []any{p.Name}}
		}
	}
	res, err := v.names.Named(ctx, q, args)
	var ne *query.NameError
	if errors.As(err, &ne) {
		in := &inputError{param: "name", value: ne.Name, key: "error.noname", args: []any{clip(ne.Name)}}
		for _, c := range ne.Candidates {
			if id, ok := v.Find(c.IRI); ok {
				in.near = append(in.near, index.Hit{ID: id})
			}
		}
		return nil, in
	}
	if err != nil {
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		return nil, &inputError{param: "name", value: q.Name, key: "error.query", args: []any{err.Error()}}
	}
	out := apiRows{Columns: res.Columns, Rows: [][][]apiVal{}, Truncated: res.Truncated}
	for _, row := range res.Rows {
		cells := make([][]apiVal, len(row))
		for i, c := range row {
			cells[i] = []apiVal{}
			for _, val := range c {
				cells[i] = append(cells[i], apiVal{IRI: string(val.IRI), Text: val.Text(v.Code), Value: val.Plain})
			}
		}
		out.Rows = append(out.Rows, cells)
	}
	return out, nil
}

func paramNames(q *queries.Query) string {
	var names []string
	for _, p := range q.Params {
		names = append(names, p.Name)
	}
	return strings.Join(names, ", ")
}
