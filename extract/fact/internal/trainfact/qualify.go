package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/sila-graph/sila/extract/doc"
	"github.com/sila-graph/sila/extract/fact"
)

// qualifiers prints how status, source, day and place agree with gold on the
// pairs that are found, with names of gold; with list also each that differs.
func qualifiers(dirs []string, list bool) {
	var all []fact.Example
	for _, d := range dirs {
		all = append(all, load(d)...)
	}
	for _, proposed := range []bool{false, true} {
		rows := fact.Qualify(all, proposed)
		what := "stated"
		if proposed {
			what = "proposed"
		}
		var status, source tally
		var day, month, place [2]int
		for i := range rows {
			q := &rows[i]
			other := func(s doc.Status) string {
				if s == doc.Actual {
					return ""
				}
				return string(s)
			}
			status.add(other(q.Gold.Status), other(q.Got.Status))
			source.add(q.Gold.Source, q.Got.Source)
			differ := q.Gold.Status != q.Got.Status || q.Gold.Source != q.Got.Source
			if t := q.Gold.Time; len(t) == 10 {
				day[1]++
				if q.Got.Time == t {
					day[0]++
				} else {
					differ = true
				}
			}
			if t := q.Gold.Time; len(t) >= 7 {
				month[1]++
				if len(q.Got.Time) >= 7 && q.Got.Time[:7] == t[:7] {
					month[0]++
				}
			}
			if len(q.Gold.Place) > 0 {
				place[1]++
				if slices.ContainsFunc(q.Gold.Place, func(p string) bool { return slices.Contains(q.Got.Place, p) }) {
					place[0]++
				}
			}
			if list && differ {
				fmt.Printf("%s\t%s\t%s(%s, %s)\t%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\n", what, q.ID, q.Type, q.Agent, q.Patient, q.Gold.Status, q.Got.Status,
					q.Gold.Source, q.Got.Source, q.Gold.Time, q.Got.Time, q.Rule, q.Evidence, strings.Join(strings.Fields(q.Sentence), " "))
			}
		}
		fmt.Printf("%s: %d pairs of gold\n  status other than actual  %v\n  source                    %v\n", what, len(rows), &status, &source)
		for _, x := range []struct {
			name string
			n    [2]int
		}{{"day", day}, {"month", month}, {"place", place}} {
			fmt.Printf("  %-25s right in %.3f (%d of %d that have one)\n", x.name, float64(x.n[0])/float64(max(1, x.n[1])), x.n[0], x.n[1])
		}
	}
}

type tally struct{ right, wrong, missed int }

func (t *tally) add(gold, got string) {
	switch {
	case gold != "" && gold == got:
		t.right++
		return
	case gold != "":
		t.missed++
	}
	if got != "" && got != gold {
		t.wrong++
	}
}

func (t *tally) String() string {
	p := float64(t.right) / float64(max(1, t.right+t.wrong))
	r := float64(t.right) / float64(max(1, t.right+t.missed))
	return fmt.Sprintf("P %.3f R %.3f F1 %.3f (right %d, wrong %d, missed %d)", p, r, 2*p*r/max(1e-9, p+r), t.right, t.wrong, t.missed)
}
