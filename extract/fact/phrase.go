package fact

import (
	"github.com/sila-graph/sila/extract/arabic"
	"github.com/sila-graph/sila/extract/doc"
	"github.com/sila-graph/sila/extract/mention"
)

// title recognises an office before its holder's name, from a job noun on:
// «وزير الخارجية الأمريكي جون كيري», «الرئيس اللبناني ميشال عون»,
// «الأمين العام للأمم المتحدة بان كي مون». It fills it with the person's
// phrase, notes the offices, and returns the number of tokens taken, 0 if there
// is no such phrase.
func (p *parser) title(i, end int32, it *item) int32 {
	k := &p.t.Tokens[i]
	if k.Kind != arabic.Word {
		return 0
	}
	if si := p.spanAt[i]; si >= 0 && p.m.Spans[si].Kind != mention.Nominal {
		return 0
	}
	job, ok := p.jobs[p.t.Bare(int(i))]
	if !ok || job.Plural {
		return 0
	}
	const longest = 14
	body := int32(-1)
	former := false
	titleEnd := int32(-1)
	last := i
	type stacked struct{ first, last, body int32 }
	var offices [4]stacked
	n := 0
	start := i
	rank := job.Rank
	plural := job.Plural
	for j := i + 1; j < end && j < i+longest; {
		tok := &p.t.Tokens[j]
		if tok.Kind == arabic.Punct {
			f := p.t.Form(int(j))
			if f == "«" || f == "»" || f == "\"" || f == "(" || f == ")" {
				j++
				continue
			}
			if (f == "،" || f == ",") && j > i+1 && p.holderFollows(j+1, end) {
				if titleEnd < 0 {
					titleEnd = j - 1
				}
				j++ // رئيس الوزراء، الدكتور حيدر العبادي
				continue
			}
			return 0
		}
		if tok.Kind != arabic.Word {
			j++
			continue
		}
		if si := p.innerAt[j]; si >= 0 {
			sp := &p.m.Spans[si]
			e := &p.m.Entities[sp.Entity]
			if e.Type == doc.Person && sp.Kind == mention.Name {
				if tok.Has(arabic.Wa|arabic.Ba|arabic.La) || sp.Start > tok.Start {
					return 0
				}
				if titleEnd < 0 {
					titleEnd = j - 1
				}
				if !rank && !plural && n < len(offices) {
					offices[n] = stacked{start, titleEnd, body}
					n++
				}
				for _, o := range offices[:n] {
					p.offices = append(p.offices, office{first: o.first, last: o.last, person: sp.Entity, body: o.body, former: former, sentence: p.sent})
				}
				it.kind, it.ent, it.span, it.last, it.head = itNP, sp.Entity, si, sp.Last, headTitle
				return sp.Last - i + 1
			}
			if tok.Has(arabic.Ba) && e.Type != doc.Organization {
				return 0
			}
			if titleEnd < 0 {
				titleEnd = j - 1
			}
			if body < 0 || e.Type == doc.Organization {
				body = sp.Entity
			}
			j = sp.Last + 1
			last = sp.Last
			continue
		}
		w := p.lex.look(p.t, int(j))
		if tok.Has(arabic.Ba) && !p.ofOffice(p.t.Base(int(j))) {
			return 0 // بمشاركة, بالعاصمة: what follows is another phrase
		}
		if w != nil && w.class&clFormer != 0 {
			former = true
			if titleEnd < 0 {
				titleEnd = j - 1
			}
			j++
			continue
		}
		if w != nil && w.class&(clPrep|clRel|clComp|clConj|clNeg) != 0 && !tok.Has(arabic.Al) {
			f := p.t.Form(int(j))
			if f != "في" && f != "لدى" && f != "الى" && f != "على" {
				return 0
			}
			if titleEnd < 0 {
				titleEnd = j - 1
			}
			j++
			continue
		}
		if w != nil && w.class&(clSay|clVerb) != 0 && !tok.Has(arabic.Al|arabic.Ba|arabic.La) && w.class&clPart == 0 && len(w.triggers) == 0 {
			return 0
		}
		if nj, ok := p.jobs[p.t.Bare(int(j))]; ok && !tok.Has(arabic.La|arabic.Ba) && j > last {
			// Stacked offices: «ولي ولي العهد وزير الدفاع محمد بن سلمان».
			if tok.Has(arabic.Wa) || !tok.Has(arabic.Al) && j > i+1 && p.t.Tokens[j-1].Has(arabic.Al) {
				if n < len(offices)-1 && !rank {
					te := titleEnd
					if te < 0 {
						te = j - 1
					}
					offices[n] = stacked{start, te, body}
					n++
				}
				start, titleEnd, body, rank = j, -1, -1, nj.Rank
			} else if nj.Rank {
				if titleEnd < 0 {
					titleEnd = j - 1
				}
			}
		}
		j++
	}
	return 0
}

