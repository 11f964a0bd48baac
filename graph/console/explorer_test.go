package console

import (
	"strings"
	"testing"

	"github.com/sila-graph/sila/graph/console/explore"
)

// TestExplorerGuarded: the explorer is served beside the console, behind the
// same guards, each of its addresses.
func TestExplorerGuarded(t *testing.T) {
	x, err := explore.New(fixture(t), explore.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer x.Close()
	assets, err := FindAssets()
	if err != nil {
		t.Fatal(err)
	}
	token := NewToken()
	srv := serve(t, Options{Explorer: x, Assets: assets, Token: token})
	with := "Cookie: " + tokenCookie + "=" + token
	for _, c := range []struct {
		path string
		want string
	}{{"/", "<h1"}, {"/ui/query", "Run Query"}, {"/sila/queries", "who-took"}, {"/healthz", "ok"}, {"/api/sila/v1/openapi.json", `"openapi"`}} {
		if r := ask(t, srv, "GET", c.path, "", with); r.status != 200 || !strings.Contains(r.body, c.want) {
			t.Errorf("%s: %d %.200s", c.path, r.status, r.body)
		}
	}
	pages := []string{"/", "/search?q=x", "/entity/x", "/fact/x", "/article/x", "/sentence/x", "/events", "/events.csv", "/events.json", "/timeline", "/path", "/network", "/map", "/decisions", "/explore/explore.js", "/nothing"}
	var calls []string
	for _, p := range []string{"search", "entity", "fact", "article", "events", "path", "network", "places", "queries", "query", "feed", "decisions", "openapi.json"} {
		calls = append(calls, "/api/sila/v1/"+p)
	}
	for _, path := range append(append([]string{}, pages...), calls...) {
		for _, a := range []struct {
			what   string
			header []string
			status int
		}{
			{"no token", nil, 401},
			{"a wrong token", []string{"Authorization: Bearer x"}, 401},
			{"a foreign host", []string{with, "Host: evil.example"}, 421},
			{"a foreign page", []string{with, "Origin: http://evil.example"}, 403},
			{"a page without origin", []string{with, "Origin: null"}, 403},
			{"a script elsewhere", []string{with, "Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: no-cors", "Sec-Fetch-Dest: script"}, 403},
			{"a frame elsewhere", []string{with, "Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: navigate", "Sec-Fetch-Dest: iframe"}, 403},
		} {
			if r := ask(t, srv, "GET", path, "", a.header...); r.status != a.status {
				t.Errorf("%s from %s: %d, want %d", path, a.what, r.status, a.status)
			}
		}
		r := ask(t, srv, "GET", path, "", with)
		if csp := r.header.Get("Content-Security-Policy"); !strings.Contains(csp, "default-src 'none'") || !strings.Contains(csp, "frame-ancestors 'none'") || strings.Contains(csp, "unsafe") {
			t.Errorf("%s: policy %q", path, csp)
		}
		if r.header.Get("X-Content-Type-Options") != "nosniff" || r.header.Get("Access-Control-Allow-Origin") != "" || r.status >= 500 {
			t.Errorf("%s: %d %v", path, r.status, r.header)
		}
	}
	// What changes something can't be asked from elsewhere, nor by a link.
	for _, path := range []string{"/decide", "/api/sila/v1/decisions"} {
		for _, h := range []string{"Origin: http://evil.example", "Sec-Fetch-Site: cross-site", "Sec-Fetch-Site: same-site"} {
			if r := ask(t, srv, "POST", path, "decision=undo&of=x", with, h, "Content-Type: application/x-www-form-urlencoded"); r.status != 403 {
				t.Errorf("POST %s with %s: %d", path, h, r.status)
			}
		}
		if r := ask(t, srv, "POST", path, "decision=undo&of=x", with, "Content-Type: application/x-www-form-urlencoded"); r.status != 403 {
			t.Errorf("POST %s where decisions aren't taken: %d", path, r.status)
		}
	}
	if r := ask(t, srv, "GET", "/decide?decision=undo&of=x", "", with); r.status != 404 {
		t.Errorf("a decision by a link: %d", r.status)
	}
	// Links from elsewhere open pages and nothing else.
	link := []string{with, "Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: navigate", "Sec-Fetch-Dest: document"}
	if r := ask(t, srv, "GET", "/events", "", link...); r.status != 200 {
		t.Errorf("a link to a page: %d", r.status)
	}
	if r := ask(t, srv, "GET", "/api/sila/v1/events", "", link...); r.status != 403 {
		t.Errorf("a link to the API: %d", r.status)
	}
}
