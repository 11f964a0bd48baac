package arabic

import "strings"

// How often a proclitic stands before a word, per 1,024 occurrences of the word
// without it, in round figures of Arabic news. A form seen much more often than
// the word behind it would make expect is a word of its own: وزير (زير is
// rare), كان (against ان), بعد, فريق, لجنة; وقال is not.
// The second figure is how many times that a form may exceed its expectation
// before it counts as a word of its own: و and the prepositions attract set
// phrases (وأضاف, بسبب), so that they need a wide margin; what is then still
// wrong stands in closed.txt.
var (
	rateWa = rate{70, 300}
	rateFa = rate{10, 24}
	rateBa = rate{40, 400}
	rateLa = rate{40, 400}
	rateKa = rate{4, 24}
	rateSa = rate{40, 24}
)

type rate struct{ per1024, surplus uint32 }

// enclitic margins are wide for the same reason: نظيره, بلاده.
const surplusEnclitic = 400

// Enclitics, longest first, with their rate per 1,024 occurrences of the word.
var enclitics = [...]struct {
	form string
	enc  Enclitic
	rate uint32
}{
	{"هما", Huma, 4}, {"ها", Ha, 60}, {"هم", Hum, 40}, {"نا", Na, 10}, {"كم", Kum, 3}, {"هن", Hunna, 2}, {"ه", Hu, 60},
}

// analyse finds the proclitics and the enclitic of the word s[k.Start:k.End].
func (l *lexicon) analyse(s string, k *Token) {
	w := s[k.Start:k.End]
	if strings.IndexByte(w, '.') >= 0 {
		return // an acronym
	}
	if a, ok := l.closed[w]; ok {
		k.Bare, k.Base, k.Pro, k.Enc = k.Start+a.bare, k.Start+a.base, a.pro, a.enc
		return
	}
	bare, pro := l.proclitics(w)
	k.Bare, k.Pro = k.Start+int32(bare), pro
	if rest := w[bare:]; pro&Al == 0 {
		if a, ok := l.closed[rest]; ok && a.bare == 0 {
			k.Base, k.Enc = k.Bare+a.base, a.enc
			return
		}
		base, enc := l.enclitic(rest)
		k.Base, k.Enc = k.Bare+int32(base), enc
	}
}

// protected says whether w, or w without a pronoun, is a word of closed.txt that
// begins with what only looks like a proclitic: وصف, وصفها, وفاته.
func (l *lexicon) protected(w string) bool {
	if a, ok := l.closed[w]; ok {
		return a.bare == 0
	}
	for i := range enclitics {
		stem, ok := strings.CutSuffix(w, enclitics[i].form)
		if !ok || len(stem) < 4 {
			continue
		}
		if a, ok := l.closed[stem]; ok && a.bare == 0 && a.enc == NoEnclitic {
			return true
		}
		if rest, ok := strings.CutSuffix(stem, "ت"); ok && len(rest) < 60 {
			var buf [64]byte
			if a, ok := l.closed[string(append(append(buf[:0], rest...), "ة"...))]; ok && a.bare == 0 {
				return true
			}
		}
	}
	return false
}

// proclitics returns where the bare word begins in w, and what stands before.
func (l *lexicon) proclitics(w string) (int, Clitic) {
	const letter = 2
	at, pro := 0, Clitic(0)
	if l.protected(w) {
		return 0, 0
	}
	if c, rate := conjunction(w); c != 0 && len(w) > 2*letter {
		rest := w[letter:]
		if l.splits(w, rest, rate, l.known(rest) || definite(rest) || len(rest) >= 5*letter) {
			at, pro = letter, c
		}
	}
	rest := w[at:]
	if at > 0 {
		if a, ok := l.closed[rest]; ok && a.bare > 0 && a.pro&pro == 0 {
			return at + int(a.bare), pro | a.pro
		} else if ok || l.protected(rest) {
			return at, pro
		}
	}
	if strings.HasPrefix(rest, "ال") {
		if l.article(rest) {
			return at + 2*letter, pro | Al
		}
		return at, pro
	}
	c, rate := preposition(rest)
	if c == 0 || len(rest) <= 2*letter {
		return at, pro
	}
	after := rest[letter:]
	switch {
	case c == La && strings.HasPrefix(after, "ل") && len(after) > 2*letter:
		// لل: the article without its alef. After it the word: للتحالف is
		// تحالف; but للجنة and للواء are لجنة and لواء, whose first letter
		// merged with the article's.
		word := after[letter:]
		if l.count["ال"+word] == 0 && l.count[word] < l.count[after] || l.count["ال"+word]*8 < l.count["ال"+after] {
			return at + letter, pro | La | Al
		}
		return at + 2*letter, pro | La | Al
	case strings.HasPrefix(after, "ال") && (c == Ba || c == Ka) && l.article(after) && !l.lexical(rest, after, rate):
		return at + 3*letter, pro | c | Al
	case c == Sa:
		if verbPrefix(after) && l.splits(rest, after, rate, l.known(after) && l.count[rest] == 0) {
			return at + letter, pro | c
		}
	case l.splits(rest, after, rate, l.count[rest] == 0 && l.knownWell(after)):
		return at + letter, pro | c
	}
	return at, pro
}

