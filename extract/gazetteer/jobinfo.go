package gazetteer

import (
	_ "embed"
	"strings"
	"sync"

	"github.com/sila-graph/sila/extract/arabic"
)

//go:embed lists/jobs.tsv
var jobsText string

// Job is what a job noun is, by any of its forms.
type Job struct {
	Lemma  string // masculine singular: وزير
	Class  string // gov, mil, rel, dipl, org, spokes, media, sport … as in lists/jobs.tsv
	Rank   bool   // a rank rather than an office: عميد
	Fem    bool
	Plural bool
}

// Jobs returns the job nouns by the first word of each form, normalised and
// without the article: وزير, وزيرة, وزراء, and ناطق of ناطق رسمي. Read-only.
func Jobs() map[string]Job { return loadJobs() }

var loadJobs = sync.OnceValue(func() map[string]Job {
	out := map[string]Job{}
	for line := range strings.Lines(jobsText) {
		line = strings.TrimRight(line, "\n")
		if line == "" || line[0] == '#' {
			continue
		}
		cols := strings.Split(line, "\t")
		if len(cols) < 9 {
			continue // the lint test reports it
		}
		attrs := ";" + cols[8] + ";"
		class := ""
		if _, rest, ok := strings.Cut(attrs, ";class="); ok {
			class, _, _ = strings.Cut(rest, ";")
		}
		for i, col := range cols[:8] {
			if i == 4 || i == 5 {
				continue // definite forms: the article is stripped from tokens
			}
			for _, form := range strings.Split(col, "|") {
				first, _, _ := strings.Cut(strings.TrimSpace(form), " ")
				first = arabic.Normalize(first)
				if first == "" || i == 1 && strings.Contains(attrs, ";fem_common=1;") {
					continue
				}
				if _, ok := out[first]; !ok {
					out[first] = Job{Lemma: cols[0], Class: class, Rank: strings.Contains(attrs, ";rank=1;"), Fem: i == 1 || i == 3 || i == 7, Plural: i == 2 || i == 3 || i >= 6}
				}
			}
		}
	}
	return out
})
