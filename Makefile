# Every command of the project, once: .ci/run calls these targets in order.

SHELL := bash

GOFUMPT        := mvdan.cc/gofumpt@v0.12.0
LINTER         := github.com/golangci/golangci-lint/v2/cmd/golangci-lint
LINTER_VERSION := 2.15.0

GORELEASER         := github.com/goreleaser/goreleaser/v2
GORELEASER_VERSION := v2.16.0

FUZZTIME ?= 5s
PATIENCE ?= 30m
BENCH    ?= .
WRITES   ?= 10000
FAULTS   ?= 0.1

BIN     := $(or $(shell go env GOBIN),$(shell go env GOPATH)/bin)
CLIENTS := test/clients

# Suites that take long run in full, see internal/slowtest.
SLOW := SLOW_TESTS=1

.PHONY: help test slow race fmt vet tidy lint fuzz generate stale build clients conformance shapes bench load replicas browser sheets hledger imports deploy-lint soak packages

help: ## Show this list.
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "%-12s %s\n", $$1, $$2}' Makefile

test: ## Run the tests, of long suites a sample; as go test ./... does.
	go test ./...

# The packages that ask internal/slowtest which form is wanted. A busy machine needs
# more than the ten minutes that go test gives a package.
slow: ## Run every suite that make test samples in full, but for what needs other programs.
	$(SLOW) go test -timeout $(PATIENCE) $$(grep -rl --include '*_test.go' 'internal/slowtest"' cmd fisklapi internal tools \
		test/shapes test/soak | xargs -n 1 dirname | sort -u | sed 's|^|./|')

# What starts no goroutine of its own and computes much is left out: it would be
# half of the time, and make test has it.
ALONE := internal/dialect|internal/learn|internal/adopt|internal/contract|packaging|schemas|test/shapes|test/hledger|test/imports|test/sheets

race: ## Run the tests in random order under the race detector, long suites in full.
	$(SLOW) go test -timeout $(PATIENCE) -race -shuffle=on $$(go list ./... | grep -Ev '/($(ALONE))(/|$$)')

fmt: ## List the files that gofumpt would change, and fail if there are any.
	@files=$$(go run $(GOFUMPT) -l .) && test -z "$$files" || \
		{ printf '%s\n' "not formatted (go run $(GOFUMPT) -w .):" "$$files" >&2; exit 1; }

vet: ## Run go vet.
	go vet ./...

tidy: ## Check that go.mod and go.sum are tidy.
	go mod tidy -diff

lint: ## Run golangci-lint; install it first if this version is missing.
	@test "$$($(BIN)/golangci-lint version --short 2>/dev/null)" = $(LINTER_VERSION) || \
		go install $(LINTER)@v$(LINTER_VERSION)
	$(BIN)/golangci-lint run ./...

# Until Go 1.27 a run that ends while an input is tried can fail with the end of
# its own time (golang/go#75804); what is found is always written down.
fuzz: ## Fuzz every target for FUZZTIME, 5s unless given.
	@set -euo pipefail; \
	log=$$(mktemp); trap 'rm -f "$$log"' EXIT; \
	go test -list '^Fuzz' ./... | \
	awk '/^Fuzz/ {name[n++] = $$1} $$1 == "ok" {for (i = 0; i < n; i++) print $$2, name[i]; n = 0}' | \
	while read -r package name; do \
		if go test -run '^$$' -fuzz "^$$name$$" -fuzztime $(FUZZTIME) "$$package" </dev/null >"$$log" 2>&1; then \
			echo "$$name: $$(tail -n 1 "$$log")"; \
		elif grep -q '^    context deadline exceeded$$' "$$log" && ! grep -q 'Failing input' "$$log"; then \
			echo "$$name: its time was over while an input was tried"; \
		else \
			cat "$$log"; exit 1; \
		fi; \
	done

# What the program embeds of its tools comes first and by itself: whatever else is
# written, the cost in the README among it, says what a program with it in says.
generate: ## Write golden files and other generated text anew; one run does all of it.
	go test -count=1 ./tools -run '^(TestGolden|TestCost)$$' -update
	go generate ./...
	@set -euo pipefail; \
	for package in $$(grep -rl 'flag.Bool("update"' --include '*_test.go' --exclude-dir node_modules . | xargs -n 1 dirname | sort -u); do \
		echo "go test $$package -update"; \
		go test -count=1 "$$package" -update; \
	done

