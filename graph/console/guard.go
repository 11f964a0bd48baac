package console

import (
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/hex"
	"net"
	"net/http"
	"net/url"
	"strings"
)

// guard lets through only requests that are meant for this server: the right
// Host (a foreign one is DNS rebinding), no foreign Origin (a page elsewhere
// that makes the browser ask), the token where one is wanted. It sets the
// headers that keep pages to themselves.
func (s *Server) guard(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", s.pages.policy)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("X-Frame-Options", "DENY")
		h.Set("Referrer-Policy", "same-origin")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		h.Set("Cache-Control", "no-store")
		if !s.hostAllowed(r.Host) {
			s.metrics.refused("host")
			fail(w, http.StatusMisdirectedRequest, "this server isn't called "+clip(r.Host)+"; name it with sila serve --host")
			return
		}
		if !s.sameOrigin(r) {
			s.metrics.refused("origin")
			fail(w, http.StatusForbidden, "requests from pages of other sites are refused")
			return
		}
		if s.opt.Token != "" && r.URL.Path != "/healthz" && !s.authorised(w, r) {
			s.metrics.refused("token")
			h.Set("WWW-Authenticate", `Bearer realm="sila"`)
			fail(w, http.StatusUnauthorized, "a token is wanted: open the address that sila serve printed, or send Authorization: Bearer TOKEN")
			return
		}
		next.ServeHTTP(w, r)
	})
}

// hostAllowed knows addresses, which nobody can rebind, the name of the
// loopback interface, and the names in Options.
func (s *Server) hostAllowed(host string) bool {
	name := host
	if h, _, err := net.SplitHostPort(host); err == nil {
		name = h
	}
	name = strings.ToLower(strings.Trim(name, "[]"))
	if net.ParseIP(name) != nil || name == "localhost" {
		return true
	}
	for _, h := range s.opt.Hosts {
		if strings.EqualFold(name, strings.Trim(h, "[]")) {
			return true
		}
	}
	return false
}

// sameOrigin says whether a request comes from our own pages or from no page
// at all. Links from elsewhere may open a page, nothing more.
func (s *Server) sameOrigin(r *http.Request) bool {
	page := r.Method == http.MethodGet && (r.URL.Path == "/" || strings.HasPrefix(r.URL.Path, "/ui/") ||
		s.opt.Explorer != nil && !strings.HasPrefix(r.URL.Path, "/api/") && !strings.HasPrefix(r.URL.Path, "/sila/"))
	switch r.Header.Get("Sec-Fetch-Site") {
	case "cross-site", "same-site":
		return page && r.Header.Get("Sec-Fetch-Mode") == "navigate" && r.Header.Get("Sec-Fetch-Dest") == "document"
	}
	origin := r.Header.Get("Origin")
	if origin == "" {
		return true
	}
	u, err := url.Parse(origin)
	return err == nil && u.Host == r.Host && (u.Scheme == "http" || u.Scheme == "https")
}

const tokenCookie = "sila-token"

// authorised looks for the token in the header, in the cookie, or in the
// address of a page, from where it moves to the cookie.
func (s *Server) authorised(w http.ResponseWriter, r *http.Request) bool {
	if b, ok := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer "); ok {
		return s.rightToken(b)
	}
	if c, err := r.Cookie(tokenCookie); err == nil && s.rightToken(c.Value) {
		return true
	}
	if t := r.URL.Query().Get("token"); r.URL.Path == "/" && s.rightToken(t) {
		http.SetCookie(w, &http.Cookie{Name: tokenCookie, Value: t, Path: "/", HttpOnly: true, SameSite: http.SameSiteStrictMode, Secure: r.TLS != nil})
		return true
	}
	return false
}

// rightToken compares in constant time; hashes, so that lengths don't show either.
func (s *Server) rightToken(t string) bool {
	have, want := sha256.Sum256([]byte(t)), sha256.Sum256([]byte(s.opt.Token))
	return subtle.ConstantTimeCompare(have[:], want[:]) == 1
}

// NewToken returns a token that can't be guessed.
func NewToken() string {
	var b [16]byte
	_, _ = rand.Read(b[:]) // never fails
	return hex.EncodeToString(b[:])
}

// Loopback says whether an address to listen on is reachable from this machine alone.
func Loopback(addr string) bool {
	host, _, err := net.SplitHostPort(addr)
	if err != nil {
		return false
	}
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

func clip(s string) string {
	const most = 80
	if r := []rune(s); len(r) > most {
		return string(r[:most]) + "…"
	}
	return s
}
