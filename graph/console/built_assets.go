//go:build assets

package console

import (
	"embed"
	"io/fs"
)

//go:embed all:assets
var assets embed.FS

// built is Cayley's console, copied by make into assets/ before the build.
var built, _ = fs.Sub(assets, "assets")
