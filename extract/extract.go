// Package extract turns Arabic news articles into documents: who is named, who
// did what to whom, where, when and on whose word. It knows nothing of graphs
// or databases, works offline and gives the same bytes for the same article on
// any machine.
//
//	x := extract.New()
//	d := x.Extract(article.Article{ID: "a1", Date: "2016-07-21", Title: "…", Text: "…"})
//
// An [Extractor] may be used by any number of goroutines at once. The stages
// are packages of their own, in the order of the data's way: article (reading),
// arabic (sentences, tokens, clitics), topic (what it is about), mention with
// gazetteer (names), when (time expressions), fact (clauses, roles, status,
// source), doc (the result).
package extract

import (
	"fmt"
	"sync"

	"github.com/sila-graph/sila/extract/arabic"
	"github.com/sila-graph/sila/extract/article"
	"github.com/sila-graph/sila/extract/doc"
	"github.com/sila-graph/sila/extract/fact"
	"github.com/sila-graph/sila/extract/gazetteer"
	"github.com/sila-graph/sila/extract/mention"
	"github.com/sila-graph/sila/extract/topic"
)

// Extractor extracts documents from articles.
type Extractor struct {
	workers sync.Pool
	why     bool
}

// worker is the working memory of one goroutine over shared tables.
type worker struct {
	analyzer arabic.Analyzer
	text     arabic.Text
	names    *mention.Recognizer
	found    mention.Result
	facts    *fact.Extractor
	topics   *topic.Classifier
}

// New returns an Extractor over the data and models that are built in.
func New() *Extractor {
	return &Extractor{workers: sync.Pool{New: func() any {
		return &worker{names: mention.New(gazetteer.Default()), facts: fact.New(), topics: topic.New()}
	}}}
}

// NewExplaining is New with facts that say how they came about, for people who
// wonder: slower, and documents are larger.
func NewExplaining() *Extractor {
	x := New()
	x.why = true
	return x
}

// Extract returns what the article tells.
func (x *Extractor) Extract(a article.Article) *doc.Document {
	w := x.workers.Get().(*worker)
	d := w.extract(a, x.why)
	x.workers.Put(w) // not deferred: after a panic its memory is not to be trusted
	return d
}

func (w *worker) extract(a article.Article, why bool) *doc.Document {
	d := &doc.Document{V: doc.Version, ID: a.ID, Date: a.Date, Title: a.Title, Source: a.Source, URL: a.URL, Hash: a.Hash, Text: a.Text}
	w.analyzer.Analyze(d.Full(), &w.text)
	d.Topic = w.topics.Topic(&w.text)
	w.names.Find(&w.text, &w.found)
	d.Entities = entities(&w.text, &w.found)
	d.Facts, d.Quotes = w.facts.Document(&w.text, &w.found, fact.About{Date: a.Date, Topic: d.Topic, Why: why})
	if d.Facts == nil {
		d.Facts = []doc.Fact{}
	}
	return d
}

// entities writes the names of a text as the document's entities, e1, e2 ….
func entities(t *arabic.Text, m *mention.Result) []doc.Entity {
	out := make([]doc.Entity, len(m.Entities))
	id := func(i int32) string { return fmt.Sprintf("e%d", i+1) }
	for i := range m.Entities {
		e := &m.Entities[i]
		out[i] = doc.Entity{ID: id(int32(i)), Type: e.Type, Names: e.Names, Nominals: e.Nominals, Canonical: e.Canonical, Ref: e.Ref, Kind: e.Kind}
		if e.Ref == "" {
			if x := onlyEntry(e); x != nil {
				out[i].Ref, out[i].Canonical = x.Ref, x.Name
				if e.Kind == "" {
					out[i].Kind = x.Kind
				}
			}
		}
		if c := countryOf(m, i); c >= 0 {
			out[i].Country = id(c)
		}
	}
	for i := range m.Spans {
		s := &m.Spans[i]
		start, end := t.Points(int(s.Start), int(s.End))
		e := &out[s.Entity]
		e.Mentions = append(e.Mentions, doc.Mention{Start: start, End: end, Text: t.Slice(int(s.Start), int(s.End)), Nominal: s.Kind == mention.Nominal,
			Why: s.Why.String(), Merge: s.Merge.String()})
	}
	return out
}

// onlyEntry returns the gazetteer's entry for an entity that recognition left
// without one, where its fullest name is that of one entry and of nothing else.
func onlyEntry(e *mention.Entity) *gazetteer.Entry {
	if len(e.Names) == 0 {
		return nil
	}
	var found *gazetteer.Entry
	for _, x := range gazetteer.Default().Lookup(e.Names[0]) {
		if x.Type != e.Type || x.Ambiguous || found != nil {
			return nil
		}
		found = x
	}
	return found
}

// countryOf returns the entity that is the country of entity i: the one that
// recognition found, else that which the gazetteer gives, where the article
// names it; -1 for none.
func countryOf(m *mention.Result, i int) int32 {
	e := &m.Entities[i]
	if e.Country >= 0 && int(e.Country) < len(m.Entities) {
		return e.Country
	}
	g := gazetteer.Default()
	entry := g.Ref(e.Ref)
	if entry == nil || entry.Country == "" || entry.Kind == "country" {
		return -1
	}
	for j := range m.Entities {
		if m.Entities[j].Kind != "country" {
			continue
		}
		if c := g.Ref(m.Entities[j].Ref); c != nil && c.Country == entry.Country {
			return int32(j)
		}
	}
	return -1
}
