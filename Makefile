# The one task runner; CI calls the same targets. `make` alone lists them.

SHELL := bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

# Downloads that survive `make clean`: tools, toolchains, virtualenvs' wheels.
export WXPUSHER_CACHE ?= $(or $(XDG_CACHE_HOME),$(HOME)/.cache)/wxpusher
export CARGO_TARGET_DIR ?= $(CURDIR)/target

RUST := -p wxpusher -p wxpusher-sandbox -p wxpusher-cli -p ffi-tests

.PHONY: help
help: ## List the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-14s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

.PHONY: demo
demo: ## The main job, on a sandbox, without an account
	@cargo run --quiet -p wxpusher-cli -- demo

.PHONY: test
test: lint test-rust test-suite test-python test-msrv ## Everything

.PHONY: test-rust
test-rust: ## The Rust crates: core, sandbox, command, runner
	@cargo test --quiet $(RUST)

.PHONY: test-suite
test-suite: ## The shared suite, in every language
	@cargo run --quiet -p ffi-tests -- --json $(CARGO_TARGET_DIR)/conformance.json --junit $(CARGO_TARGET_DIR)/conformance.xml

.PHONY: test-python
test-python: ## Python: what is only Python's, its linters and types
	@sh bindings-python/test.sh

.PHONY: test-msrv
test-msrv: ## The oldest Rust that is promised still compiles it
	@tools/msrv.sh

.PHONY: lint
lint: ## Formatting, clippy, licences
	@cargo fmt --check $(RUST)
	@cargo clippy --quiet $(RUST) --all-targets -- -D warnings
	@tools/deny.sh

.PHONY: bench
bench: ## Measure the bars; written to target/bench.json
	@cargo bench --quiet -p wxpusher --bench bars
	@sh bindings-python/bench.sh

.PHONY: clean
clean: ## Remove what was built, and keep what was downloaded
	@rm -rf $(CARGO_TARGET_DIR)
