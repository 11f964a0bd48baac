package explore

import (
	"cmp"
	"context"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/cayleygraph/quad"

	"github.com/sila-graph/sila/extract/doc"
	"github.com/sila-graph/sila/graph/console/explore/index"
)

type articleData struct {
	articleRow
	Source     string // address of the original; only http and https become links
	Link       bool
	Hash       string
	Paragraphs []paragraph
	Facts      []toldFact
	Entities   []ref
	Report     int // the marked one, -1: none
}

// paragraph is one line of the text; the first is the title.
type paragraph struct {
	Title bool
	Runs  []run
}

// run is a stretch of text that the same facts rest on.
type run struct {
	Anchors []int // reports whose words begin here
	Said    bool  // some fact rests on it
	Strong  bool  // the one that the reader came for
	Pieces  []piece
	Ends    []int // reports whose words end here
}

// piece is a mention, or plain text.
type piece struct {
	Text    string
	Entity  *ref
	Nominal bool // not a name: الوزير الأمريكي
}

// toldFact is a fact in the list beside the text.
type toldFact struct {
	N      int // of the report, as in the text's notes
	Row    factRow
	Others []factRow // where one clause tells several
	Here   bool
	Known  bool // the graph has it
	Trig   string
}

func (s *Server) article(ctx context.Context, v *view, r *http.Request) (*content, error) {
	name := nodeArg(r)
	id, ok := v.FindArticle("article/" + quad.IRI(name))
	if !ok {
		if id, ok = v.FindArticle(iri(name)); !ok {
			return nil, &notFound{"article", name}
		}
	}
	t, err := v.Article(ctx, v.qs, id)
	if err != nil {
		return nil, err
	}
	d := articleData{articleRow: v.article(id), Source: t.Doc.URL, Hash: t.Doc.Hash, Report: -1}
	d.Link = strings.HasPrefix(t.Doc.URL, "https://") || strings.HasPrefix(t.Doc.URL, "http://")
	if n, err := strconv.Atoi(r.URL.Query().Get("report")); err == nil && n >= 0 && n < len(t.Doc.Facts) {
		d.Report = n
	}
	d.Paragraphs = v.mark(t, d.Report)
	for n := range t.Doc.Facts {
		told := toldFact{N: n, Here: n == d.Report, Trig: t.Doc.Facts[n].Trigger}
		for i, f := range t.Facts[n] {
			if i == 0 {
				told.Row, told.Known = v.fact(f), true
			} else {
				told.Others = append(told.Others, v.fact(f))
			}
		}
		if told.Known {
			d.Facts = append(d.Facts, told)
		}
	}
	d.Entities = v.refs(v.Mentioned(id))
	return &content{template: "article", title: d.Headline, data: d}, nil
}

// span is a stretch of the text in code points.
type span struct{ start, end, n int }

// mark cuts the text where mentions and the words of facts begin and end.
// strong is the report that the reader came for.
func (v *view) mark(t *index.Text, strong int) []paragraph {
	text := []rune(t.Doc.Full())
	var said []span
	for n := range t.Doc.Facts {
		if sp, ok := spanOf(&t.Doc.Facts[n], text); ok {
			said = append(said, span{sp.start, sp.end, n})
		}
	}
	mentions := v.spots(t, len(text))
	cuts := map[int]bool{0: true, len(text): true}
	for _, sp := range said {
		cuts[sp.start], cuts[sp.end] = true, true
	}
	for _, m := range mentions {
		cuts[m.start], cuts[m.end] = true, true
	}
	for i, c := range text {
		if c == '\n' {
			cuts[i], cuts[i+1] = true, true
		}
	}
	at := make([]int, 0, len(cuts))
	for c := range cuts {
		at = append(at, c)
	}
	slices.Sort(at)

	out := []paragraph{{Title: true}}
	var last []int // facts that the run before rests on
	next := 0      // mention
	for i := 0; i+1 < len(at); i++ {
		from, to := at[i], at[i+1]
		if text[from] == '\n' {
			out = append(out, paragraph{})
			last = nil
			continue
		}
		p := &out[len(out)-1]
		var on, begin, end []int
		for _, sp := range said {
			if sp.start <= from && to <= sp.end {
				on = append(on, sp.n)
			}
			if sp.start == from {
				begin = append(begin, sp.n)
			}
			if sp.end == to {
				end = append(end, sp.n)
			}
		}
		if len(p.Runs) == 0 || !slices.Equal(on, last) || len(begin) > 0 {
			p.Runs = append(p.Runs, run{Anchors: begin, Said: len(on) > 0, Strong: slices.Contains(on, strong)})
			last = on
		}
		rn := &p.Runs[len(p.Runs)-1]
		pc := piece{Text: string(text[from:to])}
		for next < len(mentions) && mentions[next].end <= from {
			next++
		}
		if next < len(mentions) && mentions[next].start <= from && to <= mentions[next].end {
			m := mentions[next]
			pc.Entity, pc.Nominal = m.entity, m.nominal
		}
		rn.Pieces = append(rn.Pieces, pc)
		rn.Ends = append(rn.Ends, end...)
		if len(end) > 0 {
			last = []int{-1} // the note ends the run
		}
	}
	return slices.DeleteFunc(out, func(p paragraph) bool { return len(p.Runs) == 0 })
}

// spanOf is where the words of a fact stand; where the offsets are missing it looks for them.
func spanOf(f *doc.Fact, text []rune) (span, bool) {
	if f.End > f.Start && f.Start >= 0 && f.End <= len(text) {
		return span{start: f.Start, end: f.End}, true
	}
	if f.Evidence == "" {
		return span{}, false
	}
	s := string(text)
	i := strings.Index(s, f.Evidence)
	if i < 0 {
		return span{}, false
	}
	start := len([]rune(s[:i]))
	return span{start: start, end: start + len([]rune(f.Evidence))}, true
}

type spot struct {
	span
	entity  *ref
	nominal bool
}

// spots lists the mentions in the order of the text; of two that overlap the longer stays.
func (v *view) spots(t *index.Text, length int) []spot {
	var all []spot
	for i := range t.Doc.Entities {
		e := &t.Doc.Entities[i]
		id, ok := t.Entities[e.ID]
		if !ok {
			continue
		}
		r := v.ref(id)
		for _, m := range e.Mentions {
			if m.Start >= 0 && m.Start < m.End && m.End <= length {
				all = append(all, spot{span{start: m.Start, end: m.End}, &r, m.Nominal})
			}
		}
	}
	slices.SortStableFunc(all, func(a, b spot) int { return cmp.Or(cmp.Compare(a.start, b.start), cmp.Compare(b.end, a.end)) })
	out := all[:0]
	for _, m := range all {
		if n := len(out); n > 0 && m.start < out[n-1].end {
			continue
		}
		out = append(out, m)
	}
	return out
}
