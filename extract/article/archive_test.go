package article

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"compress/gzip"
	"errors"
	"io"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/klauspost/compress/zstd"
)

type file struct{ name, data string }

func zipOf(files ...file) string {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, f := range files {
		w, err := z.Create(f.name)
		if err == nil {
			_, err = io.WriteString(w, f.data)
		}
		if err != nil {
			panic(err)
		}
	}
	z.Close()
	return b.String()
}

func tarOf(files ...file) string {
	var b bytes.Buffer
	w := tar.NewWriter(&b)
	for _, f := range files {
		w.WriteHeader(&tar.Header{Name: f.name, Size: int64(len(f.data)), Mode: 0o666, Typeflag: tar.TypeReg})
		io.WriteString(w, f.data)
	}
	w.Close()
	return b.String()
}

func zst(s string) string {
	z, _ := zstd.NewWriter(nil)
	return string(z.EncodeAll([]byte(s), nil))
}

func TestArchives(t *testing.T) {
	members := []file{{"2016/a.txt", storyA}, {"b.jsonl.gz", gz(`{"id": "j1", "title": "عنوان"}`)}, {"pic.jpg", "\xff\xd8\xff"}, {".x/.hidden", "x"}, {"__MACOSX/a.txt", "x"}}
	inner := tarOf(append(members, file{"deep.zip", zipOf(file{"أخبار/c.txt", "عنوان\nنص"})})...)
	dir := tree(t, map[string]string{
		"plain.zip": zipOf(members...), "x.tar": inner, "y.tgz": gz(inner), "z.tar.zst": zst(inner), "w.zip": zipOf(file{"in.tar.gz", gz(inner)}),
		"report.docx": zipOf(file{"word/document.xml", "<w/>"}),
	})
	as, ps, sum := read(t, Options{}, nil, dir)
	var got []string
	for _, a := range as {
		got = append(got, a.ID+" "+strings.TrimPrefix(filepath.ToSlash(a.Origin.File), filepath.ToSlash(dir)+"/"))
	}
	want := []string{
		"plain:2016:a plain.zip!2016/a.txt", "j1 plain.zip!b.jsonl.gz",
		"w:in:2016:a w.zip!in.tar.gz!2016/a.txt", "j1 w.zip!in.tar.gz!b.jsonl.gz", "w:in:deep:أخبار:c w.zip!in.tar.gz!deep.zip!أخبار/c.txt",
		"x:2016:a x.tar!2016/a.txt", "j1 x.tar!b.jsonl.gz", "x:deep:أخبار:c x.tar!deep.zip!أخبار/c.txt",
		"y:2016:a y.tgz!2016/a.txt", "j1 y.tgz!b.jsonl.gz", "y:deep:أخبار:c y.tgz!deep.zip!أخبار/c.txt",
		"z:2016:a z.tar.zst!2016/a.txt", "j1 z.tar.zst!b.jsonl.gz", "z:deep:أخبار:c z.tar.zst!deep.zip!أخبار/c.txt",
	}
	if !reflect.DeepEqual(got, want) || len(ps) != 0 || sum.Ignored != 6 {
		t.Errorf("got  %q\nwant %q\n%v %+v", got, want, ps, sum)
	}
	// Standard input says nothing of its kind.
	for _, in := range []string{zipOf(members...), inner, gz(inner), zst(inner)} {
		if as, ps, _ := read(t, Options{}, strings.NewReader(in), "-"); len(as) < 2 || len(ps) != 0 {
			t.Error(ids(as), ps)
		}
	}
}

// endless gives n bytes of the same letter.
type endless struct{ n int64 }

func (e *endless) Read(p []byte) (int, error) {
	if e.n <= 0 {
		return 0, io.EOF
	}
	m := min(int64(len(p)), e.n)
	for i := range m {
		p[i] = 'a'
	}
	e.n -= m
	return int(m), nil
}

func bomb(head string, n int64) string {
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	io.WriteString(z, head)
	io.Copy(z, &endless{n})
	z.Close()
	return b.String()
}

