package explore

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/sila-graph/sila/extract/doc"
	"github.com/sila-graph/sila/graph/console/explore/index"
	"github.com/sila-graph/sila/graph/query"
	"github.com/sila-graph/sila/graph/resolve/decide"
)

// Desk is where people's decisions lie: the same file that sila review, judge
// and merge write.
type Desk interface {
	// Log lists the decisions, the earliest first.
	Log(ctx context.Context) ([]decide.Entry, error)
	// Take writes the decisions that fn makes of the graph and of those taken
	// before, and has the graph follow them. It returns those that are new.
	Take(ctx context.Context, fn func(*query.Engine, *decide.Set) ([]decide.Decision, error)) ([]decide.Decision, error)
}

// mostDecisions is how many decisions a page lists.
const mostDecisions = 500

type decisionsData struct {
	Write bool
	Taken string // id of the one that was just taken
	Rows  []decisionRow
	More  int
}

type decisionRow struct {
	ID, Kind, What, By, Note string
	Text                     string // of the kind
	At                       when
	Holds, Here              bool
}

func (s *Server) decisions(ctx context.Context, v *view, r *http.Request) (*content, error) {
	d := decisionsData{Write: s.opt.Desk != nil, Taken: r.URL.Query().Get("taken")}
	if s.opt.Desk != nil {
		log, err := s.opt.Desk.Log(ctx)
		if err != nil {
			return nil, err
		}
		slices.Reverse(log)
		d.More = max(0, len(log)-mostDecisions)
		for _, e := range log[:len(log)-d.More] {
			d.Rows = append(d.Rows, v.decision(&e, d.Taken))
		}
	}
	return &content{template: "decisions", title: v.T("decisions.heading"), nav: "decisions", data: d}, nil
}

func (v *view) decision(e *decide.Entry, taken string) decisionRow {
	row := decisionRow{ID: e.ID, Kind: string(e.Kind), Text: v.T("decision." + string(e.Kind)), By: e.By, Note: e.Note, Holds: e.Holds, Here: e.ID == taken}
	if !e.At.IsZero() {
		row.At = when{ISO: e.At.UTC().Format(time.RFC3339), Text: v.Date(index.ParseDay(e.At.UTC().Format("2006-01-02")))}
	}
	var parts []string
	add := func(s string) {
		if s != "" && !slices.Contains(parts, isolate(s)) && len(parts) < 6 {
			parts = append(parts, isolate(s))
		}
	}
	for _, m := range append(slices.Clone(e.Members), e.Others...) {
		add(m.Name)
	}
	add(e.Name)
	for _, rep := range e.Reports {
		if t, ok := doc.Types().ByName(rep.Type); ok {
			add(v.Pick(t.Label))
		}
		for _, list := range [][]string{rep.Agent, rep.Patient, rep.Place} {
			for _, role := range list {
				_, name, _ := strings.Cut(role, ":")
				add(name)
			}
		}
	}
	row.What = strings.Join(parts, v.T("comma"))
	return row
}

// decideParams are what a decision may be told.
var decideParams = []param{
	need(oneOf("decision", "what is decided", "right", "wrong", "change", "same", "different", "undo")),
	text("fact", "of right, wrong and change: its IRI"), text("a", "of same and different: one, name or IRI"), text("b", "the other"), text("of", "of undo: the id of the decision"),
	text("type", "of change: the type in truth"), text("status", "actual, intended, negated, possible"), text("time", "YYYY, YYYY-MM or YYYY-MM-DD; - for none"),
	text("agent", "names parted by commas; - for nobody"), text("patient", "the same"), text("place", "the same"), text("by", "who decides"), text("note", "why"),
}

// deciding makes decisions of the graph and of those taken before.
type deciding func(*query.Engine, *decide.Set) ([]decide.Decision, error)

// judge takes one decision as the form of a request tells it. It reads the
// graph before it asks the desk, which may have to wait for readers.
func (s *Server) judge(r *http.Request) ([]decide.Decision, error) {
	get := func(name string) string { return strings.TrimSpace(r.Form.Get(name)) }
	if s.opt.Desk == nil {
		return nil, errReadOnly
	}
	ctx, cancel := context.WithTimeout(r.Context(), s.opt.Time)
	defer cancel()
	var fn deciding
	if err := s.with(ctx, func(_ context.Context, g *generation) (err error) {
		fn, err = g.deciding(ctx, get)
		return err
	}); err != nil {
		return nil, err
	}
	by := get("by")
	if by == "" {
		by = "explorer"
	}
	taken, err := s.opt.Desk.Take(ctx, func(e *query.Engine, set *decide.Set) ([]decide.Decision, error) {
		ds, err := fn(e, set)
		for i := range ds {
			ds[i].By, ds[i].Note, ds[i].At = clipRunes(by, 100), clipRunes(get("note"), 1000), time.Now()
		}
		return ds, err
	})
	if err != nil {
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		return nil, &inputError{param: "decision", value: get("decision"), key: "error.undecided", args: []any{err.Error()}}
	}
	return taken, nil
}

