package mention

import (
	"slices"
	"testing"

	"github.com/sila-graph/sila/extract/arabic"
	"github.com/sila-graph/sila/extract/doc"
)

func TestProject(t *testing.T) {
	text := arabic.Analyze("وأشاد الوزير الأمريكي بالقوات العراقية ودكا، وقال كيري إن «القوات العراقية» ستنتصر.")
	r := Project(text, []doc.Entity{
		{Type: doc.Organization, Names: []string{"القوات العراقية"}},
		{Type: doc.Place, Names: []string{"العراق", "العراقية"}},
		{Type: doc.Person, Names: []string{"كيري"}, Nominals: []string{"الوزير الأمريكي"}},
		{Type: doc.Place, Names: []string{"دكا"}},
	})
	want := []struct {
		text   string
		entity int32
		parent int32
		kind   SpanKind
	}{
		{"الوزير الأمريكي", 2, -1, Nominal}, {"القوات العراقية", 0, -1, Name}, {"العراقية", 1, 1, Nisba}, {"دكا", 3, -1, Name},
		{"كيري", 2, -1, Name}, {"القوات العراقية", 0, -1, Name}, {"العراقية", 1, 5, Nisba},
	}
	if len(r.Spans) != len(want) {
		t.Fatalf("spans %+v", r.Spans)
	}
	for i, w := range want {
		s := r.Spans[i]
		if got := text.Slice(int(s.Start), int(s.End)); got != w.text || s.Entity != w.entity || s.Parent != w.parent || s.Kind != w.kind {
			t.Errorf("span %d: %q %+v, want %+v", i, got, s, w)
		}
	}
}

// TestProjectArticle finds names whose article is written together with ل.
func TestProjectArticle(t *testing.T) {
	text := arabic.Analyze("قدمت فرنسا الدعم للجيش اللبناني وللحوثيين، وقال للصحفيين إن ليبيا بخير.")
	r := Project(text, []doc.Entity{
		{Type: doc.Organization, Names: []string{"الجيش اللبناني"}}, {Type: doc.Organization, Names: []string{"الحوثيين"}}, {Type: doc.Place, Names: []string{"ليبيا"}}})
	var got []string
	for _, s := range r.Spans {
		got = append(got, text.Slice(int(s.Start), int(s.End)))
	}
	if want := []string{"جيش اللبناني", "حوثيين", "ليبيا"}; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}
