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
