package export

import (
	"bytes"
	"context"
	"slices"
	"strings"
	"testing"

	"github.com/cayleygraph/quad"
	"github.com/cayleygraph/quad/nquads"
)

type list []quad.Quad

func (l list) Match(_ context.Context, _ quad.Quad, fn func(quad.Quad) error) error {
	for _, q := range l {
		if err := fn(q); err != nil {
			return err
		}
	}
	return nil
}

func TestNQuads(t *testing.T) {
	all := list{
		{Subject: quad.IRI("place/الموصل"), Predicate: quad.IRI("rdfs:label"), Object: quad.LangString{Value: "الموصل", Lang: "ar"}},
		{Subject: quad.IRI("report/a/1"), Predicate: quad.IRI("sila:evidence"), Object: quad.String("سطر \"أول\"\nوثان\\"), Label: quad.IRI("article/a")},
		{Subject: quad.IRI("report/a/1"), Predicate: quad.IRI("sila:confidence"), Object: quad.Float(0.83), Label: quad.IRI("article/a")},
		{Subject: quad.IRI("report/a/1"), Predicate: quad.IRI("sila:sentence"), Object: quad.Int(3), Label: quad.IRI("article/a")},
		{Subject: quad.IRI("report/a/1"), Predicate: quad.IRI("sila:ended"), Object: quad.Bool(true), Label: quad.IRI("article/a")},
	}
	var b, s bytes.Buffer
	if err := NQuads(context.Background(), &b, all); err != nil {
		t.Fatal(err)
	}
	back, err := quad.ReadAll(nquads.NewReader(bytes.NewReader(b.Bytes()), false))
	if err != nil || !slices.Equal(back, []quad.Quad(all)) {
		t.Errorf("came back as %v, %v", back, err)
	}
	if err := Sorted(context.Background(), &s, all); err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSuffix(s.String(), "\n"), "\n")
	if !slices.IsSorted(lines) || len(lines) != len(all) {
		t.Errorf("not sorted: %q", lines)
	}
}