func conjunction(w string) (Clitic, rate) {
	switch {
	case strings.HasPrefix(w, "و"):
		return Wa, rateWa
	case strings.HasPrefix(w, "ف"):
		return Fa, rateFa
	}
	return 0, rate{}
}

func preposition(w string) (Clitic, rate) {
	switch {
	case strings.HasPrefix(w, "ب"):
		return Ba, rateBa
	case strings.HasPrefix(w, "ل"):
		return La, rateLa
	case strings.HasPrefix(w, "ك"):
		return Ka, rateKa
	case strings.HasPrefix(w, "س"):
		return Sa, rateSa
	}
	return 0, rate{}
}

// splits decides whether w is a proclitic and the word rest. Where the news
// has neither, unseen decides.
func (l *lexicon) splits(w, rest string, r rate, unseen bool) bool {
	if _, ok := l.closed[rest]; ok {
		return !l.lexical(w, rest, r)
	}
	n := l.count[rest]
	if n == 0 {
		return l.count[w] == 0 && unseen || definite(rest) && l.article(rest) && l.count[w] < 200
	}
	return !l.lexical(w, rest, r)
}

// lexical says whether w stands too often to be a proclitic before rest.
func (l *lexicon) lexical(w, rest string, r rate) bool {
	n := l.count[w]
	if n < 3 {
		return n > 0 && l.count[rest] == 0
	}
	// The article's forms count for the word too: و before الرئيس.
	return uint64(n)<<10 > uint64(l.count[rest]+1)*uint64(r.per1024)*uint64(r.surplus)
}

func (l *lexicon) known(w string) bool     { return l.count[w] > 0 || l.count["ال"+w] > 0 }
func (l *lexicon) knownWell(w string) bool { return l.count[w] >= 5 }

func definite(w string) bool { return strings.HasPrefix(w, "ال") && len(w) > 8 }

// article says whether the ال of w is the article. Words that begin with these
// letters themselves (المانيا, الله, الذي, الغاء, التزام) are in closed.txt or
// never seen without them.
func (l *lexicon) article(w string) bool {
	const al = 4
	if len(w) <= al+2 {
		return false
	}
	if _, ok := l.closed[w]; ok {
		return false
	}
	if !strings.HasPrefix(w[al:], "ت") && !strings.HasPrefix(w[al:], "غ") && !strings.HasPrefix(w[al:], "ق") && !strings.HasPrefix(w[al:], "ه") && !strings.HasPrefix(w[al:], "ح") && !strings.HasPrefix(w[al:], "ز") {
		return true
	}
	// التزام, التقى, التحق, الغاء, القى, الهام, الحاق, الزام: verbs and
	// masdars whose root begins with لـ have no form without ال, but take
	// proclitics and pronouns; a definite noun is seen without the article.
	return l.count[w[al:]] > 0 || l.count[w] == 0 || l.count["لل"+w[al:]] > 0 || l.count["بال"+w[al:]] > 0
}

// verbPrefix says whether w may be an imperfect verb: the س of the future
// stands before nothing else.
func verbPrefix(w string) bool {
	for _, p := range [...]string{"ي", "ت", "ن", "ا"} {
		if strings.HasPrefix(w, p) {
			return len(w) >= 6
		}
	}
	return false
}

// enclitic returns where the pronoun of w begins.
func (l *lexicon) enclitic(w string) (int, Enclitic) {
	for i := range enclitics {
		e := &enclitics[i]
		stem, ok := strings.CutSuffix(w, e.form)
		if !ok || len(stem) < 4 {
			continue
		}
		n := l.stemCount(stem)
		if n == 0 {
			continue
		}
		if e.enc == Na && l.count[w[:len(w)-2]] > n {
			continue // بيانا is بيان in the accusative
		}
		if c := l.count[w]; c >= 3 && uint64(c)<<10 > uint64(n+1)*uint64(e.rate)*surplusEnclitic {
			continue
		}
		return len(stem), e.enc
	}
	return len(w), NoEnclitic
}

// stemCount counts the stem before a pronoun as it stands alone: مدينت as
// مدينة, مستوا as مستوى, علي as على, رؤسائ as رؤساء, زارو as زاروا.
func (l *lexicon) stemCount(stem string) uint32 {
	n := l.count[stem]
	var buf [64]byte
	try := func(cut, add string) {
		if rest, ok := strings.CutSuffix(stem, cut); ok && len(rest)+len(add) <= len(buf) {
			b := append(append(buf[:0], rest...), add...)
			n = max(n, l.count[string(b)])
		}
	}
	switch {
	case strings.HasSuffix(stem, "ت"):
		try("ت", "ة")
	case strings.HasSuffix(stem, "ا"):
		try("ا", "ى")
	case strings.HasSuffix(stem, "ئ"):
		try("ئ", "ء")
	case strings.HasSuffix(stem, "ؤ"):
		try("ؤ", "ء")
	case strings.HasSuffix(stem, "و"):
		try("و", "وا")
	}
	return n
}
