package pairs

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/sila-graph/sila/extract/doc"
	"github.com/sila-graph/sila/graph/resolve"
)

// Result is how linking did on judged pairs.
type Result struct {
	Right, Wrong  int // joined, as all judges say, and against them
	Missed        int // apart, though all judges say same
	Apart         int // apart, as all judges say
	Open          int // unsure, bad or judged differently
	Gone          int // pairs whose entity extraction no longer finds
	Agreed, Twice int // of those that two judged
	Errors        []Error
}

// Error is a pair on which linking and judges differ.
type Error struct {
	Pair
	Joined bool
	KeyA   string
	KeyB   string
	Why    string
}

// Precision and Recall of joining, in [0, 1].
func (r *Result) Precision() float64 { return ratio(r.Right, r.Right+r.Wrong) }
func (r *Result) Recall() float64    { return ratio(r.Right, r.Right+r.Missed) }

func ratio(a, b int) float64 {
	if b == 0 {
		return 1
	}
	return float64(a) / float64(b)
}

func (r *Result) String() string {
	return fmt.Sprintf("precision %.3f (%d of %d joined), recall %.3f (%d of %d), %d rightly apart; %d open, %d gone; judges agree on %d of %d",
		r.Precision(), r.Right, r.Right+r.Wrong, r.Recall(), r.Right, r.Right+r.Missed, r.Apart, r.Open, r.Gone, r.Agreed, r.Twice)
}

// Score compares pairs with what linking makes of documents, which should be
// the whole archive that the pairs were drawn from.
func Score(docs []*doc.Document, ps []Pair) (*Result, error) {
	byID := make(map[string]*doc.Document, len(docs))
	atoms := map[string]*resolve.Evidence{}
	keys := map[string]map[string]string{}
	wanted := map[string]bool{}
	for _, p := range ps {
		wanted[p.A.Article], wanted[p.B.Article] = true, true
	}
	for _, d := range docs {
		actors, of := resolve.Document(d)
		for i := range actors {
			a := &actors[i]
			if atoms[a.Key] == nil {
				atoms[a.Key] = new(resolve.Evidence)
			}
			atoms[a.Key].Add(a, 1)
		}
		if wanted[d.ID] {
			byID[d.ID], keys[d.ID] = d, of
		}
	}
	links := resolve.All(atoms, nil)
	r := &Result{}
	for _, p := range ps {
		if len(p.Verdicts) > 1 {
			r.Twice++
			if p.Verdicts[0] == p.Verdicts[1] {
				r.Agreed++
			}
		}
		a, b := byID[p.A.Article], byID[p.B.Article]
		if a == nil || b == nil {
			return nil, fmt.Errorf("article %s or %s isn't among the documents", p.A.Article, p.B.Article)
		}
		x, y := Find(a, p.A), Find(b, p.B)
		if x == nil || y == nil {
			r.Gone++
			continue
		}
		kx, ky := keys[a.ID][x.ID], keys[b.ID][y.ID]
		joined := links[kx].Root == links[ky].Root
		switch v := p.Verdict(); {
		case v == "":
			r.Open++
			continue
		case joined && v == Same:
			r.Right++
			continue
		case joined:
			r.Wrong++
		case v == Same:
			r.Missed++
		default:
			r.Apart++
			continue
		}
		r.Errors = append(r.Errors, Error{p, joined, kx, ky, strings.TrimSpace(links[kx].Why + " " + links[ky].Why)})
	}
	slices.SortFunc(r.Errors, func(a, b Error) int {
		return cmp.Or(strings.Compare(a.Stratum, b.Stratum), a.A.Compare(b.A), a.B.Compare(b.B))
	})
	return r, nil
}
