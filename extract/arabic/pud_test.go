package arabic

import (
	"bufio"
	"math/bits"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

// pudWord is a word as it is written, with the letters behind which a clitic ends or begins.
type pudWord struct {
	form string
	cuts []int
}

// readPUD rebuilds written words from the segments of a CoNLL-U file: those that no
// space follows belong together. Punctuation parts words.
func readPUD(t *testing.T, path string) (out []pudWord) {
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var w pudWord
	end := func() {
		if w.form != "" {
			out = append(out, w)
		}
		w = pudWord{}
	}
	sc := bufio.NewScanner(f)
	sc.Buffer(nil, 1<<20)
	for sc.Scan() {
		x := strings.Split(sc.Text(), "\t")
		if len(x) < 10 || strings.ContainsAny(x[0], "-.") {
			end()
			continue
		}
		if x[3] == "PUNCT" || x[3] == "SYM" {
			end()
			continue
		}
		if w.form != "" {
			w.cuts = append(w.cuts, utf8.RuneCountInString(w.form))
		}
		w.form += x[1]
		if !strings.Contains(x[9], "SpaceAfter=No") {
			end()
		}
	}
	end()
	return out
}

// TestPUD measures the split of clitics on UD Arabic PUD where the shared data are there.
func TestPUD(t *testing.T) {
	dir := os.Getenv("SILA_SHARED")
	if dir == "" {
		dir = "../../../shared"
	}
	path := filepath.Join(dir, "data/segmentation/ar_pud-ud-test.conllu")
	if _, err := os.Stat(path); err != nil {
		t.Skip("no shared data; set SILA_SHARED")
	}
	var a Analyzer
	var x Text
	words, right, hit, wrong, missed := 0, 0, 0, 0, 0
	errors := map[string]int{}
	for _, w := range readPUD(t, path) {
		a.Analyze(w.form, &x)
		if len(x.Tokens) != 1 || x.Tokens[0].Kind != Word || utf8.RuneCountInString(x.Norm) != utf8.RuneCountInString(w.form) {
			continue
		}
		k := &x.Tokens[0]
		var cuts []int
		for i := range bits.OnesCount8(uint8(k.Pro &^ Al)) {
			cuts = append(cuts, i+1)
		}
		if k.Enc != NoEnclitic {
			cuts = append(cuts, utf8.RuneCountInString(x.Norm[:k.Base]))
		}
		words++
		if slices.Equal(cuts, w.cuts) {
			right++
		} else {
			errors[w.form]++
		}
		for _, c := range cuts {
			if slices.Contains(w.cuts, c) {
				hit++
			} else {
				wrong++
			}
		}
		for _, c := range w.cuts {
			if !slices.Contains(cuts, c) {
				missed++
			}
		}
	}
	p, r := float64(hit)/float64(hit+wrong), float64(hit)/float64(hit+missed)
	t.Logf("%d words, %.2f %% split right; cuts P %.3f R %.3f F1 %.3f", words, 100*float64(right)/float64(words), p, r, 2*p*r/(p+r))
	if testing.Verbose() && os.Getenv("SILA_ERRORS") != "" {
		var forms []string
		for f := range errors {
			forms = append(forms, f)
		}
		slices.SortFunc(forms, func(a, b string) int { return errors[b] - errors[a] })
		t.Log(forms[:min(200, len(forms))])
	}
	if p := float64(right) / float64(words); p < 0.9 {
		t.Errorf("%.3f of the words are split right; want 0.9", p)
	}
}
