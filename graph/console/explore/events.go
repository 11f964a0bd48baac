package explore

import (
	"context"
	"encoding/base64"
	"encoding/csv"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/sila-graph/sila/extract/doc"
	"github.com/sila-graph/sila/graph/console/explore/index"
)

// pageRows is how many facts stand on one page, mostExported how many a download holds.
const (
	pageRows     = 50
	mostExported = 100_000
)

type eventsData struct {
	Form     filterForm
	Rows     []factRow
	Total    int
	From, To int // of the rows shown, from 1
	First    string
	Next     string
	CSV      string
	JSON     string
	Feed     string
	Same     []namesakes
	Timeline string
	Table    string
	Map      string
	Groups   []group // of a timeline
}

// namesakes are others with a name that was asked for.
type namesakes struct {
	Text string
	Hits []hit
}

// filterForm is what the form above a list of facts shows.
type filterForm struct {
	Action     string
	Types      []optgroup
	Statuses   []choice
	Kinds      []choice
	Topics     []choice
	Outlets    []choice
	Actor      string
	Other      string
	Place      string
	Source     string
	From, To   string
	Confidence []choice
	States     bool
	Open       bool // the less usual fields are shown
}

type optgroup struct {
	Text    string
	Options []choice
}

// fieldText is what stands in a field for an entity: its name, if that leads
// back to it alone, else its IRI.
func (v *view) fieldText(param string, id int32) string {
	text, _ := v.name(&v.Entities[id])
	kind := doc.EntityType("")
	if param == "place" {
		kind = doc.Place
	}
	if again, others, err := v.entity(param, text, kind); err == nil && again == id && len(others) == 0 {
		return text
	}
	return string(v.Entities[id].IRI)
}

func (v *view) form(action string, q url.Values, f *index.Filter) filterForm {
	name := func(id int32, param string) string {
		if id == index.None {
			return ""
		}
		return v.fieldText(param, id)
	}
	form := filterForm{Action: action, Actor: name(f.Actor, "actor"), Other: name(f.Other, "other"), Place: name(f.Place, "place"), Source: name(f.Source, "source"),
		From: f.From.String(), To: f.To.String(), States: f.States}
	for _, fam := range families() {
		g := optgroup{Text: v.T("family." + fam)}
		for _, t := range doc.Types().List {
			if t.Family == fam {
				g.Options = append(g.Options, choice{Text: v.Pick(t.Label), Code: t.Name, Here: slices.Contains(f.Types, t.Name)})
			}
		}
		form.Types = append(form.Types, g)
	}
	for _, s := range index.Statuses() {
		form.Statuses = append(form.Statuses, choice{Text: v.T("status." + s), Code: s, Here: slices.Contains(f.Status, s)})
	}
	for _, k := range index.SourceKinds {
		form.Kinds = append(form.Kinds, choice{Text: v.T("kind-of-source." + k), Code: k, Here: f.Kind == k})
	}
	for _, t := range v.Topics[1:] {
		form.Topics = append(form.Topics, choice{Text: v.topic(t), Code: t, Here: f.Topic == t})
	}
	for _, o := range v.Outlets[1:min(len(v.Outlets), 300)] {
		form.Outlets = append(form.Outlets, choice{Text: o, Code: o, Here: f.Outlet == o})
	}
	slices.SortFunc(form.Topics, func(a, b choice) int { return strings.Compare(a.Text, b.Text) })
	slices.SortFunc(form.Outlets, func(a, b choice) int { return strings.Compare(a.Text, b.Text) })
	for _, c := range []int{30, 50, 70, 90} {
		code := fmt.Sprintf("0.%d", c/10)
		form.Confidence = append(form.Confidence, choice{Text: fmt.Sprintf("≥ %d%%", c), Code: code, Here: int(f.Confidence) == c})
	}
	for _, p := range []string{"other", "source", "outlet", "kind", "topic", "confidence", "states"} {
		form.Open = form.Open || q.Get(p) != ""
	}
	return form
}

func (s *Server) events(ctx context.Context, v *view, r *http.Request) (*content, error) {
	d, err := v.list(ctx, r, "/events")
	if err != nil {
		return nil, err
	}
	return &content{template: "events", title: v.T("events.title"), nav: "events", feed: d.Feed, data: d}, nil
}