// holderFollows says whether an office goes on, behind a comma, with its holder:
// a person's name, or one rank or form of address and the name.
func (p *parser) holderFollows(j, end int32) bool {
	for n := 0; n < 3 && j < end; n++ {
		if si := p.innerAt[j]; si >= 0 {
			return p.typ(p.m.Spans[si].Entity) == doc.Person && !p.t.Tokens[j].Has(arabic.Wa|arabic.Ba|arabic.La)
		}
		if job, ok := p.jobs[p.t.Bare(int(j))]; !ok || !job.Rank || p.t.Tokens[j].Has(arabic.Wa|arabic.Ba|arabic.La) {
			return false
		}
		j++
	}
	return false
}

// ofOffice says whether a word with ب can be part of a title: الناطق باسم,
// المدير بالنيابة, وزير الخارجية بدولة قطر, المتحدث بمنطقة القصيم.
func (p *parser) ofOffice(base string) bool { return p.lex.plays(base, useOfOffice) }

// officeInName notes the office before a person inside a longer name: «كتلة
// النائب سمير خوري».
func (p *parser) officeInName(sp *mention.Span, end int32) {
	outer := &p.m.Spans[sp.Parent]
	for i := outer.First + 1; i < sp.First; i++ {
		if _, ok := p.jobs[p.t.Bare(int(i))]; ok {
			var it item
			p.title(i, end, &it)
			return
		}
	}
}

// officeAfter recognises an office behind its holder's name, in apposition: «جون كيري،
// وزير الخارجية الأمريكي», «سيرغي لافروف وزير خارجية روسيا». i is the first token
// behind the name.
func (p *parser) officeAfter(i, end, person, sentence int32) {
	if i < end && p.t.Tokens[i].Kind == arabic.Punct {
		f := p.t.Form(int(i))
		if f != "،" && f != "," && f != "(" && f != "-" {
			return
		}
		i++
	}
	if i >= end {
		return
	}
	k := &p.t.Tokens[i]
	job, ok := p.jobs[p.t.Bare(int(i))]
	if !ok || job.Rank || job.Plural || k.Has(arabic.Wa|arabic.Ba|arabic.La) {
		return
	}
	titleEnd, body, former := int32(-1), int32(-1), false
	j := i + 1
loop:
	for ; j < end && j < i+9; j++ {
		tok := &p.t.Tokens[j]
		if tok.Kind != arabic.Word {
			break
		}
		if si := p.innerAt[j]; si >= 0 {
			sp := &p.m.Spans[si]
			switch p.typ(sp.Entity) {
			case doc.Place, doc.Organization:
				if tok.Has(arabic.Ba | arabic.Wa) {
					break loop
				}
				if titleEnd < 0 {
					titleEnd = j - 1
				}
				if body < 0 {
					body = sp.Entity
				}
				j = sp.Last
				continue
			}
			return // a person follows: the office is before that name
		}
		w := p.lex.look(p.t, int(j))
		switch {
		case w != nil && w.class&clFormer != 0:
			former = true
			if titleEnd < 0 {
				titleEnd = j - 1
			}
		case w != nil && w.class&(clPrep|clRel|clComp|clConj|clNeg|clSay|clVerb) != 0 && !tok.Has(arabic.Al):
			break loop
		case tok.Has(arabic.Ba):
			break loop
		case body >= 0:
			break loop
		}
	}
	if titleEnd < 0 {
		titleEnd = min(j-1, i+2)
	}
	p.offices = append(p.offices, office{first: i, last: titleEnd, person: person, body: body, former: former, sentence: sentence})
}

