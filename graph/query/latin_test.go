package query

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/cayleygraph/quad"
)

func TestSkeleton(t *testing.T) {
	for _, pair := range [][2]string{
		{"Kerry", "كيري"}, {"Nayef al-Bakri", "نايف البكري"}, {"Mohammed bin Salman", "محمد بن سلمان"}, {"Abdulrahman", "عبد الرحمن"},
		{"Abdullah", "عبد الله"}, {"Gaddafi", "القذافي"}, {"al-Qadhafi", "القذافي"}, {"Khashoggi", "خاشقجي"}, {"Hezbollah", "حزب الله"}, {"Jamal", "جمال"},
		{"Chad", "تشاد"}, {"Şahin", "شاهين"}, {"Abu Dhabi", "أبو ظبي"}, {"Ghannouchi", "الغنوشي"}, {"Sa'ada", "صعدة"}, {"Pyongyang", "بيونغ يانغ"},
	} {
		x, y := skeleton(sounds(pair[0])), skeleton(sounds(pair[1]))
		if x != y || x == "" {
			t.Errorf("%s: %q %v, %s: %q %v", pair[0], x, sounds(pair[0]), pair[1], y, sounds(pair[1]))
		}
	}
}

// TestSoundsLike: of names with one skeleton that which sounds most alike is meant.
func TestSoundsLike(t *testing.T) {
	n := &names{byKey: map[string][]quad.IRI{}}
	for _, name := range []string{"نايف البكري", "أبو بكر", "كوري", "كيري", "قرية", "صعدة", "سعود", "السيد", "هاشم الزين", "حسن", "حسين", "حصن"} {
		n.add(quad.IRI("person/"+name), quad.String(name))
	}
	for k := range n.byKey {
		n.keys = append(n.keys, k)
	}
	slices.Sort(n.keys)
	for name, want := range map[string]string{"Kerry": "كيري", "Naif Al Bakri": "نايف البكري", "Sa'ada": "صعدة", "Hashem al-Zein": "هاشم الزين", "Hussein": "حسين", "Korey": "كوري"} {
		closest, _ := n.soundsLike(name)
		if !slices.Contains(closest, quad.IRI("person/"+want)) {
			t.Errorf("%s: %v, want %s", name, closest, want)
		}
	}
	if closest, near := n.soundsLike("Strasbourg"); len(closest)+len(near) > 0 {
		t.Errorf("%v %v", closest, near)
	}
}

// TestLatinNames: the list is sorted, in lower case, without duplicates.
func TestLatinNames(t *testing.T) {
	var keys []string
	for l := range strings.Lines(latinText) {
		if strings.HasPrefix(l, "#") {
			continue
		}
		name, arabic, ok := strings.Cut(strings.TrimSuffix(l, "\n"), "\t")
		if !ok || name != Fold(name) || !isLatin(name) || arabic == "" || isLatin(arabic) || strings.TrimSpace(arabic) != arabic {
			t.Errorf("%q", l)
		}
		keys = append(keys, name)
	}
	if !slices.IsSorted(keys) || len(slices.Compact(slices.Clone(keys))) != len(keys) {
		t.Error("not sorted, or one twice")
	}
}

func FuzzSounds(f *testing.F) {
	for _, s := range []string{"Kerry", "al-", "abdul", "تش", "ال", "Erdoğan", "ß", "\xff", "tch"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		w := sounds(s)
		if k := skeleton(w); !utf8.ValidString(k) {
			t.Errorf("%q", k)
		}
		if x := []rune(strings.Join(w, "")); unlike(x, x) != 0 {
			t.Errorf("%q is unlike itself", w)
		}
	})
}

func BenchmarkSounds(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		skeleton(sounds("عبد الرحمن الراشد"))
	}
}
