package article

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// fuzzReader feeds one reader arbitrary bytes. It must not fail the run, and what it hands on must be sound and the same
// again.
func fuzzReader(f *testing.F, read func(*session, *source) error, seeds ...string) {
	for _, s := range seeds {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		if len(data) > 1<<20 {
			return
		}
		run := func() (as []Article, problems int) {
			s := &session{ctx: t.Context(), opt: Options{MaxBytes: 32 << 10, Workers: 1}, seen: map[string]string{},
				yield:   func(a Article) error { as = append(as, a); return nil },
				problem: func(p *Problem) { problems++; _ = p.Error() },
			}
			src := &source{file: "f", name: "f", key: "f", r: s.buffer(bytes.NewReader(data))}
			if err := read(s, src); err != nil {
				t.Fatal(err)
			}
			if err := s.drain(0); err != nil {
				t.Fatal(err)
			}
			return as, problems
		}
		as, n := run()
		again, m := run()
		if len(as) != len(again) || n != m {
			t.Fatalf("%d articles and %d problems, then %d and %d", len(as), n, len(again), m)
		}
		for i, a := range as {
			if a != again[i] {
				t.Errorf("%+v, then %+v", a, again[i])
			}
			if a.ID == "" || a.Hash != Hash(a.Title, a.Text) || a.Date != "" && isoDate(a.Date) != a.Date {
				t.Errorf("%+v", a)
			}
			if !utf8.ValidString(a.Title) || !utf8.ValidString(a.Text) || strings.ContainsRune(a.Text, lineMark) && !bytes.Contains(data, []byte(string(lineMark))) {
				t.Errorf("%q %q", a.Title, a.Text)
			}
		}
	})
}

// seedPages returns files of testdata/pages.
func seedPages(pattern string) (out []string) {
	names, _ := filepath.Glob(filepath.Join(pagesDir, pattern))
	for _, n := range names {
		if b, err := os.ReadFile(n); err == nil {
			out = append(out, string(b))
		}
	}
	return out
}

func FuzzText(f *testing.F) {
	fuzzReader(f, (*session).text, append(seedPages("*.txt"), storyA, "\ufeffعنوان\r\nنص", "عنوان\n\nالتعليقات\nنص", "\xc7\xe1\xda\xd1\xc7\xde", "بقلم: أحمد\nنص")...)
}

func FuzzJSONLines(f *testing.F) {
	fuzzReader(f, (*session).jsonLines, `{"id": 1, "title": "عنوان", "text": "نص", "date": "21/7/2016"}`+"\n{\n", `{"text": "\ud800"}`, `{"title": null, "facts": []}`, "[]\n\xff")
}

func FuzzJSONValues(f *testing.F) {
	fuzzReader(f, (*session).jsonValues, "[{\"title\": \"أ {\\\"\"},\n{\"title\": \"ب\"}]", "{\n\"title\": \"أ\"\n}{", "}{", `{"a": "\`)
}

func FuzzPage(f *testing.F) {
	fuzzReader(f, (*session).page, append(seedPages("*.html"), newsPage(1), "<p>نص", "<title>أ | ب</title>", `<script type="application/ld+json">{"@type":"Article","author":[[]]}</script>`)...)
}

func FuzzFeed(f *testing.F) {
	fuzzReader(f, (*session).feed, append(append(seedPages("*.xml"), seedPages("*.rdf")...), "<rss><item><title>أ</title></item><item>", "<feed><entry/><entry></ENTRY>", "<item ></item>")...)
}

func FuzzTable(f *testing.F) {
	fuzzReader(f, (*session).table, append(seedPages("*.csv"), "title,text\n\"أ\n\",\"\"\"ب\"\n\"", "العنوان\tالنص\nأ\tب\n", "text\n\n\nأ")...)
}

func FuzzMbox(f *testing.F) {
	fuzzReader(f, (*session).mbox, append(seedPages("*.mbox"), "From a\nSubject: =?utf-8?B?2KM=?=\n\nنص\n\nFrom b\n\n>From c", "From \nContent-Type: multipart/mixed; boundary=a\n\n--a\n\n--a--")...)
}

func FuzzWARC(f *testing.F) {
	fuzzReader(f, (*session).warc, page(1, 0)+page(2, 5), page(1, -3), "WARC/1.0\r\nWARC-Type: conversion\r\nContent-Type: text/plain\r\n\r\nأ\r\n\r\n", "WARC/1.0\r\nContent-Length: 9\r\n\r\nWARC/1.0\nWARC-Type: x", "x\nWARC/1.1")
}

func FuzzAny(f *testing.F) {
	fuzzReader(f, (*session).stream, storyA, gz(storyA), zst(storyA), zipOf(file{"a.txt", storyA}, file{"b.html", newsPage(2)}), tarOf(file{"a.txt", storyA}, file{"b.tar", tarOf(file{"c", "x"})}), gz(page(1, 0)), "BZh9", "\xff\xfeأ")
}

func FuzzDecode(f *testing.F) {
	old, _ := charmap.Windows1256.NewEncoder().String(storyA)
	for _, s := range []string{storyA, old, "\xff\xfe'\x06D\x06", "ط§ظ„ط¹ط±ط¨ظٹط©", "ÇáÚÑÈíÉ", "\xef\xbb\xbfنص", "\x80\x81"} {
		for _, label := range []string{"", "windows-1256", "iso-8859-6", "utf-16", "x-none"} {
			f.Add([]byte(s), label)
		}
	}
	f.Fuzz(func(t *testing.T, b []byte, label string) {
		s, bad, err := decode(b, label)
		if !utf8.ValidString(s) || err != nil && s != "" || bad < 0 || bad > len(b) {
			t.Errorf("%q, %d, %v", s, bad, err)
		}
	})
}
