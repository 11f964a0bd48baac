package quads_test

import (
	"context"
	"fmt"
	"log"
	"os"

	"github.com/cayleygraph/cayley/query"
	"github.com/cayleygraph/cayley/query/gizmo"
	"github.com/cayleygraph/quad"
	"github.com/sila-graph/sila/graph/store/quads"
)

func Example() {
	dir, err := os.MkdirTemp("", "sila")
	if err != nil {
		log.Fatal(err)
	}
	defer os.RemoveAll(dir)
	s, err := quads.Open(dir, quads.Options{})
	if err != nil {
		log.Fatal(err)
	}
	defer s.Close()

	ctx := context.Background()
	iraq, mosul := quad.IRI("org/القوات_العراقية"), quad.IRI("place/الموصل")
	if err := s.Apply(ctx, []quad.Quad{
		{Subject: iraq, Predicate: quad.IRI("liberated"), Object: mosul},
		{Subject: mosul, Predicate: quad.IRI("rdfs:label"), Object: quad.LangString{Value: "الموصل", Lang: "ar"}},
	}, nil); err != nil {
		log.Fatal(err)
	}

	snap, err := s.Snapshot()
	if err != nil {
		log.Fatal(err)
	}
	defer snap.Close()
	it, err := gizmo.NewSession(snap).Execute(ctx, `g.V(lang("الموصل","ar")).in("<rdfs:label>").in("<liberated>").all()`, query.Options{Collation: query.JSON})
	if err != nil {
		log.Fatal(err)
	}
	defer it.Close()
	for it.Next(ctx) {
		fmt.Println(it.Result().(map[string]any)["id"])
	}
	if err := it.Err(); err != nil {
		log.Fatal(err)
	}
	// Output: <org/القوات_العراقية>
}

// A bulk load of an archive: whole articles, committed every so often.
func ExampleStore_Bulk() {
	dir, err := os.MkdirTemp("", "sila")
	if err != nil {
		log.Fatal(err)
	}
	defer os.RemoveAll(dir)
	s, err := quads.Open(dir, quads.Options{})
	if err != nil {
		log.Fatal(err)
	}
	defer s.Close()

	b, err := s.Bulk(context.Background())
	if err != nil {
		log.Fatal(err)
	}
	defer b.Abort() // does nothing after Commit
	for n := range 1000 {
		article := quad.IRI(fmt.Sprintf("article/%d", n))
		if err := b.Add(quad.Quad{Subject: article, Predicate: quad.IRI("rdf:type"), Object: quad.IRI("sila:Article"), Label: article}); err != nil {
			log.Fatal(err)
		}
	}
	if err := b.Commit(); err != nil {
		log.Fatal(err)
	}
	sum, err := s.Summary(context.Background())
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(sum.Quads, "quads,", sum.Nodes, "nodes")
	// Output: 1000 quads, 1002 nodes
}
