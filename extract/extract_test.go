package extract

import (
	"context"
	"encoding/json"
	"strings"
	"sync"
	"testing"
	"unicode/utf8"

	"github.com/blevesearch/bleve/v2/analysis/lang/ar"
	"github.com/blevesearch/bleve/v2/registry"

	"github.com/sila-graph/sila/extract/article"
)

var sample = article.Article{ID: "a", Date: "2017-03-12", Title: "القوات العراقية تستعيد بلدة الحويجة",
	Text: "بغداد – أعلن وزير الدفاع العراقي عرفان الحيالي أن القوات العراقية حررت بلدة الحويجة من تنظيم داعش. وأضاف أن التحالف الدولي قصف مواقع التنظيم في مدينة القائم."}

func TestExtract(t *testing.T) {
	d := New().Extract(sample)
	if len(d.Entities) < 5 || len(d.Facts) < 4 {
		t.Fatalf("%d entities, %d facts", len(d.Entities), len(d.Facts))
	}
	full := []rune(d.Full())
	for _, e := range d.Entities {
		for _, m := range e.Mentions {
			if got := string(full[m.Start:m.End]); got != m.Text {
				t.Errorf("%s: mention %q, text there %q", e.ID, m.Text, got)
			}
		}
	}
	for _, f := range d.Facts {
		if got := string(full[f.Start:f.End]); got != f.Evidence || f.Evidence == "" {
			t.Errorf("%s: evidence %q, text there %q", f.Type, f.Evidence, got)
		}
		for _, ids := range [][]string{f.Agent, f.Patient, f.Place} {
			for _, id := range ids {
				if d.EntityByID(id) == nil {
					t.Errorf("%s: no entity %q", f.Type, id)
				}
			}
		}
	}
}

// TestSameBytes extracts one article on many goroutines between others.
func TestSameBytes(t *testing.T) {
	x := New()
	want, err := json.Marshal(x.Extract(sample))
	if err != nil {
		t.Fatal(err)
	}
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for range 20 {
				x.Extract(article.Article{Title: "عنوان آخر", Text: "زار الرئيس اللبناني ميشال عون باريس أمس."})
				if got, _ := json.Marshal(x.Extract(sample)); string(got) != string(want) {
					t.Error("the same article gave other bytes")
					return
				}
			}
		})
	}
	wg.Wait()
}

func FuzzExtract(f *testing.F) {
	f.Add(sample.Title, sample.Text)
	f.Add("", "")
	f.Add("العبادي: سنحرر الأنبار", "قال «الوزير» (15) إن ...؛ بحسب وكالة د.ب.أ\n\nوأضاف:")
	x := New()
	f.Fuzz(func(t *testing.T, title, text string) {
		if !utf8.ValidString(title + text) {
			return
		}
		d := x.Extract(article.Article{Title: title, Text: text, Date: "2016-01-02"})
		n := utf8.RuneCountInString(d.Full())
		for _, fact := range d.Facts {
			if fact.Start < 0 || fact.End > n || fact.Start >= fact.End {
				t.Fatalf("fact at %d to %d of %d", fact.Start, fact.End, n)
			}
		}
	})
}

// BenchmarkExtract reports words a second on one core, over the project's own
// articles, beside bleve's Arabic analyzer on the same text.
func BenchmarkExtract(b *testing.B) {
	var articles []article.Article
	words := 0
	_, err := article.Read(context.Background(), []string{"../testdata/articles"}, nil, article.Options{}, func(a article.Article) error {
		articles = append(articles, a)
		words += len(strings.Fields(a.Full()))
		return nil
	}, func(*article.Problem) {})
	if err != nil {
		b.Fatal(err)
	}
	x := New()
	b.Run("sila", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			for _, a := range articles {
				x.Extract(a)
			}
		}
		b.ReportMetric(float64(words*b.N)/b.Elapsed().Seconds(), "words/s")
	})
	b.Run("bleve-ar", func(b *testing.B) {
		c := registry.NewCache()
		an, err := c.AnalyzerNamed(ar.AnalyzerName)
		if err != nil {
			b.Fatal(err)
		}
		for b.Loop() {
			for _, a := range articles {
				an.Analyze([]byte(a.Full()))
			}
		}
		b.ReportMetric(float64(words*b.N)/b.Elapsed().Seconds(), "words/s")
	})
}
