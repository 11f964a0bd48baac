package gazetteer

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/sila-graph/sila/extract/doc"
)

func keys(s string) []string { return tokens(nil, s) }

func names(es []*Entry) string {
	var s []string
	for _, e := range es {
		s = append(s, e.Ref)
	}
	return strings.Join(s, " ")
}

func TestMatch(t *testing.T) {
	table := Default()
	for _, c := range []struct {
		text  string
		from  int
		n     int
		first string // ref of the most prominent entry
		exact bool
	}{
		{"زار الوزير الولايات المتحدة الأمريكية أمس", 2, 3, "geonames:6252001", true},
		{"زار الوزير الولايات المتحدة أمس", 2, 2, "geonames:6252001", true},
		{"أعلنت أميركا", 1, 1, "geonames:6252001", true},
		{"عاد إلى عراق ما بعد الحرب", 2, 1, "geonames:99237", false},
		{"وصل أبوظبي", 1, 1, "geonames:292968", true},
		{"في أبي ظبي", 1, 2, "geonames:292968", true},
		{"دولة جنوب السودان", 1, 2, "geonames:7909807", true},
		{"رئيس جمهورية الكونغو الديمقراطية", 1, 3, "geonames:203312", true},
		{"تونس", 0, 1, "geonames:2464461", true}, // the country before its capital
		{"في مسقط أمس", 1, 1, "geonames:287286", true},
		{"القرداحة مسقط رأس الأسد", 1, 0, "", false},
		{"كلام عادي", 0, 0, "", false},
	} {
		words := table.Words(nil, keys(c.text))
		m := table.Match(words, c.from)
		if m.N != c.n || m.N > 0 && (m.Entries[0].Ref != c.first || m.Exact != c.exact) {
			t.Errorf("%s at %d: %d tokens, %s, exact %v; want %d, %s, %v", c.text, c.from, m.N, names(m.Entries), m.Exact, c.n, c.first, c.exact)
		}
	}
}

// A token with proclitics is matched as the word that the caller strips it to.
func TestMatchAs(t *testing.T) {
	table := Default()
	words := table.Words(nil, keys("وصل بالولايات المتحدة"))
	if m := table.Match(words, 1); m.N != 0 {
		t.Errorf("the unstripped token matches %s", names(m.Entries))
	}
	if m := table.MatchAs(table.Word("الولايات"), words, 1); m.N != 2 {
		t.Errorf("stripped: %d tokens, want 2", m.N)
	}
}

// A common word is marked, its longer forms aren't; where one entry has the
// form for sure it is a name.
func TestAmbiguous(t *testing.T) {
	table := Default()
	for _, c := range []struct {
		text      string
		ref       string
		ambiguous bool
	}{
		{"القاع", "sila:place/qaa", true},
		{"بلدة القاع", "sila:place/qaa", false},
		{"هيت", "geonames:95788", true},
		{"الشاطئ", "sila:place/shati", true},
		{"مخيم الشاطئ", "sila:place/shati", false},
		{"الشدادي", "geonames:172837", false},
		{"سوريا", "geonames:163843", false},
	} {
		words := table.Words(nil, keys(c.text))
		m := table.Match(words, 0)
		if m.N != len(words) || !strings.Contains(" "+names(m.Entries)+" ", " "+c.ref+" ") || m.Ambiguous != c.ambiguous {
			t.Errorf("%s: %d tokens, %s, ambiguous %v; want %s, %v", c.text, m.N, names(m.Entries), m.Ambiguous, c.ref, c.ambiguous)
		}
	}
}

