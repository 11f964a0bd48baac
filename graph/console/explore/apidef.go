package explore

import (
	"context"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/sila-graph/sila/graph/resolve/decide"
)

// apiBase is where the API lives.
const apiBase = "/api/sila/v1"

// param is a parameter of an endpoint.
type param struct {
	name     string
	about    string
	schema   map[string]any
	required bool
	repeated bool
}

// endpoint is one address of the API. The routes and the description are both made of these.
type endpoint struct {
	path   string
	about  string
	params []param
	others bool // takes further parameters: those of a named query
	result any  // a value of the type that comes out, for the description
	media  string
	takes  bool      // takes a decision before it answers
	post   *endpoint // what a POST with a form does, where that is something else
	form   bool      // takes its parameters as a form by POST too: they may be many
	call   func(s *Server, ctx context.Context, v *view, r *http.Request) (any, error)
}

func text(name, about string) param {
	return param{name: name, about: about, schema: map[string]any{"type": "string"}}
}

func need(p param) param { p.required = true; return p }

func oneOf(name, about string, values ...string) param {
	return param{name: name, about: about, schema: map[string]any{"type": "string", "enum": values}}
}

func whole(name, about string, most int) param {
	return param{name: name, about: about, schema: map[string]any{"type": "integer", "minimum": 1, "maximum": most}}
}

func many(p param) param { p.repeated = true; return p }

// maxForm is how many bytes a form may have.
const maxForm = 1 << 20

// api makes a handler of an endpoint.
func (s *Server) api(e *endpoint) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		l := s.pages.byCode(r.URL.Query().Get("lang"))
		if l == nil {
			l = s.pages.choose(w, r)
		}
		if r.Method == http.MethodPost {
			r.Body = http.MaxBytesReader(w, r.Body, maxForm)
			if err := r.ParseForm(); err != nil {
				s.apiError(w, &inputError{key: "error.form"})
				return
			}
			r.URL.RawQuery = r.Form.Encode() // one way to read them
			if c := s.pages.byCode(r.Form.Get("lang")); c != nil {
				l = c
			}
		}
		var out any
		err := e.check(r.URL.Query())
		if err == nil && e.takes {
			var taken []decide.Decision
			if taken, err = s.judge(r); err == nil {
				r = r.WithContext(context.WithValue(r.Context(), takenKey{}, taken))
			}
		}
		if err == nil {
			err = s.with(r.Context(), func(ctx context.Context, g *generation) error {
				var err error
				out, err = e.call(s, ctx, &view{g, l}, r)
				return err
			})
		}
		switch out := out.(type) {
		case nil:
		case *feed:
			if err == nil {
				out.write(w)
				return
			}
		}
		if err != nil {
			s.apiError(w, err)
			return
		}
		writeJSON(w, out)
	}
}

// check refuses parameters that the endpoint doesn't know, so that a slip isn't an answer to another question.
func (e *endpoint) check(q url.Values) error {
	for name, values := range q {
		i := slices.IndexFunc(e.params, func(p param) bool { return p.name == name })
		if i < 0 {
			if e.others || name == "lang" {
				continue
			}
			return &inputError{param: name, value: values[0], key: "error.param", args: []any{clip(name), e.names()}}
		}
		if len(values) > 1 && !e.params[i].repeated {
			return &inputError{param: name, value: values[0], key: "error.twice", args: []any{clip(name)}}
		}
	}
	for _, p := range e.params {
		if p.required && strings.TrimSpace(q.Get(p.name)) == "" {
			return &inputError{param: p.name, key: "error.required", args: []any{p.name}}
		}
	}
	return nil
}

func (e *endpoint) names() string {
	var names []string
	for _, p := range e.params {
		names = append(names, p.name)
	}
	return strings.Join(append(names, "lang"), ", ")
}

// number reads a whole number from 1 to most.
func number(q url.Values, name string, without, most int) (int, error) {
	s := q.Get(name)
	if s == "" {
		return without, nil
	}
	n, err := strconv.Atoi(s)
	if err != nil || n < 1 || n > most {
		return 0, &inputError{param: name, value: s, key: "error.number", args: []any{clip(s), fmt.Sprint(most)}}
	}
	return n, nil
}

