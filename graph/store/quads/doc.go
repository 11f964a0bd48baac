// Package quads is Sila's own store for Cayley: a graph.QuadStore over Pebble, registered under the name "sila".
//
// In go quads, as transactions (Store.Apply, Store.ApplyDeltas) or in bulk (Store.Bulk, Store.NewQuadWriter); out come
// the answers to Cayley's queries (Gizmo, GraphQL, MQL, path and shape), unchanged in meaning and planned by this
// package. Most callers need:
//
//	s, err := quads.Open(path, quads.Options{})  // creates the folder if need be
//	err = s.Apply(ctx, adds, dels)               // one atomic step
//	snap, err := s.Snapshot()                    // a read-only store that no write changes; run queries on it
//	defer snap.Close()
//
// # Layout
//
// Every value has a 64-bit id, given out in ascending order and never again. An id takes 1 to 9 bytes in keys and
// records, so that byte order is numeric order: 1 byte below 2^7, 2 below 2^14, 3 below 2^21 (2 million), 4 below 2^28
// (268 million), 5 below 2^35. Id 0 stands for "no label". One byte says what a key is:
//
//	key                         record                          what
//	01 "format"                 decimal number                  version of this layout
//	01 "counts"                 4 × 8 bytes                     next id; nodes; quads; quads with a label
//	02 value (≤ 256 bytes)      id                              dictionary, value to id
//	03 hash (16 bytes)          id                              the same for longer values: SHA-256, cut
//	04 id                       value (≤ 256 bytes), or         dictionary, id to value; scanning the nodes
//	                            ff and the length (uvarint)     never touches longer values
//	05 id                       value (> 256 bytes)             longer values
//	06 id                       8 bytes                         number of quads with this predicate
//	10 S P O L                  –                               six permutations of each quad's ids:
//	11 P O S L                  –                               any combination of bound directions is a
//	12 O S P L                  –                               prefix of one of them. With ids of 3 bytes
//	13 L S P O                  –                               and a predicate of 1 a key has 11 bytes,
//	14 P L O S                  –                               66 for the six; tables share prefixes and
//	15 O L S P                  –                               compress to about a third of that
//
// A value's first byte tells its type: i IRI, s string, b blank node, l string with language, t string with type,
// n integer, f float, o boolean, d time (to the nanosecond). Equal bytes are equal values and nothing else is, so
// that a Time keeps its nanoseconds and the float 1 is not the integer 1.
//
// There are no reference counts: a value is in the dictionary exactly while some quad has it. A transaction that
// deletes quads looks, for each of their nodes, whether a quad is left (four prefix scans at most), and takes the
// node out if not; when it comes back it gets a new id.
//
// # Writing
//
// A short transaction goes through Pebble's log. A long one (Options.TableQuads: a batch of articles) is written as
// sorted tables, deletions among them, which Pebble takes in at once; so is a Bulk, which sorts in memory of a fixed
// size and only adds. In four of the permutations and two parts of the dictionary new ids sort behind all old ones:
// those tables lie at the bottom at once and are never merged. Bloom filters cover what is looked up key by key, the
// dictionary and SPOL; lookups of a transaction go in the order of the keys.
//
// # References
//
// A node's graph.Ref is its id, a quad's the four ids, so QuadDirection reads nothing.
//
// # Queries
//
// compile turns shapes into plans, see op and links. The planner's own iterators count multiplicities exactly: the rows
// of a query are a bag, each the product of the ways that lead to it, whatever order the plan chose.
//
// # Failure
//
// A transaction and a bulk's Commit are atomic, also across a crash. When the disk fails under a write, the store
// refuses all further writes (ErrFailed), reads go on, and opening it again shows what was committed.
package quads
