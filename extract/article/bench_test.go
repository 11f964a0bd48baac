package article

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// bigPage is a page as sites of today make them: a short story under 120 kB of menus, scripts and teasers.
func bigPage() string {
	var b strings.Builder
	b.WriteString("<html><head><title>ع</title>")
	for i := range 30 {
		fmt.Fprintf(&b, "<script>var a%d = %q;</script>", i, strings.Repeat("x", 800))
	}
	b.WriteString("</head><body><ul class=menu>")
	for i := range 200 {
		fmt.Fprintf(&b, `<li class="item item-%d"><a href="/section/%d" title="قسم">قسم رقم %d</a></li>`, i, i, i)
	}
	b.WriteString("</ul>")
	b.WriteString(newsPage(1)[strings.Index(newsPage(1), "<article>"):])
	for i := range 250 {
		fmt.Fprintf(&b, `<div class="card"><div class="card-in"><a href="/news/%d"><img src="/i/%d.jpg" alt=""><h3>عنوان خبر آخر من أخبار اليوم رقم %d</h3></a><span class="time">قبل ساعة</span></div></div>`, i, i, i)
	}
	return b.String()
}

func BenchmarkPage(b *testing.B) {
	for name, p := range map[string]string{"small": newsPage(1), "big": bigPage()} {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(p)))
			b.ReportAllocs()
			for b.Loop() {
				if _, err := pageArticle(p, ""); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// BenchmarkRead measures JSON lines and plain text, by bytes of input.
func BenchmarkRead(b *testing.B) {
	dir := tree(b, map[string]string{"a.jsonl": strings.Repeat(fmt.Sprintf("{\"id\": \"1\", \"date\": \"2016-07-21\", \"title\": %q, \"text\": %q}\n", "عنوان", storyA), 1000), "b.txt": "عنوان\n" + storyA})
	for _, name := range []string{"a.jsonl", "b.txt"} {
		b.Run(name, func(b *testing.B) {
			path := filepath.Join(dir, name)
			info, err := os.Stat(path)
			if err != nil {
				b.Fatal(err)
			}
			b.SetBytes(info.Size())
			b.ReportAllocs()
			for b.Loop() {
				if _, err := Read(b.Context(), []string{path}, nil, Options{}, func(Article) error { return nil }, nil); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
