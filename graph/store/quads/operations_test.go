package quads

import (
	"bytes"
	"context"
	"errors"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/quad"
	"github.com/cockroachdb/pebble/v2"
)

func TestOpening(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "sila.db")
	if _, err := Open(dir, Options{MustExist: true}); !errors.Is(err, graph.ErrNotInitialized) {
		t.Errorf("opening what isn't there: %v", err)
	}
	if err := graph.InitQuadStore(Type, dir, nil); err != nil {
		t.Fatal(err)
	}
	if err := graph.InitQuadStore(Type, dir, nil); !errors.Is(err, graph.ErrDatabaseExists) {
		t.Errorf("creating what is there: %v", err)
	}
	qs, err := graph.NewQuadStore(Type, dir, nil)
	if err != nil {
		t.Fatal(err)
	}
	s := qs.(*Store)
	if err := s.db.Set(metaFormat, []byte("99"), pebble.Sync); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Errorf("closing twice: %v", err)
	}
	if err := s.Apply(t.Context(), nil, nil); !errors.Is(err, errClosed) {
		t.Errorf("writing to a closed store: %v", err)
	}
	var ve *VersionError
	if _, err := Open(dir, Options{}); !errors.As(err, &ve) || ve.Found != "99" {
		t.Errorf("another format: %v", err)
	}

	other := filepath.Join(t.TempDir(), "other")
	db, err := pebble.Open(other, &pebble.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(db.Set([]byte("x"), nil, pebble.Sync), db.Close()); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(other, Options{}); !errors.As(err, &ve) || ve.Found != "" {
		t.Errorf("a database of someone else's: %v", err)
	}
}

func TestBackupAndRestore(t *testing.T) {
	s := testStore(t, Options{})
	r := rand.New(rand.NewPCG(9, 10))
	for range 5 {
		var quads []quad.Quad
		for range 50 {
			quads = append(quads, newsQuad(r))
		}
		if err := s.Apply(t.Context(), quads, nil); err != nil {
			t.Fatal(err)
		}
	}
	want := dump(t, s)
	dir := t.TempDir()
	backup, restored := filepath.Join(dir, "backup"), filepath.Join(dir, "restored")
	if err := s.Checkpoint(backup); err != nil {
		t.Fatal(err)
	}
	if err := s.Apply(t.Context(), []quad.Quad{newsQuad(r), quad.MakeIRI("a", "b", "c", "")}, nil); err != nil {
		t.Fatal(err)
	}
	if err := Restore(backup, restored); err != nil {
		t.Fatal(err)
	}
	if err := Restore(backup, restored); err == nil {
		t.Error("restored over a store that is there")
	}
	got, err := Open(restored, Options{MustExist: true})
	if err != nil {
		t.Fatal(err)
	}
	defer got.Close()
	if !slices.Equal(dump(t, got), want) {
		t.Error("the restored store differs")
	}
	mustCheck(t, got)
}

