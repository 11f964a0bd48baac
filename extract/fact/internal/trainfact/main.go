// Trainfact trains the fact model from annotated articles and reports how it
// does on others.
//
//	go run ./extract/fact/internal/trainfact -out extract/fact/model.bin TRAIN_DIR
//	go run ./extract/fact/internal/trainfact -predict DEV_DIR > pred.jsonl
//
// A directory holds articles.jsonl and gold.jsonl. With -gold the entities are
// those of gold; otherwise those that package mention finds.
package main

import (
	"bufio"
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"log"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/sila-graph/sila/extract/arabic"
	"github.com/sila-graph/sila/extract/article"
	"github.com/sila-graph/sila/extract/doc"
	"github.com/sila-graph/sila/extract/fact"
	"github.com/sila-graph/sila/extract/gazetteer"
	"github.com/sila-graph/sila/extract/mention"
)

func main() {
	log.SetFlags(0)
	out := flag.String("out", "", "write the model to this file")
	predict := flag.String("predict", "", "print predictions with gold entities for this directory")
	coverage := flag.Bool("coverage", false, "print how many gold pairs the rules propose at all")
	missed := flag.String("missed", "", "with -coverage: list the pairs of this type that are not proposed")
	rules := flag.Bool("rules", false, "print what grammar alone would state, judged against gold")
	explain := flag.String("explain", "", "show how the articles of this directory are read, with gold names")
	cross := flag.String("crossfit", "", "find names by models that have not seen the article; write them to this file")
	conll := flag.String("conll", "", "with -crossfit: the CoNLL files that mention models learn from, too")
	news := flag.String("news", "", "with -crossfit: the files of unlabelled news that mention models learn from, too")
	foundNames := flag.String("found-names", "", "train with the names of this file, from -crossfit, in place of found ones")
	names := flag.String("names", "both", "train with names from: gold, found, both")
	quals := flag.Bool("qualifiers", false, "print how status, source, day and place agree with gold, on the pairs found and on all proposed")
	differ := flag.Bool("differ", false, "with -qualifiers: list the pairs whose qualifiers differ, a line of tabs each")
	pfound := flag.String("found", "", "print predictions with found entities for this directory")
	world := flag.String("world", "", "world.tsv: pairs that are true anywhere")
	precision := flag.Float64("precision", fact.DefaultOptions.Precision, "least precision, cross-validated, that the threshold aims at")
	l2 := flag.Float64("l2", fact.DefaultOptions.L2, "")
	epochs := flag.Int("epochs", fact.DefaultOptions.Epochs, "")
	rate := flag.Float64("rate", fact.DefaultOptions.Rate, "")
	calibrate := flag.String("calibrate", "", "fit confidence by cross-validation and write the table to this file, too")
	reliable := flag.String("reliability", "", "print how the confidence of the built-in model and table does on this directory, with found names")
	errors := flag.String("errors", "", "write the triples on which cross-validation and gold differ to this file")
	flag.Parse()
	if *reliable != "" {
		var w fact.World
		if *world != "" {
			w = loadWorld(*world)
		}
		printReliability(fact.JudgeAll(found(*reliable), w))
		return
	}
	if *cross != "" {
		crossfit(flag.Arg(0), *conll, *news, *cross, 5)
		return
	}
	if *quals {
		qualifiers(flag.Args(), *differ)
		return
	}
	if *explain != "" {
		x := fact.New()
		exs := load(*explain)
		if *names == "found" {
			exs = found(*explain)
		}
		for _, ex := range exs {
			x.Explain(os.Stdout, ex.Text, ex.Names, ex.Doc.Date)
		}
		return
	}
	if *pfound != "" {
		predictFound(*pfound)
		return
	}
	if *predict != "" {
		x := fact.New()
		w := bufio.NewWriter(os.Stdout)
		defer w.Flush()
		enc := json.NewEncoder(w)
		enc.SetEscapeHTML(false)
		for _, ex := range load(*predict) {
			d := *ex.Doc
			d.Facts = x.Extract(ex.Text, ex.Names, d.Date)
			if d.Facts == nil {
				d.Facts = []doc.Fact{}
			}
			d.Title, d.Text = "", ""
			if err := enc.Encode(d); err != nil {
				log.Fatal(err)
			}
		}
		return
	}
	var all []fact.Example
	for _, dir := range flag.Args() {
		if *names != "found" {
			all = append(all, load(dir)...)
		}
		switch {
		case *names == "gold":
		case *foundNames != "" && exists(filepath.Join(dir, "articles.jsonl")):
			all = append(all, crossfitted(dir, *foundNames)...)
		default:
			all = append(all, found(dir)...)
		}
	}
	if *rules {
		for _, r := range fact.Rules(all) {
			fmt.Printf("%s\t%s\t%s\t%s\t%s\t%s\t%s\n", r.Verdict, r.Type, r.Lemma, r.Kind, r.Agent, r.Patient, r.Evidence)
		}
		return
	}
	if *coverage {
		cov := fact.Coverage(all, func(ex *fact.Example, typ, a, b string) {
			if *missed == "" || typ != *missed {
				return
			}
			name := func(id string) string {
				if e := ex.Doc.EntityByID(id); e != nil {
					return e.Names[0]
				}
				return "-"
			}
			for _, f := range ex.Doc.Facts {
				if f.Type == typ && !f.Optional && (a == "" || slices.Contains(f.Agent, a)) && (b == "" || slices.Contains(f.Patient, b) || slices.Contains(f.Agent, b)) {
					fmt.Printf("%s(%s, %s) %s\n", typ, name(a), name(b), f.Evidence)
					break
				}
			}
		})
		var types []string
		for t := range cov {
			types = append(types, t)
		}
		slices.Sort(types)
		sum := [2]int{}
		for _, t := range types {
			fmt.Printf("%-15s %4d of %4d\n", t, cov[t][0], cov[t][1])
			sum[0] += cov[t][0]
			sum[1] += cov[t][1]
		}
		fmt.Printf("%-15s %4d of %4d\n", "all", sum[0], sum[1])
		return
	}
	opt := fact.DefaultOptions
	opt.Precision, opt.L2, opt.Epochs, opt.Rate = *precision, *l2, *epochs, *rate
	if *world != "" {
		opt.World = loadWorld(*world)
	}
	if *errors != "" {
		f, err := os.Create(*errors)
		if err != nil {
			log.Fatal(err)
		}
		defer f.Close()
		opt.Errors = func(r fact.ErrorRow) {
			name := func(id string) string {
				if e := all[r.Doc].Doc.EntityByID(id); e != nil {
					return e.Names[0]
				}
				return id
			}
			fmt.Fprintf(f, "%s\t%s(%s, %s)\t%s %s\t%d\t%s\n", r.Kind, r.Type, name(r.Agent), name(r.Patient), r.Rule, r.Lemma, r.Score, strings.ReplaceAll(r.Sentence, "\n", " "))
		}
	}
	b, rep := fact.Train(all, opt)
	if *calibrate != "" {
		if err := os.WriteFile(*calibrate, []byte(fact.Calibrate(rep.Held)), 0o644); err != nil {
			log.Fatal(err)
		}
		printReliability(rep.Held)
	}
	rep.Held = nil
	if *out != "" {
		if err := os.WriteFile(*out, b, 0o644); err != nil {
			log.Fatal(err)
		}
	}
	types := rep.Types
	rep.Types = nil
	for _, t := range types {
		fmt.Fprintf(os.Stderr, "%-15s right %4d stated %4d required %4d  F1 %.2f\n", t.Type, t.Right, t.Stated, t.Required, 2*float64(t.Right)/float64(max(t.Stated+t.Required, 1)))
	}
	fmt.Fprintf(os.Stderr, "%d articles, model of %d bytes; cross-validated: %+v\n", len(all), len(b), rep)
}

