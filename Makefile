# make           build bin/sila, which carries Cayley's console
# make test      what .ci/run calls, without the checks
# make pictures  screenshots of the explorer, in pictures/
# make clean

.PHONY: build assets test pictures clean

build: assets
	CGO_ENABLED=0 go build -trimpath -tags assets -o bin/sila ./cmd/sila

# Cayley's console is copied from Go's module cache, the explorer's drawn views are bundled with
# packages of npm; neither is ours and neither is committed.
assets:
	go run ./graph/console/copyassets graph/console/assets
	@if command -v npm >/dev/null; then cd graph/console/web && npm ci --no-audit --no-fund --loglevel=error && node build.mjs ../assets/web; \
	else echo "warning: no npm; the explorer's network view and map are left out"; fi

test:
	go test ./...

# pictures of the explorer, as its test in Chromium sees it, in both languages
pictures: assets
	mkdir -p pictures
	SILA_SCREENSHOTS=$(CURDIR)/pictures go test -count=1 -run TestBrowser ./graph/console/explore

clean:
	rm -rf bin pictures graph/console/assets graph/console/web/node_modules
