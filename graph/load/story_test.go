package load

import (
	"context"
	"slices"
	"strings"
	"testing"

	"github.com/cayleygraph/quad"
	"github.com/sila-graph/sila/extract/doc"
	"github.com/sila-graph/sila/graph/vocab"
)

func ent(id string, t doc.EntityType, names ...string) doc.Entity {
	return doc.Entity{ID: id, Type: t, Names: names}
}

// story is one attack as three papers tell it: an agency without naming the
// attacker, the government side that names him, and his own spokesman who denies.
func story() (agency, accuser, denier *doc.Document) {
	agency = &doc.Document{V: 1, ID: "agency/1", Date: "2019-03-05", Title: "قصف يستهدف سوق البلدة", Text: "استهدف قصف مدفعي أمس الاثنين سوق بلدة الرويس.",
		Entities: []doc.Entity{ent("e1", doc.Place, "الرويس", "بلدة الرويس")},
		Facts: []doc.Fact{{Type: "Attack", Patient: []string{"e1"}, Time: "2019-03-04", Evidence: "استهدف قصف مدفعي أمس الاثنين سوق بلدة الرويس",
			Sentence: 1, Start: 22, End: 65, Trigger: "استهدف", Rule: "verb-subject-object", Confidence: 0.9, Incident: 1}}}
	accuser = &doc.Document{V: 1, ID: "gov/7", Date: "2019-03-05", Title: "الحكومة تتهم لواء الصقر", Text: "قال الوزير سالم العمري إن لواء الصقر قصف الرويس.",
		Entities: []doc.Entity{ent("p", doc.Place, "الرويس"), ent("m", doc.Person, "سالم العمري", "العمري"), ent("l", doc.Organization, "لواء الصقر")},
		Facts: []doc.Fact{
			{Type: "Attack", Agent: []string{"l"}, Patient: []string{"p"}, Status: doc.Possible, Source: "m", SourceKind: "official", Evidence: "لواء الصقر قصف الرويس"},
			{Type: "Accuse", Agent: []string{"m"}, Patient: []string{"l"}, Evidence: "قال الوزير سالم العمري"}}}
	denier = &doc.Document{V: 1, ID: "brigade/2", Date: "2019-03-06", Title: "لواء الصقر ينفي", Text: "نفى لواء الصقر قصف الرويس يوم الاثنين.",
		Entities: []doc.Entity{ent("l", doc.Organization, "لواء الصقر", "اللواء"), ent("p", doc.Place, "الرويس")},
		Facts:    []doc.Fact{{Type: "Attack", Agent: []string{"l"}, Patient: []string{"p"}, Status: doc.Negated, Time: "2019-03-04", Source: "l", Evidence: "نفى لواء الصقر قصف الرويس"}}}
	return agency, accuser, denier
}

// find lists the lines of a dump that hold all the parts.
func find(dump string, parts ...string) (out []string) {
	for _, l := range strings.Split(dump, "\n") {
		if !slices.ContainsFunc(parts, func(p string) bool { return !strings.Contains(l, p) }) {
			out = append(out, l)
		}
	}
	return out
}

func want(t *testing.T, dump string, n int, parts ...string) []string {
	t.Helper()
	got := find(dump, parts...)
	if len(got) != n {
		t.Errorf("%d quads with %q, want %d:\n%s", len(got), parts, n, strings.Join(got, "\n"))
	}
	return got
}

func TestOneEventToldThrice(t *testing.T) {
	ctx := context.Background()
	agency, accuser, denier := story()
	s := openStore(t, "memory")
	loadAll(t, s, Options{}, agency, accuser)
	d := dump(t, s)
	want(t, d, 1, "<rdf:type> <sila:Attack> .")
	fact := strings.Fields(want(t, d, 1, "<sila:agent> <org/لواء_الصقر> .")[0])[0]
	want(t, d, 2, fact, "<sila:report>")
	want(t, d, 1, fact, "<sila:report> <report/gov/7/0>")
	want(t, d, 1, fact, `<sila:time> "2019-03-04"`)
	// that the town was hit is told for sure, who did it isn't
	want(t, d, 1, fact, "<sila:status> <sila:possible>")
	want(t, d, 0, "<attacked> <place/الرويس>")
	want(t, d, 1, "<person/سالم_العمري> <accused> <org/لواء_الصقر>")
	want(t, d, 1, "<report/gov/7/0> <sila:source> <person/سالم_العمري> <article/gov/7>")
	want(t, d, 1, "<place/الرويس> <sila:alias> \"بلدة الرويس\"@ar .")
	want(t, d, 1, fact, "<sila:incident> <incident/")

	loadAll(t, s, Options{}, denier)
	d = dump(t, s)
	want(t, d, 1, "<rdf:type> <sila:Attack> .")
	want(t, d, 1, "<fact/", "<sila:status> <sila:disputed>")
	want(t, d, 3, "<fact/", "<sila:report> <report/", "/0>", "<fact/")

	l := newLoader(t, s, Options{})
	if _, err := l.Remove(ctx, accuser.ID, "never/heard/of"); err != nil {
		t.Fatal(err)
	}
	d = dump(t, s)
	want(t, d, 0, "gov/7")
	want(t, d, 0, "العمري")
	want(t, d, 1, "<fact/", "<sila:status> <sila:negated>")
}

