package gazetteer

// Word is a token's number in the table; 0 is a token of no form at all.
type Word uint32

// layer keeps what is matched apart.
type layer uint8

const (
	entryLayer layer = iota
	titleLayer
	nisbaLayer
)

// trie holds all forms token by token. Node 0 is the root, and stands for "no
// node" as the end of a step, since no form is empty.
type trie struct {
	words     map[string]Word
	names     []string // word → token; dropped when the table is ready
	root      []int32  // first word → node
	keys      []uint64 // open addressing: parent<<32 | word, 0 for free
	vals      []int32
	edges     int
	nodes     []node
	hits      []*Entry // spans of nodes point in here
	nisbaHits []NisbaForm
	block     uint64 // the list of phrases that are no names, as a bit; see match
}

type node struct {
	spans  [2]span // by layer
	nisba  int32   // first of nisbaN hits
	nisbaN int32
	lists  uint64 // bit set of the lists that hold this word or phrase
	heads  Kinds  // what may follow this word, where it is a head noun
	inner  bool   // whether longer forms go on from here
}

// span is a stretch of hits: the exact ones, then those that lack the article;
// and whether one of either kind is a name without doubt.
type span struct {
	first               int32
	exact, bare         uint16
	exactSure, bareSure bool
}

func (t *trie) init() {
	t.words = make(map[string]Word, 1<<15)
	t.names = make([]string, 1, 1<<15)
	t.root = make([]int32, 1, 1<<15)
	t.nodes = make([]node, 1, 1<<16)
	t.keys = make([]uint64, 1<<15)
	t.vals = make([]int32, 1<<15)
}

func (t *trie) insert(form []string) int32 {
	n := int32(0)
	for _, s := range form {
		w, ok := t.words[s]
		if !ok {
			w = Word(len(t.root))
			t.words[s] = w
			t.names = append(t.names, s)
			t.root = append(t.root, 0)
		}
		next := t.step(n, w)
		if next == 0 {
			next = int32(len(t.nodes))
			t.nodes = append(t.nodes, node{})
			if n == 0 {
				t.root[w] = next
			} else {
				t.link(n, w, next)
			}
		}
		n = next
	}
	return n
}

func slot(k uint64, size int) int {
	return int(k*0x9E3779B97F4A7C15>>32) & (size - 1)
}

func (t *trie) link(n int32, w Word, to int32) {
	if t.edges++; t.edges*2 > len(t.keys) {
		keys, vals := t.keys, t.vals
		t.keys, t.vals = make([]uint64, 2*len(keys)), make([]int32, 2*len(vals))
		for i, k := range keys {
			if k != 0 {
				t.put(k, vals[i])
			}
		}
	}
	t.put(uint64(n)<<32|uint64(w), to)
	t.nodes[n].inner = true
}

func (t *trie) put(k uint64, v int32) {
	i := slot(k, len(t.keys))
	for t.keys[i] != 0 {
		i = (i + 1) & (len(t.keys) - 1)
	}
	t.keys[i], t.vals[i] = k, v
}

// step returns the node that word w leads to from n, 0 for none.
func (t *trie) step(n int32, w Word) int32 {
	if n == 0 {
		return t.root[w]
	}
	if w == 0 || !t.nodes[n].inner {
		return 0
	}
	k := uint64(n)<<32 | uint64(w)
	for i := slot(k, len(t.keys)); t.keys[i] != 0; i = (i + 1) & (len(t.keys) - 1) {
		if t.keys[i] == k {
			return t.vals[i]
		}
	}
	return 0
}

// span returns the hits of a node, the exact ones if there are any, else those
// without the article; N is left to the caller.
func (t *trie) span(n int32, l layer) Match {
	s := t.nodes[n].spans[l]
	mid := s.first + int32(s.exact)
	if s.exact > 0 {
		return Match{Entries: t.hits[s.first:mid:mid], Exact: true, Ambiguous: !s.exactSure}
	}
	end := mid + int32(s.bare)
	return Match{Entries: t.hits[mid:end:end], Ambiguous: !s.bareSure}
}
