package console

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"github.com/cayleygraph/cayley/graph"

	"github.com/sila-graph/sila/graph/query"
)

// viewer is the small graph that the named queries are tested on.
type viewer struct {
	mu sync.Mutex
	qs graph.QuadStore
}

func (v *viewer) View(_ context.Context, fn func(graph.QuadStore) error) error {
	v.mu.Lock()
	defer v.mu.Unlock()
	return fn(v.qs)
}

func fixture(t testing.TB) *viewer {
	t.Helper()
	qs, err := query.ReadFile(context.Background(), "../query/testdata/fixture.nq")
	if err != nil {
		t.Fatal(err)
	}
	return &viewer{qs: qs}
}

func serve(t testing.TB, opt Options) *httptest.Server {
	t.Helper()
	s, err := New(NewLocal(fixture(t), 4), opt)
	if err != nil {
		t.Fatal(err)
	}
	srv := httptest.NewServer(s)
	t.Cleanup(srv.Close)
	return srv
}

type reply struct {
	status int
	body   string
	header http.Header
}

// ask sends one request; header lines are "Name: value", Host among them.
func ask(t testing.TB, srv *httptest.Server, method, path, body string, header ...string) reply {
	t.Helper()
	req, err := http.NewRequest(method, srv.URL+path, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	for _, h := range header {
		k, v, _ := strings.Cut(h, ": ")
		if k == "Host" {
			req.Host = v
		} else {
			req.Header.Set(k, v)
		}
	}
	resp, err := http.DefaultTransport.RoundTrip(req) // follows nothing
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	b, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return reply{resp.StatusCode, string(b), resp.Header}
}

func TestQuery(t *testing.T) {
	srv := serve(t, Options{Limits: Limits{Rows: 5, Time: time.Second, Body: 1000}})
	long := strings.Repeat("x", 2000)
	for _, c := range []struct {
		path, text string
		status     int
		want       string
	}{
		{"/api/v1/query/gizmo", `g.V("<place/الموصل>").in("<liberated>").all()`, 200, `{"result":[{"id":"<org/القوات_العراقية>"}]}`},
		{"/api/v1/query/graphql", `{ nodes(id: <place/عدن>) { id } }`, 200, `place/عدن`},
		{"/api/v1/query/mql", `[{"id": "<place/عدن>", "<rdfs:label>": null}]`, 200, `Aden`},
		{"/api/v1/query/gizmo", `g.V("<place/nowhere>").all()`, 200, `{"result":[]}`},
		{"/api/v1/query/gizmo?limit=2", `g.V().all()`, 200, `{"result":[{`},
		{"/api/v1/query/gizmo", "g.V()\n  .out(", 400, `"line":2`},
		{"/api/v1/query/gizmo", `nothing()`, 400, `"column":`},
		{"/api/v1/query/gizmo", `while (true) {}`, 504, `longer than 1s`},
		{"/api/v1/query/sparql", `SELECT`, 400, `no query language \"sparql\"`},
		{"/api/v1/query/gizmo", long, 413, `1000 bytes`},
		{"/api/v1/shape/gizmo", `g.V("<place/عدن>").out().all()`, 200, `"nodes":`},
		{"/api/v1/shape/mql", `[{`, 400, `error`},
		{"/api/v1/write", `[]`, 403, `read-only`},
		{"/api/v1/delete", `[]`, 403, `read-only`},
		{"/api/v2/query?lang=gizmo", `g.V("<place/عدن>").all()`, 200, `{"result":[{"id":"<place/عدن>"}]}`},
		{"/sila/labels", `["<place/عدن>"]`, 200, `{"\u003cplace/عدن\u003e":{"en":"Aden","ar":"عدن"}}`},
		{"/sila/labels", `["<article/a3>", "<nobody>"]`, 200, `{"\u003carticle/a3\u003e":{"ar":"تفجير في عدن"},"\u003cnobody\u003e":{}}`},
		{"/sila/labels", `{`, 400, `want a list`},
	} {
		r := ask(t, srv, "POST", c.path, c.text)
		if r.status != c.status || !strings.Contains(r.body, c.want) {
			t.Errorf("%s %.40q: have %d %.200s, want %d %s", c.path, c.text, r.status, r.body, c.status, c.want)
		}
		if r.status != 200 {
			var e struct{ Error string }
			if err := json.Unmarshal([]byte(r.body), &e); err != nil || e.Error == "" {
				t.Errorf("%s: no error object: %s", c.path, r.body)
			}
		}
	}
	if r := ask(t, srv, "POST", "/api/v1/query/gizmo", "g.V().all()"); r.header.Get("X-Sila-Truncated") != "5" || strings.Count(r.body, `"id"`) != 5 {
		t.Errorf("more rows than allowed: %v %s", r.header, r.body)
	}
	// The page parses the reply itself.
	if r := ask(t, srv, "POST", "/api/v1/query/gizmo", "g.V().all()"); !strings.HasPrefix(r.header.Get("Content-Type"), "text/plain") {
		t.Errorf("content type %s", r.header.Get("Content-Type"))
	}
	if r := ask(t, srv, "POST", "/api/v1/query/gizmo", `g.V("<org/القوات_العراقية>").tag("source").out("<took>", "edge").tag("target").all()`, "Referer: "+srv.URL+"/ui/visualize"); !strings.Contains(r.body, `"source_label":"القوات العراقية"`) || !strings.Contains(r.body, `"edge_label":"أخذ"`) {
		t.Errorf("no labels to draw: %s", r.body)
	}
}

func TestGuard(t *testing.T) {
	srv := serve(t, Options{Hosts: []string{"graph.example.org"}})
	const q = `g.V().limit(1).all()`
	for _, c := range []struct {
		method, path string
		header       []string
		status       int
	}{
		{"GET", "/healthz", nil, 200},
		{"GET", "/healthz", []string{"Host: localhost:64210"}, 200},
		{"GET", "/healthz", []string{"Host: graph.example.org"}, 200},
		{"GET", "/healthz", []string{"Host: evil.example"}, 421}, // DNS rebinding
		{"GET", "/healthz", []string{"Host: localhost.evil.example"}, 421},
		{"POST", "/api/v1/query/gizmo", []string{"Origin: " + srv.URL}, 200},
		{"POST", "/api/v1/query/gizmo", []string{"Origin: http://evil.example"}, 403},
		{"POST", "/api/v1/query/gizmo", []string{"Origin: null"}, 403},
		{"POST", "/api/v1/query/gizmo", []string{"Sec-Fetch-Site: cross-site"}, 403},
		{"GET", "/api/v2/query?qu=g.V().all()", []string{"Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: no-cors"}, 403},
		{"GET", "/", []string{"Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: navigate", "Sec-Fetch-Dest: document"}, 200}, // a link
		{"GET", "/", []string{"Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: navigate", "Sec-Fetch-Dest: iframe"}, 403},
	} {
		r := ask(t, srv, c.method, c.path, q, c.header...)
		if r.status != c.status {
			t.Errorf("%s %s %v: have %d %.100s, want %d", c.method, c.path, c.header, r.status, r.body, c.status)
		}
		if r.header.Get("Access-Control-Allow-Origin") != "" || r.header.Get("X-Content-Type-Options") != "nosniff" ||
			!strings.Contains(r.header.Get("Content-Security-Policy"), "default-src 'none'") {
			t.Errorf("%s: headers %v", c.path, r.header)
		}
	}
}

func TestToken(t *testing.T) {
	token := NewToken()
	srv := serve(t, Options{Token: token})
	for _, c := range []struct {
		path   string
		header []string
		status int
	}{
		{"/healthz", nil, 200},
		{"/", nil, 401},
		{"/metrics", nil, 401},
		{"/?token=wrong", nil, 401},
		{"/?token=" + token, nil, 200},
		{"/metrics?token=" + token, nil, 401}, // only a page takes it from the address
		{"/metrics", []string{"Authorization: Bearer " + token}, 200},
		{"/metrics", []string{"Authorization: Bearer x" + token}, 401},
		{"/metrics", []string{"Cookie: sila-token=" + token}, 200},
	} {
		if r := ask(t, srv, "GET", c.path, "", c.header...); r.status != c.status {
			t.Errorf("%s %v: have %d, want %d", c.path, c.header, r.status, c.status)
		}
	}
	r := ask(t, srv, "GET", "/?token="+token, "")
	if c := r.header.Get("Set-Cookie"); !strings.Contains(c, "HttpOnly") || !strings.Contains(c, "SameSite=Strict") {
		t.Errorf("cookie %q", c)
	}
	if a, b := NewToken(), NewToken(); a == b || len(a) < 32 {
		t.Errorf("tokens %s, %s", a, b)
	}
}

func TestPages(t *testing.T) {
	assets, err := FindAssets()
	if err != nil {
		t.Fatal(err) // tests run where Go has its modules
	}
	srv := serve(t, Options{Assets: assets})
	for _, c := range []struct {
		path   string
		status int
		want   string
	}{
		{"/", 200, "/sila/web/sila.js"},
		{"/ui/query", 200, "Run Query"},
		{"/ui/query_shape", 200, "cayley_shape.js"},
		{"/ui/visualize", 200, "sigma.min.js"},
		{"/ui/write", 404, ""},
		{"/static/js/cayley_main.js", 200, "CodeMirror"},
		{"/static/third_party/OpenSans.css", 200, ""},
		{"/static/third_party/flatly/bootstrap.min.css", 200, "btn"},
		{"/static/", 404, ""},
		{"/static/js", 404, ""},
		{"/static/%2e%2e/go.mod", 404, ""},
		{"/static/..%2f..%2fgo.mod", 404, ""},
		{"/sila/web/sila.css", 200, "unicode-bidi"},
		{"/sila/queries", 200, "who-took"},
		{"/metrics", 200, "sila_queries_running"},
		{"/docs/GizmoAPI", 404, ""},
	} {
		r := ask(t, srv, "GET", c.path, "")
		if r.status != c.status || !strings.Contains(r.body, c.want) {
			t.Errorf("%s: have %d %.100s, want %d with %q", c.path, r.status, r.body, c.status, c.want)
		}
		for _, host := range []string{"http://fonts", "https://fonts", "googleapis", "gstatic", "cdn"} {
			if c.status == 200 && strings.Contains(r.body, host) {
				t.Errorf("%s names another host: %s", c.path, host)
			}
		}
		if c.path == "/" && strings.Contains(r.body, "/ui/write") {
			t.Error("the page offers to write")
		}
	}
	// Without assets a page says what to do.
	bare := serve(t, Options{})
	if r := ask(t, bare, "GET", "/", ""); r.status != 200 || !strings.Contains(r.body, "build sila with make") {
		t.Errorf("%d %s", r.status, r.body)
	}
	if r := ask(t, bare, "GET", "/static/js/cayley_main.js", ""); r.status != 404 {
		t.Errorf("%d", r.status)
	}
	if _, err := New(NewLocal(fixture(t), 1), Options{Assets: fstest.MapFS{"templates/x.tmpl": {Data: []byte("{{")}}}); err == nil {
		t.Error("broken templates pass")
	}
}

func TestPlaces(t *testing.T) {
	l := NewLocal(fixture(t), 1)
	stop, cancel := context.WithCancel(context.Background())
	defer cancel()
	started := make(chan struct{})
	go func() {
		close(started)
		_, _ = l.Query(stop, Query{Lang: "gizmo", Text: "while (true) {}", Limit: 1, Bytes: 1000})
	}()
	<-started
	time.Sleep(50 * time.Millisecond)
	ctx, end := context.WithTimeout(context.Background(), 50*time.Millisecond)
	defer end()
	if _, err := l.Query(ctx, Query{Lang: "gizmo", Text: "1", Limit: 1, Bytes: 1000}); err != ErrBusy {
		t.Errorf("have %v", err)
	}
	cancel()
}
