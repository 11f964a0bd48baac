package explore

import (
	"context"
	"net/http"

	"github.com/cayleygraph/quad"

	"github.com/sila-graph/sila/graph/console/explore/index"
	"github.com/sila-graph/sila/graph/query"
	"github.com/sila-graph/sila/graph/vocab"
)

type factData struct {
	factRow
	Meaning  string
	Lines    []reportLine
	Said     string // counts of reports, outlets, wordings
	Against  bool   // some say so and some deny it
	Sources  []sourceCount
	Incident []factRow // others of the same happening
	Quote    string    // citation
	Shown    int
	Agent    string // what the roles are called
	Patient  string
	Write    bool // decisions may be taken
	Types    []optgroup
	Statuses []choice
}

// reportLine is one report beside the others.
type reportLine struct {
	Article  articleRow
	URL      string // of the sentence
	Evidence string
	Copy     bool // the article, or just these words, copy an earlier one
	Source   *ref
	Kind     string
	Status   tag
	Count    string
	Time     string
	Sure     int
	Trigger  string
	Rule     string
	N        int
}

type sourceCount struct {
	Name string
	Ref  *ref
	N    int // articles, copies once
}

// mostReports is how many reports a page shows.
const mostReports = 200

func (s *Server) fact(ctx context.Context, v *view, r *http.Request) (*content, error) {
	id, err := v.factArg(r)
	if err != nil {
		return nil, err
	}
	f := &v.Facts[id]
	reports, err := v.Reports(ctx, v.qs, id, mostReports)
	if err != nil {
		return nil, err
	}
	d := factData{factRow: v.fact(id), Agent: v.T("role.agent"), Patient: v.T("role.patient")}
	if n := (f.Type.Agent); n.Ar != "" {
		d.Agent = v.Pick2(n.En, n.Ar)
	}
	if n := (f.Type.Patient); n.Ar != "" {
		d.Patient = v.Pick2(n.En, n.Ar)
	}
	seen, texts := map[string]bool{}, map[int32]bool{}
	outlets := map[uint16]bool{}
	quoted := map[int32]int{}
	var order []int32
	yes, no := 0, 0
	for _, rep := range reports {
		line := v.report(rep)
		key := query.Fold(rep.Evidence)
		if rep.Article != index.None {
			if t := v.Articles[rep.Article].Text; t != index.None {
				line.Copy = texts[t]
				texts[t] = true
			}
		}
		line.Copy = line.Copy || key != "" && seen[key]
		seen[key] = true
		if rep.Status == index.Negated {
			no++
		} else if rep.Status == index.Actual {
			yes++
		}
		if rep.Article != index.None {
			outlets[v.Articles[rep.Article].Outlet] = true
		}
		if rep.Source != index.None && !line.Copy {
			if quoted[rep.Source] == 0 {
				order = append(order, rep.Source)
			}
			quoted[rep.Source]++
		}
		d.Lines = append(d.Lines, line)
	}
	d.Shown = len(reports)
	d.Against = yes > 0 && no > 0
	d.Said = v.N("reports", int(f.NReports)) + v.T("comma") + v.N("wordings", len(seen)) + v.T("comma") + v.N("outlets", len(outlets))
	for _, id := range order {
		r := v.ref(id)
		d.Sources = append(d.Sources, sourceCount{r.Text, &r, quoted[id]})
	}
	if d.Incident, err = v.incident(ctx, id); err != nil {
		return nil, err
	}
	if len(reports) > 0 {
		d.Quote, err = s.citation(ctx, v, r, id, reports[best(reports)])
		if err != nil {
			return nil, err
		}
	}
	if s.opt.Desk != nil {
		d.Write = true
		none := index.NewFilter()
		form := v.form("", nil, &none)
		d.Types = form.Types
		for _, c := range form.Statuses {
			if c.Code != index.Disputed.String() { // that is what several reports come to
				d.Statuses = append(d.Statuses, c)
			}
		}
	}
	return &content{template: "fact", title: v.headline(id), data: d}, nil
}

