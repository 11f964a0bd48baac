package mention

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/sila-graph/sila/extract/arabic"
	"github.com/sila-graph/sila/extract/doc"
	"github.com/sila-graph/sila/extract/gazetteer"
)

// shared returns the folder of the shared data, or skips.
func shared(t testing.TB) string {
	dir := os.Getenv("SILA_SHARED")
	if dir == "" {
		dir = "../../../shared"
	}
	if _, err := os.Stat(filepath.Join(dir, "gold")); err != nil {
		t.Skip("no shared data; set SILA_SHARED")
	}
	return dir
}

func goldFiles(dir, part string) (string, string) {
	return filepath.Join(dir, "gold", part, "articles.jsonl"), filepath.Join(dir, "gold", part, "gold.jsonl")
}

// predict writes the entities of articles in the gold format.
func predict(t testing.TB, r *Recognizer, as []Annotated, path string) {
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	enc := json.NewEncoder(f)
	enc.SetEscapeHTML(false)
	var res Result
	for i := range as {
		r.Find(arabic.Analyze(as[i].Text), &res)
		d := doc.Document{ID: as[i].ID, Facts: []doc.Fact{}, Entities: []doc.Entity{}}
		d.Entities = append(d.Entities, found(&res)...)
		if err := enc.Encode(d); err != nil {
			t.Fatal(err)
		}
	}
}

func itoa(n int) string { b, _ := json.Marshal(n); return string(b) }

// score runs the project's scorer and returns the entities line.
func score(t testing.TB, dir, gold, predicted string, errors bool) string {
	args := []string{filepath.Join(dir, "gold", "score.py"), gold, predicted}
	if errors {
		args = append(args, "--errors")
	}
	out, err := exec.Command("python3", args...).CombinedOutput()
	if err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	var keep []string
	for line := range strings.Lines(string(out)) {
		if strings.HasPrefix(line, "entities") || errors && strings.Contains(line, " entity ") {
			keep = append(keep, strings.TrimSpace(line))
		}
	}
	return strings.Join(keep, "\n")
}

// TestScore measures the model that is built in. With SILA_PREDICTIONS set to
// a folder it leaves its predictions there.
func TestScore(t *testing.T) {
	dir := shared(t)
	r := New(gazetteer.Default())
	out := os.Getenv("SILA_PREDICTIONS")
	if out == "" {
		out = t.TempDir()
	}
	for _, part := range []string{"dev", "train", "seed"} {
		a, g := goldFiles(dir, part)
		as, err := ReadAnnotated(a, g)
		if err != nil {
			t.Fatal(err)
		}
		p := filepath.Join(out, part+".jsonl")
		predict(t, r, as, p)
		t.Logf("%-5s %s", part, score(t, dir, g, p, false))
	}
}

// newsFile is the file of unlabelled articles.
func newsFile(dir string) string { return filepath.Join(dir, "data/news/news-2015-07.jsonl.gz") }

// trainingData is what the models that are built in were trained from.
func trainingData(dir string) TrainingData {
	a, g := goldFiles(dir, "train")
	return TrainingData{Articles: []string{a}, Gold: []string{g}, CoNLL: []string{filepath.Join(dir, "data/ner/ANERCorp_CamelLab_train.txt")},
		Nested: []string{filepath.Join(dir, "data/ner/wojood-sample/train.txt")}, News: []string{newsFile(dir)}}
}

// TestReproducible trains the models again and compares the bytes, where
// SILA_REPRODUCE is set: about two minutes. So does sila train mention --check.
func TestReproducible(t *testing.T) {
	if os.Getenv("SILA_REPRODUCE") == "" {
		t.Skip("set SILA_REPRODUCE=1 to train the models again")
	}
	m, err := Train(context.Background(), gazetteer.Default(), trainingData(shared(t)))
	if err != nil {
		t.Fatal(err)
	}
	for name, b := range m.Files() {
		built := BuiltIn().Files()[name]
		t.Logf("%-16s %x", name, sha256.Sum256(b))
		if !bytes.Equal(b, built) {
			t.Errorf("%s differs from the one that is built in (%x)", name, sha256.Sum256(built))
		}
	}
}
