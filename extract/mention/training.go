package mention

import (
	"bytes"
	"context"
	"fmt"

	"github.com/sila-graph/sila/extract/gazetteer"
)

// TrainingData names the files that [Train] learns from.
type TrainingData struct {
	// Articles and Gold are files of articles and of their annotations by the
	// project's guide, pairwise.
	Articles, Gold []string
	// CoNLL and Nested are files of a token and its tags a line: ANERcorp; Wojood.
	CoNLL, Nested []string
	// News are JSONL files of unlabelled articles, gzipped or not. Without any the
	// news names that are built in are used.
	News []string
}

// Models are the files that training makes.
type Models struct {
	News  []byte // model for articles, by the project's guide
	CoNLL []byte // model that tags as ANERcorp does
	Names []byte // what words are tagged as in unlabelled news; both models count on it
}

// Files gives the models by the names that they have in this package's data folder.
func (m Models) Files() map[string][]byte {
	return map[string][]byte{"model.bin": m.News, "model_conll.bin": m.CoNLL, "news_names.txt": m.Names}
}

// BuiltIn returns the models that this program was built with.
func BuiltIn() Models {
	return Models{News: modelFile, CoNLL: conllModelFile, Names: []byte(newsNamesText)}
}

// Same says whether two trainings made the same bytes.
func (m Models) Same(o Models) bool {
	return bytes.Equal(m.News, o.News) && bytes.Equal(m.CoNLL, o.CoNLL) && bytes.Equal(m.Names, o.Names)
}

// Train learns the model for news, the one that tags as ANERcorp does, and the news
// names, the same bytes for the same data on any machine. About two minutes on one core.
func Train(ctx context.Context, g *gazetteer.Table, d TrainingData) (Models, error) {
	if len(d.Articles) != len(d.Gold) {
		return Models{}, fmt.Errorf("%d files of articles for %d of annotations; want pairs", len(d.Articles), len(d.Gold))
	}
	r := newRecognizer(g)
	texts, err := r.trainingTexts(d)
	if err != nil {
		return Models{}, err
	}
	m := Models{Names: []byte(newsNamesText)}
	c := defaultTrainConfig()
	if len(d.News) > 0 {
		if m.Names, err = r.learnNewsNames(ctx, texts, c, newsReader(d.News)); err != nil {
			return Models{}, err
		}
		r.table = newWordTable(clustersText, string(m.Names))
	}
	w, err := r.fit(ctx, texts, c)
	if err != nil {
		return Models{}, err
	}
	m.News = w.encode()
	if w, err = r.fit(ctx, texts, conllTrainConfig()); err != nil {
		return Models{}, err
	}
	m.CoNLL = w.encode()
	return m, nil
}

// trainingTexts reads all annotated files.
func (r *Recognizer) trainingTexts(d TrainingData) ([]tagged, error) {
	var texts []tagged
	for i := range d.Articles {
		as, err := ReadAnnotated(d.Articles[i], d.Gold[i])
		if err != nil {
			return nil, err
		}
		for j := range as {
			texts = append(texts, r.taggedArticle(&as[j]))
		}
	}
	for _, part := range [...]struct {
		paths  []string
		domain domain
	}{{d.CoNLL, domainCoNLL}, {d.Nested, domainNested}} {
		for _, path := range part.paths {
			ss, err := ReadCoNLL(path)
			if err != nil {
				return nil, err
			}
			texts = append(texts, chunks(ss, part.domain)...)
		}
	}
	return texts, nil
}

// chunks makes texts of 20 sentences, about as long as an article, since
// CoNLL files don't say where one ends.
func chunks(ss []CoNLL, d domain) []tagged {
	var out []tagged
	for len(ss) > 0 {
		n := min(chunk, len(ss))
		out = append(out, taggedCoNLL(ss[:n], d))
		ss = ss[n:]
	}
	return out
}
