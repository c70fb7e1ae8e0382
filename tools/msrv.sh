#!/usr/bin/env bash
# Checks that the libraries compile with the `rust-version` of Cargo.toml. The command states its own: its MCP server needs
# a newer Rust.
set -euo pipefail
cd "$(dirname "$0")/.."

crates=(wxpusher wxpusher-sandbox wxpusher-c)

if ! reason="$(cargo xtask setup --check msrv 2>&1)"; then
    echo "msrv: NOT RUN, $reason"
    [ "${CI:-}" != true ] || exit 1
    exit 0
fi
wanted="$(sed -n 's/^rust-version = "\(.*\)"/\1/p' Cargo.toml)"
toolchain="$(sed -n 's/.*"toolchain": "\(.*\)".*/\1/p' xtask/setup.json)"
[[ "$toolchain" == "$wanted".* ]] || { echo "msrv: Cargo.toml has $wanted, xtask/setup.json has $toolchain" >&2; exit 1; }

CARGO_TARGET_DIR="${CARGO_TARGET_DIR:-$PWD/target}/msrv" \
    rustup run "$toolchain" cargo check --quiet --locked --all-targets "${crates[@]/#/-p}"
echo "msrv: ${crates[*]} compile with Rust $toolchain"