// openAPI describes the API after OpenAPI 3.1, from the endpoints themselves.
var openAPI = sync.OnceValue(func() map[string]any {
	schemas := map[string]any{}
	paths := map[string]any{}
	failure := schemaOf(reflect.TypeFor[apiFailure](), schemas)
	failed := func(about string) map[string]any {
		return map[string]any{"description": about, "content": map[string]any{"application/json": map[string]any{"schema": failure}}}
	}
	for _, e := range endpoints() {
		var params []any
		for _, p := range append(slices.Clone(e.params), oneOf("lang", "language of names and texts; else that of the browser", "ar", "en")) {
			schema := p.schema
			if p.repeated {
				schema = map[string]any{"type": "array", "items": schema}
			}
			params = append(params, map[string]any{"name": p.name, "in": "query", "description": p.about, "required": p.required, "schema": schema})
		}
		if e.others {
			params = append(params, map[string]any{"name": "arguments", "in": "query", "description": "the parameters of the named query, each under its own name", "style": "form", "explode": true,
				"schema": map[string]any{"type": "object", "additionalProperties": map[string]any{"type": "string"}}})
		}
		content := map[string]any{}
		if e.media != "" {
			content[e.media] = map[string]any{"schema": map[string]any{"type": "string"}}
		} else {
			content["application/json"] = map[string]any{"schema": schemaOf(reflect.TypeOf(e.result), schemas)}
		}
		get := map[string]any{
			"summary": e.about, "operationId": strings.Trim(strings.ReplaceAll(e.path, "/", "_"), "_"), "parameters": params,
			"responses": map[string]any{
				"200": map[string]any{"description": "done", "content": content},
				"400": failed("a parameter is wrong; candidates are those who may be meant"),
				"404": failed("the graph has no such thing"),
				"503": failed("the graph is being indexed; try again in a moment"),
				"504": failed("the request took too long"),
			}}
		paths[e.path] = map[string]any{"get": get}
		if e.post != nil {
			paths[e.path] = map[string]any{"get": get, "post": map[string]any{
				"summary": e.post.about, "operationId": get["operationId"].(string) + "_take",
				"requestBody": map[string]any{"required": true, "content": map[string]any{"application/x-www-form-urlencoded": map[string]any{"schema": formSchema(e.post.params)}}},
				"responses": map[string]any{
					"200": map[string]any{"description": "done", "content": map[string]any{"application/json": map[string]any{"schema": schemaOf(reflect.TypeOf(e.post.result), schemas)}}},
					"400": failed("what is decided can't be"), "403": failed("decisions aren't taken here"), "404": failed("the graph has no such thing"),
				}}}
		}
		if e.form {
			post := maps.Clone(get)
			delete(post, "parameters")
			post["operationId"] = get["operationId"].(string) + "_by_form"
			post["requestBody"] = map[string]any{"description": "the same parameters as a form", "content": map[string]any{"application/x-www-form-urlencoded": map[string]any{"schema": map[string]any{"type": "object"}}}}
			paths[e.path] = map[string]any{"get": get, "post": post}
		}
	}
	return map[string]any{
		"openapi": "3.1.0",
		"info": map[string]any{"title": "Sila", "version": "1",
			"description": "Who did what to whom, where and when, and who said so. Names are accepted wherever an IRI is; texts come in Arabic or English (lang). Dates are YYYY, YYYY-MM or YYYY-MM-DD."},
		"servers":    []any{map[string]any{"url": apiBase}},
		"paths":      paths,
		"components": map[string]any{"schemas": schemas},
	}
})

// formSchema describes parameters as the fields of a form.
func formSchema(params []param) map[string]any {
	props := map[string]any{}
	required := []string{}
	for _, p := range params {
		field := maps.Clone(p.schema)
		field["description"] = p.about
		props[p.name] = field
		if p.required {
			required = append(required, p.name)
		}
	}
	return map[string]any{"type": "object", "properties": props, "required": required}
}

// schemaOf describes a Go type as JSON writes it; structs go into schemas.
func schemaOf(t reflect.Type, schemas map[string]any) map[string]any {
	switch t.Kind() {
	case reflect.Pointer:
		return schemaOf(t.Elem(), schemas)
	case reflect.String:
		return map[string]any{"type": "string"}
	case reflect.Bool:
		return map[string]any{"type": "boolean"}
	case reflect.Int, reflect.Int32, reflect.Int64, reflect.Uint8:
		return map[string]any{"type": "integer"}
	case reflect.Float64:
		return map[string]any{"type": "number"}
	case reflect.Slice:
		return map[string]any{"type": "array", "items": schemaOf(t.Elem(), schemas)}
	case reflect.Map:
		return map[string]any{"type": "object", "additionalProperties": schemaOf(t.Elem(), schemas)}
	case reflect.Interface:
		return map[string]any{}
	case reflect.Struct:
		name := strings.TrimPrefix(t.Name(), "api")
		ref := map[string]any{"$ref": "#/components/schemas/" + name}
		if _, ok := schemas[name]; ok {
			return ref
		}
		props := map[string]any{}
		schemas[name] = nil // for types that hold themselves
		var required []string
		fieldsOf(t, func(key string, optional bool, ft reflect.Type) {
			props[key] = schemaOf(ft, schemas)
			if !optional {
				required = append(required, key)
			}
		})
		slices.Sort(required)
		schemas[name] = map[string]any{"type": "object", "properties": props, "required": required, "additionalProperties": false}
		return ref
	}
	panic("explore: the API gives a " + t.String()) // a test describes every endpoint
}

// fieldsOf calls fn with the fields of a struct as JSON writes them, embedded ones too.
func fieldsOf(t reflect.Type, fn func(key string, optional bool, t reflect.Type)) {
	for i := range t.NumField() {
		f := t.Field(i)
		if f.Anonymous {
			fieldsOf(f.Type, fn)
			continue
		}
		key, opts, _ := strings.Cut(f.Tag.Get("json"), ",")
		fn(key, strings.Contains(opts, "omit"), f.Type)
	}
}
