package mention

import (
	"slices"

	"github.com/sila-graph/sila/extract/doc"
	"github.com/sila-graph/sila/extract/eval"
)

// tally counts names or spans: found with their type, wrong, missed.
type tally struct{ right, wrong, missed int }

func (t *tally) add(o tally) { t.right += o.right; t.wrong += o.wrong; t.missed += o.missed }

func (t tally) prf() (p, r, f float64) {
	x := eval.Count{TP: t.right, FP: t.wrong, FN: t.missed}.PRF()
	return x.Precision, x.Recall, x.F1
}

// tallyEntities counts what of an article is right, wrong and missed: eval aligns.
func tallyEntities(gold, pred []doc.Entity) (t tally) {
	byID := map[string]*doc.Entity{}
	for i := range gold {
		byID[gold[i].ID] = &gold[i]
	}
	to := eval.Align(gold, pred)
	found := map[string]bool{}
	for _, p := range pred {
		g := byID[to[p.ID]]
		switch {
		case g == nil || !g.Optional && g.Type != p.Type:
			t.wrong++
		case !g.Optional:
			t.right++
			found[g.ID] = true
		}
	}
	for _, g := range gold {
		if !g.Optional && !found[g.ID] {
			t.missed++
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
