package fact

import (
	"github.com/sila-graph/sila/extract/arabic"
	"github.com/sila-graph/sila/extract/doc"
	"github.com/sila-graph/sila/extract/mention"
)

// Proposed returns every fact that the rules propose, qualified, whatever the
// model thinks of it.
func (x *Extractor) Proposed(t *arabic.Text, m *mention.Result, date string) []doc.Fact {
	x.run.wide = true
	x.run.candidates(t, m, date)
	x.run.wide = false
	return x.run.everything()
}