// TestCheckFindsDamage plants damage of each kind.
func TestCheckFindsDamage(t *testing.T) {
	long, err := appendValue(nil, longText(20))
	if err != nil {
		t.Fatal(err)
	}
	q, other := ids{1, 2, 3, 4}, ids{1, 2, 4, 3}
	type damage struct {
		damage func(b *pebble.Batch)
		want   string
	}
	all := map[string]damage{
		"strange key":                {func(b *pebble.Batch) { _ = b.Set([]byte{partPerm, 0xff}, nil, nil) }, "damaged record"},
		"unknown part":               {func(b *pebble.Batch) { _ = b.Set([]byte{0x70, 1}, nil, nil) }, "unknown key"},
		"value lost":                 {func(b *pebble.Batch) { _ = b.Delete(idKey(nil, partID, 3), nil) }, "id 3 is in a quad but not in the dictionary"},
		"long value lost":            {func(b *pebble.Batch) { _ = b.Delete(idKey(nil, partLong, 3), nil) }, "the value of id 3 is missing"},
		"id of no quad":              {func(b *pebble.Batch) { _ = b.Set(idKey(nil, partID, 4000), []byte("ix"), nil) }, "the next to be given out"},
		"value leads elsewhere":      {func(b *pebble.Batch) { _ = b.Set([]byte("\x02is"), appendID(nil, 2), nil) }, "leads to id"},
		"value twice":                {func(b *pebble.Batch) { _ = b.Set([]byte("\x02izz"), appendID(nil, 2), nil) }, "values lead to an id"},
		"counts":                     {func(b *pebble.Batch) { _ = b.Set(metaCounts, (&counts{5, 9, 9, 9}).append(nil), nil) }, "the count of quads is 9"},
		"count of a predicate":       {func(b *pebble.Batch) { _ = b.Set(idKey(nil, partPredicate, 2), make([]byte, 8), nil) }, "the count of predicate 2"},
		"format":                     {func(b *pebble.Batch) { _ = b.Delete(metaFormat, nil) }, "the record of the format"},
		"key behind all":             {func(b *pebble.Batch) { _ = b.Set([]byte{0xff, 1}, nil, nil) }, "unknown key"},
		"unknown record":             {func(b *pebble.Batch) { _ = b.Set([]byte{partMeta, 'x'}, nil, nil) }, "unknown key"},
		"value's id lost":            {func(b *pebble.Batch) { _ = b.Delete([]byte("\x02is"), nil) }, "leads to id 0"},
		"value's id damaged":         {func(b *pebble.Batch) { _ = b.Set([]byte("\x02is"), []byte{0xc0}, nil) }, "damaged record of a value's id"},
		"long value's id lost":       {func(b *pebble.Batch) { _ = b.Delete(appendDictKey(nil, long), nil) }, "leads to id 0"},
		"long value's id wrong":      {func(b *pebble.Batch) { _ = b.Set(appendDictKey(nil, long), appendID(nil, 4), nil) }, "the value of id 3 leads to id 4"},
		"long value changed":         {func(b *pebble.Batch) { _ = b.Set(idKey(nil, partLong, 3), bytes.ToUpper(append(long, 'x')[1:]), nil) }, "the value of id 3"},
		"long value of no one":       {func(b *pebble.Batch) { _ = b.Set(idKey(nil, partLong, 4), long, nil) }, "more records of long values"},
		"value changed":              {func(b *pebble.Batch) { _ = b.Set(idKey(nil, partID, 1), []byte("izz"), nil) }, "the value of id 1 leads to id 0"},
		"value damaged":              {func(b *pebble.Batch) { _ = b.Set(idKey(nil, partID, 1), []byte("?s"), nil) }, "damaged record of a value"},
		"id in no quad":              {func(b *pebble.Batch) { _ = b.Set(idKey(nil, partID, 5), []byte("ix"), nil) }, "id 5"},
		"next id":                    {func(b *pebble.Batch) { _ = b.Set(metaCounts, (&counts{3, 4, 1, 1}).append(nil), nil) }, "the next to be given out is 3"},
		"count of nodes":             {func(b *pebble.Batch) { _ = b.Set(metaCounts, (&counts{5, 3, 1, 1}).append(nil), nil) }, "the count of nodes is 3"},
		"count of labels":            {func(b *pebble.Batch) { _ = b.Set(metaCounts, (&counts{5, 4, 1, 0}).append(nil), nil) }, "the count of quads with a label is 0"},
		"count of nothing":           {func(b *pebble.Batch) { _ = b.Set(idKey(nil, partPredicate, 4), make([]byte, 8), nil) }, "counts no quads"},
		"predicate's record damaged": {func(b *pebble.Batch) { _ = b.Set(idKey(nil, partPredicate, 2), []byte{1}, nil) }, "damaged record"},
		"predicate without count":    {func(b *pebble.Batch) { _ = b.Delete(idKey(nil, partPredicate, 2), nil) }, "has no count"},
	}
	for p := range perms {
		want := "but not in " + perms[p].name
		if p == 0 {
			want = "is in POSL but not in SPOL"
		}
		all["quad missing in "+perms[p].name] = damage{func(b *pebble.Batch) { _ = b.Delete(perms[p].appendKey(nil, &q), nil) }, want}
		all["quad too much in "+perms[p].name] = damage{func(b *pebble.Batch) { _ = b.Set(perms[p].appendKey(nil, &other), nil, nil) }, "is in " + perms[p].name + " but not in "}
		all["value beside a key of "+perms[p].name] = damage{func(b *pebble.Batch) { _ = b.Set(perms[p].appendKey(nil, &q), []byte{1}, nil) }, "damaged record"}
	}
	for name, c := range all {
		t.Run(name, func(t *testing.T) {
			s := testStore(t, Options{})
			if err := s.Apply(t.Context(), []quad.Quad{{Subject: quad.IRI("s"), Predicate: quad.IRI("p"), Object: longText(20), Label: quad.IRI("l")}}, nil); err != nil {
				t.Fatal(err)
			}
			mustCheck(t, s)
			b := s.db.NewBatch()
			c.damage(b)
			if err := b.Commit(pebble.Sync); err != nil {
				t.Fatal(err)
			}
			rep, err := s.Check(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			if !strings.Contains(strings.Join(rep.Problems, "\n"), c.want) {
				t.Errorf("found %q, not %q", rep.Problems, c.want)
			}
		})
	}
}

func TestSummary(t *testing.T) {
	s := testStore(t, Options{})
	if err := s.Apply(t.Context(), []quad.Quad{
		quad.MakeIRI("a", "in", "b", "x"), quad.MakeIRI("a", "in", "c", ""), quad.MakeIRI("a", "of", "c", ""),
	}, nil); err != nil {
		t.Fatal(err)
	}
	sum, err := s.Summary(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if sum.Quads != 3 || sum.Nodes != 6 || sum.Labelled != 1 || len(sum.Predicates) != 2 || sum.Predicates[0] != (PredicateCount{quad.IRI("in"), 2}) {
		t.Errorf("%+v", sum)
	}
}

func TestWaitingForTheWriter(t *testing.T) {
	s := testStore(t, Options{})
	b, err := s.Bulk(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Millisecond)
	defer cancel()
	if err := s.Apply(ctx, []quad.Quad{quad.MakeIRI("a", "b", "c", "")}, nil); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("waiting for a bulk load: %v", err)
	}
	b.Abort()
	if err := s.Apply(t.Context(), []quad.Quad{quad.MakeIRI("a", "b", "c", "")}, nil); err != nil {
		t.Error(err)
	}
}
