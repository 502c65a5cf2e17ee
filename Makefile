# make demo   builds Casus, reads the sample articles and serves them
# make test   passes all tests; installs what they need
# make check  what make test runs, and the linter and the reference-data checks
# make bench  prints the figures that the docs claim; half an hour
# make build  leaves the binary at bin/casus

GO      ?= go
PORT    ?= 8317
VERSION := $(shell git describe --always --dirty 2>/dev/null || echo dev)
LDFLAGS := -s -w -X main.version=$(VERSION)
GOLANGCI := github.com/golangci/golangci-lint/v2/cmd/golangci-lint@v2.6.1
DESK    := web/desk
DEMO    := .cache/demo

.PHONY: build desk demo test check lint bench browser clean

build: desk
	$(GO) build -trimpath -ldflags '$(LDFLAGS)' -o bin/casus ./cmd/casus

# The page is built where there is Node; without it the command line works and the page says so.
desk:
	@if command -v npm >/dev/null; then $(MAKE) --no-print-directory $(DESK)/dist/index.html; \
	else echo 'No Node here: building the command line only.'; fi

$(DESK)/dist/index.html: $(DESK)/package-lock.json $(shell find $(DESK)/src $(DESK)/public $(DESK)/index.html $(DESK)/vite.config.ts 2>/dev/null)
	cd $(DESK) && npm ci --no-audit --no-fund --loglevel=error && npm run build

demo: build
	@mkdir -p $(DEMO)
	@rm -f $(DEMO)/demo.db $(DEMO)/demo.db-wal $(DEMO)/demo.db-shm
	bin/casus read --ledger $(DEMO)/demo.db examples
	@printf '\nThe ledger is %s. Try in another terminal:\n\n' '$(DEMO)/demo.db'
	@printf '  bin/casus --ledger %s show Taliban --as-of 2021-07-09\n' '$(DEMO)/demo.db'
	@printf '  bin/casus --ledger %s commitments\n' '$(DEMO)/demo.db'
	@printf '  bin/casus --ledger %s timeline --actor Kazachstan\n\n' '$(DEMO)/demo.db'
	bin/casus serve --ledger $(DEMO)/demo.db --port $(PORT)

test: desk browser
	$(GO) vet ./...
	$(GO) test ./...

# The browser tests need Chromium; on Debian as root it is installed.
browser:
	@command -v chromium >/dev/null || command -v chromium-browser >/dev/null || command -v google-chrome >/dev/null || \
	{ [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null && apt-get update -qq && \
	  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium >/dev/null; } || \
	echo 'No Chromium and no way to install it: the browser tests will skip.'

check: test lint
	$(GO) test -race -short ./...
	cd $(DESK) && npm run check && npm test

lint:
	$(GO) run $(GOLANGCI) run ./...

# ARTICLES=5000 gives a first idea in some minutes; the whole takes half an hour the first time.
ARTICLES ?= 100000
CHECKS   ?= 4500

bench: build
	bin/casus lab bench --articles $(ARTICLES)
	$(GO) test ./foresee/displacement -run '^$$' -bench . -benchtime 3x
	bin/casus --ledger .cache/bench/bench-$(ARTICLES)-$(ARTICLES)0.db lab ask --web --times 40 --most 10s --rules examples/watch.rules
	$(GO) test ./ledger/sqlite -run 'TestKilled|TestContract/Histories' -count=1 -v -timeout 60m -rapid.checks=$(CHECKS) | grep -E 'killings|operations|^(---|ok|FAIL)'

clean:
	rm -rf bin .cache $(DESK)/node_modules $(DESK)/dist/assets $(DESK)/dist/index.html
