package main

import (
	"github.com/sila-graph/sila/extract"
	"github.com/sila-graph/sila/extract/article"
	"github.com/sila-graph/sila/extract/doc"
)

// newExtractor returns the function from article to document.
func newExtractor() func(article.Article) *doc.Document { return extract.New().Extract }
