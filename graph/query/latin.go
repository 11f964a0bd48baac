package query

import (
	_ "embed"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"github.com/cayleygraph/quad"
	"golang.org/x/text/unicode/norm"
)

// Names in Latin letters: English labels are looked up as any others. For the
// rest two keys are taken of a Latin and of an Arabic name alike: a coarse one,
// its skeleton of consonants, finds those that may be meant, a fine one, sounds,
// says how like they are.

//go:embed latin.tsv
var latinText string

// latinNames are those that no rule finds: ISIS → تنظيم الدولة الإسلامية.
var latinNames = sync.OnceValue(func() map[string]string {
	m := map[string]string{}
	for l := range strings.Lines(latinText) {
		if name, arabic, ok := strings.Cut(strings.TrimSpace(l), "\t"); ok && !strings.HasPrefix(l, "#") {
			m[name] = arabic
		}
	}
	return m
})

// isLatin says whether a name is written in Latin letters.
func isLatin(s string) bool {
	latin := false
	for _, r := range s {
		switch {
		case unicode.Is(unicode.Latin, r):
			latin = true
		case unicode.IsLetter(r):
			return false
		}
	}
	return latin
}

// sounds of Arabic letters; none stands for those without a Latin counterpart.
var arabicSound = map[rune]string{
	'ا': "a", 'أ': "a", 'إ': "i", 'آ': "a", 'ى': "a", 'ة': "a", 'ء': "", 'ؤ': "u", 'ئ': "i", 'ع': "",
	'ب': "b", 'پ': "b", 'ت': "t", 'ط': "t", 'ث': "θ", 'ج': "j", 'چ': "c", 'ح': "h", 'ه': "h", 'خ': "x", 'د': "d", 'ض': "d", 'ذ': "ð", 'ظ': "ð",
	'ر': "r", 'ز': "z", 'س': "s", 'ص': "s", 'ش': "š", 'غ': "g", 'ف': "f", 'ڤ': "f", 'ق': "q", 'ك': "k", 'ک': "k", 'گ': "g", 'ل': "l", 'م': "m", 'ن': "n",
	'و': "u", 'ي': "i", 'ی': "i",
}

// latinSound lists Latin spellings, the longer first.
var latinSound = []struct{ spelling, sound string }{
	{"tch", "c"}, {"sch", "š"}, {"kh", "x"}, {"gh", "g"}, {"sh", "š"}, {"ch", "c"}, {"th", "θ"}, {"dh", "ð"}, {"ph", "f"}, {"ck", "k"}, {"zh", "j"}, {"ou", "u"},
	{"oo", "u"}, {"ee", "i"}, {"ei", "i"}, {"ai", "i"}, {"ay", "i"}, {"ey", "i"}, {"aw", "u"}, {"au", "u"}, {"ce", "se"}, {"ci", "si"}, {"cy", "si"},
	{"a", "a"}, {"b", "b"}, {"c", "k"}, {"d", "d"}, {"e", "e"}, {"f", "f"}, {"g", "g"}, {"h", "h"}, {"i", "i"}, {"j", "j"}, {"k", "k"}, {"l", "l"}, {"m", "m"},
	{"n", "n"}, {"o", "u"}, {"p", "b"}, {"q", "q"}, {"r", "r"}, {"s", "s"}, {"t", "t"}, {"u", "u"}, {"v", "f"}, {"w", "u"}, {"x", "ks"}, {"y", "i"}, {"z", "z"},
}

// sounds spells a name by its sounds, word by word, the article left out: both
// "al-Jubeir" and الجبير begin with j.
func sounds(name string) []string {
	if isLatin(name) {
		return latinSounds(name)
	}
	var out []string
	for w := range strings.FieldsSeq(name) {
		if rest, ok := strings.CutPrefix(w, "ال"); ok && utf8.RuneCountInString(rest) > 1 {
			w = rest
		}
		var b strings.Builder
		w = strings.ReplaceAll(w, "تش", "چ")
		if rest, ok := strings.CutSuffix(w, "ه"); ok && utf8.RuneCountInString(rest) > 1 { // ة where folded
			w = rest + "ة"
		}
		for _, r := range w {
			b.WriteString(arabicSound[r])
		}
		if b.Len() > 0 {
			out = append(out, b.String())
		}
	}
	return out
}

