package jsonl

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"github.com/sila-graph/sila/extract/doc"
)

func TestRoundTrip(t *testing.T) {
	d := &doc.Document{V: doc.Version, ID: "a", Title: "وصل كيري إلى بغداد <عاجل>",
		Entities: []doc.Entity{{ID: "e1", Type: doc.Person, Names: []string{"كيري"}}},
		Facts:    []doc.Fact{{Type: "Visit", Agent: []string{"e1"}, Count: doc.Exactly(3)}}}
	var b bytes.Buffer
	for range 2 {
		if err := Write(&b, d); err != nil {
			t.Fatal(err)
		}
	}
	if !strings.Contains(b.String(), "<عاجل>") {
		t.Errorf("escaped: %s", b.String())
	}
	n := 0
	err := Read("x", &b, func(got *doc.Document) error {
		n++
		if got.Title != d.Title || got.Entities[0].Names[0] != "كيري" || *got.Facts[0].Count.High != 3 {
			t.Errorf("have %+v", got)
		}
		return nil
	})
	if err != nil || n != 2 {
		t.Errorf("%d documents, %v", n, err)
	}
}

func TestErrors(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"{\"id\":\"a\"}\n\n{", "x:3: unexpected end"},
		{"{}", "x:1: an object without id"},
		{"{\"id\":\"\xff\"}", "x:1: not valid UTF-8"},
		{"{\"id\":\"a\",\"facts\":[{\"count\":3}]}", "x:1: count 3: want [low, high]"},
	} {
		err := Read("x", strings.NewReader(c.text), func(*doc.Document) error { return nil })
		if err == nil || !strings.HasPrefix(err.Error(), c.want) {
			t.Errorf("%q: have %v, want %s", c.text, err, c.want)
		}
	}
	stop := errors.New("enough")
	if err := Read("x", strings.NewReader("{\"id\":\"a\"}"), func(*doc.Document) error { return stop }); err != stop {
		t.Errorf("have %v", err)
	}
}

func FuzzRead(f *testing.F) {
	f.Add(`{"id":"a","facts":[{"type":"Meet","agent":["e1"],"count":[1,null]}]}`)
	f.Fuzz(func(t *testing.T, s string) {
		_ = Read("f", strings.NewReader(s), func(d *doc.Document) error { return Write(&bytes.Buffer{}, d) })
	})
}
