package query

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/quad"

	"github.com/sila-graph/sila/extract/doc"
	"github.com/sila-graph/sila/graph/vocab"
	"github.com/sila-graph/sila/queries"
)

// TimelineOptions narrow a timeline. The zero value is fine.
type TimelineOptions struct {
	Since, Until string   // dates: YYYY-MM-DD, YYYY-MM or YYYY; both inclusive
	Types        []string // of facts; none: all that happen, none that lasts
	Limit        int      // the latest so many; 50 if 0, all if negative
}

// Timeline is what happened with somebody or somewhere, in order.
type Timeline struct {
	Of   Value   `json:"of"`
	Rows []Event `json:"rows"`
	More int     `json:"more,omitempty"` // earlier ones that the limit cut off
}

// Event is a fact with the report that says it best.
type Event struct {
	When   string  `json:"when"`            // of the fact, else of its first report
	About  bool    `json:"about,omitempty"` // the time isn't told: it is when it was first reported
	Fact   *Fact   `json:"fact"`
	Report *Report `json:"report,omitempty"`
}

// Timeline lists the facts in which the one that name stands for takes part, or
// that happened there, the earliest first; those without any date come last.
func (e *Engine) Timeline(ctx context.Context, name string, opt TimelineOptions) (*Timeline, error) {
	if opt.Limit == 0 {
		opt.Limit = 50
	}
	for _, d := range []string{opt.Since, opt.Until} {
		if d != "" && !datePattern.MatchString(d) {
			return nil, fmt.Errorf("%q is no date; write 2016, 2016-07 or 2016-07-21", d)
		}
	}
	types, err := e.factTypes(opt.Types)
	if err != nil {
		return nil, err
	}
	me, of, err := e.resolveNode(ctx, queries.Actor, name)
	if err != nil {
		return nil, err
	}
	refs, err := e.factsOf(ctx, me, vocab.Agent, vocab.Patient, vocab.Place)
	if err != nil {
		return nil, err
	}
	dated, err := e.dated(ctx, refs, types)
	if err != nil {
		return nil, err
	}
	dated = slices.DeleteFunc(dated, func(d datedFact) bool {
		w := d.when()
		return opt.Since != "" && w < opt.Since || opt.Until != "" && w > opt.Until+"~" || w == "" && opt.Since+opt.Until != ""
	})
	res := &Timeline{Of: of}
	if opt.Limit > 0 && len(dated) > opt.Limit {
		res.More = len(dated) - opt.Limit
		dated = dated[res.More:]
	}
	res.Rows, err = e.events(ctx, dated)
	return res, err
}

// resolveNode finds the node that a name stands for.
func (e *Engine) resolveNode(ctx context.Context, kind queries.Kind, name string) (graph.Ref, Value, error) {
	s, err := e.Resolve(ctx, kind, name)
	if err != nil {
		return nil, Value{}, err
	}
	ref := e.qs.ValueOf(quad.IRI(strings.Trim(s, "<>")))
	v, err := e.node(ctx, ref)
	return ref, v, err
}

// factTypes reads names of types of facts as classes; none gives those that happen.
func (e *Engine) factTypes(names []string) (map[key]*doc.Type, error) {
	out := map[key]*doc.Type{}
	for _, n := range names {
		iri, err := e.resolveType(n)
		if err != nil {
			return nil, err
		}
		t, _ := doc.Types().ByName(strings.TrimSuffix(strings.TrimPrefix(iri, "<sila:"), ">"))
		if ref := e.qs.ValueOf(vocab.FactClass(t.Name)); ref != nil {
			out[ref.Key()] = t
		}
	}
	for i := range doc.Types().List {
		t := &doc.Types().List[i]
		if ref := e.qs.ValueOf(vocab.FactClass(t.Name)); ref != nil && len(names) == 0 && !t.State {
			out[ref.Key()] = t
		}
	}
	return out, nil
}

// factsOf lists the facts in which a node has one of the roles, each once.
func (e *Engine) factsOf(ctx context.Context, n graph.Ref, roles ...quad.IRI) ([]graph.Ref, error) {
	var out []graph.Ref
	seen := map[key]bool{}
	for _, role := range roles {
		refs, err := e.subjects(ctx, role, n)
		if err != nil {
			return nil, err
		}
		for _, r := range refs {
			if !seen[r.Key()] {
				seen[r.Key()] = true
				out = append(out, r)
			}
		}
	}
	return out, nil
}

// datedFact is a fact with what puts it in order.
type datedFact struct {
	ref            graph.Ref
	iri            quad.IRI
	typ            *doc.Type
	time, reported string
}

func (d datedFact) when() string { return cmp.Or(d.time, d.reported) }

// dated reads the dates of those facts that have one of the types, and puts
// them in order: by date, without date last, then by IRI.
func (e *Engine) dated(ctx context.Context, refs []graph.Ref, types map[key]*doc.Type) ([]datedFact, error) {
	out := make([]datedFact, 0, len(refs))
	for _, r := range refs {
		d := datedFact{ref: r}
		err := e.about(ctx, r, func(p quad.IRI, o graph.Ref) {
			switch p {
			case vocab.Type:
				d.typ = types[o.Key()]
			case vocab.Time:
				d.time = e.text(o)
			case vocab.Reported:
				d.reported = e.text(o)
			}
		})
		if err != nil {
			return nil, err
		}
		if d.typ != nil {
			d.iri = e.iriOf(r)
			out = append(out, d)
		}
	}
	slices.SortFunc(out, func(a, b datedFact) int {
		x, y := a.when(), b.when()
		return cmp.Or(later(x == "", y == ""), strings.Compare(x, y), strings.Compare(string(a.iri), string(b.iri)))
	})
	return out, nil
}

func (e *Engine) events(ctx context.Context, ds []datedFact) ([]Event, error) {
	out := make([]Event, len(ds))
	for i, d := range ds {
		f, err := e.fact(ctx, d.ref)
		if err != nil {
			return nil, err
		}
		r, err := e.best(ctx, f)
		if err != nil {
			return nil, err
		}
		out[i] = Event{When: d.when(), About: d.time == "" && d.reported != "", Fact: f, Report: r}
	}
	return out, nil
}