func latinSounds(name string) []string {
	var plain strings.Builder
	for _, r := range norm.NFD.String(strings.ToLower(name)) {
		switch {
		case r >= 'a' && r <= 'z':
			plain.WriteRune(r)
		case r == 'ı':
			plain.WriteByte('i')
		case r == '\'' || r == '’' || r == 'ʿ' || r == '`' || unicode.Is(unicode.Mn, r): // an ayn or an accent
		default:
			plain.WriteByte(' ')
		}
	}
	var out []string
	for i, w := range strings.Fields(plain.String()) {
		switch w {
		case "al", "el", "ad", "ar", "as", "ash", "an", "at", "az", "the": // the article
			if i > 0 || strings.Contains(strings.TrimSpace(plain.String()), " ") {
				continue
			}
		}
		for _, abd := range []string{"abdul", "abdel", "abdal"} { // عبد ال is two words
			if rest, ok := strings.CutPrefix(w, abd); ok {
				out = append(out, "abd")
				w = rest
			}
		}
		var b strings.Builder
		for w != "" {
			n := len(w)
			for _, s := range latinSound {
				if rest, ok := strings.CutPrefix(w, s.spelling); ok {
					b.WriteString(s.sound)
					w = rest
					if c := s.spelling[len(s.spelling)-1]; strings.HasPrefix(w, string(c)) && !strings.ContainsRune("aeiou", rune(c)) {
						w = w[1:] // a doubled letter
					}
					break
				}
			}
			if len(w) == n {
				w = w[1:] // not a letter of the table: cannot be, but never loop
			}
		}
		if b.Len() > 0 {
			out = append(out, b.String())
		}
	}
	return out
}

// coarse maps sounds that writers of Latin confuse to one; vowels and h, which
// often aren't written, to nothing.
var coarse = map[rune]byte{'b': 'b', 't': 't', 'θ': 't', 'j': 'k', 'c': 's', 'x': 'k', 'd': 'd', 'ð': 'd', 'r': 'r', 'z': 'd', 's': 's', 'š': 's', 'g': 'k', 'f': 'f', 'q': 'k', 'k': 'k', 'l': 'l', 'm': 'm', 'n': 'n'}

// skeleton is the coarse key of a name: جون كيري and John Kerry give knkr.
func skeleton(words []string) string {
	var b []byte
	for _, w := range words {
		for _, r := range w {
			if c := coarse[r]; c != 0 && (len(b) == 0 || b[len(b)-1] != c) {
				b = append(b, c)
			}
		}
	}
	return string(b)
}

// unlike says how far two spellings by sound are apart: 2 for a consonant that
// is another or missing, 1 for one that is confused with it, and for a vowel,
// which Arabic leaves out when it is short.
func unlike(a, b []rune) int {
	gap := func(r rune) int {
		switch r {
		case 'e': // never written
			return 0
		case 'a', 'i', 'u', 'h':
			return 1
		}
		return 3
	}
	row := make([]int, len(b)+1)
	for j := range b {
		row[j+1] = row[j] + gap(b[j])
	}
	for _, r := range a {
		prev := row[0]
		row[0] += gap(r)
		for j, s := range b {
			cost := prev
			switch vowelR, vowelS := strings.ContainsRune("aiue", r), strings.ContainsRune("aiue", s); {
			case r == s:
			case vowelR && vowelS, coarse[r] != 0 && coarse[r] == coarse[s]:
				cost++
			default:
				cost += 4
			}
			prev = row[j+1]
			row[j+1] = min(cost, row[j]+gap(s), row[j+1]+gap(r))
		}
	}
	return row[len(b)]
}

// sounded is a name of an entity with its sounds.
type sounded struct {
	iri    quad.IRI
	sounds string
}

// latinIndex finds Arabic names by the skeletons of Latin ones.
func (n *names) latinIndex() map[string][]sounded {
	n.latin.Do(func() {
		n.bySkeleton = map[string][]sounded{}
		for _, k := range n.keys {
			if isLatin(k) {
				continue
			}
			w := sounds(k)
			if key := skeleton(w); key != "" {
				for _, iri := range n.byKey[k] {
					n.bySkeleton[key] = append(n.bySkeleton[key], sounded{iri, strings.Join(w, "")})
				}
			}
		}
	})
	return n.bySkeleton
}

// soundsLike lists the entities whose names sound like a Latin one: those that
// are closest, and others that might be meant.
func (n *names) soundsLike(name string) (closest, near []quad.IRI) {
	words := sounds(name)
	mine := []rune(strings.Join(words, ""))
	most := len(mine)/2 + 1
	best := map[quad.IRI]int{}
	for _, s := range n.latinIndex()[skeleton(words)] {
		if d := unlike(mine, []rune(s.sounds)); d <= most {
			if was, ok := best[s.iri]; !ok || d < was {
				best[s.iri] = d
			}
		}
	}
	least := most
	for _, d := range best {
		least = min(least, d)
	}
	for iri, d := range best {
		if d == least {
			closest = append(closest, iri)
		}
		near = append(near, iri)
	}
	slices.Sort(closest)
	slices.SortFunc(near, func(a, b quad.IRI) int {
		if best[a] != best[b] {
			return best[a] - best[b]
		}
		return strings.Compare(string(a), string(b))
	})
	return closest, near[:min(len(near), 4*maxNear)]
}

// withWord lists the entities that have all the words of a Latin name in one of
// their Latin names: Kerry finds John Kerry.
func (n *names) withWord(name string) []quad.IRI {
	want := strings.Fields(name)
	var out []quad.IRI
	for _, k := range n.keys {
		if !isLatin(k) {
			continue
		}
		have := strings.Fields(k)
		if len(have) > len(want) && !slices.ContainsFunc(want, func(w string) bool { return !slices.Contains(have, w) }) {
			out = append(out, n.byKey[k]...)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}
