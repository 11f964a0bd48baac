package eval

import "github.com/sila-graph/sila/extract/doc"

// compare counts the triples of pred against those of gold.
func compare(gold, pred *triples, neutral map[triple]bool, onError func(missed bool, x triple, q *qualifiers)) (c Count) {
	for _, x := range gold.order {
		q := gold.by[x]
		if q.optional {
			continue
		}
		if pred.has(x) || fills(gold, pred, x) {
			c.TP++
			continue
		}
		c.FN++
		if onError != nil {
			onError(true, x, q)
		}
	}
	for _, x := range pred.order {
		if gold.has(x) || neutral[x] || partial(gold, x) {
			continue
		}
		c.FP++
		if onError != nil {
			onError(false, x, pred.by[x])
		}
	}
	return c
}

// fills says whether an optional gold reading that pred has fills the role
// that the required triple x leaves empty.
func fills(gold, pred *triples, x triple) bool {
	if x.agent != "" && x.patient != "" {
		return false
	}
	for _, u := range gold.order {
		if gold.by[u].optional && pred.has(u) && u.typ == x.typ &&
			(x.agent == "" && u.patient == x.patient || x.patient == "" && u.agent == x.agent) {
			return true
		}
	}
	return false
}

// partial says whether x leaves a role empty that gold fills: half an answer, not a wrong one.
func partial(gold *triples, x triple) bool {
	if (x.agent == "") == (x.patient == "") {
		return false
	}
	id := x.agent + x.patient // one of them is empty
	for _, u := range gold.order {
		if u.typ == x.typ && (u.agent == id || u.patient == id) {
			return true
		}
	}
	return false
}

// neutralTriples returns what gold leaves open: what follows from its LocatedIn
// by transitivity, the holding of what was taken, and predicted pairs that the
// world knows.
func neutralTriples(gold, pred *triples, d *doc.Document, world World) map[triple]bool {
	out := closure(gold)
	for _, x := range gold.order {
		if x.typ == "Capture" || x.typ == "Liberate" {
			out[triple{"Control", x.agent, x.patient}] = true
		}
	}
	if len(world) == 0 {
		return out
	}
	by := map[string][]string{}
	for _, e := range d.Entities {
		by[e.ID] = forms(e.Names)
	}
	for _, x := range pred.order {
		for _, a := range by[x.agent] {
			for _, p := range by[x.patient] {
				if world[[3]string{x.typ, a, p}] {
					out[x] = true
				}
			}
		}
	}
	return out
}

// closure returns the LocatedIn triples that follow from a set's own by transitivity.
func closure(s *triples) map[triple]bool {
	inside := map[string][]string{}
	for _, x := range s.order {
		if x.typ == "LocatedIn" {
			inside[x.agent] = append(inside[x.agent], x.patient)
		}
	}
	out := map[triple]bool{}
	for a, todo := range inside {
		seen := map[string]bool{}
		for len(todo) > 0 {
			x := todo[len(todo)-1]
			todo = todo[: len(todo)-1 : len(todo)-1]
			if !seen[x] {
				seen[x] = true
				out[triple{"LocatedIn", a, x}] = true
				todo = append(todo, inside[x]...)
			}
		}
	}
	return out
}

// compareFamilies counts with the types of one family as equal; a symmetric
// fact meets a directed one in either order.
func compareFamilies(gold, pred *triples, neutral map[triple]bool) (c Count) {
	keys := func(x triple) []triple {
		f := family[x.typ]
		k := []triple{{f, x.agent, x.patient}}
		if symmetric[x.typ] && x.agent != x.patient {
			k = append(k, triple{f, x.patient, x.agent})
		}
		return k
	}
	all := func(s *triples) map[triple]bool {
		out := map[triple]bool{}
		for _, x := range s.order {
			for _, k := range keys(x) {
				out[k] = true
			}
		}
		return out
	}
	any := func(ks []triple, of map[triple]bool) bool {
		for _, k := range ks {
			if of[k] {
				return true
			}
		}
		return false
	}
	goldKeys, predKeys := all(gold), all(pred)
	for _, x := range gold.order {
		if gold.by[x].optional {
			continue
		}
		if any(keys(x), predKeys) || fills(gold, pred, x) {
			c.TP++
		} else {
			c.FN++
		}
	}
	seen := map[[2]triple]bool{}
	for _, x := range pred.order {
		ks := keys(x)
		id := [2]triple{ks[0], ks[len(ks)-1]}
		if len(ks) == 2 && less(ks[1], ks[0]) {
			id[0], id[1] = id[1], id[0]
		}
		if seen[id] {
			continue
		}
		seen[id] = true
		if !any(ks, goldKeys) && !neutral[x] && !partial(gold, x) {
			c.FP++
		}
	}
	return c
}

func less(a, b triple) bool {
	if a.agent != b.agent {
		return a.agent < b.agent
	}
	return a.patient < b.patient
}
