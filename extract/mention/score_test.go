package mention

import (
	"compress/gzip"
	"context"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

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

// TestTrain trains the model into the file that SILA_TRAIN names.
func TestTrain(t *testing.T) {
	out := os.Getenv("SILA_TRAIN")
	if out == "" {
		t.Skip("set SILA_TRAIN to the file to write")
	}
	dir := shared(t)
	a, g := goldFiles(dir, "train")
	start := time.Now()
	b, conll, err := Train(context.Background(), gazetteer.Default(), TrainingData{Articles: []string{a}, Gold: []string{g},
		CoNLL: []string{filepath.Join(dir, "data/ner/ANERCorp_CamelLab_train.txt")}, Nested: []string{filepath.Join(dir, "data/ner/wojood-sample/train.txt")}})
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(out, b, 0o644); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(strings.TrimSuffix(out, ".bin")+"_conll.bin", conll, 0o644); err != nil {
		t.Fatal(err)
	}
	t.Logf("%d bytes in %v", len(b), time.Since(start))
}

// TestTrainClusters makes the clusters' file that SILA_CLUSTERS names.
func TestTrainClusters(t *testing.T) {
	out := os.Getenv("SILA_CLUSTERS")
	if out == "" {
		t.Skip("set SILA_CLUSTERS to the file to write")
	}
	f, err := os.Open(filepath.Join(shared(t), "data/news/news-2015-07.jsonl.gz"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	dec := json.NewDecoder(z)
	b, err := TrainClusters(context.Background(), func() (string, error) {
		var d doc.Document
		err := dec.Decode(&d)
		return d.Full(), err
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(out, b, 0o644); err != nil {
		t.Fatal(err)
	}
}
