package fact

import (
	"slices"
	"strings"
	"testing"

	"github.com/sila-graph/sila/extract/arabic"
	"github.com/sila-graph/sila/extract/gazetteer"
	"github.com/sila-graph/sila/extract/mention"
	"github.com/sila-graph/sila/extract/topic"
)

func TestBorrowedLists(t *testing.T) {
	for _, name := range []string{"violence", "death", "results", "rules", "sources"} {
		lines, err := listLines(name)
		if err != nil {
			t.Fatal(err)
		}
		if !slices.IsSorted(lines) || len(slices.Compact(slices.Clone(lines))) != len(lines) {
			t.Errorf("data/%s.txt is not sorted or says something twice", name)
		}
		for _, w := range lines {
			w, _, _ = strings.Cut(w, "\t")
			if arabic.Normalize(w) != w {
				t.Errorf("data/%s.txt: %q is not normalised", name, w)
			}
		}
	}
}

// TestBorrowed has articles of our own in which words of war are borrowed, and
// some where they are meant. It asks that the topic is found and that no fact of
// fighting stands (or one of the wanted type does).
func TestBorrowed(t *testing.T) {
	for _, x := range []struct{ topic, text, want string }{
		{topic.Sport, "الزمالك يسحق ضيفه الإسماعيلي بأربعة أهداف\nسحق الزمالك ضيفه الإسماعيلي في الدوري المصري على ملعب القاهرة، وقاد المهاجم محمد سالم هجوم الفريق وسجل هدفا قاتلا في مرمى الحارس.", ""},
		{topic.Sport, "المنتخب التونسي يهزم المنتخب المغربي\nهزم المنتخب التونسي نظيره المغربي في مباراة ودية، وطرد الحكم المدافع أيمن بن صالح بعد هجمة مرتدة قادها لاعب فريق الترجي.", ""},
		{topic.Sport, "برشلونة يضم مدافعا في صفقة كبيرة\nأتم نادي برشلونة صفقة ضم المدافع الفرنسي سامي عمر، واستقطب النادي لاعبين من الدوري الإيطالي لتعزيز خط الهجوم قبل بطولة الدوري.", ""},
		{topic.Sport, "النصر يسيطر على اللقب\nسيطر فريق النصر السعودي على بطولة الدوري وحاصر ضيفه الهلال في ملعبه طوال الشوط الثاني، وأسقطه بثلاثة أهداف في المباراة.", ""},
		{topic.Economy, "عمليات نقاط البيع ترتفع في السعودية\nقالت مؤسسة النقد العربي السعودي إن عمليات نقاط البيع في السعودية ارتفعت إلى 30 مليار ريال، وضرب ارتفاع أسعار النفط أسهم شركات الطيران في البورصة.", ""},
		{topic.Economy, "شركة آبل تهاجم منافستها سامسونج في السوق\nهاجمت شركة آبل منافستها سامسونج في سوق الهواتف بحملة إعلانية، وارتفعت أسهم الشركة في تداولات البورصة بنسبة 3 في المائة بعد إعلان الأرباح.", ""},
		{topic.Culture, "فيلم جديد عن معركة خيالية\nيروي فيلم المخرج الأمريكي جون سميث قصة معركة بين مملكتين، ويهاجم بطل الفيلم قلعة الملك في مهرجان السينما بالقاهرة أمام جمهور من الفنانين والممثلين.", ""},
		{topic.Culture, "وفاة الفنان المصري أحمد سمير\nتوفي الفنان المصري أحمد سمير بعد مسيرة قدم فيها أفلاما ومسرحيات ومسلسلات، ونعاه الممثلون والمخرجون في مهرجان السينما.", "Kill"},
		{topic.Sport, "مقتل لاعب كرة في هجوم لمسلحين\nقتل مسلحون لاعب كرة القدم في نادي الشباب سالم أحمد في مدينة بنغازي بعد مباراة فريقه في الدوري، وقال مدرب الفريق إن اللاعب كان عائدا من التدريبات إلى معسكر المنتخب.", "Kill"},
	} {
		text := arabic.Analyze(x.text)
		if got := topic.New().Topic(text); got != x.topic {
			t.Errorf("%.50s: topic %s, want %s", x.text, got, x.topic)
		}
		names := new(mention.Result)
		mention.New(gazetteer.Default()).Find(text, names)
		found := ""
		facts, _ := New().Document(text, names, About{Date: "2026-03-02", Topic: x.topic})
		for _, f := range facts {
			if slices.Contains(borrowedTypes, f.Type) {
				found = f.Type
			}
		}
		if found != x.want {
			t.Errorf("%.50s: %q, want %q", x.text, found, x.want)
		}
	}
}
