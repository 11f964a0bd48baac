package console

import "syscall"

// limitData bounds the data of this process in bytes; the kernel refuses more.
func limitData(n int64) {
	const rlimitData = 2                                                               // RLIMIT_DATA
	_ = syscall.Setrlimit(rlimitData, &syscall.Rlimit{Cur: uint64(n), Max: uint64(n)}) // without it the watch is on its own
}
