package gazetteer

import (
	"io/fs"
	"os"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"
)

var refForm = regexp.MustCompile(`^(geonames:[1-9][0-9]*|wikidata:Q[1-9][0-9]*|sila:(org|person|place|group|event|title)/[a-z0-9]+(-[a-z0-9]+)*)$`)

// each calls f with every data file that holds entries or adjectives.
func each(t *testing.T, f func(t *testing.T, name, text string)) {
	names, err := fs.Glob(files, "data/*.tsv")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		base := path.Base(name)
		if strings.HasPrefix(base, "heads") {
			continue
		}
		t.Run(base, func(t *testing.T) {
			text, err := fs.ReadFile(files, name)
			if err != nil {
				t.Fatal(err)
			}
			f(t, base, string(text))
		})
	}
}

// TestData proves that the files are what README.md promises: a comment first,
// lines sorted and unique, well-formed refs, no form given twice in an entry,
// Arabic display forms, no form shared within a file unless marked shared=1 or
// told apart by country.
func TestData(t *testing.T) {
	table := Default()
	each(t, func(t *testing.T, name, text string) {
		if !strings.HasPrefix(text, "# ") || !strings.HasSuffix(text, "\n") {
			t.Errorf("%s: must start with a comment and end with a line end", name)
		}
		var lines []string
		for line := range strings.Lines(text) {
			if line[0] != '#' {
				lines = append(lines, strings.TrimSuffix(line, "\n"))
			}
		}
		if !slices.IsSorted(lines) {
			for i := range lines[1:] {
				if lines[i] > lines[i+1] {
					t.Errorf("%s: lines aren't sorted at %q; sort them as bytes (LC_ALL=C sort)", name, lines[i+1])
					break
				}
			}
		}
		rows, err := parseRows(name, text)
		if err != nil {
			t.Fatal(err)
		}
		isNisba := strings.HasPrefix(name, "nisba")
		owner := map[string]row{}
		for _, r := range rows {
			if !refForm.MatchString(r.ref) {
				t.Errorf("%s:%d: ref %q is malformed", name, r.line, r.ref)
			}
			own := map[string]bool{}
			for _, form := range append([]string{r.name}, r.aliases...) {
				k := strings.Join(tokens(nil, form), " ")
				if k == "" {
					t.Errorf("%s:%d: %q folds to nothing", name, r.line, form)
				}
				if own[k] {
					t.Errorf("%s:%d: %s has %q twice, folded", name, r.line, r.ref, form)
				}
				own[k] = true
				if o, ok := owner[k]; ok && o.ref != r.ref && !apart(o, r) {
					t.Errorf("%s:%d: %s and %s share the form %q; mark both shared=1 if that is meant", name, r.line, r.ref, o.ref, form)
				}
				owner[k] = r
			}
			if weak, ok := attr(r.attrs, "weak"); ok {
				for w := range strings.SplitSeq(weak, ",") {
					if w != r.name && !slices.Contains(r.aliases, w) {
						t.Errorf("%s:%d: %s: weak form %q is no form of it", name, r.line, r.ref, w)
					}
				}
			}
			for _, c := range r.name {
				if !(c == ' ' || c >= '0' && c <= '9' || c >= 'ء' && c <= 'ي' && c != 'ـ' || c == '-' || c == '\'') {
					t.Errorf("%s:%d: name %q: %q has no place in a display form", name, r.line, r.name, c)
				}
			}
			if isNisba && !strings.HasSuffix(r.name, "ي") && r.name != "مسلم" {
				t.Errorf("%s:%d: %q: a nisba ends in ي", name, r.line, r.name)
			}
		}
	})
	for i := range table.Len() {
		e := table.Entry(i)
		for _, ref := range []string{e.Capital, e.Admin} {
			if ref != "" && table.Ref(ref) == nil {
				t.Errorf("%s (%s) points at %s, which no file has", e.Ref, e.Name, ref)
			}
		}
		if e.Country != "" && !isoCountry[e.Country] {
			t.Errorf("%s (%s): country %q isn't in countries.tsv", e.Ref, e.Name, e.Country)
		}
	}
}

// apart says whether two rows may share a form: both say so, or they are
// places in two countries or of two kinds (محافظة حلب and مدينة حلب).
func apart(x, y row) bool {
	sx, _ := attr(x.attrs, "shared")
	sy, _ := attr(y.attrs, "shared")
	if sx == "1" && sy == "1" {
		return true
	}
	cx, okx := attr(x.attrs, "country")
	cy, oky := attr(y.attrs, "country")
	kx, _ := attr(x.attrs, "kind")
	ky, _ := attr(y.attrs, "kind")
	return okx && oky && (cx != cy || kx != ky) || kx == "country" && ky == "country" || kx != ky
}