// list reads the facts of one page of a list.
func (v *view) list(ctx context.Context, r *http.Request, action string) (*eventsData, error) {
	q := r.URL.Query()
	f, others, err := v.filter(q)
	if err != nil {
		return nil, err
	}
	keep := kept(q)
	d := &eventsData{Form: v.form(action, keep, &f), CSV: "/events.csv?" + keep.Encode(), JSON: "/events.json?" + keep.Encode(),
		Feed: "/api/sila/v1/feed?" + keep.Encode(), Timeline: "/timeline?" + keep.Encode(), Table: "/events?" + keep.Encode(), Map: "/map?" + keep.Encode()}
	for _, p := range []string{"actor", "other", "place", "source"} {
		if hits := others[p]; len(hits) > 0 {
			d.Same = append(d.Same, namesakes{q.Get(p), v.hits(hits)})
		}
	}
	skip := 0
	if c := q.Get("after"); c != "" {
		if skip, err = readCursor(c, v.generation, &f); err != nil {
			return nil, err
		}
	}
	d.From = skip + 1
	if err := v.Events(ctx, &f, func(id int32) bool {
		d.Total++
		if d.Total > skip && len(d.Rows) < pageRows {
			d.Rows = append(d.Rows, v.fact(id))
		}
		return true
	}); err != nil {
		return nil, err
	}
	d.To = skip + len(d.Rows)
	if skip > 0 {
		d.First = action + "?" + keep.Encode()
	}
	if d.To < d.Total && len(d.Rows) > 0 {
		keep.Set("after", cursor(d.Rows[len(d.Rows)-1].IRI, d.To))
		d.Next = action + "?" + keep.Encode()
	}
	return d, nil
}

// cursor marks a place in a list: after the fact with that IRI, of which n facts stood up to it.
// Where the graph has changed meanwhile, the fact finds the place again.
func cursor(fact string, n int) string {
	return base64.RawURLEncoding.EncodeToString([]byte(strconv.Itoa(n) + " " + fact))
}

// readCursor returns how many facts of the list stand before the rest.
func readCursor(c string, g *generation, f *index.Filter) (skip int, err error) {
	b, err := base64.RawURLEncoding.DecodeString(c)
	num, fact, ok := strings.Cut(string(b), " ")
	n, nerr := strconv.Atoi(num)
	if err != nil || !ok || nerr != nil || n < 0 {
		return 0, &inputError{param: "after", value: c, key: "error.cursor"}
	}
	at, found := 0, false
	if err := g.Events(context.Background(), f, func(id int32) bool {
		at++
		found = string(g.Facts[id].IRI) == fact
		return !found
	}); err != nil {
		return 0, err
	}
	if !found { // the fact is gone: the number is the best that is left
		return n, nil
	}
	return at, nil
}

// columns of what is downloaded; the page shows the same facts.
var columns = []string{"fact", "date", "date_is", "type", "subtype", "agents", "agent_iris", "patients", "patient_iris", "places", "place_iris",
	"latitude", "longitude", "status", "claimed", "ended", "count_low", "count_high", "confidence", "reports", "outlets", "sources", "title", "plover", "acled", "score"}

// row writes a fact as the cells of those columns.
func (v *view) row(id int32) []string {
	f := &v.Facts[id]
	names := func(ids []int32) string {
		var s []string
		for _, id := range ids {
			s = append(s, v.ref(id).Text)
		}
		return strings.Join(s, "; ")
	}
	iris := func(ids []int32) string {
		var s []string
		for _, id := range ids {
			s = append(s, string(v.Entities[id].IRI))
		}
		return strings.Join(s, "; ")
	}
	number := func(n int32) string {
		if n < 0 {
			return ""
		}
		return strconv.Itoa(int(n))
	}
	dateIs := ""
	if f.Date() != 0 {
		dateIs = "told"
		if f.When == 0 {
			dateIs = "first report"
		}
	}
	lat, lon := "", ""
	if p, ok := v.spot(f); ok {
		lat, lon = strconv.FormatFloat(p.Lat, 'f', -1, 64), strconv.FormatFloat(p.Lon, 'f', -1, 64)
	}
	var outlets, sources []string
	v.SourceOf(id, func(article, source int32) {
		if article != index.None {
			if o := v.Outlets[v.Articles[article].Outlet]; o != "" && !slices.Contains(outlets, o) {
				outlets = append(outlets, o)
			}
		}
		if source != index.None {
			if n := v.ref(source).Text; !slices.Contains(sources, n) {
				sources = append(sources, n)
			}
		}
	})
	return []string{string(f.IRI), f.Date().String(), dateIs, f.Type.Name, f.Subtype, names(f.Agents), iris(f.Agents), names(f.Patients), iris(f.Patients),
		names(f.Places), iris(f.Places), lat, lon, f.Status.String(), strconv.FormatBool(f.Claimed), strconv.FormatBool(f.Ended), number(f.Low), number(f.High),
		fmt.Sprintf("%d.%02d", f.Confidence/100, f.Confidence%100), strconv.Itoa(int(f.NReports)), strings.Join(outlets, "; "), strings.Join(sources, "; "), f.Title,
		f.Type.Plover, f.Type.ACLED, fmt.Sprintf("%.1f", float64(f.Type.Score)/10)}
}

