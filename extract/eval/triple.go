package eval

import (
	"slices"

	"github.com/sila-graph/sila/extract/doc"
)

// The guide's types by how the scorer treats them. They are the gold
// standard's own and so don't follow the inventory, which may grow.
var (
	symmetric = set("Meet", "Agree", "Cooperate", "Clash")
	unordered = set("Borders")
	states    = set("HoldsPosition", "MemberOf", "AffiliatedWith", "LocatedIn", "Borders", "Say")
	family    = families(map[string][]string{
		"consult":    {"Meet", "Visit", "Host"},
		"support":    {"Support", "Cooperate", "Aid", "Agree"},
		"verbal":     {"Request", "Accuse", "Reject", "Threaten", "Sanction", "Protest"},
		"assault":    {"Attack", "Clash", "Kill", "Injure", "Defeat"},
		"territory":  {"Capture", "Liberate", "Control", "Besiege", "Withdraw", "Mobilize"},
		"person":     {"Arrest", "Judge", "Appoint", "Dismiss", "Recruit", "Join"},
		"say":        {"Say"},
		"office":     {"HoldsPosition"},
		"membership": {"MemberOf", "AffiliatedWith"},
		"place":      {"LocatedIn", "Borders"},
	})
)

func set(names ...string) map[string]bool {
	out := map[string]bool{}
	for _, n := range names {
		out[n] = true
	}
	return out
}

func families(list map[string][]string) map[string]string {
	out := map[string]string{}
	for f, types := range list {
		for _, t := range types {
			out[t] = f
		}
	}
	return out
}

// triple is the unit of comparison; "" stands for an empty role.
type triple struct{ typ, agent, patient string }

// qualifiers is what a triple's fact says beside its roles.
type qualifiers struct {
	optional bool
	status   doc.Status
	time     string
	place    []string
	source   string
	evidence string
}

// triples is a set of triples in the order of their facts.
type triples struct {
	by    map[triple]*qualifiers
	order []triple
}

func (s *triples) has(x triple) bool { return s.by[x] != nil }

func (s *triples) filter(keep func(triple, *qualifiers) bool) *triples {
	out := &triples{by: map[triple]*qualifiers{}}
	for _, x := range s.order {
		if q := s.by[x]; keep(x, q) {
			out.by[x] = q
			out.order = append(out.order, x)
		}
	}
	return out
}

// group is a symmetric gold fact of many parties.
type group struct {
	typ     string
	members []string
}

func (g group) has(id string) bool { return slices.Contains(g.members, id) }

func largeGroups(facts []doc.Fact) []group {
	var out []group
	for _, f := range facts {
		if symmetric[f.Type] && len(f.Agent) >= large {
			out = append(out, group{f.Type, f.Agent})
		}
	}
	return out
}

// expand turns facts into triples. A triple that is required anywhere is
// required; name maps entity ids to those of gold.
func expand(facts []doc.Fact, name func(string) string, groups []group, optional map[string]bool) *triples {
	out := &triples{by: map[triple]*qualifiers{}}
	for _, f := range facts {
		if family[f.Type] == "" || len(f.Agent) == 0 && len(f.Patient) == 0 {
			continue
		}
		for _, x := range factTriples(f, name, groups) {
			q := &qualifiers{optional: f.Optional || optional[x.agent] || optional[x.patient],
				status: f.Status, time: f.Time, place: mapped(f.Place, name), evidence: f.Evidence}
			if f.Source != "" {
				q.source = name(f.Source)
			}
			old := out.by[x]
			if old == nil {
				out.order = append(out.order, x)
			}
			if old == nil || old.optional && !q.optional {
				out.by[x] = q
			}
		}
	}
	return out
}

func factTriples(f doc.Fact, name func(string) string, groups []group) (out []triple) {
	agents, patients := mapped(f.Agent, name), mapped(f.Patient, name)
	if symmetric[f.Type] {
		var all []string
		for _, id := range append(slices.Clone(agents), patients...) {
			if !slices.Contains(all, id) {
				all = append(all, id)
			}
		}
		grouped := func(ids ...string) bool {
			return slices.ContainsFunc(groups, func(g group) bool {
				return g.typ == f.Type && !slices.ContainsFunc(ids, func(id string) bool { return !g.has(id) })
			})
		}
		for _, a := range all {
			if len(all) == 1 || grouped(a) {
				out = append(out, triple{f.Type, a, ""})
			}
		}
		for i, a := range all {
			for _, b := range all[i+1:] {
				if !grouped(a, b) {
					out = append(out, triple{f.Type, min(a, b), max(a, b)})
				}
			}
		}
		return out
	}
	for _, a := range orEmpty(agents) {
		for _, p := range orEmpty(patients) {
			if unordered[f.Type] && sortKey(a) > sortKey(p) {
				out = append(out, triple{f.Type, p, a})
			} else {
				out = append(out, triple{f.Type, a, p})
			}
		}
	}
	return out
}

// sortKey orders an empty role as the scorer does, which spells it None.
func sortKey(id string) string {
	if id == "" {
		return "None"
	}
	return id
}

func orEmpty(ids []string) []string {
	if len(ids) == 0 {
		return []string{""}
	}
	return ids
}

func mapped(ids []string, name func(string) string) []string {
	out := make([]string, len(ids))
	for i, id := range ids {
		out[i] = name(id)
	}
	return out
}
