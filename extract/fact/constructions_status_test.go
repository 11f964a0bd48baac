package fact_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/sila-graph/sila/extract/arabic"
	"github.com/sila-graph/sila/extract/doc"
	"github.com/sila-graph/sila/extract/fact"
	"github.com/sila-graph/sila/extract/mention"
)

// presented is one sentence of ours, the names in it, and how it presents facts: each
// as «Type(agent, patient) status ended source=… time=…», what is empty left out.
type presented struct {
	names, text string
	want        []string
}

// statusConstructions are the constructions of Arabic news that decide status,
// attribution and time. The article is of Tuesday, 21 July 2015. Names are given, as
// P (person), O (organisation), L (place), G (group), so that only qualification is on trial.
var statusConstructions = map[string][]presented{
	"a verb of saying with أن": {
		{"P كريم الساعدي|O الجيش|L بيجي", "قال الناطق كريم الساعدي إن الجيش دخل بيجي وحرر أحياءها.", []string{"Visit(الجيش, بيجي) actual source=كريم الساعدي"}},
		{"P نزار عطية|O داعش|L هيت", "أكد العقيد نزار عطية أن داعش هاجم هيت.", []string{"Attack(داعش, هيت) actual source=نزار عطية"}},
		{"P سمير ديب|P وليد فرح|L بيروت", "ذكر سمير ديب أن وليد فرح زار بيروت.", []string{"Visit(وليد فرح, بيروت) actual source=سمير ديب"}},
	},
	"وأضاف goes on with the last speaker": {
		{"P كريم الساعدي|O داعش|L هيت|L الرطبة", "قال كريم الساعدي إن المعارك مستمرة. وأضاف أن داعش هاجم الرطبة.", []string{"Attack(داعش, الرطبة) actual source=كريم الساعدي"}},
		{"P نزار عطية|O الجيش|L بيجي", "أوضح نزار عطية أن الطريق مفتوح. وتابع أن الجيش حرر بيجي.", []string{"Liberate(الجيش, بيجي) actual source=نزار عطية"}},
		{"P سمير ديب|P وليد فرح|L بيروت", "صرح سمير ديب بأنه متفائل. ولفت إلى أن وليد فرح زار بيروت.", []string{"Visit(وليد فرح, بيروت) actual source=سمير ديب"}},
	},
	"سـ and سوف": {
		{"P وليد فرح|L بيروت", "سيزور وليد فرح بيروت.", []string{"Visit(وليد فرح, بيروت) intended"}},
		{"O الجيش|L بيجي", "سوف يحرر الجيش بيجي.", []string{"Liberate(الجيش, بيجي) intended"}},
		{"P كريم الساعدي|O الجيش|L بيجي", "قال كريم الساعدي إن الجيش سيحرر بيجي.", []string{"Liberate(الجيش, بيجي) intended source=كريم الساعدي"}},
	},
	"a temporal link with a masdar": {
		{"P وليد فرح|L دمشق|L بيروت", "غادر وليد فرح بيروت عقب زيارته دمشق.", []string{"Visit(وليد فرح, دمشق) actual"}},
		{"O الجيش|L بيجي|G النازحون", "عاد النازحون بعد تحرير الجيش بيجي.", []string{"Liberate(الجيش, بيجي) actual"}},
		{"P وليد فرح|L دمشق", "دعا وليد فرح خلال زيارته دمشق إلى الحوار.", []string{"Visit(وليد فرح, دمشق) actual"}},
	},
	"a participle that goes on with the speaker": {
		{"P سمير ديب|O حزب الله|L إدلب", "زار سمير ديب المخيم، مؤكدا أن حزب الله قصف إدلب.", []string{"Attack(حزب الله, إدلب) actual source=سمير ديب"}},
		{"P كريم الساعدي|O الجيش|L بيجي", "تحدث كريم الساعدي عن المعارك، مشيرا إلى أن الجيش حرر بيجي.", []string{"Liberate(الجيش, بيجي) actual source=كريم الساعدي"}},
		{"P نزار عطية|L طهران|O الحوثيين", "رحب نزار عطية بالهدنة، متهما طهران بتسليح الحوثيين.", []string{"Accuse(نزار عطية, طهران) actual"}},
	},
	"بحسب, وفقا ل, نقلا عن": {
		{"O داعش|L هيت|O المرصد السوري", "هاجم داعش هيت، بحسب المرصد السوري.", []string{"Attack(داعش, هيت) actual source=المرصد السوري"}},
		{"O الجيش|L بيجي|O وزارة الدفاع", "وفقا لوزارة الدفاع، حرر الجيش بيجي.", []string{"Liberate(الجيش, بيجي) actual source=وزارة الدفاع"}},
		{"P وليد فرح|L بيروت|O رويترز", "زار وليد فرح بيروت، نقلا عن رويترز.", []string{"Visit(وليد فرح, بيروت) actual source=رويترز"}},
	},
	"purpose and plan": {
		{"O الجيش|L بيجي", "تحركت قوات من الجيش لتحرير بيجي.", []string{"Liberate(الجيش, بيجي) intended"}},
		{"P وليد فرح|L بيروت", "من المقرر أن يزور وليد فرح بيروت.", []string{"Visit(وليد فرح, بيروت) intended"}},
		{"O الجيش|L بيجي", "يعتزم الجيش قصف بيجي.", []string{"Attack(الجيش, بيجي) intended"}},
		{"O الجيش|L بيجي", "دعا الوزير الجيش إلى تحرير بيجي.", []string{"Liberate(الجيش, بيجي) intended"}},
	},
	"a headline with its speaker": {
		{"P كريم الساعدي|O الجيش|L بيجي", "كريم الساعدي: الجيش حرر بيجي", []string{"Liberate(الجيش, بيجي) actual source=كريم الساعدي"}},
		{"P كريم الساعدي|O الجيش|L بيجي", "كريم الساعدي: سيحرر الجيش بيجي", []string{"Liberate(الجيش, بيجي) intended source=كريم الساعدي"}},
		{"L بغداد|O داعش|L هيت", "بغداد: داعش يهاجم هيت", []string{"Attack(داعش, هيت) actual"}},
	},
	"negation": {
		{"P وليد فرح|L بيروت", "لم يزر وليد فرح بيروت.", []string{"Visit(وليد فرح, بيروت) negated"}},
		{"O الجيش|L بيجي", "لن يهاجم الجيش بيجي.", []string{"Attack(الجيش, بيجي) negated"}},
		{"O الجيش|L بيجي", "تقدمت القوات دون قصف الجيش بيجي.", []string{"Attack(الجيش, بيجي) negated"}},
		{"P وليد فرح|L بيروت", "لا يزال وليد فرح يزور بيروت.", []string{"Visit(وليد فرح, بيروت) actual"}},
	},
	"كان قد: an earlier event": {
		{"P وليد فرح|L بيروت", "وكان وليد فرح قد زار بيروت.", []string{"Visit(وليد فرح, بيروت) actual"}},
		{"O داعش|L هيت", "وكان داعش هاجم هيت قبل يومين.", []string{"Attack(داعش, هيت) actual time=2015-07-19"}},
		{"P وليد فرح|L بيروت", "كان وليد فرح سيزور بيروت لولا الحرب.", []string{"Visit(وليد فرح, بيروت) negated"}},
	},
	"a change of speaker": {
		{"P سمير ديب|P نزار عطية|O داعش|L هيت", "قال سمير ديب إنه متفائل. من جهته أكد نزار عطية أن داعش هاجم هيت.", []string{"Attack(داعش, هيت) actual source=نزار عطية"}},
		{"P سمير ديب|P نزار عطية|O الجيش|L بيجي", "رأى سمير ديب أن الوضع صعب. بدوره قال نزار عطية إن الجيش حرر بيجي.", []string{"Liberate(الجيش, بيجي) actual source=نزار عطية"}},
		{"P سمير ديب|O الجيش|L بيجي", "قال سمير ديب إنه متفائل. يذكر أن الجيش حرر بيجي.", []string{"Liberate(الجيش, بيجي) actual"}},
	},
	"claims and allegations": {
		{"O داعش|L هيت", "وقع هجوم على هيت تبناه داعش.", []string{"Attack(داعش, هيت) actual source=داعش"}},
		{"O داعش|L هيت", "تحدثت الشرطة عن هجوم على هيت نسب إلى داعش.", []string{"Attack(داعش, هيت) possible"}},
		{"P وليد فرح|O داعش", "أوقفت الشرطة وليد فرح بتهمة الانتماء إلى داعش.", []string{"Arrest(, وليد فرح) actual"}},
		{"L واشنطن|L طهران|L دير الزور", "اتهمت واشنطن طهران بقصف دير الزور.", []string{"Attack(طهران, دير الزور) possible source=واشنطن"}},
	},
	"implicatives": {
		{"O الجيش|L بيجي", "تمكن الجيش من تحرير بيجي.", []string{"Liberate(الجيش, بيجي) actual"}},
		{"O الجيش|L بيجي", "فشل الجيش في تحرير بيجي.", []string{"Liberate(الجيش, بيجي) negated"}},
		{"O داعش|L هيت", "حاول داعش مهاجمة هيت.", []string{"Attack(داعش, هيت) intended"}},
		{"O الجيش|L بيجي", "لم يتمكن الجيش من تحرير بيجي.", []string{"Liberate(الجيش, بيجي) negated"}},
	},
	"aspect": {
		{"O الجيش|L بيجي", "واصل الجيش قصف بيجي.", []string{"Attack(الجيش, بيجي) actual"}},
		{"O الجيش|L بيجي", "أوقف الجيش قصف بيجي.", []string{"Attack(الجيش, بيجي) actual"}},
		{"O الجيش|L بيجي", "يعتزم الجيش مواصلة قصف بيجي.", []string{"Attack(الجيش, بيجي) intended"}},
	},
	"presupposition and what has ended": {
		{"O داعش|L الموصل", "تحدث الوزير عن إنهاء سيطرة داعش على الموصل.", []string{"Control(داعش, الموصل) actual ended"}},
		{"O داعش|L الموصل|O الجيش", "دعا الوزير إلى إنهاء سيطرة داعش على الموصل.", []string{"Control(داعش, الموصل) actual"}},
		{"O الجيش|O داعش|L بيجي", "حرر الجيش بيجي من داعش.", []string{"Control(داعش, بيجي) actual ended"}},
	},
	"conditions and doubt": {
		{"O الجيش|L بيجي", "قد يقتحم الجيش بيجي.", []string{"Attack(الجيش, بيجي) possible"}},
		{"O الجيش|L بيجي", "سيقتحم الجيش بيجي إذا انهارت الهدنة.", []string{"Attack(الجيش, بيجي) possible"}},
		{"O داعش|L هيت", "يعتقد أن داعش هاجم هيت.", []string{"Attack(داعش, هيت) possible"}},
		{"O داعش|L هيت", "هل هاجم داعش هيت؟", []string{"Attack(داعش, هيت) possible"}},
	},
	"the clause's time": {
		{"O داعش|L هيت", "هاجم داعش هيت أمس.", []string{"Attack(داعش, هيت) actual time=2015-07-20"}},
		{"O داعش|L هيت|O الجيش|L بيجي", "هاجم داعش هيت يوم السبت، بينما حرر الجيش بيجي يوم الأحد.", []string{"Attack(داعش, هيت) actual time=2015-07-18", "Liberate(الجيش, بيجي) actual time=2015-07-19"}},
		{"O الجيش|L بيجي", "حرر الجيش بيجي في فبراير الماضي.", []string{"Liberate(الجيش, بيجي) actual time=2015-02"}},
		{"O الجيش|L بيجي", "حرر الجيش بيجي منتصف يوليو.", []string{"Liberate(الجيش, بيجي) actual time=2015-07"}},
		{"O داعش|L الموصل", "هاجم داعش الموصل في 10 حزيران/يونيو 2014.", []string{"Attack(داعش, الموصل) actual time=2014-06-10"}},
		{"O داعش|L هيت", "هاجم داعش هيت في الرابع من شوال.", []string{"Attack(داعش, هيت) actual time=2015-07-20"}},
		{"O الجيش|L بيجي", "يقتحم الجيش بيجي غدا.", []string{"Attack(الجيش, بيجي) intended time=2015-07-22"}},
		{"O الجيش|L بيجي", "هاجم الجيش بيجي الأسبوع الماضي.", []string{"Attack(الجيش, بيجي) actual"}},
	},
}

