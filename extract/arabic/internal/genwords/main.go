// Genwords counts the word forms of a corpus for the lexicon of package arabic.
//
//	go run ./extract/arabic/internal/genwords -min 4 NEWS.jsonl.gz > extract/arabic/data/words.txt
//
// The corpus is JSONL with the fields title and text, plain or gzipped. Forms
// are normalised; a form per line with its number, in byte order.
package main

import (
	"bufio"
	"compress/gzip"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"log"
	"os"
	"slices"
	"strings"

	"github.com/sila-graph/sila/extract/arabic"
)

func main() {
	log.SetFlags(0)
	minimum := flag.Int("min", 4, "leave out forms that occur less often")
	flag.Parse()
	counts := map[string]int{}
	for _, path := range flag.Args() {
		if err := count(path, counts); err != nil {
			log.Fatalf("genwords: %s: %v", path, err)
		}
	}
	var forms []string
	for w, n := range counts {
		if n >= *minimum {
			forms = append(forms, w)
		}
	}
	slices.Sort(forms)
	out := bufio.NewWriter(os.Stdout)
	defer out.Flush()
	fmt.Fprintf(out, "# How often word forms stand in news; made by internal/genwords, at least %d times. Counts only; source in README.md.\n", *minimum)
	for _, w := range forms {
		fmt.Fprintf(out, "%s\t%d\n", w, counts[w])
	}
}

func count(path string, counts map[string]int) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	var r io.Reader = f
	if strings.HasSuffix(path, ".gz") {
		if r, err = gzip.NewReader(f); err != nil {
			return err
		}
	}
	var a arabic.Analyzer
	var t arabic.Text
	dec := json.NewDecoder(r)
	for {
		var doc struct{ Title, Text string }
		if err := dec.Decode(&doc); errors.Is(err, io.EOF) {
			return nil
		} else if err != nil {
			return err
		}
		a.Analyze(doc.Title+"\n"+doc.Text, &t)
		for i := range t.Tokens {
			if t.Tokens[i].Kind == arabic.Word {
				counts[strings.Clone(t.Form(i))]++
			}
		}
	}
}
