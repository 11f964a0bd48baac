package query

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/quad"

	"github.com/sila-graph/sila/extract/doc"
	"github.com/sila-graph/sila/graph/resolve/decide"
	"github.com/sila-graph/sila/graph/vocab"
)

// Proposal asks whether two nodes are one actor.
type Proposal struct {
	A     Side   `json:"a"` // the one with more facts
	B     Side   `json:"b"`
	Why   string `json:"why"`   // it is asked: "name", "short name", "spelling"
	Facts int    `json:"facts"` // that the answer moves: those of B
}

// Side is one of the two.
type Side struct {
	Value
	Type     string          `json:"type"`
	Facts    int             `json:"facts"`
	Articles int             `json:"articles"`
	Latest   []Event         `json:"latest,omitempty"`
	Members  []decide.Member `json:"members"` // one of each name, for the decision

	ref graph.Ref
}

// Same, Different and Unsure are the answers to a proposal.
func (p *Proposal) Same() decide.Decision {
	return decide.Decision{Kind: decide.Same, Members: slices.Concat(p.A.Members, p.B.Members)}
}

// Different says that the two are not one.
func (p *Proposal) Different() decide.Decision {
	return decide.Decision{Kind: decide.Different, Members: p.A.Members, Others: p.B.Members}
}

// Unsure says that nobody should be asked again.
func (p *Proposal) Unsure() decide.Decision {
	return decide.Decision{Kind: decide.Unsure, Members: p.A.Members, Others: p.B.Members}
}

// maxBlock is how many nodes may share what makes a proposal: of two that share
// it one may ask, of twenty Mohammeds not.
const maxBlock = 6

// Proposals lists pairs of nodes that may be one actor and on which people
// haven't decided, those that affect most facts first; at most limit.
func (e *Engine) Proposals(ctx context.Context, set *decide.Set, limit int) ([]Proposal, error) {
	pairs, err := e.alike(ctx)
	if err != nil {
		return nil, err
	}
	facts := map[quad.IRI]int{}
	count := func(iri quad.IRI) (int, error) {
		n, ok := facts[iri]
		if !ok {
			refs, err := e.factsOf(ctx, e.qs.ValueOf(iri), vocab.Agent, vocab.Patient)
			if err != nil {
				return 0, err
			}
			n = len(refs)
			facts[iri] = n
		}
		return n, nil
	}
	type weighed struct {
		pair
		a, b int
	}
	var all []weighed
	for _, p := range pairs {
		a, err := count(p.a)
		if err != nil {
			return nil, err
		}
		b, err := count(p.b)
		if err != nil {
			return nil, err
		}
		if a < b || a == b && p.b < p.a {
			p.a, p.b, a, b = p.b, p.a, b, a
		}
		all = append(all, weighed{p, a, b})
	}
	slices.SortFunc(all, func(x, y weighed) int {
		return cmp.Or(y.b-x.b, y.a-x.a, strings.Compare(string(x.pair.a), string(y.pair.a)), strings.Compare(string(x.pair.b), string(y.pair.b)))
	})
	var out []Proposal
	for _, w := range all {
		if len(out) == limit {
			break
		}
		p := Proposal{Why: w.why, Facts: w.b}
		decided := false
		for _, s := range []struct {
			iri quad.IRI
			to  *Side
		}{{w.pair.a, &p.A}, {w.pair.b, &p.B}} {
			if *s.to, err = e.side(ctx, s.iri, facts[s.iri]); err != nil {
				return nil, err
			}
		}
		for _, m := range p.A.Members {
			for _, n := range p.B.Members {
				decided = decided || set.Apart(m, n) || set.One(m, n) || set.Asked(m, n)
			}
		}
		if !decided && len(p.A.Members) > 0 && len(p.B.Members) > 0 {
			if p.A.Latest, err = e.recent(ctx, p.A.ref, 3); err != nil {
				return nil, err
			}
			if p.B.Latest, err = e.recent(ctx, p.B.ref, 3); err != nil {
				return nil, err
			}
			out = append(out, p)
		}
	}
	return out, nil
}

