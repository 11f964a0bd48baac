package console

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"io"
	"mime/multipart"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/cayleygraph/quad"

	"github.com/sila-graph/sila/graph/store"
)

// writable serves an empty graph with a token.
func writable(t *testing.T, limits Limits) (*httptest.Server, *store.Store) {
	t.Helper()
	st, err := store.Open(context.Background(), t.TempDir()+"/db", store.Options{Create: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { st.Close() })
	assets, err := FindAssets()
	if err != nil {
		t.Fatal(err)
	}
	s, err := New(NewLocal(st, 2), Options{Assets: assets, Token: "secret", Limits: limits,
		Write: func(_ context.Context, do func(Graph) error) error { return do(st) }})
	if err != nil {
		t.Fatal(err)
	}
	srv := httptest.NewServer(s)
	t.Cleanup(srv.Close)
	return srv, st
}

// form returns a file as the write page sends it, and its media type.
func form(t *testing.T, name, data string) (body, media string) {
	t.Helper()
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	f, err := w.CreateFormFile(name, "quads.nq")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := io.WriteString(f, data); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String(), w.FormDataContentType()
}

func zipped(t *testing.T, s string) string {
	t.Helper()
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	if _, err := io.WriteString(z, s); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func count(t *testing.T, st *store.Store) (n int) {
	t.Helper()
	if err := st.Match(context.Background(), quad.Quad{}, func(quad.Quad) error {
		n++
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	return n
}

func TestWrite(t *testing.T) {
	srv, st := writable(t, Limits{Write: 100_000})
	const auth = "Authorization: Bearer secret"
	file, media := form(t, "NQuadFile", `<a> <knows> <f> .`+"\n"+`<a> <age> "7"^^<xsd:integer> <mine> .`+"\n")
	packed, packedMedia := form(t, "NQuadFile", zipped(t, `<a> <knows> <g> .`+"\n"))
	bomb, bombMedia := form(t, "NQuadFile", zipped(t, strings.Repeat("# nothing\n", 100_000)))
	other, otherMedia := form(t, "Other", "x")
	for _, c := range []struct {
		path, body string
		header     []string
		status     int
		want       string
		quads      int // in the graph afterwards
	}{
		{"/api/v1/write", `[{"subject": "<a>", "predicate": "<knows>", "object": "<b>"}]`, nil, 401, "token", 0},
		{"/api/v1/write", `[{"subject": "<a>", "predicate": "<knows>", "object": "<b>"}]`, []string{"Authorization: Bearer Secret"}, 401, "token", 0},
		{"/api/v1/write", `[{"subject": "<a>", "predicate": "<knows>", "object": "<b>"}]`, []string{"Cookie: sila-token=secret", "Origin: http://evil.example"}, 403, "other sites", 0},
		{"/api/v1/write", `[{"subject": "<a>", "predicate": "<knows>", "object": "<b>", "label": ""}]`, []string{auth}, 200, `wrote 1 quads.", "count": 1, "unchanged": 0`, 1},
		{"/api/v1/write", `[{"subject": "<a>", "predicate": "<knows>", "object": "<b>"}, {"subject": "<a>", "predicate": "<name>", "object": "سلمى"}]`, []string{"Cookie: sila-token=secret"}, 200, `"count": 1, "unchanged": 1`, 2},
		// All or nothing.
		{"/api/v1/write", `[{"subject": "<x>", "predicate": "<knows>", "object": "<b>"}, {"subject": "bare", "predicate": "<p>", "object": "<o>"}]`, []string{auth}, 400, "quad 2: the subject has to be a node", 2},
		{"/api/v1/write", `[{"subject": "<x>", "predicate": "\"p\"", "object": "<b>"}]`, []string{auth}, 400, "the predicate", 2},
		{"/api/v1/write", `[{"subject": "<x>", "predicate": "<p>"}]`, []string{auth}, 400, "the object", 2},
		{"/api/v1/write", `[{"subject": "<x>", "predicate": "<p>", "object": "o", "label": "l"}]`, []string{auth}, 400, "the label", 2},
		{"/api/v1/write", `[]`, []string{auth}, 400, "no quads", 2},
		{"/api/v1/write", `{`, []string{auth}, 400, "JSON list", 2},
		{"/api/v1/write", strings.Repeat(" ", 100_001), []string{auth}, 413, "in parts", 2},
		{"/api/v2/write", "<a> <knows> <c> .\n<a> <knows> <d> .\n", []string{auth}, 200, `"count": 2`, 4},
		{"/api/v2/write", `[{"subject": "<a>", "predicate": "<knows>", "object": "<e>"}]`, []string{auth, "Content-Type: application/json"}, 200, `"count": 1`, 5},
		{"/api/v2/write", `{"@context": "http://evil.example/"}`, []string{auth, "Content-Type: application/ld+json"}, 400, "aren't read", 5},
		{"/api/v2/write", "<a> <knows> <h> .\n<a> broken\n", []string{auth}, 400, "after 1 quads", 5},
		{"/api/v2/write", "<a> <knows> \"\xff\" .\n", []string{auth}, 400, "UTF-8", 5},
		{"/api/v1/write/file/nquad", file, []string{auth, "Content-Type: " + media}, 200, `"count": 2`, 7},
		{"/api/v1/write/file/nquad", packed, []string{auth, "Content-Type: " + packedMedia}, 200, `"count": 1`, 8},
		{"/api/v1/write/file/nquad", bomb, []string{auth, "Content-Type: " + bombMedia}, 413, "in parts", 8},
		{"/api/v1/write/file/nquad", other, []string{auth, "Content-Type: " + otherMedia}, 400, "NQuadFile", 8},
		{"/api/v1/write/file/nquad", "x", []string{auth}, 400, "NQuadFile", 8},
		// Deleting concerns the very quad, not those that differ in their label.
		{"/api/v1/delete", `[{"subject": "<a>", "predicate": "<age>", "object": "\"7\"^^<xsd:integer>"}]`, []string{auth}, 200, `deleted 0 quads.", "count": 0, "unchanged": 1`, 8},
		{"/api/v1/delete", `[{"subject": "<a>", "predicate": "<age>", "object": "\"7\"^^<xsd:integer>", "label": "<mine>"}]`, []string{auth}, 200, `"count": 1`, 7},
		{"/api/v2/delete", "<a> <knows> <c> .\n<a> <knows> <nobody> .\n", []string{auth}, 200, `"count": 1, "unchanged": 1`, 6},
		{"/api/v2/node/delete", "<a>", []string{auth}, 501, "quads", 6},
	} {
		r := ask(t, srv, "POST", c.path, c.body, c.header...)
		if r.status != c.status || !strings.Contains(r.body, c.want) {
			t.Errorf("%s %.60q: have %d %.200s, want %d %s", c.path, c.body, r.status, r.body, c.status, c.want)
		}
		if n := count(t, st); n != c.quads {
			t.Errorf("%s %.60q: %d quads in the graph, want %d", c.path, c.body, n, c.quads)
		}
	}
	if r := ask(t, srv, "GET", "/api/v1/write", "", auth); r.status != 405 {
		t.Errorf("GET: %d", r.status)
	}
	if r := ask(t, srv, "GET", "/ui/write", "", auth); r.status != 200 || !strings.Contains(r.body, "Delete Quad") {
		t.Errorf("the write page: %d %.100s", r.status, r.body)
	}
	if r := ask(t, srv, "GET", "/", "", auth); !strings.Contains(r.body, "/ui/write") {
		t.Error("no link to the write page")
	}
	if r := ask(t, srv, "POST", "/api/v1/query/gizmo", `g.V("<a>").out("<knows>").count()`, auth); r.status != 200 {
		t.Errorf("reading: %d %s", r.status, r.body)
	}
	if _, err := New(NewLocal(st, 1), Options{Write: func(context.Context, func(Graph) error) error { return nil }}); err == nil {
		t.Error("a server writes without a token")
	}
}

// TestReadOnly asks every way of writing of a server that only reads.
func TestReadOnly(t *testing.T) {
	assets, err := FindAssets()
	if err != nil {
		t.Fatal(err)
	}
	srv := serve(t, Options{Assets: assets, Token: "secret"})
	for _, path := range []string{"/api/v1/write", "/api/v1/delete", "/api/v1/write/file/nquad", "/api/v2/write", "/api/v2/delete", "/api/v2/node/delete"} {
		r := ask(t, srv, "POST", path, `[{"subject": "<a>", "predicate": "<b>", "object": "<c>"}]`, "Authorization: Bearer secret")
		if r.status != 403 || !strings.Contains(r.body, "read-only") {
			t.Errorf("%s: %d %s", path, r.status, r.body)
		}
	}
	if r := ask(t, srv, "GET", "/ui/write", "", "Authorization: Bearer secret"); r.status != 404 {
		t.Errorf("the write page: %d", r.status)
	}
}

// TestWriteFails: what the store says reaches the client, and nothing else does.
func TestWriteFails(t *testing.T) {
	s, err := New(NewLocal(fixture(t), 1), Options{Token: "secret", Write: func(context.Context, func(Graph) error) error { return errors.New("the disk is full") }})
	if err != nil {
		t.Fatal(err)
	}
	srv := httptest.NewServer(s)
	defer srv.Close()
	if r := ask(t, srv, "POST", "/api/v2/write", "<a> <b> <c> .\n", "Authorization: Bearer secret"); r.status != 500 || !strings.Contains(r.body, "disk is full") {
		t.Errorf("%d %s", r.status, r.body)
	}
}
