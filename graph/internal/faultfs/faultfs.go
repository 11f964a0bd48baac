// Package faultfs is for tests of what a store does when its disk fails: a
// [Faults] given to errorfs.Wrap makes file operations fail from a certain one
// on, as if the disk were full.
package faultfs

import (
	"fmt"
	"sync/atomic"
	"syscall"

	"github.com/cockroachdb/pebble/v2/vfs/errorfs"
)

// Faults is an errorfs.Injector that fails writing operations, or reading ones,
// with ENOSPC.
type Faults struct {
	Left  atomic.Int64 // the operation that fails first, counted from 1; less with each one
	Once  bool         // that one alone, not all that follow it
	Reads bool         // reads fail, not writes
}

func (*Faults) String() string { return "faults" }

// MaybeError is called by errorfs before each operation.
func (f *Faults) MaybeError(op errorfs.Op) error {
	switch op.Kind {
	case errorfs.OpFileRead, errorfs.OpFileReadAt:
		if !f.Reads {
			return nil
		}
	case errorfs.OpCreate, errorfs.OpLink, errorfs.OpRename, errorfs.OpReuseForWrite, errorfs.OpFilePreallocate,
		errorfs.OpFileWrite, errorfs.OpFileWriteAt, errorfs.OpFileSync, errorfs.OpFileSyncData, errorfs.OpFileSyncTo, errorfs.OpMkdirAll:
		if f.Reads {
			return nil
		}
	default:
		return nil
	}
	if n := f.Left.Add(-1); n > 0 || f.Once && n < 0 {
		return nil
	}
	return fmt.Errorf("%s: %w", op.Path, syscall.ENOSPC)
}
