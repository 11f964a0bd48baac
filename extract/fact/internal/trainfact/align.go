package main

import (
	"strconv"

	"github.com/sila-graph/sila/extract/doc"
	"github.com/sila-graph/sila/extract/eval"
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

// align returns for each found entity the gold entity that it is by the
// evaluator's alignment, "" for none.
func align(gold []doc.Entity, pred []mention.Entity) []string {
	found := make([]doc.Entity, len(pred))
	for i := range pred {
		found[i] = doc.Entity{ID: strconv.Itoa(i), Type: pred[i].Type, Names: pred[i].Names}
	}
	to := eval.Align(gold, found)
	ids := make([]string, len(pred))
	for i := range pred {
		ids[i] = to[strconv.Itoa(i)]
	}
	return ids
}
