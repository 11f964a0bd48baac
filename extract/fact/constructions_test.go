package fact_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/sila-graph/sila/extract/arabic"
	"github.com/sila-graph/sila/extract/doc"
	"github.com/sila-graph/sila/extract/fact"
	"github.com/sila-graph/sila/extract/gazetteer"
	"github.com/sila-graph/sila/extract/mention"
)

// built is one sentence of testdata/constructions.txt with its names and facts.
type built struct {
	text  string
	names []doc.Entity
	facts []doc.Fact
	line  int
}

// construction is one of the thirty, with its sentences.
type construction struct {
	name      string
	sentences []built
}

// readConstructions reads testdata/constructions.txt, whose head says how.
func readConstructions(t *testing.T, text string) []construction {
	t.Helper()
	var out []construction
	n := 0
	for line := range strings.Lines(text) {
		n++
		line = strings.TrimSpace(line)
		key, value, ok := strings.Cut(line, ": ")
		if line == "" || line[0] == '#' {
			continue
		}
		if key, value = strings.TrimSuffix(key, ":"), strings.TrimSpace(value); !ok {
			t.Fatalf("constructions.txt:%d: %q is no field", n, line)
		}
		if key == "construction" {
			out = append(out, construction{name: value})
			continue
		}
		c := &out[len(out)-1]
		if key == "text" || key == "title" {
			b := built{line: n, text: "خبر\n" + value}
			if key == "title" {
				b.text = value + "\nخبر."
			}
			c.sentences = append(c.sentences, b)
			continue
		}
		b := &c.sentences[len(c.sentences)-1]
		switch key {
		case "names":
			b.names = readNames(t, n, value)
		case "nominals":
			name, nominal, _ := strings.Cut(value, "=")
			for i := range b.names {
				if b.names[i].ID == name {
					b.names[i].Nominals = append(b.names[i].Nominals, nominal)
				}
			}
		case "fact":
			b.facts = append(b.facts, readFact(t, n, value))
		default:
			t.Fatalf("constructions.txt:%d: unknown field %q", n, key)
		}
	}
	return out
}

// readNames reads «حسن=أبو عمر/P الكويت/L»; ids are the first forms.
func readNames(t *testing.T, n int, value string) []doc.Entity {
	types := map[byte]doc.EntityType{'P': doc.Person, 'O': doc.Organization, 'L': doc.Place, 'G': doc.Group, 'E': doc.Event}
	var out []doc.Entity
	for {
		forms, rest, ok := strings.Cut(value, "/")
		if !ok || rest == "" || types[rest[0]] == "" {
			t.Fatalf("constructions.txt:%d: names %q; want name/type", n, value)
		}
		names := strings.Split(strings.TrimSpace(forms), "=")
		e := doc.Entity{ID: names[0], Type: types[rest[0]], Names: names}
		for _, x := range gazetteer.Default().Lookup(names[0]) {
			if x.Type == e.Type && !x.Ambiguous {
				e.Kind, e.Ref = x.Kind, x.Ref
				break
			}
		}
		out = append(out, e)
		if value = strings.TrimSpace(rest[1:]); value == "" {
			return out
		}
	}
}

// readFact reads «Kill | killer | killed + killed | status=possible; source=x».
func readFact(t *testing.T, n int, value string) doc.Fact {
	parts := strings.SplitN(value, "|", 4)
	names := func(i int) (out []string) {
		if i < len(parts) {
			for _, s := range strings.Split(parts[i], "+") {
				if s = strings.TrimSpace(s); s != "" {
					out = append(out, s)
				}
			}
		}
		return out
	}
	f := doc.Fact{Type: strings.TrimSpace(parts[0]), Agent: names(1), Patient: names(2), Status: doc.Actual}
	if len(parts) == 4 {
		for _, q := range strings.Split(parts[3], ";") {
			k, v, _ := strings.Cut(strings.TrimSpace(q), "=")
			switch k {
			case "status":
				f.Status = doc.Status(v)
			case "source":
				f.Source = v
			case "title":
				f.Title = v
			case "ended":
				f.Ended = true
			default:
				t.Fatalf("constructions.txt:%d: unknown qualifier %q", n, q)
			}
		}
	}
	if _, ok := doc.Types().ByName(f.Type); !ok {
		t.Fatalf("constructions.txt:%d: unknown type %q", n, f.Type)
	}
	return f
}

