package explore

import (
	"cmp"
	"fmt"
	"net/url"
	"slices"

	"github.com/sila-graph/sila/extract/doc"
	"github.com/sila-graph/sila/graph/console/explore/index"
)

// chart is a stacked column chart of events by month and family of types, in
// units of the drawing: 1 column is 20 wide, the whole 160 high.
type chart struct {
	Width, Height int
	Columns       []column
	Families      []tag // with a colour each; classes are the families'
	Rows          []chartRow
	Top           int // the highest column, events
}

type column struct {
	X     int
	Label string // month in words, total
	URL   string // the events of that month
	Bars  []bar
	Tick  string // year, under its first month
}

type bar struct {
	Class   string
	Y, H    int
	Caption string
}

// chartRow is the same as a table, for those who don't see the drawing.
type chartRow struct {
	Month string
	Type  string
	N     int
}

const (
	chartHigh  = 160
	columnWide = 20
	mostMonths = 60
)

// chart draws the events of a list of facts; events makes the address of one month.
func (v *view) chart(facts []int32, events url.Values) *chart {
	months := v.Months(facts)
	if len(months) == 0 {
		return nil
	}
	first, last := months[0].Month, months[len(months)-1].Month
	at := func(m int) int { return m/100*12 + m%100 - 1 }
	if n := at(last) - at(first) + 1; n > mostMonths { // the latest; the list of events has the rest
		first = (at(last)-mostMonths+1)/12*100 + (at(last)-mostMonths+1)%12 + 1
	}
	c := &chart{Height: chartHigh}
	type stack struct {
		total  int
		family map[string]int
	}
	stacks := map[int]*stack{}
	labels := map[string]string{}
	total := map[string]int{}
	for _, m := range months {
		if m.Month < first {
			continue
		}
		s := stacks[m.Month]
		if s == nil {
			s = &stack{family: map[string]int{}}
			stacks[m.Month] = s
		}
		s.total += m.N
		s.family[m.Type.Family] += m.N
		total[m.Type.Family] += m.N
		labels[m.Type.Family] = v.T("family." + m.Type.Family)
		c.Top = max(c.Top, s.total)
		c.Rows = append(c.Rows, chartRow{v.Date(index.Day(m.Month * 100)), v.Pick(m.Type.Label), m.N})
	}
	for f := range total {
		c.Families = append(c.Families, tag{f, labels[f]})
	}
	slices.SortFunc(c.Families, func(a, b tag) int {
		return cmp.Or(cmp.Compare(total[b.Class], total[a.Class]), cmp.Compare(a.Class, b.Class))
	})
	n := at(last) - at(first) + 1
	c.Width = n * columnWide
	for i := range n {
		k := at(first) + i
		month := k/12*100 + k%12 + 1
		col := column{X: i * columnWide}
		if i == 0 || k%12 == 0 {
			col.Tick = fmt.Sprint(month / 100)
		}
		if s := stacks[month]; s != nil {
			d := index.Day(month * 100)
			col.Label = v.Date(d) + ": " + v.N("events", s.total)
			q := url.Values{}
			for key, val := range events {
				q[key] = val
			}
			q.Set("from", d.String())
			q.Set("to", d.String())
			col.URL = "/events?" + q.Encode()
			y := chartHigh
			for _, f := range c.Families {
				if k := s.family[f.Class]; k > 0 {
					h := max(2, k*(chartHigh-4)/c.Top)
					y -= h
					col.Bars = append(col.Bars, bar{f.Class, y, h, f.Text + ": " + v.Num(k)})
				}
			}
		}
		c.Columns = append(c.Columns, col)
	}
	return c
}

// families lists the families of the inventory once, in its order.
func families() []string {
	var out []string
	for _, t := range doc.Types().List {
		if !slices.Contains(out, t.Family) {
			out = append(out, t.Family)
		}
	}
	return out
}
