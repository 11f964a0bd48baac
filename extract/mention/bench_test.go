package mention

import (
	"testing"
	"time"

	"github.com/blevesearch/bleve/v2/analysis/lang/ar"
	"github.com/blevesearch/bleve/v2/registry"

	"github.com/sila-graph/sila/extract/arabic"
	"github.com/sila-graph/sila/extract/gazetteer"
)

const benchText = `وزير الخارجية الأردني يبحث في بغداد أمن الحدود
بحث وزير الخارجية الأردني أيمن الصفدي مع نظيره العراقي فؤاد حسين في بغداد، الثلاثاء، أمن الحدود بين البلدين. وقال الصفدي في مؤتمر صحافي إن بلاده تدعم القوات العراقية في حربها على تنظيم داعش.
وأضاف أن الأردن والسعودية ومصر تنسق مواقفها قبل اجتماع مجلس الأمن الدولي. وكانت وزارة الدفاع العراقية أعلنت مقتل ثلاثة من عناصر التنظيم قرب مدينة الرطبة في محافظة الأنبار.`

// BenchmarkFind measures the mention stage alone, and prints how its time
// compares with bleve's Arabic analyzer on the same text.
func BenchmarkFind(b *testing.B) {
	t := arabic.Analyze(benchText)
	r := New(gazetteer.Default())
	var res Result
	r.Find(t, &res)
	b.ReportAllocs()
	for b.Loop() {
		r.Find(t, &res)
	}
	perText := b.Elapsed() / time.Duration(b.N)
	b.ReportMetric(float64(len(t.Tokens))/perText.Seconds(), "tokens/s")
	b.ReportMetric(float64(len(t.Sentences)), "sentences/op")
	a, err := ar.AnalyzerConstructor(nil, registry.NewCache())
	if err != nil {
		b.Fatal(err)
	}
	text := []byte(benchText)
	rounds := 0
	start := time.Now()
	for ; time.Since(start) < b.Elapsed()/2+time.Millisecond; rounds++ {
		a.Analyze(text)
	}
	bleve := time.Since(start) / time.Duration(rounds)
	b.ReportMetric(float64(len(t.Tokens))/bleve.Seconds(), "bleve-tokens/s")
	b.ReportMetric(float64(perText)/float64(bleve), "time/bleve")
}
