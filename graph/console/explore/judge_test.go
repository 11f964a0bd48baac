package explore

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/cayleygraph/cayley/graph"

	"github.com/sila-graph/sila/graph/load"
	"github.com/sila-graph/sila/graph/query"
	"github.com/sila-graph/sila/graph/resolve/decide"
	"github.com/sila-graph/sila/graph/store"
)

// desk takes decisions as the command does.
type desk struct {
	st      *store.Store
	path    string
	changed func()
}

func (d *desk) Log(context.Context) ([]decide.Entry, error) {
	f, err := decide.Read(d.path)
	if err != nil {
		return nil, err
	}
	return f.Log(), nil
}

func (d *desk) Take(ctx context.Context, fn func(*query.Engine, *decide.Set) ([]decide.Decision, error)) (added []decide.Decision, err error) {
	f, err := decide.Read(d.path)
	if err != nil {
		return nil, err
	}
	l, err := load.New(ctx, d.st, load.Options{Remember: -1, Decisions: f.Set()})
	if err != nil {
		return nil, err
	}
	var ds []decide.Decision
	if err := d.st.View(ctx, func(qs graph.QuadStore) (err error) {
		ds, err = fn(query.New(qs), f.Set())
		return err
	}); err != nil {
		return nil, err
	}
	if added, err = f.Add(ds...); err != nil {
		return nil, err
	}
	if err := f.Write(); err != nil {
		return nil, err
	}
	defer d.changed()
	return added, l.Decide(ctx, f.Set())
}

// judged serves an archive on which decisions may be taken.
func judged(t testing.TB, backend string, opt Options) *httptest.Server {
	t.Helper()
	st := opened(t, backend, archive()...)
	d := &desk{st: st, path: filepath.Join(t.TempDir(), "decisions.jsonl")}
	opt.Snapshots, opt.Desk = st.Snapshots(), d
	s, err := New(st, opt)
	if err != nil {
		t.Fatal(err)
	}
	d.changed = s.Renew
	srv := httptest.NewServer(s)
	t.Cleanup(func() {
		srv.Close()
		s.Close()
	})
	return srv
}

func post(t testing.TB, srv *httptest.Server, path string, form url.Values) (int, string, http.Header) {
	t.Helper()
	req, err := http.NewRequest("POST", srv.URL+path, strings.NewReader(form.Encode()))
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	resp, err := http.DefaultTransport.RoundTrip(req)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	b, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return resp.StatusCode, string(b), resp.Header
}

// TestJudge takes decisions as the forms do, and the graph follows and goes back.
func TestJudge(t *testing.T) {
	for _, backend := range []string{"memory", "disk"} {
		srv := judged(t, backend, Options{})
		events := func(q string) (list apiEvents) {
			if err := json.Unmarshal([]byte(must(get(t, srv, apiBase+"/events?"+q))), &list); err != nil {
				t.Fatal(err)
			}
			return list
		}
		until := func(what string, ok func() bool) {
			t.Helper()
			for range 400 {
				if ok() {
					return
				}
				time.Sleep(10 * time.Millisecond)
			}
			t.Fatalf("%s: never %s", backend, what)
		}
		fact := events("type=Attack").Items[0].IRI
		status, body, h := post(t, srv, "/decide", url.Values{"decision": {"wrong"}, "fact": {fact}, "note": {attack}})
		if status != 303 || !strings.HasPrefix(h.Get("Location"), "/decisions?taken=") {
			t.Fatalf("%s: %d %s %s", backend, status, h, body)
		}
		until("gone", func() bool { return events("type=Attack").Total == 0 })
		page := must(get(t, srv, h.Get("Location"), "Accept-Language: en"))
		if !strings.Contains(page, "Wrong") || !strings.Contains(page, `value="undo"`) || strings.Contains(page, attack) {
			t.Errorf("%s: %s", backend, page)
		}
		id := strings.TrimPrefix(h.Get("Location"), "/decisions?taken=")
		if status, body, _ := post(t, srv, apiBase+"/decisions", url.Values{"decision": {"undo"}, "of": {id}}); status != 200 {
			t.Errorf("%s: undo: %d %s", backend, status, body)
		}
		until("back", func() bool { return events("type=Attack").Total == 1 })
		// Another status, another actor who is the same.
		if status, body, _ := post(t, srv, apiBase+"/decisions", url.Values{"decision": {"change"}, "fact": {fact}, "status": {"possible"}}); status != 200 {
			t.Errorf("%s: change: %d %s", backend, status, body)
		}
		until("possible", func() bool { return events("type=Attack&status=possible").Total == 1 })
		if status, body, _ := post(t, srv, apiBase+"/decisions", url.Values{"decision": {"same"}, "a": {"جون كيري"}, "b": {"إبراهيم الجعفري"}}); status != 200 {
			t.Errorf("%s: same: %d %s", backend, status, body)
		}
		until("one", func() bool {
			s1, _, _ := get(t, srv, "/entity?iri="+url.QueryEscape("person/جون_كيري"))
			s2, _, _ := get(t, srv, "/entity?iri="+url.QueryEscape("person/إبراهيم_الجعفري"))
			return s1 != s2
		})
		for _, c := range []struct {
			form   url.Values
			status int
		}{
			{url.Values{}, 400},
			{url.Values{"decision": {"burn"}}, 400},
			{url.Values{"decision": {"wrong"}, "fact": {"fact/none"}}, 404},
			{url.Values{"decision": {"change"}, "fact": {fact}}, 400}, // changes nothing
			{url.Values{"decision": {"change"}, "fact": {fact}, "status": {"maybe"}}, 400},
			{url.Values{"decision": {"undo"}, "of": {"nothing"}}, 400},
			{url.Values{"decision": {"same"}, "a": {"عدن"}, "b": {"عدن"}}, 400},
			{url.Values{"decision": {"wrong"}, "fact": {fact}, "nonsense": {"1"}}, 400},
			{url.Values{"decision": {"wrong"}, "fact": {fact}, "note": {strings.Repeat("x", 2<<20)}}, 400},
		} {
			if status, body, _ := post(t, srv, apiBase+"/decisions", c.form); status != c.status || !strings.Contains(body, `"error"`) {
				t.Errorf("%s: %.80v: %d %.300s", backend, c.form, status, body)
			}
		}
	}
	// Where decisions aren't taken.
	_, srv := explorer(t, "disk", Options{}, archive()...)
	if status, body, _ := post(t, srv, apiBase+"/decisions", url.Values{"decision": {"undo"}, "of": {"x"}}); status != 403 {
		t.Errorf("read-only: %d %s", status, body)
	}
	if status, body, _ := post(t, srv, "/decide", url.Values{"decision": {"undo"}, "of": {"x"}}); status != 403 || !strings.Contains(body, "<h1>") {
		t.Errorf("read-only: %d %s", status, body)
	}
}
