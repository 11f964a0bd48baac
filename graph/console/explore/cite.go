package explore

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"net/http"
	"os"
	"strings"
	"sync"

	"github.com/sila-graph/sila/graph/console/explore/index"
	"github.com/sila-graph/sila/graph/vocab"
)

// citation is a fact as a quotation: the words, where they stand, and what it
// takes to find them again: the article's hash and the versions of Sila and of
// its lexicons.
func (s *Server) citation(ctx context.Context, v *view, r *http.Request, fact int32, rep index.Report) (string, error) {
	var b strings.Builder
	if rep.Article == index.None {
		return "", nil
	}
	a := &v.Articles[rep.Article]
	hash, err := v.Literal(ctx, v.qs, a.IRI, vocab.Hash)
	if err != nil {
		return "", err
	}
	address, err := v.Literal(ctx, v.qs, a.IRI, vocab.URL)
	if err != nil {
		return "", err
	}
	b.WriteString("«" + rep.Evidence + "»\n")
	line := func(key, val string) {
		if val != "" {
			b.WriteString(v.T(key) + v.T("colon") + val + "\n")
		}
	}
	line("cite.article", a.Headline)
	line("cite.outlet", v.Outlets[a.Outlet])
	line("cite.date", a.Date.String())
	line("cite.url", address)
	line("cite.hash", hash)
	f := &v.Facts[fact]
	line("cite.fact", v.headline(fact)+" ("+string(f.IRI)+v.T("comma")+v.T("status."+f.Status.String())+")")
	line("cite.report", string(rep.IRI))
	line("cite.page", origin(r)+factURL(f.IRI))
	line("cite.version", s.opt.Version+v.T("comma")+v.T("cite.lexicons")+" "+s.lexicons())
	return b.String(), nil
}

// lexicons names the version of the word lists and models: they are embedded, so
// that the hash of the running program stands for them where no name is given.
func (s *Server) lexicons() string {
	if s.opt.Lexicons != "" {
		return s.opt.Lexicons
	}
	return programHash()
}

var programHash = sync.OnceValue(func() string {
	name, err := os.Executable()
	if err != nil {
		return "unknown"
	}
	f, err := os.Open(name)
	if err != nil {
		return "unknown"
	}
	defer f.Close()
	h := sha256.New()
	if _, err := io.Copy(h, f); err != nil {
		return "unknown"
	}
	return "build-" + hex.EncodeToString(h.Sum(nil)[:8])
})

// origin is the address under which the reader sees this server.
func origin(r *http.Request) string {
	scheme := "http"
	if r.TLS != nil {
		scheme = "https"
	}
	return scheme + "://" + r.Host
}
