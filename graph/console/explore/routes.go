package explore

import (
	"context"
	"io/fs"
	"net/http"
	"path"
	"strings"
)

func (s *Server) routes(mux *http.ServeMux) {
	mux.HandleFunc("GET /{$}", s.page(s.start))
	mux.HandleFunc("GET /search", s.page(s.search))
	for name, fn := range map[string]func(context.Context, *view, *http.Request) (*content, error){
		"entity": s.entity, "fact": s.fact, "article": s.article, "sentence": s.sentence,
	} {
		mux.HandleFunc("GET /"+name, s.page(fn)) // ?iri=
		mux.HandleFunc("GET /"+name+"/{id...}", s.page(fn))
	}
	mux.HandleFunc("GET /events", s.page(s.events))
	mux.HandleFunc("GET /events.csv", s.eventsCSV)
	mux.HandleFunc("GET /events.json", s.eventsJSON)
	mux.HandleFunc("GET /timeline", s.page(s.timeline))
	mux.HandleFunc("GET /path", s.page(s.path))
	mux.HandleFunc("GET /network", s.page(s.network))
	mux.HandleFunc("GET /map", s.page(s.mapPage))
	mux.HandleFunc("GET /decisions", s.page(s.decisions))
	mux.HandleFunc("POST /decide", s.decidePage)
	mux.HandleFunc("GET /explore/", s.static)
	for _, e := range endpoints() {
		mux.HandleFunc("GET "+apiBase+e.path, s.api(e))
		if e.form {
			mux.HandleFunc("POST "+apiBase+e.path, s.api(e))
		}
		if e.post != nil {
			mux.HandleFunc("POST "+apiBase+e.path, s.api(e.post))
		}
	}
	mux.HandleFunc("GET "+apiBase+"/openapi.json", func(w http.ResponseWriter, _ *http.Request) { writeJSON(w, openAPI()) })
	mux.HandleFunc("/", s.missing)
}

func (s *Server) missing(w http.ResponseWriter, r *http.Request) {
	if isAPI(r.URL.Path) {
		s.apiError(w, &notFound{"page", r.URL.Path})
		return
	}
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		w.Header().Set("Allow", "GET, HEAD")
		http.Error(w, "GET or HEAD", http.StatusMethodNotAllowed)
		return
	}
	l := s.pages.choose(w, r)
	s.write(w, r, l, s.failure(l, &notFound{"page", r.URL.Path}))
}

// static serves our own files under /explore/ and the built ones under /explore/web/.
func (s *Server) static(w http.ResponseWriter, r *http.Request) {
	name := strings.TrimPrefix(path.Clean(r.URL.Path), "/explore/")
	var from fs.FS = static
	if web, ok := strings.CutPrefix(name, "web/"); ok {
		from, name = s.opt.Web, web
	} else {
		name = "static/" + name
	}
	if from == nil || !fs.ValidPath(name) {
		s.missing(w, r)
		return
	}
	if info, err := fs.Stat(from, name); err != nil || info.IsDir() {
		s.missing(w, r)
		return
	}
	http.ServeFileFS(w, r, from, name)
}
