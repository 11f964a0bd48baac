package main

import (
	"fmt"

	"github.com/sila-graph/sila/extract/fact"
)

// printReliability prints the reliability table of judged pairs.
func printReliability(judged []fact.Judged) {
	fmt.Printf("| confidence | pairs | said | right | 95 %% interval |\n| --- | --- | --- | --- | --- |\n")
	for _, b := range fact.Reliability(judged) {
		if b.N > 0 {
			fmt.Printf("| .%02d to .%02d | %d | %.2f | %.2f | %.2f to %.2f |\n", b.From, b.To-1, b.N, b.Mean, b.Share, b.Low, b.High)
		}
	}
}
