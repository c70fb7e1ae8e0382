# The one task runner; CI calls the same targets. `make` alone lists them.

SHELL := bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
# The targets share build trees, and cargo uses all cores anyhow.
.NOTPARALLEL:

# Downloads that survive `make clean`: tools, toolchains, virtualenvs' wheels.
export WXPUSHER_CACHE ?= $(or $(XDG_CACHE_HOME),$(HOME)/.cache)/wxpusher
export CARGO_TARGET_DIR ?= $(CURDIR)/target

PREFIX ?= /usr/local
RUST := -p wxpusher -p wxpusher-sandbox -p wxpusher-cli -p ffi-tests -p xtask

.PHONY: help
help: ## List the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-14s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

.PHONY: demo
demo: ## The main job, on a sandbox, without an account
	@sh bindings-python/demo.sh

.PHONY: demo-rust
demo-rust: ## The same without Python
	@cargo run --quiet -p wxpusher-cli -- demo

.PHONY: setup
setup: ## Install what the tests need besides Rust (as root, on Debian or Ubuntu); nothing else installs
	@cargo xtask setup

# CI has no one to read "NOT RUN": it installs first, and a part that is missing fails.
.PHONY: test
test: $(if $(filter true,$(CI)),setup) lint test-rust test-page test-suite test-python test-c test-kotlin test-swift test-docs test-msrv ## Everything

.PHONY: test-rust
test-rust: ## The Rust crates: core, sandbox, command, runner
	@cargo test --quiet $(RUST)

.PHONY: test-page
test-page: ## The sandbox: its web page in Chromium, and clients of other projects
	@sandbox/tests/page/run.sh
	@sandbox/tests/peers/run.sh

.PHONY: test-suite
test-suite: ## The shared suite, in every language
	@cargo run --quiet -p ffi-tests -- --json $(CARGO_TARGET_DIR)/conformance.json --junit $(CARGO_TARGET_DIR)/conformance.xml

.PHONY: test-python
test-python: ## Python: what is only Python's, its linters and types
	@sh bindings-python/test.sh

.PHONY: test-c
test-c: ## C and C++: install, symbols, misuse, sanitizers, valgrind, threads
	@bindings-c/test.sh

.PHONY: test-kotlin
test-kotlin: ## Kotlin: the jar, JUnit, a program outside the tree, minified
	@bindings-uniffi/kotlin/test.sh

.PHONY: test-swift
test-swift: ## Swift: XCTest, a program outside the tree
	@bindings-uniffi/swift/test.sh

.PHONY: test-msrv
test-msrv: ## The oldest Rust that is promised still compiles it
	@tools/msrv.sh

.PHONY: lint
lint: ## Formatting, clippy, dependencies between files, words, tables of names, licences
	@cargo fmt --all --check
	@cargo xtask layers
	@cargo xtask words
	@cargo xtask names --check
	@cargo clippy --quiet --workspace --all-targets -- -D warnings
	@tools/format.sh --check shellcheck
	@tools/deny.sh
	@python3 docs/tools/check.py

.PHONY: docs
docs: ## Build the documentation site and the API references into target/docs/site
	@$(MAKE) --no-print-directory -C docs build api

.PHONY: test-docs
test-docs: ## Run the code of the documentation against a sandbox, and the search in a browser
	@$(MAKE) --no-print-directory -C docs test

.PHONY: format
format: ## Format the sources: Rust, C and C++, Kotlin, Swift
	@cargo fmt --all
	@tools/format.sh clang-format ktlint swift-format

.PHONY: bench
bench: ## Measure all bars, also after one is missed; written to target/bench.json
	@missed=0; \
	cargo bench --quiet -p wxpusher --bench client || missed=1; \
	cargo bench --quiet -p wxpusher-sandbox --bench load || missed=1; \
	for folder in bindings-python bindings-c bindings-uniffi/kotlin bindings-uniffi/swift; do \
		bash $$folder/bench.sh || missed=1; \
	done; \
	exit $$missed

.PHONY: install
install: ## Install the C library: header, libraries, pkg-config, CMake; PREFIX=/usr/local
	@cargo xtask setup cargo-c
	@bindings-c/install.sh "$(PREFIX)"

.PHONY: clean
clean: ## Remove what was built, and keep what was downloaded
	@rm -rf $(CARGO_TARGET_DIR)
