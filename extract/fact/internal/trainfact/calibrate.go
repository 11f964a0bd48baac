package main

import (
	"fmt"
	"path/filepath"

	"github.com/sila-graph/sila/extract/fact"
)

// held returns the examples by which confidence is judged: with the names that
// extraction finds, as in use.
func held(dirs []string, foundNames string) []fact.Example {
	var out []fact.Example
	for _, dir := range dirs {
		if foundNames != "" && exists(filepath.Join(dir, "articles.jsonl")) {
			out = append(out, crossfitted(dir, foundNames)...)
		} else {
			out = append(out, found(dir)...)
		}
	}
	return out
}

// printReliability prints the reliability table of judged pairs.
func printReliability(judged []fact.Judged) {
	fmt.Printf("| confidence | pairs | said | right | 95 %% interval |\n| --- | --- | --- | --- | --- |\n")
	for _, b := range fact.Reliability(judged) {
		if b.N > 0 {
			fmt.Printf("| .%02d to .%02d | %d | %.2f | %.2f | %.2f to %.2f |\n", b.From, b.To-1, b.N, b.Mean, b.Share, b.Low, b.High)
		}
	}
}
