package pairs

import (
	"cmp"
	"math/rand/v2"
	"slices"
	"strings"

	"github.com/sila-graph/sila/extract/arabic"
	"github.com/sila-graph/sila/extract/doc"
	"github.com/sila-graph/sila/extract/gazetteer"
	"github.com/sila-graph/sila/graph/resolve"
	"github.com/sila-graph/sila/graph/resolve/decide"
)

// Strata in which pairs are sampled, as many of each.
var Strata = []string{"person-same", "person-variant", "person-short", "body-same", "body-variant", "body-short", "place-same", "place-variant", "nisba", "office"}

// one is an entity to be paired.
type one struct {
	member decide.Member
	name   string // folded
	hash   string // of its article
}

// Sample draws n pairs, as many from each of [Strata] as there are. A stratum is
// made of blocks of entities that may be called alike; a block is drawn first,
// all blocks alike, then two of its entities in articles of different texts, so
// that frequent names don't crowd out the others. Countries are left out. The
// same documents and seed give the same pairs.
func Sample(docs []*doc.Document, n int, seed uint64) []Pair {
	blocks := map[string]map[string][]one{}
	for _, s := range Strata {
		blocks[s] = map[string][]one{}
	}
	put := func(stratum, block string, o one) { blocks[stratum][block] = append(blocks[stratum][block], o) }
	gaz := gazetteer.Default()
	for _, d := range docs {
		for i := range d.Entities {
			e := &d.Entities[i]
			if e.Kind == "country" || len(e.Names) == 0 {
				continue
			}
			o := one{decide.MemberOf(d, e), arabic.Key(e.Names[0]), arabic.Key(d.Text)}
			f := strings.Fields(o.name)
			if len(f) == 0 {
				continue
			}
			last := resolve.Skeleton(f[len(f)-1])
			switch e.Type {
			case doc.Person:
				_, actor := resolve.Document(&doc.Document{ID: d.ID, Date: d.Date, Entities: []doc.Entity{*e}})
				if strings.HasPrefix(actor[e.ID], "Person~@") {
					put("office", "", o)
				}
				if len(f) == 1 {
					put("person-short", last, o)
					continue
				}
				put("person-same", o.name, o)
				put("person-variant", resolve.Skeleton(f[0])+" "+last, o)
				put("person-short", last, o)
				for _, form := range e.Names {
					if t, _, ok := strings.Cut(form, " الملك"); ok {
						put("office", "", one{o.member, arabic.Key(t), o.hash})
					}
				}
			case doc.Place:
				put("place-same", o.name, o)
				put("place-variant", strings.TrimPrefix(f[len(f)-1], "ال"), o)
			default:
				put("body-same", o.name, o)
				if len(f) > 1 {
					put("body-variant", strings.TrimPrefix(f[len(f)-1], "ال"), o)
					put("body-variant", resolve.Skeleton(f[0])+" "+last, o)
					put("body-short", last, o)
				} else {
					put("body-short", last, o)
					if form, ok := gaz.NisbaWord(f[0]); ok {
						put("nisba", form.Target.Ref, o)
					}
				}
				if e.Ref != "" {
					put("nisba", e.Ref, o)
				}
			}
		}
	}
	rnd := rand.New(rand.NewPCG(seed, 17))
	var out []Pair
	seen := map[[2]decide.Member]bool{}
	for _, s := range Strata {
		var keys []string
		for k, os := range blocks[s] {
			if len(os) > 1 && len(k) != len("ا") {
				keys = append(keys, k)
			}
		}
		slices.Sort(keys)
		for got, try := 0, 0; got < n/len(Strata) && try < 400*n && len(keys) > 0; try++ {
			os := blocks[s][keys[rnd.IntN(len(keys))]]
			a, b := os[rnd.IntN(len(os))], os[rnd.IntN(len(os))]
			if a.member.Article == b.member.Article || a.hash == b.hash || !fits(s, a.name, b.name) {
				continue
			}
			p := Pair{Stratum: s, A: a.member, B: b.member}
			if p.A.Compare(p.B) > 0 {
				p.A, p.B = p.B, p.A
			}
			if k := [2]decide.Member{p.A, p.B}; !seen[k] {
				seen[k] = true
				out = append(out, p)
				got++
			}
		}
	}
	slices.SortFunc(out, func(a, b Pair) int { return cmp.Or(a.A.Compare(b.A), a.B.Compare(b.B)) })
	return out
}

// fits says whether two names of a block are what the stratum is for.
func fits(stratum, a, b string) bool {
	single := func(s string) bool { return !strings.Contains(s, " ") }
	switch stratum {
	case "person-same", "body-same", "place-same":
		return a == b
	case "person-short", "body-short":
		return single(a) || single(b)
	case "nisba":
		return a != b
	case "office":
		return true
	}
	return a != b && !single(a) && !single(b) || stratum == "place-variant" && a != b
}
