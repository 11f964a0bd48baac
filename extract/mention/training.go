package mention

import (
	"context"
	"fmt"
	"slices"

	"github.com/sila-graph/sila/extract/gazetteer"
)

// TrainingData names the annotated files that [Train] learns from.
type TrainingData struct {
	// Articles and Gold are files of articles and of their annotations by the
	// project's guide, pairwise.
	Articles, Gold []string
	// CoNLL and Nested are files of a token and its tags a line: ANERcorp; Wojood.
	CoNLL, Nested []string
}

// Train learns the model for news, and the one that tags as ANERcorp does, and
// returns their files' bytes: the same for the same data, on any machine. About
// half a minute on one core.
func Train(ctx context.Context, g *gazetteer.Table, d TrainingData) (news, conll []byte, err error) {
	if len(d.Articles) != len(d.Gold) {
		return nil, nil, fmt.Errorf("%d files of articles for %d of annotations; want pairs", len(d.Articles), len(d.Gold))
	}
	r := newRecognizer(g)
	var texts []tagged
	for i := range d.Articles {
		as, err := ReadAnnotated(d.Articles[i], d.Gold[i])
		if err != nil {
			return nil, nil, err
		}
		for j := range as {
			texts = append(texts, r.taggedArticle(&as[j]))
		}
	}
	for i, path := range append(slices.Clone(d.CoNLL), d.Nested...) {
		ss, err := ReadCoNLL(path)
		if err != nil {
			return nil, nil, err
		}
		dom := domainCoNLL
		if i >= len(d.CoNLL) {
			dom = domainNested
		}
		texts = append(texts, chunks(ss, dom)...)
	}
	c := defaultTrainConfig()
	w, err := r.fit(ctx, texts, c)
	if err != nil {
		return nil, nil, err
	}
	news = w.encode()
	c = conllTrainConfig()
	if w, err = r.fit(ctx, texts, c); err != nil {
		return nil, nil, err
	}
	return news, w.encode(), nil
}

// chunks makes texts of 20 sentences, about as long as an article, since
// CoNLL files don't say where one ends.
func chunks(ss []CoNLL, d domain) []tagged {
	const size = 20
	var out []tagged
	for len(ss) > 0 {
		n := min(size, len(ss))
		out = append(out, taggedCoNLL(ss[:n], d))
		ss = ss[n:]
	}
	return out
}
