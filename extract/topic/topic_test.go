package topic

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/sila-graph/sila/extract/arabic"
)

func TestModel(t *testing.T) {
	m, err := unmarshal(modelBytes)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(m.marshal(), modelBytes) {
		t.Error("the model changes when it is written again")
	}
	for n := range len(magic) + numTopics {
		if _, err := unmarshal(modelBytes[:n]); err == nil {
			t.Fatalf("a model cut to %d bytes reads without an error", n)
		}
	}
	if _, err := unmarshal(modelBytes[:len(modelBytes)-1]); err == nil {
		t.Error("a model cut by one byte reads without an error")
	}
}

func TestTopic(t *testing.T) {
	c := New()
	for _, x := range []struct{ want, text string }{
		{Politics, "وزير الخارجية الألماني يزور الرباط\nيبدأ وزير الخارجية الألماني اليوم زيارة رسمية إلى المغرب يجري خلالها مباحثات مع رئيس الحكومة حول العلاقات الثنائية."},
		{Politics, "البرلمان التونسي يمنح الثقة للحكومة\nصوت نواب البرلمان بأغلبية كبيرة لصالح حكومة الرئيس المكلف بعد مفاوضات بين أحزاب الائتلاف."},
		{Conflict, "غارات على مواقع المسلحين شرق المدينة\nقصفت طائرات التحالف مواقع لتنظيم داعش، وقتل عشرات المسلحين في اشتباكات مع الجيش قرب القاعدة العسكرية."},
		{Conflict, "تفجير انتحاري يستهدف نقطة تفتيش\nفجر انتحاري نفسه قرب حاجز للجيش، وأعلن التنظيم الإرهابي مسؤوليته عن الهجوم الذي أوقع قتلى من الجنود."},
		{Economy, "أسعار النفط تتراجع مع ارتفاع الدولار\nهبط سعر برميل النفط إلى أدنى مستوى في شهر، وخسرت أسهم شركات الطاقة في البورصة أكثر من مليار دولار."},
		{Economy, "البنك يحقق أرباحا قياسية\nأعلن البنك ارتفاع أرباحه الصافية في الربع الثاني إلى 300 مليون ريال بفضل نمو التمويل والاستثمارات."},
		{Sport, "الأهلي يسحق ضيفه بخماسية\nسحق الفريق الأحمر منافسه في الدوري، وقاد المهاجم هجوم الفريق وسجل ثلاثة أهداف في مرمى الحارس."},
		{Sport, "المنتخب يهزم نظيره الياباني وديا\nهزم المنتخب نظيره الياباني في مباراة ودية أقيمت على ملعب الجامعة ضمن معسكره استعدادا للبطولة."},
		{Culture, "افتتاح مهرجان السينما في قرطاج\nافتتح المهرجان بعرض فيلم للمخرجة الشابة، وكرم الفنان الراحل بمعرض لصور أفلامه ومسرحياته."},
		{Accident, "حريق يلتهم مستودعا ويصيب ستة عمال\nباشرت فرق الدفاع المدني حريقا اندلع في مستودع، ونقل الهلال الأحمر ستة مصابين إلى المستشفى."},
		{Religion, "خطيب الجامع يدعو إلى صلة الرحم\nأوصى إمام وخطيب المسجد المسلمين بتقوى الله وحفظ القرآن، مبينا فضل الصيام والزكاة والصلاة."},
		{Science, "دراسة تربط قلة النوم بأمراض القلب\nتوصل باحثون إلى أن قلة النوم تزيد خطر الإصابة بأمراض القلب والسكري، ونصح الأطباء المرضى بتجنب الهاتف ليلا."},
		{Society, "الجامعة تعلن أسماء المقبولين\nأعلنت عمادة القبول والتسجيل أسماء الطلاب والطالبات المقبولين في كليات الجامعة للعام الدراسي المقبل."},
		{"", "\n"},
	} {
		if got := c.Topic(arabic.Analyze(x.text)); got != x.want {
			t.Errorf("%.60s: %q, want %q", x.text, got, x.want)
		}
	}
}

// TestReadByPeople measures against articles that people read: skipped where
// the news archive is absent. It only asks that the model did not break.
func TestReadByPeople(t *testing.T) {
	shared := os.Getenv("SILA_SHARED")
	if shared == "" {
		shared = "../../../shared"
	}
	f, err := os.Open(filepath.Join(shared, "data/news/news-2015-07.jsonl.gz"))
	if err != nil {
		t.Skip("no news archive")
	}
	defer f.Close()
	labels, err := os.ReadFile("testdata/labels.tsv")
	if err != nil {
		t.Fatal(err)
	}
	want := map[string][]string{}
	for line := range strings.Lines(string(labels)) {
		if fields := strings.Split(strings.TrimSpace(line), "\t"); line[0] != '#' {
			want[fields[0]] = fields[1:]
			for _, x := range fields[1:] {
				if !slices.Contains(Topics[:], x) {
					t.Errorf("%s: unknown topic %q", fields[0], x)
				}
			}
		}
	}
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	c := New()
	var all, first, any int
	type prf struct{ tp, fp, fn int }
	by := map[string]*prf{}
	for _, k := range Topics {
		by[k] = &prf{}
	}
	for d := json.NewDecoder(z); d.More(); {
		var a struct{ ID, Title, Text string }
		if err := d.Decode(&a); err != nil {
			t.Fatal(err)
		}
		w := want[a.ID]
		if w == nil {
			continue
		}
		all++
		got := c.Topic(arabic.Analyze(a.Title + "\n" + a.Text))
		if got == w[0] {
			first++
		}
		if slices.Contains(w, got) {
			any++
			by[got].tp++
		} else {
			by[got].fp++
			by[w[0]].fn++
			t.Logf("%s: %s, want %v", a.ID, got, w)
		}
	}
	for _, k := range Topics {
		t.Logf("%-9s right %2d wrong %2d missed %2d", k, by[k].tp, by[k].fp, by[k].fn)
	}
	t.Logf("%d articles: %d as the first label, %d as one of the labels", all, first, any)
	if any*100 < all*75 {
		t.Error("less than three in four right")
	}
}

func FuzzModel(f *testing.F) {
	f.Add([]byte(magic))
	f.Add(modelBytes[:200])
	f.Add(append([]byte(magic), make([]byte, 40)...))
	f.Fuzz(func(t *testing.T, b []byte) {
		if m, err := unmarshal(b); err == nil {
			m.score([]uint32{0, 1<<bucketBits - 1})
		}
	})
}

func BenchmarkTopic(b *testing.B) {
	text := arabic.Analyze(strings.Repeat("قصفت طائرات التحالف مواقع للتنظيم قرب القاعدة، وأعلن الوزير أن القوات تتقدم نحو المدينة.\n", 20))
	c := New()
	b.ReportAllocs()
	for b.Loop() {
		c.Topic(text)
	}
	b.ReportMetric(float64(len(text.Tokens)*b.N)/b.Elapsed().Seconds(), "tokens/s")
}
