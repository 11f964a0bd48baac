package fact

import (
	"github.com/sila-graph/sila/extract/doc"
	"github.com/sila-graph/sila/extract/gazetteer"
	"github.com/sila-graph/sila/extract/mention"
)

func (x *run) stateCand(typ string, s int, agent, patient int32, first, last int32, rule string) cand {
	t, ok := x.lex.inv.ByName(typ)
	if !ok {
		panic("fact: no type " + typ)
	}
	c := cand{typ: t, sentence: int32(s), first: first, last: last, trigger: -1, item: -1, rule: rule, source: -1, status: doc.Actual, feats: x.parser.room(candRoom)}
	if agent >= 0 {
		c.agents = []int32{agent}
	}
	if patient >= 0 {
		c.patients = []int32{patient}
	}
	return c
}

// known proposes what the gazetteer says of two entities that one sentence
// names: a place and its country, a body and the country that it belongs to.
// Whether the sentence says so, too, is for the model to judge.
func (x *run) known(s int) {
	p := &x.parser
	g := gazetteer.Default()
	sent := p.t.Sentences[s]
	lo := 0
	for lo < len(p.m.Spans) && p.m.Spans[lo].First < sent.First {
		lo++
	}
	hi := lo
	for hi < len(p.m.Spans) && p.m.Spans[hi].First < sent.Last {
		hi++
	}
	for i := lo; i < hi; i++ {
		a := &p.m.Spans[i]
		ea := &p.m.Entities[a.Entity]
		if ea.Ref == "" || ea.Type != doc.Place && ea.Type != doc.Organization || ea.Kind == "country" {
			continue
		}
		entry := g.Ref(ea.Ref)
		if entry == nil {
			continue
		}
		for j := lo; j < hi; j++ {
			b := &p.m.Spans[j]
			eb := &p.m.Entities[b.Entity]
			if i == j || a.Entity == b.Entity || eb.Ref == "" || eb.Type != doc.Place {
				continue
			}
			other := g.Ref(eb.Ref)
			if other == nil {
				continue
			}
			rel := uint32(0)
			switch {
			case entry.Admin != "" && entry.Admin == other.Ref:
				rel = 1
			case other.Kind == "country" && entry.Country != "" && entry.Country == other.Country:
				rel = 2
			default:
				continue
			}
			x.pairState(s, a.Entity, b.Entity, min(a.First, b.First), max(a.Last, b.Last), "known", func(f *feats, t uint32) {
				gap := bucket(int(max(a.First, b.First) - min(a.Last, b.Last)))
				f.add(190, t, rel, gap, uint32(b.Kind))
				f.add(191, t, str(ea.Kind), rel, bit(a.First < b.First))
				f.add(192, t, rel, bit(s == 0), uint32(a.Kind))
				f.add(193, t, bit(a.Parent >= 0), bit(b.Parent >= 0), rel)
				f.add(194, t, bit(p.commonHead(a)), rel, gap)
			}, "LocatedIn", "AffiliatedWith")
		}
	}
}

// commonHead says whether a span begins with a word for a kind of place.
func (p *parser) commonHead(s *mention.Span) bool {
	w := p.lex.look(p.t, int(s.First))
	return w != nil && w.class&clPart != 0
}

// led proposes MemberOf for «التحالف الذي تقوده السعودية», «حملة بقيادة واشنطن».
func (x *run) led(s int) {
	p := &x.parser
	for n := range p.items {
		it := &p.items[n]
		f := p.t.Norm[p.t.Tokens[it.first].Bare:p.t.Tokens[it.first].End]
		head, lead := -1, -1
		switch {
		case (it.kind == itVerb || it.kind == itTrig || it.kind == itNoun) && (f == "تقوده" || f == "يقوده" || f == "تقودها" || f == "يقودها"):
			head = p.relativeHead(n)
			lead = p.subjectAfter(n)
		case it.prep == "ب" && (f == "قيادة" || f == "زعامة" || f == "رئاسة"):
			lead = p.idafa(n)
			head = p.before(n)
			for m := n - 1; m >= 0 && m >= n-3; m-- {
				if p.items[m].kind == itNP {
					head = int(p.items[m].group)
					break
				}
			}
		}
		if head < 0 || lead < 0 || p.items[head].ent == p.items[lead].ent {
			continue
		}
		x.pairState(s, p.items[lead].ent, p.items[head].ent, min(p.items[head].first, p.items[lead].first), max(p.items[head].last, p.items[lead].last), "led", func(fs *feats, t uint32) {
			fs.add(195, t, str(f), str(p.items[head].prep), 0)
		}, "MemberOf", "AffiliatedWith", "HoldsPosition")
	}
}

