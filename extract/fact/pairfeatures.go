package fact

// pairFeatures are what the pair model sees of two phrases: their kinds and order,
// the words between, before and behind, and what each trigger says of them.
func (x *run) pairFeatures(f *feats, s int, a, b *phrase) {
	p := &x.parser
	const bits = pairBits
	add := func(template, u, v, w, z uint32) { f.addTo(bits, template, u, v, w, z) }
	if a == nil || b == nil {
		x.singleFeatures(add, s, a, b)
		return
	}
	ka, kb := p.kindOf(a.ent), p.kindOf(b.ent)
	o := bit(a.item <= b.item)
	if a.item < 0 {
		o = uint32(1 - a.item)
	} else if b.item < 0 {
		o = uint32(3 - b.item)
	}
	lo, hi := a, b
	if lo.item > hi.item {
		lo, hi = hi, lo
	}
	var pa, pb string
	var ha, hb uint32
	if a.item >= 0 {
		pa, ha = p.items[a.item].prep, uint32(p.items[a.item].head)
	}
	if b.item >= 0 {
		pb, hb = p.items[b.item].prep, uint32(p.items[b.item].head)
	}
	spa, spb := str(pa), str(pb)
	add(0, 0, 0, 0, 0)
	add(1, o, ka, kb, 0)
	add(2, o, spa, spb, 0)
	add(3, o, ka, kb, spb)
	add(4, o, ka, kb, spa)
	add(5, o, ha, hb, 0)
	c := p.between(max(lo.item, -1), hi.item)
	add(6, o, bucket(c.nps), bucket(c.verbs), bucket(c.commas))
	add(7, o, bucket(c.comps+c.rels), bucket(hi.item-lo.item), 0)
	add(8, o, bit(s == 0), ka, kb)
	same := bit(lo.item >= 0 && lo.lead == hi.lead)
	add(9, o, same, ka, kb)
	// words between, before and after
	from := max(lo.item+1, 0)
	for n := from; n < hi.item && n < from+14; n++ {
		if p.items[n].kind == itComma {
			continue
		}
		add(10, o, x.lemmas[n], 0, 0)
		add(11, o, x.lemmas[n], ka, kb)
		add(12, o, uint32(x.clusters[n]), 1, 0)
	}
	for n := max(lo.item-1, -1); n >= 0 && n >= lo.item-5; n-- {
		add(13, o, x.lemmas[n], 0, 0)
		add(14, o, uint32(x.clusters[n]), 1, 0)
	}
	for n := hi.item + 1; n < len(p.items) && n <= hi.item+4; n++ {
		add(15, o, x.lemmas[n], 0, 0)
	}
	near := func(template uint32, n int) {
		if n >= 0 && n < len(p.items) {
			add(template, o, x.lemmas[n], 0, 0)
			add(template, o, x.lemmas[n], ka, kb)
		}
	}
	near(16, lo.item-1)
	near(17, hi.item-1)
	near(18, hi.item+1)
	near(19, lo.item+1)
	if lo.item >= 0 && hi.item-lo.item <= 4 {
		h := uint32(7)
		for n := lo.item + 1; n < hi.item; n++ {
			h = h*31 + x.lemmas[n]
		}
		add(20, o, h, 0, 0)
		add(21, o, h, ka, kb)
	}
	// what the triggers say
	for i := range x.spoken {
		sp := &x.spoken[i]
		pos := uint32(0)
		if sp.item > hi.item {
			pos = 2
		} else if sp.item > lo.item {
			pos = 1
		}
		d := bucket(min(abs(sp.item-lo.item), abs(sp.item-hi.item)))
		add(30, o, sp.typ, pos, 0)
		add(31, o, sp.typ, pos<<4|d, spb)
		add(32, o, sp.frame, pos, spb)
		ra, rb := sp.role(a), sp.role(b)
		la, lb := level(ra.score[roleAgent]), level(rb.score[rolePatient])
		add(33, sp.typ, la, lb, 0)
		add(34, sp.frame, la, lb, 0)
		add(35, sp.typ, uint32(ra.rule), uint32(rb.rule), uint32(sp.kind))
		add(36, sp.typ, level(ra.score[roleAgent]), level(rb.score[roleAgent]), o)
		add(37, sp.typ, level(ra.score[rolePatient]), level(rb.score[roleAgent]), 0)
	}
	if v := x.verbBefore(lo.item); v >= 0 {
		add(40, o, x.lemmas[v], 0, 0)
		add(41, o, x.lemmas[v], spb, 0)
	}
	if v := x.verbBefore(hi.item); v >= 0 {
		add(42, o, x.lemmas[v], bit(v > lo.item), 0)
		add(43, o, x.lemmas[v], spb, bit(v > lo.item))
	}
}

// singleFeatures are those of a phrase alone in its role.
func (x *run) singleFeatures(add func(template, u, v, w, z uint32), s int, a, b *phrase) {
	p := &x.parser
	o, ph, role := uint32(8), a, roleAgent
	if a == nil {
		o, ph, role = 9, b, rolePatient
	}
	it := &p.items[ph.item]
	k, prep := p.kindOf(ph.ent), str(it.prep)
	add(50, o, 0, 0, 0)
	add(51, o, k, prep, uint32(it.head))
	add(52, o, k, bit(s == 0), 0)
	add(53, o, bucket(len(x.phrases)), k, 0)
	for d := -5; d <= 5; d++ {
		if n := ph.item + d; d != 0 && n >= 0 && n < len(p.items) {
			add(54, o, x.lemmas[n], bit(d > 0), 0)
			add(55, o, uint32(x.clusters[n]), bit(d > 0), 0)
			if d >= -2 && d <= 2 {
				add(56, o, x.lemmas[n], uint32(d+8), k)
			}
		}
	}
	for i := range x.spoken {
		sp := &x.spoken[i]
		pos := bit(sp.item > ph.item)
		d := bucket(abs(sp.item - ph.item))
		r := sp.role(ph)
		add(60, o, sp.typ, pos, d)
		add(61, o, sp.frame, pos, prep)
		add(62, o, sp.typ, level(r.score[role]), uint32(r.rule))
		add(63, o, sp.frame, level(r.score[role]), 0)
		other := int32(-3000)
		for j := range sp.args {
			if sp.args[j].item != ph.lead {
				other = max(other, sp.args[j].score[roleAgent+rolePatient-role])
			}
		}
		add(64, o, sp.typ, level(r.score[role]), level(other))
	}
	if v := x.verbBefore(ph.item); v >= 0 {
		add(70, o, x.lemmas[v], k, 0)
		add(71, o, x.lemmas[v], prep, 0)
	}
}

var noRole = arg{score: [numRoles]int32{0, -3000, -3000}}

// role is what the role model says of a phrase for this trigger.
func (sp *spoken) role(ph *phrase) *arg {
	for i := range sp.args {
		a := &sp.args[i]
		if a.item >= 0 && a.item == ph.lead {
			return a
		}
		if a.item < 0 && ph.item < 0 && a.ents[0] == ph.ent {
			return a
		}
	}
	return &noRole
}

// verbBefore returns the nearest verb before item n, -1 for none.
func (x *run) verbBefore(n int) int {
	for m := n - 1; m >= 0; m-- {
		if x.parser.isVerb(m) {
			return m
		}
	}
	return -1
}
