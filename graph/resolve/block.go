package resolve

import (
	"slices"
	"strings"
)

// Atom is the bearer of one key with all that is said of it.
type Atom struct {
	Key      string
	Evidence *Evidence
}

// Blocks names the blocks that a key falls into. Keys of one home block may be
// joined to each other ([Join]) or, where the key is [Loose], to actors that
// offer themselves there ([Attach]). "" is no block at all.
//
//	N كر دن    full names by their two ends, as heard
//	V …        other names with foreign words, as heard
//	S كر       actors by what they are called for short
//	O وزير …   actors by office
func Blocks(key string, t *Evidence) (home string, offers []string) {
	x := words()
	if Loose(key) {
		return x.looseHome(key), nil
	}
	typ, name, ok := strings.Cut(key, string(sure))
	g := x.gaz.Ref(key)
	if g != nil {
		typ, name = string(g.Type), g.Name
	} else if !ok {
		return "", nil
	}
	name, _, _ = strings.Cut(name, "|")
	if typ != "Person" {
		if g != nil && g.Kind == "country" || strings.Contains(name, "#") {
			return "", nil
		}
		return x.heard(name), nil
	}
	var n personName
	if g != nil {
		n = x.personName(name)
	} else {
		n = personName{words: strings.Fields(name)}
	}
	if len(n.words) > 1 {
		a, b := n.ends(x)
		home = "N " + skeleton(a) + " " + skeleton(b)
		if last := n.words[len(n.words)-1]; !x.givenName(last) {
			offers = append(offers, "S "+skeleton(last))
		}
	}
	if g != nil {
		if short := g.Attr("surname"); short != "" {
			if s := x.personName(short); len(s.words) == 1 {
				offers = append(offers, "S "+skeleton(s.words[0]))
			}
		}
	}
	if t != nil {
		for form := range t.Names {
			s := x.personName(form)
			if len(s.words) == 1 {
				offers = append(offers, "S "+skeleton(s.words[0]))
			}
			if s.royal != "" {
				offers = append(offers, "S "+s.royal+" "+s.words[0])
			}
		}
		for o := range t.Offices {
			o = o[:strings.LastIndexByte(o, '|')]
			offers = append(offers, "O "+o)
			if title, of, _ := strings.Cut(o, "|"); of != "" { // الوزير القطري, whatever he is minister of
				if job, _, more := strings.Cut(title, " "); more {
					offers = append(offers, "O "+job+"|"+of)
				}
			}
		}
	}
	slices.Sort(offers)
	return home, slices.Compact(offers)
}

// Loose says whether a key is that of a name which isn't full.
func Loose(key string) bool { return strings.HasPrefix(key, "Person~") }

func (x *lexicon) looseHome(key string) string {
	name := strings.TrimPrefix(key, "Person~")
	if office, ok := strings.CutPrefix(name, "@"); ok {
		return "O " + office[:strings.LastIndexByte(office, '|')]
	}
	name = name[:min(len(name), max(0, strings.IndexAny(name+"|", "|#")))]
	if strings.Contains(name, " ") { // with its royal title
		return "S " + name
	}
	return "S " + skeleton(name)
}

// heard is the block of a name with foreign words, "" for one without.
func (x *lexicon) heard(name string) string {
	f := strings.Fields(foldKey(name))
	if !x.foreign(f) {
		return ""
	}
	b := []byte("V")
	for _, w := range f {
		b = append(append(b, ' '), skeleton(w)...)
	}
	return string(b)
}
