package mention

import (
	"strings"

	"github.com/sila-graph/sila/extract/arabic"
	"github.com/sila-graph/sila/extract/doc"
	"github.com/sila-graph/sila/extract/gazetteer"
)

// Reason says why a mention is there or why it belongs to its entity.
type Reason uint8

// The reasons for mentions, then those for merging.
const (
	ByModel     Reason = iota // the trained model tagged it
	ByGazetteer               // the gazetteer has the name
	ByNisba                   // an adjective of a country or side
	ByHead                    // a head noun before it: مدينة
	ByNominal                 // a definite noun for something named before
	First                     // the first mention of its entity
	SameEntry                 // names of one gazetteer entry
	SameForm                  // equal but for spelling and article
	SameStem                  // equal but for the head noun: مدينة الموصل, قوات التحالف
	Surname                   // كيري after جون كيري
	Variant                   // another spelling of a foreign name
	Shortened                 // الجيش after الجيش اليمني
	JobHolder                 // الوزير القطري for the person with that office
	Government                // أنقرة for the government of its country
	Bracketed                 // a second name in brackets: الاتحاد الدولي (فيفا)
	Latter                    // الأخير for the person named last
	Synonym                   // another name of a state body: القوات المسلحة for the army
	OwnName                   // a country by what it calls itself: المملكة, الأراضي السورية
)

var reasonNames = [...]string{"model", "gazetteer", "nisba", "head noun", "nominal", "new", "same gazetteer entry", "same form", "same without its head noun", "surname", "spelling variant", "shortened", "holder of the job", "capital for its government", "second name in brackets", "the one named last", "another name of the body", "country by another name"}

func (r Reason) String() string { return reasonNames[r] }

// candidate is a mention on its way to an entity.
type candidate struct {
	first, last int32 // tokens
	start, end  int32 // bytes of the normalised text
	key, stem   uint64
	stemFirst   int32 // token at which the name goes on behind its head noun
	entry       *gazetteer.Entry
	typ         doc.EntityType
	kind        SpanKind
	why, merge  Reason
	reading     reading // of a capital
	entity      int32
}

func (c *candidate) words() int { return int(c.last-c.first) + 1 }

// stemWords is the number of words without the head noun.
func (c *candidate) stemWords() int { return int(c.last-c.stemFirst) + 1 }

// propose fills r.cands with the spans that the model found and what the
// gazetteer is sure of.
func (r *Recognizer) propose(t *arabic.Text) {
	r.cands = r.cands[:0]
	r.inside = r.inside[:0]
	for range t.Tokens {
		r.inside = append(r.inside, 0)
	}
	for i := 0; i < len(r.tags); {
		l := r.tags[i]
		if !l.isBegin() {
			i++
			continue
		}
		j := i + 1
		for j < len(r.tags) && r.tags[j] == l+1 {
			j++
		}
		if l.class() != classMisc && !r.plainNisba(i, j) {
			r.addSpan(t, int32(i), int32(j-1), l.class(), ByModel)
		}
		i = j
	}
	for _, step := range [...]struct {
		rule ruleSet
		add  func(*Recognizer, *arabic.Text)
	}{
		{ruleKnown, (*Recognizer).addKnown}, {ruleJoined, (*Recognizer).addJoined}, {ruleForces, (*Recognizer).addForces},
		{rulePeoples, (*Recognizer).addPeoples}, {ruleOwnName, (*Recognizer).addOwnNames}, {ruleNisba, (*Recognizer).addNisbas}, {ruleInner, (*Recognizer).addInner},
	} {
		if r.rules&step.rule != 0 {
			step.add(r, t)
		}
	}
}

// plainNisba says whether the tokens from i to j are but an adjective of a
// country, which addNisbas gives to the country.
func (r *Recognizer) plainNisba(i, j int) bool {
	m := &r.matches[i]
	return m.nisbaN > 0 && int(m.nisbaN) >= j-i && m.n == 0 && m.nisba[0].Kind == "country" && !m.nisba[0].Ambiguous
}

// addSpan adds a span after trimming what can't begin or end a name.
func (r *Recognizer) addSpan(t *arabic.Text, first, last int32, c class, why Reason) {
	for first <= last && t.Tokens[first].Kind == arabic.Punct {
		first++
	}
	for last >= first && t.Tokens[last].Kind == arabic.Punct {
		last--
	}
	if c == classPerson {
		// Titles stand outside: الشيخ محمد. A title alone is no name.
		for first < last && r.words.w[first].lists&(listTitles|listJobs) != 0 && r.words.w[first].lists&listNames == 0 {
			first++
		}
	}
	if first > last {
		return
	}
	if p := r.splitBracket(t, first, last); p > 0 && r.rules&ruleBracket != 0 {
		r.addSpan(t, first, p-1, c, why)
		r.addSpan(t, p+1, last, c, why)
		return
	}
	switch c {
	case classPlace:
		last = r.placeBefore(first, last)
	case classOrganization:
		if p := r.holderAfter(t, first, last); p > 0 {
			r.addSpan(t, p, last, classPerson, why)
			last = p - 1
		}
	}
	m := candidate{first: first, last: last, typ: classTypes[c], why: why, kind: Name}
	r.finish(t, &m)
	for i := first; i <= last; i++ {
		r.inside[i] = 1 + c
	}
	r.cands = append(r.cands, m)
}

// finish computes offsets, keys and the gazetteer entry of a candidate.
func (r *Recognizer) finish(t *arabic.Text, m *candidate) {
	m.start, m.end = r.words.w[m.first].start, t.Tokens[m.last].End
	m.key = r.key(m.first, m.last)
	m.stem, m.stemFirst = m.key, m.first
	if at := r.stemStart(t, m); at > m.first {
		m.stemFirst = at
		m.stem = r.key(at, m.last)
		m.entry = r.entryAt(m, at)
	}
	if e := r.entryAt(m, m.first); e != nil {
		m.entry = e
	}
}

