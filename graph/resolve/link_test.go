package resolve

import (
	"testing"

	"github.com/sila-graph/sila/extract/doc"
)

// said makes an article with one person or body by its forms.
func said(id, date string, typ doc.EntityType, forms ...string) *doc.Document {
	return &doc.Document{ID: id, Date: date, Entities: []doc.Entity{{ID: "e", Type: typ, Names: forms}}}
}

// of gives the article's entity an office, and the article a country.
func of(d *doc.Document, title, country, ref string) *doc.Document {
	d.Entities = append(d.Entities, doc.Entity{ID: "c", Type: doc.Place, Names: []string{country}, Ref: ref, Kind: "country"})
	if title != "" {
		d.Facts = append(d.Facts, doc.Fact{Type: "HoldsPosition", Agent: []string{"e"}, Patient: []string{"c"}, Title: title})
	}
	return d
}

const (
	iraq  = "geonames:99237"
	egypt = "geonames:357994"
	saudi = "geonames:102358"
)

// roots links documents and returns the root of the first entity of each.
func roots(docs ...*doc.Document) (out []string) {
	atoms := map[string]*Evidence{}
	var first []string
	for _, d := range docs {
		actors, keys := Document(d)
		for i := range actors {
			k := actors[i].Key
			if atoms[k] == nil {
				atoms[k] = new(Evidence)
			}
			atoms[k].Add(&actors[i], 1)
		}
		first = append(first, keys["e"])
	}
	links := All(atoms, nil)
	for _, k := range first {
		out = append(out, links[k].Root)
	}
	return out
}

// TestTwo asks of two names, each in an article of its own, whether they are one.
func TestTwo(t *testing.T) {
	P, O, L, G := doc.Person, doc.Organization, doc.Place, doc.Group
	for _, c := range []struct {
		a, b doc.EntityType
		x, y string
		one  bool
	}{
		{P, P, "إبراهيم الشمالي", "ابراهيم الشمالى", true},
		{P, P, "عبد الرحمن الزبن", "عبدالرحمن الزبن", true},
		{P, P, "الدكتور سامي الطخيس", "سامي الطخيس", true},
		{P, P, "فيصل بن تركي بن ناصر", "الأمير فيصل بن تركي بن ناصر بن عبد العزيز", true},
		{P, P, "كريستيان غروزنر", "كريستيان جروزنر", true},
		{P, P, "سيرغي لافروڤ", "سيرغي لافروف", true},
		{P, P, "محمد حسن الفرحان", "محمد حسين الفرحان", false}, // two given names
		{P, P, "سعيد القحطاني", "سعد القحطاني", false},
		{P, P, "خالد الفيصل", "خالد فيصل", false}, // a family, a father
		{P, P, "خالد العمري", "سالم العمري", false},
		{P, P, "العمري", "سالم العمري", false}, // a surname alone
		{P, P, "العمري", "العمري", false},
		{P, P, "غروزنر", "كريستيان غروزنر", true}, // a foreign one
		{P, P, "محمد بن سلمان بن عبد العزيز", "الأمير محمد بن سلمان", true},
		{P, P, "محمد عثمان", "محمد عثماني", false},
		{O, O, "وزارة الداخلية العراقية", "وزارة الداخلية المصرية", false},
		{O, O, "الهيئة", "الهيئة", false},
		{O, O, "اللجنة العليا", "اللجنة العليا", false},
		{O, O, "نادي لوفتاسكي", "لوفتاسكي", true},
		{O, O, "شركة سافليزتون", "سافيلزتون", true},
		{O, O, "البنك السعودي الفرنسي", "البنك السعودي البريطاني", false},
		{O, O, "قوات العقيد نزار", "قوات النخبة", false},
		{G, O, "الدواعش", "الدواعش", true},
		{G, G, "المستثمرين الأجانب", "المستثمرين الأجانب", false},
		{L, L, "محافظة الوجه", "الوجه", true},
		{L, O, "جامعة لوفتاسكي", "جامعة لوفتاسكي", true},
		{L, L, "الكورنيش", "الكورنيش", false},
		{P, O, "كريستيان غروزنر", "كريستيان غروزنر", false},
	} {
		r := roots(said("a1", "2015-07-21", c.a, c.x), said("a2", "2015-07-22", c.b, c.y))
		if (r[0] == r[1]) != c.one {
			t.Errorf("%s and %s: %s, %s, want one: %v", c.x, c.y, r[0], r[1], c.one)
		}
	}
}

