package vocab

import (
	"github.com/cayleygraph/quad"
	"github.com/sila-graph/sila/extract/doc"
)

// Predicates that describe the vocabulary itself.
const (
	inverseLabel = quad.IRI("sila:inverse_label")
	plover       = quad.IRI("sila:plover")
	acled        = quad.IRI("sila:acled")
	score        = quad.IRI("sila:score")
	edgeOf       = quad.IRI("sila:edge_of") // direct edge → type of the facts that give it
	agentLabel   = quad.IRI("sila:agent_label")
	patientLabel = quad.IRI("sila:patient_label")
	family       = quad.IRI("sila:family")
)

var labels = []struct {
	iri    quad.IRI
	en, ar string
}{
	{EntityClass(doc.Person), "person", "شخص"},
	{EntityClass(doc.Organization), "organization", "منظمة"},
	{EntityClass(doc.Place), "place", "مكان"},
	{EntityClass(doc.Group), "group", "جماعة"},
	{EntityClass(doc.Event), "event", "حدث"},
	{Article, "article", "مقال"},
	{Report, "report", "رواية"},
	{Incident, "incident", "واقعة"},
	{Text, "text", "نص"},
}

var properties = []struct {
	iri    quad.IRI
	en, ar string
}{
	{ID, "id", "المعرف"}, {Also, "id too", "معرف آخر"}, {NameBlock, "may be called by", "قد يسمى"}, {KeyOf, "key of an actor", "مفتاح فاعل"}, {Alias, "also called", "يسمى أيضا"}, {Country, "country", "الدولة"}, {Kind, "kind", "النوع"},
	{Lat, "latitude", "خط العرض"}, {Long, "longitude", "خط الطول"}, {Homonym, "shares its name with others", "اسم مشترك"},
	{Tally, "tally", "حصيلة"}, {Agent, "agent", "الفاعل"}, {Patient, "patient", "المفعول به"}, {Place, "place", "المكان"},
	{Time, "time", "الزمان"}, {Reported, "first reported", "أول خبر"}, {Title, "title", "المنصب"}, {HeldFrom, "held from", "منذ"}, {HeldTo, "held until", "حتى"}, {OverBy, "over by", "انتهى قبل"}, {Subtype, "subtype", "النوع الفرعي"},
	{Status, "status", "الحالة"}, {Ended, "ended", "انتهى"}, {KnownFrom, "known from", "مصدر العلم به"}, {ReportOf, "report", "الرواية"},
	{InCase, "incident", "الواقعة"}, {Headline, "headline", "العنوان"}, {Date, "date", "التاريخ"}, {Outlet, "outlet", "الوسيلة"},
	{URL, "address", "الرابط"}, {Hash, "hash", "البصمة"}, {Topic, "topic", "الموضوع"}, {Digest, "digest", "بصمة الوثيقة"},
	{Document, "document", "الوثيقة"}, {Mentions, "mentions", "يذكر"}, {CopyOf, "copy of", "نسخة من"}, {Verdict, "people's verdict", "حكم المراجعين"}, {Reflects, "reflects decisions", "يعكس القرارات"}, {CopyKey, "key of copies", "مفتاح النسخ"}, {InArticle, "article", "المقال"}, {Evidence, "evidence", "الشاهد"},
	{Sentence, "sentence", "الجملة"}, {Start, "start", "البداية"}, {End, "end", "النهاية"}, {Trigger, "trigger", "اللفظ الدال"},
	{Rule, "rule", "القاعدة"}, {Confidence, "confidence", "الثقة"}, {Wording, "wording", "الصياغة"}, {Low, "at least", "العدد الأدنى"},
	{High, "at most", "العدد الأقصى"}, {Source, "source", "المصدر"}, {SourceKind, "kind of source", "نوع المصدر"}, {Block, "block", "المجموعة"},
}

