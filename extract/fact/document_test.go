package fact

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/sila-graph/sila/extract/arabic"
	"github.com/sila-graph/sila/extract/doc"
	"github.com/sila-graph/sila/extract/gazetteer"
	"github.com/sila-graph/sila/extract/mention"
)

// proposedOf reads a text with the names that package mention finds and returns
// its best candidates as facts, whatever the model thinks of them, and who the
// entities are.
func proposedOf(text, date string) ([]doc.Fact, *arabic.Text, *mention.Result, *Extractor) {
	t := arabic.Analyze(text)
	m := new(mention.Result)
	mention.New(gazetteer.Default()).Find(t, m)
	x := New()
	return x.Proposed(t, m, date), t, m, x
}

func TestCounts(t *testing.T) {
	for _, c := range []struct{ text, typ, want string }{
		{"قتل 12 شخصا في هجوم للحوثيين على مدينة عدن", "Kill", "12 12"},
		{"أدى الهجوم إلى مقتل 12 من مسلحي داعش في الرقة", "Kill", "12 12"},
		{"مقتل ما لا يقل عن 15 من عناصر داعش في غارة على الرقة", "Kill", "15 -"},
		{"قتل أكثر من 30 من مسلحي داعش في معارك مع الجيش العراقي", "Kill", "30 -"},
		{"مقتل ثلاثة من مسلحي داعش في غارة على الرقة", "Kill", "3 3"},
		{"مقتل 20 على الأقل من مسلحي داعش في غارة على الرقة", "Kill", "20 -"},
		{"مقتل بين 10 و15 من مسلحي داعش في غارة على الرقة", "Kill", "10 15"},
		{"مقتل عشرات المسلحين من داعش في غارة على الرقة", "Kill", "20 -"},
		{"مقتل خمسة وعشرين من مسلحي داعش في غارة على الرقة", "Kill", "25 25"},
		{"إصابة خمسة عشر من جنود الجيش اليمني في انفجار بعدن", "Injure", "15 15"},
		{"اعتقلت الشرطة التركية 1,200 من أنصار حزب العمال الكردستاني", "Arrest", "1200 1200"},
		{"مقتل أقل من 10 من مسلحي داعش في غارة على الرقة", "Kill", "0 9"},
		{"مقتل قائد الجيش اليمني في عدن عام 2015", "Kill", "none"},
	} {
		facts, _, _, _ := proposedOf("خبر\n"+c.text+".", "2026-03-02")
		got := "none"
		for _, f := range facts {
			if f.Type == c.typ && f.Count != nil {
				high := "-"
				if f.Count.High != nil {
					high = fmt.Sprint(*f.Count.High)
				}
				got = fmt.Sprintf("%d %s", f.Count.Low, high)
			}
		}
		if got != c.want {
			t.Errorf("%s: %s, want %s", c.text, got, c.want)
		}
	}
}

func TestSubtypes(t *testing.T) {
	if _, err := readSubtypes(); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ text, typ, want string }{
		{"شن طيران التحالف غارات على مواقع الحوثيين في صنعاء", "Attack", "airstrike"},
		{"قصف الجيش السوري بالمدفعية مدينة حلب", "Attack", "shelling"},
		{"قصفت طائرات التحالف مواقع الحوثيين في صنعاء", "Attack", "airstrike"},
		{"تفجير انتحاري يستهدف الجيش اليمني في عدن", "Attack", "suicide_bombing"},
		{"أجرى باراك أوباما اتصالا هاتفيا مع فلاديمير بوتين", "Meet", "phone"},
		{"نفت إيران تسليح الحوثيين", "Reject", "denial"},
		{"عزى الملك سلمان الرئيس عبد الفتاح السيسي", "Support", "condolence"},
		{"هنأ الملك سلمان الرئيس عبد الفتاح السيسي", "Support", "congratulation"},
		{"اغتال مسلحو داعش سالم مراد في بنغازي", "Kill", "assassination"},
		{"خطف مسلحو داعش سالم مراد في بنغازي", "Arrest", "kidnapping"},
		{"استقبل الملك سلمان جون كيري في جدة", "Meet", ""},
	} {
		facts, _, _, _ := proposedOf("خبر\n"+c.text+".", "2026-03-02")
		i := slices.IndexFunc(facts, func(f doc.Fact) bool { return f.Type == c.typ })
		if i < 0 {
			t.Errorf("%s: no %s", c.text, c.typ)
			continue
		}
		if facts[i].Subtype != c.want {
			t.Errorf("%s: %q, want %q (trigger %s)", c.text, facts[i].Subtype, c.want, facts[i].Trigger)
		}
	}
}

