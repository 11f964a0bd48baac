package main

import (
	"github.com/sila-graph/sila/extract/arabic"
	"github.com/sila-graph/sila/extract/doc"
	"github.com/sila-graph/sila/extract/fact"
	"github.com/sila-graph/sila/extract/gazetteer"
	"github.com/sila-graph/sila/extract/mention"
)

// found makes examples whose names are those that package mention finds,
// aligned with gold's by the forms that they share.
func found(dir string) []fact.Example {
	r := mention.New(gazetteer.Default())
	out := load(dir)
	for i := range out {
		ex := &out[i]
		res := new(mention.Result)
		r.Find(ex.Text, res)
		ex.Names, ex.IDs = res, align(ex.Doc.Entities, res.Entities)
	}
	return out
}

// align returns for each found entity the gold entity that it is, "" for none:
// the one that shares most forms, each gold entity once.
func align(gold []doc.Entity, pred []mention.Entity) []string {
	key := func(s string) string { return arabic.StripArticle(arabic.Key(s)) }
	ids := make([]string, len(pred))
	used := make([]bool, len(gold))
	for pass := range 2 {
		for {
			best, bg, bp := 0, -1, -1
			for p := range pred {
				if ids[p] != "" {
					continue
				}
				for g := range gold {
					if used[g] {
						continue
					}
					n := 0
					for _, a := range pred[p].Names {
						for _, b := range gold[g].Names {
							if key(a) == key(b) {
								n += 4
							}
						}
						if pass == 1 {
							for _, b := range gold[g].Nominals {
								if key(a) == key(b) {
									n++
								}
							}
						}
					}
					if n > 0 && pred[p].Type == gold[g].Type {
						n++
					}
					if n > best {
						best, bg, bp = n, g, p
					}
				}
			}
			if bg < 0 {
				break
			}
			used[bg] = true
			ids[bp] = gold[bg].ID
		}
	}
	return ids
}