func TestStatusConstructions(t *testing.T) {
	x := fact.New()
	kinds := map[string]doc.EntityType{"P": doc.Person, "O": doc.Organization, "L": doc.Place, "G": doc.Group}
	for name, sentences := range statusConstructions {
		for _, s := range sentences {
			var es []doc.Entity
			for _, n := range strings.Split(s.names, "|") {
				kind, form, _ := strings.Cut(n, " ")
				es = append(es, doc.Entity{ID: form, Type: kinds[kind], Names: []string{form}})
			}
			at := arabic.Analyze(s.text)
			res := mention.Project(at, es)
			for i := range res.Entities {
				res.Entities[i].ID = es[i].ID
			}
			facts := x.Proposed(at, res, "2015-07-21")
			for _, want := range s.want {
				head, _, _ := strings.Cut(want, ") ")
				var got []string
				for i := range facts {
					if g := present(&facts[i]); strings.HasPrefix(g, head+") ") {
						got = append(got, g)
					}
				}
				if !slices.Contains(got, want) || len(got) > 1 {
					t.Errorf("%s: %s\nwant %s\ngot  %s", name, s.text, want, strings.Join(got, "\n     "))
				}
			}
		}
	}
}

// present writes a fact as the table above does.
func present(f *doc.Fact) string {
	agent, patient := strings.Join(f.Agent, " "), strings.Join(f.Patient, " ")
	if t, ok := doc.Types().ByName(f.Type); ok && t.Symmetric && len(f.Agent) == 2 {
		all := slices.Sorted(slices.Values(f.Agent))
		agent, patient = all[1], all[0]
	}
	out := f.Type + "(" + agent + ", " + patient + ") " + string(f.Status)
	if f.Ended {
		out += " ended"
	}
	if f.Source != "" {
		out += " source=" + f.Source
	}
	if f.Time != "" {
		out += " time=" + f.Time
	}
	return out
}