// deciding reads what a form decides.
func (v *generation) deciding(ctx context.Context, get func(string) string) (fn deciding, err error) {
	kind := decide.Kind(get("decision"))
	switch kind {
	case decide.Right, decide.Wrong, decide.Change:
		id, ok := v.FindFact(iri(get("fact")))
		if !ok {
			return nil, &notFound{"fact", get("fact")}
		}
		fact := v.Facts[id].IRI.String()
		fn = func(e *query.Engine, _ *decide.Set) ([]decide.Decision, error) {
			var to *decide.Revision
			if kind == decide.Change {
				var err error
				if to, err = revision(ctx, e, fact, get); err != nil {
					return nil, err
				}
			}
			d, err := e.Judge(ctx, fact, kind, to)
			return []decide.Decision{d}, err
		}
	case decide.Same, decide.Different:
		var names [2]string
		for i, p := range []string{"a", "b"} {
			id, others, err := v.entity(p, get(p), "")
			if err != nil {
				return nil, err
			}
			if len(others) > 0 {
				return nil, &inputError{param: p, value: get(p), key: "error.ambiguous", args: []any{clip(get(p))}, near: append([]index.Hit{{ID: id, Exact: true}}, others...)}
			}
			names[i] = v.Entities[id].IRI.String()
		}
		if names[0] == names[1] {
			return nil, &inputError{param: "b", value: get("b"), key: "path.same"}
		}
		fn = func(e *query.Engine, set *decide.Set) ([]decide.Decision, error) {
			if kind == decide.Same {
				d, err := e.Merge(ctx, set, names[0], names[1])
				return []decide.Decision{d}, err
			}
			a, err := e.Members(ctx, iri(names[0]), true)
			if err != nil {
				return nil, err
			}
			b, err := e.Members(ctx, iri(names[1]), true)
			return []decide.Decision{{Kind: decide.Different, Members: a, Others: b}}, err
		}
	case decide.Undo:
		fn = func(*query.Engine, *decide.Set) ([]decide.Decision, error) {
			return []decide.Decision{{Kind: decide.Undo, Of: get("of")}}, nil
		}
	default:
		return nil, &inputError{param: "decision", value: string(kind), key: "error.decision", args: []any{clip(string(kind))}}
	}
	return fn, nil
}

// revision reads what is different about a fact: fields that are empty stay as they are, "-" empties a role.
func revision(ctx context.Context, e *query.Engine, fact string, get func(string) string) (*decide.Revision, error) {
	to := new(decide.Revision)
	for _, p := range []struct {
		name string
		to   **[]string
	}{{"agent", &to.Agent}, {"patient", &to.Patient}, {"place", &to.Place}} {
		s := get(p.name)
		if s == "" {
			continue
		}
		roles := []string{}
		if s != "-" {
			var names []string
			for _, n := range strings.FieldsFunc(s, func(r rune) bool { return r == ',' || r == '،' }) {
				names = append(names, strings.TrimSpace(n))
			}
			var err error
			if roles, err = e.Roles(ctx, fact, names); err != nil {
				return nil, err
			}
		}
		*p.to = &roles
	}
	to.Type = get("type")
	if s := doc.Status(get("status")); s != "" {
		to.Status = &s
	}
	if s := get("time"); s != "" {
		if s == "-" {
			s = ""
		}
		to.Time = &s
	}
	return to, nil
}

// errReadOnly says that decisions aren't taken here.
var errReadOnly = errors.New("decisions aren't taken here: start sila serve --write")

// decidePage takes a decision from a form of a page and leads to the list of decisions.
func (s *Server) decidePage(w http.ResponseWriter, r *http.Request) {
	r.Body = http.MaxBytesReader(w, r.Body, maxForm)
	if err := r.ParseForm(); err != nil {
		http.Error(w, "the form came broken", http.StatusBadRequest)
		return
	}
	taken, err := s.judge(r)
	s.page(func(context.Context, *view, *http.Request) (*content, error) {
		if err != nil {
			return nil, err
		}
		to := "/decisions"
		if len(taken) > 0 {
			to += "?taken=" + taken[0].ID
		}
		return &content{redirect: to}, nil
	})(w, r)
}

type apiDecision struct {
	ID      string `json:"id"`
	Kind    string `json:"decision"`
	What    string `json:"what"` // in words
	By      string `json:"by,omitempty"`
	At      string `json:"at,omitempty"`
	Note    string `json:"note,omitempty"`
	Holds   bool   `json:"holds"`
	Members any    `json:"members,omitempty"`
	Others  any    `json:"others,omitempty"`
	Reports any    `json:"reports,omitempty"`
	To      any    `json:"to,omitempty"`
	Of      string `json:"of,omitempty"`
}

type apiDecisions struct {
	Items []apiDecision `json:"items"`
	Write bool          `json:"write"` // decisions are taken here
}

func (v *view) apiDecision(e *decide.Entry) apiDecision {
	row := v.decision(e, "")
	d := apiDecision{ID: e.ID, Kind: string(e.Kind), What: row.What, By: e.By, At: row.At.ISO, Note: e.Note, Holds: e.Holds, Of: e.Of}
	if len(e.Members) > 0 {
		d.Members = e.Members
	}
	if len(e.Others) > 0 {
		d.Others = e.Others
	}
	if len(e.Reports) > 0 {
		d.Reports = e.Reports
	}
	if e.To != nil {
		d.To = e.To
	}
	return d
}

func (s *Server) apiDecisions(ctx context.Context, v *view, r *http.Request) (any, error) {
	out := apiDecisions{Items: []apiDecision{}, Write: s.opt.Desk != nil}
	if s.opt.Desk == nil {
		return out, nil
	}
	log, err := s.opt.Desk.Log(ctx)
	if err != nil {
		return nil, err
	}
	for i := range log {
		out.Items = append(out.Items, v.apiDecision(&log[i]))
	}
	return out, nil
}

// takenKey is under which a request carries the decisions that it took.
type takenKey struct{}

// apiDecide is POST /decisions, after the decision was taken.
func (s *Server) apiDecide(_ context.Context, v *view, r *http.Request) (any, error) {
	out := apiDecisions{Items: []apiDecision{}, Write: true}
	taken, _ := r.Context().Value(takenKey{}).([]decide.Decision)
	for _, d := range taken {
		out.Items = append(out.Items, v.apiDecision(&decide.Entry{Decision: d, Holds: d.Kind != decide.Undo}))
	}
	return out, nil
}
