package fact

import (
	"github.com/sila-graph/sila/extract/arabic"
	"github.com/sila-graph/sila/extract/doc"
	"github.com/sila-graph/sila/extract/mention"
)

// speakerOf returns who says what the verb at item n brings, -1 for nobody who
// is named.
func (x *run) speakerOf(n int) int32 {
	p := &x.parser
	if e, ok := p.relayed(n); ok {
		return e // نقلت الوكالة عن الوزير قوله
	}
	switch sub := p.sayer(n); {
	case sub >= 0:
		if e := p.titled(sub); e >= 0 {
			return e
		}
		if h := p.items[sub].head; h == headOther && p.typ(p.items[sub].ent) == doc.Place {
			return -1 // قال سكان الموصل
		}
		return p.items[sub].ent
	case sub == nounSubject:
		return x.nounSpeaker(n)
	}
	if h := p.relativeHead(n); h >= 0 {
		return p.items[h].ent
	}
	if f := &p.items[0]; n > 2 && !p.items[n].wa && f.kind == itNP && f.prep == "" && p.typ(f.ent) == doc.Person && (n+1 == len(p.items) || p.items[n+1].kind == itColon || p.items[n+1].kind == itComp || p.items[n+1].kind == itQuote) {
		return f.ent // فلانة، وهي ربة بيت، قالت:
	}
	if n > 2 && !p.items[n].wa && p.items[n-1].kind != itComma && p.items[n-1].kind != itConj {
		for m := n - 1; m >= 0; m-- { // بث التنظيم تسجيلا يتبنى فيه
			if p.isVerb(m) {
				if s := p.subject(m); s >= 0 {
					return p.items[s].ent
				}
			}
		}
	}
	return x.talk.speaker
}

// titled returns the person whose name stands right behind the phrase at item m
// when that is part of his title: «محافظ نينوى نجم», «نظيرتها السودانية هالة». -1 for none.
func (p *parser) titled(m int) int32 {
	if p.typ(p.items[m].ent) == doc.Person || p.items[m].head != headOther && p.items[m].span >= 0 && p.m.Spans[p.items[m].span].Kind == mention.Name {
		return -1
	}
	for k := m + 1; k < len(p.items) && k <= m+2; k++ {
		switch it := &p.items[k]; {
		case it.kind == itNP && p.typ(it.ent) == doc.Person && it.prep == p.items[m].prep && !it.wa:
			return it.ent
		case it.kind == itNP, it.kind == itNoun && it.al:
		default:
			return -1
		}
	}
	return -1
}

// sayer is subject for verbs of saying: what stands before one is its subject
// only next to it, at the head of the clause.
func (p *parser) sayer(n int) int {
	s := p.subject(n)
	if s == -1 && n+1 < len(p.items) && p.items[n+1].kind == itComma {
		m := n + 2
		for m < len(p.items) && p.items[m].kind != itComma {
			m++
		}
		for m++; m < len(p.items) && m < n+12; m++ { // قال، من جانبه، الوزير فلان
			if it := &p.items[m]; it.kind == itNP && it.prep == "" {
				return m
			} else if it.kind != itNoun && it.kind != itQuote {
				break
			}
		}
	}
	if s > n {
		for m := n + 1; m < s; m++ { // يتبنى فيه خطف السائح: the object has the phrase
			if p.items[m].kind == itTrig && !p.items[m].al {
				return -1
			}
		}
	}
	if s >= 0 && s < n && p.subjectBefore(n) != s {
		return -1
	}
	return s
}

// nounSpeaker returns whom the noun stands for that is the subject of the verb
// at item n: «المصدر» and «الوزير» for who spoke last, «مصدر في الشرطة» for
// the police.
func (x *run) nounSpeaker(n int) int32 {
	p := &x.parser
	for m := n + 1; m < len(p.items) && m <= n+9; m++ {
		it := &p.items[m]
		if it.kind == itPrep || it.kind == itQuote || it.kind == itParen || it.kind == itNP || it.prep != "" || p.adverb(m) {
			continue
		}
		if m+1 < len(p.items) && p.items[m+1].kind == itNP && p.items[m+1].prep == "" && p.typ(p.items[m+1].ent) == doc.Person {
			return p.items[m+1].ent // قال محاميه روبرت
		}
		if it.al || it.enc != arabic.NoEnclitic {
			return x.talk.speaker
		}
		return p.body(m+1, p.lex.sayNouns[p.t.Base(int(it.first))])
	}
	return -1
}

// body returns the body that an unnamed speaker belongs to: the first phrase
// from item m on, before the clause goes on.
func (p *parser) body(m int, statement bool) int32 {
	for end := m + 5; m < len(p.items) && m <= end; m++ {
		switch it := &p.items[m]; it.kind {
		case itNP:
			nisba := it.span >= 0 && p.m.Spans[it.span].Kind == mention.Nisba // مسؤول أميركي: nobody's word
			switch ty := p.typ(it.ent); {
			case it.prep == "ل" && !statement:
				return -1 // قال مصدر للصحيفة
			case ty == doc.Organization || ty == doc.Group, ty == doc.Place && !nisba && it.prep != "في":
				return it.ent
			}
			return -1
		case itNoun, itPrep, itQuote, itParen, itNum:
		default:
			return -1
		}
	}
	return -1
}

// relayed returns whose words a verb like نقل passes on.
func (p *parser) relayed(n int) (int32, bool) {
	if !p.used(n, useRelay) {
		return -1, false
	}
	for m := n + 1; m < len(p.items) && m <= n+8; m++ {
		it := &p.items[m]
		if it.kind == itComp || it.kind == itColon {
			break
		}
		if it.prep != "عن" || it.kind == itPrep {
			continue
		}
		if it.kind == itNP {
			return it.ent, true
		}
		if it.al {
			return -1, false // عن المصادر: whoever passes it on
		}
		if e := p.body(m+1, false); e >= 0 {
			return e, true
		}
		return -1, false // عن مسؤول: whoever passes it on
	}
	return -1, false
}

// headline returns the speaker of «العبادي: سنحرر الأنبار», -1 for none.
func (x *run) headline() int32 {
	p := &x.parser
	if len(p.items) < 3 || p.items[0].kind != itNP || p.typ(p.items[0].ent) == doc.Place {
		return -1
	}
	for m := 1; m < len(p.items) && m <= 6; m++ { // العبادي لـ«الصباح»: …
		switch it := &p.items[m]; {
		case it.kind == itColon:
			return p.items[0].ent
		case p.sent == 0 && (it.kind == itQuote || it.kind == itPrep || it.kind == itNP && it.prep == "ل"):
		default:
			return -1
		}
	}
	return -1
}

// headlineAfter returns the speaker of «الأطلسي نشر دبابات».. الخارجية الروسية, and
// the item behind the quotation; -1 for none.
func (x *run) headlineAfter() (int32, int) {
	p := &x.parser
	n := len(p.items)
	if p.sent > 0 || n < 4 || p.items[0].kind != itQuote || p.items[n-1].kind != itNP {
		return -1, 0
	}
	c := p.closing(1)
	if c >= n-1 {
		return -1, 0
	}
	for m := c + 1; m < n-1; m++ {
		if p.items[m].kind != itComma {
			return -1, 0
		}
	}
	return p.items[n-1].ent, c
}
