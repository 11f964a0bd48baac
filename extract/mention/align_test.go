package mention

import (
	"cmp"
	"slices"
	"strings"

	"github.com/sila-graph/sila/extract/arabic"
	"github.com/sila-graph/sila/extract/doc"
)

// tally counts entities as score.py does: found with their type, wrong, missed.
type tally struct{ right, wrong, missed int }

func (t *tally) add(o tally) { t.right += o.right; t.wrong += o.wrong; t.missed += o.missed }

func (t tally) prf() (p, r, f float64) {
	if t.right == 0 {
		return
	}
	p, r = float64(t.right)/float64(t.right+t.wrong), float64(t.right)/float64(t.right+t.missed)
	return p, r, 2 * p * r / (p + r)
}

func bareForms(names []string) map[string]bool {
	m := map[string]bool{}
	for _, n := range names {
		k := arabic.Key(n)
		if rest, ok := strings.CutPrefix(k, article); ok && len([]rune(k)) > 4 {
			k = rest
		}
		if k != "" {
			m[k] = true
		}
	}
	return m
}

func similarity(g, p doc.Entity) float64 {
	gf, pf := bareForms(g.Names), bareForms(p.Names)
	s, shared := 0, false
	for f := range gf {
		if pf[f] {
			shared = true
			s += len([]rune(f))
		}
	}
	if shared {
		return 2 + float64(s)/100
	}
	for f := range bareForms(g.Nominals) {
		if pf[f] {
			return 1
		}
	}
	best := 0.0
	for f := range gf {
		for h := range pf {
			a, b := strings.Fields(f), strings.Fields(h)
			if subset(a, b) || subset(b, a) {
				best = max(best, float64(min(len(a), len(b)))/float64(max(len(a), len(b))))
			}
		}
	}
	if best < 0.5 {
		return 0
	}
	return best
}

func subset(a, b []string) bool {
	for _, x := range a {
		if !slices.Contains(b, x) {
			return false
		}
	}
	return true
}

// alignment aligns predicted to gold entities, best first, one to one.
func alignment(gold, pred []doc.Entity) map[int]int {
	type pair struct {
		s    float64
		diff bool
		i, j int
	}
	var ps []pair
	for i, g := range gold {
		for j, p := range pred {
			if s := similarity(g, p); s > 0 {
				ps = append(ps, pair{s, g.Type != p.Type, i, j})
			}
		}
	}
	slices.SortFunc(ps, func(a, b pair) int {
		d := 0
		if a.diff != b.diff {
			d = 1
			if b.diff {
				d = -1
			}
		}
		return cmp.Or(cmp.Compare(b.s, a.s), d, cmp.Compare(a.i, b.i), cmp.Compare(a.j, b.j))
	})
	toGold, toPred := map[int]int{}, map[int]int{}
	for _, p := range ps {
		if _, ok := toPred[p.i]; ok {
			continue
		}
		if _, ok := toGold[p.j]; ok {
			continue
		}
		toGold[p.j], toPred[p.i] = p.i, p.j
	}
	return toGold
}

// tallyEntities counts what is right, wrong and missed.
func tallyEntities(gold, pred []doc.Entity) (t tally) {
	toGold := alignment(gold, pred)
	toPred := map[int]int{}
	for j, i := range toGold {
		toPred[i] = j
	}
	for i, g := range gold {
		if g.Optional {
			continue
		}
		if j, ok := toPred[i]; ok && pred[j].Type == g.Type {
			t.right++
		} else {
			t.missed++
		}
	}
	for j, p := range pred {
		i, ok := toGold[j]
		if ok && gold[i].Optional {
			continue
		}
		if !ok || gold[i].Type != p.Type {
			t.wrong++
		}
	}
	return t
}

// found turns a result into entities.
func found(res *Result) []doc.Entity {
	var out []doc.Entity
	for k, e := range res.Entities {
		if len(e.Names) == 0 {
			continue
		}
		out = append(out, doc.Entity{ID: "e" + itoa(k), Type: e.Type, Names: slices.Clone(e.Names), Nominals: slices.Clone(e.Nominals)})
	}
	return out
}
