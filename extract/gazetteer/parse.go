package gazetteer

import (
	"fmt"
	"strings"
	"unicode"

	"github.com/sila-graph/sila/extract/doc"
)

// fileTypes maps the start of a data file's name to the type of its entries.
var fileTypes = [...]struct {
	prefix string
	typ    doc.EntityType
}{
	{"cities", doc.Place},
	{"countries", doc.Place},
	{"events", doc.Event},
	{"groups", doc.Group},
	{"org", doc.Organization}, // organisations_*.tsv, orgs_*.tsv
	{"person", doc.Person},
	{"places", doc.Place},
	{"titles", Title},
}

func typeOfFile(name string) (doc.EntityType, error) {
	for _, f := range fileTypes {
		if strings.HasPrefix(name, f.prefix) {
			return f.typ, nil
		}
	}
	return "", fmt.Errorf("%s: no entry type goes with this name; start it with cities, countries, events, groups, org, person, places or titles", name)
}

// row is one line of a data file.
type row struct {
	ref, name, en string
	aliases       []string
	attrs         string
	line          int // 1-based
}

// parseRows reads a data file: comment lines, then lines of five fields parted
// by tabs. Trailing empty fields may be left out. name is used in errors only.
func parseRows(name, text string) ([]row, error) {
	rows := make([]row, 0, strings.Count(text, "\n"))
	for n := 1; text != ""; n++ {
		var line string
		line, text, _ = strings.Cut(text, "\n")
		if line == "" || line[0] == '#' {
			continue
		}
		r := row{line: n}
		var f [5]string
		rest, more := line, true
		for i := range f {
			if !more {
				break
			}
			f[i], rest, more = strings.Cut(rest, "\t")
		}
		if more {
			return nil, fmt.Errorf("%s:%d: more than 5 fields; the fields are ref, name, en, aliases, attrs", name, n)
		}
		r.ref, r.name, r.en, r.attrs = f[0], f[1], f[2], f[4]
		if r.ref == "" || r.name == "" {
			return nil, fmt.Errorf("%s:%d: ref and name are needed", name, n)
		}
		if f[3] != "" {
			r.aliases = strings.Split(f[3], " | ")
		}
		for _, form := range append([]string{r.name}, r.aliases...) {
			if err := checkForm(form); err != nil {
				return nil, fmt.Errorf("%s:%d: form %q: %w", name, n, form, err)
			}
		}
		rows = append(rows, r)
	}
	return rows, nil
}

// checkForm refuses what can't be a form of a name in Arabic text.
func checkForm(s string) error {
	if s == "" {
		return fmt.Errorf("is empty")
	}
	if strings.TrimSpace(s) != s || strings.Contains(s, "  ") {
		return fmt.Errorf("has spaces at an end or two in a row")
	}
	for _, r := range s {
		if r == '|' || r == '!' || unicode.IsControl(r) || unicode.Is(unicode.Cf, r) {
			return fmt.Errorf("holds %U, which no form may", r)
		}
	}
	return nil
}
