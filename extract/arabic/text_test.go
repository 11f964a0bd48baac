package arabic

import (
	"os"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

func TestNormalize(t *testing.T) {
	for _, c := range [...][2]string{
		{"مُحَمَّدٌ", "محمد"}, {"الـــعراق", "العراق"}, {"ﻻ ﷲ ﺑﻐﺪﺍﺩ", "لا الله بغداد"}, {"أإآٱ", "اااا"}, {"١٢٫٥٪ و٢٠٠", "12.5% و200"},
		{"“قال” و«قال»", "«قال» و«قال»"}, {"a\u200fب\u200c", "aب"}, {"سؤال مئة ماء", "سؤال مئة ماء"}, {"على علي مدينة", "على علي مدينة"}, {"کیف", "كيف"},
		{"بغداد – واشنطن", "بغداد - واشنطن"}, {"a\u00a0b\tc\r\nd", "a b c\nd"},
	} {
		if got := Normalize(c[0]); got != c[1] {
			t.Errorf("%q: %q, want %q", c[0], got, c[1])
		}
	}
}

func TestKey(t *testing.T) {
	for _, same := range [][]string{
		{"آشتون كارتر", "اشتون كارتر", "أشتون  كارتر"}, {"الشدادي", "الشدادى"}, {"القاهرة", "القاهره"}, {"إردوغان", "أردوغان", "اردوغان"},
		{"«داعش»", "داعش"}, {"مسؤول", "مسوول"}, {"اف.بي.آي", "اف بي اي"},
	} {
		for _, s := range same[1:] {
			if Key(s) != Key(same[0]) {
				t.Errorf("%q has key %q, %q %q", s, Key(s), same[0], Key(same[0]))
			}
		}
	}
}

func TestSource(t *testing.T) {
	for _, c := range [...][3]string{
		{"قال مُحَمَّدٌ أمس", "محمد", "مُحَمَّدٌ"}, {"في الـــعراق.", "العراق", "الـــعراق"}, {"من ﺑﻐﺪﺍﺩ إلى", "بغداد", "ﺑﻐﺪﺍﺩ"}, {"\ufeffأمس", "امس", "أمس"},
		{"عدد ٢٠٠ شخص", "200", "٢٠٠"}, {"قال\u200f الأمير", "الامير", "الأمير"},
	} {
		text := Analyze(c[0])
		i := strings.Index(text.Norm, c[1])
		if i < 0 {
			t.Fatalf("%q not in %q", c[1], text.Norm)
		}
		if got := text.Slice(i, i+len(c[1])); got != c[2] {
			t.Errorf("%q: %q, want %q", c[0], got, c[2])
		}
		s, e := text.Points(i, i+len(c[1]))
		if got := string([]rune(c[0])[s:e]); got != c[2] {
			t.Errorf("%q: code points %d to %d are %q, want %q", c[0], s, e, got, c[2])
		}
	}
}

func sentences(s string) []string {
	t := Analyze(s)
	var out []string
	for _, x := range t.Sentences {
		out = append(out, t.Slice(int(x.Start), int(x.End)))
	}
	return out
}

func TestSentences(t *testing.T) {
	for _, want := range [][]string{
		{"تعاون في مجال المعلومات الاستخباراتية.", "جاء ذلك في بيان."},
		{"عنوان الخبر", "قال الوزير إن 3.5 ملايين دولار صرفت.", "وأضاف: «لن نقبل.»", "ثم غادر."},
		{"التقى د. أحمد ناصر مدير الصندوق.", "وبحثا الأزمة!"},
		{"مكتب التحقيقات [اف.بي.آي] في بوسطن.", "وقالت بي.بي.سي إنه غادر."},
		{"هل يستقيل الوزير؟", "لا أحد يعرف."},
		{"زار العاصمة في 12.7.2016 ثم عاد.", "انتهى"},
		{"نقلا عن موقع example.com الإخباري.", "وانتهى الأمر."},
		{"قال: \"انتهى الأمر.\"", "وغادر القاعة."},
		{"سوريا: مقتل قائد.. وانسحاب الجيش", "شيعت العاصمة القائد."},
	} {
		sep := " "
		if !strings.HasSuffix(want[0], ".") && !strings.HasSuffix(want[0], "؟") && !strings.HasSuffix(want[0], "\"") {
			sep = "\n"
		}
		text := want[0] + sep + strings.Join(want[1:], " ")
		if got := sentences(text); !slices.Equal(got, want) {
			t.Errorf("%q:\n got %q\nwant %q", text, got, want)
		}
	}
	if got := sentences("دعم العمليات.وأعرب عن القلق.“نعم”.على صعيد متصل"); len(got) != 4 {
		t.Errorf("glued: %q", got)
	}
}

func TestTokens(t *testing.T) {
	for _, c := range [][]string{
		{"قال «الوزير»: نعم", "قال", "«", "الوزير", "»", ":", "نعم"},
		{"الـ15 و12 قتيلا", "ال", "15", "و", "12", "قتيلا"},
		{"في 20,000 و9:30 و12/3/2016", "في", "20,000", "و", "9:30", "و", "12/3/2016"},
		{"وكالة د.ب.أ قالت", "وكالة", "د.ب.ا", "قالت"},
		{"انتهى... ثم", "انتهى", "...", "ثم"},
		{"طائرة F16 و Boeing", "طائرة", "F", "16", "و", "Boeing"},
	} {
		text := Analyze(c[0])
		var got []string
		for i := range text.Tokens {
			got = append(got, text.Form(i))
		}
		if !slices.Equal(got, c[1:]) {
			t.Errorf("%q: %q", c[0], got)
		}
	}
}

// TestLists keeps the word lists sorted, normalised and free of duplicates.
func TestLists(t *testing.T) {
	for _, name := range []string{"data/words.txt", "data/closed.txt"} {
		b, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		prev := ""
		for i, line := range strings.Split(strings.TrimSuffix(string(b), "\n"), "\n") {
			if i == 0 {
				if !strings.HasPrefix(line, "# ") {
					t.Errorf("%s: first line has to say what the list is", name)
				}
				continue
			}
			word, _, _ := strings.Cut(strings.ReplaceAll(line, "+", ""), "\t")
			if word <= prev {
				t.Errorf("%s:%d: %q is not after %q", name, i+1, word, prev)
			}
			if Normalize(word) != word {
				t.Errorf("%s:%d: %q is not normalised", name, i+1, word)
			}
			prev = word
		}
	}
}

func FuzzAnalyze(f *testing.F) {
	for _, s := range []string{"", "قال مُحَمَّدٌ: «نعم.»ثم\nغادر", "ﷲ\u200f ١٢٫٥٪", "اف.بي.آي د. أ", "\xff\xfeب", "...؟!\"»", "وللقوات وقواته فالمدينة", "a.b 3.5/"} {
		f.Add(s)
	}
	var a Analyzer
	f.Fuzz(func(t *testing.T, s string) {
		var x Text
		a.Analyze(s, &x)
		if !utf8.ValidString(x.Norm) && utf8.ValidString(s) {
			t.Fatal("normalising broke the encoding")
		}
		again := Normalize(x.Norm)
		if again != x.Norm && utf8.ValidString(s) {
			t.Fatalf("normalising twice: %q, then %q", x.Norm, again)
		}
		at, sent := int32(0), 0
		for i := range x.Tokens {
			k := x.Tokens[i]
			if k.Start < at || k.End <= k.Start || k.Bare < k.Start || k.Bare > k.Base || k.Base > k.End {
				t.Fatalf("token %d %+v after %d", i, k, at)
			}
			if gap := x.Norm[at:k.Start]; strings.Trim(gap, " \n") != "" && strings.ContainsFunc(gap, func(r rune) bool { return r > 0x20 && r != 0x7f }) {
				t.Fatalf("%q lies between tokens", gap)
			}
			at = k.End
			s0, e0 := x.Source(int(k.Start), int(k.End))
			if s0 < 0 || e0 > len(s) || s0 >= e0 {
				t.Fatalf("token %d: source %d to %d of %d", i, s0, e0, len(s))
			}
			if utf8.ValidString(s) {
				ps, pe := x.Points(int(k.Start), int(k.End))
				if ps != utf8.RuneCountInString(s[:s0]) || pe != utf8.RuneCountInString(s[:e0]) {
					t.Fatalf("token %d: points %d to %d", i, ps, pe)
				}
			}
			for sent < len(x.Sentences) && int(x.Sentences[sent].Last) <= i {
				sent++
			}
			if sent >= len(x.Sentences) || x.SentenceOf(i) != sent {
				t.Fatalf("token %d in sentence %d, not %d", i, x.SentenceOf(i), sent)
			}
		}
	})
}

var sample = strings.Repeat("وأكدت وزارة الخارجية في بيان أصدرته مساء أمس أن القوات الحكومية استعادت بلدتين قرب الحدود، وأن قواتها ستواصل تقدمها نحو المدينة. ", 40)

func BenchmarkAnalyze(b *testing.B) {
	var a Analyzer
	var t Text
	b.ReportAllocs()
	b.SetBytes(int64(len(sample)))
	n := 0
	for b.Loop() {
		a.Analyze(sample, &t)
		n += len(t.Tokens)
	}
	b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "tokens/s")
}
