package mention

import (
	"cmp"
	"context"
	_ "embed"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/sila-graph/sila/extract/arabic"
)

// News names: what a model that knows nothing of them takes a word for in a large
// amount of unlabelled news. «كيري» is part of a person's name there nine times out of
// ten, whatever the annotated articles have.

//go:embed data/news_names.txt
var newsNamesText string

// newsMin is how often a word has to occur to be told of.
const newsMin = 4

// shareOf puts a share into one of five ranges.
func shareOf(n, total int32) uint8 {
	switch {
	case n == 0:
		return 0
	case n*10 < total:
		return 1
	case n*2 < total:
		return 2
	case n*10 < total*9:
		return 3
	}
	return 4
}

// newsOf sums up how often a word was tagged as each class: 1 + a number of base 5 of
// the shares of persons, bodies and places.
func newsOf(n *[numClasses]int32, total int32) uint8 {
	return 1 + shareOf(n[classPerson], total) + 5*shareOf(n[classOrganization], total) + 25*shareOf(n[classPlace], total)
}

// newsCounts says how often each word of news was tagged as what.
type newsCounts struct {
	id     map[string]int32
	names  []string
	counts []newsCount
}

type newsCount struct {
	class [numClasses]int32
	total int32
}

func (n *newsCounts) of(word string) *newsCount {
	i, ok := n.id[word]
	if !ok {
		i = int32(len(n.names))
		word = strings.Clone(word)
		n.id[word] = i
		n.names, n.counts = append(n.names, word), append(n.counts, newsCount{})
	}
	return &n.counts[i]
}

// countNews tags the texts that next returns until io.EOF.
func (r *Recognizer) countNews(ctx context.Context, next func() (string, error), m *Model) (*newsCounts, error) {
	out := &newsCounts{id: map[string]int32{}}
	var a arabic.Analyzer
	var t arabic.Text
	for {
		s, err := next()
		if err == io.EOF {
			return out, nil
		}
		if err != nil {
			return nil, fmt.Errorf("reading texts for news names: %w", err)
		}
		a.Analyze(s, &t)
		r.read(&t)
		r.tagWith(&t, m)
		for i := range r.words.w {
			kind, word := t.Tokens[i].Kind, r.words.w[i].core
			if kind != arabic.Word && kind != arabic.Latin || strings.Contains(word, " ") {
				continue // acronyms (اف.بي.اي) are several words, folded
			}
			c := out.of(word)
			c.total++
			if l := r.tags[i]; l != outside {
				c.class[l.class()]++
			}
		}
		if err := ctx.Err(); err != nil {
			return nil, err
		}
	}
}

// encode writes the file: a number and the words that have it on each line.
func (n *newsCounts) encode() []byte {
	order := make([]int32, 0, len(n.names))
	value := make([]uint8, len(n.names))
	for i := range n.counts {
		c := &n.counts[i]
		if value[i] = newsOf(&c.class, c.total); c.total >= newsMin && value[i] > 1 {
			order = append(order, int32(i))
		}
	}
	slices.SortFunc(order, func(x, y int32) int {
		return cmp.Or(cmp.Compare(value[x], value[y]), strings.Compare(n.names[x], n.names[y]))
	})
	var b strings.Builder
	b.WriteString("# What words are tagged as in news: a number (1 + shares of persons, bodies, places in base 5) and its words a line; made by sila train mention.\n")
	last := uint8(0)
	for _, i := range order {
		if value[i] != last {
			if last != 0 {
				b.WriteByte('\n')
			}
			last = value[i]
			b.WriteString(strconv.Itoa(int(last)))
		}
		b.WriteByte(' ')
		b.WriteString(n.names[i])
	}
	b.WriteByte('\n')
	return []byte(b.String())
}

// learnNewsNames trains a model that knows no news names, tags news with it and returns
// the file of what it says.
func (r *Recognizer) learnNewsNames(ctx context.Context, texts []tagged, c trainConfig, next func() (string, error)) ([]byte, error) {
	c.groups &^= groupNews
	c.runs = 2
	groups := r.groups
	r.groups = c.groups
	defer func() { r.groups = groups }()
	w, err := r.fit(ctx, texts, c)
	if err != nil {
		return nil, err
	}
	counts, err := r.countNews(ctx, next, w.model())
	if err != nil {
		return nil, err
	}
	return counts.encode(), nil
}

// addNewsNames reads such a file into a table of words.
func (m wordTable) addNewsNames(file string) {
	for _, line := range listLines(file) {
		n := 0
		for i, f := range strings.Split(line, " ") {
			if i == 0 {
				n, _ = strconv.Atoi(f)
				continue
			}
			h := hashString(f)
			x := m[h]
			x.news = uint8(n)
			m[h] = x
		}
	}
}
