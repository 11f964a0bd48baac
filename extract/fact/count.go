package fact

import (
	"strconv"
	"strings"

	"github.com/sila-graph/sila/extract/doc"
)

// Numbers of victims, as ranges: «مقتل 12 شخصا» [12, 12], «ما لا يقل عن ثلاثة جنود»
// [3, ∞), «بين 10 و15 قتيلا» [10, 15], «أقل من 20» [0, 19], «عشرات القتلى» [20, ∞).

const maxVictims = 1_000_000 // a larger number is none of victims

// countNear reads the number of the victims from what stands next to the trigger
// at item n: behind it, or right before a noun of victims («خمسة قتلى», «12 جريحا»).
func (p *parser) countNear(n int) *doc.Range {
	for m := n + 1; m < len(p.items) && m <= n+6; m++ {
		if r := p.rangeAt(m, n); r != nil {
			return p.atLeastBehind(r, m)
		}
		k := p.items[m].kind
		if k == itNP && p.isVerb(n) && p.items[m].prep == "" && m+1 < len(p.items) && p.items[m+1].kind == itNum {
			continue // اعتقلت الشرطة 12 شخصا
		}
		if k == itNP || k == itComma || k == itComp {
			break
		}
	}
	if n > 0 && !p.isVerb(n) && p.items[n].prep == "" || n > 0 && p.items[n-1].kind == itNum {
		if r := p.rangeAt(n-1, max(0, n-6)-1); r != nil {
			return p.atLeastBehind(r, n)
		}
	}
	return nil
}

// rangeAt reads the number at item m with what limits it between items lo and m.
func (p *parser) rangeAt(m, lo int) *doc.Range {
	v, open, ok := p.numberAt(m)
	if !ok {
		return nil
	}
	r := doc.Exactly(v)
	if open {
		r.High = nil
	}
	for k := m - 1; k > lo && k >= m-4; k-- {
		it := &p.items[k]
		for i := it.first; i <= it.last; i++ {
			switch p.t.Base(int(i)) {
			case "اكثر", "يقل", "تقل", "الاقل", "يزيد", "تزيد", "تجاوز", "يتجاوز", "يربو", "فوق":
				r.Low, r.High = v, nil
			case "اقل":
				if p.t.Form(int(i)) != "اقل" { // الأقل, بأقل
					r.High = nil
					continue
				}
				high := v - 1
				r.Low, r.High = 0, &high
			case "بين":
				if to, _, ok := p.numberBehind(m); ok && to > v {
					r.High = &to
				}
			}
		}
	}
	if lo >= 0 && m-1 > lo { // «بين 10 و15» read at its second number
		if from, _, ok := p.numberAt(m - 1); ok && from < v && m >= 2 && p.t.Base(int(p.items[m-2].first)) == "بين" {
			r.Low = from
		}
	}
	return r
}

// numberBehind returns the number that و joins to the one at item m.
func (p *parser) numberBehind(m int) (int, bool, bool) {
	for k := m + 1; k < len(p.items) && k <= m+2; k++ {
		if v, open, ok := p.numberAt(k); ok {
			return v, open, true
		}
	}
	return 0, false, false
}

// atLeastBehind opens a range upwards where «على الأقل» or «أو أكثر» follows its number.
func (p *parser) atLeastBehind(r *doc.Range, m int) *doc.Range {
	for k := m + 1; k < len(p.items) && k <= m+4; k++ {
		it := &p.items[k]
		for i := it.first; i <= it.last; i++ {
			switch f := p.t.Form(int(i)); {
			case f == "الاقل" && it.kind != itNP, f == "اكثر":
				r.High = nil
				return r
			}
		}
		if it.kind == itComma || it.kind == itComp || it.kind == itVerb {
			break
		}
	}
	return r
}

// numberAt reads a number in digits or words at item m; open: tens or hundreds of.
func (p *parser) numberAt(m int) (v int, open, ok bool) {
	it := &p.items[m]
	if it.class&clTimeWord != 0 || it.kind == itNP {
		return 0, false, false
	}
	form := p.t.Form(int(it.first))
	if it.kind == itNum && it.first == it.last {
		for len(form) > 0 && (form[0] < '0' || form[0] > '9') { // و15
			form = form[1:]
		}
		v, err := strconv.Atoi(strings.NewReplacer(",", "", ".", "").Replace(form))
		if err == nil && v > 0 && v <= maxVictims {
			return v, false, true
		}
	}
	base := p.t.Base(int(it.first))
	switch base {
	case "عشرات":
		return 20, true, true
	case "مئات":
		return 200, true, true
	}
	w, known := p.lex.numbers[base]
	if !known {
		return 0, false, false
	}
	if m+1 < len(p.items) { // خمسة عشر; ثلاثة وعشرون
		next := p.t.Base(int(p.items[m+1].first))
		if x, ok := p.lex.numbers[next]; ok && w < 10 && (x == 10 && !p.items[m+1].wa || x >= 20 && x < 100 && p.items[m+1].wa) {
			return w + x, false, true
		}
	}
	return w, false, true
}
