package quads

import (
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"time"

	"github.com/cockroachdb/pebble/v2/vfs"
)

// logFS makes a failing disk look to Pebble's files as if the process had ended at the first failure. Pebble counts on
// ending then, and would damage its own files if it went on after, say, one failed write to its manifest.
//
// At the write-ahead log Pebble would end the process by itself; so there a failure is noted in the logger, which makes
// the commit that met it and all later ones fail (see Store.commit), and from then on whatever Pebble writes to a log
// is dropped: the log on the disk ends with what was whole before. Failures at its other files are noted and returned,
// and from then on nothing is written to those either. Files elsewhere (tables of a bulk load, backups) are not guarded:
// their failures harm no one else.
type logFS struct {
	vfs.FS
	log  *logger
	path string // the store's folder

	awaiting atomic.Bool // a log was created and its folder's handle isn't known yet
	dir      atomic.Pointer[logDir]
}

// retryPause slows Pebble down, which tries to write a table again at once, and for ever, when the disk is full.
const retryPause = 200 * time.Millisecond

func isLog(name string) bool { return strings.HasSuffix(name, ".log") }

// guards says whether a file is one of Pebble's own.
func (l *logFS) guards(name string) bool { return filepath.Dir(name) == filepath.Clean(l.path) }

// once runs op unless something has failed already, and notes its failure.
func (l *logFS) once(op func() error) error {
	if err := l.log.failed(); err != nil {
		time.Sleep(retryPause)
		return err
	}
	err := op()
	if err != nil {
		l.log.fail(err)
	}
	return err
}

// Create implements vfs.FS.
func (l *logFS) Create(name string, c vfs.DiskWriteCategory) (f vfs.File, err error) {
	switch {
	case isLog(name):
		return l.open(func() (vfs.File, error) { return l.FS.Create(name, c) })
	case !l.guards(name):
		return l.FS.Create(name, c)
	}
	err = l.once(func() error {
		f, err = l.FS.Create(name, c)
		return err
	})
	if err != nil {
		return nil, err
	}
	return &dataFile{f, l}, nil
}

// Link implements vfs.FS.
func (l *logFS) Link(from, to string) error {
	if !l.guards(to) {
		return l.FS.Link(from, to)
	}
	return l.once(func() error { return l.FS.Link(from, to) })
}

// Rename implements vfs.FS.
func (l *logFS) Rename(from, to string) error {
	if !l.guards(to) {
		return l.FS.Rename(from, to)
	}
	return l.once(func() error { return l.FS.Rename(from, to) })
}

// Remove implements vfs.FS: what is on the disk stays as it was at the failure.
func (l *logFS) Remove(name string) error {
	if err := l.log.failed(); err != nil && l.guards(name) {
		return err
	}
	return l.FS.Remove(name)
}

// ReuseForWrite implements vfs.FS.
func (l *logFS) ReuseForWrite(from, to string, c vfs.DiskWriteCategory) (vfs.File, error) {
	if !isLog(to) {
		return l.FS.ReuseForWrite(from, to, c)
	}
	return l.open(func() (vfs.File, error) { return l.FS.ReuseForWrite(from, to, c) })
}

func (l *logFS) open(create func() (vfs.File, error)) (vfs.File, error) {
	if l.dir.Load() == nil {
		l.awaiting.Store(true)
	}
	if l.log.failed() != nil {
		return &logFile{l: l}, nil
	}
	f, err := create()
	if err != nil {
		l.log.fail(err)
		return &logFile{l: l}, nil
	}
	return &logFile{File: f, l: l}, nil
}

// OpenDir implements vfs.FS.
func (l *logFS) OpenDir(name string) (vfs.File, error) {
	f, err := l.FS.OpenDir(name)
	if err != nil || filepath.Clean(name) != filepath.Clean(l.path) {
		return f, err
	}
	return &logDir{f, l}, nil
}

// logDir is the store's folder, open. Pebble has one handle for its logs and another for its tables, and syncs the first right
// after creating a log; while the store is being opened nothing else comes between, which tells the two apart.
type logDir struct {
	vfs.File
	l *logFS
}

// Sync implements vfs.File.
func (d *logDir) Sync() error {
	if d.l.awaiting.CompareAndSwap(true, false) {
		d.l.dir.Store(d)
	}
	err := d.l.once(d.File.Sync)
	if d.l.dir.Load() == d {
		return nil
	}
	return err
}

// dataFile is a file of Pebble's that is being written: a table or the manifest.
type dataFile struct {
	vfs.File
	l *logFS
}

func (f *dataFile) Write(p []byte) (n int, err error) {
	err = f.l.once(func() error {
		n, err = f.File.Write(p)
		return err
	})
	return n, err
}

func (f *dataFile) WriteAt(p []byte, at int64) (n int, err error) {
	err = f.l.once(func() error {
		n, err = f.File.WriteAt(p, at)
		return err
	})
	return n, err
}

func (f *dataFile) Sync() error     { return f.l.once(f.File.Sync) }
func (f *dataFile) SyncData() error { return f.l.once(f.File.SyncData) }
func (f *dataFile) SyncTo(n int64) (full bool, err error) {
	err = f.l.once(func() error {
		full, err = f.File.SyncTo(n)
		return err
	})
	return full, err
}

// logFile is a log; File is nil if it couldn't be created.
type logFile struct {
	vfs.File
	l *logFS
}

// do runs f unless a log has failed already.
func (f *logFile) do(op func() error) {
	if f.File == nil || f.l.log.failed() != nil {
		return
	}
	if err := op(); err != nil {
		f.l.log.fail(err)
	}
}

func (f *logFile) Write(p []byte) (int, error) {
	f.do(func() error { _, err := f.File.Write(p); return err })
	return len(p), nil
}

func (f *logFile) WriteAt(p []byte, at int64) (int, error) {
	f.do(func() error { _, err := f.File.WriteAt(p, at); return err })
	return len(p), nil
}

func (f *logFile) Preallocate(at, n int64) error {
	f.do(func() error { return f.File.Preallocate(at, n) })
	return nil
}

func (f *logFile) Sync() error {
	f.do(func() error { return f.File.Sync() })
	return nil
}

func (f *logFile) SyncData() error {
	f.do(func() error { return f.File.SyncData() })
	return nil
}

func (f *logFile) SyncTo(n int64) (full bool, _ error) {
	f.do(func() (err error) { full, err = f.File.SyncTo(n); return err })
	return full, nil
}

func (f *logFile) Close() error {
	if f.File == nil {
		return nil
	}
	if err := f.File.Close(); err != nil {
		f.l.log.fail(err)
	}
	return nil
}

func (f *logFile) Stat() (vfs.FileInfo, error) {
	if f.File == nil {
		return noFile{}, nil
	}
	return f.File.Stat()
}

func (f *logFile) Prefetch(at, n int64) error {
	if f.File == nil {
		return nil
	}
	return f.File.Prefetch(at, n)
}

func (f *logFile) Fd() uintptr {
	if f.File == nil {
		return vfs.InvalidFd
	}
	return f.File.Fd()
}

// noFile is the FileInfo of a log that couldn't be created.
type noFile struct{}

func (noFile) Name() string           { return "" }
func (noFile) Size() int64            { return 0 }
func (noFile) Mode() os.FileMode      { return 0o600 }
func (noFile) ModTime() time.Time     { return time.Time{} }
func (noFile) IsDir() bool            { return false }
func (noFile) Sys() any               { return nil }
func (noFile) DeviceID() vfs.DeviceID { return vfs.DeviceID{} }