// nested proposes states for names inside names: القوات العراقية → العراق,
// مطار عدن الدولي → عدن, وزارة الدفاع الأميركية → الولايات المتحدة.
func (x *run) nested(s int) {
	p := &x.parser
	sent := p.t.Sentences[s]
	for i := range p.m.Spans {
		sp := &p.m.Spans[i]
		if sp.First < sent.First || sp.First >= sent.Last || sp.Parent < 0 {
			continue
		}
		outer := &p.m.Spans[sp.Parent]
		if outer.Entity == sp.Entity {
			continue
		}
		x.pairState(s, outer.Entity, sp.Entity, outer.First, outer.Last, "nested", func(f *feats, t uint32) {
			head := str(p.t.Base(int(outer.First)))
			f.add(130, t, uint32(sp.Kind), head, 0)
			f.add(131, t, uint32(sp.Kind), uint32(outer.Kind), bit(sp.Last == outer.Last))
			f.add(132, t, str(p.m.Entities[outer.Entity].Kind), str(p.m.Entities[sp.Entity].Kind), 0)
			f.add(133, t, bit(sp.First == outer.First), bit(sp.Last == outer.Last), uint32(sp.Kind))
			f.add(134, t, str(string(p.typ(outer.Entity))), uint32(sp.Kind), bit(sp.First == outer.First+1))
		}, "AffiliatedWith", "LocatedIn", "MemberOf")
	}
}

// neighbours proposes states for phrases that stand next to each other: «بلدة في
// محافظة ديالى», «الموصل العراقية», «حركة حماس في غزة», «ألوية تابعة للجيش».
func (x *run) neighbours(s int) {
	p := &x.parser
	for n := range p.items {
		a := &p.items[n]
		if a.kind != itNP {
			continue
		}
		seen := 0
		for m := n + 1; m < len(p.items) && m <= n+7; m++ {
			b := &p.items[m]
			switch b.kind {
			case itVerb, itSay, itComp, itColon, itConj:
				m = len(p.items)
				continue
			case itNP:
			default:
				continue
			}
			seen++
			if b.ent == a.ent || seen > 2 {
				break
			}
			c := p.between(n, m)
			mid, midClass := uint32(0), uint32(0)
			for k := n + 1; k < m; k++ {
				it := &p.items[k]
				if it.kind == itNoun || it.kind == itTrig || it.kind == itPrep {
					w := p.t.Base(int(it.first))
					if mid == 0 || it.kind != itPrep {
						mid = str(w)
					}
					midClass |= uint32(it.class)
				}
			}
			spanKind := uint32(9)
			if b.span >= 0 {
				spanKind = uint32(p.m.Spans[b.span].Kind)
			}
			headA, headB := uint32(a.head), uint32(b.head)
			before := uint32(0)
			if b.first > 0 {
				before = str(p.t.Base(int(b.first - 1)))
			}
			beforeA := uint32(0)
			if a.first > p.t.Sentences[s].First {
				beforeA = str(p.t.Base(int(a.first - 1)))
			}
			x.pairState(s, a.ent, b.ent, a.first, b.last, "next", func(f *feats, t uint32) {
				prep := str(b.prep)
				gap := bucket(m - n - 1)
				f.add(140, t, prep, gap, spanKind)
				f.add(141, t, prep, headA<<4|headB, spanKind)
				f.add(142, t, mid, 0, 0)
				f.add(143, t, midClass, prep, 0)
				f.add(144, t, bucket(c.commas), bucket(c.nps), prep)
				f.add(145, t, str(string(p.typ(a.ent))), str(string(p.typ(b.ent))), prep)
				f.add(146, t, before, spanKind, 0)
				f.add(147, t, beforeA, prep, gap)
				f.add(148, t, bit(b.wa), bit(a.group == b.group), gap)
				f.add(149, t, str(p.m.Entities[a.ent].Kind), str(p.m.Entities[b.ent].Kind), prep)
				f.add(150, t, gap, str(string(p.typ(a.ent))), str(string(p.typ(b.ent))))
				f.add(151, t, str(a.prep), prep, gap)
			}, "LocatedIn", "AffiliatedWith", "MemberOf", "Borders", "HoldsPosition")
		}
	}
}

