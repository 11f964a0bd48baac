package load

import (
	"context"

	"github.com/cayleygraph/quad"
	"github.com/sila-graph/sila/extract/doc"
)

// Reader is what reading a graph needs of a store.
type Reader interface {
	// Match calls fn with each quad that has the parts that the pattern gives.
	Match(ctx context.Context, pattern quad.Quad, fn func(quad.Quad) error) error
}

// Graph is what loading needs of a store.
type Graph interface {
	Reader
	// Apply adds quads that aren't there and deletes quads that are, all or nothing.
	Apply(ctx context.Context, add, del []quad.Quad) error
}

// index answers what a change must know of the graph as it stands. Two do so:
// one reads the graph's own evidence and knowledge, the other remembers all
// that was loaded since the graph was empty.
type index interface {
	article(ctx context.Context, id string) (*article, error)     // nil for none
	digest(ctx context.Context, id string) (string, error)        // "" for none
	document(ctx context.Context, id string) (*stored, error)     // nil for none
	block(ctx context.Context, key string) ([]*report, error)     // reports of a block
	cluster(ctx context.Context, root string) (*cluster, error)   // nil for none
	root(ctx context.Context, key string) (string, error)         // of the cluster that has the key; "" for none
	named(ctx context.Context, block string) ([]string, error)    // roots of the clusters in a name block
	speaking(ctx context.Context, key string) ([]string, error)   // ids of the articles with an actor of that key, which is no gazetteer id
	wanting(ctx context.Context, base quad.IRI) ([]string, error) // keys of the clusters that want an IRI
	mentioning(ctx context.Context, c *cluster) ([]string, error) // ids of the articles that mention it
	counts(ctx context.Context, s *state) (map[string]int, error) // of a lasting fact
	// gives says whether a fact outside the change gives the edge: the change has
	// touched, and inside counts those among them that gave it before.
	gives(ctx context.Context, e edge, inside int, touched map[quad.IRI]bool) (bool, error)
	has(ctx context.Context, e edge) (bool, error)
	copyIndex
	commit(c *change)
}

// stored is a document as the graph holds it.
type stored struct {
	doc    *doc.Document
	packed quad.Value
}