var values = []struct {
	iri    quad.IRI
	en, ar string
}{
	{StatusIRI(doc.Actual), "happened", "واقع"}, {StatusIRI(doc.Intended), "intended", "مزمع"}, {StatusIRI(doc.Negated), "denied", "منفي"},
	{StatusIRI(doc.Possible), "possible", "محتمل"}, {Disputed, "disputed", "متنازع فيه"}, {OwnSide, "the doer's own side", "جانب الفاعل وحده"},
}

// Quads returns the vocabulary as quads without label, in a fixed order, each
// once: classes and predicates with labels in both languages, and what they
// correspond to elsewhere.
func Quads() []quad.Quad {
	var out []quad.Quad
	seen := map[quad.Quad]bool{}
	add := func(s, p quad.IRI, o quad.Value) {
		q := quad.Quad{Subject: s, Predicate: p, Object: o}
		if !seen[q] {
			seen[q] = true
			out = append(out, q)
		}
	}
	label := func(s, p quad.IRI, en, ar string) {
		if en != "" {
			add(s, p, quad.LangString{Value: quad.String(en), Lang: "en"})
		}
		if ar != "" {
			add(s, p, quad.LangString{Value: quad.String(ar), Lang: "ar"})
		}
	}
	for _, l := range labels {
		add(l.iri, Type, Class)
		label(l.iri, Label, l.en, l.ar)
	}
	for _, l := range properties {
		add(l.iri, Type, Property)
		label(l.iri, Label, l.en, l.ar)
	}
	for _, l := range values {
		label(l.iri, Label, l.en, l.ar)
	}
	for i := range doc.Types().List {
		t := &doc.Types().List[i]
		c := FactClass(t.Name)
		add(c, Type, Class)
		label(c, Label, t.Label.En, t.Label.Ar)
		add(c, Comment, quad.LangString{Value: quad.String(t.Meaning), Lang: "en"})
		add(c, family, quad.String(t.Family))
		add(c, score, quad.Int(t.Score))
		label(c, agentLabel, t.Agent.En, t.Agent.Ar)
		label(c, patientLabel, t.Patient.En, t.Patient.Ar)
		if t.Plover != "" {
			add(c, plover, quad.String(t.Plover))
			add(c, Match, quad.IRI("plover:"+t.Plover))
		}
		if t.ACLED != "" {
			add(c, acled, quad.String(t.ACLED))
		}
		edges := []quad.IRI{quad.IRI(t.Edge)}
		if t.Also != "" {
			edges = append(edges, quad.IRI(t.Also))
		}
		for n, e := range edges {
			add(e, Type, Property)
			add(e, edgeOf, c)
			if n == 0 {
				label(e, Label, t.Forward.En, t.Forward.Ar)
				label(e, inverseLabel, t.Backward.En, t.Backward.Ar)
				if t.Schema != "" {
					add(e, Match, quad.IRI("schema:"+t.Schema))
				}
			} else {
				label(e, Label, "took", "أخذ")
				label(e, inverseLabel, "was taken by", "أخذه")
			}
			if Claimable(t) {
				add(Claims(e), Type, Property)
				add(Claims(e), edgeOf, c)
				if n == 0 {
					label(Claims(e), Label, "claims: "+t.Forward.En, "يقول إنه "+t.Forward.Ar)
				} else {
					label(Claims(e), Label, "claims: took", "يقول إنه أخذ")
				}
			}
		}
	}
	add(Attended, Type, Property)
	add(Attended, edgeOf, FactClass("Meet"))
	label(Attended, Label, "attended", "حضر")
	label(Attended, inverseLabel, "was attended by", "حضره")
	return out
}

// Claimable says whether a fact of that type is a deed that its doer may boast
// of, so that his own side's word alone gives only a claim: fighting, taking
// ground, what is done to persons. Words and states are not: to announce
// support is to support.
func Claimable(t *doc.Type) bool {
	if t.State || t.Symmetric {
		return false
	}
	switch t.Family {
	case "assault", "territory":
		return true
	case "person":
		return t.Score < 0 && t.Name != "Dismiss" && t.Name != "Judge"
	}
	return false
}
