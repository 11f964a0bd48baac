package explore

import (
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/cayleygraph/quad"

	"github.com/sila-graph/sila/extract/doc"
	"github.com/sila-graph/sila/graph/console/explore/index"
)

// inputError says what is wrong with what a reader asked for.
type inputError struct {
	param string
	value string
	key   string // of the text that says what to do
	args  []any
	near  []index.Hit // who may be meant
}

func (e *inputError) Error() string {
	return fmt.Sprintf("%s=%s: %s", e.param, clip(e.value), e.reason(english))
}

func (e *inputError) reason(l *lang) string { return l.T(e.key, e.args...) }

// english is for errors that the API and logs show.
var english = func() *lang {
	ls, err := loadLangs()
	if err != nil {
		panic("explore: " + err.Error()) // a test reads the catalogues
	}
	return ls[1]
}()

func clip(s string) string {
	const most = 80
	if r := []rune(s); len(r) > most {
		return string(r[:most]) + "…"
	}
	return s
}

// iri reads an IRI with or without angle brackets.
func iri(s string) quad.IRI {
	s = strings.TrimSpace(s)
	if len(s) > 2 && s[0] == '<' && s[len(s)-1] == '>' {
		s = s[1 : len(s)-1]
	}
	return quad.IRI(s)
}

// entity finds whom an argument means: an IRI, a whole name, or the beginning
// of one that fits nobody else. others are those who share the name.
func (v *generation) entity(param, s string, kind doc.EntityType) (id int32, others []index.Hit, err error) {
	if id, ok := v.Find(iri(s)); ok {
		return id, nil, nil
	}
	hits := v.Search(s, kind, 8)
	var exact []index.Hit
	for _, h := range hits {
		if h.Exact {
			exact = append(exact, h)
		}
	}
	switch {
	case len(exact) > 0:
		return exact[0].ID, exact[1:], nil
	case len(hits) == 1 && !hits[0].Near:
		return hits[0].ID, nil, nil
	}
	return index.None, nil, &inputError{param: param, value: s, key: "error.noname", args: []any{clip(s)}, near: hits}
}

// filterParams are the parameters of everything that lists facts.
var filterParams = []string{"type", "actor", "other", "place", "source", "from", "to", "status", "outlet", "kind", "topic", "confidence", "states"}

// filter reads them. others are namesakes of those that were named, by parameter.
func (v *generation) filter(q url.Values) (f index.Filter, others map[string][]index.Hit, err error) {
	f = index.NewFilter()
	others = map[string][]index.Hit{}
	for _, p := range []struct {
		name string
		kind doc.EntityType
		to   *int32
	}{{"actor", "", &f.Actor}, {"other", "", &f.Other}, {"place", doc.Place, &f.Place}, {"source", "", &f.Source}} {
		s := strings.TrimSpace(q.Get(p.name))
		if s == "" {
			continue
		}
		var same []index.Hit
		if *p.to, same, err = v.entity(p.name, s, p.kind); err != nil {
			return f, nil, err
		}
		if len(same) > 0 {
			others[p.name] = same
		}
	}
	for _, s := range q["type"] {
		if s == "" {
			continue
		}
		t, ok := doc.Types().ByName(s)
		if !ok {
			return f, nil, &inputError{param: "type", value: s, key: "error.type", args: []any{clip(s)}}
		}
		f.Types = append(f.Types, t.Name)
	}
	for _, s := range q["status"] {
		if s == "" {
			continue
		}
		if _, ok := index.ParseStatus(s); !ok {
			return f, nil, &inputError{param: "status", value: s, key: "error.status", args: []any{clip(s)}}
		}
		f.Status = append(f.Status, s)
	}
	for _, p := range []struct {
		name string
		to   *index.Day
	}{{"from", &f.From}, {"to", &f.To}} {
		if s := strings.TrimSpace(q.Get(p.name)); s != "" {
			if *p.to = index.ParseDay(s); *p.to == 0 {
				return f, nil, &inputError{param: p.name, value: s, key: "error.date", args: []any{clip(s)}}
			}
		}
	}
	if s := q.Get("kind"); s != "" {
		if !slices.Contains(index.SourceKinds, s) {
			return f, nil, &inputError{param: "kind", value: s, key: "error.kind", args: []any{clip(s)}}
		}
		f.Kind = s
	}
	if s := strings.TrimSpace(q.Get("confidence")); s != "" {
		c, err := strconv.ParseFloat(s, 64)
		if err != nil || !(c >= 0 && c <= 1) {
			return f, nil, &inputError{param: "confidence", value: s, key: "error.confidence", args: []any{clip(s)}}
		}
		f.Confidence = uint8(c*100 + .5)
	}
	f.Outlet, f.Topic = q.Get("outlet"), q.Get("topic")
	f.States = q.Get("states") == "1"
	return f, others, nil
}

// kept returns the parameters of a filter that are set, in the address's usual form.
func kept(q url.Values) url.Values {
	out := url.Values{}
	for _, p := range filterParams {
		for _, s := range q[p] {
			if s = strings.TrimSpace(s); s != "" {
				out.Add(p, s)
			}
		}
	}
	return out
}
