package mention

import (
	"strings"
	"testing"

	"github.com/sila-graph/sila/extract/arabic"
	"github.com/sila-graph/sila/extract/gazetteer"
)

// ruleCases are a text for each rule and entities that it must give: "Type: names" or
// "Type: names / nominals", and after "not " what it must not give.
var ruleCases = []struct {
	rule, text string
	want       []string
}{
	// government.go
	{"a capital behind a verb of its own is its government", "أعلنت أنقرة أن تركيا ستغلق حدودها مع سوريا.", []string{"Place: أنقرة | تركيا"}},
	{"a capital before a verb is", "قال الوزير إن واشنطن تدرس الطلب، وإن الولايات المتحدة سترد قريبا.", []string{"Place: واشنطن | الولايات المتحدة"}},
	{"two capitals between which something is are", "تحسنت العلاقات بين موسكو وطهران، بحسب مسؤول روسي وآخر إيراني.", []string{"Place: موسكو | روسي", "Place: طهران | إيراني"}},
	{"in a capital something happens", "اجتمع الوزراء في أنقرة لبحث قرار تركيا.", []string{"Place: أنقرة", "Place: تركيا"}},
	{"both readings in one text are two", "وصل الوفد إلى موسكو مساء أمس. وقالت موسكو إن روسيا ترحب بالوفد.", []string{"Place: موسكو", "Place: موسكو | روسيا"}},
	{"beside a town a capital is a city", "دشنت الشركة رحلات بين الدمام والرياض، وقالت السعودية إنها يومية.", []string{"Place: الدمام", "Place: الرياض", "Place: السعودية"}},
	// ownname.go
	{"المملكة is the kingdom that the text names", "استقبلت السعودية الحجاج. وقال أمير المنطقة إن المملكة سخرت إمكاناتها لهم.", []string{"Place: السعودية | المملكة"}},
	{"الدولة المصرية is Egypt", "أكد الرئيس أن الدولة المصرية ملتزمة بالاتفاق، وأن مصر لن تتراجع عنه.", []string{"Place: الدولة المصرية | المصرية | مصر"}},
	// bracket.go
	{"a second name in brackets", "أعلن الاتحاد الدولي لكرة القدم (فيفا) موعد القرعة، وقال فيفا إن القرعة علنية.", []string{"Organization: الاتحاد الدولي لكرة القدم | فيفا"}},
	// inner.go
	{"the country inside of a body's name", "قال رئيس برلمان كردستان العراق إن الجلسة تأجلت، وأيد مجلس نواب العراق ذلك.", []string{"Place: العراق"}},
	// synonyms.go
	{"the army and the armed forces", "قال الجيش اليمني إن القوات المسلحة اليمنية ستدخل المدينة.", []string{"Organization: الجيش اليمني | القوات المسلحة اليمنية"}},
	{"the parliament by two names", "أقر البرلمان العراقي القانون، وقال رئيس مجلس النواب إن التصويت كان علنيا.", []string{"Organization: البرلمان العراقي | مجلس النواب"}},
	// merge.go
	{"shortened behind a head noun", "قصفت طائرات التحالف العربي مواقع في صعدة. وقالت قيادة التحالف إن الغارات مستمرة.", []string{"Organization: التحالف العربي | قيادة التحالف"}},
	{"a surname after the full name", "التقى جون كيري سيرغي لافروف في جنيف. وقال كيري إن لافروف وافق.", []string{"Person: جون كيري | كيري", "Person: سيرغي لافروف | لافروف"}},
	{"two of one surname stay two", "حضر محمد الزبيدي وأحمد الزبيدي الاجتماع.", []string{"Person: محمد الزبيدي", "Person: أحمد الزبيدي"}},
	{"a town and its airport are two", "هبطت الطائرة في مطار عدن، وكانت عدن هادئة.", []string{"Place: مطار عدن", "Place: عدن"}},
	{"a town and the town with its head noun are one", "وصلت القوات إلى مدينة الموصل. وقصفت الطائرات الموصل.", []string{"Place: مدينة الموصل | الموصل"}},
	// spelling.go
	{"spellings of a foreign name", "وصل آشتون كارتر إلى بغداد. والتقى اشتون كارتر رئيس الوزراء.", []string{"Person: آشتون كارتر | اشتون كارتر"}},
	// joined.go
	{"a place that is a common word, joined to a place", "سيطر المسلحون على الفلوجة والرمادي وهيت.", []string{"Place: الفلوجة", "Place: الرمادي", "Place: هيت"}},
	// forces.go
	{"forces by an adjective", "تقدمت قوات حكومية نحو البلدة.", []string{"Organization: قوات حكومية"}},
	{"a people by its country", "نظم ناشطون وقفة دعما للشعب السوري.", []string{"Group: الشعب السوري"}},
	// words.go, match.go
	{"a name that begins like a proclitic", "دعا بان كي مون إلى الهدوء.", []string{"Person: بان كي مون"}},
	// nominal.go, holder.go
	{"a job with a country for its holder", "وصل وزير الخارجية القطري خالد العطية إلى لندن. وقال الوزير القطري إن المحادثات مفيدة.", []string{"Person: خالد العطية / الوزير القطري"}},
	{"a counterpart", "التقى سامح شكري وزير الخارجية الروسي سيرغي لافروف في القاهرة. وشكر شكري نظيره الروسي.", []string{"Person: سيرغي لافروف / نظيره الروسي"}},
	{"the one named last", "التقى حيدر العبادي مسعود بارزاني في أربيل، وقال إن الأخير وافق على الخطة.", []string{"Person: مسعود بارزاني / الأخير"}},
	{"a body by its kind", "تبنى تنظيم داعش الهجوم. وقال التنظيم إن الهجوم سيتكرر.", []string{"Organization: تنظيم داعش / التنظيم"}},
	{"the right hand is no country", "أصيب اللاعب في قدمه اليمنى قبل مباراة العراق.", []string{"not Place: اليمنى"}},
	{"finance is not Mali", "قال المسؤول المالي إن الشركة خسرت.", []string{"not Place: المالي"}},
}

// TestRules gives each rule file's texts to the recognizer with the model that is built in.
func TestRules(t *testing.T) {
	r := New(gazetteer.Default())
	var res Result
	for _, c := range ruleCases {
		r.Find(arabic.Analyze(c.text), &res)
		got := map[string]bool{}
		var all []string
		for _, e := range res.Entities {
			s := string(e.Type) + ": " + strings.Join(e.Names, " | ")
			got[s] = true
			if len(e.Nominals) > 0 {
				s += " / " + strings.Join(e.Nominals, " | ")
				got[s] = true
			}
			all = append(all, s)
		}
		for _, w := range c.want {
			name, not := strings.CutPrefix(w, "not ")
			if got[name] == not {
				t.Errorf("%s: %s\n got %q\nwant %q", c.rule, c.text, all, w)
			}
		}
	}
}

// TestAllocations holds that a text costs at most four allocations a sentence, once
// the recognizer's memory has grown.
func TestAllocations(t *testing.T) {
	x := arabic.Analyze(benchText)
	r := New(gazetteer.Default())
	var res Result
	r.Find(x, &res)
	if n := testing.AllocsPerRun(20, func() { r.Find(x, &res) }); n > 4*float64(len(x.Sentences)) {
		t.Errorf("%.0f allocations for %d sentences", n, len(x.Sentences))
	}
}