// TestByOthers has names that find each other only through other articles.
func TestByOthers(t *testing.T) {
	p := doc.Person
	for name, c := range map[string]struct {
		docs []*doc.Document
		one  bool // the first two
	}{
		"a surname with the office of a full name": {[]*doc.Document{
			of(said("a1", "2015-07-21", p, "العيداني"), "وزير الدفاع", "العراق", iraq),
			of(said("a2", "2015-07-02", p, "خالد العيداني", "العيداني"), "وزير الدفاع العراقي", "العراق", iraq),
			of(said("a3", "2015-07-02", p, "خالد العيداني"), "وزير الدفاع", "العراق", iraq)}, true},
		"a surname that articles of that country use": {[]*doc.Document{
			of(said("a1", "2015-07-21", p, "العيداني"), "", "العراق", iraq),
			of(said("a2", "2015-07-02", p, "خالد العيداني", "العيداني"), "", "العراق", iraq),
			of(said("a3", "2015-07-02", p, "خالد العيداني", "العيداني"), "", "العراق", iraq)}, true},
		"two bear the surname": {[]*doc.Document{
			of(said("a1", "2015-07-21", p, "العيداني"), "", "العراق", iraq),
			of(said("a2", "2015-07-02", p, "خالد العيداني", "العيداني"), "", "العراق", iraq),
			of(said("a3", "2015-07-02", p, "خالد العيداني", "العيداني"), "", "العراق", iraq),
			of(said("a4", "2015-07-02", p, "سالم العيداني", "العيداني"), "", "العراق", iraq)}, false},
		"an honour of its time": {[]*doc.Document{
			said("a1", "2015-07-21", p, "خادم الحرمين الشريفين"),
			said("a2", "2015-07-02", p, "خادم الحرمين الشريفين الملك سلمان بن عبد العزيز"),
			said("a3", "2014-07-02", p, "خادم الحرمين الشريفين الملك عبد الله بن عبد العزيز")}, true},
		"and of another": {[]*doc.Document{
			said("a1", "2014-07-21", p, "خادم الحرمين الشريفين"),
			said("a2", "2015-07-02", p, "خادم الحرمين الشريفين الملك سلمان بن عبد العزيز"),
			said("a3", "2014-07-02", p, "خادم الحرمين الشريفين الملك عبد الله بن عبد العزيز")}, false},
		"the holder of an office": {[]*doc.Document{
			said("a1", "2015-07-21", p, "وزير الدفاع العراقي"),
			of(said("a2", "2015-06-02", p, "خالد العيداني"), "وزير الدفاع", "العراق", iraq)}, true},
		"the holder of another country's": {[]*doc.Document{
			said("a1", "2015-07-21", p, "وزير الدفاع المصري"),
			of(said("a2", "2015-06-02", p, "خالد العيداني"), "وزير الدفاع", "العراق", iraq)}, false},
		"the holder of long ago": {[]*doc.Document{
			said("a1", "2015-07-21", p, "وزير الدفاع العراقي"),
			of(said("a2", "2011-06-02", p, "خالد العيداني"), "وزير الدفاع", "العراق", iraq)}, false},
		"a job and a country, of which one is known": {[]*doc.Document{
			{ID: "a1", Date: "2015-07-21", Entities: []doc.Entity{{ID: "e", Type: p, Nominals: []string{"الوزير العراقي"}}}},
			of(said("a2", "2015-06-02", p, "خالد العيداني"), "وزير الدفاع", "العراق", iraq)}, true},
		"a job and a country, of which two are known": {[]*doc.Document{
			{ID: "a1", Date: "2015-07-21", Entities: []doc.Entity{{ID: "e", Type: p, Nominals: []string{"الوزير العراقي"}}}},
			of(said("a2", "2015-07-02", p, "خالد العيداني"), "وزير الدفاع", "العراق", iraq),
			of(said("a3", "2015-07-02", p, "سالم البيطار"), "وزير المالية", "العراق", iraq)}, false},
		"a middle name with the same office": {[]*doc.Document{
			of(said("a1", "2015-07-21", p, "خالد محمد العتيبي"), "وزير الدفاع", "العراق", iraq),
			of(said("a2", "2015-06-02", p, "خالد العتيبي"), "وزير الدفاع", "العراق", iraq)}, true},
		"a middle name and nothing else": {[]*doc.Document{
			of(said("a1", "2015-07-21", p, "خالد محمد العتيبي"), "", "العراق", iraq),
			of(said("a2", "2015-06-02", p, "خالد العتيبي"), "", "السعودية", saudi)}, false},
		"a ministry of the country that the article speaks of": {[]*doc.Document{
			of(said("a1", "2015-07-21", doc.Organization, "وزارة الداخلية"), "", "مصر", egypt),
			said("a2", "2015-06-02", doc.Organization, "الداخلية المصرية")}, true},
	} {
		r := roots(c.docs...)
		if (r[0] == r[1]) != c.one {
			t.Errorf("%s: %v, want one: %v", name, r, c.one)
		}
	}
}