func loadWorld(path string) fact.World {
	b, err := os.ReadFile(path)
	if err != nil {
		log.Fatal(err)
	}
	pairs := map[string]bool{}
	for line := range strings.Lines(string(b)) {
		pairs[strings.TrimSpace(line)] = true
	}
	form := func(s string) string { return arabic.StripArticle(arabic.Key(s)) }
	return func(typ, a, b string) bool { return pairs[typ+"\t"+form(a)+"\t"+form(b)] }
}

func load(dir string) []fact.Example {
	texts := articles(dir)
	var out []fact.Example
	read(filepath.Join(dir, "gold.jsonl"), func(g doc.Document) {
		a := texts[g.ID]
		g.Title, g.Text = a.Title, a.Text
		ex := fact.Example{Text: arabic.Analyze(g.Full()), Doc: &g}
		ex.Names = mention.Project(ex.Text, g.Entities)
		for i := range ex.Names.Entities {
			setKind(&ex.Names.Entities[i])
		}
		for _, e := range g.Entities {
			ex.IDs = append(ex.IDs, e.ID)
		}
		out = append(out, ex)
	})
	return out
}

func read(path string, f func(doc.Document)) {
	file, err := os.Open(path)
	if err != nil {
		log.Fatal(err)
	}
	defer file.Close()
	dec := json.NewDecoder(file)
	for dec.More() {
		var d doc.Document
		if err := dec.Decode(&d); err != nil {
			log.Fatalf("%s: %v", path, err)
		}
		f(d)
	}
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}

// articles reads the articles that the annotations of dir are of: articles.jsonl
// beside them, or the folder articles next to it.
func articles(dir string) map[string]doc.Document {
	texts := map[string]doc.Document{}
	path := filepath.Join(dir, "articles.jsonl")
	if _, err := os.Stat(path); err == nil {
		read(path, func(d doc.Document) { texts[d.ID] = d })
		return texts
	}
	_, err := article.Read(context.Background(), []string{filepath.Join(filepath.Dir(dir), "articles")}, nil, article.Options{}, func(a article.Article) error {
		texts[a.ID] = doc.Document{ID: a.ID, Date: a.Date, Title: a.Title, Text: a.Text}
		return nil
	}, func(p *article.Problem) { log.Print(p) })
	if err != nil {
		log.Fatal(err)
	}
	return texts
}

// setKind gives a gold entity the kind that the gazetteer knows of its names, as
// entities that are found have it.
func setKind(e *mention.Entity) {
	for _, n := range e.Names {
		for _, x := range gazetteer.Default().Lookup(n) {
			if x.Type == e.Type {
				e.Kind, e.Ref = x.Kind, x.Ref
				return
			}
		}
		if f, ok := gazetteer.Default().NisbaWord(arabic.StripArticle(arabic.Key(n))); ok && e.Type == doc.Place {
			e.Kind, e.Ref = f.Target.Kind, f.Target.Ref
			return
		}
	}
}