func TestClaimsAndTies(t *testing.T) {
	d1 := &doc.Document{V: 1, ID: "c1", Date: "2019-06-10",
		Entities: []doc.Entity{ent("army", doc.Organization, "جيش الوادي"), ent("spokes", doc.Person, "نبيل حداد"), ent("town", doc.Place, "القصبة"),
			ent("enemy", doc.Organization, "جماعة الراية"), ent("x", doc.Person, "كريم يوسف"), ent("y", doc.Person, "هدى سعيد"), ent("capital", doc.Place, "الفرضة")},
		Facts: []doc.Fact{
			{Type: "AffiliatedWith", Agent: []string{"spokes"}, Patient: []string{"army"}},
			{Type: "Liberate", Agent: []string{"army"}, Patient: []string{"town"}, Time: "2019-06-09", Source: "spokes"},
			{Type: "Meet", Agent: []string{"x", "y"}, Place: []string{"capital"}, Time: "2019-06-10"},
			{Type: "Kill", Agent: []string{"enemy"}, Patient: []string{"x"}, Status: doc.Intended},
			{Type: "MemberOf", Agent: []string{"army", "enemy"}, Patient: []string{"capital"}},
			{Type: "HoldsPosition", Agent: []string{"y"}, Patient: []string{"capital"}, Title: "وزيرة العدل", Ended: true},
			{Type: "Borders", Agent: []string{"town"}, Patient: []string{"capital"}},
		}}
	s := openStore(t, "memory")
	loadAll(t, s, Options{}, d1)
	d := dump(t, s)
	want(t, d, 1, "<org/جيش_الوادي> <claims_liberated> <place/القصبة>")
	want(t, d, 1, "<org/جيش_الوادي> <claims_took> <place/القصبة>")
	want(t, d, 0, "> <liberated> <place")
	want(t, d, 1, "<sila:known_from> <sila:own_side>")
	meeting := strings.Fields(want(t, d, 1, "<fact/", "<rdf:type> <sila:Meet>")[0])[0]
	want(t, d, 2, "<attended> "+meeting)
	want(t, d, 1, meeting, "<sila:place> <place/الفرضة>")
	want(t, d, 1, "<person/كريم_يوسف> <met> <person/هدى_سعيد>")
	want(t, d, 0, "<org/جماعة_الراية> <killed>")
	want(t, d, 2, "<member_of> <place/الفرضة>")
	want(t, d, 0, "> <held_office_in> <")
	want(t, d, 1, "<place/الفرضة> <borders> <place/القصبة>")

	// another paper tells it itself, without a day
	d2 := &doc.Document{V: 1, ID: "c2", Date: "2019-06-11",
		Entities: []doc.Entity{ent("a", doc.Organization, "جيش الوادي"), ent("t", doc.Place, "القصبة"), ent("u", doc.Place, "الحصن")},
		Facts:    []doc.Fact{{Type: "Liberate", Agent: []string{"a"}, Patient: []string{"t", "u"}}}}
	loadAll(t, s, Options{}, d2)
	d = dump(t, s)
	want(t, d, 1, "<fact/", "<rdf:type> <sila:Liberate>")
	want(t, d, 1, "<org/جيش_الوادي> <liberated> <place/القصبة>")
	want(t, d, 1, "<org/جيش_الوادي> <took> <place/الحصن>")
	want(t, d, 0, "<sila:known_from> <sila:own_side>")
	want(t, d, 0, "<claims_liberated> <place")
}

