package mention

import (
	"github.com/sila-graph/sila/extract/arabic"
)

// A feature is a number of 32 bits that stands for "template t has value v";
// no strings are built. Two features may collide; at some hundred thousand
// features in 2^32 numbers that is rare and harmless.
type feature = uint32

// Groups of templates, for the ablation table.
type featureGroup uint16

const (
	groupWord featureGroup = 1 << iota
	groupAffix
	groupClitic
	groupShape
	groupLists
	groupGazetteer
	groupCluster
	groupDocument
	groupNews
	allGroups featureGroup = 1<<iota - 1
)

// mix hashes template t with values a and b.
func mix(t, a, b uint64) feature {
	h := (a ^ t*0xD6E8FEB86659FD93) * 0x9E3779B97F4A7C15
	h = (h ^ h>>32 ^ b) * 0xC2B2AE3D27D4EB4F
	return feature(h >> 32)
}

// view is what features see of a token; those beyond the sentence are empty.
type view struct {
	core, bare uint64
	lists      uint64
	cover      uint64
	kind       uint64 // of token, proclitics, enclitic
	cluster    uint64
	news       uint64
	nisba      uint64
}

func (r *Recognizer) view(t *arabic.Text, i int, s *arabic.Sentence) view {
	if i < int(s.First) {
		return view{core: 1, bare: 1}
	}
	if i >= int(s.Last) {
		return view{core: 2, bare: 2}
	}
	k, w, m := &t.Tokens[i], &r.words.w[i], &r.matches[i]
	v := view{core: w.hc, bare: w.hb, lists: w.lists, cover: uint64(r.cover[i])}
	if k.Kind == arabic.Punct {
		v.core = 3 + load(t.Norm[k.Start:k.End])
		v.bare = v.core
	} else if k.Kind == arabic.Number {
		v.core, v.bare = 4, 4
	}
	v.kind = uint64(k.Kind) | uint64(k.Pro)<<8 | uint64(k.Enc)<<16
	if m.nisbaN > 0 {
		f := &m.nisba[0]
		v.nisba = 1 | uint64(f.Gender)<<8 | uint64(f.Number)<<16
		if f.Definite {
			v.nisba |= 2
		}
		if f.Kind == "country" {
			v.nisba |= 4
		}
		if f.Ambiguous {
			v.nisba |= 8
		}
	}
	info := r.table[w.hc]
	v.cluster, v.news = uint64(info.cluster), uint64(info.news)
	return v
}

