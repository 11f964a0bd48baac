package explore

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/sila-graph/sila/extract/doc"
	"github.com/sila-graph/sila/graph/load"
	"github.com/sila-graph/sila/graph/store"
)

// told makes a document from its text: names and evidence are looked for in it.
func told(id, date, title, text string, entities []doc.Entity, facts ...doc.Fact) *doc.Document {
	d := &doc.Document{V: doc.Version, ID: id, Date: date, Title: title, Text: text, Source: "صحيفة الاختبار", URL: "https://news.example/" + id, Hash: "h" + id, Topic: "politics",
		Entities: entities, Facts: facts}
	full := d.Full()
	at := func(s string) (int, int) {
		i := strings.Index(full, s)
		if i < 0 {
			panic("the text lacks " + s)
		}
		start := len([]rune(full[:i]))
		return start, start + len([]rune(s))
	}
	for i := range d.Entities {
		e := &d.Entities[i]
		for _, n := range e.Names {
			for from := 0; strings.Contains(full[from:], n); {
				from += strings.Index(full[from:], n)
				start := len([]rune(full[:from]))
				e.Mentions = append(e.Mentions, doc.Mention{Start: start, End: start + len([]rune(n)), Text: n})
				from += len(n)
			}
		}
	}
	for i := range d.Facts {
		f := &d.Facts[i]
		f.Start, f.End = at(f.Evidence)
		f.Confidence = 0.8
	}
	return d
}

const attack = `<script>window.injected=1</script>`

// archive is a handful of articles about one summer.
func archive() []*doc.Document {
	kerry := doc.Entity{ID: "e1", Type: doc.Person, Names: []string{"جون كيري"}, Canonical: "جون كيري"}
	jafari := doc.Entity{ID: "e2", Type: doc.Person, Names: []string{"إبراهيم الجعفري"}}
	baghdad := doc.Entity{ID: "e3", Type: doc.Place, Names: []string{"بغداد"}, Ref: "geonames:98182"}
	return []*doc.Document{
		told("a1", "2016-07-21", "كيري يلتقي الجعفري", "وصل جون كيري إلى بغداد صباح الأربعاء.\nوقال بيان إن جون كيري التقى إبراهيم الجعفري في بغداد، وبحثا تحرير الموصل.",
			[]doc.Entity{kerry, jafari, baghdad, {ID: "e4", Type: doc.Place, Names: []string{"الموصل"}}},
			doc.Fact{Type: "Visit", Agent: []string{"e1"}, Patient: []string{"e3"}, Time: "2016-07-20", Evidence: "وصل جون كيري إلى بغداد"},
			doc.Fact{Type: "Meet", Agent: []string{"e1", "e2"}, Place: []string{"e3"}, Time: "2016-07-20", Source: "e2", SourceKind: "named", Evidence: "جون كيري التقى إبراهيم الجعفري في بغداد"},
			doc.Fact{Type: "Liberate", Patient: []string{"e4"}, Status: doc.Intended, Evidence: "تحرير الموصل"}),
		told("a2", "2016-07-22", "بغداد تنفي", "نفى إبراهيم الجعفري أن يكون جون كيري قد زار بغداد.",
			[]doc.Entity{kerry, jafari, baghdad},
			doc.Fact{Type: "Visit", Agent: []string{"e1"}, Patient: []string{"e3"}, Time: "2016-07-20", Status: doc.Negated, Source: "e2", SourceKind: "named", Evidence: "نفى إبراهيم الجعفري أن يكون جون كيري قد زار بغداد"},
			doc.Fact{Type: "HoldsPosition", Agent: []string{"e2"}, Patient: []string{"e3"}, Title: "وزير الخارجية", Evidence: "إبراهيم الجعفري"}),
		told("a3", "2016-08-02", "هجوم "+attack, "هاجم لواء النهر "+attack+" مدينة عدن، وقتل 3 جنود.",
			[]doc.Entity{{ID: "e1", Type: doc.Organization, Names: []string{"لواء النهر " + attack}}, {ID: "e2", Type: doc.Place, Names: []string{"عدن"}, Ref: "geonames:415189"}},
			doc.Fact{Type: "Attack", Agent: []string{"e1"}, Patient: []string{"e2"}, Time: "2016-08-01", Evidence: "هاجم لواء النهر " + attack + " مدينة عدن", Trigger: attack, Title: attack},
			doc.Fact{Type: "Kill", Agent: []string{"e1"}, Place: []string{"e2"}, Time: "2016-08-01", Count: doc.Exactly(3), Evidence: "قتل 3 جنود"}),
		told("https://news.example/a//b?x=1", "2016-08-03", "وزير يزور عدن", "زار إبراهيم الجعفري عدن.",
			[]doc.Entity{jafari, {ID: "e3", Type: doc.Place, Names: []string{"عدن"}, Ref: "geonames:415189"}},
			doc.Fact{Type: "Visit", Agent: []string{"e2"}, Patient: []string{"e3"}, Time: "2016-08", Evidence: "زار إبراهيم الجعفري عدن"}),
	}
}

