package fact

import (
	"strings"

	"github.com/sila-graph/sila/extract/arabic"
	"github.com/sila-graph/sila/extract/doc"
)

// voice is who says what stands in a stretch of a sentence.
type voice struct {
	from, to int   // items; to excluded
	verb     int   // item of the word of saying, -1 for none
	ent      int32 // who speaks, -1 where nobody is named
	loose    bool  // بحسب, كما أعلن: yields to a voice inside
}

// talk is what attribution carries from sentence to sentence.
type talk struct {
	speaker int32 // who spoke last, -1 nobody who is named
	quoted  int32 // who speaks in the quotation that is open, -1
	open    bool  // a quotation is open
}

// attribute finds who says what in the sentence that p.items holds. A verb of
// saying covers what depends on it, to the end of the sentence or the next
// voice; بحسب its sentence; a quotation goes on until it is closed.
func (x *run) attribute() {
	p := &x.parser
	p.steer()
	x.voices = x.voices[:0]
	if to := p.closing(0); x.talk.open && to < len(p.items) {
		x.voices = append(x.voices, voice{0, to, -1, x.talk.quoted, false})
	}
	if h := x.headline(); h >= 0 {
		from := 1
		for p.items[from].kind != itColon {
			from++
		}
		x.voices = append(x.voices, voice{from + 1, len(p.items), 0, h, true})
		if p.sent > 0 {
			x.talk.speaker = h
		}
	} else if h, from := x.headlineAfter(); h >= 0 {
		x.voices = append(x.voices, voice{0, from, from, h, true})
	}
	for n := range p.items {
		it := &p.items[n]
		switch {
		case it.class&clSource != 0, p.onWord(n):
			x.accordingVoice(n) // نقلا عن, before the verb نقلا
		case it.kind == itSay && it.class&clSay != 0 && !it.al && p.t.Base(int(it.first)) != "ردا": // ردا على is no verb
			if n > 0 && p.items[n-1].kind == itRel && it.enc != arabic.NoEnclitic && p.used(n, useMute) {
				continue // البيان الذي بثه التلفزيون
			}
			if p.impersonal(n) {
				x.narrator(n)
				continue
			}
			x.verbVoice(n)
		case it.kind == itSay && it.class&clSayP != 0:
			x.participleVoice(n)
		case p.blamed(n):
			x.blameVoice(n)
		case p.statement(n):
			x.statementVoice(n)
		case p.announcing(n):
			x.nounVoice(n)
		case it.kind == itComp && n > 0 && p.contrast(n-1):
			x.contrast(n)
		}
	}
	x.openQuotes()
}

// impersonal says whether the verb at item n is the narrator's own: «يذكر أن»,
// «يشار إلى أن» at the head of a sentence.
func (p *parser) impersonal(n int) bool {
	if n > 1 {
		return false
	}
	if !p.used(n, useNarrator) {
		return false
	}
	for m := n + 1; m < len(p.items) && m <= n+2; m++ {
		if p.items[m].kind == itComp {
			return true
		} else if p.items[m].kind != itPrep {
			return false
		}
	}
	return false
}

// narrator ends what voices go on at item n.
func (x *run) narrator(n int) {
	x.cut(n)
	x.talk.speaker = -1
}

// cut ends at item n the voices that run over it.
func (x *run) cut(n int) {
	for i := range x.voices {
		if v := &x.voices[i]; v.from < n && v.to > n && !v.loose {
			v.to = n
		}
	}
}

// closing returns the item that closes the quotation that is open before item n,
// the number of items for none.
func (p *parser) closing(n int) int {
	for m := n; m < len(p.items); m++ {
		if p.items[m].kind == itQuote && p.t.Form(int(p.items[m].first)) != "«" {
			return m
		}
	}
	return len(p.items)
}

// openQuotes notes whether the sentence leaves a quotation open, and who speaks in
// it. Marks that open and close alike count as open only where one is left over
// behind a colon, أن or a verb of saying.
func (x *run) openQuotes() {
	p := &x.parser
	plain, last := 0, -1
	for n := range p.items {
		if p.items[n].kind != itQuote {
			continue
		}
		switch p.t.Form(int(p.items[n].first)) {
		case "«":
			x.talk.open, last = true, n
		case "»":
			x.talk.open = false
		default:
			plain++
			if n > 0 {
				switch p.items[n-1].kind {
				case itColon, itComp, itSay:
					last = n
				}
			}
		}
	}
	if plain > 0 {
		x.talk.open = plain%2 == 1 && last >= 0
	}
	if x.talk.open && last >= 0 {
		x.talk.quoted = x.talk.speaker
		if v := x.voiceAt(last + 1); v != nil {
			x.talk.quoted = v.ent
		}
	}
}

