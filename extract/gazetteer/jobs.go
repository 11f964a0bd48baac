package gazetteer

import (
	"fmt"
	"strings"
)

// jobsList is the list that holds all forms of lists/jobs.tsv.
const jobsList = "jobs"

// jobFile enters every form of the job nouns into the list "jobs": وزير,
// الوزيرة, وزراء. Columns are described in the file; the last holds attributes.
func (b *builder) jobFile(name, text string) error {
	id := len(b.t.lists)
	b.t.lists = append(b.t.lists, jobsList)
	n := 0
	for line := range strings.Lines(text) {
		n++
		line = strings.TrimRight(line, "\n")
		if line == "" || line[0] == '#' {
			continue
		}
		cells := strings.Split(line, "\t")
		if len(cells) != 9 {
			return fmt.Errorf("%s:%d: %d columns; want 9", name, n, len(cells))
		}
		for _, cell := range cells[:8] {
			for _, form := range strings.Split(cell, " | ") {
				if b.tokens = b.fold(form); len(b.tokens) > 0 {
					b.t.nodes[b.t.insert(b.tokens)].lists |= 1 << id
				}
			}
		}
	}
	return nil
}
