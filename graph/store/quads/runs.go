package quads

import (
	"bufio"
	"bytes"
	"container/heap"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"slices"

	"github.com/cockroachdb/pebble/v2/vfs"
)

// A run is a file of records in ascending order that is merged with others at the end of a bulk load. A record is
// uvarint length of the key, the key, and a uvarint that belongs to it (an id, or 0).
type runWriter struct {
	f vfs.File
	w *bufio.Writer
	b []byte
}

func newRun(fs vfs.FS, dir, name string) (*runWriter, string, error) {
	path := filepath.Join(dir, name)
	f, err := fs.Create(path, vfs.WriteCategoryUnspecified)
	if err != nil {
		return nil, "", fmt.Errorf("quads: writing sorted quads: %w", err)
	}
	return &runWriter{f: f, w: bufio.NewWriterSize(f, 256<<10)}, path, nil
}

func (r *runWriter) add(key []byte, n uint64) error {
	r.b = binary.AppendUvarint(r.b[:0], uint64(len(key)))
	r.b = append(r.b, key...)
	r.b = binary.AppendUvarint(r.b, n)
	_, err := r.w.Write(r.b)
	return err
}

func (r *runWriter) close() error {
	err := errors.Join(r.w.Flush(), r.f.Close())
	if err != nil {
		return fmt.Errorf("quads: writing sorted quads: %w", err)
	}
	return nil
}

type runReader struct {
	f   vfs.File
	r   *bufio.Reader
	key []byte
	n   uint64
}

func (r *runReader) next() error {
	n, err := binary.ReadUvarint(r.r)
	if err != nil {
		return err // io.EOF at the end
	}
	r.key = slices.Grow(r.key[:0], int(n))[:n]
	if _, err := io.ReadFull(r.r, r.key); err != nil {
		return err
	}
	r.n, err = binary.ReadUvarint(r.r)
	return err
}

type runHeap []*runReader

func (h runHeap) Len() int           { return len(h) }
func (h runHeap) Less(i, j int) bool { return bytes.Compare(h[i].key, h[j].key) < 0 }
func (h runHeap) Swap(i, j int)      { h[i], h[j] = h[j], h[i] }
func (h *runHeap) Push(x any)        { *h = append(*h, x.(*runReader)) }
func (h *runHeap) Pop() any {
	old := *h
	x := old[len(old)-1]
	*h = old[:len(old)-1]
	return x
}

// mergeRuns calls f with all records of the runs in ascending order, each key once.
func mergeRuns(fs vfs.FS, paths []string, f func(key []byte, n uint64) error) (err error) {
	var h runHeap
	defer func() {
		for _, r := range h {
			_ = r.f.Close()
		}
		if err != nil {
			err = fmt.Errorf("quads: merging sorted quads: %w", err)
		}
	}()
	for _, path := range paths {
		file, err := fs.Open(path, vfs.SequentialReadsOption)
		if err != nil {
			return err
		}
		r := &runReader{f: file, r: bufio.NewReaderSize(file, 256<<10)}
		if err := r.next(); err == io.EOF {
			_ = file.Close()
			continue
		} else if err != nil {
			_ = file.Close()
			return err
		}
		h = append(h, r)
	}
	heap.Init(&h)
	var last []byte
	for first := true; len(h) > 0; first = false {
		r := h[0]
		if first || !bytes.Equal(last, r.key) {
			if err := f(r.key, r.n); err != nil {
				return err
			}
			last = append(last[:0], r.key...)
		}
		if err := r.next(); err == io.EOF {
			heap.Pop(&h)
			_ = r.f.Close()
		} else if err != nil {
			return err
		} else {
			heap.Fix(&h, 0)
		}
	}
	return nil
}

// dictSorter sorts the dictionary's new records, value to id, in memory of a fixed size.
type dictSorter struct {
	arena []byte
	recs  []dictRec
	runs  []string
}

type dictRec struct {
	head     uint64 // the key's first bytes after the first, for quick comparison
	at, size uint32
	id       uint64
}

const dictRecBytes = 24

func (d *dictSorter) add(key []byte, id uint64) {
	var head [8]byte
	copy(head[:], key[2:])
	d.recs = append(d.recs, dictRec{binary.BigEndian.Uint64(head[:]), uint32(len(d.arena)), uint32(len(key)), id})
	d.arena = append(d.arena, key...)
}

func (d *dictSorter) bytes() int { return len(d.arena) + dictRecBytes*len(d.recs) }

func (d *dictSorter) key(r dictRec) []byte { return d.arena[r.at : r.at+r.size] }

func (d *dictSorter) sort() {
	slices.SortFunc(d.recs, func(a, b dictRec) int {
		ka, kb := d.key(a), d.key(b)
		if c := bytes.Compare(ka[:2], kb[:2]); c != 0 { // the part and the value's type, or a hash's first byte
			return c
		}
		if a.head != b.head {
			if a.head < b.head {
				return -1
			}
			return 1
		}
		return bytes.Compare(ka, kb)
	})
}

func (d *dictSorter) clear() {
	d.arena, d.recs = d.arena[:0], d.recs[:0]
}
