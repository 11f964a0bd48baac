package explore

import (
	"encoding/json"
	"encoding/xml"
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strings"
	"testing"
)

// apiExamples ask each endpoint something that the archive can answer.
var apiExamples = map[string][]string{
	"/search":    {"?q=" + url.QueryEscape("كيري"), "?q=kerry&lang=en", "?q=" + url.QueryEscape("الج") + "&type=Person&limit=1"},
	"/entity":    {"?id=" + url.QueryEscape("جون كيري"), "?id=place/" + url.QueryEscape("بغداد")},
	"/fact":      {"?id=FACT"},
	"/article":   {"?id=a1", "?id=" + url.QueryEscape("https://news.example/a//b?x=1")},
	"/events":    {"", "?type=Visit&type=Meet&limit=1", "?status=disputed", "?place=" + url.QueryEscape("عدن"), "?states=1&confidence=0.5&kind=named&topic=politics"},
	"/path":      {"?a=" + url.QueryEscape("جون كيري") + "&b=" + url.QueryEscape("عدن")},
	"/network":   {"?of=" + url.QueryEscape("جون كيري") + "&with=" + url.QueryEscape("عدن") + "&from=2016"},
	"/decisions": {""},
	"/places":    {"", "?from=2016-08"},
	"/queries":   {""},
	"/query":     {"?name=met-with&actor=" + url.QueryEscape("جون كيري"), "?name=events-by-month"},
	"/feed":      {"", "?actor=" + url.QueryEscape("جون كيري")},
}

// TestOpenAPI holds the description against what the endpoints answer: every
// path of it answers, with what it says and nothing else.
func TestOpenAPI(t *testing.T) {
	_, srv := explorer(t, "disk", Options{}, archive()...)
	var api struct {
		OpenAPI string
		Paths   map[string]map[string]struct {
			Parameters []struct {
				Name     string
				Required bool
			}
			Responses map[string]struct {
				Content map[string]struct{ Schema any }
			}
		}
		Components struct{ Schemas map[string]any }
	}
	if err := json.Unmarshal([]byte(must(get(t, srv, apiBase+"/openapi.json"))), &api); err != nil {
		t.Fatal(err)
	}
	if have, want := slices.Sorted(maps.Keys(api.Paths)), slices.Sorted(maps.Keys(apiExamples)); !slices.Equal(have, want) {
		t.Errorf("described are %v, tried %v", have, want)
	}
	var events apiEvents
	if err := json.Unmarshal([]byte(must(get(t, srv, apiBase+"/events?type=Meet"))), &events); err != nil || len(events.Items) == 0 {
		t.Fatal(err, events)
	}
	for path, examples := range apiExamples {
		op := api.Paths[path]["get"]
		for _, x := range examples {
			x = strings.ReplaceAll(x, "FACT", url.QueryEscape(events.Items[0].IRI))
			status, body, h := get(t, srv, apiBase+path+x)
			if status != 200 {
				t.Errorf("%s%s: %d %s", path, x, status, body)
				continue
			}
			media, _, _ := strings.Cut(h.Get("Content-Type"), ";")
			content, ok := op.Responses["200"].Content[media]
			if !ok {
				t.Errorf("%s gives %s, which isn't described", path, media)
				continue
			}
			if media != "application/json" {
				continue
			}
			var v any
			if err := json.Unmarshal([]byte(body), &v); err != nil {
				t.Errorf("%s: %v", path, err)
				continue
			}
			fits(t, path, v, content.Schema, api.Components.Schemas)
		}
		// Each parameter is known to the code, another isn't.
		for _, p := range op.Parameters {
			if p.Name == "arguments" {
				continue
			}
			status, body, _ := get(t, srv, apiBase+path+"?"+url.QueryEscape(p.Name)+"=1&"+url.QueryEscape(p.Name)+"=2")
			if status == 200 && p.Required || strings.Contains(body, "no parameter") {
				t.Errorf("%s doesn't know its parameter %s: %d %s", path, p.Name, status, body)
			}
		}
		if path == "/query" {
			continue
		}
		if status, body, _ := get(t, srv, apiBase+path+"?nonsense=1"); status != 400 || !strings.Contains(body, `"param":"nonsense"`) {
			t.Errorf("%s?nonsense=1: %d %s", path, status, body)
		}
	}
}

// fits holds a JSON value against a schema.
func fits(t *testing.T, at string, v, schema any, all map[string]any) {
	t.Helper()
	m, _ := schema.(map[string]any)
	if ref, ok := m["$ref"].(string); ok {
		m, _ = all[strings.TrimPrefix(ref, "#/components/schemas/")].(map[string]any)
	}
	if len(m) == 0 {
		return // anything
	}
	wrong := func() { t.Errorf("%s: %.80v doesn't fit %.200v", at, v, m) }
	switch m["type"] {
	case "object":
		o, ok := v.(map[string]any)
		if !ok {
			wrong()
			return
		}
		props, _ := m["properties"].(map[string]any)
		for k, x := range o {
			p, ok := props[k]
			if !ok {
				p, ok = m["additionalProperties"].(map[string]any)
			}
			if !ok {
				t.Errorf("%s: %s isn't described", at, k)
				continue
			}
			fits(t, at+"."+k, x, p, all)
		}
		req, _ := m["required"].([]any)
		for _, k := range req {
			if _, ok := o[fmt.Sprint(k)]; !ok {
				t.Errorf("%s lacks %v", at, k)
			}
		}
	case "array":
		l, ok := v.([]any)
		if !ok {
			wrong()
		}
		for _, x := range l {
			fits(t, at+"[]", x, m["items"], all)
		}
	case "string":
		if _, ok := v.(string); !ok {
			wrong()
		}
	case "boolean":
		if _, ok := v.(bool); !ok {
			wrong()
		}
	case "integer", "number":
		if _, ok := v.(float64); !ok {
			wrong()
		}
	}
}

