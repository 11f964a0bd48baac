package mention

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"maps"
	"math"
	"slices"
	"strings"

	"github.com/sila-graph/sila/extract/arabic"
)

// Word clusters: words that keep the same company. Each word that occurs at
// least clusterMin times is described by the frequent words left and right of it
// (positive pointwise mutual information, unit length), and spherical k-means
// groups the descriptions. One goroutine and fixed orders: same text, same file.
const (
	clusters        = 320
	clusterMin      = 12
	clusterContexts = 1200
	clusterRounds   = 15
)

type dim struct {
	i uint16
	v float32
}

// TrainClusters reads unlabelled articles from JSONL files, gzipped or not, and returns
// the clusters' file: a line of words per cluster. About two minutes for 3 million words.
func TrainClusters(ctx context.Context, news []string) ([]byte, error) {
	next := newsReader(news)
	var a arabic.Analyzer
	var t arabic.Text
	id := map[string]int32{}
	var names []string
	var count []int32
	var stream []int32 // -1 between sentences
	var key []byte
	for {
		s, err := next()
		if err == io.EOF {
			break
		}
		if err != nil {
			return nil, fmt.Errorf("reading texts for clusters: %w", err)
		}
		a.Analyze(s, &t)
		for _, sent := range t.Sentences {
			for i := sent.First; i < sent.Last; i++ {
				k := &t.Tokens[i]
				switch k.Kind {
				case arabic.Word, arabic.Latin:
					from := k.Bare
					if k.Has(arabic.Al) && from-k.Start >= 4 && t.Norm[from-4:from] == article {
						from -= 4
					}
					key = key[:0]
					if k.Has(arabic.Al) && from == k.Bare {
						key = append(key, article...)
					}
					key = arabic.AppendKey(key, t.Norm[from:k.End])
				case arabic.Number:
					key = append(key[:0], '0')
				default:
					key = append(key[:0], t.Norm[k.Start:k.End]...)
				}
				n, ok := id[string(key)]
				if !ok {
					n = int32(len(names))
					id[string(key)] = n
					names, count = append(names, string(key)), append(count, 0)
				}
				count[n]++
				stream = append(stream, n)
			}
			stream = append(stream, -1)
		}
		if err := ctx.Err(); err != nil {
			return nil, err
		}
	}
	order := make([]int32, len(names))
	for i := range order {
		order[i] = int32(i)
	}
	slices.SortFunc(order, func(x, y int32) int {
		return cmp.Or(cmp.Compare(count[y], count[x]), strings.Compare(names[x], names[y]))
	})
	rank := make([]int32, len(names))
	vocab := 0
	for i, w := range order {
		rank[w] = int32(i)
		if count[w] >= clusterMin {
			vocab = i + 1
		}
	}
	if vocab == 0 {
		return nil, fmt.Errorf("no word occurs %d times; give more news", clusterMin)
	}
	vecs := contextVectors(stream, rank, vocab)
	of := kmeans(vecs, clusters)
	groups := make([][]string, clusters)
	for i := range vocab {
		w := names[order[i]]
		if r := []rune(w); len(vecs[i]) > 0 && len(r) > 1 {
			groups[of[i]] = append(groups[of[i]], w)
		}
	}
	var b strings.Builder
	b.WriteString("# Words by the company that they keep in news, a cluster a line; made by sila train clusters.\n")
	for _, g := range groups {
		slices.Sort(g)
		b.WriteString(strings.Join(g, " "))
		b.WriteByte('\n')
	}
	return []byte(b.String()), nil
}

// contextVectors describes the first vocab words by rank.
func contextVectors(stream, rank []int32, vocab int) [][]dim {
	const edge = clusterContexts // context beyond a sentence's end
	const width = clusterContexts + 1
	counts := make([]map[uint16]int32, vocab)
	context := make([]float64, 2*width)
	total := 0.0
	at := func(i int) int32 {
		if i < 0 || i >= len(stream) || stream[i] < 0 {
			return edge
		}
		return rank[stream[i]]
	}
	for i, w := range stream {
		if w < 0 || int(rank[w]) >= vocab {
			continue
		}
		m := counts[rank[w]]
		if m == nil {
			m = map[uint16]int32{}
			counts[rank[w]] = m
		}
		for side, c := range [2]int32{at(i - 1), at(i + 1)} {
			if c <= edge {
				d := side*width + int(c)
				m[uint16(d)]++
				context[d]++
				total++
			}
		}
	}
	out := make([][]dim, vocab)
	for i, m := range counts {
		sum := 0.0
		keys := slices.Sorted(maps.Keys(m))
		for _, k := range keys {
			sum += float64(m[k])
		}
		norm := 0.0
		for _, k := range keys {
			v := math.Log(float64(m[k]) * total / (sum * math.Pow(context[k], 0.75) * math.Pow(total, 0.25)))
			if v > 0 {
				out[i] = append(out[i], dim{k, float32(v)})
				norm += v * v
			}
		}
		if norm > 0 {
			f := float32(1 / math.Sqrt(norm))
			for j := range out[i] {
				out[i][j].v *= f
			}
		}
	}
	return out
}

// kmeans starts from words spread over the ranks and moves each word to the
// centre that it is most like, ties to the smaller number.
func kmeans(vecs [][]dim, k int) []int32 {
	const width = 2 * (clusterContexts + 1)
	of := make([]int32, len(vecs))
	centres := make([]float32, width*k) // context-major: all centres of one context lie together
	seeds := min(len(vecs), 20*k)
	for c := range k {
		for _, d := range vecs[c*seeds/k] {
			centres[int(d.i)*k+c] = d.v
		}
	}
	sims := make([]float32, k)
	for range clusterRounds {
		for i, v := range vecs {
			clear(sims)
			for _, d := range v {
				row := centres[int(d.i)*k : int(d.i)*k+k]
				for c, x := range row {
					sims[c] += x * d.v
				}
			}
			best := 0
			for c, s := range sims {
				if s > sims[best] {
					best = c
				}
			}
			of[i] = int32(best)
		}
		clear(centres)
		norms := make([]float64, k)
		for i, v := range vecs {
			for _, d := range v {
				centres[int(d.i)*k+int(of[i])] += d.v
			}
		}
		for j, x := range centres {
			norms[j%k] += float64(x) * float64(x)
		}
		for j := range centres {
			if n := norms[j%k]; n > 0 {
				centres[j] /= float32(math.Sqrt(n))
			}
		}
	}
	return of
}