// features appends the features of token i of sentence s to dst.
func (r *Recognizer) features(dst []feature, t *arabic.Text, i int, s *arabic.Sentence, groups featureGroup) []feature {
	k, w := &t.Tokens[i], &r.words.w[i]
	v2, v1, v, n1, n2 := &r.views[i-int(s.First)], &r.views[i-int(s.First)+1], &r.views[i-int(s.First)+2], &r.views[i-int(s.First)+3], &r.views[i-int(s.First)+4]
	add := func(t, a, b uint64) { dst = append(dst, mix(t, a, b)) }
	add(0, 0, 0)
	if groups&groupWord != 0 {
		add(1, v.core, 0)
		add(2, v.bare, 0)
		add(3, v1.core, 0)
		add(4, n1.core, 0)
		add(5, v2.core, 0)
		add(6, n2.core, 0)
		add(7, v1.core, v.core)
		add(8, v.core, n1.core)
		add(9, v1.bare, 0)
		add(10, v1.core, n1.core)
		add(11, v2.core, v1.core)
	}
	if groups&groupAffix != 0 && k.Kind != arabic.Punct {
		b := w.bare
		for n := 2; n <= 6; n += 2 {
			if len(b) > n {
				add(uint64(20+n), load(b[:n]), 0)
				add(uint64(30+n), load(b[len(b)-n:]), 0)
			}
		}
		if len(b) > 8 {
			add(38, load(b[len(b)-8:]), 0)
		}
	}
	if groups&groupClitic != 0 {
		add(40, v.kind, 0)
		add(41, v.kind, n1.kind)
		add(42, v1.kind, v.kind)
		add(43, v1.core, v.kind)
	}
	if groups&groupShape != 0 {
		flags := uint64(0)
		if i == int(s.First) {
			flags |= 1
		}
		if s.Para == 0 {
			flags |= 2
		}
		if r.quoted[i-int(s.First)] {
			flags |= 4
		}
		n := min(uint64(len(w.bare)/2), 8)
		add(50, flags, 0)
		add(51, n, uint64(w.freq))
		add(52, uint64(w.freq), v.kind)
		add(53, uint64(w.freq)<<8|n, v1.lists)
		add(54, flags, v1.core)
	}
	if groups&groupLists != 0 {
		add(60, v.lists, 0)
		add(61, v1.lists, v.lists)
		add(62, v.lists, n1.lists)
		add(63, v2.lists, v1.lists)
		add(64, v1.lists, 0)
		add(65, n1.lists, 0)
		add(66, v1.core, v.lists)
		add(67, v.nisba, v1.nisba)
		add(68, v.nisba, v1.lists)
		add(69, v.nisba, v1.core)
		add(70, n1.nisba, v.core)
		add(71, r.trigger[i-int(s.First)], v.kind)
		add(72, r.trigger[i-int(s.First)], v.lists)
	}
	if groups&groupGazetteer != 0 {
		add(80, v.cover, 0)
		add(81, v.cover, v1.cover)
		add(82, v.cover, n1.cover)
		add(83, v.cover, v.core)
		add(84, v.cover, v1.core)
		add(85, v.cover, v1.lists)
		add(86, v.cover, v.kind)
		add(87, v1.cover, v.kind)
	}
	if groups&groupCluster != 0 {
		add(100, v.cluster, 0)
		add(101, v1.cluster, v.cluster)
		add(102, v.cluster, n1.cluster)
		add(103, v1.cluster, 0)
		add(104, n1.cluster, 0)
		add(105, v2.cluster, v1.cluster)
		add(106, n1.cluster, n2.cluster)
	}
	if groups&groupDocument != 0 {
		d := uint64(r.docFlags(w))
		add(120, d, 0)
		add(121, d, v.lists)
		add(122, d, v.kind)
	}
	if groups&groupNews != 0 {
		add(130, v.news, 0)
		add(131, v1.news, v.news)
		add(132, v.news, n1.news)
		add(133, v1.news, 0)
		add(134, n1.news, 0)
		add(135, v.news, v.kind)
		add(136, v.news, v.lists)
		add(137, v.news, v1.lists)
		add(138, v.news<<8|n1.news, v1.core)
	}
	return dst
}

// prepare fills the views of a sentence, with two empty ones at either end,
// and what depends on all that stands to the left.
func (r *Recognizer) prepare(t *arabic.Text, s *arabic.Sentence) {
	r.views, r.quoted, r.trigger = r.views[:0], r.quoted[:0], r.trigger[:0]
	for i := int(s.First) - 2; i < int(s.Last)+2; i++ {
		r.views = append(r.views, r.view(t, i, s))
	}
	open := false
	var trig uint64
	dist := uint64(0)
	for i := int(s.First); i < int(s.Last); i++ {
		k, w := &t.Tokens[i], &r.words.w[i]
		if k.Kind == arabic.Punct {
			switch c := t.Norm[k.Start:k.End]; c {
			case "«":
				open = true
			case "»":
				open = false
			case "\"":
				open = !open
			}
		}
		r.quoted = append(r.quoted, open)
		r.trigger = append(r.trigger, trig|dist<<60)
		dist++
		switch {
		case k.Kind == arabic.Punct:
			trig = 0
		case w.lists&(listTitles|listJobs) != 0:
			trig, dist = w.lists&(listTitles|listJobs), 0
		case w.lists&listHeads != 0:
			trig, dist = w.lists&listHeads, 0
		case dist > 6:
			trig = 0
		}
		if trig == 0 {
			dist = 0
		}
	}
}