// spotID is where a fact took place: its first place with coordinates, else the place it befell.
func (v *generation) spotID(f *index.Fact) (int32, bool) {
	for _, ids := range [][]int32{f.Places, f.Patients} {
		for _, id := range ids {
			if e := &v.Entities[id]; e.Located && e.Type == doc.Place {
				return id, true
			}
		}
	}
	return index.None, false
}

func (v *generation) spot(f *index.Fact) (*index.Entity, bool) {
	id, ok := v.spotID(f)
	if !ok {
		return nil, false
	}
	return &v.Entities[id], true
}

// exported lists the facts of a download.
func (v *view) exported(ctx context.Context, r *http.Request) ([]int32, error) {
	f, _, err := v.filter(r.URL.Query())
	if err != nil {
		return nil, err
	}
	var ids []int32
	err = v.Events(ctx, &f, func(id int32) bool {
		ids = append(ids, id)
		return len(ids) < mostExported
	})
	return ids, err
}

func (s *Server) eventsCSV(w http.ResponseWriter, r *http.Request) {
	l := s.pages.choose(w, r)
	err := s.with(r.Context(), func(ctx context.Context, g *generation) error {
		v := &view{g, l}
		ids, err := v.exported(ctx, r)
		if err != nil {
			return err
		}
		h := w.Header()
		h.Set("Content-Type", "text/csv; charset=utf-8; header=present")
		h.Set("Content-Disposition", `attachment; filename="sila-events.csv"`)
		_, _ = w.Write([]byte("\ufeff")) // spreadsheets take it for Latin letters otherwise
		out := csv.NewWriter(w)
		_ = out.Write(columns)
		for n, id := range ids {
			if n%512 == 0 && ctx.Err() != nil {
				return nil
			}
			cells := v.row(id)
			for i, c := range cells { // a cell that begins like a formula would be one to a spreadsheet
				if c != "" && strings.ContainsRune("=+-@\t\r", rune(c[0])) && !plainNumber(c) {
					cells[i] = "'" + c
				}
			}
			if out.Write(cells) != nil {
				return nil
			}
		}
		out.Flush()
		return nil
	})
	if err != nil {
		s.apiError(w, err)
	}
}

func plainNumber(s string) bool {
	_, err := strconv.ParseFloat(s, 64)
	return err == nil
}

func (s *Server) eventsJSON(w http.ResponseWriter, r *http.Request) {
	l := s.pages.choose(w, r)
	err := s.with(r.Context(), func(ctx context.Context, g *generation) error {
		v := &view{g, l}
		ids, err := v.exported(ctx, r)
		if err != nil {
			return err
		}
		out := make([]apiFact, len(ids))
		for i, id := range ids {
			out[i] = v.apiFact(id)
		}
		w.Header().Set("Content-Disposition", `attachment; filename="sila-events.json"`)
		writeJSON(w, out)
		return nil
	})
	if err != nil {
		s.apiError(w, err)
	}
}

// group is the facts of one day, month or year on a timeline.
type group struct {
	When when
	Rows []factRow
}

func (s *Server) timeline(ctx context.Context, v *view, r *http.Request) (*content, error) {
	d, err := v.list(ctx, r, "/timeline")
	if err != nil {
		return nil, err
	}
	for _, row := range d.Rows {
		w := when{ISO: row.When.ISO, Text: row.When.Text}
		if n := len(d.Groups); n == 0 || d.Groups[n-1].When != w {
			d.Groups = append(d.Groups, group{When: w})
		}
		g := &d.Groups[len(d.Groups)-1]
		g.Rows = append(g.Rows, row)
	}
	return &content{template: "timeline", title: v.T("timeline.title"), nav: "timeline", feed: d.Feed, data: d}, nil
}
