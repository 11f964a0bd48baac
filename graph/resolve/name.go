package resolve

import (
	"slices"
	"strings"

	"github.com/sila-graph/sila/extract/arabic"
	"github.com/sila-graph/sila/extract/gazetteer"
)

// personName is the name of a person in comparable parts: without titles, بن
// and آل سعود, with عبد and أبو joined to what follows them.
type personName struct {
	words []string // folded: جون, كيري
	royal string   // ملك, where a title is all that tells a given name from others
	chain bool     // whether بن stood in it
}

func (n *personName) key() string {
	k := strings.Join(n.words, " ")
	if n.royal != "" && len(n.words) == 1 {
		return n.royal + " " + k
	}
	return k
}

// personName takes a name apart.
func (x *lexicon) personName(name string) personName {
	return x.personWords(strings.Fields(arabic.Key(name)))
}

func (x *lexicon) personWords(f []string) personName {
	var n personName
	for len(f) > 1 {
		t := x.titleLength(f)
		if t == 0 && (definite(f[0]) && x.isJob(bare(f[0])) || len(f[0]) <= 2 || f[0] == "دكتور" || f[0] == "سيد" && len(f) > 2) {
			t = 1
		}
		if t == 0 || t == len(f) {
			break
		}
		for _, w := range f[:t] {
			if x.royal[bare(w)] {
				n.royal = bare(w)
			}
		}
		f = f[t:]
	}
	for len(f) > 2 && x.isJob(f[len(f)-1]) && (f[len(f)-1] == "امير" || !x.givenName(f[len(f)-1])) { // «فيصل بن خالد أمير», cut too late
		f = f[:len(f)-1]
	}
	for i := 0; i < len(f); i++ {
		w := f[i]
		next := i+1 < len(f)
		switch {
		case (w == "بن" || w == "ابن" || w == "بنت") && next && len(n.words) > 0:
			n.chain = true
		case w == "ال" && next: // آل
			if len(n.words) < 2 {
				n.words = append(n.words, f[i+1])
			}
			i++
		case (w == "عبد" || w == "ابو" || w == "ابي" || w == "ابا" || w == "ام") && next:
			if w == "ابي" || w == "ابا" {
				w = "ابو"
			}
			n.words = append(n.words, w+f[i+1])
			i++
		default:
			n.words = append(n.words, w)
		}
	}
	return n
}

// titleLength is how many words the longest title takes that a name begins with.
func (x *lexicon) titleLength(f []string) int {
	var buf [12]gazetteer.Word
	ws := x.gaz.Words(buf[:0], f)
	return max(x.gaz.MatchList(x.titlesM, ws, 0), x.gaz.MatchList(x.titlesF, ws, 0))
}

func (x *lexicon) isJob(w string) bool { _, ok := x.jobs[w]; return ok }

// ends returns the two words that a name is known by: first name and family, or
// in a chain of fathers, which ends with a given name, the first two: محمد بن سلمان بن عبد العزيز.
func (n *personName) ends(x *lexicon) (string, string) {
	last := n.words[len(n.words)-1]
	if x.givenName(last) {
		last = n.words[1]
	}
	return n.words[0], last
}

// skeleton is a folded word as what hearing it leaves: consonants that scripts
// mix up as one, no vowels but a first one, none doubled. لافروف and لافروڤ,
// غروس and جروس share one; so do names that differ, which [lexicon.alike] tells apart.
func skeleton(w string) string {
	var b []byte
	var last rune
	for i, r := range bare(w) {
		switch r {
		case 'ا', 'و', 'ي', 'ه':
			if i > 0 {
				continue
			}
			r = 'ا'
		case 'ڤ':
			r = 'ف'
		case 'پ':
			r = 'ب'
		case 'غ', 'ج', 'ق', 'گ', 'چ':
			r = 'ك'
		case 'ط':
			r = 'ت'
		case 'ض':
			r = 'د'
		case 'ص', 'ز', 'ذ', 'ظ', 'ث', 'ش':
			r = 'س'
		case 'ع', 'ء', 'ح', 'خ':
			if i > 0 && r != 'خ' && r != 'ح' {
				continue
			}
			if r == 'ع' || r == 'ء' {
				r = 'ا'
			} else {
				r = 'خ'
			}
		}
		if r == last {
			continue
		}
		last = r
		b = append(b, string(r)...)
	}
	return string(b)
}

