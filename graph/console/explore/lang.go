package explore

import (
	"embed"
	"fmt"
	"net/http"
	"strconv"
	"strings"

	"golang.org/x/text/language"

	"github.com/sila-graph/sila/extract/doc"
	"github.com/sila-graph/sila/graph/console/explore/index"
)

//go:embed catalogue
var catalogues embed.FS

// lang is a language of the interface with all its texts.
type lang struct {
	Code, Dir string
	texts     map[string]string
}

// langs are the interface's languages, the one for readers who don't say first.
func loadLangs() ([]*lang, error) {
	out := []*lang{{Code: "ar", Dir: "rtl"}, {Code: "en", Dir: "ltr"}}
	for _, l := range out {
		name := "catalogue/" + l.Code + ".txt"
		b, err := catalogues.ReadFile(name)
		if err != nil {
			return nil, err
		}
		if l.texts, err = parseCatalogue(name, string(b)); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// parseCatalogue reads lines "key = text".
func parseCatalogue(name, text string) (map[string]string, error) {
	m := map[string]string{}
	for n, line := range strings.Split(text, "\n") {
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' {
			continue
		}
		key, val, ok := strings.Cut(line, " = ")
		if !ok || m[key] != "" {
			return nil, fmt.Errorf("%s:%d: want \"key = text\", each key once, have %q", name, n+1, line)
		}
		m[key] = strings.ReplaceAll(val, "␣", " ") // a blank at an end
	}
	return m, nil
}

// T returns a text with its arguments in place.
func (l *lang) T(key string, args ...any) string {
	s, ok := l.texts[key]
	if !ok {
		return "⟨" + key + "⟩" // a test knows all keys
	}
	if len(args) == 0 {
		return s
	}
	return fmt.Sprintf(s, args...)
}

// N counts things in words: the text of n.KEY has its forms in a row, for
// Arabic 1, 2, 3–10, 11–99 and hundreds, for English 1 and more.
func (l *lang) N(key string, n int) string {
	forms := strings.Split(l.T("n."+key), " | ")
	i := len(forms) - 1
	switch {
	case l.Code == "en":
		if n == 1 {
			i = 0
		}
	case n == 1:
		i = 0
	case n == 2:
		i = 1
	case n%100 >= 3 && n%100 <= 10:
		i = 2
	case n%100 >= 11:
		i = 3
	}
	return strings.Replace(forms[min(i, len(forms)-1)], "#", l.Num(n), 1)
}

// Num writes a number with its thousands apart.
func (l *lang) Num(n int) string {
	s := strconv.Itoa(n)
	for i := len(s) - 3; i > 0 && s[i-1] != '-'; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

// Date writes a day, month or year in words: 21 تموز/يوليو 2016.
func (l *lang) Date(d index.Day) string {
	y, m, day := d.Parts()
	switch {
	case d == 0:
		return ""
	case m == 0:
		return strconv.Itoa(y)
	case day == 0:
		return l.T("month."+strconv.Itoa(m)) + " " + strconv.Itoa(y)
	}
	return strconv.Itoa(day) + " " + l.T("month."+strconv.Itoa(m)) + " " + strconv.Itoa(y)
}

// Pick chooses the text of this language, else the other.
func (l *lang) Pick(v doc.Labels) string {
	if l.Code == "en" && v.En != "" || v.Ar == "" {
		return v.En
	}
	return v.Ar
}

const langCookie, themeCookie = "sila-lang", "sila-theme"

// choose finds the reader's language: asked for, else remembered, else the
// browser's, else Arabic. What is asked for is remembered.
func (p *pages) choose(w http.ResponseWriter, r *http.Request) *lang {
	if l := p.byCode(r.URL.Query().Get("lang")); l != nil {
		remember(w, r, langCookie, l.Code)
		return l
	}
	if c, err := r.Cookie(langCookie); err == nil {
		if l := p.byCode(c.Value); l != nil {
			return l
		}
	}
	tags, _, err := language.ParseAcceptLanguage(r.Header.Get("Accept-Language"))
	if err == nil {
		for _, t := range tags {
			base, _ := t.Base()
			if l := p.byCode(base.String()); l != nil {
				return l
			}
		}
	}
	return p.langs[0]
}

// theme is "light", "dark", or "" for what the system says.
func theme(w http.ResponseWriter, r *http.Request) string {
	switch t := r.URL.Query().Get("theme"); t {
	case "light", "dark":
		remember(w, r, themeCookie, t)
		return t
	case "auto":
		remember(w, r, themeCookie, t)
		return ""
	}
	if c, err := r.Cookie(themeCookie); err == nil && (c.Value == "light" || c.Value == "dark") {
		return c.Value
	}
	return ""
}

func remember(w http.ResponseWriter, r *http.Request, name, value string) {
	http.SetCookie(w, &http.Cookie{Name: name, Value: value, Path: "/", MaxAge: 365 * 24 * 3600, HttpOnly: true, SameSite: http.SameSiteStrictMode, Secure: r.TLS != nil})
}

func (p *pages) byCode(code string) *lang {
	for _, l := range p.langs {
		if l.Code == code {
			return l
		}
	}
	return nil
}
