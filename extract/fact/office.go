package fact

import (
	"strings"

	"github.com/sila-graph/sila/extract/arabic"
	"github.com/sila-graph/sila/extract/doc"
	"github.com/sila-graph/sila/extract/mention"
)

// officeFacts proposes HoldsPosition (and MemberOf for members, players,
// soldiers) for the titles of the article. Where a title names no country or
// body, one that another title of the same person names is proposed, and the
// country that the article names most.
func (x *run) officeFacts() {
	p := &x.parser
	country, body := x.mainCountry(), x.mainBody()
	for i := range p.offices {
		o := &p.offices[i]
		if o.body >= 0 {
			x.officeFact(o, o.body, "office")
			continue
		}
		x.officeFact(o, -1, "office")
		known := int32(-1)
		for k := range p.offices {
			if q := &p.offices[k]; q.person == o.person && q.body >= 0 {
				known = q.body
				break
			}
		}
		if known >= 0 {
			x.officeFact(o, known, "office-known")
		}
		if country >= 0 && country != known {
			x.officeFact(o, country, "office-country")
		}
		if body >= 0 && body != known {
			x.officeFact(o, body, "office-body") // رئيس النادي, المدير الفني
		}
		home := x.homeOf(o.person)
		if home >= 0 && home != known && home != country {
			x.officeFact(o, home, "office-home") // الرئيس باراك أوباما
		}
		if near := x.bodyBefore(o); near >= 0 && near != known && near != country && near != body && near != home {
			x.officeFact(o, near, "office-near")
		}
	}
}

func (x *run) officeFact(o *office, body int32, rule string) {
	p := &x.parser
	job := p.jobs[p.t.Bare(int(o.first))]
	for _, typ := range [...]string{"HoldsPosition", "MemberOf"} {
		if typ == "MemberOf" && (body < 0 || p.typ(body) != doc.Organization) {
			continue
		}
		c := x.stateCand(typ, int(o.sentence), o.person, body, o.first, o.last, rule)
		if typ == "HoldsPosition" {
			c.title = x.titleText(*o)
			if job.Class == "counterpart" {
				c.title = x.titleBefore(o)
			}
		}
		c.ended = o.former
		x.officeStatus(&c)
		f := &c.feats
		t := str(typ)
		r := str(rule)
		f.add(120, t, str(job.Lemma), r, 0)
		f.add(121, t, str(job.Class), r, 0)
		f.add(122, t, bit(o.former), r, 0)
		f.add(124, t, r, bit(o.first == o.last), bit(p.t.Tokens[o.first].Has(arabic.Al)))
		if body >= 0 {
			f.add(123, t, str(string(p.typ(body))), str(job.Class), 0)
			f.add(125, t, str(p.m.Entities[body].Kind), str(job.Lemma), 0)
		}
		f.add(126, t, str(p.t.Base(int(o.last))), r, 0)
		c.common(p)
		x.keep(c)
	}
}

// mainCountry returns the country that the article names most often, -1 for none.
func (x *run) mainCountry() int32 {
	p := &x.parser
	count := map[int32]int{}
	best := int32(-1)
	for i := range p.m.Spans {
		s := &p.m.Spans[i]
		if s.Kind == mention.Nominal || p.typ(s.Entity) != doc.Place {
			continue
		}
		if k := p.m.Entities[s.Entity].Kind; k != "country" && s.Kind != mention.Nisba {
			continue
		}
		count[s.Entity]++
		if best < 0 || count[s.Entity] > count[best] {
			best = s.Entity
		}
	}
	return best
}

// titleBefore returns the title that نظيره stands for: that of the office before
// it in the sentence.
func (x *run) titleBefore(o *office) string {
	title := ""
	for i := range x.parser.offices {
		q := &x.parser.offices[i]
		if q.sentence == o.sentence && q.first < o.first && x.parser.jobs[x.parser.t.Bare(int(q.first))].Class != "counterpart" {
			title = x.titleText(*q)
		}
	}
	return title
}

// titleText returns the title without the country's adjective.
func (x *run) titleText(o office) string {
	p := &x.parser
	k := &p.t.Tokens[o.first]
	start := int(k.Bare)
	if k.Has(arabic.Al) {
		start -= len("ال")
		if k.Has(arabic.La) && p.t.Norm[start:start+2] != "ا" {
			start = int(k.Bare)
		}
	}
	return strings.Join(strings.Fields(p.t.Slice(start, int(p.t.Tokens[o.last].End))), " ")
}

// mainBody returns the organisation that the article names most often, at least
// twice, -1 for none.
func (x *run) mainBody() int32 {
	p := &x.parser
	count := make([]int, len(p.m.Entities))
	best := int32(-1)
	for i := range p.m.Spans {
		if e := p.m.Spans[i].Entity; p.typ(e) == doc.Organization {
			if count[e]++; count[e] >= 2 && (best < 0 || count[e] > count[best]) {
				best = e
			}
		}
	}
	return best
}

// bodyBefore returns the organisation or country named last before an office,
// in its sentence or the one before it, -1 for none.
func (x *run) bodyBefore(o *office) int32 {
	p := &x.parser
	from := p.t.Sentences[max(0, o.sentence-1)].First
	near := int32(-1)
	for i := range p.m.Spans {
		sp := &p.m.Spans[i]
		if sp.First >= o.first {
			break
		}
		if sp.First < from {
			continue
		}
		if ty := p.typ(sp.Entity); ty == doc.Organization || ty == doc.Place && (sp.Kind == mention.Nisba || p.m.Entities[sp.Entity].Kind == "country") {
			near = sp.Entity
		}
	}
	return near
}

// homeOf returns the country that the gazetteer knows an entity by, where the
// article names it, -1 otherwise.
func (x *run) homeOf(e int32) int32 {
	p := &x.parser
	g := p.entry(e)
	if g == nil || g.Country == "" {
		return -1
	}
	for k := range p.m.Entities {
		if p.m.Entities[k].Kind != "country" {
			continue
		}
		if c := p.entry(int32(k)); c != nil && c.Country == g.Country {
			return int32(k)
		}
	}
	return -1
}
