package fact

import (
	"github.com/sila-graph/sila/extract/arabic"
	"github.com/sila-graph/sila/extract/doc"
	"github.com/sila-graph/sila/extract/gazetteer"
	"github.com/sila-graph/sila/extract/mention"
)

// itemKind is what a stretch of a sentence is for the analysis of clauses.
type itemKind uint8

// The kinds of item.
const (
	itNoun itemKind = iota // a word that is nothing of the below
	itNP                   // a phrase that stands for an entity
	itVerb                 // a verb that triggers nothing
	itTrig                 // a trigger of facts, verb or noun
	itSay                  // a verb or participle of saying (may be a trigger too)
	itPrep
	itComp
	itRel
	itConj
	itNeg
	itNum
	itComma
	itColon
	itQuote
	itParen
)

// headKind is what stands before the name inside a phrase.
type headKind uint8

// The heads of phrases.
const (
	headSelf  headKind = iota // the name itself
	headStand                 // قوات, مواقع, عناصر: stands for the name
	headPart                  // أحياء, ريف, مدينة: part of the place or its class
	headTitle                 // وزير الخارجية: the person
	headQuant                 // عدد من, عشرات
	headOther                 // سكان, حدود: something else that belongs to the name
)

// item is one stretch of a sentence.
type item struct {
	first, last int32 // tokens, inclusive
	kind        itemKind
	head        headKind
	wa          bool // و or ف stands before it
	al          bool
	future      bool // س
	quoted      int8 // depth of quotation marks
	class       class
	enc         arabic.Enclitic
	prep        string // the preposition that governs it, "" none
	prepAt      int32  // item of the preposition, or of the first noun of the phrase
	word        *word
	ent         int32 // entity of a phrase, -1 for none
	span        int32
	group       int32 // item that leads its coordination, itself if it leads
	heads       bool  // the noun heads a phrase behind it, which stands for both
}

// office is a title with its holder, before identity of country is settled.
type office struct {
	first, last int32 // tokens of the title
	person      int32 // entity
	body        int32 // entity of country or organisation, -1 unknown
	former      bool
	sentence    int32
}

// parser turns sentences into items. It belongs to one Extract call.
type parser struct {
	lex     *lexicon
	jobs    map[string]gazetteer.Job
	t       *arabic.Text
	m       *mention.Result
	spanAt  []int32 // per token: top-level span that begins there, or -1
	innerAt []int32 // per token: longest name or adjective that begins there at any depth, or -1
	timeAt  []bool  // per token: part of an expression of time
	items   []item
	uses    []use    // per item, of steer
	effects []effect // per item, of steer
	anyUse  use      // of all items of the sentence
	offices []office
	sent    int32    // number of the sentence in items
	piece   []uint32 // see room
	topic   int16    // of the article, see package topic; 0 unknown
	about   int16    // the topic, 0 in sentences of violence, which mean what they say under any
	count   []int32  // per entity: how often the article names it
	inTitle []bool   // per entity: whether the title names it
}

func (p *parser) reset(t *arabic.Text, m *mention.Result) {
	p.t, p.m = t, m
	p.offices = p.offices[:0]
	p.spanAt, p.innerAt, p.timeAt = p.spanAt[:0], p.innerAt[:0], p.timeAt[:0]
	for range t.Tokens {
		p.timeAt = append(p.timeAt, false)
		p.spanAt, p.innerAt = append(p.spanAt, -1), append(p.innerAt, -1)
	}
	p.count = append(p.count[:0], make([]int32, len(m.Entities))...)
	p.inTitle = append(p.inTitle[:0], make([]bool, len(m.Entities))...)
	for i := range m.Spans {
		s := &m.Spans[i]
		p.count[s.Entity]++
		if len(t.Sentences) > 0 && s.First < t.Sentences[0].Last {
			p.inTitle[s.Entity] = true
		}
		if s.Parent == -1 && p.spanAt[s.First] < 0 {
			p.spanAt[s.First] = int32(i)
		}
		if s.Kind != mention.Nominal && p.innerAt[s.First] < 0 {
			p.innerAt[s.First] = int32(i)
		}
	}
}

// entity returns the type of an entity.
func (p *parser) typ(ent int32) doc.EntityType { return p.m.Entities[ent].Type }

