package pairs

import (
	"bufio"
	"cmp"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"github.com/sila-graph/sila/extract/doc"
	"github.com/sila-graph/sila/graph/resolve"
)

// Top lists the n actors that most facts of the documents have in a role: what
// they go by, how many facts and articles, the forms of their names, the keys
// that were joined and why, and sentences from up to six articles.
func Top(w io.Writer, docs []*doc.Document, n int) error {
	atoms := map[string]*resolve.Evidence{}
	keys := make([]map[string]string, len(docs))
	for i, d := range docs {
		var actors []resolve.Actor
		actors, keys[i] = resolve.Document(d)
		for j := range actors {
			a := &actors[j]
			if atoms[a.Key] == nil {
				atoms[a.Key] = new(resolve.Evidence)
			}
			atoms[a.Key].Add(a, 1)
		}
	}
	links := resolve.All(atoms, nil)
	type node struct {
		root      string
		facts     int
		keys      []string
		sentences []string
	}
	nodes := map[string]*node{}
	for _, k := range slices.Sorted(maps.Keys(links)) {
		r := links[k].Root
		if nodes[r] == nil {
			nodes[r] = &node{root: r}
		}
		nodes[r].keys = append(nodes[r].keys, k)
	}
	for i, d := range docs {
		told := map[string]bool{}
		for f := range d.Facts {
			in := map[string]bool{}
			for _, ids := range [][]string{d.Facts[f].Agent, d.Facts[f].Patient, d.Facts[f].Place} {
				for _, id := range ids {
					in[links[keys[i][id]].Root] = true
				}
			}
			for r := range in {
				nodes[r].facts++
				if !told[r] && d.Facts[f].Evidence != "" && len(nodes[r].sentences) < 400 {
					told[r] = true
					nodes[r].sentences = append(nodes[r].sentences, fmt.Sprintf("%s %s: %.400s", d.Date, d.ID, strings.Join(strings.Fields(d.Facts[f].Evidence), " ")))
				}
			}
		}
	}
	all := slices.Collect(maps.Values(nodes))
	slices.SortFunc(all, func(a, b *node) int { return cmp.Or(cmp.Compare(b.facts, a.facts), strings.Compare(a.root, b.root)) })
	out := bufio.NewWriter(w)
	for i, x := range all[:min(n, len(all))] {
		c := resolve.NewCandidate(x.root, x.keys, func(k string) *resolve.Evidence { return atoms[k] })
		forms := slices.SortedFunc(maps.Keys(c.Evidence.Names), func(a, b string) int {
			return cmp.Or(cmp.Compare(c.Evidence.Names[b], c.Evidence.Names[a]), strings.Compare(a, b))
		})
		for j, f := range forms {
			forms[j] = fmt.Sprintf("%s %d", f, c.Evidence.Names[f])
		}
		fmt.Fprintf(out, "=== %d  %s  %d facts, %d articles\n    %s\n", i+1, x.root, x.facts, c.Evidence.Articles, strings.Join(forms[:min(24, len(forms))], "، "))
		for _, k := range x.keys[:min(12, len(x.keys))] {
			if k != x.root {
				fmt.Fprintf(out, "    + %s  (%d articles, %d: %s)\n", k, atoms[k].Articles, links[k].Score, links[k].Why)
			}
		}
		for j := range min(6, len(x.sentences)) { // spread over the archive
			fmt.Fprintf(out, "    · %s\n", x.sentences[j*len(x.sentences)/min(6, len(x.sentences))])
		}
	}
	return out.Flush()
}
