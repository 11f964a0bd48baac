package explore

import (
	"net/url"
	"path"
	"strconv"
	"strings"

	"github.com/cayleygraph/quad"

	"github.com/sila-graph/sila/extract/doc"
	"github.com/sila-graph/sila/graph/console/explore/index"
)

// view is one state of the graph in one language: it turns what the index
// holds into what templates show.
type view struct {
	*generation
	*lang
}

// ref is a link to an entity.
type ref struct {
	ID   int32
	URL  string
	Text string
	Lang string // of the text
	Type string // Person …
	IRI  string
}

// pageURL is the address of a node's page. Most IRIs are good paths; those
// with dots and slashes that a browser would tidy away go into the query.
func pageURL(kind, id string) string {
	if p := "/" + kind + "/" + id; path.Clean(p) == p {
		return "/" + kind + "/" + (&url.URL{Path: id}).EscapedPath()
	}
	return "/" + kind + "?iri=" + url.QueryEscape(id)
}

func entityURL(iri quad.IRI) string { return pageURL("entity", string(iri)) }
func factURL(iri quad.IRI) string {
	return pageURL("fact", strings.TrimPrefix(string(iri), "fact/"))
}
func sentenceURL(iri quad.IRI) string {
	return pageURL("sentence", strings.TrimPrefix(string(iri), "fact/"))
}

// eventsURL is the address of a filtered list: parameters and values in turn.
func eventsURL(pairs ...string) string {
	q := url.Values{}
	for i := 0; i+1 < len(pairs); i += 2 {
		q.Add(pairs[i], pairs[i+1])
	}
	return "/events?" + q.Encode()
}

// articleURL is the address of an article's page, with the report of that number marked; -1: none.
func articleURL(iri quad.IRI, report int) string {
	u := pageURL("article", strings.TrimPrefix(string(iri), "article/"))
	if report < 0 {
		return u
	}
	sep := "?"
	if strings.Contains(u, "?") {
		sep = "&"
	}
	n := strconv.Itoa(report)
	return u + sep + "report=" + n + "#r" + n
}

func (v *view) ref(id int32) ref {
	e := &v.Entities[id]
	r := ref{ID: id, URL: entityURL(e.IRI), Type: string(e.Type), IRI: string(e.IRI)}
	r.Text, r.Lang = v.name(e)
	return r
}

// name is what an entity is called in this language, and the language of that name.
func (v *view) name(e *index.Entity) (text, code string) {
	switch {
	case v.Code == "en" && e.En != "", e.Ar == "" && e.En != "":
		return e.En, "en"
	case e.Ar != "":
		return e.Ar, "ar"
	}
	return string(e.IRI), "ar"
}

func (v *view) refs(ids []int32) []ref {
	out := make([]ref, len(ids))
	for i, id := range ids {
		out[i] = v.ref(id)
	}
	return out
}

// when is a date to show.
type when struct {
	ISO, Text string
	Reported  bool // of the first article, since none says when it was
}

func (v *view) when(f *index.Fact) when {
	d := f.Date()
	return when{ISO: d.String(), Text: v.Date(d), Reported: f.When == 0 && d != 0}
}

// tag is a word with a class: a type or a status.
type tag struct{ Class, Text string }

func (v *view) typeTag(t *doc.Type) tag { return tag{t.Family, v.Pick(t.Label)} }

// factRow is a fact in one line.
type factRow struct {
	ID       int32
	IRI      string
	URL      string
	Sentence string // address of the words in their article
	Type     tag
	Agents   []ref
	Verb     string // between agents and patients; "" where one of them lacks
	Patients []ref
	Places   []ref
	Title    string
	Subtype  string
	When     when
	Status   tag
	Marks    []tag // claimed, ended
	Count    string
	Reports  int
	Sure     int // per cent
}

func (v *view) fact(id int32) factRow {
	f := &v.Facts[id]
	r := factRow{ID: id, IRI: string(f.IRI), URL: factURL(f.IRI), Sentence: sentenceURL(f.IRI), Type: v.typeTag(f.Type),
		Agents: v.refs(f.Agents), Patients: v.refs(f.Patients), Places: v.refs(f.Places), Title: f.Title, Subtype: v.subtype(f.Subtype),
		When: v.when(f), Status: tag{f.Status.String(), v.T("status." + f.Status.String())},
		Count: v.count(f.Low, f.High), Reports: int(f.NReports), Sure: int(f.Confidence)}
	if len(f.Agents) > 0 && len(f.Patients) > 0 {
		r.Verb = v.Pick(f.Type.Forward)
	}
	if f.Claimed {
		r.Marks = append(r.Marks, tag{"claimed", v.T("mark.claimed")})
	}
	if f.Ended {
		r.Marks = append(r.Marks, tag{"ended", v.T("mark.ended")})
	}
	return r
}

// subtype names a subtype, as it is where the catalogue doesn't know it.
func (v *view) subtype(s string) string {
	if t, ok := v.texts["subtype."+s]; ok {
		return t
	}
	return s
}

func (v *view) count(low, high int32) string {
	switch {
	case low < 0:
		return ""
	case high < 0:
		return v.T("count.least", v.Num(int(low)))
	case low == high:
		return v.Num(int(low))
	}
	return v.T("count.between", v.Num(int(low)), v.Num(int(high)))
}

// tie is a group of ties for an actor's page.
type tie struct {
	Verb    string
	Type    tag
	Claimed bool
	N       int
	Ends    []tieEnd
	More    int    // ends beyond those shown
	URL     string // the events behind it
}

type tieEnd struct {
	ref
	N   int
	URL string // the sentence of the latest fact, or the list of facts where there are several
}

func (v *view) ties(entity int32, most int) []tie {
	var out []tie
	self := v.Entities[entity].IRI
	for _, t := range v.Ties(entity) {
		verb := v.Pick(t.Type.Forward)
		if t.Back {
			verb = v.Pick(t.Type.Backward)
		}
		if verb == "" {
			verb = v.Pick(t.Type.Label)
		}
		row := tie{Verb: verb, Type: v.typeTag(t.Type), Claimed: t.Claimed, N: t.N,
			URL: "/events?" + url.Values{"actor": {string(self)}, "type": {t.Type.Name}, "status": {"actual"}}.Encode()}
		for _, e := range t.Ends {
			if len(row.Ends) == most {
				row.More++
				continue
			}
			end := tieEnd{ref: v.ref(e.ID), N: len(e.Facts), URL: sentenceURL(v.Facts[e.Facts[0]].IRI)}
			if end.N > 1 {
				end.URL = "/events?" + url.Values{"actor": {string(self)}, "other": {string(v.Entities[e.ID].IRI)}, "type": {t.Type.Name}, "status": {"actual"}}.Encode()
			}
			row.Ends = append(row.Ends, end)
		}
		out = append(out, row)
	}
	return out
}

// articleRow is an article in one line.
type articleRow struct {
	URL      string
	IRI      string
	Headline string
	Outlet   string
	Date     when
	Topic    string
}

func (v *view) article(id int32) articleRow {
	a := &v.Articles[id]
	r := articleRow{URL: articleURL(a.IRI, -1), IRI: string(a.IRI), Headline: a.Headline, Outlet: v.Outlets[a.Outlet],
		Date: when{ISO: a.Date.String(), Text: v.Date(a.Date)}, Topic: v.topic(v.Topics[a.Topic])}
	if r.Headline == "" {
		r.Headline = v.T("article.untitled")
	}
	return r
}

func (v *view) topic(s string) string {
	if t, ok := v.texts["topic."+s]; ok && s != "" {
		return t
	}
	return s
}
