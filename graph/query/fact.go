package query

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/quad"

	"github.com/sila-graph/sila/extract/doc"
	"github.com/sila-graph/sila/graph/vocab"
	"github.com/sila-graph/sila/queries"
)

// Fact is what the graph knows of one fact.
type Fact struct {
	IRI      quad.IRI `json:"iri"`
	Type     Value    `json:"type"`
	Edge     Value    `json:"edge"` // how it reads from agent to patient
	Subtype  string   `json:"subtype,omitempty"`
	Title    string   `json:"title,omitempty"` // of an office
	Agents   Cell     `json:"agents,omitempty"`
	Patients Cell     `json:"patients,omitempty"`
	Places   Cell     `json:"places,omitempty"`
	Time     string   `json:"time,omitempty"`     // as told: YYYY-MM-DD, YYYY-MM or YYYY
	Reported string   `json:"reported,omitempty"` // date of the first article that tells it
	Status   Value    `json:"status"`
	Ended    bool     `json:"ended,omitempty"`
	OneSided bool     `json:"one_sided,omitempty"` // known from the doer's own side alone
	Incident quad.IRI `json:"incident,omitempty"`
	Reports  int      `json:"reports"` // how many there are

	reports []graph.Ref
	state   bool
}

// Text says a fact in a line, in lang ("ar" or "en"): who did what to whom, and where.
func (f *Fact) Text(lang string) string {
	all := func(c Cell) string {
		parts := make([]string, len(c))
		for i, v := range c {
			parts[i] = v.Text(lang)
		}
		return strings.Join(parts, word(lang, "، ", ", "))
	}
	agents, patients := all(f.Agents), all(f.Patients)
	var s string
	switch {
	case f.Title != "" && patients != "": // an office
		s = agents + " — " + f.Title + " — " + patients
	case f.Title != "":
		s = agents + " — " + f.Title
	case agents == "" && patients == "":
		s = f.Type.Text(lang)
	case agents == "":
		s = f.Type.Text(lang) + ": " + patients
	case patients == "" && len(f.Agents) > 1: // the parties of a meeting
		s = f.Type.Text(lang) + ": " + agents
	case patients == "":
		s = agents + " " + f.Edge.Text(lang)
	default:
		s = agents + " " + f.Edge.Text(lang) + " " + patients
	}
	if places := all(f.Places); places != "" {
		s += word(lang, " في ", " in ") + places
	}
	return s
}

// When is the day, month or year by which a fact is put in order: of the event, else of its first report.
func (f *Fact) When() string { return cmp.Or(f.Time, f.Reported) }

func word(lang, ar, en string) string {
	if lang == "en" {
		return en
	}
	return ar
}

// Report is a fact as one article tells it.
type Report struct {
	IRI        quad.IRI `json:"iri"`
	Article    quad.IRI `json:"article"`
	Headline   string   `json:"headline,omitempty"`
	Date       string   `json:"date,omitempty"` // of the article
	Outlet     string   `json:"outlet,omitempty"`
	URL        string   `json:"url,omitempty"`
	Text       quad.IRI `json:"text,omitempty"`  // what the article is a copy of, as others are
	Source     Value    `json:"source,omitzero"` // who is quoted for it
	SourceKind string   `json:"source_kind,omitempty"`
	Status     Value    `json:"status"`
	Ended      bool     `json:"ended,omitempty"`
	Time       string   `json:"time,omitempty"`
	Low        *int64   `json:"low,omitempty"`  // a number told, at least
	High       *int64   `json:"high,omitempty"` // at most
	Evidence   string   `json:"evidence,omitempty"`
	Sentence   int64    `json:"sentence"`        // its index, 0 the title
	Start      int64    `json:"start,omitempty"` // of the evidence in title + "\n" + text, code points
	End        int64    `json:"end,omitempty"`
	Trigger    string   `json:"trigger,omitempty"`
	Wording    string   `json:"wording,omitempty"`
	Rule       string   `json:"rule,omitempty"`
	Confidence float64  `json:"confidence,omitempty"` // 0 to 1
}

// Fact returns a fact with all its reports, the earliest article first.
// fact is its IRI, with or without angle brackets and "fact/".
func (e *Engine) Fact(ctx context.Context, fact string) (*Fact, []Report, error) {
	s, err := e.Resolve(ctx, queries.Fact, fact)
	if err != nil {
		return nil, nil, err
	}
	f, err := e.fact(ctx, e.qs.ValueOf(quad.IRI(strings.Trim(s, "<>"))))
	if err != nil {
		return nil, nil, err
	}
	rs, err := e.reports(ctx, f)
	return f, rs, err
}

