package article

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/json"
	"errors"
	"io"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
)

// read collects what Read hands on.
func read(t testing.TB, opt Options, stdin io.Reader, paths ...string) ([]Article, []*Problem, Summary) {
	t.Helper()
	var as []Article
	var ps []*Problem
	sum, err := Read(context.Background(), paths, stdin, opt, func(a Article) error { as = append(as, a); return nil }, func(p *Problem) { ps = append(ps, p) })
	if err != nil {
		t.Fatal(err)
	}
	if sum.Articles != len(as) || sum.Problems != len(ps) {
		t.Errorf("summary %+v beside %d articles, %d problems", sum, len(as), len(ps))
	}
	return as, ps, sum
}

// tree writes files below a new folder.
func tree(t testing.TB, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, data := range files {
		p := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(p), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(p, []byte(data), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func gz(s string) string {
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	io.WriteString(z, s)
	z.Close()
	return b.String()
}

const storyA = "الجيش العراقي يستعيد بلدة القيارة\n\nبغداد – 21 يوليو 2016 – أعلن الجيش العراقي استعادة بلدة القيارة جنوب الموصل.\nوقال المتحدث إن القوات تتقدم.\n"

func TestPlainText(t *testing.T) {
	dir := tree(t, map[string]string{
		"b/second.txt":   "\ufeffوزير الخارجية يصل إلى عمان\r\nوصل الوزير إلى العاصمة الأردنية.\r\n",
		"a.txt":          storyA,
		"b/first.txt.gz": gz("عنوان أول\nنص أول."),
		".hidden.txt":    "مخفي\nمخفي",
		"b/.git/x.txt":   "مخفي\nمخفي",
		"b/style.css":    "body { }",
		"b/pic.png":      "\x89PNG....",
	})
	as, ps, sum := read(t, Options{Date: "2020-01-02"}, nil, dir)
	if len(ps) != 0 {
		t.Fatal(ps[0])
	}
	var got []string
	for _, a := range as {
		got = append(got, a.ID+"|"+a.Title+"|"+a.Date)
	}
	want := []string{"a|الجيش العراقي يستعيد بلدة القيارة|2016-07-21", "b:first|عنوان أول|2020-01-02", "b:second|وزير الخارجية يصل إلى عمان|2020-01-02"}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
	if as[2].Text != "وصل الوزير إلى العاصمة الأردنية." {
		t.Errorf("text %q", as[2].Text)
	}
	if sum.Ignored != 2 || sum.Files != 5 {
		t.Errorf("summary %+v", sum)
	}
	if n := Size([]string{dir}); n != sum.Bytes {
		t.Errorf("Size %d, read %d bytes", n, sum.Bytes)
	}
}

func TestFurnitureInPlainText(t *testing.T) {
	in := `مجلس النواب يقر الموازنة
الرئيسية
آخر الأخبار
مجلس النواب يقرّ الموازنة
آخر تحديث: الأحد 24 يوليو 2016 - 10:15
شارك على فيسبوك

أقر مجلس النواب اليوم الموازنة العامة بأغلبية الأصوات.
اقرأ أيضاً: الحكومة تحيل مشروع الموازنة إلى البرلمان

وتابعونا على مدى الأيام الماضية كتل نيابية أعلنت رفضها المشروع، قبل أن تعود وتصوت له في جلسة امتدت حتى ساعات الفجر الأولى.

التعليقات

أضف تعليقاً

لن يتم نشر عنوان بريدك الإلكتروني. الحقول الإلزامية مشار إليها بـ *
قارئ: خبر جيد
`
	as, _, _ := read(t, Options{}, strings.NewReader(in), "-")
	if len(as) != 1 {
		t.Fatal(as)
	}
	want := "أقر مجلس النواب اليوم الموازنة العامة بأغلبية الأصوات.\nوتابعونا على مدى الأيام الماضية كتل نيابية أعلنت رفضها المشروع، قبل أن تعود وتصوت له في جلسة امتدت حتى ساعات الفجر الأولى."
	if as[0].Text != want || as[0].Date != "2016-07-24" {
		t.Errorf("%s\n%q", as[0].Date, as[0].Text)
	}
}

func TestDateLines(t *testing.T) {
	for line, stays := range map[string]bool{
		"الأحد 19 كانون الثاني 2020":                    false,
		"السبت 3 صفر 1442 هـ - 20 سبتمبر 2020 م":        false,
		"2020/09/20 - 10:30 مساءً":                      false,
		"بيروت – “المسار” – الأحد 19 كانون الثاني 2020": true,
		"بيروت – 9 تشرين الاول 2015":                    true,
	} {
		a := plainArticle("عنوان\n"+line+"\nتظاهر آلاف اللبنانيين.", "")
		if got := strings.HasPrefix(a.Text, line); got != stays || a.Date == "" {
			t.Errorf("%q: %q, %s", line, a.Text, a.Date)
		}
	}
}

func TestJSONLines(t *testing.T) {
	in := `{"id": "a1", "date": "2016-07-21", "title": "عنوان", "source": "وكالة", "url": "http://example.org/1", "text": " نص\tأول\n", "topic": 3, "entities": []}

{"id": 17, "title": "ثان", "text": "نص ثان", "date": null}
{"id": "a3", "title": "ثالث", "text":
{"title": "رابع", "url": "https://www.example.org/%D8%AE%D8%A8%D8%B1/4/?utm_source=x&p=2#top", "text": "نص رابع"}
{"id": "gold", "date": "2016-07-21", "entities": [], "facts": []}
["قائمة"]
{"title": "خامس", "text": "نص خامس"}
{"title": "سادس", "text": {"a": 1}}
{"title": "", "text": " "}
{"title": "English", "text": "only"}
{"id": "ok", "title": "سابع"}`
	as, ps, sum := read(t, Options{}, strings.NewReader(in), "-")
	var ids []string
	for _, a := range as {
		ids = append(ids, a.ID)
	}
	if want := []string{"a1", "17", "example.org/خبر/4?p=2", "stdin:" + Hash("خامس", "نص خامس")[:12], "ok"}; !reflect.DeepEqual(ids, want) {
		t.Errorf("got %q, want %q", ids, want)
	}
	a := as[0]
	a.Hash = ""
	if want := (Article{ID: "a1", Title: "عنوان", Text: " نص\tأول\n", Date: "2016-07-21", Source: "وكالة", URL: "http://example.org/1", Origin: Origin{File: "-", Line: 1}}); a != want {
		t.Errorf("got %+v", a)
	}
	var lines []int
	for _, p := range ps {
		lines = append(lines, p.Line)
	}
	if want := []int{4, 7, 9, 10, 11}; !reflect.DeepEqual(lines, want) || sum.Ignored != 1 {
		t.Errorf("problems at %v, %+v: %v", lines, sum, ps)
	}
	if !errors.Is(ps[0], ErrBroken) || !errors.Is(ps[3], ErrNoText) || !errors.Is(ps[4], ErrForeign) {
		t.Error(ps)
	}
}

func TestJSONValues(t *testing.T) {
	for _, in := range []string{
		"[\n {\"id\": \"1\", \"title\": \"أ {\", \"text\": \"\\\"}\"},\n {\"id\": \"2\",\n \"title\": \"ب\"}\n]",
		"{\n\"id\": \"1\", \"title\": \"أ\"\n}\n{\n\"id\": \"2\", \"title\": \"ب\"\n}\n",
	} {
		as, ps, _ := read(t, Options{}, strings.NewReader(in), "-")
		if len(ps) != 0 || len(as) != 2 || as[1].ID != "2" {
			t.Errorf("%q: %v %v", in, as, ps)
		}
	}
	_, ps, _ := read(t, Options{}, strings.NewReader("[\n{\"id\": \"1\", \"title\": \"أ\"},\n{\"id\":"), "-")
	if len(ps) != 1 || ps[0].Line != 3 {
		t.Errorf("cut off: %v", ps)
	}
}

func TestProblemsKeepNothingElse(t *testing.T) {
	whole := gz(strings.Repeat(`{"title": "عنوان", "text": "نص طويل"}`+"\n", 1000))
	dir := tree(t, map[string]string{
		"1-empty.txt":    "",
		"2-invalid.json": "{\"id\": \"x\", \"title\": \"\xff\xfe\"}\n{\"id\": \"y\", \"title\": \"سليم\"}\n",
		"3-long.jsonl":   "{\"id\": \"l\", \"title\": \"" + strings.Repeat("طويل", 1<<19) + "\"}\n{\"id\": \"z\", \"title\": \"سليم\"}",
		"4-cut.jsonl.gz": whole[:len(whole)-9],
		"5-good.txt":     "عنوان\nنص",
		"6-long.txt":     strings.Repeat("طويل ", 1<<19),
	})
	as, ps, _ := read(t, Options{MaxBytes: 1 << 20}, nil, dir, filepath.Join(dir, "none.txt"))
	if n := len(as); n != 1000+3 && n != 999+3 {
		t.Errorf("%d articles", n)
	}
	var got []string
	for _, p := range ps {
		got = append(got, strings.TrimPrefix(p.Error(), dir+string(filepath.Separator)))
	}
	want := []string{"1-empty.txt: nothing in it", "2-invalid.json:1: unknown character encoding", "3-long.jsonl:1: too long", "4-cut.jsonl.gz:1001: broken: ends too early", "6-long.txt: too long", "none.txt: no such file"}
	if len(got) != len(want) {
		t.Fatalf("got %q", got)
	}
	for i := range want {
		if !strings.HasPrefix(got[i], want[i]) {
			t.Errorf("got %q, want %q…", got[i], want[i])
		}
	}
}

func TestSameNameInTwoFolders(t *testing.T) {
	a, b := tree(t, map[string]string{"x.txt": "أول"}), tree(t, map[string]string{"x.txt": "ثان"})
	as, _, _ := read(t, Options{}, nil, a, b)
	if len(as) != 2 || as[0].ID != "x" || !strings.HasPrefix(as[1].ID, "x~") {
		t.Error(as)
	}
}

func TestStops(t *testing.T) {
	in := `{"title": "أ"}` + "\n" + `{"title": "ب"}`
	stop := errors.New("stop")
	if _, err := Read(context.Background(), []string{"-"}, strings.NewReader(in), Options{}, func(Article) error { return stop }, nil); err != stop {
		t.Error(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	n := 0
	if _, err := Read(ctx, []string{"-"}, strings.NewReader(in), Options{}, func(Article) error { n++; cancel(); return nil }, nil); err != context.Canceled || n != 1 {
		t.Error(err, n)
	}
	if _, err := Read(context.Background(), nil, nil, Options{Date: "21/7/2016"}, nil, nil); err == nil {
		t.Error("wrong date taken")
	}
}

// TestSeedPage reads the shared seed page, which must come out like the clean copy of it.
func TestSeedPage(t *testing.T) {
	shared := os.Getenv("SILA_SHARED")
	if shared == "" {
		shared = filepath.Join("..", "..", "..", "shared")
	}
	raw, err := os.ReadFile(filepath.Join(shared, "gold", "seed", "articles.jsonl"))
	if err != nil {
		t.Skip("no shared data")
	}
	var want struct{ Title, Text string }
	if err := json.Unmarshal(raw, &want); err != nil {
		t.Fatal(err)
	}
	as, ps, _ := read(t, Options{}, nil, filepath.Join(shared, "gold", "seed", "article.txt"))
	if len(as) != 1 || len(ps) != 0 {
		t.Fatal(as, ps)
	}
	if as[0].Title != want.Title || as[0].Text != want.Text {
		t.Errorf("title %q\ntext %q\nwant %q", as[0].Title, as[0].Text, want.Text)
	}
}
