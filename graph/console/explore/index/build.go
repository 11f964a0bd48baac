package index

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/quad"

	"github.com/sila-graph/sila/extract/doc"
	"github.com/sila-graph/sila/graph/vocab"
)

// most is how many actors and places are kept ready in order of their facts.
const most = 200

// builder reads a graph predicate by predicate.
type builder struct {
	ctx      context.Context
	qs       graph.QuadStore
	x        *Index
	entity   map[any]int32 // by the key of the store's reference
	fact     map[any]int32
	article  map[any]int32
	report   map[any]int32
	reported []pair // fact, report
}

// Build reads a graph into an index. It takes some 2 µs a quad.
func Build(ctx context.Context, qs graph.QuadStore) (*Index, error) {
	b := &builder{ctx: ctx, qs: qs, x: &Index{Outlets: []string{""}, Topics: []string{""}},
		entity: map[any]int32{}, fact: map[any]int32{}, article: map[any]int32{}, report: map[any]int32{}}
	for _, step := range []func() error{b.nodes, b.entities, b.facts, b.articles, b.reports, b.finish} {
		if err := step(); err != nil {
			return nil, fmt.Errorf("indexing the graph: %w", err)
		}
	}
	return b.x, nil
}

// each calls fn with subject and object of every quad of a predicate.
func (b *builder) each(p quad.IRI, fn func(s, o graph.Ref) error) error {
	ref := b.qs.ValueOf(p)
	if ref == nil {
		return nil
	}
	it := b.qs.QuadIterator(quad.Predicate, ref)
	defer it.Close()
	for n := 1; it.Next(b.ctx); n++ {
		if n%4096 == 0 && b.ctx.Err() != nil {
			return b.ctx.Err()
		}
		q := it.Result()
		if err := fn(b.qs.QuadDirection(q, quad.Subject), b.qs.QuadDirection(q, quad.Object)); err != nil {
			return err
		}
	}
	return it.Err()
}

// of is each with the subject's number in one of the maps; other subjects are left out.
func (b *builder) of(p quad.IRI, subjects map[any]int32, fn func(s int32, o graph.Ref)) error {
	return b.each(p, func(s, o graph.Ref) error {
		if i, ok := subjects[s.Key()]; ok {
			fn(i, o)
		}
		return nil
	})
}

// text is of for literals.
func (b *builder) text(p quad.IRI, subjects map[any]int32, fn func(s int32, v string)) error {
	return b.of(p, subjects, func(s int32, o graph.Ref) { fn(s, text(b.qs.NameOf(o))) })
}

func text(v quad.Value) string {
	switch v := v.(type) {
	case quad.String:
		return string(v)
	case quad.LangString:
		return string(v.Value)
	case quad.IRI:
		return string(v)
	case quad.TypedString:
		return string(v.Value)
	}
	return ""
}

func number(v quad.Value) (float64, bool) {
	switch v := v.(type) {
	case quad.Float:
		return float64(v), true
	case quad.Int:
		return float64(v), true
	}
	return 0, false
}

// nodes numbers entities, facts and articles.
func (b *builder) nodes() error {
	kinds := map[any]doc.EntityType{}
	types := map[any]*doc.Type{}
	for _, t := range doc.EntityTypes {
		if ref := b.qs.ValueOf(vocab.EntityClass(t)); ref != nil {
			kinds[ref.Key()] = t
		}
	}
	for i := range doc.Types().List {
		t := &doc.Types().List[i]
		if ref := b.qs.ValueOf(vocab.FactClass(t.Name)); ref != nil {
			types[ref.Key()] = t
		}
	}
	var articles any
	if ref := b.qs.ValueOf(vocab.Article); ref != nil {
		articles = ref.Key()
	}
	return b.each(vocab.Type, func(s, o graph.Ref) error {
		k := o.Key()
		switch {
		case articles != nil && k == articles:
			if _, again := b.article[s.Key()]; !again {
				iri, _ := b.qs.NameOf(s).(quad.IRI)
				b.article[s.Key()] = int32(len(b.x.Articles))
				b.x.Articles = append(b.x.Articles, Article{IRI: iri, Text: None})
			}
		case kinds[k] != "":
			if _, again := b.entity[s.Key()]; !again {
				iri, _ := b.qs.NameOf(s).(quad.IRI)
				b.entity[s.Key()] = int32(len(b.x.Entities))
				b.x.Entities = append(b.x.Entities, Entity{IRI: iri, Type: kinds[k], Country: None})
			}
		case types[k] != nil:
			if _, again := b.fact[s.Key()]; !again {
				iri, _ := b.qs.NameOf(s).(quad.IRI)
				b.fact[s.Key()] = int32(len(b.x.Facts))
				b.x.Facts = append(b.x.Facts, Fact{IRI: iri, Type: types[k], Low: -1, High: -1})
			}
		}
		return nil
	})
}