// fact reads one fact.
func (e *Engine) fact(ctx context.Context, ref graph.Ref) (*Fact, error) {
	f := &Fact{IRI: e.iriOf(ref)}
	err := e.about(ctx, ref, func(p quad.IRI, o graph.Ref) {
		node := func() Value { return Value{IRI: e.iriOf(o)} }
		switch p {
		case vocab.Type:
			f.Type = node()
		case vocab.Subtype:
			f.Subtype = e.text(o)
		case vocab.Title:
			f.Title = e.text(o)
		case vocab.Agent:
			f.Agents = append(f.Agents, node())
		case vocab.Patient:
			f.Patients = append(f.Patients, node())
		case vocab.Place:
			f.Places = append(f.Places, node())
		case vocab.Time:
			f.Time = e.text(o)
		case vocab.Reported:
			f.Reported = e.text(o)
		case vocab.Status:
			f.Status = node()
		case vocab.Ended:
			f.Ended = true
		case vocab.KnownFrom:
			f.OneSided = true
		case vocab.InCase:
			f.Incident = e.iriOf(o)
		case vocab.ReportOf:
			f.reports = append(f.reports, o)
		}
	})
	if err != nil {
		return nil, err
	}
	f.Reports = len(f.reports)
	if t, ok := doc.Types().ByName(strings.TrimPrefix(string(f.Type.IRI), "sila:")); ok {
		f.Edge.IRI = quad.IRI(t.Edge)
		f.state = t.State
	}
	head := Cell{f.Type, f.Status, f.Edge}
	for _, c := range []Cell{head, f.Agents, f.Patients, f.Places} {
		if err := e.label(ctx, c); err != nil {
			return nil, err
		}
	}
	f.Type, f.Status, f.Edge = head[0], head[1], head[2]
	for _, c := range []Cell{f.Agents, f.Patients, f.Places} {
		slices.SortFunc(c, compareValues)
	}
	return f, nil
}

// reports reads the reports of a fact, the earliest article first.
func (e *Engine) reports(ctx context.Context, f *Fact) ([]Report, error) {
	out := make([]Report, 0, len(f.reports))
	for _, ref := range f.reports {
		r, err := e.report(ctx, ref)
		if err != nil {
			return nil, err
		}
		out = append(out, r)
	}
	slices.SortFunc(out, func(a, b Report) int {
		return cmp.Or(strings.Compare(a.Date, b.Date), strings.Compare(string(a.Article), string(b.Article)), cmp.Compare(a.Start, b.Start), strings.Compare(string(a.IRI), string(b.IRI)))
	})
	return out, nil
}

func (e *Engine) report(ctx context.Context, ref graph.Ref) (Report, error) {
	r := Report{IRI: e.iriOf(ref)}
	var article graph.Ref
	whole := func(o graph.Ref) int64 {
		v, _ := value(e.qs.NameOf(o))
		n, _ := v.Plain.(int64)
		return n
	}
	err := e.about(ctx, ref, func(p quad.IRI, o graph.Ref) {
		switch p {
		case vocab.InArticle:
			article, r.Article = o, e.iriOf(o)
		case vocab.Source:
			r.Source.IRI = e.iriOf(o)
		case vocab.SourceKind:
			r.SourceKind = e.text(o)
		case vocab.Status:
			r.Status.IRI = e.iriOf(o)
		case vocab.Ended:
			r.Ended = true
		case vocab.Time:
			r.Time = e.text(o)
		case vocab.Low:
			n := whole(o)
			r.Low = &n
		case vocab.High:
			n := whole(o)
			r.High = &n
		case vocab.Evidence:
			r.Evidence = e.text(o)
		case vocab.Sentence:
			r.Sentence = whole(o)
		case vocab.Start:
			r.Start = whole(o)
		case vocab.End:
			r.End = whole(o)
		case vocab.Trigger:
			r.Trigger = e.text(o)
		case vocab.Wording:
			r.Wording = e.text(o)
		case vocab.Rule:
			r.Rule = e.text(o)
		case vocab.Confidence:
			v, _ := value(e.qs.NameOf(o))
			r.Confidence, _ = number(v.Plain)
		}
	})
	if err != nil || article == nil {
		return r, err
	}
	err = e.about(ctx, article, func(p quad.IRI, o graph.Ref) {
		switch p {
		case vocab.Headline:
			r.Headline = e.text(o)
		case vocab.Date:
			r.Date = e.text(o)
		case vocab.Outlet:
			r.Outlet = e.text(o)
		case vocab.URL:
			r.URL = e.text(o)
		case vocab.CopyOf:
			r.Text = e.iriOf(o)
		}
	})
	if err != nil {
		return r, err
	}
	nodes := Cell{r.Source, r.Status}
	err = e.label(ctx, nodes)
	r.Source, r.Status = nodes[0], nodes[1]
	return r, err
}

// best returns the report to quote for a fact: the surest, of equals the earliest.
func (e *Engine) best(ctx context.Context, f *Fact) (*Report, error) {
	refs := f.reports
	const enough = 12 // of a fact that thousands tell, some will do
	if len(refs) > enough {
		names := map[key]string{}
		for _, r := range refs {
			names[r.Key()] = string(e.iriOf(r))
		}
		refs = slices.Clone(refs)
		slices.SortFunc(refs, func(a, b graph.Ref) int { return strings.Compare(names[a.Key()], names[b.Key()]) })
		refs = refs[:enough]
	}
	rs, err := e.reports(ctx, &Fact{reports: refs})
	if err != nil || len(rs) == 0 {
		return nil, err
	}
	best := &rs[0]
	for i := range rs {
		if r := &rs[i]; r.Status.IRI == f.Status.IRI && best.Status.IRI != f.Status.IRI || r.Status.IRI == best.Status.IRI && r.Confidence > best.Confidence {
			best = r
		}
	}
	return best, nil
}