func TestSourceKinds(t *testing.T) {
	for word, kind := range sourceWords() {
		if kindRank[kind] == 0 {
			t.Errorf("data/sources.txt: %s has the unknown kind %q", word, kind)
		}
	}
	for _, c := range []struct{ text, want string }{
		{"قال مصدر أمني إن مسلحي داعش هاجموا مدينة الرمادي", "security"},
		{"قالت مصادر طبية إن مسلحي داعش قصفوا مدينة الرمادي", "medical"},
		{"قال شهود عيان إن مسلحي داعش هاجموا مدينة الرمادي", "witness"},
		{"أفاد سكان بأن مسلحي داعش هاجموا مدينة الرمادي", "witness"},
		{"هاجم مسلحو داعش مدينة الرمادي، بحسب شهود عيان", "witness"},
		{"هاجم مسلحو داعش مدينة الرمادي، وفقا لمصادر طبية", "medical"},
		{"أفاد ناشطون بأن مسلحي داعش هاجموا مدينة الرمادي", "monitor"},
		{"قال مصدر عسكري إن مسلحي داعش هاجموا مدينة الرمادي", "party"},
		{"قال مصدر رسمي إن مسلحي داعش هاجموا مدينة الرمادي", "official"},
		{"قال مسؤول حكومي إن مسلحي داعش هاجموا مدينة الرمادي", "official"},
		{"قال مصدر مطلع إن مسلحي داعش هاجموا مدينة الرمادي", "none"},
		{"ذكرت وسائل إعلام محلية أن مسلحي داعش هاجموا مدينة الرمادي", "media"},
		{"قالت وكالة رويترز إن مسلحي داعش هاجموا مدينة الرمادي", "agency"},
		{"ذكرت صحيفة الحياة أن مسلحي داعش هاجموا مدينة الرمادي", "media"},
		{"قال المرصد السوري لحقوق الإنسان إن مسلحي داعش هاجموا مدينة الرمادي", "monitor"},
		{"أعلنت وزارة الدفاع العراقية أن مسلحي داعش هاجموا مدينة الرمادي", "official"},
		{"قال خالد العبيدي إن مسلحي داعش هاجموا مدينة الرمادي", "named"},
		{"هاجم مسلحو داعش مدينة الرمادي", ""},
	} {
		facts, _, m, _ := proposedOf("خبر\n"+c.text+".", "2026-03-02")
		i := slices.IndexFunc(facts, func(f doc.Fact) bool { return f.Type == "Attack" && len(f.Agent) > 0 && len(f.Patient) > 0 })
		if i < 0 {
			t.Errorf("%s: no Attack", c.text)
			continue
		}
		if facts[i].SourceKind != c.want {
			t.Errorf("%s: %q, want %q (%d entities)", c.text, facts[i].SourceKind, c.want, len(m.Entities))
		}
	}
}

func TestQuotes(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"قال جون كيري «إن روسيا تدعم الرئيس بشار الأسد بالسلاح».", "كيري: إن روسيا تدعم الرئيس بشار الأسد بالسلاح [روسيا الأسد]"},
		{"وقال جون كيري: \"سنواصل دعم الحكومة العراقية حتى النهاية\"، مشيرا إلى داعش.", "كيري: سنواصل دعم الحكومة العراقية حتى النهاية [العراقية]"},
		{"أعلن جون كيري دعم العراق. وأضاف كيري: «لن نترك العراق وحده. سنبقى هنا ما دامت الحرب قائمة».", "كيري: لن نترك العراق وحده. سنبقى هنا ما دامت الحرب قائمة [العراق]"},
		{"هاجم تنظيم «داعش» مدينة الرمادي في عملية «عاصفة الحزم».", ""},
		{"قال مصدر أمني «إن مسلحي داعش هاجموا مدينة الرمادي فجرا».", ""},
	} {
		_, text, m, x := proposedOf("خبر\n"+c.text, "2026-03-02")
		got := ""
		for _, q := range x.run.quotations() {
			name := func(id string) string {
				for i := range m.Entities {
					if x.run.id(int32(i)) == id {
						return m.Entities[i].Names[0]
					}
				}
				return "?"
			}
			var about []string
			for _, a := range q.About {
				about = append(about, name(a))
			}
			got += fmt.Sprintf("%s: %s %v", name(q.Speaker), string([]rune(text.Orig)[q.Start:q.End]), about)
		}
		ok := got == c.want
		if !ok && c.want != "" { // names may be longer than what is asked for
			ok = strings.Contains(got, c.want[strings.Index(c.want, ":"):strings.Index(c.want, "[")])
			for _, n := range strings.Fields(c.want[strings.Index(c.want, "[")+1 : len(c.want)-1]) {
				ok = ok && strings.Contains(got, n)
			}
		}
		if !ok {
			t.Errorf("%s: %q, want %q", c.text, got, c.want)
		}
	}
}