func (b *builder) entities() error {
	es := b.x.Entities
	if err := b.of(vocab.Label, b.entity, func(s int32, o graph.Ref) {
		if v, ok := b.qs.NameOf(o).(quad.LangString); ok && v.Lang == "en" {
			es[s].En = string(v.Value)
		} else {
			es[s].Ar = text(b.qs.NameOf(o))
		}
	}); err != nil {
		return err
	}
	for _, err := range []error{
		b.text(vocab.Alias, b.entity, func(s int32, v string) { es[s].Aliases = append(es[s].Aliases, v) }),
		b.text(vocab.Kind, b.entity, func(s int32, v string) { es[s].Kind = v }),
		b.text(vocab.ID, b.entity, func(s int32, v string) { es[s].Key = v }),
		b.of(vocab.Country, b.entity, func(s int32, o graph.Ref) {
			if c, ok := b.entity[o.Key()]; ok {
				es[s].Country = c
			}
		}),
		b.of(vocab.Lat, b.entity, func(s int32, o graph.Ref) { es[s].Lat, es[s].Located = number(b.qs.NameOf(o)) }),
		b.of(vocab.Long, b.entity, func(s int32, o graph.Ref) { es[s].Lon, _ = number(b.qs.NameOf(o)) }),
	} {
		if err != nil {
			return err
		}
	}
	return nil
}

func (b *builder) facts() error {
	fs := b.x.Facts
	role := func(p quad.IRI, to func(*Fact) *[]int32) error {
		return b.of(p, b.fact, func(s int32, o graph.Ref) {
			if e, ok := b.entity[o.Key()]; ok {
				list := to(&fs[s])
				*list = append(*list, e)
			}
		})
	}
	subtypes := map[string]string{}
	status := map[any]Status{}
	for i, name := range statusNames {
		if ref := b.qs.ValueOf(quad.IRI("sila:" + name)); ref != nil {
			status[ref.Key()] = Status(i)
		}
	}
	for _, err := range []error{
		role(vocab.Agent, func(f *Fact) *[]int32 { return &f.Agents }),
		role(vocab.Patient, func(f *Fact) *[]int32 { return &f.Patients }),
		role(vocab.Place, func(f *Fact) *[]int32 { return &f.Places }),
		b.text(vocab.Time, b.fact, func(s int32, v string) { fs[s].When = ParseDay(v) }),
		b.text(vocab.Reported, b.fact, func(s int32, v string) { fs[s].Reported = ParseDay(v) }),
		b.text(vocab.Title, b.fact, func(s int32, v string) { fs[s].Title = v }),
		b.text(vocab.Subtype, b.fact, func(s int32, v string) {
			if subtypes[v] == "" {
				subtypes[v] = v
			}
			fs[s].Subtype = subtypes[v]
		}),
		b.of(vocab.Ended, b.fact, func(s int32, _ graph.Ref) { fs[s].Ended = true }),
		b.of(vocab.KnownFrom, b.fact, func(s int32, _ graph.Ref) { fs[s].Claimed = true }),
		b.of(vocab.Status, b.fact, func(s int32, o graph.Ref) { fs[s].Status = status[o.Key()] }),
	} {
		if err != nil {
			return err
		}
	}
	return nil
}

// interned numbers the few values of a column.
func interned(list *[]string) func(string) uint16 {
	at := map[string]uint16{"": 0}
	return func(v string) uint16 {
		i, ok := at[v]
		if !ok && len(*list) < math.MaxUint16 {
			i = uint16(len(*list))
			at[v] = i
			*list = append(*list, v)
		}
		return i
	}
}

