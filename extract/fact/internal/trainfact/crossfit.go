package main

import (
	"bufio"
	"context"
	"encoding/json"
	"log"
	"os"
	"path/filepath"
	"strings"

	"github.com/sila-graph/sila/extract/arabic"
	"github.com/sila-graph/sila/extract/doc"
	"github.com/sila-graph/sila/extract/fact"
	"github.com/sila-graph/sila/extract/gazetteer"
	"github.com/sila-graph/sila/extract/mention"
)

// named is what one article names, as models that had not seen it found.
type named struct {
	ID    string
	Names mention.Result
}

// crossfit finds the names of each article of dir by a mention model that was
// trained without it, in folds, so that facts are learned from names as good
// and as bad as those of unseen text. One line of JSON an article.
func crossfit(dir, conll, news, out string, folds int) {
	g := gazetteer.Default()
	articles, gold := lines(filepath.Join(dir, "articles.jsonl")), lines(filepath.Join(dir, "gold.jsonl"))
	f, err := os.Create(out)
	if err != nil {
		log.Fatal(err)
	}
	defer f.Close()
	w := bufio.NewWriter(f)
	defer w.Flush()
	enc := json.NewEncoder(w)
	tmp, err := os.MkdirTemp("", "crossfit")
	if err != nil {
		log.Fatal(err)
	}
	defer os.RemoveAll(tmp)
	for k := range folds {
		var a, b, held strings.Builder
		for i := range articles {
			if i%folds == k {
				held.WriteString(articles[i] + "\n")
			} else {
				a.WriteString(articles[i] + "\n")
			}
		}
		inFold := map[string]bool{}
		each(held.String(), func(d doc.Document) { inFold[d.ID] = true })
		for _, l := range gold {
			var d doc.Document
			if err := json.Unmarshal([]byte(l), &d); err != nil {
				log.Fatal(err)
			}
			if !inFold[d.ID] {
				b.WriteString(l + "\n")
			}
		}
		pa, pb := filepath.Join(tmp, "a.jsonl"), filepath.Join(tmp, "g.jsonl")
		if err := os.WriteFile(pa, []byte(a.String()), 0o600); err != nil {
			log.Fatal(err)
		}
		if err := os.WriteFile(pb, []byte(b.String()), 0o600); err != nil {
			log.Fatal(err)
		}
		models, err := mention.Train(context.Background(), g, mention.TrainingData{Articles: []string{pa}, Gold: []string{pb}, CoNLL: strings.Fields(conll), News: strings.Fields(news)})
		if err != nil {
			log.Fatal(err)
		}
		r, err := mention.NewWith(g, models)
		if err != nil {
			log.Fatal(err)
		}
		each(held.String(), func(d doc.Document) {
			n := named{ID: d.ID}
			r.Find(arabic.Analyze(d.Full()), &n.Names)
			if err := enc.Encode(n); err != nil {
				log.Fatal(err)
			}
		})
		log.Printf("fold %d of %d done", k+1, folds)
	}
}

func lines(path string) []string {
	b, err := os.ReadFile(path)
	if err != nil {
		log.Fatal(err)
	}
	var out []string
	for l := range strings.Lines(string(b)) {
		if l = strings.TrimSpace(l); l != "" {
			out = append(out, l)
		}
	}
	return out
}

func each(jsonl string, f func(doc.Document)) {
	for l := range strings.Lines(jsonl) {
		var d doc.Document
		if err := json.Unmarshal([]byte(l), &d); err != nil {
			log.Fatal(err)
		}
		f(d)
	}
}

// crossfitted makes examples with the names of a file that crossfit wrote.
func crossfitted(dir, names string) []fact.Example {
	by := map[string]*mention.Result{}
	for _, l := range lines(names) {
		var n named
		if err := json.Unmarshal([]byte(l), &n); err != nil {
			log.Fatalf("%s: %v", names, err)
		}
		by[n.ID] = &n.Names
	}
	out := load(dir)
	for i := range out {
		ex := &out[i]
		res, ok := by[ex.Doc.ID]
		if !ok {
			log.Fatalf("%s has no names for %s; make it again with -crossfit", names, ex.Doc.ID)
		}
		ex.Names, ex.IDs = res, align(ex.Doc.Entities, res.Entities)
	}
	return out
}
