package explore

import (
	"cmp"
	"context"
	"encoding/xml"
	"net/http"
	"slices"
	"strings"

	"github.com/sila-graph/sila/graph/console/explore/index"
)

// feed is an Atom feed (RFC 4287).
type feed struct {
	XMLName xml.Name    `xml:"http://www.w3.org/2005/Atom feed"`
	Lang    string      `xml:"xml:lang,attr"`
	ID      string      `xml:"id"`
	Title   string      `xml:"title"`
	Updated string      `xml:"updated"`
	Links   []feedLink  `xml:"link"`
	Author  feedAuthor  `xml:"author"`
	Entries []feedEntry `xml:"entry"`
}

type feedLink struct {
	Rel  string `xml:"rel,attr"`
	Href string `xml:"href,attr"`
	Type string `xml:"type,attr,omitempty"`
}

type feedAuthor struct {
	Name string `xml:"name"`
}

type feedEntry struct {
	ID      string     `xml:"id"`
	Title   string     `xml:"title"`
	Updated string     `xml:"updated"`
	Links   []feedLink `xml:"link"`
	Summary string     `xml:"summary"`
}

// mostNew is how many facts a feed holds.
const mostNew = 50

// apiFeed lists the facts that were first reported last, since a fact of long
// ago can be new today.
func (s *Server) apiFeed(ctx context.Context, v *view, r *http.Request) (any, error) {
	q := r.URL.Query()
	f, _, err := v.filter(q)
	if err != nil {
		return nil, err
	}
	var ids []int32
	if err := v.Index.Events(ctx, &f, func(id int32) bool { ids = append(ids, id); return true }); err != nil {
		return nil, err
	}
	slices.SortStableFunc(ids, func(a, b int32) int { return cmp.Compare(v.Facts[b].Reported, v.Facts[a].Reported) })
	here := origin(r)
	self := here + r.URL.RequestURI()
	out := &feed{Lang: v.Code, ID: self, Title: v.T("brand") + v.T("colon") + v.T("feed"), Author: feedAuthor{v.T("brand")}, Updated: "1970-01-01T00:00:00Z",
		Links: []feedLink{{"self", self, "application/atom+xml"}, {"alternate", here + "/events?" + kept(q).Encode(), "text/html"}}}
	var about []string
	for _, id := range []int32{f.Actor, f.Other, f.Place, f.Source} {
		if id != index.None {
			about = append(about, v.ref(id).Text)
		}
	}
	if len(about) > 0 {
		out.Title = v.T("brand") + v.T("colon") + strings.Join(about, v.T("comma"))
	}
	for _, id := range ids[:min(mostNew, len(ids))] {
		e := &v.Facts[id]
		entry := feedEntry{ID: here + factURL(e.IRI), Title: v.headline(id), Updated: stamp(e.Reported), Links: []feedLink{{"alternate", here + factURL(e.IRI), "text/html"}}}
		reports, err := v.Index.Reports(ctx, v.qs, id, 1)
		if err != nil {
			return nil, err
		}
		if len(reports) > 0 {
			entry.Summary = reports[0].Evidence
		}
		out.Updated = max(out.Updated, entry.Updated)
		out.Entries = append(out.Entries, entry)
	}
	return out, nil
}

// stamp writes a day as the time that Atom wants.
func stamp(d index.Day) string {
	if d == 0 {
		return "1970-01-01T00:00:00Z"
	}
	s := d.String()
	return s + "-01-01"[len(s)-4:] + "T00:00:00Z"
}

func (f *feed) write(w http.ResponseWriter) {
	w.Header().Set("Content-Type", "application/atom+xml; charset=utf-8")
	_, _ = w.Write([]byte(xml.Header))
	_ = xml.NewEncoder(w).Encode(f) // a reader who has left needs no error
}
