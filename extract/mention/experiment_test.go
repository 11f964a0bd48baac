package mention

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"testing"

	"github.com/sila-graph/sila/extract/arabic"
	"github.com/sila-graph/sila/extract/gazetteer"
)

// data is everything annotated.
type data struct {
	train, dev, seed []Annotated
	aner, wojood     []CoNLL
}

func readData(t testing.TB, dir string) (d data) {
	read := func(part string) []Annotated {
		a, g := goldFiles(dir, part)
		as, err := ReadAnnotated(a, g)
		if err != nil {
			t.Fatal(err)
		}
		return as
	}
	conll := func(name string) []CoNLL {
		ss, err := ReadCoNLL(filepath.Join(dir, "data/ner", name))
		if err != nil {
			t.Fatal(err)
		}
		return ss
	}
	d.train, d.dev, d.seed = read("train"), read("dev"), read("seed")
	d.aner, d.wojood = conll("ANERCorp_CamelLab_train.txt"), conll("wojood-sample/train.txt")
	return d
}

// trained learns from articles and sentences and returns the recognizer and its files.
// With SELF set it learns its news names too, in place of those built in.
func trained(t testing.TB, as []Annotated, cs, nested []CoNLL, c trainConfig) (*Recognizer, Models) {
	r := newRecognizer(gazetteer.Default())
	var texts []tagged
	for i := range as {
		texts = append(texts, r.taggedArticle(&as[i]))
	}
	texts = append(texts, chunks(cs, domainCoNLL)...)
	texts = append(texts, chunks(nested, domainNested)...)
	var files Models
	if os.Getenv("SELF") != "" && c.groups&groupNews != 0 {
		base := c
		base.target, base.repeat = domainNews, defaultTrainConfig().repeat
		b, err := r.learnNewsNames(context.Background(), texts, base, newsReader([]string{newsFile(shared(t))}))
		if err != nil {
			t.Fatal(err)
		}
		t.Logf("news names: %d bytes", len(b))
		r.table, files.Names = newWordTable(clustersText, string(b)), b
	}
	w, err := r.fit(context.Background(), texts, c)
	if err != nil {
		t.Fatal(err)
	}
	r.model, r.groups = w.model(), c.groups
	files.News = w.encode()
	return r, files
}

func evaluate(r *Recognizer, as []Annotated) (ts []tally) {
	var res Result
	for i := range as {
		r.Find(arabic.Analyze(as[i].Text), &res)
		ts = append(ts, tallyEntities(as[i].Entities, found(&res)))
	}
	return ts
}

func sum(ts []tally) (s tally) {
	for _, t := range ts {
		s.add(t)
	}
	return s
}

// crossValidate trains on four fifths of the articles and measures the fifth.
func crossValidate(t testing.TB, as []Annotated, cs, nested []CoNLL, c trainConfig) []tally {
	const folds = 5
	out := make([]tally, len(as))
	for f := range folds {
		var rest, part []Annotated
		var at []int
		for i := range as {
			if i%folds == f {
				part, at = append(part, as[i]), append(at, i)
			} else {
				rest = append(rest, as[i])
			}
		}
		r := foldModel(t, f, func() (*Recognizer, Models) { return trained(t, rest, cs, nested, c) })
		for k, x := range evaluate(r, part) {
			out[at[k]] = x
		}
		if dir := os.Getenv("SILA_PREDICTIONS"); dir != "" {
			predict(t, r, part, filepath.Join(dir, "cv"+itoa(f)+".jsonl"))
		}
	}
	return out
}

// foldModel keeps the models of cross-validation in the folder that SILA_FOLDS
// names, so that rules can be measured without training again.
func foldModel(t testing.TB, fold int, train func() (*Recognizer, Models)) *Recognizer {
	dir := os.Getenv("SILA_FOLDS")
	if dir == "" {
		r, _ := train()
		return r
	}
	path := filepath.Join(dir, "fold"+itoa(fold)+".bin")
	if b, err := os.ReadFile(path); err == nil {
		names, _ := os.ReadFile(path + ".names")
		r, err := NewWith(gazetteer.Default(), Models{News: b, Names: names})
		if err != nil {
			t.Fatal(err)
		}
		return r
	}
	r, files := train()
	if err := os.WriteFile(path+".names", files.Names, 0o644); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, files.News, 0o644); err != nil {
		t.Fatal(err)
	}
	return r
}

// interval is the 95 % bootstrap interval of F1 over articles.
func interval(ts []tally) (lo, hi float64) {
	rng := rand.New(rand.NewPCG(7, 7))
	var fs []float64
	for range 1000 {
		var s tally
		for range ts {
			s.add(ts[rng.IntN(len(ts))])
		}
		_, _, f := s.prf()
		fs = append(fs, f)
	}
	slices.Sort(fs)
	return fs[25], fs[974]
}

func show(ts []tally) string {
	p, r, f := sum(ts).prf()
	lo, hi := interval(ts)
	return fmt.Sprintf("P %.3f R %.3f F1 %.3f (%.3f to %.3f)", p, r, f, lo, hi)
}

// conllScore is exact-span micro F1 over all classes.
func conllScore(gold []CoNLL, tags func([]CoNLL) [][]string) tally {
	var t tally
	guess := tags(gold)
	for i := range gold {
		g, p := conllSpans(gold[i].Tags), conllSpans(guess[i])
		for s := range p {
			if g[s] {
				t.right++
			} else {
				t.wrong++
			}
		}
		for s := range g {
			if !p[s] {
				t.missed++
			}
		}
	}
	return t
}

