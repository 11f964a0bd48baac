package main

import (
	"bufio"
	"encoding/json"
	"log"
	"os"
	"path/filepath"

	"github.com/sila-graph/sila/extract"
	"github.com/sila-graph/sila/extract/article"
	"github.com/sila-graph/sila/extract/doc"
)

// predictFound prints predictions with the names that package mention finds.
func predictFound(dir string) {
	x := extract.New()
	w := bufio.NewWriter(os.Stdout)
	defer w.Flush()
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	read(filepath.Join(dir, "articles.jsonl"), func(d doc.Document) {
		if err := enc.Encode(x.Extract(article.Article{ID: d.ID, Date: d.Date, Title: d.Title, Text: d.Text, Source: d.Source})); err != nil {
			log.Fatal(err)
		}
	})
}
