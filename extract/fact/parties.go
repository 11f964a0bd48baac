package fact

import (
	"slices"

	"github.com/sila-graph/sila/extract/doc"
)

// parties turns what one party says of its enemy's deeds from actual into
// possible, as the guide's second rule has it. Who is whose enemy the article's
// own facts tell: who fights, kills or accuses whom; a person speaks for the
// country or body of the office that the article gives him. Facts below the least
// confidence prove no enmity.
func parties(facts []doc.Fact, least float64) {
	type pair struct{ a, b string }
	hostile := map[pair]bool{}
	above := map[string][]string{}
	add := func(a, b string) {
		if a != b {
			hostile[pair{a, b}], hostile[pair{b, a}] = true, true
		}
	}
	for i := range facts {
		f := &facts[i]
		if f.Confidence < least {
			continue
		}
		switch f.Type {
		case "HoldsPosition", "MemberOf", "AffiliatedWith":
			if !f.Ended {
				for _, a := range f.Agent {
					above[a] = append(above[a], f.Patient...)
				}
			}
		case "Clash":
			for _, a := range f.Agent {
				for _, b := range f.Agent {
					add(a, b)
				}
			}
		case "Attack", "Kill", "Injure", "Defeat", "Accuse", "Threaten", "Besiege", "Arrest", "Sanction":
			for _, a := range f.Agent {
				for _, b := range f.Patient {
					add(a, b)
				}
			}
		}
	}
	if len(hostile) == 0 {
		return
	}
	camp := func(e string) []string {
		out := []string{e}
		for depth := 0; depth < 2; depth++ {
			for _, x := range slices.Clone(out) {
				for _, y := range above[x] {
					if !slices.Contains(out, y) {
						out = append(out, y)
					}
				}
			}
		}
		return out
	}
	for i := range facts {
		f := &facts[i]
		if f.Source == "" || f.Status != doc.Actual || len(f.Agent) == 0 || slices.Contains(f.Agent, f.Source) || !deed(f.Type) {
			continue
		}
		speaker := camp(f.Source)
		enemy := false
		for _, a := range f.Agent {
			for _, y := range camp(a) {
				if slices.Contains(speaker, y) {
					enemy = false
					break
				}
				for _, x := range speaker {
					enemy = enemy || hostile[pair{x, y}]
				}
			}
		}
		if enemy {
			f.Status = doc.Possible
		}
	}
}

// deed says whether a fact of the type is what an accuser may only claim: an act,
// not a state or a fight that has two sides.
func deed(typ string) bool {
	switch typ {
	case "Attack", "Kill", "Injure", "Arrest", "Besiege", "Defeat", "Aid", "Support", "Cooperate", "Threaten", "Recruit", "Mobilize", "Withdraw", "Host", "Request", "Accuse":
		return true
	}
	return false
}
