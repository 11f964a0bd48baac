package gazetteer

import (
	"strings"

	"github.com/sila-graph/sila/extract/doc"
)

// maxVariants bounds what one form can grow to.
const maxVariants = 16

// variants returns the spellings and cases that a folded form stands for, the
// form itself first. The rules state how Arabic newspapers write:
//   - أبو declines: أبو ظبي, أبي ظبي, أبا ظبي; and may be joined: أبوظبي.
//   - عبد is written joined or apart: عبد الله, عبدالله; so are names in الدين and الله.
//   - sound masculine plurals in names of bodies and groups decline: الحوثيون, الحوثيين.
func variants(form []string, typ doc.EntityType) [][]string {
	out := [][]string{form}
	add := func(make func(f []string) []string) {
		for _, f := range out[:len(out):len(out)] {
			if len(out) >= maxVariants {
				return
			}
			if v := make(f); v != nil {
				out = append(out, v)
			}
		}
	}
	join := func(f []string, i int) []string {
		v := append(make([]string, 0, len(f)-1), f[:i]...)
		v = append(v, f[i]+f[i+1])
		return append(v, f[i+2:]...)
	}
	for i := range form {
		w, rest := form[i], len(form)-1-i
		if rest > 0 && (w == "عبد" && (strings.HasPrefix(form[i+1], "ال") || form[i+1] == "ربه") ||
			(form[i+1] == "الدين" || form[i+1] == "الله") && len(w) > 2*len("و") && typ == doc.Person) {
			pos := len(form) - i // counted from the end, which earlier joins leave alone
			add(func(f []string) []string {
				if j := len(f) - pos; j >= 0 && f[j] == w {
					return join(f, j)
				}
				return nil
			})
		}
		if strings.HasPrefix(w, "عبدال") && len(w) > len("عبدال")+2 {
			pos := len(form) - i
			add(func(f []string) []string {
				j := len(f) - pos
				if j < 0 || f[j] != w {
					return nil
				}
				v := append(make([]string, 0, len(f)+1), f[:j]...)
				v = append(v, "عبد", w[len("عبد"):])
				return append(v, f[j+1:]...)
			})
		}
		if (typ == doc.Organization || typ == doc.Group) && strings.HasPrefix(w, "ال") && strings.HasSuffix(w, "ون") && len(w) >= 2*6 {
			pos := len(form) - i
			add(func(f []string) []string {
				j := len(f) - pos
				if j < 0 || f[j] != w {
					return nil
				}
				v := append([]string(nil), f...)
				v[j] = w[:len(w)-len("ون")] + "ين"
				return v
			})
		}
	}
	if form[0] == "ابو" && len(form) > 1 {
		for _, c := range [...]string{"ابي", "ابا"} {
			add(func(f []string) []string {
				if f[0] != "ابو" {
					return nil
				}
				return append([]string{c}, f[1:]...)
			})
		}
		add(func(f []string) []string {
			if f[0] != "ابو" && f[0] != "ابي" || len(f) < 2 {
				return nil
			}
			return join(f, 0)
		})
	}
	return out
}

// bare returns the form without the article of its first word, as it stands
// after لـ (للعراق) or in a construct, and whether there is one.
func bare(form []string) ([]string, bool) {
	w, ok := strings.CutPrefix(form[0], "ال")
	if !ok || len(w) < 2*3 {
		return nil, false
	}
	return append([]string{w}, form[1:]...), true
}
