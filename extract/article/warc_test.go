package article

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"reflect"
	"runtime"
	"strings"
	"testing"

	"github.com/andybalholm/brotli"
	"github.com/nlnwa/gowarc/v3"
)

// newsPage makes a page of the usual make about number n.
func newsPage(n int) string {
	return fmt.Sprintf(`<!DOCTYPE html><html lang="ar"><head><meta charset="utf-8"><title>الخبر رقم %[1]d | شبكة الرافدين</title>
<meta property="og:site_name" content="شبكة الرافدين"><meta property="article:published_time" content="2016-07-%02[2]dT10:00:00Z"></head>
<body><nav><a href="/">الرئيسية</a><a href="/iraq">العراق</a></nav><article><h1>الخبر رقم %[1]d</h1><div class="share"><a href="#">فيسبوك</a></div>
<p>بغداد – أعلن المتحدث باسم قيادة العمليات المشتركة أن القوات استعادت القرية رقم %[1]d جنوب الموصل بعد معارك استمرت يومين مع مسلحي التنظيم.</p>
<p>وأضاف أن الفرق الهندسية بدأت رفع العبوات الناسفة من الطرق، وأن %[1]d عائلة نازحة نقلت إلى مخيم ديبكة بالتنسيق مع منظمات الإغاثة الدولية.</p>
<p>من جهته دعا رئيس مجلس المحافظة الحكومة إلى الإسراع في إعادة الخدمات الأساسية، مؤكدا أن المجلس خصص مبالغ لإصلاح شبكة المياه.</p>
</article><aside class="sidebar"><a href="/x">الأكثر قراءة: أسعار النفط ترتفع</a></aside><footer>جميع الحقوق محفوظة</footer></body></html>`, n, n%28+1)
}

// httpAnswer is a server's answer as web archives hold it.
func httpAnswer(media, body string, headers ...string) string {
	return "HTTP/1.1 200 OK\r\nContent-Type: " + media + "\r\n" + strings.Join(append(headers, ""), "\r\n") + "\r\n" + body
}

// warcRecordText writes a record with the declared length off by delta.
func warcRecordText(kind, url, media, block string, delta int) string {
	return fmt.Sprintf("WARC/1.0\r\nWARC-Type: %s\r\nWARC-Target-URI: %s\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n%s\r\n\r\n", kind, url, media, len(block)+delta, block)
}

func page(n, delta int) string {
	return warcRecordText("response", fmt.Sprintf("https://rafidain.example/news/%d", n), "application/http; msgtype=response", httpAnswer("text/html; charset=utf-8", newsPage(n)), delta)
}

func ids(as []Article) (out []string) {
	for _, a := range as {
		out = append(out, strings.TrimPrefix(a.ID, "rafidain.example/news/"))
	}
	return out
}

func TestWARC(t *testing.T) {
	var zipped, packed bytes.Buffer
	z := gzip.NewWriter(&zipped)
	io.WriteString(z, newsPage(4))
	z.Close()
	br := brotli.NewWriter(&packed)
	io.WriteString(br, newsPage(5))
	br.Close()
	u := func(n int) string { return fmt.Sprintf("https://rafidain.example/news/%d", n) }
	const m = "application/http; msgtype=response"
	in := warcRecordText("warcinfo", "", "application/warc-fields", "software: x\r\n", 0) +
		warcRecordText("request", u(1), "application/http; msgtype=request", "GET / HTTP/1.1\r\n\r\n", 0) + page(1, 0) +
		warcRecordText("response", u(2), m, "HTTP/1.1 301 Moved\r\nLocation: /\r\n\r\n", 0) +
		warcRecordText("response", "https://rafidain.example/a.png", m, httpAnswer("image/png", "\x89PNG"), 0) +
		warcRecordText("response", u(3), m, httpAnswer("text/html", fmt.Sprintf("%x\r\n%s\r\n0\r\n\r\n", len(newsPage(3)), newsPage(3)), "Transfer-Encoding: chunked"), 0) +
		warcRecordText("response", u(4), m, httpAnswer("text/html", zipped.String(), "Content-Encoding: gzip"), 0) +
		warcRecordText("response", u(5), m, httpAnswer("text/html", packed.String(), "Content-Encoding: br"), 0) +
		warcRecordText("response", u(6), m, httpAnswer("text/html", newsPage(6), "Content-Encoding: gzip", "Transfer-Encoding: chunked"), 0) + // says what it no longer is
		warcRecordText("conversion", u(7), "text/plain", "عنوان الخبر السابع\nنص الخبر السابع.", 0) +
		warcRecordText("response", "https://rafidain.example/rss", m, httpAnswer("application/rss+xml", `<rss version="2.0"><channel><title>الرافدين</title><item><title>خبر</title><link>`+u(8)+`</link><description>نص الخبر</description></item></channel></rss>`), 0)
	for name, data := range map[string]string{"a.warc": in, "a.warc.gz": gz(in)} {
		as, ps, sum := read(t, Options{}, nil, filepath.Join(tree(t, map[string]string{name: data}), name))
		if got, want := ids(as), []string{"1", "3", "4", "5", "6", "7", "8"}; !reflect.DeepEqual(got, want) || len(ps) != 0 {
			t.Errorf("%s: got %q, want %q; %v", name, got, want, ps)
		}
		if sum.Ignored != 4 || as[0].Source != "شبكة الرافدين" || as[0].Date != "2016-07-02" || as[0].Title != "الخبر رقم 1" || strings.Contains(as[0].Text, "قراءة") {
			t.Errorf("%+v %+v", sum, as[0])
		}
	}
}