// TestCursor: the pages of a list hold each fact once and in order, also when the graph grows in between.
func TestCursor(t *testing.T) {
	_, srv := explorer(t, "disk", Options{}, archive()...)
	var all, pages apiEvents
	if err := json.Unmarshal([]byte(must(get(t, srv, apiBase+"/events?states=1"))), &all); err != nil {
		t.Fatal(err)
	}
	next := ""
	for range 100 {
		var p apiEvents
		if err := json.Unmarshal([]byte(must(get(t, srv, apiBase+"/events?states=1&limit=2&after="+next))), &p); err != nil {
			t.Fatal(err)
		}
		pages.Items = append(pages.Items, p.Items...)
		if next = p.Next; next == "" {
			break
		}
	}
	iris := func(e apiEvents) (out []string) {
		for _, f := range e.Items {
			out = append(out, f.IRI)
		}
		return out
	}
	if len(all.Items) != all.Total || !slices.Equal(iris(all), iris(pages)) {
		t.Errorf("in one page %v, in several %v", iris(all), iris(pages))
	}
}

func TestFeed(t *testing.T) {
	_, srv := explorer(t, "disk", Options{}, archive()...)
	body := must(get(t, srv, apiBase+"/feed?actor="+url.QueryEscape("جون كيري")))
	var f feed
	if err := xml.Unmarshal([]byte(body), &f); err != nil {
		t.Fatalf("%v: %s", err, body)
	}
	if len(f.Entries) < 2 || f.Updated != "2016-07-21T00:00:00Z" || !strings.Contains(f.Title, "جون كيري") || !strings.HasPrefix(f.Entries[0].ID, "http://") {
		t.Errorf("%+v", f)
	}
}

// TestErrors: errors are JSON with a reason and those who may be meant.
func TestErrors(t *testing.T) {
	_, srv := explorer(t, "disk", Options{}, archive()...)
	for _, c := range []struct {
		path   string
		status int
		want   string
	}{
		{"/search", 400, `"param":"q"`},
		{"/search?q=x&limit=1000", 400, "from 1 to 100"},
		{"/search?q=x&type=Dog", 400, "Dog"},
		{"/entity?id=" + url.QueryEscape("جون"), 200, "كيري"},
		{"/entity?id=" + url.QueryEscape("كيرري"), 400, `"candidates":[{`},
		{"/fact?id=nothing", 404, "nothing"},
		{"/article?id=nothing", 404, "nothing"},
		{"/events?after=zzz", 400, `"param":"after"`},
		{"/events?from=2016-13", 400, "no date"},
		{"/query?name=nothing", 400, "nothing"},
		{"/query?name=met-with", 400, "actor"},
		{"/query?name=met-with&actor=x&colour=red", 400, "colour"},
		{"/path?a=x", 400, `"param":"b"`},
		{"/network", 400, `"param":"of"`},
	} {
		status, body, h := get(t, srv, apiBase+c.path)
		if status != c.status || !strings.Contains(body, c.want) || h.Get("Content-Type") != "application/json" {
			t.Errorf("%s: %d %s", c.path, status, body)
		}
	}
}

// TestDownload: the files hold the facts of the pages, each once, in their order, and nothing that a spreadsheet runs.
func TestDownload(t *testing.T) {
	docs := archive()
	docs[2].Entities[0].Names[0] = "لواء النهر"
	_, srv := explorer(t, "disk", Options{}, docs...)
	for _, filter := range []string{"", "?from=2016-07&to=2016-07", "?states=1"} {
		page := must(get(t, srv, "/events"+filter))
		var shown []string
		for _, part := range strings.Split(page, `data-fact="`)[1:] {
			shown = append(shown, part[:strings.Index(part, `"`)])
		}
		var list []apiFact
		if err := json.Unmarshal([]byte(must(get(t, srv, "/events.json"+filter))), &list); err != nil {
			t.Fatal(err)
		}
		lines := strings.Split(strings.TrimSpace(must(get(t, srv, "/events.csv"+filter))), "\n")
		if len(list) != len(shown) || len(lines) != len(shown)+1 {
			t.Errorf("%s: %d shown, %d in JSON, %d lines", filter, len(shown), len(list), len(lines))
			continue
		}
		for i, f := range list {
			if f.IRI != shown[i] || !strings.HasPrefix(lines[i+1], shown[i]+",") {
				t.Errorf("%s: row %d is %s, %s, %s", filter, i, shown[i], f.IRI, lines[i+1])
			}
		}
	}
}