// entryAt returns the entry whose name is exactly the words from at on.
func (r *Recognizer) entryAt(m *candidate, at int32) *gazetteer.Entry {
	x := &r.matches[at]
	if x.n == 0 || at+x.n-1 != m.last {
		return nil
	}
	for _, e := range x.entries {
		if e.Type == m.typ {
			return e
		}
	}
	return nil
}

// key hashes the words of a span without the first one's article; marks between are skipped.
func (r *Recognizer) key(first, last int32) uint64 {
	w := r.words.w
	h := w[first].hb
	for i := first + 1; i <= last; i++ {
		if w[i].full != "" {
			h = (h ^ w[i].hc) * 0x9E3779B97F4A7C15
			h ^= h >> 31
		}
	}
	return h
}

// stemStart returns where the name goes on behind a head noun that adds
// nothing to it: الموصل in مدينة الموصل, داعش in تنظيم داعش.
func (r *Recognizer) stemStart(t *arabic.Text, m *candidate) int32 {
	at := m.first
	for at < m.last {
		w := &r.words.w[at]
		var ok bool
		switch m.typ {
		case doc.Place:
			ok = w.lists&listPlaceHeads != 0 && !t.Tokens[at].Has(arabic.Al) && !r.facilityOf(m, at)
		case doc.Organization, doc.Group:
			ok = r.known.stem[w.core]
		case doc.Person:
			ok = w.lists&listTitles != 0 && w.lists&listNames == 0
		case doc.Event:
			ok = w.lists&listEventHeads != 0
		}
		if !ok {
			break
		}
		at++
		for at < m.last && t.Tokens[at].Kind == arabic.Punct {
			at++
		}
	}
	return at
}

// facilityOf says whether the head noun at is of a facility that is called after
// a town or country: مطار عدن is not عدن, but قاعدة العند is العند.
func (r *Recognizer) facilityOf(m *candidate, at int32) bool {
	x := &r.matches[at+1]
	if x.n == 0 || at+x.n != m.last {
		return false
	}
	e := x.best()
	switch e.Kind {
	case "country", "capital", "city", "town", "province", "region":
		heads := r.gaz.Head(r.words.w[at].wb)
		return !heads.Has(e.Kind) && !(e.Kind == "capital" && heads.Has("city")) && !heads.Has("town") && !heads.Has("province")
	}
	return false
}

// addKnown adds names that the gazetteer is sure of and the model missed.
func (r *Recognizer) addKnown(t *arabic.Text) {
	for i := int32(0); i < int32(len(r.matches)); i++ {
		m := &r.matches[i]
		if m.n == 0 || r.inside[i] != 0 {
			continue
		}
		e := m.best()
		free := true
		for j := i; j < i+m.n; j++ {
			free = free && r.inside[j] == 0
		}
		sure := !e.Ambiguous && (e.Kind == "country" || m.n > 1 && m.exact && r.cover[i]&coverMixed == 0)
		if free && sure && e.Type != gazetteer.Title && r.words.w[i].freq < 17 {
			r.addSpan(t, i, i+m.n-1, classOf(e.Type), ByGazetteer)
		}
	}
}

// addNisbas adds the countries that adjectives name: each adjective of a
// country outside of persons' names.
func (r *Recognizer) addNisbas(t *arabic.Text) {
	for i := int32(0); i < int32(len(r.matches)); i++ {
		m := &r.matches[i]
		if m.nisbaN == 0 || r.inside[i] == 1+classPerson || m.n > m.nisbaN {
			continue
		}
		f := &m.nisba[0]
		if f.Kind != "country" && f.Kind != "org" || f.Ambiguous && !(r.agrees(t, i) && r.named(f.Target)) || r.otherWord(t, i) {
			continue
		}
		single := false
		for k := range r.cands {
			single = single || r.cands[k].first == i && r.cands[k].last == i+m.nisbaN-1
		}
		if single {
			continue
		}
		c := candidate{first: i, last: i + m.nisbaN - 1, typ: f.Target.Type, kind: Nisba, why: ByNisba, entry: f.Target}
		c.start, c.end = r.words.w[i].start, t.Tokens[c.last].End
		c.key = r.key(c.first, c.last)
		c.stem, c.stemFirst = c.key, c.first
		r.cands = append(r.cands, c)
	}
}

// named says whether the text has e by its name.
func (r *Recognizer) named(e *entry) bool {
	for i := range r.cands {
		if r.cands[i].entry == e && r.cands[i].kind == Name {
			return true
		}
	}
	return false
}

// otherWord says whether token i is written with ى in a text that writes ي: اليمنى
// is the right hand, not the Yemeni one.
func (r *Recognizer) otherWord(t *arabic.Text, i int32) bool {
	return strings.HasSuffix(t.Form(int(i)), "ى") && r.writesYa(t)
}

// writesYa says whether the text writes a final ي with its dots, as it does في.
func (r *Recognizer) writesYa(t *arabic.Text) bool {
	for i := range t.Tokens {
		switch t.Form(i) {
		case "في":
			return true
		case "فى":
			return false
		}
	}
	return false
}

// agrees says whether the adjective at i follows a noun with the article that
// the adjective has too; for adjectives that are other words as well (مالي).
func (r *Recognizer) agrees(t *arabic.Text, i int32) bool {
	return i > 0 && t.Tokens[i].Has(arabic.Al) && t.Tokens[i-1].Has(arabic.Al) && t.Tokens[i].Pro&^arabic.Al == 0
}