# The tree before is compared with the tree after through an index of its own:
# work not yet committed is not taken for a stale file, and new files count.
stale: ## Check that generate changes nothing.
	@set -euo pipefail; \
	index=$$(mktemp -u); trap 'rm -f "$$index"' EXIT; \
	tree() { GIT_INDEX_FILE=$$index git add --all; GIT_INDEX_FILE=$$index git write-tree; }; \
	before=$$(tree); $(MAKE) --no-print-directory generate; after=$$(tree); \
	git diff --exit-code "$$before" "$$after"

build: ## Build bin/fiskl-mcp and bin/fiskl-mcp-server.
	go build -trimpath -o bin/ ./cmd/...

clients: build $(CLIENTS)/node_modules/.package-lock.json ## Drive the built program with real MCP clients.
	go test -count=1 ./$(CLIENTS)
	npm --prefix $(CLIENTS) test

conformance: build $(CLIENTS)/node_modules/.package-lock.json ## Run the official conformance suite against the server stack.
	go build -trimpath -o bin/ ./test/conformance
	npm --prefix $(CLIENTS) run --silent conformance

shapes: ## Ask everything over every shape in which an API may differ from Fiskl's documented form.
	go test -count=1 -timeout $(PATIENCE) ./test/shapes -full -learned

$(CLIENTS)/node_modules/.package-lock.json: $(CLIENTS)/package-lock.json
	npm --prefix $(CLIENTS) ci

bench: ## Measure the program from outside, then run the Go benchmarks that BENCH matches.
	go run ./test/bench
	go test -run '^$$' -bench '$(BENCH)' -benchmem ./...

load: ## Measure the shared HTTP endpoint from outside, some six minutes; see go run ./test/load -help.
	go run ./test/load

replicas: ## Call every tool through nginx in front of three replicas.
	@command -v nginx >/dev/null || { echo "nginx is missing: apt-get install nginx" >&2; exit 1; }
	$(SLOW) go test -count=1 ./test/replicas

browser: ## Click through sign-in with Chromium; pictures in test/browser/screenshots.
	@command -v chromium >/dev/null || { echo "chromium is missing: apt-get install chromium" >&2; exit 1; }
	$(SLOW) go test -count=1 ./test/browser
	@ls test/browser/screenshots/*.png

sheets: ## Open exported workbooks with LibreOffice, Gnumeric and openpyxl; test/sheets/out has pictures of them.
	@command -v soffice >/dev/null || { echo "soffice is missing: apt-get install libreoffice-calc-nogui poppler-utils" >&2; exit 1; }
	@command -v ssconvert >/dev/null || { echo "ssconvert is missing: apt-get install gnumeric python3-openpyxl" >&2; exit 1; }
	$(SLOW) go test -count=1 ./test/sheets

hledger: ## Have hledger judge an exported ledger, account by account and month by month.
	@command -v hledger >/dev/null || { echo "hledger is missing: apt-get install hledger" >&2; exit 1; }
	$(SLOW) go test -count=1 ./test/hledger

imports: ## Have hledger, beancount, Miller and SQLite read every exported CSV file.
	@for program in hledger bean-check mlr sqlite3; do command -v $$program >/dev/null || \
		{ echo "$$program is missing: apt-get install hledger beancount miller sqlite3" >&2; exit 1; }; done
	$(SLOW) go test -count=1 ./test/imports

deploy-lint: ## Check the files of deploy/ with the programs that read them.
	./deploy/lint

soak: ## Make WRITES random writes with a part of FAULTS failing, then hold the journal against the books.
	go run ./test/soak -writes $(WRITES) -faults $(FAULTS) -seed $$RANDOM

# Containers are left out: there may be no engine to build them.
packages: packaging/node_modules/.package-lock.json ## Build every package, unpack it and ask the server inside; publish nothing.
	@test "$$(go version -m $(BIN)/goreleaser 2>/dev/null | awk '$$1 == "mod" {print $$3}')" = $(GORELEASER_VERSION) || \
		go install $(GORELEASER)@$(GORELEASER_VERSION)
	$(BIN)/goreleaser check --quiet --config packaging/.goreleaser.yaml
	$(BIN)/goreleaser release --config packaging/.goreleaser.yaml --snapshot --clean --skip docker
	go run ./packaging bundle
	go run ./packaging verify

packaging/node_modules/.package-lock.json: packaging/package-lock.json
	npm --prefix packaging ci