// states says whether a fact states the pairs of the wanted one: each of its
// agents and patients is there.
func states(f, want *doc.Fact) bool {
	if f.Type != want.Type || want.Title != "" && f.Title != want.Title {
		return false
	}
	all := func(have, want []string) bool {
		return !slices.ContainsFunc(want, func(w string) bool { return !slices.Contains(have, w) })
	}
	if t, _ := doc.Types().ByName(f.Type); t.Symmetric {
		return all(append(slices.Clone(f.Agent), f.Patient...), want.Agent)
	}
	return all(f.Agent, want.Agent) && all(f.Patient, want.Patient) && (len(want.Agent) > 0 || len(f.Agent) == 0)
}

// split makes one wanted fact per pair of one that has several patients, as facts may.
func split(want doc.Fact) []doc.Fact {
	if len(want.Patient) < 2 {
		return []doc.Fact{want}
	}
	var out []doc.Fact
	for _, p := range want.Patient {
		f := want
		f.Patient = []string{p}
		out = append(out, f)
	}
	return out
}

// TestConstructions asks each construction for at least three sentences, and
// keeps as a golden file which facts of them the rules propose, which the model
// states with its threshold, and which have status and source right.
func TestConstructions(t *testing.T) {
	text, err := os.ReadFile(filepath.Join("testdata", "constructions.txt"))
	if err != nil {
		t.Fatal(err)
	}
	list := readConstructions(t, string(text))
	if len(list) != 30 {
		t.Errorf("%d constructions, want 30", len(list))
	}
	x := fact.New()
	var out, missed strings.Builder
	fmt.Fprintf(&out, "wanted proposed stated status source\n")
	var sum [5]int
	for _, c := range list {
		if len(c.sentences) < 3 {
			t.Errorf("construction %s has %d sentences, want 3", c.name, len(c.sentences))
		}
		var row [5]int
		for _, s := range c.sentences {
			at := arabic.Analyze(s.text)
			names := mention.Project(at, s.names)
			spoken := map[string]bool{}
			for i := range names.Spans {
				spoken[names.Entities[names.Spans[i].Entity].ID] = true
			}
			for _, e := range s.names {
				if !spoken[e.ID] {
					t.Errorf("constructions.txt:%d: the sentence does not name %s", s.line, e.ID)
				}
			}
			stated := x.Extract(at, names, "2026-03-02")
			proposed := x.Proposed(at, names, "2026-03-02")
			for _, w := range s.facts {
				for _, want := range split(w) {
					row[0]++
					is := func(f doc.Fact) bool { return states(&f, &want) }
					p, k := slices.IndexFunc(proposed, is), slices.IndexFunc(stated, is)
					what := "not proposed"
					if p >= 0 {
						row[1]++
						what = "not stated"
					}
					if k >= 0 {
						row[2]++
						what = ""
						if f := &stated[k]; f.Status == want.Status && f.Ended == want.Ended {
							row[3]++
						} else {
							what = "status " + string(f.Status)
						}
						if f := &stated[k]; f.Source == want.Source {
							row[4]++
						} else {
							what += " source " + f.Source
						}
					}
					if what != "" {
						_, sentence, _ := strings.Cut(s.text, "\n")
						if sentence == "خبر." {
							sentence, _, _ = strings.Cut(s.text, "\n")
						}
						number, _, _ := strings.Cut(c.name, " ")
						fmt.Fprintf(&missed, "%s %s: %s(%s, %s): %s\n", number, strings.TrimSpace(what), want.Type, strings.Join(want.Agent, "، "), strings.Join(want.Patient, "، "), sentence)
					}
				}
			}
		}
		fmt.Fprintf(&out, "%6d %8d %6d %6d %6d  %s\n", row[0], row[1], row[2], row[3], row[4], c.name)
		for i := range row {
			sum[i] += row[i]
		}
	}
	fmt.Fprintf(&out, "%6d %8d %6d %6d %6d  all\n\n%s", sum[0], sum[1], sum[2], sum[3], sum[4], missed.String())
	golden := filepath.Join("testdata", "constructions.golden")
	if *update {
		if err := os.WriteFile(golden, []byte(out.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if out.String() != string(want) {
		t.Errorf("what comes of the constructions has changed; if for the better, run go test ./extract/fact -update\n%s", out.String())
	}
}
