package main

import (
	"github.com/sila-graph/sila/extract"
	"github.com/sila-graph/sila/extract/article"
	"github.com/sila-graph/sila/extract/doc"
)

// newExtractor returns the function from article to document.
func newExtractor(explain bool) func(article.Article) *doc.Document {
	if explain {
		return extract.NewExplaining().Extract
	}
	return extract.New().Extract
}
