# Stele. `make help` lists what there is.
SHELL := /bin/bash
.DEFAULT_GOAL := help
APT := postgresql-15 libreoffice-writer libreoffice-calc pandoc poppler-utils
PROGRAMS := /usr/lib/postgresql/15/bin/initdb soffice pandoc pdftotext

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "%-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: build ## build, load the sample organisation into a temporary folder, write its documents
	@bin/stele demo

build: ## build bin/stele
	@CGO_ENABLED=0 go build -trimpath -o bin/stele ./cmd/stele

tools: ## install what the tests need (Debian: PostgreSQL, LibreOffice, pandoc, poppler)
	@for p in $(PROGRAMS); do command -v $$p >/dev/null || { missing=1; echo "missing: $$p"; }; done; \
	if [ -n "$$missing" ]; then \
		sudo=; [ "$$(id -u)" = 0 ] || sudo=sudo; \
		$$sudo apt-get update -qq && DEBIAN_FRONTEND=noninteractive $$sudo apt-get install -y -qq --no-install-recommends $(APT) >/dev/null; \
	fi

test: tools ## install what the tests need and run them all with the race detector
	go vet ./...
	go test -race -timeout 20m ./...

bench: ## benchmarks; the method and figures stand in docs/benchmarks.md
	go test -run '^$$' -bench . -timeout 30m ./internal/rule ./internal/store ./internal/report ./internal/pdf ./internal/docx ./internal/xlsx

fuzz: ## every fuzz target for a minute, or FUZZTIME=10m
	@for f in $$(grep -rlE '^func Fuzz' --include=*_test.go .); do \
		for t in $$(grep -oE '^func Fuzz[A-Za-z0-9]+' $$f | cut -c6-); do \
			go test -run '^$$' -fuzz "^$$t\$$" -fuzztime $${FUZZTIME:-1m} -fuzzminimizetime 5s ./$$(dirname $$f) || exit 1; \
		done; \
	done

lint: ## golangci-lint, in the version that tools/go.mod pins
	go tool -modfile=tools/go.mod golangci-lint run ./...

vuln: ## known vulnerabilities of the dependencies (needs the vulnerability database)
	go tool -modfile=tools/go.mod govulncheck ./...

golden: ## write the golden files anew; read the difference before you commit it
	go test ./internal/layout ./internal/report -update

pictures: build ## write the pictures of the documents in docs/pictures anew
	@docs/pictures/make.sh

migration: ## draft the SQL of an empty database: make migration DB=sqlite|postgres
	@go run ./cmd/migration $(DB)

.PHONY: help demo build tools test bench fuzz lint vuln golden pictures migration
