# make           build bin/sila, which carries Cayley's console
# make test      what .ci/run calls, without the checks
# make clean

.PHONY: build assets test clean

build: assets
	CGO_ENABLED=0 go build -trimpath -tags assets -o bin/sila ./cmd/sila

# Cayley's console is copied from Go's module cache; it isn't ours and isn't committed.
assets:
	go run ./graph/console/copyassets graph/console/assets

test:
	go test ./...

clean:
	rm -rf bin graph/console/assets