// opened loads documents into a new store.
func opened(t testing.TB, backend string, docs ...*doc.Document) *store.Store {
	t.Helper()
	ctx := context.Background()
	path := "memory"
	if backend != "memory" {
		path = filepath.Join(t.TempDir(), "graph.db")
	}
	st, err := store.Open(ctx, path, store.Options{Create: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := st.Close(); err != nil {
			t.Error(err)
		}
	})
	add(t, st, docs...)
	return st
}

func add(t testing.TB, st *store.Store, docs ...*doc.Document) {
	t.Helper()
	l, err := load.New(context.Background(), st, load.Options{Rejected: func(id string, err error) { t.Errorf("%s: %v", id, err) }})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := l.Load(context.Background(), func(yield func(*doc.Document, error) bool) {
		for _, d := range docs {
			if !yield(d, nil) {
				return
			}
		}
	}, nil); err != nil {
		t.Fatal(err)
	}
}

// explorer serves an archive.
func explorer(t testing.TB, backend string, opt Options, docs ...*doc.Document) (*Server, *httptest.Server) {
	t.Helper()
	st := opened(t, backend, docs...)
	opt.Snapshots = st.Snapshots()
	s, err := New(st, opt)
	if err != nil {
		t.Fatal(err)
	}
	srv := httptest.NewServer(s)
	t.Cleanup(func() {
		srv.Close()
		s.Close()
	})
	return s, srv
}