// voiceAt returns the voice that speaks at item n: the one that begins last,
// unless an earlier one reports it; a loose one only where no other speaks. nil
// for the narrator.
func (x *run) voiceAt(n int) *voice {
	p := &x.parser
	var best *voice
	for i := range x.voices {
		v := &x.voices[i]
		if n < v.from || n >= v.to {
			continue
		}
		if best != nil && p.reports(best, v) {
			continue
		}
		if best == nil || best.loose && !v.loose || v.from >= best.from && (best.loose || !v.loose) {
			best = v
		}
	}
	return best
}

// reports says whether voice a tells what voice b says: «قال المبعوث إن دمشق أبلغته
// بأنها ستنسحب» stands on the envoy's word. A verb that و or a mark begins with
// goes on beside a instead.
func (p *parser) reports(a, b *voice) bool {
	if a.loose || b.loose || b.verb < a.from || b.verb >= a.to || b.verb < 1 {
		return false
	}
	it, before := &p.items[b.verb], p.items[b.verb-1].kind
	return it.kind == itSay && it.class&clSay != 0 && !it.wa && before != itConj && before != itComma
}

// verbVoice opens the voice of the verb of saying at item n.
func (x *run) verbVoice(n int) {
	p := &x.parser
	it := &p.items[n]
	speaker := x.speakerOf(n)
	start, clause, trailing := p.content(n)
	if p.negated(n) && !strings.Contains(p.t.Base(int(p.items[n].first)), "ستبعد") {
		x.talk.speaker = speaker // لم ينف, لم يعلن: he does not say it
		return
	}
	if trailing {
		// «…، قال المتحدث», «كما أعلن مكتبه»: what goes before is said.
		x.voices = append(x.voices, voice{0, n, n, speaker, true})
		x.talk.speaker = speaker
		return
	}
	if it.wa || n > 0 && (p.items[n-1].kind == itConj || p.items[n-1].kind == itComma) {
		at := n
		if n > 0 && p.items[n-1].kind == itConj {
			at--
		}
		x.cut(at)
	}
	x.talk.speaker = speaker
	if start < 0 || !clause && (p.wordOnly(n) || p.used(n, useCondemn) || p.effect(n) == efDeny && p.t.Base(int(p.items[start].first)) == "مسؤوليت") {
		return
	}
	x.voices = append(x.voices, voice{start, p.contentEnd(start, clause), n, speaker, false})
}

// wordOnly says whether the verb at item n speaks only with أن, a colon or a
// quotation: «بث شريطا», «شكر الوزير», «ردا على», «تجدد القتال».
func (p *parser) wordOnly(n int) bool {
	if p.used(n, useExpress) { // عبر عن, not عبر المدينة
		for m := n + 1; m < len(p.items) && m <= n+6; m++ {
			if p.items[m].kind == itPrep && p.items[m].prep == "عن" {
				return false
			}
		}
		return true
	}
	return p.used(n, useMute)
}

// participleVoice opens the voice of «مؤكدا أن …» at item n: of who speaks or
// acts in the clause that it goes on from.
func (x *run) participleVoice(n int) {
	p := &x.parser
	speaker := int32(-1)
	found := false
	for i := range x.voices {
		if v := &x.voices[i]; v.verb >= 0 && !v.loose {
			speaker, found = v.ent, true
		}
	}
	for m := 0; m < n && !found; m++ { // the main verb's subject
		if p.isVerb(m) && (m == 0 || p.items[m-1].kind != itRel) {
			switch sub := p.subject(m); {
			case sub >= 0:
				speaker, found = p.items[sub].ent, true
			case sub == -1:
				speaker, found = x.talk.speaker, true
			}
			break
		}
	}
	if !found {
		speaker = x.talk.speaker
	}
	x.cut(n)
	start, clause, _ := p.content(n)
	if start < 0 {
		return
	}
	x.talk.speaker = speaker
	x.voices = append(x.voices, voice{start, p.contentEnd(start, clause), n, speaker, false})
}

// blameVoice opens the voice of «حملت واشنطن طهران مسؤولية …» at item n, the noun.
func (x *run) blameVoice(n int) {
	p := &x.parser
	for m := n - 1; m >= 0; m-- {
		switch {
		case p.used(m, useBlaming):
			x.voices = append(x.voices, voice{n + 1, p.contentEnd(n+1, false), n, x.talk.speaker, false})
			return
		case p.used(m, useBlame):
			if s := p.sayer(m); s >= 0 {
				x.talk.speaker = p.items[s].ent
				x.voices = append(x.voices, voice{n + 1, p.contentEnd(n+1, false), n, x.talk.speaker, false})
			}
			return
		}
	}
}

// onWord says whether item n is the noun of «على حد قوله», «على لسان», «على حد زعمهم».
func (p *parser) onWord(n int) bool {
	switch p.t.Base(int(p.items[n].first)) {
	case "حد":
		return n+1 < len(p.items) && p.items[n].prep == "على"
	case "لسان":
		return p.items[n].prep == "على"
	}
	return false
}

