package fact

import (
	"embed"
	"fmt"
	"strconv"
	"strings"
	"sync"

	"github.com/sila-graph/sila/extract/arabic"
	"github.com/sila-graph/sila/extract/doc"
	"github.com/sila-graph/sila/extract/rec"
)

//go:embed data/*.txt
var dataFiles embed.FS

// class is a set of word classes, see data/classes.txt.
type class uint32

// The word classes.
const (
	clPrep     class = 1 << iota // prepositions and adverbs of place that govern a noun
	clComp                       // أن, إن: what follows depends on the verb before
	clRel                        // الذي
	clNeg                        // لم, عدم
	clConj                       // فيما, حيث, لكن
	clCond                       // إذا, لو
	clPossible                   // ربما, يشتبه
	clIntend                     // يعتزم, خطة
	clFail                       // فشل
	clManage                     // تمكن
	clLight                      // شن, نفذ, قام
	clStand                      // قوات, عناصر, مواقع: stand for whom they belong to
	clPart                       // أحياء, ريف, مدينة: stand for the place
	clQuant                      // عدد, عشرات
	clSide
	clByword // قبل, يد in من قبل, على يد
	clSource // بحسب, وفقا
	clFormer // السابق
	clReljoin
	clBond // التابع, الموالي
	clCapital
	clVerb // other verbs: where another clause begins
	clTimeWord
	clSay  // verbs of saying
	clSayP // participles of saying: مؤكدا
	clJob
	clPast // of clSay and clVerb: a past form
)

var classNames = map[string]class{"prep": clPrep, "comp": clComp, "rel": clRel, "neg": clNeg, "conj": clConj, "cond": clCond,
	"possible": clPossible, "intend": clIntend, "fail": clFail, "manage": clManage, "light": clLight, "stand": clStand, "part": clPart,
	"quant": clQuant, "side": clSide, "byword": clByword, "saynoun": clSource, "former": clFormer, "reljoin": clReljoin, "bond": clBond,
	"capital": clCapital, "verb": clVerb, "title-end": clTimeWord}

// word is all that the lexicon knows of one written form.
type word struct {
	class    class
	triggers []trigger
}

// lexicon is built once and read-only.
type lexicon struct {
	words  map[string]*word
	frames []*frame
	lemmas []string
	inv    *doc.Inventory
	// classes of the pair model, by number of the type
	pairClass []int

	sayNouns  map[string]bool // تصريح, بيان: what somebody said
	adverbs   map[string]bool // أمس, كذلك
	notVerbs  map[string]bool // يوليو
	numbers   map[string]int  // ثلاثة
	effects   map[string]effect
	uses      map[string]use
	ends      map[string]bool // انهار, رفع: verbs and masdars that end a state
	leaves    map[string]bool // انسحب من: verbs of leaving
	verbForms map[string]bool // forms of verbs in operators.txt that are no nouns
	tPast     map[string]bool // past forms that begin with ت: تمكن
}

var loadLexicon = sync.OnceValue(func() *lexicon {
	l, err := newLexicon()
	if err != nil {
		panic("fact: embedded data: " + err.Error()) // TestLexicon loads it, so this cannot reach a user
	}
	return l
})

func newLexicon() (*lexicon, error) {
	l := &lexicon{words: make(map[string]*word, 1<<13), inv: doc.Types(), sayNouns: map[string]bool{}}
	get := func(form string) *word {
		w := l.words[form]
		if w == nil {
			w = new(word)
			l.words[form] = w
		}
		return w
	}
	var err error
	l.frames, l.lemmas, err = parseFrames(frameFiles, l.inv, func(form string, t trigger) {
		w := get(form)
		for _, have := range w.triggers {
			if have.frame == t.frame && (have.kind == t.kind || have.kind <= present && t.kind <= present) {
				return
			}
		}
		w.triggers = append(w.triggers, t)
	})
	if err != nil {
		return nil, err
	}
	text, err := dataFiles.ReadFile("data/classes.txt")
	if err != nil {
		return nil, err
	}
	records, err := rec.Parse("data/classes.txt", string(text))
	if err != nil {
		return nil, err
	}
	for _, r := range records {
		c, ok := classNames[r.Get("class")]
		if !ok {
			return nil, r.Errorf("unknown class %q", r.Get("class"))
		}
		for _, w := range r.List("words", " ") {
			get(arabic.Normalize(w)).class |= c
			if c == clFormer {
				// Words are looked up without their article: السابق as سابق.
				if bare := arabic.StripArticle(w); bare != w {
					get(arabic.Normalize(bare)).class |= c
				}
			}
		}
	}
	if text, err = dataFiles.ReadFile("data/say.txt"); err != nil {
		return nil, err
	}
	if records, err = rec.Parse("data/say.txt", string(text)); err != nil {
		return nil, err
	}
	for _, r := range records {
		for _, v := range r.List("verb", "|") {
			p, q, ok := strings.Cut(v, " ")
			if !ok {
				return nil, r.Errorf("verb %q needs its imperfect", v)
			}
			for _, x := range inflect(p, q) {
				w := get(x.form)
				w.class |= clSay
				if x.kind == past {
					w.class |= clPast
				}
			}
		}
		for _, v := range r.List("noun", "|") {
			for _, f := range nounForms(v) {
				l.sayNouns[f] = true
			}
		}
		for _, v := range r.List("part", "|") {
			get(v).class |= clSayP
		}
	}
	if err := l.readEffects(); err != nil {
		return nil, err
	}
	for _, list := range []struct {
		name string
		into *map[string]bool
	}{{"adverbs", &l.adverbs}, {"not_verbs", &l.notVerbs}} {
		lines, err := listLines(list.name)
		if err != nil {
			return nil, err
		}
		*list.into = make(map[string]bool, len(lines))
		for _, w := range lines {
			(*list.into)[w] = true
		}
	}
	lines, err := listLines("numbers")
	if err != nil {
		return nil, err
	}
	l.numbers = make(map[string]int, len(lines))
	for _, line := range lines {
		w, num, _ := strings.Cut(line, "\t")
		n, err := strconv.Atoi(num)
		if err != nil {
			return nil, fmt.Errorf("data/numbers.txt: %q: want a word, a tab and a number", line)
		}
		l.numbers[w] = n
	}
	l.pairClass = pairClassOf(l.inv)
	if len(l.frames) == 0 {
		return nil, fmt.Errorf("no frames")
	}
	return l, nil
}

// listLines returns the entries of a list under data: lines that are no comment.
func listLines(name string) ([]string, error) {
	text, err := dataFiles.ReadFile("data/" + name + ".txt")
	if err != nil {
		return nil, err
	}
	var out []string
	for line := range strings.Lines(string(text)) {
		if line = strings.TrimRight(line, "\n"); line != "" && line[0] != '#' {
			out = append(out, line)
		}
	}
	return out, nil
}

// look returns what is known of token i, nil for an unknown word. A form with a
// pronoun is looked up by its stem.
func (l *lexicon) look(t *arabic.Text, i int) *word {
	if w := l.words[t.Base(i)]; w != nil {
		return w
	}
	return l.words[t.Bare(i)]
}

// number is the place of a type in the inventory.
func (l *lexicon) number(t *doc.Type) int {
	for k := range l.inv.List {
		if &l.inv.List[k] == t {
			return k
		}
	}
	panic("fact: type " + t.Name + " is not in the inventory")
}