// Skeleton is what hearing a folded word leaves, see skeleton; for sampling.
func Skeleton(w string) string { return skeleton(w) }

// alike says whether two folded words may be spellings of one name. Native
// words must be equal but for the article; foreign ones may differ in vowels
// and in letters that transliteration mixes up.
func (x *lexicon) alike(a, b string) bool {
	if a == b {
		return true
	}
	na, nb := x.native(a), x.native(b)
	if na && nb {
		// الفيصل is a family, فيصل a man
		ba, bb := bare(a), bare(b)
		return ba == bb && !x.givenName(ba)
	}
	k := skeleton(a)
	if skeleton(b) != k {
		return false
	}
	ra, rb := []rune(bare(a)), []rune(bare(b))
	switch n := min(len(ra), len(rb)); {
	case n < 4, n == 4 && (na || nb):
		return false
	case n < 6 || na || nb:
		return spelling(ra, rb, 1) <= 1
	case n < 9:
		return spelling(ra, rb, 2) <= 2
	}
	return spelling(ra, rb, 4) <= 4
}

// mixed are the pairs of consonants that transliteration mixes up.
const mixed = "جغ جق غق قك جك كغ سص سث سش زس زذ زظ تط دض ڤف پب فپ هح"

// spelling counts what two spellings differ in: vowels more or less or others,
// doubled letters, consonants of [mixed]; more than limit where that isn't all.
// A last ي counts twice, since it makes another name: عثمان, عثماني.
func spelling(a, b []rune, limit int) int {
	var row, prev [24]int
	if len(a) >= len(row) || len(b) >= len(row) {
		return limit + 1
	}
	gap := func(w []rune, i int) int {
		switch r := w[i]; {
		case i == len(w)-1 && (r == 'ي' || r == 'ه'):
			return 2
		case r == 'ا' || r == 'و' || r == 'ي':
			return 1
		case i > 0 && w[i-1] == r:
			return 1
		}
		return limit + 1
	}
	swap := func(x, y rune) int {
		switch {
		case x == y:
			return 0
		case vowel(x) && vowel(y), strings.Contains(mixed, string([]rune{x, y})), strings.Contains(mixed, string([]rune{y, x})):
			return 1
		}
		return limit + 1
	}
	for j := range b {
		prev[j+1] = prev[j] + gap(b, j)
	}
	for i := range a {
		row[0] = prev[0] + gap(a, i)
		for j := range b {
			row[j+1] = min(prev[j]+swap(a[i], b[j]), prev[j+1]+gap(a, i), row[j]+gap(b, j))
		}
		row, prev = prev, row
	}
	return prev[len(b)]
}

func vowel(r rune) bool { return r == 'ا' || r == 'و' || r == 'ي' || r == 'ه' }

// contains says whether the words of the shorter name occur in the longer, in
// order, first with first.
func (x *lexicon) contains(long, short []string) bool {
	if len(short) > len(long) || !x.alike(long[0], short[0]) {
		return false
	}
	i := 1
	for _, w := range short[1:] {
		for i < len(long) && !x.alike(long[i], w) {
			i++
		}
		if i == len(long) {
			return false
		}
		i++
	}
	return true
}

// foreign says whether any word of a name is none of Arabic.
func (x *lexicon) foreign(ws []string) bool {
	return slices.ContainsFunc(ws, func(w string) bool { return !x.native(w) })
}
