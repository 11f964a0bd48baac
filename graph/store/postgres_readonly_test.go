package store_test

import (
	"context"
	"database/sql"
	"errors"
	"strings"
	"testing"

	"github.com/cayleygraph/quad"

	"github.com/sila-graph/sila/graph/store"
)

// TestPostgresReadOnly opens a database as the processes of the console do: it
// reads what others write meanwhile, and the database itself refuses to write.
func TestPostgresReadOnly(t *testing.T) {
	ctx := context.Background()
	addr := postgres(t)
	w, err := store.Open(ctx, addr, store.Options{Create: true})
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	q := quad.Quad{Subject: quad.IRI("a"), Predicate: quad.IRI("p"), Object: quad.IRI("b")}
	r, err := store.Open(ctx, addr, store.Options{ReadOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	if err := w.Apply(ctx, []quad.Quad{q}, nil); err != nil {
		t.Fatal(err)
	}
	n := 0
	if err := r.Match(ctx, quad.Quad{Subject: q.Subject}, func(have quad.Quad) error {
		n++
		return nil
	}); err != nil || n != 1 {
		t.Errorf("%d quads read: %v", n, err)
	}
	if err := r.Apply(ctx, nil, []quad.Quad{q}); !errors.Is(err, store.ErrReadOnly) {
		t.Errorf("deleting: %v", err)
	}
	// Nor does the database let a statement of such a connection write.
	db, err := sql.Open("postgres", addr+"&default_transaction_read_only=on")
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.Exec("DELETE FROM quads"); err == nil || !strings.Contains(err.Error(), "read-only") {
		t.Errorf("DELETE: %v", err)
	}
}
