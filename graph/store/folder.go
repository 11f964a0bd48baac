package store

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

// formatFile holds one line, "sila kv 1": the backend and its format. It is
// written last, when a new store is whole.
const formatFile = "SILA"

// holderFile says who has the store open.
const holderFile = "HOLDER"

// writtenBy returns the backend that wrote the store in a folder, "" for none.
func writtenBy(path string) (string, error) {
	name, _, err := readFormat(path)
	if errors.Is(err, fs.ErrNotExist) {
		return "", nil
	}
	return name, err
}

func readFormat(path string) (name string, format int, err error) {
	file := filepath.Join(path, formatFile)
	b, err := os.ReadFile(file)
	if err != nil {
		return "", 0, err
	}
	f := strings.Fields(string(b))
	if len(f) == 3 && f[0] == "sila" {
		if format, err = strconv.Atoi(f[2]); err == nil {
			return f[1], format, nil
		}
	}
	return "", 0, fmt.Errorf("%s: %w: want \"sila BACKEND FORMAT\", have %q", file, ErrFormat, strings.TrimSpace(string(b)))
}

// checkFolder makes sure that path holds a store of that backend and format,
// or that one may be made there.
func checkFolder(path string, b backend, create bool) error {
	name, format, err := readFormat(path)
	switch {
	case err == nil && name != b.name:
		return fmt.Errorf("%s: %w: it is a %q store, not %q", path, ErrFormat, name, b.name)
	case err == nil && format < b.format:
		return fmt.Errorf("%s: %w: it was written by an older sila (format %d, now %d): load it again: "+
			"move the folder away and run sila load --db %s PATH…", path, ErrFormat, format, b.format, path)
	case err == nil && format > b.format:
		return fmt.Errorf("%s: %w: it was written by a newer sila (format %d, this one knows %d): use that one", path, ErrFormat, format, b.format)
	case err == nil:
		return nil
	case !errors.Is(err, fs.ErrNotExist):
		return err
	}
	entries, err := os.ReadDir(path)
	switch {
	case errors.Is(err, fs.ErrNotExist) && !create:
		return fmt.Errorf("%s: %w here: make one with sila load --db %s PATH…, or name another with --db", path, ErrMissing, path)
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err != nil:
		return err
	}
	for _, e := range entries {
		// a store whose making was interrupted has no format file yet; anything else isn't ours
		if e.Name() != b.name && e.Name() != holderFile {
			return fmt.Errorf("%s: %w: the folder holds something else (%s): name another with --db", path, ErrMissing, e.Name())
		}
	}
	if !create {
		return fmt.Errorf("%s: %w here: its making was interrupted: run sila load --db %s PATH…", path, ErrMissing, path)
	}
	return nil
}

func writeFormat(path string, b backend) error {
	tmp := filepath.Join(path, formatFile+".new")
	if err := os.WriteFile(tmp, fmt.Appendf(nil, "sila %s %d\n", b.name, b.format), 0o644); err != nil {
		return err
	}
	return os.Rename(tmp, filepath.Join(path, formatFile))
}

// holder describes this process for whoever finds the store locked.
func holder(who string) []byte {
	if who == "" {
		who = filepath.Base(os.Args[0])
	}
	return fmt.Appendf(nil, "process %d (%s)\n", os.Getpid(), who)
}

// lockedBy gives the error for a store that another process holds.
func lockedBy(path string, cause error) error {
	who := "another process"
	if b, err := os.ReadFile(filepath.Join(path, holderFile)); err == nil {
		who = strings.TrimSpace(string(b))
	}
	return fmt.Errorf("%s: %w by %s: wait for it, or stop it and try again (%v)", path, ErrLocked, who, cause)
}