// Forms that several places share: the most prominent comes first, and a head
// noun before the name chooses.
func TestShared(t *testing.T) {
	table := Default()
	m := table.Match(table.Words(nil, keys("حلب")), 0)
	if len(m.Entries) < 2 || m.Entries[0].Ref != "geonames:170063" {
		t.Fatalf("حلب: %s", names(m.Entries))
	}
	if e := table.Head(table.Word("محافظه")).Choose(m.Entries); e == nil || e.Ref != "sila:place/aleppo-province" {
		t.Errorf("after محافظة: %v", e)
	}
	if m := table.Match(table.Words(nil, keys("طرابلس")), 0); len(m.Entries) < 2 || m.Entries[0].Country != "LY" || m.Entries[1].Country != "LB" {
		t.Errorf("طرابلس: %s", names(m.Entries))
	}
}

func TestVariants(t *testing.T) {
	for _, c := range []struct {
		form string
		typ  doc.EntityType
		want string
	}{
		{"أبو ظبي", doc.Place, "ابو ظبي|ابي ظبي|ابا ظبي|ابوظبي|ابيظبي"},
		{"عبد الله صالح", doc.Person, "عبد الله صالح|عبدالله صالح"},
		{"عبدالله صالح", doc.Person, "عبدالله صالح|عبد الله صالح"},
		{"عبد الرحمن", doc.Person, "عبد الرحمن|عبدالرحمن"},
		{"نور الدين", doc.Person, "نور الدين|نورالدين"},
		{"الحوثيون", doc.Organization, "الحوثيون|الحوثيين"},
		{"الإخوان المسلمون", doc.Organization, "الاخوان المسلمون|الاخوان المسلمين"},
		{"الزيتون", doc.Place, "الزيتون"},
	} {
		var got []string
		for _, v := range variants(keys(c.form), c.typ) {
			got = append(got, strings.Join(v, " "))
		}
		if strings.Join(got, "|") != c.want {
			t.Errorf("%s: %s, want %s", c.form, strings.Join(got, "|"), c.want)
		}
	}
}

func TestNisba(t *testing.T) {
	table := Default()
	for _, c := range []struct {
		text    string
		n       int
		country string // or ref
		gender  Gender
		number  Number
		def     bool
	}{
		{"أميركي", 1, "US", Masculine, Singular, false},
		{"الأمريكية", 1, "US", Feminine, Singular, true},
		{"الأمريكيين", 1, "US", Masculine, Plural, true},
		{"الأميركان", 1, "US", Masculine, Plural, true},
		{"عراقيون", 1, "IQ", Masculine, Plural, false},
		{"سعوديا", 1, "SA", Masculine, Singular, false},
		{"الأتراك", 1, "TR", Masculine, Plural, true},
		{"الكورية الشمالية", 2, "KP", Feminine, Singular, true},
		{"كوري جنوبي", 2, "KR", Masculine, Singular, false},
		{"الجنوب أفريقي", 2, "ZA", Masculine, Singular, true},
		{"الإسرائيليتان", 1, "IL", Feminine, Dual, true},
		{"الأكراد", 1, "sila:group/kurds", Masculine, Plural, true},
		{"الخليجي", 1, "sila:place/gulf", Masculine, Singular, true},
		{"الأوربية", 1, "sila:place/europe", Feminine, Singular, true},
		{"الأممي", 1, "wikidata:Q1065", Masculine, Singular, true},
		{"الحوثية", 1, "sila:org/houthis", Feminine, Singular, true},
		{"كرسي", 0, "", 0, 0, false},
	} {
		f, n := table.Nisba(table.Words(nil, keys(c.text)), 0)
		if n != c.n {
			t.Errorf("%s: %d tokens, want %d", c.text, n, c.n)
			continue
		}
		if n == 0 {
			continue
		}
		got := f[0]
		if got.Target.Country != c.country && got.Target.Ref != c.country || got.Gender != c.gender || got.Number != c.number || got.Definite != c.def {
			t.Errorf("%s: %s %c%c definite %v", c.text, got.Target.Ref, got.Gender, got.Number, got.Definite)
		}
	}
}

