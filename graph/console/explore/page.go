package explore

import (
	"bytes"
	"context"
	"embed"
	"errors"
	"fmt"
	"html/template"
	"log"
	"net/http"
	"net/url"
	"strings"

	"github.com/sila-graph/sila/graph/console/explore/index"
)

//go:embed templates
var templateFiles embed.FS

// pages are the templates in each language.
type pages struct {
	langs []*lang
	sets  map[string]*template.Template
}

func newPages() (*pages, error) {
	ls, err := loadLangs()
	if err != nil {
		return nil, err
	}
	p := &pages{langs: ls, sets: map[string]*template.Template{}}
	for _, l := range ls {
		t, err := template.New("").Funcs(template.FuncMap{
			"t": l.T, "n": l.N, "num": l.Num,
			"inc":  func(i int) int { return i + 1 },
			"pct":  func(n int) string { return fmt.Sprintf("%d%%", n) },
			"dict": dict,
		}).ParseFS(templateFiles, "templates/*.html")
		if err != nil {
			return nil, fmt.Errorf("templates in %s: %w", l.Code, err)
		}
		p.sets[l.Code] = t
	}
	return p, nil
}

// dict hands several things to a template.
func dict(pairs ...any) (map[string]any, error) {
	m := map[string]any{}
	for i := 0; i+1 < len(pairs); i += 2 {
		k, ok := pairs[i].(string)
		if !ok {
			return nil, errors.New("dict: want name and value in turn")
		}
		m[k] = pairs[i+1]
	}
	return m, nil
}

// page is what the frame of each page shows around its content.
type page struct {
	Lang, Dir string
	Other     []choice // the other languages
	Theme     string
	Themes    []choice
	Title     string
	Nav       string // which entry of the menu is here
	Query     string // in the search field
	Feed      string // address of the Atom feed
	Built     bool   // network view and map are there
	Scripts   []string
	Data      any
}

type choice struct {
	URL, Text, Code string
	Here            bool
}

// content is what a page's function hands over.
type content struct {
	template string
	title    string
	nav      string
	query    string
	feed     string
	scripts  []string
	data     any
	status   int    // 0: 200
	redirect string // instead of a page
}

// notFound is the error of a page that isn't there.
type notFound struct{ what, name string }

func (e *notFound) Error() string { return "the graph has no " + e.what + " " + clip(e.name) }

// page makes a handler of a function that fills a template.
func (s *Server) page(fn func(ctx context.Context, v *view, r *http.Request) (*content, error)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		l := s.pages.choose(w, r)
		var c *content
		err := s.with(r.Context(), func(ctx context.Context, g *generation) error {
			v := &view{g, l}
			var err error
			c, err = fn(ctx, v, r)
			var in *inputError
			if errors.As(err, &in) {
				c = &content{template: "error", title: l.T("error.title"), status: http.StatusBadRequest,
					data: errorData{Text: in.reason(l), Near: v.hits(in.near), Retry: "/search?" + url.Values{"q": {in.value}}.Encode()}}
				return nil
			}
			return err
		})
		if err != nil {
			c = s.failure(l, err)
		}
		if c.redirect != "" {
			http.Redirect(w, r, c.redirect, http.StatusSeeOther)
			return
		}
		s.write(w, r, l, c)
	}
}

type errorData struct {
	Text    string
	Near    []hit
	Retry   string
	Refresh bool // look again by itself
}

// failure is the page for an error.
func (s *Server) failure(l *lang, err error) *content {
	c := &content{template: "error", title: l.T("error.title"), status: http.StatusInternalServerError}
	var nf *notFound
	switch {
	case errors.As(err, &nf):
		c.status = http.StatusNotFound
		c.title = l.T("error.missing")
		c.data = errorData{Text: l.T("error.missing."+nf.what, clip(nf.name)), Retry: "/search?" + url.Values{"q": {nf.name}}.Encode()}
	case errors.Is(err, errReadOnly):
		c.status = http.StatusForbidden
		c.data = errorData{Text: l.T("decisions.readonly")}
	case errors.Is(err, errPreparing):
		c.status = http.StatusServiceUnavailable
		c.title = l.T("error.preparing")
		c.data = errorData{Text: l.T("error.preparing.text"), Refresh: true}
	case errors.Is(err, context.DeadlineExceeded):
		c.status = http.StatusGatewayTimeout
		c.data = errorData{Text: l.T("error.time", s.opt.Time)}
	case errors.Is(err, context.Canceled):
		c.status = 499 // the reader has left
		c.data = errorData{}
	default:
		log.Printf("explorer: %v", err)
		c.data = errorData{Text: l.T("error.inside", err.Error())}
	}
	return c
}

func (s *Server) write(w http.ResponseWriter, r *http.Request, l *lang, c *content) {
	p := page{Lang: l.Code, Dir: l.Dir, Theme: theme(w, r), Title: c.title, Nav: c.nav, Query: c.query, Feed: c.feed, Built: s.opt.Web != nil,
		Scripts: c.scripts, Data: c.data}
	with := func(key, val string) string {
		q := r.URL.Query()
		q.Del("token")
		q.Del("lang")
		q.Del("theme")
		q.Set(key, val)
		u := url.URL{Path: r.URL.Path, RawPath: r.URL.RawPath, RawQuery: q.Encode()}
		return u.String()
	}
	for _, o := range s.pages.langs {
		if o != l {
			p.Other = append(p.Other, choice{URL: with("lang", o.Code), Text: o.T("lang.name"), Code: o.Code})
		}
	}
	for _, t := range []string{"auto", "light", "dark"} {
		p.Themes = append(p.Themes, choice{URL: with("theme", t), Text: l.T("theme." + t), Code: t, Here: t == p.Theme || t == "auto" && p.Theme == ""})
	}
	var b bytes.Buffer
	if err := s.pages.sets[l.Code].ExecuteTemplate(&b, c.template, p); err != nil {
		log.Printf("explorer: page %s: %v", c.template, err)
		http.Error(w, "the page "+c.template+" broke: "+err.Error(), http.StatusInternalServerError)
		return
	}
	h := w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Content-Language", l.Code)
	h.Set("Vary", "Cookie, Accept-Language")
	if c.status != 0 {
		w.WriteHeader(c.status)
	}
	_, _ = w.Write(b.Bytes()) // a reader who has left needs no error
}

// hit is a found entity to show.
type hit struct {
	ref
	Kind    tag
	Also    string // the form of its name that fits
	Country string
	Facts   int
	In      int
}

func (v *view) hits(list []index.Hit) []hit {
	out := make([]hit, len(list))
	for i, h := range list {
		e := &v.Entities[h.ID]
		out[i] = hit{ref: v.ref(h.ID), Kind: v.entityTag(e), Also: h.Name, Facts: int(e.NFacts), In: int(e.NIn)}
		if e.Country != index.None {
			out[i].Country = v.ref(e.Country).Text
		}
	}
	return out
}

// entityTag names what an entity is, as finely as it is known.
func (v *view) entityTag(e *index.Entity) tag {
	text := v.T("entity." + string(e.Type))
	if k, ok := v.texts["kind."+e.Kind]; ok && e.Kind != "" {
		text = k
	}
	return tag{strings.ToLower(string(e.Type)), text}
}