func get(t testing.TB, srv *httptest.Server, path string, header ...string) (int, string, http.Header) {
	t.Helper()
	req, err := http.NewRequest("GET", srv.URL+path, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, h := range header {
		k, v, _ := strings.Cut(h, ": ")
		req.Header.Set(k, v)
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
	return resp.StatusCode, string(b), resp.Header
}

// TestPages opens each page in both languages, with every store.
func TestPages(t *testing.T) {
	for _, backend := range []string{"memory", "disk"} {
		_, srv := explorer(t, backend, Options{}, archive()...)
		fact := regexp.MustCompile(`/fact/([0-9a-f]+)`).FindStringSubmatch(must(get(t, srv, "/events?type=Meet")))
		if fact == nil {
			t.Fatal("the list of events has no meeting")
		}
		for _, c := range []struct {
			path   string
			status int
			want   string
		}{
			{"/", 200, "/entity/person/"},
			{"/search?q=" + url.QueryEscape("كيري"), 200, "/entity/person/"},
			{"/search?q=" + url.QueryEscape("كيرري"), 200, "/entity/person/"}, // a letter too many
			{"/search?q=zzzz", 200, "note"},
			{"/search?q=person/" + url.QueryEscape("جون_كيري"), 303, ""},
			{"/entity/person/" + url.PathEscape("جون_كيري"), 200, url.PathEscape("إبراهيم_الجعفري")},
			{"/entity?iri=person/" + url.QueryEscape("جون_كيري"), 200, url.PathEscape("إبراهيم_الجعفري")},
			{"/entity/person/nobody", 404, "/search?q="},
			{"/fact/" + fact[1], 200, "news.example/a1"},
			{"/fact/0000", 404, "0000"},
			{"/sentence/" + fact[1], 303, ""},
			{"/article/a1", 200, `id="r1"`},
			{"/article/a1?report=1", 200, `class="strong"`},
			{"/article?iri=" + url.QueryEscape("https://news.example/a//b?x=1"), 200, "زار"},
			{"/article/nothing", 404, "nothing"},
			{"/events?from=2016-08&to=2016-08", 200, "/entity/place/"},
			{"/events?from=1999&to=1999", 200, "/events"},
			{"/events?from=yesterday", 400, "2016-07-21"},
			{"/events?type=Dance", 400, "Dance"},
			{"/events?status=maybe", 400, "maybe"},
			{"/events?confidence=2", 400, "0.7"},
			{"/events?actor=" + url.QueryEscape("من لا يعرفه أحد"), 400, "لا يعرفه"},
			{"/events?after=!!", 400, ""},
			{"/timeline?actor=" + url.QueryEscape("جون كيري"), 200, `datetime="2016-07-20"`},
			{"/network", 200, "make"},
			{"/map", 200, "make"},
			{"/explore/explore.css", 200, "--bg"},
			{"/explore/", 404, ""},
			{"/explore/..%2fexplore.go", 404, ""},
			{"/explore/web/x.js", 404, ""},
			{"/nowhere", 404, "/nowhere"},
			{"/api/sila/v1/nothing", 404, `"error"`},
		} {
			for _, lang := range []string{"ar", "en"} {
				status, body, h := get(t, srv, c.path, "Accept-Language: "+lang)
				if status != c.status || !strings.Contains(body, c.want) {
					t.Errorf("%s, %s in %s: %d without %q\n%.1500s", backend, c.path, lang, status, c.want, body)
				}
				if strings.Contains(body, attack) || strings.Contains(body, "⟨") || strings.Contains(body, "ZgotmplZ") {
					t.Errorf("%s in %s: script, a text that is missing or a value that is no good there:\n%s", c.path, lang, body)
				}
				if csp := h.Get("Content-Security-Policy"); !strings.Contains(csp, "default-src 'none'") || strings.Contains(csp, "unsafe") {
					t.Errorf("%s: policy %q", c.path, csp)
				}
			}
		}
	}
}

func must(status int, body string, _ http.Header) string {
	if status != 200 {
		return fmt.Sprint(status, body)
	}
	return body
}

// TestMarks: every mention leads to its entity, every fact's words are marked, and the text is whole.
func TestMarks(t *testing.T) {
	_, srv := explorer(t, "disk", Options{}, archive()...)
	body := must(get(t, srv, "/article/a1?report=1"))
	text := body[strings.Index(body, "<article"):strings.Index(body, "</article>")]
	plain := regexp.MustCompile(`<sup>.*?</sup>|<[^>]*>`).ReplaceAllString(text, "")
	for _, line := range strings.Split(archive()[0].Full(), "\n") {
		if !strings.Contains(plain, line) {
			t.Errorf("the text lacks %q:\n%s", line, plain)
		}
	}
	for _, want := range []string{
		`<span id="r1"></span><mark class="strong"><a class="person" href="/entity/person/%D8%AC%D9%88%D9%86_%D9%83%D9%8A%D8%B1%D9%8A" title="جون كيري">جون كيري</a> التقى`,
		`<span id="r2"></span><mark>تحرير <a class="place"`,
	} {
		if !strings.Contains(text, want) {
			t.Errorf("the text lacks %s:\n%s", want, text)
		}
	}
	if body := must(get(t, srv, "/article/a3")); !strings.Contains(body, "&lt;script&gt;window.injected=1&lt;/script&gt;") {
		t.Errorf("the script isn't text: %s", body)
	}
}

// TestDisputed: a denial beside an assertion shows as such, with both reports.
func TestDisputed(t *testing.T) {
	_, srv := explorer(t, "disk", Options{}, archive()...)
	list := must(get(t, srv, "/events?status=disputed", "Accept-Language: en"))
	m := regexp.MustCompile(`/fact/[0-9a-f]+`).FindString(list)
	body := must(get(t, srv, m, "Accept-Language: en"))
	for _, want := range []string{"contradict", "/article/a1?report=0#r0", "/article/a2?report=0#r0", "2 reports", "ha1", "lexicons"} {
		if !strings.Contains(body, want) {
			t.Errorf("%s lacks %q:\n%s", m, want, body)
		}
	}
}

// TestRenew: what is loaded shows after Renew, and requests meanwhile get whole answers.
func TestRenew(t *testing.T) {
	for _, backend := range []string{"memory", "disk"} {
		st := opened(t, backend, archive()[:1]...)
		s, err := New(st, Options{Snapshots: st.Snapshots()})
		if err != nil {
			t.Fatal(err)
		}
		srv := httptest.NewServer(s)
		if status, _, _ := get(t, srv, "/article/a2"); status != 404 {
			t.Errorf("%s: an article before it is loaded: %d", backend, status)
		}
		add(t, st, archive()[1])
		s.Renew()
		for i := 0; ; i++ {
			status, _, _ := get(t, srv, "/article/a2")
			if status == 200 {
				break
			}
			if status != 404 || i > 2000 {
				t.Fatalf("%s: after the load: %d", backend, status)
			}
		}
		srv.Close()
		s.Close()
	}
}

// TestLanguages: both catalogues are whole, sorted and used.
func TestLanguages(t *testing.T) {
	ls, err := loadLangs()
	if err != nil {
		t.Fatal(err)
	}
	used := map[string]bool{}
	sources, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	templates, err := filepath.Glob("templates/*.html")
	if err != nil {
		t.Fatal(err)
	}
	key := regexp.MustCompile(`(?:\bT\(|\bt |\bline\(|key: |\{)"([a-z][a-zA-Z.-]*)"`)
	count := regexp.MustCompile(`(?:\bN\(|\bn )"([a-z]+)"`)
	for _, f := range append(sources, templates...) {
		text := readFile(t, f)
		for _, m := range key.FindAllStringSubmatch(text, -1) {
			used[m[1]] = true
		}
		for _, m := range count.FindAllStringSubmatch(text, -1) {
			used["n."+m[1]] = true
		}
	}
	// Families of keys whose ends are values.
	open := []string{"entity.", "error.missing.", "decision.", "family.", "kind-of-source.", "kind.", "month.", "nav.", "status.", "subtype.", "theme.", "topic.", "lang."}
	for _, l := range ls {
		text := readFile(t, "catalogue/"+l.Code+".txt")
		var keys []string
		for _, line := range strings.Split(text, "\n") {
			if k, _, ok := strings.Cut(line, " = "); ok && line[0] != '#' {
				keys = append(keys, k)
				if !used[k] && !slices.ContainsFunc(open, func(p string) bool { return strings.HasPrefix(k, p) }) {
					t.Errorf("%s: nothing uses %s", l.Code, k)
				}
			}
		}
		if !slices.IsSorted(keys) {
			t.Errorf("catalogue/%s.txt isn't sorted", l.Code)
		}
		for _, o := range ls {
			for _, k := range keys {
				if _, ok := o.texts[k]; !ok {
					t.Errorf("%s has %s, %s hasn't", l.Code, k, o.Code)
				} else if a, b := strings.Count(l.texts[k], "%"), strings.Count(o.texts[k], "%"); a != b && !strings.HasPrefix(k, "n.") {
					t.Errorf("%s takes %d arguments in %s, %d in %s", k, a, l.Code, b, o.Code)
				}
			}
		}
		for _, f := range families() {
			if _, ok := l.texts["family."+f]; !ok {
				t.Errorf("%s lacks family.%s", l.Code, f)
			}
		}
	}
	for k := range used {
		if _, ok := ls[0].texts[k]; !ok && strings.Contains(k, ".") && !strings.HasSuffix(k, ".") {
			t.Errorf("the catalogues lack %s", k)
		}
	}
}

func readFile(t testing.TB, name string) string {
	t.Helper()
	b, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}