func (e *Engine) side(ctx context.Context, iri quad.IRI, facts int) (Side, error) {
	s := Side{ref: e.qs.ValueOf(iri), Facts: facts}
	var err error
	if s.Value, err = e.node(ctx, s.ref); err != nil {
		return s, err
	}
	typ, err := e.typeOf(ctx, iri)
	if err != nil {
		return s, err
	}
	s.Type = string(typ)
	articles, err := e.subjects(ctx, vocab.Mentions, s.ref)
	if err != nil {
		return s, err
	}
	s.Articles = len(articles)
	s.Members, err = e.Members(ctx, iri, true)
	return s, err
}

// recent reads the latest facts of a node, those that happened before those that last.
func (e *Engine) recent(ctx context.Context, n graph.Ref, most int) ([]Event, error) {
	refs, err := e.factsOf(ctx, n, vocab.Agent, vocab.Patient)
	if err != nil {
		return nil, err
	}
	types := map[key]*doc.Type{}
	for i := range doc.Types().List {
		t := &doc.Types().List[i]
		if ref := e.qs.ValueOf(vocab.FactClass(t.Name)); ref != nil {
			types[ref.Key()] = t
		}
	}
	ds, err := e.dated(ctx, refs, types)
	if err != nil {
		return nil, err
	}
	slices.SortStableFunc(ds, func(a, b datedFact) int {
		return cmp.Or(later(a.when() == "", b.when() == ""), strings.Compare(b.when(), a.when()))
	})
	return e.events(ctx, ds[:min(len(ds), most)])
}

// pair is two nodes that may be one.
type pair struct {
	a, b quad.IRI
	why  string
}

// alike finds pairs of nodes of one type that share a name, that a short and a
// full name of a person may be, or whose names sound alike.
func (e *Engine) alike(ctx context.Context) ([]pair, error) {
	n, err := e.loadNames(ctx)
	if err != nil {
		return nil, err
	}
	blocks := map[[2]string][]quad.IRI{} // reason and what is shared → nodes
	for _, k := range n.keys {
		words := strings.Fields(k)
		for _, iri := range n.byKey[k] {
			kind, _, _ := strings.Cut(string(iri), "/")
			put := func(why, what string) {
				b := [2]string{why, kind + " " + what}
				if list := blocks[b]; len(list) <= maxBlock && !slices.Contains(list, iri) {
					blocks[b] = append(list, iri)
				}
			}
			put("name", k)
			if isLatin(k) {
				continue
			}
			last := words[len(words)-1]
			if rest, ok := strings.CutPrefix(last, "ال"); ok {
				last = rest
			}
			if kind == "person" && len([]rune(last)) > 2 {
				put("short name", last)
			}
			if len(words) > 1 {
				put("spelling", skeleton(sounds(k)))
			}
		}
	}
	seen := map[[2]quad.IRI]string{}
	for b, list := range blocks {
		if len(list) > maxBlock {
			continue
		}
		for i, x := range list {
			for _, y := range list[i+1:] {
				k := [2]quad.IRI{min(x, y), max(x, y)}
				if b[0] == "short name" && !n.shortOf(x, y) || b[0] == "spelling" && !n.spelledAlike(x, y) {
					continue
				}
				if was := seen[k]; was == "" || b[0] < was {
					seen[k] = b[0]
				}
			}
		}
	}
	out := make([]pair, 0, len(seen))
	for k, why := range seen {
		out = append(out, pair{k[0], k[1], why})
	}
	return out, nil
}

// own is a node's name as its IRI has it.
func own(iri quad.IRI) []string {
	_, name, _ := strings.Cut(string(iri), "/")
	name, _, _ = strings.Cut(name, "~")
	return strings.Fields(Fold(strings.ReplaceAll(name, "_", " ")))
}

// shortOf says whether one of two names is the last word of the other alone.
func (n *names) shortOf(x, y quad.IRI) bool {
	a, b := own(x), own(y)
	if len(a) > len(b) {
		a, b = b, a
	}
	return len(a) == 1 && len(b) > 1 && strings.TrimPrefix(a[0], "ال") == strings.TrimPrefix(b[len(b)-1], "ال")
}

