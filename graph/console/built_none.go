//go:build !assets

package console

import "io/fs"

// built holds Cayley's console in programs that carry it (make); see built_assets.go.
var built fs.FS