// accordingVoice opens the voice of «بحسب», «وفقا ل», «نقلا عن» at item n: it
// covers its sentence.
func (x *run) accordingVoice(n int) {
	p := &x.parser
	ent, known := int32(-1), false
	for k := n + 1; k < len(p.items) && k <= n+5 && !known; k++ {
		it := &p.items[k]
		switch {
		case it.kind == itNP:
			ent, known = it.ent, true
		case it.kind == itSay && it.class&clSay != 0:
			return // بحسب ما أعلن: the verb has it
		case it.kind == itComma || it.kind == itComp || it.kind == itVerb || it.kind == itRel:
			k = len(p.items)
		case it.enc != arabic.NoEnclitic, it.al && it.kind == itNoun:
			ent = x.talk.speaker // بحسب قوله, وفقا للمصدر
			if e := p.antecedent(k, it.enc, &x.state); it.enc != arabic.NoEnclitic && ent < 0 && e >= 0 && p.typ(e) != doc.Place {
				ent = e
			}
			if it.al && k+1 < len(p.items) && p.items[k+1].kind == itNP && p.items[k+1].prep == "" {
				continue // بحسب الوزير جون كيري, without title
			}
			known = true
		}
	}
	x.voices = append(x.voices, voice{0, len(p.items), n, ent, true})
	x.talk.speaker = ent
}

// statement says whether «جاء في بيان …» stands at item n, which is the noun.
func (p *parser) statement(n int) bool {
	if n < 1 || p.items[n].kind == itNP || !p.lex.sayNouns[p.t.Base(int(p.items[n].first))] || p.items[n].prep != "في" {
		return false
	}
	for m := n - 1; m >= 0 && m >= n-3; m-- {
		switch p.t.Base(int(p.items[m].first)) {
		case "جاء", "ورد":
			return true
		}
	}
	return false
}

// statementVoice opens the voice of «وجاء في بيان للوزارة أن …».
func (x *run) statementVoice(n int) {
	p := &x.parser
	speaker := x.talk.speaker
	named := int32(-1)
	for m := n + 1; m < len(p.items) && m <= n+4 && named < 0; m++ { // في تصريح لمحافظها فلان
		if it := &p.items[m]; it.kind == itNP && p.typ(it.ent) == doc.Person {
			named = it.ent
		} else if it.kind != itNoun && it.kind != itNP && it.kind != itPrep {
			break
		}
	}
	if e := p.body(n+1, true); named >= 0 {
		speaker = named
	} else if e >= 0 {
		speaker = e
	} else if !p.items[n].al {
		speaker = -1
	}
	x.talk.speaker = speaker
	if n > 0 && n < 6 && p.pointsBack(n) {
		for i := range x.cands { // جاء ذلك في تصريح: the sentence before
			if c := &x.cands[i]; c.sentence == p.sent-1 && c.item >= 0 && c.source < 0 && speaker >= 0 && !contains(c.agents, speaker) {
				c.source, c.sourceKind = speaker, "named"
			}
		}
		return
	}
	if start, clause, _ := p.content(n); start >= 0 && clause {
		x.voices = append(x.voices, voice{start, p.contentEnd(start, clause), n, speaker, false})
	}
}

// announcing says whether item n is the masdar of a verb of saying with its
// speaker in the idafa: «إعلان المقاومة تحرير المدينة».
func (p *parser) announcing(n int) bool {
	if k := p.items[n].kind; k != itNoun && k != itTrig {
		return false
	}
	return p.used(n, useAnnounce) && p.idafa(n) >= 0
}

func (x *run) nounVoice(n int) {
	p := &x.parser
	g := p.idafa(n)
	to := p.contentEnd(g+1, false)
	for m := g + 1; m < to; m++ {
		if k := p.items[m].kind; k == itComma || p.isVerb(m) {
			to = m
		}
	}
	x.voices = append(x.voices, voice{g + 1, to, n, p.items[g].ent, false})
}

// contrast says whether item n and the أن behind it set a clause against what
// goes before: «إلا أن», «غير أن».
func (p *parser) contrast(n int) bool {
	switch p.t.Base(int(p.items[n].first)) {
	case "الا", "غير", "بيد":
		return true
	}
	return false
}

// contrast ends what is said as a noun phrase, and what بحسب covers, at «إلا أن».
func (x *run) contrast(n int) {
	p := &x.parser
	for i := range x.voices {
		v := &x.voices[i]
		clause := v.from > 0 && (p.items[v.from-1].kind == itComp || p.items[v.from-1].kind == itColon || p.items[v.from-1].kind == itQuote)
		if v.from < n && v.to > n && (v.loose || !clause) {
			v.to = n
		}
	}
}

// pointsBack says whether ذلك stands before the statement at item n: «جاء ذلك في بيان».
func (p *parser) pointsBack(n int) bool {
	for m := n - 1; m > 0; m-- {
		if p.t.Base(int(p.items[m].first)) == "ذلك" {
			return true
		}
	}
	return false
}