// spelledAlike says whether two names of several words differ in a vowel or two.
func (n *names) spelledAlike(x, y quad.IRI) bool {
	a, b := own(x), own(y)
	if len(a) != len(b) || len(a) < 2 {
		return false
	}
	d := 0
	for i := range a {
		w := unlike([]rune(strings.Join(sounds(a[i]), "")), []rune(strings.Join(sounds(b[i]), "")))
		if w > 1 {
			return false
		}
		d += w
	}
	return d <= 2
}

// Doubt is a fact that one may want to look at.
type Doubt struct {
	Event
	Confidence float64         `json:"confidence"` // of its surest report
	Facts      int             `json:"facts"`      // of those in its roles: whom it matters to
	Judged     []decide.Report `json:"judged"`     // its reports, for the decision
}

// doubtful is the confidence below which a fact is doubtful.
const doubtful = 0.5

// Doubts lists facts that no report is sure of and nobody has judged, those of
// the most prominent actors first; at most limit.
func (e *Engine) Doubts(ctx context.Context, set *decide.Set, limit int) ([]Doubt, error) {
	low := map[key]graph.Ref{}
	sure := map[key]float64{}
	err := e.scan(ctx, func(q graph.Ref) error {
		v, _ := value(e.qs.NameOf(e.qs.QuadDirection(q, quad.Object)))
		if c, ok := number(v.Plain); ok && c < doubtful {
			r := e.qs.QuadDirection(q, quad.Subject)
			low[r.Key()], sure[r.Key()] = r, c
		}
		return nil
	}, part{quad.Predicate, e.predicates().of[vocab.Confidence]})
	if err != nil {
		return nil, err
	}
	types, err := e.factTypes(nil)
	if err != nil {
		return nil, err
	}
	var refs []graph.Ref
	for _, r := range low {
		fs, err := e.subjects(ctx, vocab.ReportOf, r)
		if err != nil {
			return nil, err
		}
		refs = append(refs, fs...)
	}
	facts := map[key]int{}
	type weighed struct {
		datedFact
		conf float64
		n    int
	}
	ds, err := e.dated(ctx, unique(refs), types)
	if err != nil {
		return nil, err
	}
	var all []weighed
next:
	for _, d := range ds {
		w := weighed{datedFact: d}
		var roles []graph.Ref
		var reports []key
		if err := e.about(ctx, d.ref, func(p quad.IRI, o graph.Ref) {
			switch p {
			case vocab.Agent, vocab.Patient:
				roles = append(roles, o)
			case vocab.ReportOf:
				reports = append(reports, o.Key())
			}
		}); err != nil {
			return nil, err
		}
		for _, r := range reports {
			if low[r] == nil {
				continue next
			}
			w.conf = max(w.conf, sure[r])
		}
		for _, o := range roles {
			if _, ok := facts[o.Key()]; !ok {
				fs, err := e.factsOf(ctx, o, vocab.Agent, vocab.Patient)
				if err != nil {
					return nil, err
				}
				facts[o.Key()] = len(fs)
			}
			w.n += facts[o.Key()]
		}
		all = append(all, w)
	}
	slices.SortFunc(all, func(a, b weighed) int {
		return cmp.Or(b.n-a.n, cmp.Compare(a.conf, b.conf), strings.Compare(string(a.iri), string(b.iri)))
	})
	var out []Doubt
	for _, w := range all {
		if len(out) == limit {
			break
		}
		reports, err := e.FactReports(ctx, w.iri)
		if err != nil {
			return nil, err
		}
		if slices.ContainsFunc(reports, func(r decide.Report) bool { return set.Verdict(r) != nil }) {
			continue
		}
		ev, err := e.events(ctx, []datedFact{w.datedFact})
		if err != nil {
			return nil, err
		}
		out = append(out, Doubt{Event: ev[0], Confidence: w.conf, Facts: w.n, Judged: reports})
	}
	return out, nil
}