// sentence fills p.items with the items of sentence s.
func (p *parser) sentence(s int) {
	sent := p.t.Sentences[s]
	p.sent = int32(s)
	p.items = p.items[:0]
	prep, prepAt := "", int32(-1)
	quotes := int8(0)
	for i := sent.First; i < sent.Last; {
		k := &p.t.Tokens[i]
		it := item{first: i, last: i, ent: -1, span: -1, group: -1, prepAt: -1, quoted: quotes}
		it.wa = k.Has(arabic.Wa | arabic.Fa)
		it.al = k.Has(arabic.Al)
		it.future = k.Has(arabic.Sa)
		it.enc = k.Enc
		if k.Kind == arabic.Punct {
			switch f := p.t.Form(int(i)); f {
			case "«":
				it.kind = itQuote
				quotes++
			case "»":
				it.kind = itQuote
				quotes = max(0, quotes-1)
			case "\"":
				it.kind = itQuote
				quotes = 1 - min(quotes, 1)
			case "(", "[", ")", "]":
				it.kind = itParen
			case ":":
				it.kind = itColon
				prep = ""
			default:
				it.kind = itComma
				prep = ""
			}
			p.items = append(p.items, it)
			i++
			continue
		}
		own := ""
		switch {
		case k.Has(arabic.Ba):
			own = "ب"
		case k.Has(arabic.La):
			own = "ل"
		case k.Has(arabic.Ka):
			own = "ك"
		}
		if own == "" && p.spanAt[i] >= 0 {
			own = p.hiddenPrep(i)
		}
		if own != "" {
			it.prep, it.prepAt = own, int32(len(p.items))
		} else {
			it.prep, it.prepAt = prep, prepAt
		}
		if n := p.title(i, sent.Last, &it); n > 0 {
			p.push(it)
			i += n
			prep = ""
			continue
		}
		if si := p.spanAt[i]; si >= 0 {
			sp := &p.m.Spans[si]
			it.kind, it.ent, it.span, it.last = itNP, sp.Entity, si, min(sp.Last, sent.Last-1)
			p.push(it)
			i = it.last + 1
			if sp.Kind != mention.Nisba {
				prep = ""
			}
			continue
		}
		if k.Kind == arabic.Number {
			it.kind = itNum
			if p.timeAt[i] {
				it.kind, it.class = itNoun, clTimeWord
			}
			p.items = append(p.items, it)
			i++
			continue
		}
		if n := p.atLeast(i, sent.Last); n > 0 {
			it.kind, it.class, it.last = itNum, clQuant, i+n-1
			p.items = append(p.items, it)
			i += n
			continue
		}
		w := p.lex.look(p.t, int(i))
		it.word = w
		if w != nil {
			it.class = w.class
		}
		n := p.classify(&it, i, sent.Last)
		if it.kind == itNoun && p.timeAt[i] {
			it.class |= clTimeWord // الأربعاء, الماضي: no subject
		}
		if it.kind == itPrep {
			prep, prepAt = it.prep, int32(len(p.items))
			if it.enc != arabic.NoEnclitic {
				prep = "" // عليه governs its own pronoun
			}
		} else if it.kind != itNoun && it.kind != itTrig && it.kind != itNum || p.closesPhrase(&it) {
			prep = ""
		}
		if own != "" && it.kind == itNoun && !p.closesPhrase(&it) {
			prep, prepAt = own, int32(len(p.items)) // بالعاصمة الأمريكية واشنطن
		}
		p.items = append(p.items, it)
		i += n
	}
	p.absorb()
	p.coordinate()
}

// closesPhrase says whether what a preposition governs ends with this word: a
// verb, or a noun with the article, which takes no further noun («في هذه الأثناء
// قصف الجيش»); unless a name may follow in apposition (بالعاصمة بغداد).
func (p *parser) closesPhrase(it *item) bool {
	if it.kind == itTrig {
		for _, t := range it.word.triggers {
			if t.kind > passive {
				return it.al
			}
		}
		return true
	}
	if it.kind != itNoun || !it.al {
		return false
	}
	_, job := p.jobs[p.t.Bare(int(it.first))]
	return !job && it.class&(clPart|clStand|clCapital) == 0
}

// atLeast returns how many tokens «ما لا يقل عن», «ما يزيد على» take from token i on,
// 0 for anything else: they count, and are neither negation nor verb.
func (p *parser) atLeast(i, end int32) int32 {
	if p.t.Base(int(i)) != "ما" || i+2 >= end {
		return 0
	}
	n := int32(1)
	if p.t.Form(int(i+n)) == "لا" {
		n++
	}
	if i+n >= end {
		return 0
	}
	switch p.t.Base(int(i + n)) {
	case "يقل", "يزيد", "يقارب", "يربو", "تقل", "تزيد":
		n++
	default:
		return 0
	}
	if i+n < end {
		switch p.t.Form(int(i + n)) {
		case "عن", "على", "من":
			n++
		}
	}
	return n
}

// hiddenPrep finds a preposition that the span's first word carries but that
// analysis took for part of the word: بلندن when لندن alone is the name.
func (p *parser) hiddenPrep(i int32) string {
	sp := &p.m.Spans[p.spanAt[i]]
	k := &p.t.Tokens[i]
	if sp.Start <= k.Start {
		return ""
	}
	lead := p.t.Norm[k.Start:sp.Start]
	for _, x := range [...]string{"ب", "ل", "ك"} {
		if len(lead) >= 2 && lead[len(lead)-2:] == x {
			return x
		}
	}
	return ""
}

// push appends a phrase. Whether و before it was taken for a part of the word
// is read off the span.
func (p *parser) push(it item) {
	if it.span >= 0 {
		sp := &p.m.Spans[it.span]
		k := &p.t.Tokens[sp.First]
		if lead := p.t.Norm[k.Start:max(k.Start, sp.Start)]; len(lead) >= 2 && (lead[:2] == "و" || lead[:2] == "ف") && it.first == sp.First {
			it.wa = true
		}
	}
	it.group = int32(len(p.items))
	p.items = append(p.items, it)
}

