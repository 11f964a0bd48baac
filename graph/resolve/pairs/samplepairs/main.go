// Samplepairs draws pairs of entities that may be one actor from documents, and
// shows pairs with their sentences to those who judge them.
//
//	sila extract --format jsonl ARCHIVE > docs.jsonl
//	go run ./graph/resolve/pairs/samplepairs -docs docs.jsonl -n 660 -seed 1 > graph/resolve/testdata/pairs.tsv
//	go run ./graph/resolve/pairs/samplepairs -docs docs.jsonl -show graph/resolve/testdata/pairs.tsv > to-judge.txt
//	go run ./graph/resolve/pairs/samplepairs -docs docs.jsonl -score graph/resolve/testdata/pairs.tsv
//
// With -top 200 it lists the actors with the most facts, for a reader to find
// two that are one and one that is two.
package main

import (
	"bufio"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/sila-graph/sila/extract/doc"
	"github.com/sila-graph/sila/graph/resolve/pairs"
)

func main() {
	docs := flag.String("docs", "", "documents, JSON lines")
	n := flag.Int("n", 660, "how many pairs")
	seed := flag.Uint64("seed", 1, "which of the possible samples")
	show := flag.String("show", "", "a file of pairs to show with sentences")
	score := flag.String("score", "", "a file of judged pairs to compare linking with")
	top := flag.Int("top", 0, "list so many actors with the most facts")
	flag.Parse()
	if err := run(*docs, *n, *seed, *show, *score, *top); err != nil {
		fmt.Fprintln(os.Stderr, "samplepairs:", err)
		os.Exit(1)
	}
}

func run(path string, n int, seed uint64, show, score string, top int) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	var docs []*doc.Document
	for dec := json.NewDecoder(bufio.NewReaderSize(f, 1<<20)); ; {
		d := new(doc.Document)
		if err := dec.Decode(d); err == io.EOF {
			break
		} else if err != nil {
			return fmt.Errorf("%s: document %d: %w", path, len(docs)+1, err)
		}
		docs = append(docs, d)
	}
	if top > 0 {
		return pairs.Top(os.Stdout, docs, top)
	}
	if show == "" && score == "" {
		return pairs.Write(os.Stdout, pairs.Sample(docs, n, seed))
	}
	name := show + score
	g, err := os.Open(name)
	if err != nil {
		return err
	}
	defer g.Close()
	ps, err := pairs.Read(name, g)
	if err != nil {
		return err
	}
	if score != "" {
		r, err := pairs.Score(docs, ps)
		if err != nil {
			return err
		}
		fmt.Println(r)
		for _, e := range r.Errors {
			what := "apart, judged same"
			if e.Joined {
				what = "joined, judged different"
			}
			fmt.Printf("%s\t%s\t%s %s\t%s %s\t%s\n", e.Stratum, what, e.A.Article, e.KeyA, e.B.Article, e.KeyB, e.Why)
		}
		return nil
	}
	out := bufio.NewWriter(os.Stdout)
	defer out.Flush()
	byID := map[string]*doc.Document{}
	for _, d := range docs {
		byID[d.ID] = d
	}
	for i, p := range ps {
		fmt.Fprintf(out, "=== %d\t%s\n", i+1, p.Stratum)
		for _, m := range []struct {
			d *doc.Document
			e *doc.Entity
		}{{byID[p.A.Article], pairs.Find(byID[p.A.Article], p.A)}, {byID[p.B.Article], pairs.Find(byID[p.B.Article], p.B)}} {
			if m.e == nil {
				fmt.Fprintln(out, "--- gone")
				continue
			}
			fmt.Fprintf(out, "--- %s  %s  %s  [%s] %s\n    %s\n", m.d.Date, m.d.Source, m.e.Type, m.d.ID, strings.Join(m.e.Names, " / "), m.d.Title)
			full := []rune(m.d.Full())
			last := -1000
			for shown, k := 0, 0; k < len(m.e.Mentions) && shown < 3; k++ {
				at := m.e.Mentions[k]
				if at.Start < last {
					continue
				}
				from, to := max(0, at.Start-140), min(len(full), at.End+140)
				last = to
				text := string(full[from:at.Start]) + "⟦" + string(full[at.Start:at.End]) + "⟧" + string(full[at.End:to])
				fmt.Fprintf(out, "    · %s\n", strings.Join(strings.Fields(text), " "))
				shown++
			}
		}
	}
	return nil
}
