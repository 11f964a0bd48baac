package copies

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

const agency = `بغداد – أعلنت وزارة الدفاع العراقية، الخميس، أن قوات الجيش استعادت السيطرة على بلدة الشرقاط شمالي محافظة صلاح الدين بعد معارك استمرت يومين مع مسلحي تنظيم داعش.
وقال المتحدث باسم الوزارة العميد يحيى رسول إن القوات رفعت العلم العراقي فوق مبنى القائممقامية، مؤكدا مقتل أربعين مسلحا وتفكيك عشرات العبوات الناسفة في شوارع البلدة ومنازلها.
وأضاف أن طيران التحالف الدولي قدم إسنادا مباشرا للقطعات المتقدمة من ثلاثة محاور، وأن العملية جاءت تمهيدا لمعركة استعادة مدينة الموصل.
من جانبه، دعا رئيس مجلس محافظة صلاح الدين أحمد الكريم الحكومة إلى الإسراع في إعادة النازحين وتأمين الخدمات الأساسية لهم قبل حلول الشتاء.`

func TestLike(t *testing.T) {
	lead := strings.Split(agency, "\n")[0]
	const brief = "أعلن الجيش العراقي اليوم استعادة بلدة الشرقاط من تنظيم داعش"
	for _, c := range []struct {
		name, text, of string
		want           Likeness
	}{
		{"itself", agency, agency, Exact},
		{"marks and spelling", strings.NewReplacer("،", ",", "أ", "ا", "الجيش", "الجَيش").Replace(agency), agency, Exact},
		{"digits of another script", brief + " عام 2016", brief + " عام ٢٠١٦", Exact},
		{"edited by an outlet", "الغد برس: " + strings.Replace(agency, "أربعين مسلحا", "خمسة وثلاثين مسلحا", 1), agency, Near},
		{"cut to its lead", lead, agency, Different},
		{"another story with its lead", lead + strings.Repeat(" وأفاد مراسلنا بأن حركة السير عادت إلى طبيعتها في شوارع المدينة وأن الأسواق فتحت أبوابها أمام المتبضعين.", 3), agency, Different},
		{"another story", "عمان – وقعت الحكومة الأردنية والاتحاد الأوروبي اتفاقية منحة بقيمة مئة مليون يورو لدعم قطاع التعليم في المملكة، بحضور وزير التخطيط وسفير الاتحاد، وستخصص المنحة لبناء مدارس في المحافظات التي تستضيف اللاجئين السوريين وفي مقدمتها المفرق وإربد والزرقاء.", agency, Different},
		{"a brief", brief, "أعلن الجيش العراقي، اليوم، استعادة بلدة الشرقاط من تنظيم داعش.", Exact},
		{"a changed brief", brief + " أمس", brief, Different}, // too short to tell from another story
		{"no story", "التفاصيل لاحقا", "التفاصيل لاحقا", Different},
		{"nothing", "", "", Different},
	} {
		a, b := Of(c.text), Of(c.of)
		if have := a.Like(b); have != c.want || b.Like(a) != have {
			t.Errorf("%s: %v and back %v, want %v", c.name, have, b.Like(a), c.want)
		}
		if c.want != Different && !share(a, b) {
			t.Errorf("%s: no key in common: %v and %v", c.name, a.Keys(), b.Keys())
		}
	}
	if keys := Of("التفاصيل لاحقا").Keys(); keys != nil {
		t.Errorf("nobody's copy is found by %v", keys)
	}
}

func share(a, b *Sketch) bool {
	return slices.ContainsFunc(a.Keys(), func(k string) bool { return slices.Contains(b.Keys(), k) })
}

// TestFound counts how many near copies of a long text share a key, by how much was changed.
func TestFound(t *testing.T) {
	words := strings.Fields(strings.Repeat(agency+" ", 3))
	for i := range words {
		words[i] += fmt.Sprint(i) // each run once
	}
	whole := Of(strings.Join(words, " "))
	near, lost := 0, 0
	for n := range 300 {
		w := slices.Clone(words)
		for j := range 1 + n%12 {
			w[(n*31+j*53)%len(w)] = "غير"
		}
		s := Of(strings.Join(w, " "))
		if whole.Like(s) == Near {
			near++
		}
		agree := 0
		for i := range s.least {
			if s.least[i] == whole.least[i] {
				agree++
			}
		}
		if agree >= nearMatches && whole.Like(s) == Different {
			lost++
		}
	}
	if near < 200 || lost > near/20 {
		t.Errorf("%d near copies found, %d lost", near, lost)
	}
}

func FuzzLike(f *testing.F) {
	f.Add(agency, agency[2:])
	f.Add("نص", "")
	f.Add(strings.Repeat("أ ", 40), strings.Repeat("ا ", 41))
	f.Fuzz(func(t *testing.T, a, b string) {
		x, y := Of(a), Of(b)
		if *Of(a) != *x {
			t.Error("not the same again")
		}
		how := x.Like(y)
		if how != y.Like(x) {
			t.Errorf("%v one way, %v the other", how, y.Like(x))
		}
		if how != Different && !share(x, y) {
			t.Errorf("%v, but no key in common", how)
		}
		if len(x.Keys()) > 0 && len(y.Keys()) > 0 && (how == Exact) != (x.Keys()[0] == y.Keys()[0]) {
			t.Errorf("%v, keys %s and %s", how, x.Keys()[0], y.Keys()[0])
		}
	})
}

func BenchmarkOf(b *testing.B) {
	b.SetBytes(int64(len(agency)))
	b.ReportAllocs()
	for b.Loop() {
		Of(agency)
	}
}
