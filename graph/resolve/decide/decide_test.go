package decide

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/sila-graph/sila/extract/doc"
)

func person(article, name string) Member { return Member{article, doc.Person, name} }

var day = time.Date(2026, 11, 25, 18, 0, 0, 0, time.UTC)

func at(n int) *int { return &n }

func TestFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "news.db.decisions.jsonl")
	f, err := Read(path)
	if err != nil {
		t.Fatal(err)
	}
	one := Decision{Kind: Same, Members: []Member{person("a2", "كيري"), person("a1", "جون كيرى")}, By: "amal", At: day, Note: "the  minister"}
	added, err := f.Add(one, one)
	if err != nil || len(added) != 1 || added[0].ID == "" {
		t.Fatalf("%v %v", added, err)
	}
	if err := f.Write(); err != nil {
		t.Fatal(err)
	}
	if b, _ := os.ReadFile(path); !strings.Contains(string(b), `{"decision":"same","members":[["a1","Person","جون كيري"],["a2","Person","كيري"]],"id":"`+added[0].ID+`","by":"amal","at":"2026-11-25T18:00:00Z","note":"the minister"}`) {
		t.Errorf("%s", b)
	}
	again, err := Read(path)
	if err != nil {
		t.Fatal(err)
	}
	if more, err := again.Add(one); err != nil || len(more) != 0 {
		t.Errorf("taken twice: %v %v", more, err)
	}
	if !again.Set().One(person("a1", "جون كيري"), person("a2", "كيري")) {
		t.Error("the two aren't one")
	}
	if _, err := again.Add(Decision{Kind: Undo, Of: added[0].ID}); err != nil {
		t.Fatal(err)
	}
	if err := again.Write(); err != nil {
		t.Fatal(err)
	}
	if again.Set().Hash() != "" || len(again.Decisions()) != 0 || again.Log()[0].Holds || again.Log()[0].Undone == nil {
		t.Errorf("undone: %+v", again.Log())
	}
	if _, err := again.Add(Decision{Kind: Undo, Of: added[0].ID}); err == nil {
		t.Error("undone twice")
	}
	if more, err := again.Add(one); err != nil || len(more) != 1 || !again.Log()[1].Holds {
		t.Errorf("taken again: %v %v", more, err)
	}
	if _, err := f.Add(Decision{Kind: Alias, Name: "الوزير كيري", Members: one.Members[:1]}); err != nil {
		t.Fatal(err)
	}
	if err := f.Write(); !errors.Is(err, ErrChanged) {
		t.Errorf("overwrote what another wrote: %v", err)
	}
}

