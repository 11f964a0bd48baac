// Package pairs measures linking against people's judgement: pairs of entities
// of two articles that may be one actor, sampled by what they are called
// ([Sample]), judged by readers of the articles, and compared with what linking
// says ([Score]). A file of pairs names entities as decisions do, by article,
// type and normalised fullest name, and holds no text.
//
// One line is a pair, parted by tabs: stratum, article, type and name of the one
// and of the other, and the verdicts of the judges: same, different, unsure, or
// bad where one of the two is no entity at all.
package pairs

import (
	"bufio"
	"fmt"
	"io"
	"strings"

	"github.com/sila-graph/sila/extract/arabic"
	"github.com/sila-graph/sila/extract/doc"
	"github.com/sila-graph/sila/graph/resolve/decide"
)

// Verdicts of judges.
const (
	Same      = "same"
	Different = "different"
	Unsure    = "unsure"
	Bad       = "bad"
)

// Pair is two entities that may be one actor.
type Pair struct {
	Stratum  string
	A, B     decide.Member
	Verdicts []string // one for each judge
}

// Verdict is what all judges agree on, "" where they don't or weren't sure.
func (p *Pair) Verdict() string {
	if len(p.Verdicts) == 0 {
		return ""
	}
	for _, v := range p.Verdicts {
		if v != p.Verdicts[0] || v != Same && v != Different {
			return ""
		}
	}
	return p.Verdicts[0]
}

// Read reads a file of pairs; name stands in errors. Empty lines and those that
// begin with # are passed over.
func Read(name string, r io.Reader) ([]Pair, error) {
	var out []Pair
	sc := bufio.NewScanner(r)
	for n := 1; sc.Scan(); n++ {
		line := sc.Text()
		if strings.TrimSpace(line) == "" || line[0] == '#' {
			continue
		}
		cols := strings.Split(line, "\t")
		if len(cols) < 7 {
			return nil, fmt.Errorf("%s:%d: %d columns, want stratum and twice article, type, name", name, n, len(cols))
		}
		p := Pair{Stratum: cols[0], A: decide.Member{Article: cols[1], Type: doc.EntityType(cols[2]), Name: cols[3]},
			B: decide.Member{Article: cols[4], Type: doc.EntityType(cols[5]), Name: cols[6]}}
		for _, v := range cols[7:] {
			switch v {
			case Same, Different, Unsure, Bad:
				p.Verdicts = append(p.Verdicts, v)
			case "":
			default:
				return nil, fmt.Errorf("%s:%d: verdict %q: write same, different, unsure or bad", name, n, v)
			}
		}
		out = append(out, p)
	}
	return out, sc.Err()
}

// Write writes pairs as [Read] reads them.
func Write(w io.Writer, ps []Pair) error {
	b := bufio.NewWriter(w)
	fmt.Fprintln(b, "# stratum, article, type, name, article, type, name, verdicts; see package pairs.")
	for _, p := range ps {
		cols := append([]string{p.Stratum, p.A.Article, string(p.A.Type), p.A.Name, p.B.Article, string(p.B.Type), p.B.Name}, p.Verdicts...)
		fmt.Fprintln(b, strings.Join(cols, "\t"))
	}
	return b.Flush()
}

// Find returns the entity of a document that a member names: the one of its
// type and fullest name, else one that has the name among its own. nil for none.
func Find(d *doc.Document, m decide.Member) *doc.Entity {
	var found *doc.Entity
	for i := range d.Entities {
		e := &d.Entities[i]
		if decide.NameOf(e) == m.Name && e.Type == m.Type {
			return e
		}
		for _, n := range e.Names {
			if found == nil && arabic.Key(n) == m.Name {
				found = e
			}
		}
	}
	return found
}