// officeInside notes an office that is part of the name's form: الملك سلمان.
func (p *parser) officeInside(it *item, sentence int32) {
	if it.span < 0 {
		return
	}
	sp := &p.m.Spans[it.span]
	if job, ok := p.jobs[p.t.Bare(int(sp.First))]; ok && sp.Last > sp.First && !job.Rank && !job.Plural && sp.Kind == mention.Name {
		o := office{first: sp.First, last: sp.First, person: it.ent, body: -1, sentence: sentence}
		for j := sp.First + 1; j <= sp.Last; j++ { // الرئيس السوري بشار الأسد, as one name
			if w := p.lex.look(p.t, int(j)); w != nil && w.class&clFormer != 0 {
				o.former = true
			}
			if si := p.innerAt[j]; si >= 0 && p.m.Spans[si].Parent >= 0 {
				if in := &p.m.Spans[si]; in.Entity != it.ent && p.typ(in.Entity) != doc.Person {
					o.body, o.last = in.Entity, j-1
					break
				}
			}
		}
		p.offices = append(p.offices, o)
	}
}

// absorb gives each phrase the head that stands before its name: the nouns of
// the idafa, back to a preposition, a verb, a mark or a trigger. The phrase
// takes over the preposition of its first noun: في أحياء حلب.
func (p *parser) absorb() {
	for n := range p.items {
		it := &p.items[n]
		if it.kind != itNP || it.head == headTitle {
			continue
		}
		quoted := n >= 2 && p.items[n-1].kind == itQuote
		if it.prep == "من" && it.prepAt >= 1 && (int(it.prepAt) == n-1 || quoted && int(it.prepAt) == n-2) {
			// عدد من المسلحين, عشرات من عناصر داعش
			if q := &p.items[it.prepAt-1]; (q.kind == itNoun || q.kind == itNum) && (q.class&clQuant != 0 || q.kind == itNum) {
				it.head = headQuant
				q.heads, p.items[it.prepAt].heads = true, true
				it.prep, it.prepAt = q.prep, q.prepAt
				it.wa = it.wa || q.wa
				if q.kind == itNum {
					it.prep = ""
				}
				continue
			}
		}
		for m := n - 1; m >= 0; m-- {
			prev := &p.items[m]
			if prev.kind == itQuote {
				continue
			}
			if prev.kind != itNoun || prev.al || prev.enc != arabic.NoEnclitic || it.prepAt == int32(n) && m == n-1 && ownPrep(p.t, it.first) || m == n-1 && it.wa {
				break
			}
			head := headOther
			switch {
			case prev.class&clStand != 0:
				head = headStand
			case prev.class&clPart != 0:
				head = headPart
			case prev.class&clQuant != 0:
				head = headQuant
			}
			it.head = head
			it.prep, it.prepAt, it.wa = prev.prep, prev.prepAt, prev.wa
			if head == headOther {
				break
			}
			prev.heads = true
			if prev.wa {
				break
			}
		}
	}
}

// ownPrep says whether the token carries its preposition itself.
func ownPrep(t *arabic.Text, i int32) bool {
	return t.Tokens[i].Has(arabic.Ba | arabic.La | arabic.Ka)
}

// coordinate links phrases that are joined by و or commas to the one that leads
// them: «من فرنسا والمملكة المتحدة وأستراليا», «الرمادي، وهيت والرطبة».
func (p *parser) coordinate() {
	leader := -1
	gap := 0
	for n := range p.items {
		it := &p.items[n]
		switch it.kind {
		case itNP:
			if leader >= 0 {
				l := &p.items[leader]
				if joins := it.wa || gap == 1; joins && gap <= 1 && p.alike(l.ent, it.ent) && (it.prep == "" || it.prep == l.prep || it.prepAt == l.prepAt) && (it.wa || it.head != headTitle) {
					it.group = l.group
					if it.prep == "" {
						it.prep = l.prep
					}
					leader, gap = n, 0
					continue
				}
			}
			leader, gap = n, 0
		case itComma:
			gap++
		case itQuote, itParen:
		case itNoun:
			// An adjective, or the head of the next phrase, which absorb has looked at.
			if it.word != nil && it.word.class&(clStand|clPart|clQuant) != 0 {
				continue
			}
			if it.al {
				continue
			}
			if n+1 < len(p.items) && p.items[n+1].kind == itNP && p.items[n+1].head == headOther {
				continue
			}
			leader = -1
		case itNum:
		default:
			leader = -1
		}
	}
}

// alike says whether two entities can be coordinated: places with places,
// actors with actors.
func (p *parser) alike(a, b int32) bool {
	x, y := p.typ(a), p.typ(b)
	if x == y {
		return a != b
	}
	return x != doc.Place && y != doc.Place && x != doc.Event && y != doc.Event
}
