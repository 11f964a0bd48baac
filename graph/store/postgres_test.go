package store_test

import (
	"bytes"
	"context"
	"database/sql"
	"fmt"
	"net"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/cayley/query"
	"github.com/cayleygraph/cayley/query/gizmo"

	"github.com/sila-graph/sila/extract/doc"
	"github.com/sila-graph/sila/extract/jsonl"
	"github.com/sila-graph/sila/graph/export"
	"github.com/sila-graph/sila/graph/load"
	"github.com/sila-graph/sila/graph/store"
)

// TestPostgres loads articles into a real PostgreSQL server, asks, removes, and
// compares with the default store at each step.
func TestPostgres(t *testing.T) {
	ctx := t.Context()
	addr := postgres(t)
	var docs []*doc.Document
	if err := jsonl.ReadFile("../../testdata/gold/gold.jsonl", func(d *doc.Document) error {
		docs = append(docs, d)
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	var stores []*store.Store
	for _, path := range []string{filepath.Join(t.TempDir(), "db"), addr} {
		s, err := store.Open(ctx, path, store.Options{Create: true})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = s.Close() })
		stores = append(stores, s)
	}
	own, pg := stores[0], stores[1]
	if pg.Backend != "postgres" {
		t.Fatalf("%s is a store of the backend %s", addr, pg.Backend)
	}
	change := func(what string, f func(*load.Loader) error) {
		t.Helper()
		var dumps []string
		for _, s := range stores {
			l, err := load.New(ctx, s, load.Options{})
			if err != nil {
				t.Fatal(err)
			}
			if err := f(l); err != nil {
				t.Fatalf("%s, %s: %v", s.Backend, what, err)
			}
			var b bytes.Buffer
			if err := export.Sorted(ctx, &b, s); err != nil {
				t.Fatal(err)
			}
			dumps = append(dumps, b.String())
		}
		if dumps[0] != dumps[1] {
			t.Errorf("%s: PostgreSQL holds %d bytes, the default store %d, not the same", what, len(dumps[1]), len(dumps[0]))
		}
	}
	write := func(docs []*doc.Document) func(l *load.Loader) error {
		return func(l *load.Loader) error {
			_, err := l.Load(ctx, func(yield func(*doc.Document, error) bool) {
				for _, d := range docs {
					if !yield(d, nil) {
						return
					}
				}
			}, nil)
			return err
		}
	}
	change("loading", write(docs[:len(docs)/2]))
	change("loading more", write(docs[len(docs)/2:]))
	for _, q := range []string{
		`g.V("<sila:Attack>").in("<rdf:type>").out("<sila:patient>").unique().all()`,
		`g.V().has("<rdf:type>", "<sila:Person>").out("<rdfs:label>").all()`,
		`g.V("<sila:Article>").in("<rdf:type>").tag("article").out("<sila:mentions>").has("<rdf:type>", "<sila:Place>").all()`,
	} {
		want, have := ask(t, own, q), ask(t, pg, q)
		if len(want) == 0 || !slices.Equal(want, have) {
			t.Errorf("%s: %d rows from PostgreSQL, %d from the default store", q, len(have), len(want))
		}
	}
	change("removing", func(l *load.Loader) error {
		n, err := l.Remove(ctx, docs[3].ID, docs[11].ID)
		if err == nil && n != 2 {
			err = fmt.Errorf("%d removed", n)
		}
		return err
	})
	change("loading again", write(docs))
}

// ask returns the rows of a Gizmo query, sorted.
func ask(t *testing.T, s *store.Store, q string) (rows []string) {
	t.Helper()
	err := s.View(t.Context(), func(qs graph.QuadStore) error {
		it, err := gizmo.NewSession(qs).Execute(t.Context(), q, query.Options{Collation: query.JSON})
		if err != nil {
			return err
		}
		defer it.Close()
		for it.Next(t.Context()) {
			rows = append(rows, fmt.Sprint(it.Result()))
		}
		return it.Err()
	})
	if err != nil {
		t.Fatalf("%s: %v", q, err)
	}
	slices.Sort(rows)
	return rows
}

// postgres starts a server of its own in a temporary folder and returns its
// address; it skips the test where PostgreSQL isn't installed. As root it runs
// as the user postgres, since it refuses to be root.
func postgres(t *testing.T) string {
	t.Helper()
	all, _ := filepath.Glob("/usr/lib/postgresql/*/bin")
	if path, err := exec.LookPath("initdb"); err == nil {
		all = append(all, filepath.Dir(path))
	}
	if len(all) == 0 {
		t.Skip("no PostgreSQL here")
	}
	bin := all[len(all)-1]
	dir, err := os.MkdirTemp("", "sila-postgres")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	attr := &syscall.SysProcAttr{}
	if os.Getuid() == 0 {
		u, err := user.Lookup("postgres")
		if err != nil {
			t.Skip("PostgreSQL refuses to run as root, and there is no user postgres")
		}
		uid, _ := strconv.Atoi(u.Uid)
		gid, _ := strconv.Atoi(u.Gid)
		if err := os.Chown(dir, uid, gid); err != nil {
			t.Fatal(err)
		}
		attr.Credential = &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}
	}
	command := func(name string, args ...string) *exec.Cmd {
		cmd := exec.Command(filepath.Join(bin, name), args...)
		cmd.Dir, cmd.SysProcAttr = dir, attr
		return cmd
	}
	data := filepath.Join(dir, "data")
	if out, err := command("initdb", "-D", data, "-U", "sila", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync").CombinedOutput(); err != nil {
		t.Fatalf("initdb: %v\n%s", err, out)
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	port := strconv.Itoa(l.Addr().(*net.TCPAddr).Port)
	_ = l.Close()
	server := command("postgres", "-D", data, "-k", dir, "-p", port, "-c", "listen_addresses=127.0.0.1", "-c", "fsync=off")
	var out bytes.Buffer
	server.Stdout, server.Stderr = &out, &out
	if err := server.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = server.Process.Signal(os.Interrupt) // its fast shutdown
		_ = server.Wait()
	})
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	addr := "postgres://sila@127.0.0.1:" + port + "/postgres?sslmode=disable"
	db, err := sql.Open("postgres", addr)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	for err = db.PingContext(ctx); err != nil; err = db.PingContext(ctx) {
		select {
		case <-ctx.Done():
			t.Fatalf("PostgreSQL doesn't answer: %v\n%s", err, strings.TrimSpace(out.String()))
		case <-time.After(100 * time.Millisecond):
		}
	}
	return addr
}