var isoCountry = func() map[string]bool {
	out := map[string]bool{}
	t := Default()
	for i := range t.Len() {
		if e := t.Entry(i); (e.Kind == "country" || e.Kind == "territory") && e.Country != "" {
			out[e.Country] = true
		}
	}
	return out
}()

// TestListFiles proves that lists are commented, sorted, unique after folding.
func TestListFiles(t *testing.T) {
	names, err := fs.Glob(files, "lists/*.txt")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		text, err := fs.ReadFile(files, name)
		if err != nil {
			t.Fatal(err)
		}
		if !strings.HasPrefix(string(text), "# ") {
			t.Errorf("%s: must start with a comment that says what it lists", name)
		}
		var prev string
		seen := map[string]string{}
		for line := range strings.Lines(string(text)) {
			line = strings.TrimSuffix(line, "\n")
			if strings.HasPrefix(line, "#") {
				continue
			}
			if err := checkForm(line); err != nil {
				t.Errorf("%s: %q %v", name, line, err)
			}
			if line < prev {
				t.Errorf("%s: %q isn't in order; sort as bytes (LC_ALL=C sort)", name, line)
			}
			prev = line
			k := strings.Join(tokens(nil, line), " ")
			if other, twice := seen[k]; twice {
				t.Errorf("%s: %q and %q are one, folded", name, other, line)
			}
			seen[k] = line
		}
	}
}

// TestTables proves that the files of head nouns and jobs are commented, sorted and
// hold no first column twice, folded.
func TestTables(t *testing.T) {
	for _, name := range []string{"data/heads.tsv", "lists/jobs.tsv"} {
		b, err := fs.ReadFile(files, name)
		if err != nil {
			t.Fatal(err)
		}
		if !strings.HasPrefix(string(b), "# ") {
			t.Errorf("%s: must start with a comment that says what it lists", name)
		}
		prev := ""
		seen := map[string]bool{}
		for line := range strings.Lines(string(b)) {
			if line[0] == '#' {
				continue
			}
			noun, _, _ := strings.Cut(strings.TrimSuffix(line, "\n"), "\t")
			if noun < prev {
				t.Errorf("%s: %q isn't in order; sort as bytes (LC_ALL=C sort)", name, noun)
			}
			prev = noun
			if k := strings.Join(tokens(nil, noun), " "); seen[k] {
				t.Errorf("%s: %q stands twice, folded", name, noun)
			} else {
				seen[k] = true
			}
		}
	}
}

// TestSources proves that README.md tells of every file with entries, by its name or
// by that of its group (orgs_*.tsv).
func TestSources(t *testing.T) {
	readme, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	names, err := fs.Glob(files, "data/*.tsv")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		base := path.Base(name)
		group, _, _ := strings.Cut(base, "_")
		if !strings.Contains(string(readme), "| "+base+" |") && !strings.Contains(string(readme), "| "+group+"_*.tsv |") {
			t.Errorf("README.md doesn't say what %s holds and where it is from", base)
		}
	}
}

// TestCounts holds what README.md promises.
func TestCounts(t *testing.T) {
	table := Default()
	count := map[string]int{}
	for i := range table.Len() {
		e := table.Entry(i)
		count[string(e.Type)]++
		if e.Kind == "country" {
			count["country"]++
		}
	}
	count["nisba"] = len(table.nisbas)
	each(t, func(t *testing.T, name, text string) {
		rows, err := parseRows(name, text)
		if err != nil {
			t.Fatal(err)
		}
		if strings.HasPrefix(name, "places_") {
			count["curated place"] += len(rows)
		}
	})
	for _, list := range []string{"given_names_m", "given_names_f", "family_names", "titles_m", "titles_f"} {
		b, err := fs.ReadFile(files, "lists/"+list+".txt")
		if err != nil {
			t.Fatal(err)
		}
		for line := range strings.Lines(string(b)) {
			if line[0] != '#' {
				count[list]++
			}
		}
	}
	t.Log(count, "nodes", len(table.nodes), "words", len(table.words))
	for what, least := range map[string]int{"country": 190, "nisba": 200, "Place": 2000, "curated place": 600, "Organization": 800, "Person": 500,
		"given_names_m": 1000, "given_names_f": 500, "family_names": 1000, "titles_m": 50, "titles_f": 20} {
		if count[what] < least {
			t.Errorf("%d of %s, want at least %d", count[what], what, least)
		}
	}
}
