package mention

import (
	_ "embed"
	"strings"
	"sync"

	"github.com/sila-graph/sila/extract/arabic"
	"github.com/sila-graph/sila/extract/doc"
)

//go:embed data/forces.txt
var forcesText string

// forces holds the pairs of data/forces.txt.
var forces = sync.OnceValue(func() map[[2]string]bool {
	out := map[[2]string]bool{}
	for line := range strings.Lines(forcesText) {
		if head, adj, ok := strings.Cut(strings.TrimSpace(line), " "); ok && line[0] != '#' {
			out[[2]string{head, adj}] = true
		}
	}
	return out
})

// addForces adds forces that the text knows by an adjective alone («قوات محلية»,
// «القوات الحكومية»): organisations by the guide, that the model, which learns names,
// sees too rarely. Head and adjective agree in the article.
func (r *Recognizer) addForces(t *arabic.Text) {
	w := r.words.w
	for i := 0; i+1 < len(w); i++ {
		if r.inside[i] != 0 || r.inside[i+1] != 0 || !forces()[[2]string{w[i].bare, w[i+1].bare}] {
			continue
		}
		if t.Tokens[i].Has(arabic.Al) == t.Tokens[i+1].Has(arabic.Al) {
			r.addSpan(t, int32(i), int32(i+1), classOf(doc.Organization), ByHead)
		}
	}
}

// addPeoples adds «الشعب السوري»: a people by its country.
func (r *Recognizer) addPeoples(t *arabic.Text) {
	for i := 0; i+1 < len(r.words.w); i++ {
		m := &r.matches[i+1]
		if r.inside[i] == 0 && r.inside[i+1] == 0 && r.known.peoples[r.words.w[i].core] && m.nisbaN > 0 && m.nisba[0].Kind == "country" && m.nisba[0].Definite {
			r.addSpan(t, int32(i), int32(i)+m.nisbaN, classOf(doc.Group), ByHead)
		}
	}
}
