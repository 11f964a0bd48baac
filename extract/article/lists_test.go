package article

import (
	"strings"
	"testing"
)

// TestLists holds the embedded lists to their form: folded, sorted, no doubles, and short enough to be matched.
func TestLists(t *testing.T) {
	for name, list := range map[string]string{
		"furniture-line": furnitureLineList, "furniture-start": furnitureStartList, "furniture-end": furnitureEndList, "byline": bylineList, "datewords": datewordList, "weekdays": weekdayList,
	} {
		if !strings.HasPrefix(list, "# ") {
			t.Errorf("%s: no comment on top", name)
		}
		prev := ""
		for i, line := range strings.Split(strings.TrimSuffix(list, "\n"), "\n") {
			if strings.HasPrefix(line, "#") {
				continue
			}
			if fold(line) != strings.TrimSuffix(line, "*") || line <= prev {
				t.Errorf("%s:%d: %q: unfolded, out of order or doubled", name, i+1, line)
			}
			if name != "furniture-line" && len(strings.Fields(line)) > longestStart {
				t.Errorf("%s:%d: %q: more than %d words", name, i+1, line, longestStart)
			}
			prev = line
		}
	}
}
