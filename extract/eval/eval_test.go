package eval

import (
	"bytes"
	"encoding/json"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/sila-graph/sila/extract/doc"
	"github.com/sila-graph/sila/extract/jsonl"
)

func read(t testing.TB, text string) []*doc.Document {
	t.Helper()
	var out []*doc.Document
	if err := jsonl.Read("test", strings.NewReader(text), func(d *doc.Document) error {
		out = append(out, d)
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	return out
}

const gold = `{"id":"a","entities":[
 {"id":"f","type":"Organization","names":["القوات العراقية"],"nominals":["القوات"]},
 {"id":"r","type":"Place","names":["الرمادي"]},{"id":"h","type":"Place","names":["هيت"]},
 {"id":"i","type":"Place","names":["العراق"]},{"id":"k","type":"Person","names":["جون كيري","كيري"]},
 {"id":"c","type":"Person","names":["آشتون كارتر"]},{"id":"o","type":"Group","names":["النازحون"],"optional":true}],
"facts":[
 {"type":"Liberate","agent":["f"],"patient":["r","h"],"time":"2016-07-20","place":["i"],"source":"c"},
 {"type":"LocatedIn","agent":["h"],"patient":["r"]},{"type":"LocatedIn","agent":["r"],"patient":["i"]},
 {"type":"Meet","agent":["k","c"],"status":"intended"},
 {"type":"Kill","patient":["f"]},{"type":"Kill","agent":["k"],"patient":["f"],"optional":true}]}`

// TestRules shows each rule of the package comment on one prediction.
func TestRules(t *testing.T) {
	for _, c := range []struct {
		name, entities, facts  string
		entity, fact, families Count
	}{
		{"nothing", ``, ``, Count{0, 0, 6}, Count{0, 0, 6}, Count{0, 0, 6}},
		{"a form without its article, and a nominal", `{"id":"1","type":"Place","names":["رمادي"]},{"id":"2","type":"Organization","names":["القوات"]}`,
			`{"type":"Liberate","agent":["2"],"patient":["1"]}`, Count{2, 0, 4}, Count{1, 0, 5}, Count{1, 0, 5}},
		{"one entity in two pieces", `{"id":"1","type":"Person","names":["جون كيري"]},{"id":"2","type":"Person","names":["كيري"]}`, ``,
			Count{1, 1, 5}, Count{0, 0, 6}, Count{0, 0, 6}},
		{"another type", `{"id":"1","type":"Group","names":["القوات العراقية"]}`, ``, Count{0, 1, 6}, Count{0, 0, 6}, Count{0, 0, 6}},
		{"an optional entity is neutral, and so are its facts", `{"id":"1","type":"Group","names":["النازحون"]},{"id":"2","type":"Place","names":["العراق"]}`,
			`{"type":"Attack","agent":["1"],"patient":["2"]}`, Count{1, 0, 5}, Count{0, 0, 6}, Count{0, 0, 6}},
		{"symmetric in either order", `{"id":"1","type":"Person","names":["كارتر"]},{"id":"2","type":"Person","names":["كيري"]}`,
			`{"type":"Meet","agent":["1","2"]}`, Count{2, 0, 4}, Count{1, 0, 5}, Count{1, 0, 5}},
		{"what follows, what was taken, half an answer", `{"id":"1","type":"Organization","names":["القوات العراقية"]},{"id":"2","type":"Place","names":["هيت"]},{"id":"3","type":"Place","names":["العراق"]}`,
			`{"type":"LocatedIn","agent":["2"],"patient":["3"]},{"type":"Control","agent":["1"],"patient":["2"]},{"type":"Liberate","patient":["2"]}`,
			Count{3, 0, 3}, Count{0, 0, 6}, Count{1, 0, 5}},
		{"an optional reading fills the empty role", `{"id":"1","type":"Organization","names":["القوات العراقية"]},{"id":"2","type":"Person","names":["كيري"]}`,
			`{"type":"Kill","agent":["2"],"patient":["1"]}`, Count{2, 0, 4}, Count{1, 0, 5}, Count{1, 0, 5}},
		{"another type of the family", `{"id":"1","type":"Organization","names":["القوات العراقية"]},{"id":"2","type":"Place","names":["هيت"]}`,
			`{"type":"Capture","agent":["1"],"patient":["2"]}`, Count{2, 0, 4}, Count{0, 1, 6}, Count{1, 0, 5}},
		{"foreign types and optional predictions are left alone", `{"id":"1","type":"Place","names":["هيت"]}`,
			`{"type":"Seize","agent":["1"]},{"type":"Visit","agent":["1"],"optional":true}`, Count{1, 0, 5}, Count{0, 0, 6}, Count{0, 0, 6}},
	} {
		t.Run(c.name, func(t *testing.T) {
			pred := read(t, `{"id":"a","entities":[`+c.entities+`],"facts":[`+c.facts+`]}`)
			r := Score(read(t, strings.ReplaceAll(gold, "\n", "")), pred, nil)
			if r.Entities.Count != c.entity || r.Facts.Count != c.fact || r.Families.Count != c.families {
				t.Errorf("entities %v, facts %v, families %v; want %v, %v, %v\n%v", r.Entities.Count, r.Facts.Count, r.Families.Count, c.entity, c.fact, c.families, r.Errors)
			}
		})
	}
}

func TestQualifiers(t *testing.T) {
	g := read(t, strings.ReplaceAll(gold, "\n", ""))
	pred := read(t, strings.ReplaceAll(strings.NewReplacer("2016-07-20", "2016-07-19", `"source":"c"`, `"source":"k"`).Replace(gold), "\n", ""))
	r := Score(g, pred, nil)
	if r.Facts.F1 != 1 || r.Source.Count != (Count{0, 2, 2}) || r.Status.Count != (Count{1, 0, 0}) {
		t.Errorf("facts %v, source %v, status %v", r.Facts, r.Source, r.Status)
	}
	if d, m, p := r.Agree["time_day"], r.Agree["time_month"], r.Agree["place"]; d != (Agree{0, 2}) || m != (Agree{1, 2}) || p != (Agree{1, 2}) {
		t.Errorf("day %v, month %v, place %v", d, m, p)
	}
}

func TestWorld(t *testing.T) {
	file := filepath.Join(t.TempDir(), "world.tsv")
	if err := os.WriteFile(file, []byte("LocatedIn\tهيت\tعراق\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	w, err := ReadWorld(file)
	if err != nil {
		t.Fatal(err)
	}
	g := read(t, `{"id":"a","entities":[{"id":"h","type":"Place","names":["هيت"]},{"id":"i","type":"Place","names":["العراق"]}],"facts":[]}`)
	p := read(t, `{"id":"a","entities":[{"id":"h","type":"Place","names":["هيت"]},{"id":"i","type":"Place","names":["العراق"]}],"facts":[{"type":"LocatedIn","agent":["h"],"patient":["i"]}]}`)
	if r := Score(g, p, w); r.Facts.FP != 0 {
		t.Error("what is true in the world counts as wrong")
	}
	if r := Score(g, p, nil); r.Facts.FP != 1 {
		t.Error("without a world it should count as wrong")
	}
}

// TestAgainstScorer compares every figure and every error with the gold
// standard's own scorer, on predictions made by damaging gold.
func TestAgainstScorer(t *testing.T) {
	shared := os.Getenv("SILA_SHARED")
	if shared == "" {
		shared = "../../../shared"
	}
	python, err := exec.LookPath("python3")
	script := filepath.Join(shared, "gold", "score.py")
	if _, serr := os.Stat(script); err != nil || serr != nil {
		t.Skip("needs python3 and the gold standard's scorer")
	}
	world, err := ReadWorld(filepath.Join(shared, "gold", "world.tsv"))
	if err != nil {
		t.Fatal(err)
	}
	for part, seeds := range map[string]uint64{"seed": 3, "dev": 2, "train": 1} {
		file := filepath.Join(shared, "gold", part, "gold.jsonl")
		golds, err := ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for seed := range seeds {
			damaged, err := ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			pred := filepath.Join(t.TempDir(), "pred.jsonl")
			write(t, pred, damage(damaged, rand.New(rand.NewPCG(seed, 7))))
			read, err := ReadFile(pred)
			if err != nil {
				t.Fatal(err)
			}
			r := Score(golds, read, world)

			out, err := exec.Command(python, script, file, pred, "--json").Output()
			if err != nil {
				t.Fatal(err)
			}
			var want, have any
			if err := json.Unmarshal(out, &want); err != nil {
				t.Fatal(err)
			}
			b, err := json.Marshal(r)
			if err != nil {
				t.Fatal(err)
			}
			if err := json.Unmarshal(b, &have); err != nil {
				t.Fatal(err)
			}
			if h, w := canonical(t, have), canonical(t, want); h != w {
				t.Errorf("%s %d: have\n%s\nwant\n%s", part, seed, h, w)
			}
			var text bytes.Buffer
			if err := r.Print(&text, true); err != nil {
				t.Fatal(err)
			}
			out, err = exec.Command(python, script, file, pred, "--errors").Output()
			if err != nil {
				t.Fatal(err)
			}
			if text.String() != string(out) {
				a, b := strings.Split(text.String(), "\n"), strings.Split(string(out), "\n")
				for i := range min(len(a), len(b)) {
					if a[i] != b[i] {
						t.Errorf("%s %d: line %d: have\n%s\nwant\n%s", part, seed, i+1, a[i], b[i])
						break
					}
				}
			}
		}
	}
}

func canonical(t *testing.T, v any) string {
	b, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func write(t *testing.T, file string, docs []*doc.Document) {
	t.Helper()
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	for _, d := range docs {
		if err := enc.Encode(d); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.WriteFile(file, b.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
}

// damage makes predictions of gold: entities lost, retyped, split and invented;
// roles swapped, dropped and changed; facts with other types, times and sources.
func damage(docs []*doc.Document, r *rand.Rand) []*doc.Document {
	types := doc.Types().List
	any := func(d *doc.Document) string { return d.Entities[r.IntN(len(d.Entities))].ID }
	for _, d := range docs {
		for i := range d.Entities {
			e := &d.Entities[i]
			e.Optional = r.IntN(30) == 0
			switch r.IntN(12) {
			case 0:
				e.Type = doc.EntityTypes[r.IntN(len(doc.EntityTypes))]
			case 1:
				e.Names = []string{e.Names[len(e.Names)-1]}
			case 2:
				e.Names = []string{"اسم غريب"}
			case 3:
				e.Names = []string{strings.Fields(e.Names[0])[0]}
			case 4:
				d.Entities = append(d.Entities, doc.Entity{ID: e.ID + "x", Type: e.Type, Names: e.Names})
			}
		}
		for i := range d.Facts {
			f := &d.Facts[i]
			f.Optional = r.IntN(30) == 0
			switch r.IntN(14) {
			case 0:
				f.Type = types[r.IntN(len(types))].Name
			case 1:
				f.Agent, f.Patient = f.Patient, f.Agent
			case 2:
				f.Agent = nil
			case 3:
				f.Patient = nil
			case 4:
				f.Agent = append(f.Agent, any(d))
			case 5:
				f.Patient = append(f.Patient, any(d))
			case 6:
				f.Status = []doc.Status{doc.Actual, doc.Intended, doc.Possible, doc.Negated}[r.IntN(4)]
			case 7:
				f.Source = any(d)
			case 8:
				f.Time = "2016-07-20"
			case 9:
				f.Place = []string{any(d)}
			}
		}
		for range r.IntN(4) {
			d.Facts = append(d.Facts, doc.Fact{Type: types[r.IntN(len(types))].Name, Agent: []string{any(d)}, Patient: []string{any(d)}})
		}
		if r.IntN(3) == 0 {
			d.Entities = d.Entities[1:]
		}
	}
	return docs[r.IntN(2):]
}
