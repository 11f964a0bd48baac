// Traintopic makes the topic model from news whose topic nobody has written
// down: sections of newspapers (sections.txt) and words that tell a topic
// (seeds.txt) label what they can, a first model learns from that, labels the
// articles of which it is sure, and a second learns from all.
//
//	go run ./extract/topic/internal/traintopic -hold extract/topic/testdata/labels.tsv -out extract/topic/model.bin NEWS.jsonl.gz
//
// Articles of -hold are left out of training.
package main

import (
	"bufio"
	"context"
	_ "embed"
	"flag"
	"fmt"
	"log"
	"os"
	"strings"

	"github.com/sila-graph/sila/extract/arabic"
	"github.com/sila-graph/sila/extract/article"
	"github.com/sila-graph/sila/extract/rec"
	"github.com/sila-graph/sila/extract/topic"
)

//go:embed sections.txt
var sectionsText string

//go:embed seeds.txt
var seedsText string

// weak is an article with what section and seeds say of it.
type weak struct {
	text  *arabic.Text
	topic string
	trust float64
}

func main() {
	log.SetFlags(0)
	out := flag.String("out", "", "write the model to this file")
	hold := flag.String("hold", "", "leave out the articles whose ids stand first on the lines of this file")
	epochs := flag.Int("epochs", 8, "passes over the data")
	sure := flag.Float64("sure", 3, "margin in logits from which the first model's word counts")
	flag.Parse()
	l, err := newLabeller()
	if err != nil {
		log.Fatal(err)
	}
	held := map[string]bool{}
	if *hold != "" {
		f, err := os.Open(*hold)
		if err != nil {
			log.Fatal(err)
		}
		for s := bufio.NewScanner(f); s.Scan(); {
			id, _, _ := strings.Cut(s.Text(), "\t")
			held[id] = true
		}
		f.Close()
	}
	var all []weak
	_, err = article.Read(context.Background(), flag.Args(), nil, article.Options{}, func(a article.Article) error {
		if held[a.ID] {
			return nil
		}
		t := arabic.Analyze(a.Title + "\n" + a.Text)
		if len(t.Tokens) < 30 {
			return nil
		}
		w := weak{text: t}
		w.topic, w.trust = l.label(a.Source, a.URL, t)
		all = append(all, w)
		return nil
	}, func(p *article.Problem) { log.Print(p) })
	if err != nil {
		log.Fatal(err)
	}
	var samples []topic.Sample
	for _, w := range all {
		if w.topic != "" {
			samples = append(samples, topic.Sample{Text: w.text, Topic: w.topic, Weight: w.trust})
		}
	}
	report("labelled by sections and seeds", samples)
	first, err := topic.Train(samples, *epochs)
	if err != nil {
		log.Fatal(err)
	}
	c, err := topic.Parse(first)
	if err != nil {
		log.Fatal(err)
	}
	samples = samples[:0]
	for _, w := range all {
		t, margin := c.Margin(w.text)
		switch {
		case w.topic != "" && (w.topic == t || w.trust == 1):
			samples = append(samples, topic.Sample{Text: w.text, Topic: w.topic, Weight: 1})
		case w.topic == "" && margin >= *sure:
			samples = append(samples, topic.Sample{Text: w.text, Topic: t, Weight: .5})
		}
	}
	report("with those of which the first model is sure", samples)
	b, err := topic.Train(samples, *epochs)
	if err != nil {
		log.Fatal(err)
	}
	log.Printf("model of %d bytes", len(b))
	if *out != "" {
		if err := os.WriteFile(*out, b, 0o644); err != nil {
			log.Fatal(err)
		}
	}
}

func report(what string, samples []topic.Sample) {
	n := map[string]int{}
	for _, s := range samples {
		n[s.Topic]++
	}
	log.Printf("%d articles %s: %v", len(samples), what, n)
}

// labeller holds the sections and the seeds.
type labeller struct {
	sections [][3]string
	seeds    map[string][]string // word → topics
}

func newLabeller() (*labeller, error) {
	l := &labeller{seeds: map[string][]string{}}
	for line := range strings.Lines(sectionsText) {
		if f := strings.Split(strings.TrimSpace(line), "\t"); len(f) == 3 {
			l.sections = append(l.sections, [3]string(f))
		}
	}
	records, err := rec.Parse("seeds.txt", seedsText)
	if err != nil {
		return nil, err
	}
	for _, r := range records {
		for _, w := range r.List("words", " ") {
			if n := arabic.Normalize(w); n != w {
				return nil, fmt.Errorf("seeds.txt:%d: %q is not normalised: %q", r.Line, w, n)
			}
			l.seeds[w] = append(l.seeds[w], r.Get("topic"))
		}
	}
	return l, nil
}

// label returns the topic that section or seeds give, with how far it is to be
// trusted: 1 for a section of one topic, else by how far the seeds agree. A
// section of politics holds war as well: there the seeds choose between both.
func (l *labeller) label(source, url string, t *arabic.Text) (string, float64) {
	score := map[string]int{}
	seen := map[string]bool{}
	for s := range t.Sentences {
		for i := t.Sentences[s].First; i < t.Sentences[s].Last && i < 200; i++ {
			w := t.Base(int(i))
			if seen[w] && t.Sentences[s].Para > 0 {
				continue
			}
			seen[w] = true
			gain := 1
			if t.Sentences[s].Para == 0 {
				gain = 3
			}
			for _, topic := range l.seeds[w] {
				score[topic] += gain
			}
		}
	}
	for _, s := range l.sections {
		if s[0] != source || !strings.Contains(url, s[1]) {
			continue
		}
		if s[2] != "politics?" {
			return s[2], 1
		}
		if score[topic.Conflict] > score[topic.Politics] {
			return topic.Conflict, .8
		}
		return topic.Politics, .8
	}
	best, second := "", 0
	for _, k := range topic.Topics {
		switch {
		case score[k] > score[best]:
			best, second = k, score[best]
		case score[k] > second:
			second = score[k]
		}
	}
	if n := score[best]; n >= 6 && n >= 2*second {
		return best, .6
	}
	return "", 0
}