func (b *builder) articles() error {
	as := b.x.Articles
	outlet, topic := interned(&b.x.Outlets), interned(&b.x.Topics)
	texts := map[any]int32{}
	for _, err := range []error{
		b.text(vocab.Headline, b.article, func(s int32, v string) { as[s].Headline = v }),
		b.text(vocab.Date, b.article, func(s int32, v string) { as[s].Date = ParseDay(v) }),
		b.text(vocab.Outlet, b.article, func(s int32, v string) { as[s].Outlet = outlet(v) }),
		b.text(vocab.Topic, b.article, func(s int32, v string) { as[s].Topic = topic(v) }),
		b.of(vocab.CopyOf, b.article, func(s int32, o graph.Ref) {
			t, ok := texts[o.Key()]
			if !ok {
				t = int32(len(texts))
				texts[o.Key()] = t
			}
			as[s].Text = t
		}),
	} {
		if err != nil {
			return err
		}
	}
	return nil
}

func (b *builder) reports() error {
	if err := b.of(vocab.ReportOf, b.fact, func(s int32, o graph.Ref) {
		r, ok := b.report[o.Key()]
		if !ok {
			r = int32(len(b.x.reports))
			b.report[o.Key()] = r
			b.x.reports = append(b.x.reports, report{ref: o, article: None, source: None, low: -1, high: -1})
		}
		b.reported = append(b.reported, pair{s, r})
	}); err != nil {
		return err
	}
	rs := b.x.reports
	status := map[any]Status{}
	for i, name := range statusNames {
		if ref := b.qs.ValueOf(quad.IRI("sila:" + name)); ref != nil {
			status[ref.Key()] = Status(i)
		}
	}
	kinds := map[any]uint8{}
	for _, err := range []error{
		b.of(vocab.InArticle, b.report, func(s int32, o graph.Ref) {
			if a, ok := b.article[o.Key()]; ok {
				rs[s].article = a
			}
		}),
		b.of(vocab.Source, b.report, func(s int32, o graph.Ref) {
			if e, ok := b.entity[o.Key()]; ok {
				rs[s].source = e
			}
		}),
		b.of(vocab.SourceKind, b.report, func(s int32, o graph.Ref) {
			k, ok := kinds[o.Key()]
			if !ok {
				k = uint8(max(slices.Index(SourceKinds, text(b.qs.NameOf(o))), 0))
				kinds[o.Key()] = k
			}
			rs[s].kind = k
		}),
		b.of(vocab.Confidence, b.report, func(s int32, o graph.Ref) {
			c, _ := number(b.qs.NameOf(o))
			rs[s].confidence = uint8(math.Round(c * 100))
		}),
		b.of(vocab.Low, b.report, func(s int32, o graph.Ref) { rs[s].low = count(b.qs.NameOf(o)) }),
		b.of(vocab.High, b.report, func(s int32, o graph.Ref) { rs[s].high = count(b.qs.NameOf(o)) }),
		b.of(vocab.Status, b.report, func(s int32, o graph.Ref) { rs[s].status = status[o.Key()] }),
	} {
		if err != nil {
			return err
		}
	}
	return nil
}

func count(v quad.Value) int32 {
	n, ok := number(v)
	if !ok {
		return -1
	}
	return int32(min(n, math.MaxInt32))
}