func TestHead(t *testing.T) {
	table := Default()
	k := table.Head(table.Word("محافظه"))
	if !k.Has("province") || k.Has("city") {
		t.Errorf("محافظة heads %b", k)
	}
	if table.Head(table.Word("قال")) != 0 || table.Head(0) != 0 {
		t.Error("a word that is no head has kinds")
	}
}

func TestLists(t *testing.T) {
	table := Default()
	l, ok := table.List("directions")
	if !ok {
		t.Fatal("no list of directions")
	}
	words := table.Words(nil, keys("تقدم شمال غرب حلب"))
	if table.In(words[0], l) || !table.In(words[1], l) || table.MatchList(l, words, 1) != 2 || table.In(0, l) {
		t.Error("شمال غرب isn't found as a direction of two words")
	}
}

// Errors say file, line and remedy.
func TestLoadErrors(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"places_x.tsv", "a\tب\tB\t\t\tmore\n", "places_x.tsv:1: more than 5 fields"},
		{"places_x.tsv", "# c\na\n", "places_x.tsv:2: ref and name are needed"},
		{"places_x.tsv", "a\tب\tB\t\tlat=91;lon=1\n", "nowhere on earth"},
		{"places_x.tsv", "a\tب\tB\t\tlat=1\n", "lat and lon go together"},
		{"places_x.tsv", "a\tب\tB\t\tkind\n", "isn't key=value"},
		{"places_x.tsv", "a\tب\na\tت\n", "refs are unique"},
		{"nisba.tsv", "a\tبي\tB\t\tkind=city\n", "no entry has the ref a"},
		{"other.tsv", "a\tب\n", "no entry type"},
	} {
		_, err := Load(fstest.MapFS{"data/" + c.name: {Data: []byte(c.text)}})
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s %q: error %v, want %q", c.name, c.text, err, c.want)
		}
	}
}

func FuzzLoad(f *testing.F) {
	f.Add("# c\nsila:place/a\tأبو ظبي\tA\tعبد الله | ب\tkind=city;lat=1;lon=2\n", "أبي ظبي")
	f.Add("x\t \t\t|\t=\n", "")
	f.Fuzz(func(t *testing.T, data, text string) {
		table, err := Load(fstest.MapFS{"data/places_x.tsv": {Data: []byte(data)}, "lists/l.txt": {Data: []byte(text)}})
		if err != nil {
			return
		}
		words := table.Words(nil, keys(text))
		for i := range words {
			if m := table.Match(words, i); m.N > 0 != (len(m.Entries) > 0) || i+m.N > len(words) {
				t.Fatalf("match %+v at %d of %d", m, i, len(words))
			}
			table.Nisba(words, i)
		}
	})
}

func BenchmarkLoad(b *testing.B) {
	for b.Loop() {
		if _, err := Load(files); err != nil {
			b.Fatal(err)
		}
	}
}

// One operation is one token: its number, the entries, adjectives and lists.
func BenchmarkMatch(b *testing.B) {
	table := Default()
	text := keys("أعلن وزير الدفاع الأميركي في واشنطن أن قوات التحالف الدولي نفذت خمس غارات قرب مدينة الموصل شمال العراق وفي محيط الرمادي بعد محادثات مع مسؤولين في جمهورية مصر العربية والمملكة العربية السعودية")
	words := make([]Word, 0, len(text))
	b.ReportAllocs()
	n := 0
	for b.Loop() {
		if n == 0 {
			words = table.Words(words[:0], text)
		}
		table.Match(words, n)
		table.Nisba(words, n)
		table.InMask(words[n])
		if n++; n == len(words) {
			n = 0
		}
	}
}

func ExampleTable_Match() {
	t := Default()
	words := t.Words(nil, []string{"في", "المملكه", "العربيه", "السعوديه", "امس"})
	m := t.Match(words, 1)
	fmt.Println(m.N, m.Entries[0].Name, m.Entries[0].En)
	// Output: 3 السعودية Saudi Arabia
}
