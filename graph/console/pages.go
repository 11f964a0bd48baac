package console

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/base64"
	"fmt"
	"html/template"
	"io/fs"
	"net/http"
	"path"
	"regexp"
	"slices"
	"strings"
)

// web holds what we add to Cayley's pages.
//
//go:embed web/*.css web/*.js
var web embed.FS

// pageNames are the pages of the console that only read.
var pageNames = []string{"query", "query_shape", "visualize"}

// writePage is the one that writes.
const (
	writePage = "write"
	writeLink = `<li id="sbWrite"><a href="/ui/write">Write</a></li>`
)

// pages are Cayley's, rendered once with our additions.
type pages struct {
	html   map[string][]byte
	files  fs.FS // static/
	policy string
}

var inline = regexp.MustCompile(`(?s)<script[^>]*>(.*?)</script>`)

// newPages renders the pages; without assets each says what to do.
func newPages(assets fs.FS, write bool) (*pages, error) {
	p := &pages{html: map[string][]byte{}}
	names := pageNames
	if write {
		names = append(slices.Clone(names), writePage)
	}
	if assets == nil {
		for _, name := range names {
			p.html[name] = []byte("<!DOCTYPE html><meta charset=utf-8><title>Sila</title><h1>Sila</h1><p>" + template.HTMLEscapeString(ErrNoAssets.Error()) + "</p>")
		}
		p.policy = policy(nil)
		return p, nil
	}
	t, err := template.ParseFS(assets, "templates/*")
	if err != nil {
		return nil, fmt.Errorf("pages of Cayley's console: %w", err)
	}
	if p.files, err = fs.Sub(assets, "static"); err != nil {
		return nil, err
	}
	var scripts []string
	for _, name := range names {
		var b bytes.Buffer
		if err := t.ExecuteTemplate(&b, name+".html", nil); err != nil {
			return nil, fmt.Errorf("page %s of Cayley's console: %w", name, err)
		}
		html := b.String()
		html = strings.Replace(html, "</head>", `<link rel="stylesheet" href="/sila/web/sila.css">`+"\n</head>", 1)
		if name == "visualize" {
			html = strings.Replace(html, "</html>", `<script src="/sila/web/draw.js"></script>`+"\n</html>", 1)
		}
		html = strings.Replace(html, "</html>", `<script src="/sila/web/sila.js"></script>`+"\n</html>", 1)
		if !write {
			html = strings.Replace(html, writeLink, "", 1)
		}
		html = strings.Replace(html, `<script src="/static/third_party/fabric.min.js"></script>`, "", 1) // no page uses it, and it wants eval
		p.html[name] = []byte(html)
		for _, m := range inline.FindAllStringSubmatch(html, -1) {
			if strings.TrimSpace(m[1]) != "" {
				scripts = append(scripts, m[1])
			}
		}
	}
	p.policy = policy(scripts)
	return p, nil
}

// policy is the Content-Security-Policy: nothing from other hosts, no inline
// scripts but those that stand in Cayley's own pages, by their hash.
func policy(scripts []string) string {
	slices.Sort(scripts)
	src := "'self' 'unsafe-hashes'"
	// The jQuery of the console tries whether an element takes onsubmit="t":
	// that one handler is let through, so that it isn't noted as an attack.
	scripts = append(scripts, "t")
	for _, s := range slices.Compact(scripts) {
		sum := sha256.Sum256([]byte(s))
		src += " 'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
	}
	return "default-src 'none'; script-src " + src + "; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; " +
		"connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
}

func (p *pages) serve(w http.ResponseWriter, r *http.Request) {
	name := r.PathValue("page")
	if name == "" {
		name = "query"
	}
	html, ok := p.html[name]
	if !ok {
		fail(w, http.StatusNotFound, "there is no such page")
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	_, _ = w.Write(html)
}

// imports are what Cayley's style sheets fetch from other hosts: fonts, for
// which sila.css names those of the machine.
var imports = regexp.MustCompile(`(?s)@import[^;]*;|@font-face\s*\{[^}]*https?:[^}]*\}`)

func (p *pages) static(w http.ResponseWriter, r *http.Request) {
	name := strings.TrimPrefix(path.Clean(r.URL.Path), "/static/")
	if p.files != nil && fs.ValidPath(name) && path.Ext(name) == ".css" {
		if css, err := fs.ReadFile(p.files, name); err == nil {
			w.Header().Set("Content-Type", "text/css; charset=utf-8")
			_, _ = w.Write(imports.ReplaceAll(css, nil))
			return
		}
	}
	serveFile(w, r, p.files, name)
}

func (p *pages) web(w http.ResponseWriter, r *http.Request) {
	serveFile(w, r, web, "web/"+strings.TrimPrefix(path.Clean(r.URL.Path), "/sila/web/"))
}

// serveFile serves one file; folders aren't listed.
func serveFile(w http.ResponseWriter, r *http.Request, fsys fs.FS, name string) {
	if fsys == nil || !fs.ValidPath(name) {
		fail(w, http.StatusNotFound, "there is no such file")
		return
	}
	if info, err := fs.Stat(fsys, name); err != nil || info.IsDir() {
		fail(w, http.StatusNotFound, "there is no such file")
		return
	}
	http.ServeFileFS(w, r, fsys, name)
}
