package when

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/sila-graph/sila/extract/arabic"
)

// find gives the expressions of a sentence as «words=value», with < for Start, > for End, ~ for Vague, @ for Dateline.
func find(text, date string) string {
	t := arabic.Analyze(text)
	var f Finder
	var out []string
	for _, e := range f.Find(t, date, nil) {
		s := t.Span(int(e.First), int(e.Last)) + "=" + e.Value
		for _, x := range []struct {
			on   bool
			mark string
		}{{e.Start, "<"}, {e.End, ">"}, {e.Vague, "~"}, {e.Dateline, "@"}} {
			if x.on {
				s += x.mark
			}
		}
		out = append(out, s)
	}
	return strings.Join(out, " | ")
}

func TestFind(t *testing.T) {
	for _, c := range cases {
		if got := find(c.text, c.date); got != c.want {
			t.Errorf("%s (%s)\n got %s\nwant %s", c.text, c.date, got, c.want)
		}
	}
}

// TestOrder holds Find to what it promises whatever the text.
func check(t *testing.T, text, date string) {
	x := arabic.Analyze(text)
	var f Finder
	prev := int32(-1)
	for _, e := range f.Find(x, date, nil) {
		if e.First < prev || e.Last < e.First || int(e.Last) >= len(x.Tokens) || x.SentenceOf(int(e.First)) != int(e.Sentence) || int(e.Last) >= int(x.Sentences[e.Sentence].Last) {
			t.Fatalf("%q: %+v after %d", text, e, prev)
		}
		prev = e.First
		if e.Value == "" {
			if _, ok := parseDay(date); ok {
				t.Fatalf("%q: no value: %+v", text, e)
			}
		}
		if len(e.Value) == 10 {
			if _, ok := parseDay(e.Value); !ok {
				t.Fatalf("%q: %+v", text, e)
			}
		}
	}
}

func FuzzFind(f *testing.F) {
	for _, c := range cases {
		f.Add(c.text, c.date)
	}
	f.Fuzz(func(t *testing.T, text, date string) { check(t, text, date) })
}

func TestWordList(t *testing.T) {
	if !strings.HasPrefix(wordsText, "# ") {
		t.Error("no comment on top")
	}
	prev := ""
	for i, line := range strings.Split(strings.TrimSuffix(wordsText, "\n"), "\n") {
		if line[0] == '#' {
			continue
		}
		f := strings.Split(line, "\t")
		if len(f) < 2 || classNames[f[1]] == none || f[0] <= prev || string(fold(nil, arabic.Normalize(f[0]))) != f[0] {
			t.Errorf("line %d: %q: unknown class, out of order, doubled or unfolded", i+1, line)
		}
		if _, ok := arabic.Month(f[0]); ok {
			t.Errorf("line %d: %q is a month", i+1, line)
		}
		prev = f[0]
	}
}

func BenchmarkFind(b *testing.B) {
	var sb strings.Builder
	for _, c := range cases {
		sb.WriteString(c.text + "\n")
		sb.WriteString("وأكد المتحدث باسم الوزارة أن القوات المشتركة تواصل تقدمها في محيط المدينة بعد معارك مع مسلحي التنظيم أسفرت عن مقتل عدد منهم.\n")
	}
	t := arabic.Analyze(sb.String())
	var f Finder
	dst := f.Find(t, "2015-07-21", nil)
	b.ReportAllocs()
	for b.Loop() {
		dst = f.Find(t, "2015-07-21", dst[:0])
	}
	b.ReportMetric(float64(len(t.Tokens))*float64(b.N)/b.Elapsed().Seconds(), "tokens/s")
}

// TestGold prints how many fact times of the shared gold are the value of an expression in the sentence of the evidence.
func TestGold(t *testing.T) {
	dir := os.Getenv("SILA_SHARED")
	if dir == "" {
		dir = filepath.Join("..", "..", "..", "shared")
	}
	part := os.Getenv("SILA_GOLD")
	if part == "" {
		part = "train"
	}
	read := func(name string, line func([]byte)) {
		b, err := os.ReadFile(filepath.Join(dir, "gold", part, name))
		if err != nil {
			t.Skip(err)
		}
		sc := bufio.NewScanner(bytes.NewReader(b))
		sc.Buffer(nil, 1<<24)
		for sc.Scan() {
			line(sc.Bytes())
		}
	}
	type article struct{ ID, Date, Title, Text string }
	arts := map[string]article{}
	read("articles.jsonl", func(b []byte) {
		var a article
		if err := json.Unmarshal(b, &a); err != nil {
			t.Fatal(err)
		}
		arts[a.ID] = a
	})
	var f Finder
	hit, all := map[int]int{}, map[int]int{}
	anywhere := map[int]int{}
	read("gold.jsonl", func(b []byte) {
		var g struct {
			ID    string
			Facts []struct{ Time, Evidence string }
		}
		if err := json.Unmarshal(b, &g); err != nil {
			t.Fatal(err)
		}
		a := arts[g.ID]
		full := a.Title + "\n" + a.Text
		x := arabic.Analyze(full)
		exprs := f.Find(x, a.Date, nil)
		for _, fact := range g.Facts {
			n := len(fact.Time)
			if n == 0 {
				continue
			}
			all[n]++
			at := strings.Index(full, fact.Evidence)
			var there []string
			ok, far, sentence := false, false, ""
			for _, e := range exprs {
				s := x.Sentences[e.Sentence]
				from, to := x.Source(int(s.Start), int(s.End))
				v := e.Value
				if len(v) >= n {
					v = v[:n]
				}
				far = far || v == fact.Time
				if from < at+len(fact.Evidence) && at < to {
					ok = ok || v == fact.Time
					there = append(there, x.Span(int(e.First), int(e.Last))+"="+e.Value)
				}
			}
			for _, s := range x.Sentences {
				if from, to := x.Source(int(s.Start), int(s.End)); from <= at && at < to {
					sentence = full[from:to]
				}
			}
			if ok {
				hit[n]++
			} else if far {
				anywhere[n]++
			}
			if !ok && os.Getenv("SILA_MISSED") != "" {
				fmt.Printf("%s %s far=%v %v | %s\n", a.Date, fact.Time, far, there, sentence)
			}
		}
	})
	for _, n := range []int{10, 7, 4} {
		t.Logf("%s: precision %d: %d of %d in the sentence of the evidence, %d more elsewhere in the article", part, n, hit[n], all[n], anywhere[n])
	}
}