func conllSpans(tags []string) map[string]bool {
	out := map[string]bool{}
	for i := 0; i < len(tags); {
		if tags[i] == "O" {
			i++
			continue
		}
		j := i + 1
		for j < len(tags) && tags[j] == "I"+tags[i][1:] {
			j++
		}
		out[fmt.Sprint(i, j, tags[i][2:])] = true
		i = j
	}
	return out
}

// TestExperiment measures a configuration; SILA_EXPERIMENT says what to vary.
func TestExperiment(t *testing.T) {
	what := os.Getenv("SILA_EXPERIMENT")
	if what == "" {
		t.Skip("set SILA_EXPERIMENT")
	}
	dir := shared(t)
	d := readData(t, dir)
	c := defaultTrainConfig()
	num := func(key string, v int) int {
		if s := os.Getenv(key); s != "" {
			v, _ = strconv.Atoi(s)
		}
		return v
	}
	c.epochs, c.margin, c.cutoff = num("EPOCHS", c.epochs), int32(num("MARGIN", int(c.margin))), int32(num("CUTOFF", int(c.cutoff)))
	c.runs = num("RUNS", c.runs)
	c.groups = featureGroup(num("FGROUPS", int(c.groups)))
	cs := d.aner
	c.repeat[0] = num("NEWS", c.repeat[0])
	if what == "rules" {
		r := New(gazetteer.Default())
		t.Logf("dev  %s", show(evaluate(r, d.dev)))
		t.Logf("seed %s", show(evaluate(r, d.seed)))
		t.Logf("cv   %s", show(crossValidate(t, slices.Concat(d.train, d.dev), cs, d.wojood, c)))
		return
	}
	if what == "ablation" {
		ablation(t, d)
		return
	}
	r, _ := trained(t, d.train, cs, d.wojood, c)
	t.Logf("dev  %s", show(evaluate(r, d.dev)))
	t.Logf("seed %s", show(evaluate(r, d.seed)))
	if what == "cv" || what == "all" {
		t.Logf("cv   %s", show(crossValidate(t, slices.Concat(d.train, d.dev), cs, d.wojood, c)))
	}
	if what == "aner" || what == "all" {
		c.target = domainCoNLL
		c.repeat = [numDomains]int{num("CNEWS", 1), num("CANER", 2), 1}
		n := len(d.aner) * 7 / 8
		r, _ := trained(t, d.train, d.aner[:n], d.wojood, c)
		r.conll = r.model
		s := conllScore(d.aner[n:], r.TagSentences)
		p, rc, f := s.prf()
		t.Logf("aner P %.3f R %.3f F1 %.3f %+v", p, rc, f, s)
	}
}

// ablation prints what the figures are without each group of features, each resource
// and each rule. Models are of one run; where SILA_FOLDS has the news names that the
// folds of cross-validation learned, those are used.
func ablation(t *testing.T, d data) {
	all := slices.Concat(d.train, d.dev)
	row := func(name string, dev, cv []tally) {
		_, _, fd := sum(dev).prf()
		_, _, fc := sum(cv).prf()
		lo, hi := interval(cv)
		t.Logf("| %s | %.3f | %.3f (%.3f to %.3f) |", name, fd, fc, lo, hi)
	}
	var folds []*Recognizer
	var parts [][]Annotated
	const n = 5
	train := func(as []Annotated, fold int, cs, nested []CoNLL, c trainConfig) *Recognizer {
		r := newRecognizer(gazetteer.Default())
		if b, err := os.ReadFile(filepath.Join(os.Getenv("SILA_FOLDS"), "fold"+itoa(fold)+".bin.names")); fold >= 0 && err == nil {
			r.table = newWordTable(clustersText, string(b))
		}
		var texts []tagged
		for i := range as {
			texts = append(texts, r.taggedArticle(&as[i]))
		}
		texts = append(texts, chunks(cs, domainCoNLL)...)
		texts = append(texts, chunks(nested, domainNested)...)
		w, err := r.fit(context.Background(), texts, c)
		if err != nil {
			t.Fatal(err)
		}
		r.model, r.groups = w.model(), c.groups
		return r
	}
	rows, only := -1, os.Getenv("SILA_ROW") // a row's number: that row alone
	measure := func(name string, cs, nested []CoNLL, c trainConfig) *Recognizer {
		if rows++; only != "" && only != itoa(rows) {
			return nil
		}
		c.runs = 1
		whole := train(d.train, -1, cs, nested, c)
		folds, parts = nil, nil
		var cv []tally
		for f := range n {
			var rest, part []Annotated
			for i := range all {
				if i%n == f {
					part = append(part, all[i])
				} else {
					rest = append(rest, all[i])
				}
			}
			r := train(rest, f, cs, nested, c)
			folds, parts = append(folds, r), append(parts, part)
			cv = append(cv, evaluate(r, part)...)
		}
		row(name, evaluate(whole, d.dev), cv)
		return whole
	}
	c := defaultTrainConfig()
	for k, name := range [...]string{"words and neighbours", "affixes", "clitics", "shape and frequency", "word lists", "gazetteer", "clusters", "the rest of the document", "news names"} {
		x := c
		x.groups = allGroups &^ (1 << k)
		measure("without "+name, d.aner, d.wojood, x)
	}
	measure("without ANERcorp", nil, d.wojood, c)
	measure("without the Wojood sample", d.aner, nil, c)
	whole := measure("everything", d.aner, d.wojood, c)
	if whole == nil {
		return
	}
	for k, name := range ruleNames {
		whole.rules = allRules &^ (1 << k)
		var cv []tally
		for f := range folds {
			folds[f].rules = whole.rules
			cv = append(cv, evaluate(folds[f], parts[f])...)
		}
		row("without "+name, evaluate(whole, d.dev), cv)
	}
}
