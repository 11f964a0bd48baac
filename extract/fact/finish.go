package fact

import (
	"github.com/sila-graph/sila/extract/arabic"
	"github.com/sila-graph/sila/extract/doc"
	"github.com/sila-graph/sila/extract/mention"
)

// About is what is known of an article beside its text.
type About struct {
	Date  string // YYYY-MM-DD or ""
	Topic string // see package topic; "" where unknown
	Why   bool   // say of each fact how it came about, in Fact.Why
}

// Document is Extract with what goes beyond single facts: those that only
// borrow the words of war are left out by topic, those of one happening get one
// incident number, confidence is calibrated, and quotations come with their
// speakers.
func (x *Extractor) Document(t *arabic.Text, m *mention.Result, about About) ([]doc.Fact, []doc.Quote) {
	x.run.why = about.Why
	x.run.about = about.Topic
	facts := dropBorrowed(t, about.Topic, x.Extract(t, m, about.Date))
	incidents(t, facts)
	applyCalibration(facts)
	if about.Why {
		plainReasons(facts)
	}
	return facts, x.run.quotations()
}
