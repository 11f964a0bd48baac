//go:build !linux

package console

// limitData does nothing where the kernel doesn't bound the data of a process; the watch does.
func limitData(int64) {}

// stepBack does nothing where processes have no priority like Linux's.
func stepBack() {}
