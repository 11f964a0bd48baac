package pairs

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/sila-graph/sila/extract"
	"github.com/sila-graph/sila/extract/arabic"
	"github.com/sila-graph/sila/extract/article"
	"github.com/sila-graph/sila/extract/doc"
	"github.com/sila-graph/sila/graph/resolve/decide"
)

func TestReadAndWrite(t *testing.T) {
	const text = "# a comment\nperson-short\ta1\tPerson\tكيري\ta2\tPerson\tجون كيري\tsame\tdifferent\nnisba\ta1\tGroup\tالدواعش\ta2\tOrganization\tداعش\tsame\tsame\n"
	ps, err := Read("p", strings.NewReader(text))
	if err != nil || len(ps) != 2 || ps[0].Verdict() != "" || ps[1].Verdict() != Same || ps[1].B.Name != "داعش" {
		t.Fatalf("%+v, %v", ps, err)
	}
	var b bytes.Buffer
	if err := Write(&b, ps); err != nil {
		t.Fatal(err)
	}
	again, err := Read("p", &b)
	if err != nil || len(again) != 2 || !slices.Equal(again[0].Verdicts, ps[0].Verdicts) || again[0].A != ps[0].A {
		t.Errorf("%+v, %v", again, err)
	}
	for _, bad := range []string{"x\ty\n", "s\ta\tPerson\tb\tc\tPerson\td\tmaybe\n"} {
		if _, err := Read("p", strings.NewReader(bad)); err == nil || !strings.Contains(err.Error(), "p:1") {
			t.Errorf("%q: %v", bad, err)
		}
	}
}

func people(id string, names ...string) *doc.Document {
	d := &doc.Document{ID: id, Date: "2015-07-21", Text: id}
	for _, n := range names {
		d.Entities = append(d.Entities, doc.Entity{ID: "e" + n, Type: doc.Person, Names: []string{n}})
	}
	return d
}

func TestSampleAndScore(t *testing.T) {
	docs := []*doc.Document{people("a", "كريستيان غروزنر", "سعيد البيطار"), people("b", "كريستيان جروزنر", "غروزنر"), people("c", "كريستيان غروزنر", "البيطار")}
	one, two := Sample(docs, 100, 3), Sample(docs, 100, 3)
	if len(one) < 4 || !slices.EqualFunc(one, two, func(a, b Pair) bool { return a.A == b.A && a.B == b.B && a.Stratum == b.Stratum }) {
		t.Fatalf("%+v\n%+v", one, two)
	}
	ps := []Pair{
		{Stratum: "person-variant", A: member("a", "كريستيان غروزنر"), B: member("b", "كريستيان جروزنر"), Verdicts: []string{Same}},
		{Stratum: "person-short", A: member("a", "سعيد البيطار"), B: member("c", "البيطار"), Verdicts: []string{Same, Different}},
	}
	r, err := Score(docs, ps)
	if err != nil || r.Right != 1 || r.Open != 1 || r.Twice != 1 || r.Agreed != 0 || r.Precision() != 1 {
		t.Errorf("%v, %v", r, err)
	}
}

// TestGold compares linking with the judged pairs, where the archive is at hand
// and time too: SILA_LONG=1.
func TestGold(t *testing.T) {
	dir := os.Getenv("SILA_SHARED")
	if dir == "" {
		dir = "../../../../shared"
	}
	archive := filepath.Join(dir, "data/news/news-2015-07.jsonl.gz")
	if _, err := os.Stat(archive); err != nil || os.Getenv("SILA_LONG") == "" {
		t.Skip("needs the shared archive and SILA_LONG=1")
	}
	f, err := os.Open("../testdata/pairs.tsv")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	ps, err := Read("pairs.tsv", f)
	if err != nil {
		t.Fatal(err)
	}
	x := extract.New()
	var docs []*doc.Document
	_, err = article.Read(context.Background(), []string{archive}, nil, article.Options{}, func(a article.Article) error {
		docs = append(docs, x.Extract(a))
		return nil
	}, func(*article.Problem) {})
	if err != nil {
		t.Fatal(err)
	}
	r, err := Score(docs, ps)
	if err != nil {
		t.Fatal(err)
	}
	t.Log(r)
	if r.Right+r.Missed > 100 && (r.Precision() < .9 || r.Recall() < .7) {
		t.Error("linking has lost its way")
	}
}

func member(article, name string) decide.Member {
	return decide.Member{Article: article, Type: doc.Person, Name: arabic.Key(name)}
}