// finish puts everything in its order, whatever order the store gave, and makes the postings.
func (b *builder) finish() error {
	x := b.x
	entity := order(x.Entities, func(p, q *Entity) int { return strings.Compare(string(p.IRI), string(q.IRI)) })
	article := order(x.Articles, func(p, q *Article) int { return strings.Compare(string(p.IRI), string(q.IRI)) })
	fact := order(x.Facts, func(p, q *Fact) int {
		return cmp.Or(cmp.Compare(q.Date(), p.Date()), cmp.Compare(q.Reported, p.Reported), strings.Compare(string(p.IRI), string(q.IRI)))
	})
	for i := range x.Entities {
		e := &x.Entities[i]
		if e.Country != None {
			e.Country = entity[e.Country]
		}
		slices.Sort(e.Aliases)
	}
	for i := range x.reports {
		r := &x.reports[i]
		if r.article != None {
			r.article = article[r.article]
		}
		if r.source != None {
			r.source = entity[r.source]
		}
	}
	var roles, mentions []pair
	for i := range x.Facts {
		f := &x.Facts[i]
		for _, list := range [][]int32{f.Agents, f.Patients, f.Places} {
			for j := range list {
				list[j] = entity[list[j]]
			}
			slices.Sort(list)
		}
		seen := roles[len(roles):]
		f.Roles(func(_ string, e int32) bool {
			if !slices.ContainsFunc(seen, func(p pair) bool { return p.key == e }) {
				roles = append(roles, pair{e, int32(i)})
				seen = roles[len(roles)-len(seen)-1:]
				x.Entities[e].NFacts++
			}
			return true
		})
	}
	x.ofEntity = gather(len(x.Entities), roles)
	if err := b.of(vocab.Mentions, b.article, func(s int32, o graph.Ref) {
		if e, ok := b.entity[o.Key()]; ok {
			mentions = append(mentions, pair{article[s], entity[e]})
		}
	}); err != nil {
		return err
	}
	slices.SortFunc(mentions, func(p, q pair) int { return cmp.Or(cmp.Compare(p.key, q.key), cmp.Compare(p.val, q.val)) })
	mentions = slices.Compact(mentions)
	x.mentions = gather(len(x.Articles), mentions)
	for i, m := range mentions {
		mentions[i] = pair{m.val, m.key}
		x.Entities[m.val].NIn++
	}
	slices.SortFunc(mentions, func(p, q pair) int {
		return cmp.Or(cmp.Compare(x.Articles[q.val].Date, x.Articles[p.val].Date), cmp.Compare(p.val, q.val))
	})
	x.inside = gather(len(x.Entities), mentions)
	b.tell(fact)

	x.byFact = make([]int32, len(x.Facts))
	for i := range x.byFact {
		x.byFact[i] = int32(i)
	}
	slices.SortFunc(x.byFact, func(p, q int32) int { return strings.Compare(string(x.Facts[p].IRI), string(x.Facts[q].IRI)) })
	x.byID = make(map[string]int32, len(x.Entities))
	for i := range x.Entities {
		x.byID[x.Entities[i].Key] = int32(i)
	}
	x.Actors = x.busiest(func(e *Entity) bool { return e.Type != doc.Place && e.Type != doc.Event })
	x.Places = x.busiest(func(e *Entity) bool { return e.Type == doc.Place })
	x.words = x.indexWords()
	return b.ctx.Err()
}

// tell joins facts with their reports and sums these up.
func (b *builder) tell(fact []int32) {
	x := b.x
	for i, p := range b.reported {
		b.reported[i].key = fact[p.key]
	}
	slices.SortFunc(b.reported, func(p, q pair) int {
		a, c := x.reports[p.val].article, x.reports[q.val].article
		var da, dc Day
		if a != None && c != None {
			da, dc = x.Articles[a].Date, x.Articles[c].Date
		}
		return cmp.Or(cmp.Compare(p.key, q.key), cmp.Compare(da, dc), cmp.Compare(a, c), cmp.Compare(p.val, q.val))
	})
	x.told = gather(len(x.Facts), b.reported)
	var said []pair
	for _, p := range b.reported {
		f, r := &x.Facts[p.key], &x.reports[p.val]
		f.NReports++
		f.Confidence = max(f.Confidence, r.confidence)
		f.Kinds |= 1 << r.kind
		if r.low >= 0 {
			if f.Low < 0 || r.low < f.Low {
				f.Low = r.low
			}
			f.High = max(f.High, r.high, r.low)
		}
		if r.source != None {
			said = append(said, pair{r.source, p.key})
		}
	}
	slices.SortFunc(said, func(p, q pair) int { return cmp.Or(cmp.Compare(p.key, q.key), cmp.Compare(p.val, q.val)) })
	x.ofSource = gather(len(x.Entities), slices.Compact(said))
}

// order sorts a list and returns where each element has gone.
func order[T any](list []T, compare func(p, q *T) int) []int32 {
	perm := make([]int32, len(list))
	for i := range perm {
		perm[i] = int32(i)
	}
	slices.SortFunc(perm, func(p, q int32) int { return compare(&list[p], &list[q]) })
	sorted := make([]T, len(list))
	to := make([]int32, len(list))
	for i, p := range perm {
		sorted[i] = list[p]
		to[p] = int32(i)
	}
	copy(list, sorted)
	return to
}

func (x *Index) busiest(ok func(*Entity) bool) []int32 {
	var out []int32
	for i := range x.Entities {
		if e := &x.Entities[i]; ok(e) && e.NFacts > 0 {
			out = append(out, int32(i))
		}
	}
	slices.SortFunc(out, func(p, q int32) int {
		return cmp.Or(cmp.Compare(x.Entities[q].NFacts, x.Entities[p].NFacts), cmp.Compare(x.Entities[q].NIn, x.Entities[p].NIn), cmp.Compare(p, q))
	})
	return slices.Clone(out[:min(len(out), most)])
}
