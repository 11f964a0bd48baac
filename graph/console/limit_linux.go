package console

import "syscall"

// limitData bounds the data of this process in bytes; the kernel refuses more.
func limitData(n int64) {
	const rlimitData = 2                                                               // RLIMIT_DATA
	_ = syscall.Setrlimit(rlimitData, &syscall.Rlimit{Cur: uint64(n), Max: uint64(n)}) // without it the watch is on its own
}

// stepBack leaves the processors to the server and to whatever else is there.
func stepBack() {
	_ = syscall.Setpriority(syscall.PRIO_PROCESS, 0, 5) // without it queries have the same share
}