// TestWARCWrongLengths has records that say too little, too much, nothing, and bytes between records; each article
// still comes out whole.
func TestWARCWrongLengths(t *testing.T) {
	in := page(1, 0) + page(2, -400) + page(3, +90) + page(4, 0) + "???\r\n" + page(5, +100000) +
		strings.Replace(page(6, 0), "Content-Length", "X-Length", 1) + "WARC/1.0\r\nWARC-Type: response\r\n" + page(7, 0) + page(8, 1<<40)
	as, ps, _ := read(t, Options{}, strings.NewReader(in), "-")
	if got, want := ids(as), []string{"1", "2", "3", "4", "5", "6", "7", "8"}; !reflect.DeepEqual(got, want) {
		t.Fatalf("got %q, want %q; %v", got, want, ps)
	}
	for i, a := range as {
		if want, err := pageArticle(newsPage(i+1), a.URL); err != nil || a.Text != want.Text {
			t.Errorf("%d: %q, want %q", i+1, a.Text, want.Text)
		}
	}
	if len(ps) != 6 {
		t.Errorf("%d problems: %v", len(ps), ps)
	}
	// A packed record within the archive that is cut off in the middle ends the reading with what came before.
	cut := gz(page(1, 0)) + gz(page(2, 0))
	as, ps, _ = read(t, Options{}, strings.NewReader(cut[:len(cut)-200]), "-")
	if len(ids(as)) < 1 || len(ps) == 0 {
		t.Errorf("%q %v", ids(as), ps)
	}
}

// TestWARCOfOthers reads what another writer wrote.
func TestWARCOfOthers(t *testing.T) {
	var b bytes.Buffer
	m := gowarc.NewMarshaler()
	for n := range 3 {
		rb := gowarc.NewRecordBuilder(gowarc.Response, gowarc.WithDefaultDigestAlgorithm("sha1"))
		if _, err := rb.WriteString(httpAnswer("text/html; charset=utf-8", newsPage(n))); err != nil {
			t.Fatal(err)
		}
		rb.AddWarcHeader(gowarc.WarcTargetURI, fmt.Sprintf("https://rafidain.example/news/%d", n))
		rb.AddWarcHeader(gowarc.WarcDate, "2016-07-21T10:00:00Z")
		rb.AddWarcHeader(gowarc.ContentType, "application/http;msgtype=response")
		rec, _, err := rb.Build()
		if err != nil {
			t.Fatal(err)
		}
		if _, _, err := m.Marshal(&b, rec, 0); err != nil {
			t.Fatal(err)
		}
		rec.Close()
	}
	as, ps, _ := read(t, Options{}, &b, "-")
	if got, want := ids(as), []string{"0", "1", "2"}; !reflect.DeepEqual(got, want) || len(ps) != 0 {
		t.Errorf("got %q, want %q; %v", got, want, ps)
	}
}

// warcStream writes n pages, each packed by itself, without holding them.
func warcStream(n int) io.Reader {
	r, w := io.Pipe()
	go func() {
		z := gzip.NewWriter(w)
		for i := range n {
			z.Reset(w)
			io.WriteString(z, page(i, 0))
			z.Close()
		}
		w.Close()
	}()
	return r
}

// TestWARCMemoryStaysFlat compares the heap after few pages and after many: 2,000 of them, or SILA_PAGES.
func TestWARCMemoryStaysFlat(t *testing.T) {
	total := 2000
	if v := os.Getenv("SILA_PAGES"); v != "" {
		fmt.Sscan(v, &total)
	} else if testing.Short() {
		t.Skip("short")
	}
	heap := func() uint64 {
		runtime.GC()
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		return m.HeapAlloc
	}
	var early, late uint64
	n := 0
	_, err := Read(t.Context(), []string{"-"}, warcStream(total), Options{}, func(a Article) error {
		if n++; n == total/10 {
			early = heap()
		} else if n == total {
			late = heap()
		}
		return nil
	}, func(p *Problem) { t.Error(p) })
	if err != nil || n != total {
		t.Fatal(err, n)
	}
	t.Logf("heap %d kB after %d pages, %d kB after %d", early>>10, total/10, late>>10, total)
	if late > early+early/2+1<<20 {
		t.Errorf("heap grew from %d to %d bytes", early, late)
	}
}

func BenchmarkWARC(b *testing.B) {
	b.ReportAllocs()
	n := 0
	for b.Loop() {
		if _, err := Read(b.Context(), []string{"-"}, warcStream(100), Options{}, func(a Article) error { n++; return nil }, nil); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "pages/s")
}
