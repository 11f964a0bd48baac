package article

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"
)

const agency = `بغداد – أعلنت وزارة الدفاع العراقية، الخميس، أن قوات الجيش استعادت السيطرة على بلدة الشرقاط شمالي محافظة صلاح الدين بعد معارك استمرت يومين مع مسلحي تنظيم داعش.
وقال المتحدث باسم الوزارة العميد يحيى رسول إن القوات رفعت العلم العراقي فوق مبنى القائممقامية، مؤكدا مقتل أربعين مسلحا وتفكيك عشرات العبوات الناسفة في شوارع البلدة ومنازلها.
وأضاف أن طيران التحالف الدولي قدم إسنادا مباشرا للقطعات المتقدمة من ثلاثة محاور، وأن العملية جاءت تمهيدا لمعركة استعادة مدينة الموصل.
من جانبه، دعا رئيس مجلس محافظة صلاح الدين أحمد الكريم الحكومة إلى الإسراع في إعادة النازحين وتأمين الخدمات الأساسية لهم قبل حلول الشتاء.`

func TestCopies(t *testing.T) {
	texts := map[string]string{
		"1":           agency,
		"2-marks":     strings.NewReplacer("،", ",", "أ", "ا", "الجيش", "الجَيش").Replace(agency),
		"3-edited":    "الغد برس: " + strings.Replace(agency, "أربعين مسلحا", "خمسة وثلاثين مسلحا", 1),
		"4-cut":       strings.Join(strings.Split(agency, "\n")[:1], "\n"),
		"5-other":     "عمان – وقعت الحكومة الأردنية والاتحاد الأوروبي اتفاقية منحة بقيمة مئة مليون يورو لدعم قطاع التعليم في المملكة، بحضور وزير التخطيط وسفير الاتحاد، وستخصص المنحة لبناء مدارس في المحافظات التي تستضيف اللاجئين السوريين وفي مقدمتها المفرق وإربد والزرقاء.",
		"6-short":     "التفاصيل لاحقا",
		"7-short":     "التفاصيل لاحقا",
		"8-brief":     "أعلن الجيش العراقي اليوم استعادة بلدة الشرقاط من تنظيم داعش",
		"9-brief":     "أعلن الجيش العراقي، اليوم، استعادة بلدة الشرقاط من تنظيم داعش.",
		"A-same-lead": strings.Split(agency, "\n")[0] + strings.Repeat(" وأفاد مراسلنا بأن حركة السير عادت إلى طبيعتها في شوارع المدينة وأن الأسواق فتحت أبوابها أمام المتبضعين.", 3),
	}
	want := [][]string{{"1", "2-marks", "3-edited"}, {"8-brief", "9-brief"}}
	var ids []string
	for id := range texts {
		ids = append(ids, id)
	}
	rng := rand.New(rand.NewPCG(1, 2))
	for range 20 {
		rng.Shuffle(len(ids), func(i, j int) { ids[i], ids[j] = ids[j], ids[i] })
		c := NewCopies()
		for _, id := range ids {
			c.Add(id, texts[id])
		}
		if got := c.Groups(); !reflect.DeepEqual(got, want) {
			t.Fatalf("added as %q:\ngot  %q\nwant %q", ids, got, want)
		}
	}
	c := NewCopies()
	for _, x := range []struct {
		id, of string
		how    Likeness
	}{{"3-edited", "", Original}, {"1", "3-edited", NearCopy}, {"2-marks", "1", ExactCopy}, {"5-other", "", Original}, {"2-marks", "", Original}} {
		if of, how := c.Add(x.id, texts[x.id]); of != x.of || how != x.how {
			t.Errorf("%s: %v of %q, want %v of %q", x.id, how, of, x.how, x.of)
		}
	}
}

// TestCopiesAnyOrder joins chains of gradually changed texts in many orders.
func TestCopiesAnyOrder(t *testing.T) {
	words := strings.Fields(agency)
	texts := map[string]string{}
	var ids []string
	for i := range 40 {
		w := append([]string(nil), words...)
		for j := range i {
			w[(j*7+3)%len(w)] = fmt.Sprintf("كلمة%d", j)
		}
		id := fmt.Sprintf("t%02d", i)
		texts[id] = strings.Join(w, " ")
		ids = append(ids, id)
	}
	var want [][]string
	rng := rand.New(rand.NewPCG(3, 4))
	for n := range 20 {
		c := NewCopies()
		for _, id := range ids {
			c.Add(id, texts[id])
		}
		if got := c.Groups(); n == 0 {
			want = got
		} else if !reflect.DeepEqual(got, want) {
			t.Fatalf("order %q:\ngot  %q\nwant %q", ids, got, want)
		}
		rng.Shuffle(len(ids), func(i, j int) { ids[i], ids[j] = ids[j], ids[i] })
	}
	if len(want) == 0 || len(want[0]) < 3 {
		t.Errorf("groups %q", want)
	}
}

func BenchmarkCopies(b *testing.B) {
	c := NewCopies()
	b.SetBytes(int64(len(agency)))
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		c.Add(fmt.Sprint(i), agency[i%50*2:])
	}
}