// TestIncidents numbers facts that are given, so that neither rules nor model
// have a part in it: each is type, agent, patient, place, time and the word of
// the text that tells it.
func TestIncidents(t *testing.T) {
	type given struct{ typ, agent, patient, place, time, word string }
	for _, c := range []struct {
		name, text string
		facts      []given
		want       []int
	}{
		{"result chain", "هجوم في عدن\nشن مسلحون هجوما على مقر الشرطة في عدن أمس أسفر عن مقتل خمسة جنود وإصابة سبعة آخرين.",
			[]given{{"Attack", "m", "p", "aden", "2026-03-01", "هجوما"}, {"Kill", "", "s", "", "", "مقتل"}, {"Injure", "", "s", "", "", "إصابة"}}, []int{1, 1, 1}},
		{"two days apart", "هجومان\nقتل ثلاثة في تفجير استهدف عدن الاثنين. وقتل خمسة في تفجير استهدف عدن الخميس.",
			[]given{{"Kill", "", "", "aden", "2026-03-02", "قتل"}, {"Attack", "", "aden", "", "2026-03-02", "استهدف"},
				{"Kill", "", "", "aden", "2026-03-05", "وقتل"}, {"Attack", "", "aden", "", "2026-03-05", "استهدف"}}, []int{1, 1, 2, 2}},
		{"two places", "غارات\nقصف الطيران مدينة تعز وقتل عشرة. وقصفت المدفعية مدينة عدن وقتل سبعة.",
			[]given{{"Attack", "a", "taiz", "", "", "قصف"}, {"Kill", "", "x", "taiz", "", "وقتل"}, {"Attack", "b", "aden", "", "", "وقصفت"}, {"Kill", "", "y", "aden", "", "وقتل"}}, []int{1, 1, 2, 2}},
		{"told again with the day", "تفجير\nاستهدف تفجير سوقا في عدن الاثنين. هذا هو الثالث. وقال المحافظ ذلك. وأضاف آخر شيئا. وأدى التفجير في عدن إلى مقتل ستة.",
			[]given{{"Attack", "", "aden", "", "2026-03-02", "استهدف"}, {"Kill", "", "z", "aden", "2026-03-02", "مقتل"}}, []int{1, 1}},
		{"a plan is no happening", "خطة\nيعتزم الجيش مهاجمة عدن وقتل قائد المسلحين.",
			[]given{{"Attack", "g", "aden", "", "plan", "مهاجمة"}, {"Kill", "g", "q", "", "plan", "وقتل"}}, []int{0, 0}},
		{"alone", "زيارة\nقصف الجيش مدينة عدن أمس.", []given{{"Attack", "g", "aden", "", "2026-03-01", "قصف"}}, []int{0}},
		{"far apart without place", "أخبار\nقتل ثلاثة جنود في هجوم. وقال الوزير شيئا. وقال الرئيس شيئا. وقالت الصحيفة شيئا. وأصيب عامل في حريق.",
			[]given{{"Kill", "", "s", "", "", "قتل"}, {"Injure", "", "w", "", "", "وأصيب"}}, []int{0, 0}},
	} {
		text := arabic.Analyze(c.text)
		var facts []doc.Fact
		from := map[string]int{}
		for _, g := range c.facts {
			at := strings.Index(c.text[from[g.word]:], g.word)
			if at < 0 {
				t.Fatalf("%s: no %s", c.name, g.word)
			}
			at += from[g.word]
			from[g.word] = at + len(g.word)
			start := len([]rune(c.text[:at]))
			f := doc.Fact{Type: g.typ, Status: doc.Actual, Time: g.time, Start: start, End: start + len([]rune(g.word)), Trigger: strings.TrimPrefix(g.word, "و")}
			if g.time == "plan" {
				f.Time, f.Status = "", doc.Intended
			}
			for list, id := range map[*[]string]string{&f.Agent: g.agent, &f.Patient: g.patient, &f.Place: g.place} {
				if id != "" {
					*list = []string{id}
				}
			}
			for s := range text.Sentences {
				a, b := text.Points(int(text.Sentences[s].Start), int(text.Sentences[s].End))
				if a <= start && start < b {
					f.Sentence = s
				}
			}
			facts = append(facts, f)
		}
		incidents(text, facts)
		var got []int
		for _, f := range facts {
			got = append(got, f.Incident)
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
}