// best is the report to cite: the surest, the earliest of equals.
func best(reports []index.Report) int {
	b := 0
	for i, r := range reports {
		if r.Confidence > reports[b].Confidence {
			b = i
		}
	}
	return b
}

// Pick2 is Pick for two plain texts.
func (l *lang) Pick2(en, ar string) string {
	if l.Code == "en" && en != "" {
		return en
	}
	return ar
}

// headline says a fact in plain words, for titles and feeds.
func (v *view) headline(id int32) string {
	f := &v.Facts[id]
	list := func(ids []int32) string {
		s := ""
		for i, id := range ids {
			if i == 3 {
				return s + v.T("comma") + "…"
			}
			if i > 0 {
				s += v.T("comma")
			}
			s += isolate(v.ref(id).Text)
		}
		return s
	}
	agents, patients := list(f.Agents), list(f.Patients)
	var s string
	switch {
	case agents != "" && patients != "":
		s = agents + " " + v.Pick(f.Type.Forward) + " " + patients
	default:
		s = v.Pick(f.Type.Label) + v.T("colon") + agents + patients
		if agents+patients == "" {
			s = v.Pick(f.Type.Label)
		}
	}
	if len(f.Places) > 0 {
		s += " " + v.T("in") + " " + list(f.Places)
	}
	return s
}

func (v *view) factArg(r *http.Request) (int32, error) {
	name := nodeArg(r)
	id, ok := v.FindFact("fact/" + quad.IRI(name))
	if !ok {
		if id, ok = v.FindFact(iri(name)); !ok {
			return 0, &notFound{"fact", name}
		}
	}
	return id, nil
}

func (v *view) report(rep index.Report) reportLine {
	line := reportLine{Evidence: rep.Evidence, Kind: v.T("kind-of-source." + rep.SourceKind), Status: tag{rep.Status.String(), v.T("status." + rep.Status.String())},
		Count: v.count(rep.Low, rep.High), Time: v.Date(index.ParseDay(rep.Time)), Sure: int(rep.Confidence), Trigger: rep.Trigger, Rule: rep.Rule, N: rep.N}
	if rep.Article != index.None {
		line.Article = v.article(rep.Article)
		line.URL = articleURL(v.Articles[rep.Article].IRI, rep.N)
	}
	if rep.Source != index.None {
		s := v.ref(rep.Source)
		line.Source = &s
	}
	return line
}

// incident lists the other facts of the same happening.
func (v *view) incident(ctx context.Context, id int32) ([]factRow, error) {
	iri := v.Facts[id].IRI
	ref := v.qs.ValueOf(iri)
	if ref == nil {
		return nil, nil
	}
	objects, err := v.Objects(ctx, v.qs, iri, vocab.InCase)
	if err != nil {
		return nil, err
	}
	var out []factRow
	for _, inc := range objects {
		facts, err := v.Subjects(ctx, v.qs, vocab.InCase, inc)
		if err != nil {
			return nil, err
		}
		for _, f := range facts {
			if other, ok := v.FindFact(f); ok && other != id && len(out) < 30 {
				out = append(out, v.fact(other))
			}
		}
	}
	return out, nil
}

// sentence leads to the words behind a fact: its surest report.
func (s *Server) sentence(ctx context.Context, v *view, r *http.Request) (*content, error) {
	id, err := v.factArg(r)
	if err != nil {
		return nil, err
	}
	reports, err := v.Reports(ctx, v.qs, id, 20)
	if err != nil {
		return nil, err
	}
	if len(reports) == 0 || reports[best(reports)].Article == index.None {
		return &content{redirect: factURL(v.Facts[id].IRI)}, nil
	}
	rep := reports[best(reports)]
	return &content{redirect: articleURL(v.Articles[rep.Article].IRI, rep.N)}, nil
}
