package article

import (
	"archive/tar"
	"bufio"
	"bytes"
	"compress/bzip2"
	"errors"
	"fmt"
	"io"
	"os"
	"path"
	"strings"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zip"
	"github.com/klauspost/compress/zstd"
)

// Bounds against archives made to do harm. All reading is streamed, so these save time and disk, not memory.
const (
	maxDepth   = 6         // archives and compressions around one article
	bombFloor  = 64 << 20  // bytes that any archive may unpack to
	bombRatio  = 250       // beyond bombFloor, bytes unpacked per byte packed; news packs 4 to 10 times, a hundred near copies of a page 100 times
	zipInCore  = 8 << 20   // size in bytes up to which a zip within an archive is held in memory; above, in a temporary file
	zipOnDisk  = 4 << 30   // size in bytes up to which a zip within an archive is unpacked to a temporary file
	zstdWindow = 128 << 20 // memory in bytes that a zstd file may ask for
)

// Causes that archives add.
var (
	ErrBomb   = errors.New("unpacks to a suspicious multiple of its size")
	ErrNested = errors.New("too many archives within archives")
)

// meter passes unpacked bytes on and stops when they outgrow the packed ones.
type meter struct {
	r       io.Reader
	in      *int64 // packed bytes so far; grows as r reads
	out     int64
	err     error
	rawSize int64 // packed size if known beforehand, else 0
}

func (m *meter) Read(p []byte) (int, error) {
	if m.err != nil {
		return 0, m.err
	}
	n, err := m.r.Read(p)
	m.out += int64(n)
	if in := max(*m.in, m.rawSize); m.out > bombFloor && m.out > in*bombRatio {
		n, err = 0, ErrBomb
	}
	m.err = err
	return n, err
}

// countReader counts bytes; it keeps ReadByte so that gzip does not read beyond its end.
type countReader struct {
	r *bufio.Reader
	n int64
}

func (c *countReader) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	c.n += int64(n)
	return n, err
}

func (c *countReader) ReadByte() (byte, error) {
	b, err := c.r.ReadByte()
	if err == nil {
		c.n++
	}
	return b, err
}

// packed reads a compressed stream of one file.
func (s *session) packed(src *source, k kind) error {
	if src.depth >= maxDepth {
		return s.fail(src.at(), ErrNested, "unpack it first")
	}
	in := &countReader{r: src.r}
	var r io.Reader
	switch k {
	case kindGzip:
		z, err := gzip.NewReader(in)
		if err != nil {
			return s.broken(src, err)
		}
		defer z.Close()
		r = z
	case kindZstd:
		z, err := zstd.NewReader(in, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxWindow(zstdWindow), zstd.WithDecoderLowmem(true))
		if err != nil {
			return s.broken(src, err)
		}
		defer z.Close()
		r = z
	default:
		r = bzip2.NewReader(in)
	}
	inner := *src
	inner.depth++
	inner.name = cutPacked(src.name)
	inner.r = s.buffer(&meter{r: r, in: &in.n})
	defer s.release(inner.r)
	inner.at0, inner.size = nil, 0
	return s.stream(&inner)
}

// cutPacked drops a suffix of compression: "a.jsonl.gz" to "a.jsonl", "a.tgz" to "a.tar".
func cutPacked(name string) string {
	switch ext := strings.ToLower(path.Ext(name)); ext {
	case ".gz", ".zst", ".zstd", ".bz2":
		return name[:len(name)-len(ext)]
	case ".tgz", ".tbz2", ".tzst":
		return name[:len(name)-len(ext)] + ".tar"
	}
	return name
}

// member makes the source of a file within src. Its buffer comes from the session and goes back by s.release.
func (s *session) member(src *source, name string, r io.Reader) *source {
	name = strings.TrimPrefix(path.Clean("/"+strings.ReplaceAll(name, "\\", "/")), "/")
	if t, _, err := decode([]byte(name), ""); err == nil {
		name = t
	}
	return &source{
		file: src.file + "!" + name, name: path.Base(name), key: src.key + ":" + keyOf(name), found: true, depth: src.depth + 1, r: s.buffer(r),
	}
}

// each reads one member of an archive.
func (s *session) each(src *source, name string, r io.Reader) error {
	m := s.member(src, name, r)
	defer s.release(m.r)
	return s.stream(m)
}

// skipMember says which members are passed over by name: hidden files and what systems add to archives.
func skipMember(name string) bool {
	return hidden(path.Base(name)) || strings.HasPrefix(name, "__MACOSX/")
}

// tar reads a tar archive, member by member.
func (s *session) tar(src *source) error {
	if src.depth >= maxDepth {
		return s.fail(src.at(), ErrNested, "unpack it first")
	}
	t := tar.NewReader(src.r)
	for {
		h, err := t.Next()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return s.broken(src, err)
		}
		if h.Typeflag != tar.TypeReg || skipMember(h.Name) {
			continue
		}
		if err := s.each(src, h.Name, t); err != nil {
			return err
		}
	}
}

// zip reads a zip archive. It needs to get at the end first, so one that comes in a stream is set down before.
func (s *session) zip(src *source) error {
	if src.depth >= maxDepth {
		return s.fail(src.at(), ErrNested, "unpack it first")
	}
	at, n := src.at0, src.size
	if at == nil {
		head, err := io.ReadAll(io.LimitReader(src.r, zipInCore))
		if err != nil {
			return s.broken(src, err)
		}
		at, n = bytes.NewReader(head), int64(len(head))
		if n == zipInCore {
			f, err := os.CreateTemp("", "sila-*.zip")
			if err != nil {
				return s.fail(src.at(), err, "free some space for temporary files, or unpack it first")
			}
			defer os.Remove(f.Name())
			defer f.Close()
			n, err = io.Copy(f, io.MultiReader(bytes.NewReader(head), io.LimitReader(src.r, zipOnDisk)))
			if err != nil {
				return s.broken(src, err)
			}
			if n >= zipOnDisk {
				return s.fail(src.at(), fmt.Errorf("%w: a zip of more than 4 GB within an archive", ErrTooLong), "unpack it first")
			}
			at = f
		}
	}
	z, err := zip.NewReader(at, n)
	if err != nil {
		return s.broken(src, err)
	}
	var total int64
	for _, f := range z.File {
		name := f.Name
		if f.FileInfo().IsDir() || skipMember(name) {
			continue
		}
		if f.Flags&1 != 0 {
			if err := s.fail(Origin{File: src.file + "!" + name}, errors.New("encrypted"), "unpack the archive with its password"); err != nil {
				return err
			}
			continue
		}
		r, err := f.Open()
		if err != nil {
			if err := s.broken(&source{file: src.file + "!" + name}, err); err != nil {
				return err
			}
			continue
		}
		in := int64(0)
		m := &meter{r: r, in: &in, rawSize: int64(min(f.CompressedSize64, uint64(n)))}
		err = s.each(src, name, m)
		r.Close()
		if err != nil {
			return err
		}
		// Entries may overlap in the file, so that each looks harmless.
		if total += m.out; total > 4*bombFloor && total > n*bombRatio {
			return s.fail(src.at(), ErrBomb, "unpack it by other means if you trust it")
		}
	}
	return nil
}
