package mention

import (
	"slices"
	"testing"

	"github.com/sila-graph/sila/extract/arabic"
	"github.com/sila-graph/sila/extract/eval"
	"github.com/sila-graph/sila/extract/gazetteer"
)

// TestNominalScore counts, where a nominal's form is one of gold's, whether its entity is right.
func TestNominalScore(t *testing.T) {
	d := readData(t, shared(t))
	r := New(gazetteer.Default())
	for name, as := range map[string][]Annotated{"train": d.train, "dev": d.dev} {
		right, other, unknown, missed := 0, 0, 0, 0
		var res Result
		for i := range as {
			r.Find(arabic.Analyze(as[i].Text), &res)
			pred := found(&res)
			to := eval.Align(as[i].Entities, pred)
			for j := range pred {
				for _, n := range pred[j].Nominals {
					own := false
					somewhere := false
					for _, g := range as[i].Entities {
						if slices.Contains(g.Nominals, n) || slices.Contains(g.Names, n) {
							somewhere = true
							if to[pred[j].ID] == g.ID {
								own = true
							}
						}
					}
					switch {
					case own:
						right++
					case somewhere:
						other++
						t.Logf("%s: %s for %s", as[i].ID, n, pred[j].Names)
					default:
						unknown++
					}
				}
			}
			for _, g := range as[i].Entities {
				if g.Optional {
					continue
				}
				for _, n := range g.Nominals {
					hit := false
					for j := range pred {
						hit = hit || to[pred[j].ID] == g.ID && slices.Contains(pred[j].Nominals, n)
					}
					if !hit {
						missed++
					}
				}
			}
		}
		t.Logf("%s nominals: right %d, of another %d, not in gold %d, missed %d", name, right, other, unknown, missed)
	}
}