// held proposes Control for «المدينة الواقعة تحت سيطرة داعش», «لا تزال بيد المعارضة»:
// the place before is held by the phrase that the preposition brings.
func (x *run) held(s int) {
	p := &x.parser
	for n := range p.items {
		it := &p.items[n]
		if it.kind != itNP || it.prep != "تحت سيطرة" && it.prep != "بيد" || p.typ(it.ent) == doc.Place && p.m.Entities[it.ent].Kind == "city" {
			continue
		}
		for m := n - 1; m >= 0 && m >= n-8; m-- {
			if q := &p.items[m]; q.kind == itNP && p.typ(q.ent) == doc.Place && q.ent != it.ent {
				c := x.stateCand("Control", s, it.ent, q.ent, q.first, it.last, "held")
				c.feats.add(185, str(it.prep), str(string(p.typ(it.ent))), bucket(n-m), 0)
				c.feats.add(186, str(q.prep), str(it.prep), 0, 0)
				c.common(p)
				x.keep(c)
				break
			}
		}
	}
}

// reversed proposes the pairs of neighbours the other way round, where the second
// belongs to the first: «العاصمة العراقية بغداد».
func (x *run) reversed(s int) {
	p := &x.parser
	for n := range p.items {
		a := &p.items[n]
		if a.kind != itNP || p.typ(a.ent) != doc.Place && p.typ(a.ent) != doc.Organization {
			continue
		}
		for m := n + 1; m < len(p.items) && m <= n+2; m++ {
			b := &p.items[m]
			if b.kind != itNP {
				continue
			}
			if b.ent == a.ent || b.group == a.group {
				break
			}
			spanKind := uint32(9)
			if a.span >= 0 {
				spanKind = uint32(p.m.Spans[a.span].Kind)
			}
			before := uint32(0)
			if a.first > p.t.Sentences[s].First {
				before = str(p.t.Base(int(a.first - 1)))
			}
			gap := uint32(m - n)
			x.pairState(s, b.ent, a.ent, a.first, b.last, "before", func(f *feats, t uint32) {
				f.add(160, t, before, spanKind, gap)
				f.add(161, t, str(b.prep), spanKind, gap)
				f.add(162, t, str(string(p.typ(a.ent))), str(string(p.typ(b.ent))), spanKind)
				f.add(163, t, bit(b.wa), gap, str(string(p.typ(b.ent))))
			}, "LocatedIn", "AffiliatedWith", "MemberOf")
			break
		}
	}
}

// pairState proposes one fact per type for two entities, where their types allow it.
func (x *run) pairState(s int, agent, patient, first, last int32, rule string, add func(*feats, uint32), types ...string) {
	p := &x.parser
	ta, tp := p.typ(agent), p.typ(patient)
	for _, typ := range types {
		switch typ {
		case "LocatedIn":
			if tp != doc.Place || ta == doc.Person {
				continue
			}
		case "AffiliatedWith":
			if ta != doc.Organization && ta != doc.Group || tp == doc.Group || tp == doc.Event {
				continue
			}
		case "MemberOf":
			if ta == doc.Place && tp != doc.Organization || ta == doc.Event || tp != doc.Organization && tp != doc.Group {
				continue
			}
		case "Borders":
			if ta != doc.Place || tp != doc.Place {
				continue
			}
		case "HoldsPosition":
			if ta != doc.Person || tp != doc.Organization && tp != doc.Place {
				continue
			}
		}
		c := x.stateCand(typ, s, agent, patient, first, last, rule)
		add(&c.feats, str(typ))
		c.common(p)
		x.keep(c)
	}
}
