package load

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/cayleygraph/quad"

	"github.com/sila-graph/sila/graph/resolve"
	"github.com/sila-graph/sila/graph/vocab"
)

// Joined is one of the keys that an actor was put together of, with the reason.
type Joined struct {
	Key      string   `json:"key"`
	Articles int      `json:"articles"` // that speak of the bearer of the key
	Names    []string `json:"names"`    // sorted
	Score    int      `json:"score"`    // see [resolve.Link]; 0 of the root
	Why      string   `json:"why,omitempty"`
}

// Explain says why an actor of the graph is one: its keys, the root first, the
// others in the order of their keys. The reasons are not in the graph: they are
// worked out anew, from the name blocks that the keys fall into.
func Explain(ctx context.Context, g Graph, actor quad.IRI) ([]Joined, error) {
	v, err := object(ctx, g, actor, vocab.ID)
	if err != nil {
		return nil, err
	}
	root, ok := v.(quad.String)
	if !ok {
		return nil, fmt.Errorf("%v is no actor of this graph", actor)
	}
	x := newReading(g)
	c, err := x.cluster(ctx, string(root))
	if err != nil {
		return nil, err
	}
	if c == nil {
		return nil, fmt.Errorf("%v is no actor of this graph", actor)
	}
	// all atoms of the blocks that its own fall into, and of the home blocks of those
	atoms := map[string]*resolve.Evidence{}
	seen := map[string]bool{}
	var gather func(block string, deeper bool) error
	gather = func(block string, deeper bool) error {
		if block == "" || seen[block] {
			return nil
		}
		seen[block] = true
		roots, err := x.named(ctx, block)
		if err != nil {
			return err
		}
		for _, r := range roots {
			other, err := x.cluster(ctx, r)
			if err != nil {
				return err
			}
			for _, a := range other.atoms {
				atoms[a.Key] = a.Evidence
				if home, _ := resolve.Blocks(a.Key, a.Evidence); deeper && !resolve.Loose(a.Key) {
					if err := gather(home, false); err != nil {
						return err
					}
				}
			}
		}
		return nil
	}
	for _, a := range c.atoms {
		atoms[a.Key] = a.Evidence
		home, _ := resolve.Blocks(a.Key, a.Evidence)
		if err := gather(home, resolve.Loose(a.Key)); err != nil {
			return nil, err
		}
	}
	links := resolve.All(atoms, nil)
	out := make([]Joined, 0, len(c.atoms))
	for _, a := range c.atoms {
		j := Joined{Key: a.Key, Articles: a.Articles}
		for n := range a.Names {
			j.Names = append(j.Names, n)
		}
		slices.Sort(j.Names)
		if l := links[a.Key]; a.Key != c.key {
			j.Score, j.Why = l.Score, l.Why
			if l.Why == "" {
				j.Why = "joined by its root"
			}
		}
		out = append(out, j)
	}
	slices.SortFunc(out, func(a, b Joined) int {
		switch {
		case a.Key == c.key:
			return -1
		case b.Key == c.key:
			return 1
		}
		return strings.Compare(a.Key, b.Key)
	})
	return out, nil
}
