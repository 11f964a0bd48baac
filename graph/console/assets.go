package console

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"runtime/debug"
	"strings"
)

// module is the one whose console is served.
const module = "github.com/cayleygraph/cayley"

// ErrNoAssets says that the files of Cayley's console weren't found.
var ErrNoAssets = errors.New("the files of Cayley's console weren't found: build sila with make, which puts them into the program, or run it where Go has its modules (go mod download " + module + ")")

// FindAssets returns the folder of Cayley's console, with static/ and
// templates/: what was built into the program (make), else that of the module
// in Go's cache, of the version that the program was built with.
func FindAssets() (fs.FS, error) {
	if built != nil {
		return built, nil
	}
	version := "v0.7.7"
	if info, ok := debug.ReadBuildInfo(); ok {
		for _, d := range info.Deps {
			if d.Path == module {
				version = d.Version
			}
		}
	}
	for _, cache := range caches() {
		dir := filepath.Join(cache, filepath.FromSlash(module)+"@"+version)
		if complete(os.DirFS(dir)) {
			return os.DirFS(dir), nil
		}
	}
	return nil, ErrNoAssets
}

// Web returns the scripts and data of the explorer's drawn views, as make built
// them into the program; nil where it didn't.
func Web() fs.FS {
	if built == nil {
		return nil
	}
	if _, err := fs.Stat(built, "web/network.js"); err != nil {
		return nil
	}
	web, err := fs.Sub(built, "web")
	if err != nil {
		return nil
	}
	return web
}

// caches lists where Go may keep modules, the likeliest first.
func caches() []string {
	var out []string
	if v := os.Getenv("GOMODCACHE"); v != "" {
		out = append(out, v)
	}
	gopath := os.Getenv("GOPATH")
	if gopath == "" {
		if home, err := os.UserHomeDir(); err == nil {
			gopath = filepath.Join(home, "go")
		}
	}
	for _, p := range filepath.SplitList(gopath) {
		out = append(out, filepath.Join(p, "pkg", "mod"))
	}
	if b, err := exec.Command("go", "env", "GOMODCACHE").Output(); err == nil {
		out = append(out, strings.TrimSpace(string(b)))
	}
	return out
}

func complete(fsys fs.FS) bool {
	for _, name := range []string{"templates/query.html", "static/js/cayley_query.js"} {
		if _, err := fs.Stat(fsys, name); err != nil {
			return false
		}
	}
	return true
}

// CopyAssets copies the console's files to a folder, for a build that carries them.
func CopyAssets(dir string) error {
	src, err := FindAssets()
	if err != nil {
		return err
	}
	if err := os.RemoveAll(dir); err != nil {
		return err
	}
	for _, part := range []string{"static", "templates"} {
		sub, err := fs.Sub(src, part)
		if err != nil {
			return err
		}
		if err := os.CopyFS(filepath.Join(dir, part), sub); err != nil {
			return fmt.Errorf("copying Cayley's console: %w", err)
		}
	}
	return nil
}