// TestBadInput gives each reader what breaks it, between articles that must not be lost.
func TestBadInput(t *testing.T) {
	nest := gz("عنوان\nنص")
	for range maxDepth {
		nest = gz(nest)
	}
	good := file{"z-good.txt", "عنوان سليم\nنص سليم."}
	whole := zipOf(good, file{"b.txt", storyA})
	encrypted := []byte(zipOf(file{"secret.txt", storyA}, good))
	encrypted[6] |= 1                                                                         // flag of the local header
	encrypted[bytes.Index(encrypted, []byte("PK\x01\x02"))+8] |= 1                            // and of the directory
	mixed := "{\"title\": \"عنوان\", \"text\": \"نص فيه بايت \xff مكسور بين كلمات سليمة\"}\n" // read with a mark
	for _, c := range []struct {
		name, data string
		articles   int // beside the good one
		problem    string
		is         error
	}{
		{"empty.html", "", 0, "nothing in it", ErrEmpty},
		{"blank.txt", " \n\t\n", 0, "no title and no text", ErrNoText},
		{"binary.txt", "\x00\x01\x02\x03\x04" + strings.Repeat("\x00", 500), 0, "not text", ErrBinary},
		{"noise.txt", "\x81\x8d\x8f\x90 \x9d\x81\x8d", 0, "", ErrEncoding},
		{"invalid.jsonl", mixed, 1, "1 bytes are not valid UTF-8", ErrEncoding},
		{"oneline.jsonl", `{"title": "` + strings.Repeat("أ", 25<<20) + `"}` + "\n" + `{"title": "بعده"}`, 1, "a line of more than 16 MB", ErrTooLong},
		{"oneline.txt", strings.Repeat("كلمة ", 6<<20), 0, "more than 16 MB", ErrTooLong},
		{"cut.txt.gz", gz(strings.Repeat(storyA, 99))[:250], 0, "ends too early", ErrBroken},
		{"cut.zip", whole[:len(whole)-30], 0, "broken", ErrBroken},
		{"cut.tar", tarOf(good, good)[:1500], 1, "ends too early", ErrBroken},
		{"bomb.jsonl.gz", bomb(`{"title": "`, 200<<20), 0, "suspicious multiple", ErrBomb},
		{"bomb.zip", zipOf(file{"b.csv.gz", bomb("title,text\n", 200<<20)}, good), 1, "suspicious multiple", ErrBomb},
		{"nested.gz", nest, 0, "too many archives", ErrNested},
		{"encrypted.zip", string(encrypted), 1, "secret.txt: encrypted", nil},
		{"broken.jsonl", `{"title": "أول"}` + "\n{\"title\": \n" + `{"title": "ثالث"}`, 2, "broken.jsonl:2: broken JSON at byte", ErrBroken},
		{"front.html", "<html><body><h1>الموقع</h1><ul>" + strings.Repeat("<li><a href=/1>عنوان خبر من أخبار اليوم في الصفحة الأولى</a></li>", 20) + "</ul></body></html>", 0, "no article on the page", ErrNoArticle},
		{"error.html", "<html><head><title>404</title></head><body><h1>الصفحة غير موجودة</h1></body></html>", 0, "no article", ErrNoArticle},
		{"english.html", "<html><body><p>" + strings.Repeat("The minister said on Monday that talks would go on. ", 20) + "</p></body></html>", 0, "no Arabic letters", ErrForeign},
		{"feed.xml", "<rss version='2.0'><channel><title>ق</title></channel></rss>", 0, "the feed has no items", ErrEmpty},
		{"cutfeed.xml", "<rss version='2.0'><channel><title>ق</title><item><title>أول</title></item><item><title>ثان", 1, "ends within an item", ErrBroken},
		{"headless.csv", "أ,ب,ج\n1,2,3\n", 0, "no header", ErrBroken},
		{"quotes.csv", "id,title,text\n1,عنوان,نص\n2,\"عنوان,نص\n3,عنوان,نص\n4,عنوان,نص 5\" طول\n5,عنوان,نص", 4, "quotes.csv:3: broken row", ErrBroken},
		{"empty.mbox", "From a@b Thu Jan 1 00:00:00 2015\nFrom: a@b\nSubject: x\nContent-Type: image/png\n\nxx\n", 0, "no text part", ErrNoText},
		{"lengths.warc", page(1, 0) + page(2, 90) + page(3, 0), 3, "says it has", ErrBroken},
		{"junk.warc", "WARC/1.0\r\nfoo\r\n\r\nbar\r\n\r\n" + page(1, 0), 1, "", nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			dir := tree(t, map[string]string{c.name: c.data, good.name: good.data})
			as, ps, _ := read(t, Options{}, nil, filepath.Join(dir, c.name), filepath.Join(dir, good.name))
			if len(as) != c.articles+1 {
				t.Errorf("%d articles, want %d: %v", len(as)-1, c.articles, ps)
			}
			if c.is == nil && c.problem == "" {
				return
			}
			if len(ps) != 1 || !strings.Contains(ps[0].Error(), c.problem) || c.is != nil && !errors.Is(ps[0], c.is) {
				t.Fatalf("problems %v, want %q", ps, c.problem)
			}
			if !strings.HasPrefix(ps[0].File, filepath.Join(dir, c.name)) {
				t.Errorf("file %q", ps[0].File)
			}
		})
	}
	if left, _ := filepath.Glob(filepath.Join(os.TempDir(), "sila-*.zip")); len(left) > 0 {
		t.Errorf("left behind: %q", left)
	}
}
