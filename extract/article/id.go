package article

import (
	"net/url"
	"path"
	"path/filepath"
	"strings"
	"unicode"
)

// deriveID makes an ID for an article whose metadata has none: from its address, else from its place in the input.
// An article that has its file for itself is named like the file; one of many by its content.
func deriveID(key string, a *Article) string {
	if id := urlID(a.URL); id != "" {
		return id
	}
	if a.Origin.Line == 0 && a.Origin.Item == 0 && key != "stdin" {
		return key
	}
	return key + ":" + a.Hash[:12]
}

// urlID shortens an address to what tells pages apart: host without "www." and path, percent signs undone, plus the
// query without tracking parameters, fragment dropped. "" if u is no address of the web.
func urlID(u string) string {
	p, err := url.Parse(strings.TrimSpace(u))
	if err != nil || p.Host == "" || (p.Scheme != "http" && p.Scheme != "https") {
		return ""
	}
	id := strings.TrimPrefix(strings.ToLower(p.Host), "www.")
	id += strings.TrimRight(p.Path, "/")
	if p.RawQuery != "" {
		var keep []string
		for _, kv := range strings.Split(p.RawQuery, "&") {
			k, _, _ := strings.Cut(strings.ToLower(kv), "=")
			if kv == "" || strings.HasPrefix(k, "utm_") || k == "fbclid" || k == "gclid" || k == "ref" {
				continue
			}
			if dec, err := url.QueryUnescape(kv); err == nil {
				kv = dec
			}
			keep = append(keep, kv)
		}
		if len(keep) > 0 {
			id += "?" + strings.Join(keep, "&")
		}
	}
	return cleanID(id)
}

// keyOf turns a relative path into a key: extensions of articles and of compression cut, "/" to ":".
func keyOf(rel string) string {
	rel = filepath.ToSlash(rel)
	for {
		ext := strings.ToLower(path.Ext(rel))
		if !knownExt[ext] || len(ext) == len(path.Base(rel)) {
			break
		}
		rel = rel[:len(rel)-len(ext)]
	}
	return cleanID(strings.ReplaceAll(strings.Trim(rel, "/"), "/", ":"))
}

// cleanID replaces what no IRI may hold: white space, controls and <>"{}|\^`.
func cleanID(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || unicode.IsControl(r) || r == unicode.ReplacementChar || strings.ContainsRune("<>\"{}|\\^`", r) {
			return '_'
		}
		return r
	}, s)
}
