package quads

import (
	"github.com/cockroachdb/pebble/v2"
	"github.com/cockroachdb/pebble/v2/bloom"
)

// pointFilter is a bloom filter of those keys alone that are looked up one by one: the dictionary and the first
// permutation. The five others are only scanned, and would make the filters four times as large for nothing.
type pointFilter struct{ bloom.FilterPolicy }

// Name implements pebble.FilterPolicy. Tables with a filter of another name are read without it.
func (pointFilter) Name() string { return "sila.points" }

// MayContain implements pebble.FilterPolicy.
func (f pointFilter) MayContain(t pebble.FilterType, filter, key []byte) bool {
	return !isPoint(key) || f.FilterPolicy.MayContain(t, filter, key)
}

// NewWriter implements pebble.FilterPolicy.
func (f pointFilter) NewWriter(t pebble.FilterType) pebble.FilterWriter {
	return pointWriter{f.FilterPolicy.NewWriter(t)}
}

type pointWriter struct{ pebble.FilterWriter }

// AddKey implements pebble.FilterWriter.
func (w pointWriter) AddKey(key []byte) {
	if isPoint(key) {
		w.FilterWriter.AddKey(key)
	}
}

func isPoint(key []byte) bool { return len(key) == 0 || key[0] <= partPerm }