func TestComments(t *testing.T) {
	text := "# by hand\n\n{\"decision\":\"same\",\"members\":[[\"a1\",\"Person\",\"كيري\"],[\"a2\",\"Person\",\"كيري\"]]}\r\n// more\n"
	f, err := Parse("x", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	if want := strings.ReplaceAll(text, "\r", ""); string(f.Text()) != want {
		t.Errorf("%q", f.Text())
	}
	if ds := f.Decisions(); len(ds) != 1 || ds[0].ID == "" || f.Log()[0].Line != 3 {
		t.Errorf("%+v", ds)
	}
}

func TestErrors(t *testing.T) {
	good := `{"decision":"same","id":"x","members":[["a1","Person","كيري"],["a2","Person","كيري"]]}`
	for text, want := range map[string]string{
		"\n" + `{"decision":"same","members":[["a1","Person","كيري"]`:                               `f:2: the line is cut off; mend the line`,
		`{"decision":"same","members":[["a1","Person","كيري"]]}`:                                    `needs two different members`,
		`{"decision":"same","members":[["a1","Person"]]}`:                                           `is no member: write ["article id"`,
		`{"decision":"same","members":[["a1","Ship","x"],["a2","Ship",""]]}`:                        `no type of entity "Ship"`,
		`{"decision":"same","membres":[]}`:                                                          `unknown field "membres"`,
		`{"decision":"melt"}`:                                                                       `no decision "melt"; known are same,`,
		`{"decision":"different","members":[["a1","Person","x"]]}`:                                  `lacks "others"`,
		`{"decision":"different","members":[["a1","Person","x"]],"others":[["a1","Person","x"]]}`:   `stands on both sides`,
		`{"decision":"wrong","reports":[{"article":"a","type":"Melt"}]}`:                            `no type of fact "Melt"`,
		`{"decision":"wrong","reports":[{"article":"a","type":"Kill","agent":["x"]}]}`:              `"x" is nobody in a role`,
		`{"decision":"change","reports":[{"article":"a","type":"Kill"}],"to":{}}`:                   `changes nothing`,
		`{"decision":"change","reports":[{"article":"a","type":"Kill"}],"to":{"status":"maybe"}}`:   `no status "maybe"`,
		`{"decision":"change","reports":[{"article":"a","type":"Kill"}],"to":{"time":"yesterday"}}`: `no time`,
		`{"decision":"undo","of":"x"}`:                                                              `f:1: no decision above has the id "x"`,
		good + "\n" + strings.Replace(good, "a2", "a3", 1):                                          `f:2: the id "x" belongs to another`,
		good + good: `give each its own line`,
		"\xff":      `not UTF-8`,
		`{"decision":"alias","name":"!","members":[["a1","Person","كيري"]]}`: `is no name`,
	} {
		_, err := Parse("f", []byte(text))
		var le *LineError
		if !errors.As(err, &le) || !strings.Contains(err.Error(), want) {
			t.Errorf("%s:\n%v\nwant %s", text, err, want)
		}
	}
}

func TestConflicts(t *testing.T) {
	a, b, c, d := person("a1", "كيري"), person("a2", "كيري"), person("a3", "كيري"), person("a4", "كيري")
	same := func(ms ...Member) Decision { return Decision{Kind: Same, Members: ms} }
	apart := func(m, n Member) Decision {
		return Decision{Kind: Different, Members: []Member{m}, Others: []Member{n}}
	}
	f := &File{}
	if _, err := f.Add(same(a, b), same(c, d), apart(a, d), same(b, c)); err != nil {
		t.Fatal(err)
	}
	s := f.Set() // b and c are one for sure; a and d are apart; of a–b and c–d the later holds
	if !s.One(b, c) || !s.One(c, d) || s.One(a, b) || !s.Apart(a, d) || !s.Apart(a, b) || len(s.Conflicts) != 1 || s.Conflicts[0].ID != f.Log()[0].ID {
		t.Errorf("%+v %+v", s.groups, s.Conflicts)
	}
	if added, err := f.Add(same(a, b)); err != nil || len(added) != 1 || !f.Set().One(a, b) {
		t.Errorf("an overruled decision taken again: %v %v", added, err)
	}
	if s := NewSet(nil); s.Hash() != "" || s.Groups() != 0 || s.Apart(a, b) {
		t.Error("the empty set")
	}
	var none *Set
	if none.Hash() != "" || none.One(a, b) || none.Judges("a1") || none.Named(Name{doc.Person, "x"}) != nil || none.Decisions() != nil {
		t.Error("the nil set")
	}
}

func TestVerdicts(t *testing.T) {
	d := &doc.Document{ID: "a1", Entities: []doc.Entity{
		{ID: "e1", Type: doc.Organization, Names: []string{"الجيش السوري"}}, {ID: "e2", Type: doc.Place, Names: []string{"إدلب"}}, {ID: "e3", Type: doc.Place, Nominals: []string{"البلدة"}},
	}, Facts: []doc.Fact{
		{Type: "Attack", Agent: []string{"e1"}, Patient: []string{"e2"}, Sentence: 2},
		{Type: "Attack", Agent: []string{"e1"}, Patient: []string{"e2"}, Sentence: 5},
		{Type: "Kill", Place: []string{"e3"}, Sentence: 5},
	}}
	r := ReportOf(d, 0)
	if b, _ := marshal(r); string(b) != `{"article":"a1","type":"Attack","agent":["Organization:الجيش السوري"],"patient":["Place:ادلب"],"sentence":2}` {
		t.Errorf("%s", b)
	}
	all := r
	all.Sentence = nil
	negated := doc.Negated
	none := []string{}
	f := &File{}
	if _, err := f.Add(Decision{Kind: Wrong, Reports: []Report{all}}, Decision{Kind: Right, Reports: []Report{r}},
		Decision{Kind: Change, Reports: []Report{ReportOf(d, 2)}, To: &Revision{Type: "Injure", Status: &negated, Patient: &[]string{"Place:#e3"}, Place: &none}}); err != nil {
		t.Fatal(err)
	}
	v := f.Set().Judge(d)
	if v[0].Kind != Right || v[1].Kind != Wrong || v[2].Kind != Change {
		t.Fatalf("%v", v)
	}
	got, err := v[2].To.Apply(d, d.Facts[2])
	if err != nil || got.Type != "Injure" || got.Status != doc.Negated || !slices.Equal(got.Patient, []string{"e3"}) || len(got.Place) != 0 {
		t.Errorf("%+v %v", got, err)
	}
	if _, err := (&Revision{Agent: &[]string{"Person:x"}}).Apply(d, d.Facts[0]); err == nil {
		t.Error("a role for nobody")
	}
	if ch := Diff(nil, f.Set()); !slices.Equal(ch.Articles, []string{"a1"}) || len(ch.Members) != 0 {
		t.Errorf("%+v", ch)
	}
}

// random takes n decisions on a few members, now and then undoing one.
func random(r *rand.Rand, n int) *File {
	f := &File{}
	m := func() []Member {
		out := make([]Member, 1+r.IntN(3))
		for i := range out {
			out[i] = Member{fmt.Sprint("a", r.IntN(6)), doc.EntityTypes[r.IntN(2)], []string{"كيري", "جون كيري", "#e1"}[r.IntN(3)]}
		}
		return out
	}
	for range n {
		d := Decision{Kind: Kinds[r.IntN(len(Kinds))], By: "t", At: day.Add(time.Duration(r.IntN(1e6)) * time.Second)}
		switch d.Kind {
		case Same:
			d.Members = append(m(), m()...)
		case Different, Unsure:
			d.Members, d.Others = m(), m()
		case Alias:
			d.Members, d.Name = m(), []string{"=الوزير", "أبو بكر"}[r.IntN(2)]
		case Right, Wrong, Change:
			d.Reports = []Report{{Article: fmt.Sprint("a", r.IntN(3)), Type: "Kill", Agent: []string{"Person:كيري"}, Sentence: []*int{nil, at(0), at(7)}[r.IntN(3)]}}
			if d.Kind == Change {
				title := fmt.Sprint("-", r.IntN(3))
				d.To = &Revision{Title: &title}
			}
		case Undo:
			if ds := f.Decisions(); len(ds) > 0 {
				d.Of = ds[r.IntN(len(ds))].ID
			}
		}
		_, _ = f.Add(d) // some don't make sense: those leave no trace
	}
	return f
}

// TestProperties: what is written is read back; the set follows from the file;
// the latest decision always holds; a group and those it is apart from are disjoint;
// undoing gives the set as it was; a table says the same as the file.
func TestProperties(t *testing.T) {
	for seed := range uint64(300) {
		r := rand.New(rand.NewPCG(seed, 1))
		f := random(r, 1+r.IntN(14))
		g, err := Parse("f", f.Text())
		if err != nil {
			t.Fatalf("seed %d: %v\n%s", seed, err, f.Text())
		}
		s := f.Set()
		if !reflect.DeepEqual(s, g.Set()) || !bytes.Equal(f.Text(), g.Text()) {
			t.Fatalf("seed %d: read back otherwise\n%s", seed, f.Text())
		}
		for i := range s.Groups() {
			if s.Sides(int32(i)).Opposed(nil) || len(s.Members(int32(i))) == 0 {
				t.Fatalf("seed %d: group %d", seed, i)
			}
		}
		var table bytes.Buffer
		if err := WriteCSV(&table, f.Decisions()); err != nil {
			t.Fatal(err)
		}
		ds, err := ReadCSV("t", &table)
		if err != nil || !reflect.DeepEqual(NewSet(ds), s) || len(ds) != len(f.Decisions()) {
			t.Fatalf("seed %d: the table says otherwise: %v", seed, err)
		}
		last := Decision{Kind: Same, Members: []Member{person("a1", "كيري"), person("a2", "جون كيري")}, At: day}
		added, err := g.Add(last)
		if err != nil {
			t.Fatal(err)
		}
		if !g.Set().One(last.Members[0], last.Members[1]) || g.Set().Apart(last.Members[0], last.Members[1]) {
			t.Fatalf("seed %d: the latest decision doesn't hold\n%s", seed, g.Text())
		}
		if len(added) == 1 && !slices.ContainsFunc(f.Decisions(), func(d Decision) bool { return d.ID == added[0].ID }) {
			if ch := Diff(s, g.Set()); ch.Empty() && !s.One(last.Members[0], last.Members[1]) {
				t.Fatalf("seed %d: nothing changes", seed)
			}
			if _, err := g.Add(Decision{Kind: Undo, Of: added[0].ID}); err != nil {
				t.Fatal(err)
			}
			if ch := Diff(s, g.Set()); !ch.Empty() || g.Set().Hash() != s.Hash() {
				t.Fatalf("seed %d: undone, but %+v", seed, ch)
			}
		}
	}
}

func FuzzParse(f *testing.F) {
	for seed := range uint64(6) {
		f.Add(random(rand.New(rand.NewPCG(seed, 2)), 6).Text())
	}
	f.Add([]byte("\ufeff# x\r\n\r\n{\"decision\":\"undo\",\"of\":\"\"}"))
	f.Fuzz(func(t *testing.T, text []byte) {
		file, err := Parse("f", text)
		if err != nil {
			var le *LineError
			if !errors.As(err, &le) {
				t.Fatalf("an error without a line: %v", err)
			}
			return
		}
		again, err := Parse("f", file.Text())
		if err != nil || again.Set().Hash() != file.Set().Hash() || !bytes.Equal(again.Text(), file.Text()) {
			t.Fatalf("%v\n%q\n%q", err, text, file.Text())
		}
		if ch := Diff(file.Set(), again.Set()); !ch.Empty() {
			t.Fatalf("%+v", ch)
		}
		for _, d := range file.Decisions() { // what is tidy stays as it is
			was, _ := marshal(d)
			if err := d.tidy(); err != nil {
				t.Fatal(err)
			}
			if is, _ := marshal(d); !bytes.Equal(was, is) {
				t.Fatalf("%s\n%s", was, is)
			}
		}
	})
}

func FuzzReadCSV(f *testing.F) {
	for seed := range uint64(6) {
		var b bytes.Buffer
		if err := WriteCSV(&b, random(rand.New(rand.NewPCG(seed, 3)), 6).Decisions()); err != nil {
			f.Fatal(err)
		}
		f.Add(b.String())
	}
	f.Add("decision,article,type,name\nsame,a1,Person,x\n")
	f.Fuzz(func(t *testing.T, text string) {
		ds, err := ReadCSV("t", strings.NewReader(text))
		if err != nil {
			return
		}
		var b bytes.Buffer
		if err := WriteCSV(&b, ds); err != nil {
			t.Fatal(err)
		}
		again, err := ReadCSV("t", &b)
		if err != nil || NewSet(again).Hash() != NewSet(ds).Hash() {
			x, _ := json.Marshal(ds)
			y, _ := json.Marshal(again)
			t.Fatalf("%v\n%s\n%s", err, x, y)
		}
	})
}

func BenchmarkSet(b *testing.B) {
	var ds []Decision
	for i := range 2000 {
		d := Decision{Kind: Same, Members: []Member{person(fmt.Sprint("a", i), "كيري"), person(fmt.Sprint("a", i+1+i%3), "كيري")}}
		if err := d.tidy(); err != nil {
			b.Fatal(err)
		}
		ds = append(ds, d)
	}
	b.Run("new", func(b *testing.B) {
		for b.Loop() {
			NewSet(ds)
		}
	})
	s, m := NewSet(ds), person("a77", "كيري")
	b.Run("group", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			s.Group(m)
		}
	})
}
