package fact

import "strings"

// formKind is which form of a frame's word stands in the text.
type formKind uint8

// The forms of a trigger.
const (
	past        formKind = iota // حرر, حررت, حرروا
	present                     // يحرر, تحرر, يحررون
	passive                     // أصيب, استشهد: a past whose subject undergoes
	masdar                      // تحرير
	noun                        // هجوم, غارات
	part                        // متهما, موالية
	passivePart                 // مدعومة, محاصرة: whose noun undergoes
	numForms
)

// inflection is one written form of a verb with what it says of its subject.
type inflection struct {
	form   string
	kind   formKind
	fem    bool
	plural bool
}

// inflect generates the third person forms of a verb from its past and
// imperfect, masculine singular, as they are written without vowels. Weak
// endings follow the usual rules: دعا دعت دعوا يدعو يدعون, استولى استولت
// استولوا يستولي يستولون, with the jussive of both kinds (لم يدع, لم يزر).
func inflect(pastForm, presentForm string) []inflection {
	var out []inflection
	add := func(form string, kind formKind, fem, plural bool) {
		if form != "" {
			out = append(out, inflection{form, kind, fem, plural})
		}
	}
	if p := pastForm; p != "" {
		add(p, past, false, false)
		switch {
		case strings.HasSuffix(p, "ى"):
			stem := strings.TrimSuffix(p, "ى")
			add(stem+"ت", past, true, false)
			add(stem+"وا", past, false, true)
			add(stem+"يا", past, false, true)
			add(stem+"ا", past, false, false) // before a pronoun: تبناه
		case strings.HasSuffix(p, "ا") && len(p) > 4:
			stem := strings.TrimSuffix(p, "ا")
			add(stem+"ت", past, true, false)
			add(stem+"وا", past, false, true)
			add(stem+"ات", past, true, false) // هنأ هنأت: hamza on alef
			add(p+"وا", past, false, true)
		case strings.HasSuffix(p, "ي"):
			stem := strings.TrimSuffix(p, "ي")
			add(p+"ت", past, true, false)
			add(stem+"وا", past, false, true)
		default:
			add(p+"ت", past, true, false)
			add(p+"وا", past, false, true)
			add(p+"و", past, false, true) // before a pronoun: استهدفوه
			add(p+"ا", past, false, true)
			add(p+"تا", past, true, true)
		}
	}
	if p := presentForm; p != "" {
		rest := strings.TrimPrefix(p, "ي")
		stem := rest
		weak := ""
		for _, w := range [...]string{"و", "ي", "ى"} {
			if s, ok := strings.CutSuffix(rest, w); ok && len(s) >= 4 {
				stem, weak = s, w
			}
		}
		add("ي"+rest, present, false, false)
		add("ت"+rest, present, true, false)
		add("ي"+stem+"ون", present, false, true)
		add("ي"+stem+"وا", present, false, true)
		add("ي"+rest+"ان", present, false, true)
		add("ت"+rest+"ان", present, true, true)
		if weak != "" {
			add("ي"+stem, present, false, false) // لم يدع
			add("ت"+stem, present, true, false)
			if weak == "ى" {
				add("ي"+stem+"ا", present, false, false) // يتبناه
			}
		}
		if s, ok := hollow(pastForm, rest); ok {
			add("ي"+s, present, false, false) // لم يزر
			add("ت"+s, present, true, false)
		}
	}
	return out
}

// hollow returns the jussive stem of a hollow verb: زار يزور زر, أصاب يصيب صب.
func hollow(pastForm, rest string) (string, bool) {
	r := []rune(rest)
	n := len(r)
	if n < 3 || !strings.HasSuffix(pastForm, "ا"+string(r[n-1])) || r[n-2] != 'و' && r[n-2] != 'ي' && r[n-2] != 'ا' {
		return "", false
	}
	return string(r[:n-2]) + string(r[n-1]), true
}

// passives generates the third person passives that are written otherwise than
// the active: of form III حوصر, of hollow verbs from form IV on اصيب يصاب, استعيد
// يستعاد, اغتيل, of weak endings اعفي. Of the others (قتل, اعتقل) only the clause
// tells.
func passives(pastForm, presentForm string) []inflection {
	var out []inflection
	r := []rune(pastForm)
	n := len(r)
	add := func(p string) {
		for _, f := range [...]inflection{{p, passive, false, false}, {p + "ت", passive, true, false}, {p + "وا", passive, false, true}} {
			out = append(out, f)
		}
	}
	switch {
	case n == 4 && r[1] == 'ا' && r[3] != 'ى' && r[0] != 'ا': // حاصر
		add(string(r[0]) + "و" + string(r[2:]))
	case n >= 4 && r[0] == 'ا' && r[n-2] == 'ا': // اصاب, اغتال, استعاد
		add(string(r[:n-2]) + "ي" + string(r[n-1]))
		if q := []rune(presentForm); len(q) >= 4 && (q[len(q)-2] == 'ي' || q[len(q)-2] == 'ا') {
			stem := string(q[1:len(q)-2]) + "ا" + string(q[len(q)-1])
			out = append(out, inflection{"ي" + stem, passive, false, false}, inflection{"ت" + stem, passive, true, false})
		}
	case n >= 4 && r[0] == 'ا' && r[n-1] == 'ى': // اعفى
		p := string(r[:n-1]) + "ي"
		out = append(out, inflection{p, passive, false, false}, inflection{p + "ت", passive, true, false})
	}
	return out
}

// nounForms generates the written forms of a masdar, noun or participle: with a
// pronoun ة becomes ت and ء ئ or ؤ; the indefinite accusative takes ا.
func nounForms(w string) []string {
	out := []string{w}
	switch {
	case strings.HasSuffix(w, "ة"):
		out = append(out, strings.TrimSuffix(w, "ة")+"ت")
	case strings.HasSuffix(w, "ء"):
		stem := strings.TrimSuffix(w, "ء")
		out = append(out, stem+"ئ", stem+"ؤ", w+"ا")
	case strings.HasSuffix(w, "ى"):
		out = append(out, strings.TrimSuffix(w, "ى")+"ا")
	case strings.HasSuffix(w, "ا"), strings.HasSuffix(w, "ات"), strings.HasSuffix(w, "ين"), strings.HasSuffix(w, "ون"):
	default:
		out = append(out, w+"ا")
	}
	return out
}