func TestHomonyms(t *testing.T) {
	ctx := context.Background()
	one := &doc.Document{V: 1, ID: "h1", Entities: []doc.Entity{{ID: "a", Type: doc.Place, Names: []string{"طيبة"}, Ref: "test:1"}, ent("b", doc.Organization, "بلدية طيبة")},
		Facts: []doc.Fact{{Type: "AffiliatedWith", Agent: []string{"b"}, Patient: []string{"a"}, Source: "a"}}}
	two := &doc.Document{V: 1, ID: "h2", Entities: []doc.Entity{{ID: "a", Type: doc.Place, Names: []string{"طيبة"}, Ref: "test:2"}}}
	s := openStore(t, "memory")
	loadAll(t, s, Options{}, one)
	before := dump(t, s)
	want(t, before, 1, "<org/بلدية_طيبة> <affiliated_with> <place/طيبة> .")
	l := newLoader(t, s, Options{})
	if _, err := l.Load(ctx, each([]*doc.Document{two}), nil); err != nil {
		t.Fatal(err)
	}
	d := dump(t, s)
	want(t, d, 0, "<affiliated_with> <place/طيبة> .")
	want(t, d, 1, "<org/بلدية_طيبة> <affiliated_with> <place/طيبة~")
	want(t, d, 2, "<sila:homonym> <place/طيبة> .")
	if _, err := l.Remove(ctx, "h2"); err != nil {
		t.Fatal(err)
	}
	if have := dump(t, s); have != before {
		t.Errorf("the homonym's going leaves a trace\n%s", diff(before, have))
	}
}

func TestRejected(t *testing.T) {
	bad := []*doc.Document{
		{ID: "", Title: "بلا معرف"},
		{ID: "r1", Facts: []doc.Fact{{Type: "Sing"}}},
		{ID: "r2", Facts: []doc.Fact{{Type: "Attack", Agent: []string{"e9"}}}},
		{ID: "r3", Entities: []doc.Entity{{Type: doc.Place, Names: []string{"طيبة"}}}},
	}
	good := &doc.Document{ID: "ok", Title: "سليم"}
	var why []string
	s := openStore(t, "memory")
	st := loadAll(t, s, Options{Rejected: func(id string, err error) { why = append(why, err.Error()) }}, append(bad, good)...)
	if st.New != 1 || st.Rejected != 4 {
		t.Errorf("%+v", st)
	}
	for i, want := range []string{"has no id", `unknown type "Sing"`, `names the entity "e9"`, "entity 0 has no id"} {
		if i >= len(why) || !strings.Contains(why[i], want) {
			t.Errorf("%q, want %q", why, want)
			break
		}
	}
}

func TestDocumentComesBack(t *testing.T) {
	agency, _, _ := story()
	s := openStore(t, "memory")
	loadAll(t, s, Options{}, agency)
	v, err := object(context.Background(), s, vocab.ArticleIRI(agency.ID), vocab.Document)
	if err != nil {
		t.Fatal(err)
	}
	d, err := Unpack(v)
	if err != nil || d.Full() != agency.Full() || len(d.Facts) != 1 || d.Facts[0].Trigger != "استهدف" {
		t.Errorf("%+v, %v", d, err)
	}
	if _, err := Unpack(quad.String("x")); err == nil {
		t.Error("no error for another literal")
	}
}

func TestOfficesOverTime(t *testing.T) {
	minister := func(id, date, month string, ended bool) *doc.Document {
		return &doc.Document{V: 1, ID: id, Date: date, Entities: []doc.Entity{ent("p", doc.Person, "سالم العمري"), ent("b", doc.Place, "الفرضة")},
			Facts: []doc.Fact{{Type: "HoldsPosition", Agent: []string{"p"}, Patient: []string{"b"}, Title: "وزير العدل", Time: month, Ended: ended}}}
	}
	s := openStore(t, "memory")
	loadAll(t, s, Options{}, minister("o1", "2019-03-05", "", false), minister("o2", "2019-06-05", "", false), minister("o3", "2020-01-05", "2018-11", false),
		minister("o4", "2021-02-01", "", true), minister("o5", "2022-02-01", "", true))
	d := dump(t, s)
	want(t, d, 1, `<sila:held_from> "2018-11"`)
	want(t, d, 1, `<sila:held_to> "2019-06"`)
	want(t, d, 1, `<sila:over_by> "2021-02"`)
	if _, err := newLoader(t, s, Options{}).Remove(context.Background(), "o3", "o2"); err != nil {
		t.Fatal(err)
	}
	d = dump(t, s)
	want(t, d, 1, `<sila:held_from> "2019-03"`)
	want(t, d, 1, `<sila:held_to> "2019-03"`)
}
