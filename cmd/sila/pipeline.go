package main

import (
	"context"
	"errors"
	"io"
	"iter"
	"os"
	"slices"

	"github.com/spf13/pflag"

	"github.com/sila-graph/sila/cmd/sila/internal/ui"
	"github.com/sila-graph/sila/extract/article"
	"github.com/sila-graph/sila/extract/batch"
	"github.com/sila-graph/sila/extract/doc"
	"github.com/sila-graph/sila/extract/jsonl"
)

// input is where load and extract take documents from.
type input struct {
	paths     []string
	documents bool    // the paths hold documents, not articles
	date      string  // --date
	jobs      int     // --jobs
	explain   bool    // --explain
	least     float64 // --min-confidence
	bar       *ui.Progress
}

// errEnough ends reading when nothing more is wanted; it isn't shown.
var errEnough = errors.New("enough")

// docs reads the input and extracts on all cores; documents come in the order
// of the articles, without facts below --min-confidence. What is wrong with an article is warned of and counted in
// rep. When stop is done no further article is read and the sequence ends.
func (a *app) docs(ctx, stop context.Context, in input, rep *ui.Report) iter.Seq2[*doc.Document, error] {
	if in.least < 0 || in.least > 1 {
		return func(yield func(*doc.Document, error) bool) {
			yield(nil, ui.Usagef("--min-confidence %v: want a number from 0 to 1", in.least))
		}
	}
	if in.bar == nil {
		in.bar = a.Progress(article.Size(in.paths))
	}
	if in.documents {
		return a.readDocs(stop, in, rep)
	}
	extract := newExtractor(in.explain)
	source := func(yield func(article.Article) error) error {
		var done int64
		opt := article.Options{Date: in.date, Progress: func(n int64) {
			done += n
			in.bar.Set(done)
		}}
		sum, err := article.Read(ctx, in.paths, a.In, opt, func(x article.Article) error {
			if stop.Err() != nil {
				return errEnough
			}
			return yield(x)
		}, func(p *article.Problem) { rep.Aside(a.UI, p) })
		rep.Files, rep.Ignored = sum.Files, sum.Ignored
		if errors.Is(err, errEnough) {
			return nil
		}
		return err
	}
	return func(yield func(*doc.Document, error) bool) {
		defer in.bar.Done()
		for r, err := range batch.Ordered(ctx, in.jobs, source, extract) {
			switch {
			case err != nil:
				yield(nil, err)
				return
			case r.Err != nil:
				rep.Aside(a.UI, &article.Problem{Origin: r.In.Origin, Cause: r.Err, Remedy: "please report this with the article"})
				continue
			}
			in.drop(r.Out)
			rep.Add(r.Out)
			in.bar.Add(len(r.Out.Facts))
			if !yield(r.Out, nil) {
				return
			}
		}
	}
}

// drop removes the facts of a document that are less sure than asked for. What
// says nothing of its confidence, such as documents made by people, stays.
func (in *input) drop(d *doc.Document) {
	if in.least == 0 {
		return
	}
	d.Facts = slices.DeleteFunc(d.Facts, func(f doc.Fact) bool { return f.Confidence != 0 && f.Confidence < in.least })
}

// readDocs reads documents as sila extract prints them.
func (a *app) readDocs(stop context.Context, in input, rep *ui.Report) iter.Seq2[*doc.Document, error] {
	return func(yield func(*doc.Document, error) bool) {
		defer in.bar.Done()
		var done int64
		for _, p := range in.paths {
			take := func(d *doc.Document) error {
				in.drop(d)
				rep.Add(d)
				in.bar.Add(len(d.Facts))
				if stop.Err() != nil || !yield(d, nil) {
					return errEnough
				}
				return nil
			}
			var err error
			if p == "-" {
				err = jsonl.Read("standard input", a.In, take)
			} else {
				err = readFile(p, func(n int) {
					done += int64(n)
					in.bar.Set(done)
				}, take)
			}
			rep.Files++
			switch {
			case errors.Is(err, errEnough):
				return
			case err != nil:
				yield(nil, err)
				return
			}
		}
	}
}

// readFile is [jsonl.ReadFile]; read is told how many bytes were read.
func readFile(name string, read func(int), take func(*doc.Document) error) error {
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	defer f.Close()
	return jsonl.Read(name, &counted{f, read}, take)
}

type counted struct {
	io.Reader
	read func(int)
}

func (c *counted) Read(p []byte) (int, error) {
	n, err := c.Reader.Read(p)
	c.read(n)
	return n, err
}

// flags adds the flags that say how input is read.
func (in *input) flags(f *pflag.FlagSet) {
	f.IntVar(&in.jobs, "jobs", 0, "articles extracted at a time; 0: one a core")
	f.StringVar(&in.date, "date", "", "date (YYYY-MM-DD) of articles in which none is found")
	f.Float64Var(&in.least, "min-confidence", 0, "leave out facts that are right less often than this, 0 to 1")
	f.BoolVar(&in.documents, "documents", false, "the paths hold documents as sila extract prints them, not articles")
}
