package main

import (
	"errors"

	"github.com/sila-graph/sila/extract/article"
	"github.com/sila-graph/sila/extract/doc"
)

// newExtractor returns the function from article to document.
func newExtractor() (func(article.Article) *doc.Document, error) {
	return nil, errors.New("this build has no extraction yet")
}