// classify sets the kind of a word and returns how many tokens it takes.
func (p *parser) classify(it *item, i, end int32) int32 {
	k := &p.t.Tokens[i]
	w := it.word
	form := p.t.Norm[k.Bare:k.End]
	next := func(n int32) string {
		if i+n < end && p.t.Tokens[i+n].Kind == arabic.Word {
			return p.t.Base(int(i + n))
		}
		return ""
	}
	if w == nil {
		if p.verbShape(i) {
			it.kind = itVerb
		}
		return 1
	}
	c := w.class
	switch {
	case c&clPrep != 0 && !it.al && !(len(w.triggers) > 0 && it.enc != arabic.NoEnclitic):
		it.kind = itPrep
		it.prep = p.t.Base(int(i))
		switch {
		case it.prep == "من" && (next(1) == "قبل" || next(1) == "جانب" || next(1) == "طرف"):
			it.prep = "من قبل"
			it.last++
			if p.t.Tokens[i+1].Enc != arabic.NoEnclitic {
				it.enc = p.t.Tokens[i+1].Enc
			}
			return 2
		case (it.prep == "على" || it.prep == "علي") && (next(1) == "يد" || next(1) == "ايدي" || next(1) == "ايدى"):
			it.prep = "على يد"
			it.last++
			return 2
		case it.prep == "في" && (next(1) == "يد" || next(1) == "ايدي" || next(1) == "قبضة"):
			it.prep = "بيد"
			it.last++
			return 2
		case it.prep == "تحت" && (next(1) == "سيطرة" || next(1) == "حكم" || next(1) == "قبضة" || next(1) == "نفوذ"):
			it.prep = "تحت سيطرة"
			it.last++
			return 2
		case it.prep == "من" && (next(1) == "ان" || next(1) == "انه"):
			return 1
		}
		return 1
	case k.Has(arabic.Ba) && (form == "يد" || form == "ايدي" || form == "قبضة") && it.enc == arabic.NoEnclitic:
		it.kind, it.prep = itPrep, "بيد"
		return 1
	case k.Has(arabic.La) && (form == "سيطرة" || form == "نفوذ") && it.enc == arabic.NoEnclitic && !it.al:
		it.kind, it.prep = itPrep, "تحت سيطرة"
		return 1
	case c&clRel != 0:
		it.kind = itRel
		return 1
	case c&clSay != 0 && p.verbal(it, k), c&clSayP != 0 && !it.al:
		it.kind = itSay
		return 1
	case c&clLight != 0 && it.enc != arabic.NoEnclitic && !it.al && it.prep == "" || c&clLight != 0 && it.enc != arabic.NoEnclitic && i > 0 && len(p.items) > 0 && p.items[len(p.items)-1].kind == itTrig:
		it.kind = itVerb // اجتماع عقده الوزراء
		return 1
	case len(w.triggers) > 0 && p.usable(it, w):
		it.kind = itTrig
		return 1
	case c&clComp != 0:
		it.kind = itComp
		return 1
	case c&clNeg != 0:
		it.kind = itNeg
		return 1
	case c&clConj != 0:
		it.kind = itConj
		return 1
	case c&(clVerb|clLight|clManage|clFail) != 0 && !it.al && it.prep != "ب":
		it.kind = itVerb
		return 1
	}
	if p.verbShape(i) {
		it.kind = itVerb
	}
	return 1
}

// verbal says whether a form may be a verb here: nothing that only nouns take
// stands before it.
func (p *parser) verbal(it *item, k *arabic.Token) bool {
	if it.al || k.Has(arabic.Ba|arabic.Ka) {
		return false
	}
	return true
}

// usable says whether any trigger of w fits the clitics of the word.
func (p *parser) usable(it *item, w *word) bool {
	k := &p.t.Tokens[it.first]
	for _, t := range w.triggers {
		if fits(t.kind, it, k) {
			return true
		}
	}
	return false
}

// fits says whether a form of that kind can carry the word's clitics: a verb
// takes neither article nor ب; ل only before an imperfect.
func fits(kind formKind, it *item, k *arabic.Token) bool {
	switch kind {
	case past, passive:
		return !it.al && !k.Has(arabic.Ba|arabic.Ka|arabic.La|arabic.Sa)
	case present:
		return !it.al && !k.Has(arabic.Ba|arabic.Ka)
	}
	return !k.Has(arabic.Sa)
}

// verbShape recognises an imperfect verb by its shape: ي or س before, no
// article, no preposition; nouns in ي are in the lexicon of names and jobs.
func (p *parser) verbShape(i int32) bool {
	k := &p.t.Tokens[i]
	if k.Has(arabic.Sa) {
		return true
	}
	if k.Has(arabic.Al | arabic.Ba | arabic.Ka) {
		return false
	}
	f := p.t.Norm[k.Bare:k.End]
	if len(f) < 8 || f[:2] != "ي" {
		return false
	}
	if p.lex.notVerbs[f] {
		return false
	}
	last := f[len(f)-2:]
	return last != "ة"
}
