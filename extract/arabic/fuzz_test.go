package arabic

import (
	"strings"
	"testing"
	"unicode/utf8"
)

// FuzzClitics proves that what stands before and behind the bare word is exactly the
// clitics that the token names.
func FuzzClitics(f *testing.F) {
	for _, s := range []string{"وللقوات", "للجنة", "بالعاصمة", "سيزورها", "وسيطرتهما", "فبقيادته", "كالذي", "لله", "والى", "وفيها", "ولل", "والو", "سسس", "ووفي"} {
		f.Add(s)
	}
	letters := [...]struct {
		c Clitic
		s string
	}{{Wa, "و"}, {Fa, "ف"}, {Sa, "س"}, {Ba, "ب"}, {Ka, "ك"}, {La, "ل"}}
	var a Analyzer
	f.Fuzz(func(t *testing.T, s string) {
		var x Text
		a.Analyze(s, &x)
		for i := range x.Tokens {
			k := &x.Tokens[i]
			if k.Kind != Word {
				if k.Pro != 0 || k.Enc != NoEnclitic {
					t.Fatalf("%q has clitics", x.Form(i))
				}
				continue
			}
			rest := x.Norm[k.Start:k.Bare]
			for _, l := range letters {
				if k.Has(l.c) {
					var ok bool
					if rest, ok = strings.CutPrefix(rest, l.s); !ok {
						t.Fatalf("%q: %v before %q isn't there", x.Form(i), l.s, x.Bare(i))
					}
				}
			}
			switch {
			case k.Has(Al) && (rest == "ال" || rest == "ل" || rest == ""):
			case !k.Has(Al) && rest == "":
			default:
				t.Fatalf("%q: %q is left before %q", x.Form(i), rest, x.Bare(i))
			}
			if k.Base == k.Bare {
				t.Fatalf("%q: no word is left", x.Form(i))
			}
			if e := x.Norm[k.Base:k.End]; (e != "" || k.Enc != NoEnclitic) && encliticOf[e] != k.Enc {
				t.Fatalf("%q: %q is not enclitic %d", x.Form(i), e, k.Enc)
			}
		}
	})
}

// FuzzOffsets proves that offsets lead back to the original: each token's slice
// normalises to the token, offsets never go back, and bytes and points agree.
func FuzzOffsets(f *testing.F) {
	for _, s := range []string{"قال مُحَمَّدٌ: نعم", "ﷲ أكبر ﻻ", "a\u0301b\u200fج", "١٢٫٥٪…", "\xffب\xfe", "ـــكـــتاب\r\nثم"} {
		f.Add(s)
	}
	var a Analyzer
	f.Fuzz(func(t *testing.T, s string) {
		var x Text
		a.Analyze(s, &x)
		last := 0
		for i := range x.Tokens {
			k := &x.Tokens[i]
			from, to := x.Source(int(k.Start), int(k.End))
			if from < last-utf8.UTFMax*2 || to < from || to > len(s) {
				t.Fatalf("token %d %q: source %d to %d after %d", i, x.Form(i), from, to, last)
			}
			last = to
			for b := int(k.Start); b < int(k.End); b++ {
				if !utf8.RuneStart(x.Norm[b]) {
					continue
				}
				s0, e0 := x.Source(int(k.Start), b)
				if s0 != from || e0 < s0 || e0 > to {
					t.Fatalf("token %d %q up to byte %d: source %d to %d of %d to %d", i, x.Form(i), b, s0, e0, from, to)
				}
			}
			if !utf8.ValidString(s) {
				continue
			}
			if n := Normalize(s[from:to]); !strings.Contains(n, x.Form(i)) {
				t.Fatalf("token %d %q: the source %q normalises to %q", i, x.Form(i), s[from:to], n)
			}
		}
	})
}
