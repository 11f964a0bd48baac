package index

import (
	"cmp"
	"slices"

	"github.com/sila-graph/sila/extract/doc"
)

// Tie gathers the facts of one type between an entity and others, in one
// direction: what actually happened or holds.
type Tie struct {
	Type    *doc.Type
	Back    bool // the entity is the one it befell
	Claimed bool // known from the doers' own side alone
	N       int  // facts
	Ends    []End
}

// End is one of the others with the facts that tie them.
type End struct {
	ID    int32
	Facts []int32 // the latest first
}

// Ties groups what happened between an entity and others, the most frequent first.
func (x *Index) Ties(entity int32) []Tie {
	type key struct {
		t       *doc.Type
		back    bool
		claimed bool
	}
	at := map[key]int{}
	ends := map[key]map[int32]int{}
	var out []Tie
	add := func(k key, other, fact int32) {
		i, ok := at[k]
		if !ok {
			i = len(out)
			at[k] = i
			ends[k] = map[int32]int{}
			out = append(out, Tie{Type: k.t, Back: k.back, Claimed: k.claimed})
		}
		t := &out[i]
		j, ok := ends[k][other]
		if !ok {
			j = len(t.Ends)
			ends[k][other] = j
			t.Ends = append(t.Ends, End{ID: other})
		}
		t.Ends[j].Facts = append(t.Ends[j].Facts, fact)
	}
	for _, id := range x.FactsOf(entity) {
		f := &x.Facts[id]
		if f.Status != Actual || f.Ended {
			continue
		}
		for _, k := range x.tied(f, entity) {
			add(key{f.Type, k.back, f.Claimed}, k.other, id)
		}
	}
	for i := range out {
		t := &out[i]
		seen := map[int32]bool{}
		for _, e := range t.Ends {
			for _, f := range e.Facts {
				seen[f] = true
			}
		}
		t.N = len(seen)
		slices.SortFunc(t.Ends, func(a, b End) int { return cmp.Or(cmp.Compare(len(b.Facts), len(a.Facts)), cmp.Compare(a.ID, b.ID)) })
	}
	slices.SortStableFunc(out, func(a, b Tie) int {
		return cmp.Or(cmp.Compare(b.N, a.N), cmp.Compare(a.Type.Name, b.Type.Name), less(a.Back, b.Back), less(a.Claimed, b.Claimed))
	})
	return out
}

func less(a, b bool) int {
	switch {
	case a == b:
		return 0
	case b:
		return -1
	}
	return 1
}

type tied struct {
	other int32
	back  bool
}

// tied lists whom a fact ties an entity to.
func (x *Index) tied(f *Fact, entity int32) []tied {
	var out []tied
	agent, patient := slices.Contains(f.Agents, entity), slices.Contains(f.Patients, entity)
	if f.Type.Symmetric || f.Type.Undirect {
		if agent {
			for _, o := range f.Agents {
				if o != entity {
					out = append(out, tied{o, false})
				}
			}
		}
		return out
	}
	if agent {
		for _, o := range f.Patients {
			if o != entity {
				out = append(out, tied{o, false})
			}
		}
	}
	if patient {
		for _, o := range f.Agents {
			if o != entity {
				out = append(out, tied{o, true})
			}
		}
	}
	return out
}

// Tied lists whom a fact ties an entity to, in either direction.
func (x *Index) Tied(fact, entity int32) []int32 {
	var out []int32
	for _, t := range x.tied(&x.Facts[fact], entity) {
		if !slices.Contains(out, t.other) {
			out = append(out, t.other)
		}
	}
	return out
}

// Count is an entity with a number.
type Count struct {
	ID int32
	N  int
}

// Together lists the entities that stand in most articles with one, the most frequent first.
func (x *Index) Together(entity int32, n int) []Count {
	with := map[int32]int{}
	for _, a := range x.ArticlesOf(entity) {
		for _, e := range x.Mentioned(a) {
			if e != entity {
				with[e]++
			}
		}
	}
	out := make([]Count, 0, len(with))
	for e, c := range with {
		out = append(out, Count{e, c})
	}
	slices.SortFunc(out, func(a, b Count) int { return cmp.Or(cmp.Compare(b.N, a.N), cmp.Compare(a.ID, b.ID)) })
	return out[:min(len(out), n)]
}

// Office is an office that somebody holds or held.
type Office struct {
	Title string
	Body  []int32
	Ended bool
	Fact  int32
	First Day // date of the first and the last article that says so
	Last  Day
	N     int32 // reports
}

// Offices lists the offices of an entity, those told most recently first.
func (x *Index) Offices(entity int32) []Office {
	var out []Office
	for _, id := range x.FactsOf(entity) {
		f := &x.Facts[id]
		if f.Type.Name != "HoldsPosition" || !slices.Contains(f.Agents, entity) || f.Status != Actual && f.Status != Disputed {
			continue
		}
		o := Office{Title: f.Title, Body: f.Patients, Ended: f.Ended, Fact: id, N: f.NReports}
		for _, r := range x.told.of(id) {
			if a := x.reports[r].article; a != None {
				if d := x.Articles[a].Date; d != 0 {
					if o.First == 0 || d < o.First {
						o.First = d
					}
					o.Last = max(o.Last, d)
				}
			}
		}
		out = append(out, o)
	}
	slices.SortFunc(out, func(a, b Office) int {
		return cmp.Or(less(a.Ended, b.Ended), cmp.Compare(b.N, a.N), cmp.Compare(b.Last, a.Last), cmp.Compare(a.Title, b.Title), cmp.Compare(a.Fact, b.Fact))
	})
	return out
}

// MonthCount is how many facts of one type fall into one month.
type MonthCount struct {
	Month int // 201607
	Type  *doc.Type
	N     int
}

// Months counts events by month and type, in the order of months, then the inventory.
func (x *Index) Months(facts []int32) []MonthCount {
	type key struct {
		month int
		t     *doc.Type
	}
	n := map[key]int{}
	for _, id := range facts {
		f := &x.Facts[id]
		if m := f.Date().Month(); m != 0 && !f.Type.State {
			n[key{m, f.Type}]++
		}
	}
	out := make([]MonthCount, 0, len(n))
	for k, c := range n {
		out = append(out, MonthCount{k.month, k.t, c})
	}
	slices.SortFunc(out, func(a, b MonthCount) int {
		return cmp.Or(cmp.Compare(a.Month, b.Month), cmp.Compare(a.Type.Name, b.Type.Name))
	})
	return out
}
